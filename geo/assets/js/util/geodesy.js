// @ts-check
// Lengths and areas on the WGS 84 ellipsoid. Positions are [longitude, latitude] in degrees.

/** @typedef {[number, number]} Position */

/** WGS 84: semi-major axis in metres, flattening, squared eccentricity. */
const AXIS = 6378137;
const FLATTENING = 1 / 298.257223563;
const SQUARED = FLATTENING * (2 - FLATTENING);

/** Edges are cut into pieces of about this length, metres, and into this many at least. */
const PIECE = 50000;
const PIECES = 8;

const DEGREE = Math.PI / 180;

/**
 * Distance in metres, by Lambert's formula: within some ten metres over thousands of kilometres.
 * Source: W. D. Lambert, "The distance between two widely separated points on the surface of the earth", 1942.
 * @param {Position} from
 * @param {Position} to
 */
export function distance(from, to) {
  const [one, other] = [reduced(from[1]), reduced(to[1])];
  const angle = centralAngle(one, other, (to[0] - from[0]) * DEGREE);
  if (!angle) return 0;
  const middle = Math.sin((one + other) / 2) ** 2;
  const half = Math.sin((other - one) / 2) ** 2;
  const x = (angle - Math.sin(angle)) * middle * (1 - half) / Math.cos(angle / 2) ** 2;
  const y = (angle + Math.sin(angle)) * (1 - middle) * half / Math.sin(angle / 2) ** 2;
  return AXIS * (angle - (FLATTENING / 2) * (x + y));
}

/**
 * Area in square metres enclosed by shortest lines between positions; no pole may be inside.
 * Strips to the equator are summed, each exact on the authalic sphere.
 * @param {Position[]} ring open: the last position is not the first again
 */
export function area(ring) {
  let sum = 0;
  ring.forEach((from, i) => {
    const line = shortest(from, ring[(i + 1) % ring.length]);
    for (let k = 1; k < line.length; k += 1) {
      const [west, east] = [line[k - 1], line[k]];
      sum += turned(east[0] - west[0]) * DEGREE * (authalic(west[1]) + authalic(east[1])) / 2;
    }
  });
  return Math.abs(sum) * AXIS ** 2 / 2;
}

/**
 * Positions along the shortest line, both ends included: a great circle of the reduced latitudes.
 * @param {Position} from
 * @param {Position} to
 * @returns {Position[]}
 */
export function shortest(from, to) {
  const [a, b] = [upright(from), upright(to)];
  const angle = centralAngle(reduced(from[1]), reduced(to[1]), (to[0] - from[0]) * DEGREE);
  const pieces = angle ? Math.max(PIECES, Math.ceil(angle * AXIS / PIECE)) : 1;
  /** @type {Position[]} */
  const line = [from];
  for (let i = 1; i < pieces; i += 1) {
    const [p, q] = [Math.sin(angle * (1 - i / pieces)), Math.sin(angle * i / pieces)];
    const [x, y, z] = a.map((value, k) => (value * p + b[k] * q) / Math.sin(angle));
    const latitude = Math.atan2(z, Math.hypot(x, y) * (1 - FLATTENING)) / DEGREE;
    line.push([from[0] + turned(Math.atan2(y, x) / DEGREE - from[0]), latitude]);
  }
  return [...line, to];
}

/** Reduced latitude, radians. @param {number} latitude degrees */
function reduced(latitude) {
  return Math.atan((1 - FLATTENING) * Math.tan(latitude * DEGREE));
}

/** @param {number} one radians @param {number} other radians @param {number} across difference in longitude, radians */
function centralAngle(one, other, across) {
  return 2 *
    Math.asin(
      Math.sqrt(Math.sin((other - one) / 2) ** 2 + Math.cos(one) * Math.cos(other) * Math.sin(across / 2) ** 2),
    );
}

/** @param {Position} position @returns {number[]} a unit vector */
function upright([longitude, latitude]) {
  const beta = reduced(latitude);
  return [Math.cos(beta) * Math.cos(longitude * DEGREE), Math.cos(beta) * Math.sin(longitude * DEGREE), Math.sin(beta)];
}

/** Twice the area between the equator and a latitude, per radian, in squared axes. @param {number} latitude degrees */
function authalic(latitude) {
  const sine = Math.sin(latitude * DEGREE);
  const e = Math.sqrt(SQUARED);
  return (1 - SQUARED) * (sine / (1 - SQUARED * sine ** 2) + Math.atanh(e * sine) / e);
}

/** A turn within half a circle. @param {number} degrees */
function turned(degrees) {
  return degrees - 360 * Math.round(degrees / 360);
}
