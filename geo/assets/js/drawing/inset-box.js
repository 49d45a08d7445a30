// @ts-check
// Where an era's inset lies on its map, and what need not be said beside it.

import { contains } from "./in-view.js";
import { toUnit } from "./projection.js";

/** @typedef {import("../state/data.js").Data} Data */
/** @typedef {import("../state/data.js").Era} Era */
/** @typedef {import("../state/data.js").Feature} Feature */
/** @typedef {import("./fitting.js").Box} Box */

/** The largest and the smallest map of an inset, and height of its title, pixels. */
const [[WIDEST, HIGHEST], [NARROWEST, LOWEST]] = [[270, 170], [140, 90]];
export const TITLE = 20;

/** How far it stands from the map's left edge, and above its foot, where the scale is, pixels. */
const [AWAY, FOOT] = [10, 52];

/** The smallest map that has room for one, width and height, pixels; and the least it shows, degrees of longitude. */
const [ROOM, WIDE] = [[720, 480], 16];

/** The layer of the places that a reader or an author has added. */
const ADDED = "added";

/**
 * The place an era's inset takes on a map, if it has one and there is room: it covers neither what is chosen nor what
 * somebody has added.
 * @param {Data} data
 * @param {{era: number, projection: import("./projection.js").Projection, visible: Feature[], selected: string}} scene
 * @param {Box} view
 * @returns {Box | undefined}
 */
export function insetBox(data, { era, projection, visible, selected }, view) {
  const { inset } = data.eras[era];
  const { scale, growth } = projection;
  if (!inset || view.w < ROOM[0] || view.h < ROOM[1] || view.w / scale < WIDE / 360) return undefined;
  const [w, h] = sizeOf(inset.bounds).map((side) => Math.round(side * growth));
  const title = Math.round(TITLE * growth);
  const box = { x: view.x + AWAY, y: Math.round(view.y + view.h - h - title - FOOT * growth), w, h: h + title };
  const isUnder = (/** @type {Feature} */ { at, id, layer }) => {
    if (!at || (id !== selected && layer !== ADDED)) return false;
    return contains(box, projection.point(at));
  };
  return visible.some(isUnder) ? undefined : box;
}

/** Width and height of an inset's map, pixels: its bounds fill it if they can. @param {number[]} bounds */
export function sizeOf([west, south, east, north]) {
  const [[left, bottom], [right, top]] = [toUnit([west, south]), toUnit([east, north])];
  const scale = Math.min(WIDEST / (right - left), HIGHEST / (bottom - top));
  return [
    Math.max(NARROWEST, Math.round((right - left) * scale)),
    Math.max(LOWEST, Math.round((bottom - top) * scale)),
  ];
}

/**
 * The pointers of an era, but for those to places that its inset shows.
 * @param {Era} era
 * @param {Box} [box] of the inset, where there is one
 */
export function pointersOf({ pointers = [], inset }, box) {
  const marked = new Set(box && inset?.marks?.map(({ at }) => String(at)));
  return pointers.filter(({ at }) => !marked.has(String(at)));
}
