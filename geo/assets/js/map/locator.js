// @ts-check
// A small map in the corner that shows where we are, when the view is only a part of the region.

import { svg } from "../util/dom.js";
import { drawSmall } from "../drawing/base.js";
import { fitBounds, Projection } from "../drawing/projection.js";
import { mount } from "./mount.js";

/** @typedef {import("../state/data.js").Data} Data */

/** What it shows: west, south, east, north. Maps of other regions have none. */
const BOUNDS = [25, 12, 75, 48];

/** Its size in pixels: that of its bounds. */
const [WIDTH, HEIGHT] = [128, 106];

/** It is shown when the view is narrower than this share of its own width, and the map wider than so many pixels. */
const [NARROW, LEAST] = [0.36, 420];

/**
 * Whether a map has it where it shows this.
 * @param {{lng: number, lat: number}} northWest
 * @param {{lng: number, lat: number}} southEast
 * @param {{x: number, y: number}} size pixels
 */
export function isLocated(northWest, southEast, { x, y }) {
  const [west, south, east, north] = BOUNDS;
  const [longitude, latitude] = [(northWest.lng + southEast.lng) / 2, (northWest.lat + southEast.lat) / 2];
  const inside = longitude >= west && longitude <= east && latitude >= south && latitude <= north;
  return inside && (southEast.lng - northWest.lng) / (east - west) < NARROW && x > LEAST && y > 3 * HEIGHT;
}

/**
 * @param {any} L Leaflet
 * @param {any} map
 * @param {Data} data
 * @param {import("../drawing/ink.js").Ink} ink
 */
export function makeLocator(L, map, data, ink) {
  const frame = svg("rect", { class: "locator-view", ...ink.style("locator") });
  const land = svg("g");
  const picture = svg(
    "svg",
    { class: "locator", width: WIDTH, height: HEIGHT, viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true" },
    land,
    frame,
  );
  /** @type {import("../drawing/projection.js").Projection | undefined} */
  let projection;
  let era = -1;
  const control = L.control({ position: "bottomright" });
  control.onAdd = () => picture;
  control.addTo(map);
  picture.setAttribute("data-away", "");

  /** Follow the map. @param {number} index of the era */
  function show(index) {
    const bounds = map.getBounds();
    const wanted = isLocated(bounds.getNorthWest(), bounds.getSouthEast(), map.getSize());
    // It keeps its place while it is away, so that nobody has to ask the browser for it again.
    picture.toggleAttribute("data-away", !wanted);
    if (!wanted) return;
    projection = projection || new Projection(fitBounds(BOUNDS, [WIDTH, HEIGHT], 0), data.arcs);
    if (era !== index) land.replaceChildren(...drawSmall(data, index, projection, ink).map(mount));
    era = index;
    const [x0, y0] = projection.point([bounds.getWest(), bounds.getNorth()]);
    const [x1, y1] = projection.point([bounds.getEast(), bounds.getSouth()]);
    const box = { x: x0, y: y0, width: Math.max(4, x1 - x0), height: Math.max(4, y1 - y0) };
    for (const [name, value] of Object.entries(box)) frame.setAttribute(name, value.toFixed(1));
  }

  return { show };
}
