// @ts-check
// The way back: a button under the zoom, and key 0, that undo any view.

import { html, svg } from "../util/dom.js";

/** Corners of a frame, as the path of an icon 20 pixels wide. */
const ICON = "M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4M7.5 7.5h5v5h-5Z";

/**
 * @param {any} L Leaflet
 * @param {Record<string, string>} ui
 * @param {() => void} whole bring the era's own view
 */
export function makeHome(L, ui, whole) {
  const button = html("button", { type: "button", id: "whole", "aria-label": ui.whole, "aria-keyshortcuts": "0", title: `${ui.whole} (0)`, onclick: whole },
    svg("svg", { width: 20, height: 20, "aria-hidden": "true" }, svg("path", { d: ICON })), html("span", {}, ui.whole));
  const control = L.control({ position: "topleft" });
  control.onAdd = () => {
    const box = html("div", { class: "leaflet-bar whole" }, button);
    L.DomEvent.disableClickPropagation(box);
    return box;
  };
  document.addEventListener("keydown", (event) => {
    const inField = /** @type {Element} */ (event.target).closest("input:not([type=range]), select, textarea, dialog");
    if (event.key === "0" && !inField && !event.altKey && !event.ctrlKey && !event.metaKey) whole();
  });
  return control;
}
