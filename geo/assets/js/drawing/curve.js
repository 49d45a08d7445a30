// @ts-check
// A smooth line through the stops of an advance or a flow.

import { distance, mixed } from "./polyline.js";

/** @typedef {import("./polyline.js").Point} Point */

/** Distance between points of a smoothed line, pixels. */
const STEP = 5;

/**
 * A smooth line through points (centripetal Catmull-Rom, which neither overshoots nor loops).
 * @param {number[]} points x0, y0, x1, y1 …
 * @returns {{line: Point[], at: number[]}} the line, and the index of each given point on it
 */
export function smooth(points) {
  const given = [];
  for (let i = 0; i < points.length; i += 2) given.push(/** @type {Point} */ ([points[i], points[i + 1]]));
  /** @type {Point[]} */
  const line = [given[0]];
  const at = [0];
  for (let i = 0; i + 1 < given.length; i += 1) {
    const a = given[i - 1] || mixed(given[i], given[i + 1], -1);
    const [b, c] = [given[i], given[i + 1]];
    const d = given[i + 2] || mixed(c, b, -1);
    const count = Math.max(2, Math.round(distance(b, c) / STEP));
    for (let step = 1; step <= count; step += 1) line.push(between(a, b, c, d, step / count));
    at.push(line.length - 1);
  }
  return { line, at };
}

/**
 * A point between b and c (Barry and Goldman's pyramid, knots at the root of the chords).
 * @param {Point} a
 * @param {Point} b
 * @param {Point} c
 * @param {Point} d
 * @param {number} share 0 at b, 1 at c
 * @returns {Point}
 */
function between(a, b, c, d, share) {
  const knot = (/** @type {Point} */ p, /** @type {Point} */ q) => Math.sqrt(distance(p, q)) || 1e-6;
  const t1 = knot(a, b);
  const t2 = t1 + knot(b, c);
  const t3 = t2 + knot(c, d);
  const t = t1 + (t2 - t1) * share;
  const mix = (/** @type {Point} */ p, /** @type {Point} */ q, /** @type {number} */ from, /** @type {number} */ to) =>
    mixed(p, q, (t - from) / (to - from));
  const ab = mix(a, b, 0, t1);
  const bc = mix(b, c, t1, t2);
  const cd = mix(c, d, t2, t3);
  return mix(mix(ab, bc, 0, t2), mix(bc, cd, t1, t3), t1, t2);
}

/**
 * The points of one part of a line, smoothed where its kind is.
 * @param {any} kind
 * @param {import("./projection.js").Projection} projection
 * @param {number[]} part arc numbers
 * @returns {Point[]}
 */
export function wayOf(kind, projection, part) {
  if (kind.curve) return smooth(projection.line(part, true)).line;
  const flat = projection.line(part);
  return Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i], flat[2 * i + 1]]);
}
