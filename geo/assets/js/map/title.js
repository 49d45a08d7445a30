// @ts-check
// Title and years on the map, where no panel has them. It keeps one size, so that names are laid out beside it once.

import { html } from "../util/dom.js";

/**
 * @param {any} L Leaflet
 * @param {any} map
 */
export function makeTitle(L, map) {
  const [title, years] = [html("strong"), html("span")];
  const control = L.control({ position: "topright" });
  control.onAdd = () => html("div", { class: "map-title", "aria-hidden": "true" }, title, years);
  control.addTo(map);

  /** @param {any} era */
  function show(era) {
    title.textContent = era.title;
    years.textContent = era.dates;
  }

  return { show };
}
