// @ts-check
// The way back: a button under the zoom, and key 0 on the map, that undo any view.

import { isMapKey } from "../util/dom.js";
import { makeMapButton } from "./map-button.js";

/** Corners of a frame. */
const ICON = "M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4M7.5 7.5h5v5h-5Z";

const KEY = "0";

/**
 * @param {any} L Leaflet
 * @param {Record<string, string>} ui
 * @param {() => void} whole bring the era's own view
 */
export function makeHome(L, ui, whole) {
  document.addEventListener("keydown", (event) => {
    if (event.key === KEY && isMapKey(event)) whole();
  });
  return makeMapButton(L, { id: "whole", name: ui.whole, key: KEY, icon: ICON, act: whole });
}
