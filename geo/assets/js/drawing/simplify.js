// @ts-check
// Fewer vertices by Douglas and Peucker's algorithm: no vertex left out lies farther from the line than it may.

/**
 * Simplify a line; its ends stay.
 * Source: D. Douglas, T. Peucker, "Algorithms for the reduction of the number of points required to represent a
 * digitized line or its caricature", Cartographica 10 (1973), 112–122.
 * @param {Float64Array} points x0, y0, x1, y1 …
 * @param {number} tolerance greatest distance of a vertex left out, in the points' unit
 * @returns {Float64Array}
 */
export function simplify(points, tolerance) {
  const count = points.length / 2;
  if (count < 3) return points;
  const kept = new Uint8Array(count);
  kept[0] = 1;
  kept[count - 1] = 1;
  const stretches = [0, count - 1];
  const least = tolerance * tolerance;
  while (stretches.length) {
    const last = /** @type {number} */ (stretches.pop());
    const first = /** @type {number} */ (stretches.pop());
    const farthest = farthestFrom(points, first, last, least);
    if (farthest < 0) continue;
    kept[farthest] = 1;
    if (farthest - first > 1) stretches.push(first, farthest);
    if (last - farthest > 1) stretches.push(farthest, last);
  }
  return points.filter((_, i) => kept[i >> 1]);
}

/**
 * The vertex between two others that lies farthest from the stretch between them.
 * @param {Float64Array} points
 * @param {number} first
 * @param {number} last
 * @param {number} least square of a distance
 * @returns {number} -1 when none lies farther than that
 */
function farthestFrom(points, first, last, least) {
  const [x, y] = [points[2 * first], points[2 * first + 1]];
  const [dx, dy] = [points[2 * last] - x, points[2 * last + 1] - y];
  const length = dx * dx + dy * dy;
  let found = -1;
  let most = least;
  for (let i = first + 1; i < last; i += 1) {
    const [px, py] = [points[2 * i] - x, points[2 * i + 1] - y];
    // Along the stretch, not the endless line: where a line turns back, its tip would vanish.
    const share = length ? Math.max(0, Math.min(1, (px * dx + py * dy) / length)) : 0;
    const [ox, oy] = [px - share * dx, py - share * dy];
    const distance = ox * ox + oy * oy;
    if (distance > most) {
      most = distance;
      found = i;
    }
  }
  return found;
}
