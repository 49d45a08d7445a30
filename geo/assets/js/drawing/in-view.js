// @ts-check
// What of an era's features is to be seen in a view: a legend tells of that and of nothing else.

import { alongLine } from "./obstacles.js";

/** @typedef {import("../state/data.js").Feature} Feature */
/** @typedef {import("./fitting.js").Box} Box */
/** @typedef {import("./projection.js").Projection} Projection */

/**
 * What is to be seen of one map.
 * @typedef {{seen: Feature[], signs: import("./signs.js").Signs, unsettled: boolean}} Sight
 */

/**
 * @param {import("../state/data.js").Data} data
 * @param {number} era
 * @param {Feature[]} visible
 * @param {{projection: Projection, signs: import("./signs.js").Signs}} scene
 * @param {Box} view
 * @returns {Sight}
 */
export function sightOf(data, era, visible, { projection, signs }, view) {
  const borders = data.eras[era].borders.map((/** @type {number} */ i) => data.base.borders[i]);
  return {
    seen: inView(visible, projection, view),
    signs,
    unsettled: borders.some(({ unsure, shape }) => unsure && areLinesSeen(shape, projection, view)),
  };
}

/**
 * @param {Feature[]} visible
 * @param {Projection} projection
 * @param {Box} view
 */
export function inView(visible, projection, view) {
  return visible.filter((feature) => isSeen(feature, projection, view));
}

/** @param {Feature} feature @param {Projection} projection @param {Box} view */
function isSeen({ at, shape }, projection, view) {
  if (at) return contains(view, projection.point(at));
  const [first] = shape || [];
  if (!first) return false;
  if (!Array.isArray(first[0])) return areLinesSeen(/** @type {number[][]} */ (shape), projection, view);
  const rings = /** @type {number[][][]} */ (shape).flat();
  return areLinesSeen(rings, projection, view) ||
    surrounds(rings, projection, [view.x + view.w / 2, view.y + view.h / 2]);
}

/**
 * Whether some of a few lines is in view.
 * @param {number[][]} lines
 * @param {Projection} projection
 * @param {Box} view
 */
export function areLinesSeen(lines, projection, view) {
  return lines.some((line) => alongLine(projection.line(line), 0.5, view).length > 0);
}

/**
 * Whether a point lies in an area.
 * @param {number[][]} rings
 * @param {Projection} projection
 * @param {[number, number]} point
 */
function surrounds(rings, projection, [x, y]) {
  let inside = false;
  for (const ring of rings) {
    const points = projection.line(ring);
    for (let i = 2; i < points.length; i += 2) {
      const [x0, y0, x1, y1] = [points[i - 2], points[i - 1], points[i], points[i + 1]];
      if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) inside = !inside;
    }
  }
  return inside;
}

/** @param {Box} view @param {[number, number]} point */
export function contains({ x, y, w, h }, [px, py]) {
  return px >= x && px <= x + w && py >= y && py <= y + h;
}
