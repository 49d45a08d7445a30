// @ts-check
// Axes of advance: a smooth line through the stops, drawn as a ribbon that widens to its head.

/** Distance between points of the smoothed line, pixels. */
const STEP = 5;

/**
 * A smooth line through points (centripetal Catmull-Rom, which neither overshoots nor loops).
 * @param {number[]} points x0, y0, x1, y1 …
 * @returns {{line: [number, number][], at: number[]}} the line, and the index of each given point on it
 */
export function smooth(points) {
  const given = [];
  for (let i = 0; i < points.length; i += 2) given.push(/** @type {[number, number]} */ ([points[i], points[i + 1]]));
  /** @type {[number, number][]} */
  const line = [given[0]];
  const at = [0];
  for (let i = 0; i + 1 < given.length; i += 1) {
    const a = given[i - 1] || mirrored(given[i], given[i + 1]);
    const [b, c] = [given[i], given[i + 1]];
    const d = given[i + 2] || mirrored(c, b);
    const count = Math.max(2, Math.round(Math.hypot(c[0] - b[0], c[1] - b[1]) / STEP));
    for (let step = 1; step <= count; step += 1) line.push(between(a, b, c, d, step / count));
    at.push(line.length - 1);
  }
  return { line, at };
}

/**
 * @param {[number, number]} end
 * @param {[number, number]} inner
 * @returns {[number, number]}
 */
function mirrored(end, inner) {
  return [2 * end[0] - inner[0], 2 * end[1] - inner[1]];
}

/**
 * A point between b and c (Barry and Goldman's pyramid, knots at the root of the chords).
 * @param {[number, number]} a
 * @param {[number, number]} b
 * @param {[number, number]} c
 * @param {[number, number]} d
 * @param {number} share 0 at b, 1 at c
 * @returns {[number, number]}
 */
function between(a, b, c, d, share) {
  const knot = (/** @type {[number, number]} */ p, /** @type {[number, number]} */ q) =>
    Math.sqrt(Math.hypot(q[0] - p[0], q[1] - p[1])) || 1e-6;
  const t1 = knot(a, b);
  const t2 = t1 + knot(b, c);
  const t3 = t2 + knot(c, d);
  const t = t1 + (t2 - t1) * share;
  const mix = (/** @type {[number, number]} */ p, /** @type {[number, number]} */ q, /** @type {number} */ from, /** @type {number} */ to) => {
    const part = (t - from) / (to - from);
    return /** @type {[number, number]} */ ([p[0] + (q[0] - p[0]) * part, p[1] + (q[1] - p[1]) * part]);
  };
  const ab = mix(a, b, 0, t1);
  const bc = mix(b, c, t1, t2);
  const cd = mix(c, d, t2, t3);
  return mix(mix(ab, bc, 0, t2), mix(bc, cd, t1, t3), t1, t2);
}

/**
 * Path data of an arrow along a line: narrow at its tail, a head at its end.
 * @param {[number, number][]} line
 * @param {number} width of the shaft before the head, pixels
 */
export function arrow(line, width) {
  const headLength = Math.min(width * 2.6, length(line) * 0.6);
  const shaft = shortened(line, headLength);
  const tip = line[line.length - 1];
  const left = [];
  const right = [];
  for (let i = 0; i < shaft.length; i += 1) {
    const [nx, ny] = normal(shaft, i);
    const half = (width / 2) * (0.35 + (0.65 * i) / Math.max(1, shaft.length - 1));
    left.push(`${round(shaft[i][0] + nx * half)} ${round(shaft[i][1] + ny * half)}`);
    right.unshift(`${round(shaft[i][0] - nx * half)} ${round(shaft[i][1] - ny * half)}`);
  }
  const neck = shaft[shaft.length - 1];
  const along = Math.hypot(tip[0] - neck[0], tip[1] - neck[1]) || 1;
  const [ux, uy] = [(tip[0] - neck[0]) / along, (tip[1] - neck[1]) / along];
  const barb = width * 1.25;
  const wing = (/** @type {number} */ side) =>
    `${round(neck[0] - uy * side * barb - ux * width * 0.4)} ${round(neck[1] + ux * side * barb - uy * width * 0.4)}`;
  // normal() points to the left of the way: (−uy, ux).
  return `M${left.join("L")}L${wing(1)}L${round(tip[0])} ${round(tip[1])}L${wing(-1)}L${right.join("L")}Z`;
}

/**
 * Path data of a small head at the end of a line.
 * @param {[number, number][]} line
 * @param {number} size its length, pixels
 */
export function arrowhead(line, size) {
  const [tipX, tipY] = line[line.length - 1];
  const inner = shortened(line, size);
  const [fromX, fromY] = inner[inner.length - 1];
  const along = Math.hypot(tipX - fromX, tipY - fromY) || 1;
  const [ux, uy] = [(tipX - fromX) / along, (tipY - fromY) / along];
  const corner = (/** @type {number} */ side) =>
    `${round(tipX - ux * size - uy * side * size * 0.42)} ${round(tipY - uy * size + ux * side * size * 0.42)}`;
  return `M${round(tipX)} ${round(tipY)}L${corner(1)}L${corner(-1)}Z`;
}

/** @param {[number, number][]} line */
function length(line) {
  let sum = 0;
  for (let i = 1; i < line.length; i += 1) sum += Math.hypot(line[i][0] - line[i - 1][0], line[i][1] - line[i - 1][1]);
  return sum;
}

/**
 * @param {[number, number][]} line
 * @param {number} off how much to take off its end
 * @returns {[number, number][]}
 */
function shortened(line, off) {
  const kept = line.slice();
  let left = off;
  while (kept.length > 2) {
    const [p, q] = [kept[kept.length - 2], kept[kept.length - 1]];
    const part = Math.hypot(q[0] - p[0], q[1] - p[1]);
    if (part > left) break;
    left -= part;
    kept.pop();
  }
  return kept;
}

/**
 * @param {[number, number][]} line
 * @param {number} i
 * @returns {[number, number]} unit vector to the left of the way
 */
function normal(line, i) {
  const [px, py] = line[Math.max(0, i - 1)];
  const [qx, qy] = line[Math.min(line.length - 1, i + 1)];
  const along = Math.hypot(qx - px, qy - py) || 1;
  return [-(qy - py) / along, (qx - px) / along];
}

/** @param {number} number */
function round(number) {
  return Math.round(number * 10) / 10;
}
