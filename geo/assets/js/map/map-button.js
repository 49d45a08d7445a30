// @ts-check
// A button of ours among the map's own, under the zoom.

import { html, svg } from "../util/dom.js";

/**
 * @param {any} L Leaflet
 * @param {{id: string, name: string, key?: string, icon: string, act: () => void}} what `key` does the same on the map,
 * `icon` is a path 20 pixels wide
 * @returns {any} a control
 */
export function makeMapButton(L, { id, name, key, icon, act }) {
  const button = html("button", {
    type: "button",
    id,
    "aria-label": name,
    "aria-keyshortcuts": key,
    title: key ? `${name} (${key})` : name,
    onclick: act,
  }, svg("svg", { width: 20, height: 20, "aria-hidden": "true" }, svg("path", { d: icon })));
  const control = L.control({ position: "topleft" });
  control.onAdd = () => {
    const box = html("div", { class: "leaflet-bar map-button" }, button);
    L.DomEvent.disableClickPropagation(box);
    return box;
  };
  return control;
}
