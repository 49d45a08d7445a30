// @ts-check
// Lines of pixels: how long they are, where one is at some length, and the same line in even steps.

/** @typedef {[number, number]} Point */

/** @param {Point} p @param {Point} q */
export function distance(p, q) {
  return Math.hypot(q[0] - p[0], q[1] - p[1]);
}

/** @param {Point[]} line */
export function lengthOf(line) {
  let sum = 0;
  for (let i = 1; i < line.length; i += 1) sum += distance(line[i - 1], line[i]);
  return sum;
}

/**
 * The unit vector from one point to another.
 * @param {Point} p
 * @param {Point} q
 * @returns {Point}
 */
export function direction(p, q) {
  const along = distance(p, q) || 1;
  return [(q[0] - p[0]) / along, (q[1] - p[1]) / along];
}

/** The angle between two unit vectors, radians. @param {Point} u @param {Point} v */
export function angle(u, v) {
  return Math.acos(Math.max(-1, Math.min(1, u[0] * v[0] + u[1] * v[1])));
}

/** The unit vector along a line at one of its points. @param {Point[]} line @param {number} i */
export function tangent(line, i) {
  return direction(line[Math.max(0, i - 1)], line[Math.min(line.length - 1, i + 1)]);
}

/**
 * The point on the way from one to another.
 * @param {Point} p
 * @param {Point} q
 * @param {number} share 0 at p, 1 at q
 * @returns {Point}
 */
export function mixed(p, q, share) {
  return [p[0] + (q[0] - p[0]) * share, p[1] + (q[1] - p[1]) * share];
}

/**
 * A line's beginning.
 * @param {Point[]} line
 * @param {number} length pixels
 * @returns {Point[]}
 */
export function beginning(line, length) {
  const kept = [line[0]];
  let left = length;
  for (let i = 1; i < line.length; i += 1) {
    const part = distance(line[i - 1], line[i]);
    if (part >= left) {
      kept.push(mixed(line[i - 1], line[i], part ? left / part : 0));
      return kept;
    }
    left -= part;
    kept.push(line[i]);
  }
  return kept;
}

/**
 * The same line with vertices at even distances; its ends stay.
 * @param {Point[]} line
 * @param {number} step about how far apart, pixels
 * @returns {Point[]}
 */
export function resampled(line, step) {
  const total = lengthOf(line);
  const count = Math.max(2, Math.round(total / step));
  const even = [line[0]];
  let [i, gone] = [1, 0]; // the stretch looked at, and the length before it
  for (let number = 1; number < count; number += 1) {
    const wanted = (total * number) / count;
    while (i < line.length - 1 && gone + distance(line[i - 1], line[i]) < wanted) {
      gone += distance(line[i - 1], line[i]);
      i += 1;
    }
    even.push(mixed(line[i - 1], line[i], (wanted - gone) / (distance(line[i - 1], line[i]) || 1)));
  }
  return [...even, line[line.length - 1]];
}

/**
 * The vertex of a line nearest to a point.
 * @param {Point[]} line
 * @param {Point} point
 * @returns {{index: number, away: number}} and how far away it is, pixels
 */
export function nearest(line, point) {
  let found = { index: 0, away: Infinity };
  line.forEach((vertex, index) => {
    const away = distance(vertex, point);
    if (away < found.away) found = { index, away };
  });
  return found;
}

/**
 * Points on a cubic curve by Bézier.
 * @param {Point} a
 * @param {Point} b
 * @param {Point} c
 * @param {Point} d
 * @param {number} count of points after the first
 * @returns {Point[]}
 */
export function bezier(a, b, c, d, count) {
  return Array.from({ length: count + 1 }, (_, i) => {
    const share = i / count;
    const [ab, bc, cd] = [mixed(a, b, share), mixed(b, c, share), mixed(c, d, share)];
    return mixed(mixed(ab, bc, share), mixed(bc, cd, share), share);
  });
}

/**
 * Whether a closed ring of points crosses or touches itself.
 * @param {Point[]} ring without its first point again
 */
export function crossesItself(ring) {
  const count = ring.length;
  for (let i = 0; i < count; i += 1) {
    const [a, b] = [ring[i], ring[(i + 1) % count]];
    for (let j = i + 2; j < count; j += 1) {
      if (i === 0 && j === count - 1) continue; // neighbours
      if (cross(a, b, ring[j], ring[(j + 1) % count])) return true;
    }
  }
  return false;
}

/** Whether two stretches have a point in common. @param {Point} a @param {Point} b @param {Point} c @param {Point} d */
function cross(a, b, c, d) {
  if (Math.max(a[0], b[0]) < Math.min(c[0], d[0]) || Math.max(c[0], d[0]) < Math.min(a[0], b[0])) return false;
  if (Math.max(a[1], b[1]) < Math.min(c[1], d[1]) || Math.max(c[1], d[1]) < Math.min(a[1], b[1])) return false;
  return side(a, b, c) * side(a, b, d) <= 0 && side(c, d, a) * side(c, d, b) <= 0;
}

/** On which side of a stretch a point lies. @param {Point} a @param {Point} b @param {Point} p */
function side(a, b, p) {
  return Math.sign((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]));
}
