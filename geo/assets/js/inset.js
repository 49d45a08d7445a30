// @ts-check
// A small map in the corner that shows where we are, when the view is only a part of the region.

import { svg } from "./dom.js";
import { Projection } from "./projection.js";

/** What it shows: west, south, east, north. */
const BOUNDS = [25, 12, 75, 48];

/** Its size in pixels. */
const [WIDTH, HEIGHT] = [128, 112];

/** It is shown when the view is narrower than this share of its own width. */
const NARROW = 0.36;

/**
 * @param {any} L Leaflet
 * @param {any} map
 * @param {any} data
 */
export function makeInset(L, map, data) {
  const frame = svg("rect", { class: "inset-view" });
  const home = svg("path", { class: "home" });
  const picture = svg("svg", { class: "inset atlas-surface", width: WIDTH, height: HEIGHT, viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true" });
  /** @type {Projection | undefined} */
  let projection;
  let era = -1;
  const control = L.control({ position: "bottomright" });
  control.onAdd = () => picture;
  control.addTo(map);
  picture.setAttribute("data-away", "");

  /** Follow the map. @param {number} index of the era */
  function show(index) {
    const [west, , east] = BOUNDS;
    const bounds = map.getBounds();
    const wanted = (bounds.getEast() - bounds.getWest()) / (east - west) < NARROW && map.getSize().x > 420;
    // It keeps its place while it is away, so that nobody has to ask the browser for it again.
    picture.toggleAttribute("data-away", !wanted);
    if (!wanted) return;
    projection = projection || draw();
    if (era !== index) home.setAttribute("d", projection.polygons(data.base.homes[data.eras[index].home]));
    era = index;
    const [x0, y0] = projection.point([bounds.getWest(), bounds.getNorth()]);
    const [x1, y1] = projection.point([bounds.getEast(), bounds.getSouth()]);
    const box = { x: x0, y: y0, width: Math.max(4, x1 - x0), height: Math.max(4, y1 - y0) };
    for (const [name, value] of Object.entries(box)) frame.setAttribute(name, value.toFixed(1));
  }

  /** Draw the land, once. */
  function draw() {
    const made = new Projection(standing(), data.arcs);
    const path = (/** @type {string} */ name, /** @type {string} */ d) => svg("path", { class: name, d });
    picture.append(
      path("land", made.polygons(data.base.land.flat())), home,
      path("lake", made.polygons(data.base.lakes.flat())), frame,
    );
    return made;
  }

  return { show };
}

/** A map that never moves, as a projection sees it. */
function standing() {
  const [west, south, east, north] = BOUNDS;
  const up = (/** @type {number} */ latitude) => Math.log(Math.tan(Math.PI / 4 + (latitude * Math.PI) / 360)) / (2 * Math.PI);
  const world = Math.max(WIDTH / ((east - west) / 360), HEIGHT / (up(north) - up(south)));
  return {
    getPixelOrigin: () => ({ x: ((west + 180) / 360) * world, y: (0.5 - up(north)) * world }),
    getZoom: () => Math.log2(world / 256),
    getSize: () => ({ x: WIDTH, y: HEIGHT }),
    containerPointToLayerPoint: () => ({ x: 0, y: 0 }),
  };
}
