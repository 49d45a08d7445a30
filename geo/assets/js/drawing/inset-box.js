// @ts-check
// Where an era's inset lies on its map, and what need not be said beside it.

import { growthOf, toUnit } from "./projection.js";

/** @typedef {import("../state/data.js").Data} Data */
/** @typedef {import("../state/data.js").Era} Era */
/** @typedef {import("./fitting.js").Box} Box */

/** The largest map of an inset, and height of its title, pixels. */
const [WIDEST, HIGHEST] = [270, 170];
export const TITLE = 20;

/** How far it stands from the map's left edge, and above its foot, where the scale is, pixels. */
const [AWAY, FOOT] = [10, 52];

/** The smallest map that has room for one, width and height, pixels; and the least it shows, degrees of longitude. */
const [ROOM, WIDE] = [[720, 480], 16];

/** Width of the world at zoom 0, pixels. */
const WORLD = 256;

/**
 * The place an era's inset takes on a map, if it has one and there is room.
 * @param {Data} data
 * @param {number} era
 * @param {[number, number]} size of the map, pixels
 * @param {number} zoom of the map
 * @returns {Box | undefined}
 */
export function insetBox(data, era, [width, height], zoom) {
  const { inset } = data.eras[era];
  if (!inset || width < ROOM[0] || height < ROOM[1] || width / (WORLD * 2 ** zoom) < WIDE / 360) return undefined;
  const growth = growthOf(width, height);
  const [w, h] = sizeOf(inset.bounds).map((side) => side * growth);
  return { x: AWAY, y: height - h - (FOOT + TITLE) * growth, w, h: h + TITLE * growth };
}

/** Width and height of an inset's map, pixels: its bounds fill it. @param {number[]} bounds */
export function sizeOf([west, south, east, north]) {
  const [[left, bottom], [right, top]] = [toUnit([west, south]), toUnit([east, north])];
  const scale = Math.min(WIDEST / (right - left), HIGHEST / (bottom - top));
  return [Math.round((right - left) * scale), Math.round((bottom - top) * scale)];
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
