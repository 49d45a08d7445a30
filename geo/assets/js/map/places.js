// @ts-check
// Where the features in view are pointed at: what a reader without a mouse goes through.

import { alongLine } from "../drawing/obstacles.js";
import { inView } from "../drawing/in-view.js";
import { arrangeSigns } from "../drawing/signs.js";
import { hasPlace, inTime } from "../state/data.js";

/** @typedef {import("../state/data.js").Data} Data */
/** @typedef {import("../state/data.js").Feature} Feature */
/** @typedef {import("../drawing/fitting.js").Box} Box */
/** @typedef {import("../drawing/projection.js").Projection} Projection */
/** @typedef {{feature: Feature, x: number, y: number}} Place pixels of the projection */

/**
 * The features in view in the order of time, and where each is.
 * @param {Data} data
 * @param {Feature[]} features
 * @param {Projection} projection
 * @param {Box} view
 * @returns {Place[]}
 */
export function placesIn(data, features, projection, view) {
  const placed = features.filter(hasPlace);
  const { of } = arrangeSigns(data, projection, placed);
  return inTime(inView(placed, projection, view)).map((feature) => {
    const { dx = 0, dy = 0 } = of.get(feature.id) || {};
    const [x, y] = feature.at ? projection.point(feature.at) : middleOf(feature, projection, view);
    return { feature, x: x + dx, y: y + dy };
  });
}

/**
 * A point of a line or an area that is in view: where it is named, else the middle of its edge in view.
 * @param {Feature} feature
 * @param {Projection} projection
 * @param {Box} view
 */
function middleOf({ shape, labelAt }, projection, view) {
  const { x, y, w, h } = view;
  const named = labelAt && projection.point(labelAt);
  if (named && named[0] >= x && named[0] <= x + w && named[1] >= y && named[1] <= y + h) return named;
  const lines = /** @type {number[][]} */ (Array.isArray(shape?.[0]?.[0]) ? shape?.flat() : shape);
  const seen = lines.flatMap((line) => alongLine(projection.line(line), 0.5, view));
  const middle = seen[Math.floor(seen.length / 2)];
  return middle ? [middle.x + middle.w / 2, middle.y + middle.h / 2] : [x + w / 2, y + h / 2];
}

/** Directions of the arrow keys: to the right and down. @type {Record<string, [number, number]>} */
export const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * The nearest place in a direction; what lies aside of it counts as further away.
 * @param {Place[]} places
 * @param {Place} from
 * @param {[number, number]} direction
 * @returns {Place | undefined}
 */
export function nearest(places, from, [right, down]) {
  const far = (/** @type {Place} */ { x, y }) => {
    const [dx, dy] = [x - from.x, y - from.y];
    const [ahead, aside] = [dx * right + dy * down, Math.abs(dx * down + dy * right)];
    return ahead < 1 || aside > 2 * ahead ? Infinity : ahead + 2 * aside;
  };
  const [best] = places.map((place) => ({ place, by: far(place) })).sort((a, b) => a.by - b.by);
  return best && best.by < Infinity ? best.place : undefined;
}
