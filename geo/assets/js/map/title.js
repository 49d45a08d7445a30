// @ts-check
// What the map is called: its name and description for who does not see it, and title and years on it, where no
// panel has them. These keep one size, so that names are laid out beside them once.

import { filled, html } from "../util/dom.js";

/**
 * @param {any} L Leaflet
 * @param {any} map
 * @param {import("../state/data.js").Data} data
 */
export function makeTitle(L, map, { ui }) {
  const [title, years] = [html("strong", { role: "heading", "aria-level": 1 }), html("span")];
  const control = L.control({ position: "topright" });
  control.onAdd = () => html("div", { class: "map-title" }, title, years);
  control.addTo(map);

  /** @param {any} era */
  function show(era) {
    title.textContent = era.title;
    years.textContent = era.dates;
    describe(map, era, ui);
  }

  return { show };
}

/**
 * Tell a map's place what it shows, and its keys.
 * @param {any} map
 * @param {any} era
 * @param {Record<string, string>} ui
 */
export function describe(map, era, ui) {
  map.getContainer().setAttribute("aria-label", filled(ui.map, era.title));
  map.getContainer().setAttribute("aria-description", `${era.alt} ${ui["map-keys"]}`);
}
