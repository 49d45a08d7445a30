// @ts-check
// How a Leaflet map stands, as the drawing core takes it.

import { growthOf, Projection } from "../drawing/projection.js";

/** @typedef {import("./view.js").Stand} Stand */

/** How far around the view everything is drawn in full, as a share of the view. */
const AROUND = 0.5;

/** @param {Stand} stand @param {import("../state/data.js").Arcs} arcs */
export function projectionAt(stand, arcs) {
  const { x, y } = stand.getPixelOrigin();
  const growth = growthAt(stand);
  return new Projection({ zoom: stand.getZoom(), x, y, region: regionOf(stand, AROUND), growth }, arcs);
}

/**
 * Whether a projection shows all that a map shows, in the same pixels.
 * @param {Projection} projection
 * @param {Stand} stand
 */
export function fits(projection, stand) {
  const origin = stand.getPixelOrigin();
  if (growthAt(stand) !== projection.growth) return false;
  if (stand.getZoom() !== projection.zoom || origin.x !== projection.x || origin.y !== projection.y) return false;
  const view = regionOf(stand, 0);
  const { region } = projection;
  return view.x0 >= region.x0 && view.y0 >= region.y0 && view.x1 <= region.x1 && view.y1 <= region.y1;
}

/** @param {Stand} stand */
function growthAt(stand) {
  const { x, y } = stand.getSize();
  return growthOf(x, y);
}

/**
 * What a map shows, and some of what lies around it.
 * @param {Stand} stand
 * @param {number} around share of the view
 * @returns {import("../drawing/projection.js").Region}
 */
function regionOf(stand, around) {
  const size = stand.getSize();
  const origin = stand.getPixelOrigin();
  const corner = stand.containerPointToLayerPoint([0, 0]);
  const scale = 256 * 2 ** stand.getZoom();
  const [dx, dy] = [size.x * around, size.y * around];
  return {
    x0: (corner.x + origin.x - dx) / scale,
    x1: (corner.x + origin.x + size.x + dx) / scale,
    y0: (corner.y + origin.y - dy) / scale,
    y1: (corner.y + origin.y + size.y + dy) / scale,
  };
}
