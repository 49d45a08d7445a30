// @ts-check
// Axes of advance: ribbons along a line that widen to a head.

import { simplify } from "./simplify.js";
import {
  angle,
  beginning,
  bezier,
  crossesItself,
  direction,
  distance,
  lengthOf,
  mixed,
  nearest,
  resampled,
  tangent,
} from "./polyline.js";

/** @typedef {import("./polyline.js").Point} Point */
/**
 * @typedef {object} Arrow
 * @property {Point[]} way its middle, from its tail to its tip
 * @property {Point[]} shaft its middle as far as the head; the whole way where it has none
 * @property {number} width of the shaft before the head, pixels
 * @property {number} head its length, pixels; 0 for an arrow that joins another
 * @property {Point[]} nose corners of its head
 * @property {Point[]} outline
 */

/** Distance between points of an arrow's middle: so many pixels, but a share of its length between these two. */
const [FINE, LEAST_SHARE, MOST_SHARE] = [2, 1 / 300, 1 / 30];

/** Ways shorter than this are drawn with a straight end from the start, pixels: nobody sees a bend of theirs. */
const BRIEF = 40;

/** An arrow is at least so many times as long as it is wide. */
const SLENDER = 4.5;

/** Radius of the tightest bend, as a share of the width; how often a line is relaxed to keep to it, then evened. */
const [BEND, PASSES, EVENED] = [0.75, 40, 4];

/** Points on either side that a relaxed point is the mean of. */
const AROUND = 3;

/** Length of a head in widths: at least, what is aimed at, and at most; and its greatest share of the arrow. */
const [SHORT, GOOD, LONG, MOST] = [1.35, 1.7, 2.2, 0.4];

/** How far a head may turn from its shaft, radians. */
const TURN = (18 * Math.PI) / 180;

/** Where a bend would take its head, an arrow grows thinner by this factor, so many times at most. */
const [THINNER, TRIES] = [0.86, 4];

/** How much of an arrow, in widths, is made straight where it still bends, and how much of that is its head. */
const [STRAIGHT, NOSE] = [3.4, 1.9];

/** Behind its neck a shaft keeps within so many radians of its head for so many widths: its barbs then stand free. */
const [FREE, COLLAR] = [(25 * Math.PI) / 180, 1.1];

/** Half the width of a head beside its neck, in widths; how far its barbs point back, in heads. */
const [BARB, BACK] = [0.95, 0.14];

/** Width at the tail as a share of that at the head, and how it grows along the way. */
const [TAIL, GROWTH] = [0.32, 0.8];

/** How close an outline may come to the centre of a bend, as a share of its radius. */
const INSIDE = 0.85;

/** How far an outline may be off where vertices are left out, pixels. */
const TOLERANCE = 0.1;

/** Outlines that cross themselves are drawn thinner, so many times at most. */
const SIMPLER = 12;

/**
 * An arrow along a line, as wide as its bends let it be.
 * @param {Point[]} line
 * @param {number} wanted width of the shaft before the head, pixels
 * @param {boolean} [headed] an arrow that joins another has no head
 * @returns {Arrow}
 */
export function makeArrow(line, wanted, headed = true) {
  let arrow = headed ? withHead(line, wanted) : withoutHead(line, wanted);
  for (let tries = 0; tries < SIMPLER && crossesItself(arrow.outline); tries += 1) {
    arrow = headed ? withHead(line, arrow.width * THINNER) : withoutHead(line, arrow.width * THINNER);
  }
  return arrow;
}

/** @param {Point[]} line @param {number} wanted @returns {Arrow} */
function withHead(line, wanted) {
  const total = lengthOf(line);
  let width = Math.min(wanted, total / SLENDER);
  let way = relaxed(finely(line), width);
  if (total < BRIEF) way = straightened(way, width);
  let head = headLength(way, width);
  for (let tries = 0; head < GOOD * width && tries < TRIES; tries += 1) {
    width *= THINNER;
    way = relaxed(way, width);
    head = headLength(way, width);
  }
  if (!head || !standsFree(way, width, head)) {
    way = straightened(way, width);
    head = headLength(way, width);
  }
  for (let tries = 0; !(head && standsFree(way, width, head)) && tries < SIMPLER; tries += 1) {
    width *= THINNER;
    head = headLength(way, width);
  }
  return outlined(way, width, head || lengthOf(way) / (way.length - 1));
}

/** @param {Point[]} line @param {number} wanted @returns {Arrow} */
function withoutHead(line, wanted) {
  const total = lengthOf(line);
  const width = Math.min(wanted, total / SLENDER);
  return outlined(relaxed(finely(line), width), width, 0);
}

/** @param {Point[]} line */
function finely(line) {
  const total = lengthOf(line);
  return resampled(line, Math.max(total * LEAST_SHARE, Math.min(FINE, total * MOST_SHARE)));
}

/**
 * The line, with bends that a ribbon of some width can follow; its ends stay.
 * @param {Point[]} line in even steps
 * @param {number} width
 */
function relaxed(line, width) {
  let now = line;
  const step = lengthOf(line) / (line.length - 1);
  for (let pass = 0; pass < PASSES; pass += 1) {
    const bent = now.map((_, i) => Math.abs(curvature(now, i)) * BEND * width > 1);
    if (!bent.includes(true)) break;
    now = resampled(now.map((point, i) => (bent[i] ? meanAround(now, i) : point)), step);
  }
  for (let pass = 0; now !== line && pass < EVENED; pass += 1) now = evened(now);
  return now;
}

/** A line without kinks: each point between its ends the mean of three. @param {Point[]} line @returns {Point[]} */
function evened(line) {
  const last = line.length - 1;
  return line.map((point, i) => {
    if (i === 0 || i === last) return point;
    const [before, after] = [line[i - 1], line[i + 1]];
    return [(before[0] + point[0] + after[0]) / 3, (before[1] + point[1] + after[1]) / 3];
  });
}

/** @param {Point[]} line @param {number} i @returns {Point} */
function meanAround(line, i) {
  const reach = Math.min(AROUND, i, line.length - 1 - i);
  const near = line.slice(i - reach, i + reach + 1);
  return [near.reduce((sum, [x]) => sum + x, 0) / near.length, near.reduce((sum, [, y]) => sum + y, 0) / near.length];
}

/**
 * One over the radius of the circle through a point and two near it; negative to the left.
 * @param {Point[]} line
 * @param {number} i
 */
function curvature(line, i) {
  const reach = Math.min(2, i, line.length - 1 - i);
  const [a, b, c] = [line[i - reach], line[i], line[i + reach]];
  const sides = distance(a, b) * distance(b, c) * distance(a, c);
  return sides ? (2 * ((b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0]))) / sides : 0;
}

/**
 * How long a head can be before the line bends under it.
 * @param {Point[]} way in even steps
 * @param {number} width
 * @returns {number} pixels; 0 when it bends at once
 */
function headLength(way, width) {
  const total = lengthOf(way);
  const step = total / (way.length - 1);
  const tip = way[way.length - 1];
  let found = 0;
  const last = way.length - 1;
  const [first, end] = [SHORT * width, LONG * width].map((length) =>
    last - Math.ceil(Math.min(length, MOST * total) / step)
  );
  for (let base = first; base >= Math.max(1, end); base -= 1) {
    if (angle(direction(way[base - 1], way[base]), direction(way[base], tip)) >= TURN) break;
    found = (last - base) * step;
  }
  return found;
}

/**
 * Whether a shaft comes to its head so straight that the barbs do not lie on it.
 * @param {Point[]} way in even steps
 * @param {number} width
 * @param {number} head its length, pixels
 */
function standsFree(way, width, head) {
  const step = lengthOf(way) / (way.length - 1);
  const neck = way.length - 1 - Math.round(head / step);
  const ahead = direction(way[neck], way[way.length - 1]);
  const collar = Math.max(0, neck - Math.round((COLLAR * width) / step));
  return angle(direction(way[collar], way[neck]), ahead) < FREE;
}

/**
 * The line with a straight end that its head can follow; its tip stays.
 * @param {Point[]} way in even steps
 * @param {number} width
 */
function straightened(way, width) {
  const total = lengthOf(way);
  const step = total / (way.length - 1);
  const room = Math.min(STRAIGHT * width, total * 0.7);
  const kept = way.slice(0, Math.max(2, way.length - Math.round(room / step)));
  const [from, tip] = [kept[kept.length - 1], way[way.length - 1]];
  const ahead = direction(from, tip);
  const neck = mixed(tip, from, Math.min(0.6, (NOSE * width) / (distance(from, tip) || 1)));
  const before = tangent(kept, kept.length - 1);
  const pull = distance(from, neck) * 0.4;
  const bend = bezier(from, moved(from, before, pull), moved(neck, ahead, -pull), neck, 12);
  return relaxed(resampled([...kept, ...bend.slice(1), tip], step), width);
}

/** @param {Point} point @param {Point} along unit vector @param {number} far pixels @returns {Point} */
function moved([x, y], [ux, uy], far) {
  return [x + ux * far, y + uy * far];
}

/**
 * @param {Point[]} way in even steps
 * @param {number} width
 * @param {number} head
 * @returns {Arrow}
 */
function outlined(way, width, head) {
  const step = lengthOf(way) / (way.length - 1);
  const shaft = head ? way.slice(0, way.length - Math.round(head / step)) : way;
  const neck = shaft[shaft.length - 1];
  const tip = way[way.length - 1];
  const ahead = head ? direction(neck, tip) : tangent(way, way.length - 1);
  const halves = halfWidths(shaft, width);
  const sides = shaft.map((_, i) => sideways(shaft, i, ahead, width));
  const ribbon = (/** @type {number} */ hand) => shaft.map((point, i) => moved(point, sides[i], hand * halves[i]));
  const across = /** @type {Point} */ ([-ahead[1], ahead[0]]);
  const foot = moved(neck, ahead, -BACK * head);
  const nose = head ? [moved(foot, across, BARB * width), tip, moved(foot, across, -BARB * width)] : [];
  const outline = [...ribbon(1), ...nose, ...ribbon(-1).reverse()];
  return { way, shaft, width, head, nose, outline: simpler(outline) };
}

/**
 * Half the width at each point of a shaft: growing to the head, less in bends.
 * @param {Point[]} shaft
 * @param {number} width
 */
function halfWidths(shaft, width) {
  const last = shaft.length - 1;
  let halves = shaft.map((_, i) =>
    Math.min(
      (width / 2) * (TAIL + (1 - TAIL) * (i / last) ** GROWTH),
      INSIDE / (Math.abs(curvature(shaft, i)) || 1e-6),
    )
  );
  for (let pass = 0; pass < 3; pass += 1) {
    const now = halves;
    halves = now.map((half, i) => Math.min(half, ((now[i - 1] ?? half) + half + (now[i + 1] ?? half)) / 3));
  }
  return halves;
}

/**
 * The unit vector to the left of a shaft; over its last width it turns to that of the head.
 * @param {Point[]} shaft
 * @param {number} i
 * @param {Point} ahead direction of the head
 * @param {number} width
 * @returns {Point}
 */
function sideways(shaft, i, ahead, width) {
  const along = tangent(shaft, i);
  const left = distance(shaft[i], shaft[shaft.length - 1]);
  const [ux, uy] = left < width ? direction([0, 0], mixed(ahead, along, left / width)) : along;
  return [-uy, ux];
}

/** An outline with fewer vertices, to a tenth of a pixel. @param {Point[]} ring @returns {Point[]} */
function simpler(ring) {
  const flat = simplify(Float64Array.from(ring.flat()), TOLERANCE);
  /** @type {Point[]} */
  const kept = [];
  for (let i = 0; i < flat.length; i += 2) {
    const point = /** @type {Point} */ ([rounded(flat[i]), rounded(flat[i + 1])]);
    const last = kept[kept.length - 1];
    if (!last || last[0] !== point[0] || last[1] !== point[1]) kept.push(point);
  }
  return kept;
}

/** Path data of a closed ring. @param {Point[]} ring */
export function closed(ring) {
  return `M${ring.map((point) => point.map(rounded).join(" ")).join("L")}Z`;
}

/**
 * A small head at the end of a line: its path data, and the line as far as its middle.
 * @param {Point[]} whole
 * @param {number} size its length, pixels
 * @param {number} [short] how far it stops before the end, where a sign may stand, pixels
 */
export function headed(whole, size, short = 0) {
  const all = lengthOf(whole);
  const line = short < all / 3 ? beginning(whole, all - short) : whole;
  const total = lengthOf(line);
  const inner = beginning(line, Math.max(0, total - size));
  const tip = line[line.length - 1];
  const [ux, uy] = direction(inner[inner.length - 1], tip);
  const corner = (/** @type {number} */ side) =>
    `${rounded(tip[0] - ux * size - uy * side * size * 0.42)} ${rounded(tip[1] - uy * size + ux * side * size * 0.42)}`;
  return {
    d: `M${tip.map(rounded).join(" ")}L${corner(1)}L${corner(-1)}Z`,
    shaft: beginning(line, Math.max(0, total - size / 2)),
  };
}

/** Path data of a small head at the end of a line. @param {Point[]} line @param {number} size its length, pixels */
export function arrowhead(line, size) {
  return headed(line, size).d;
}

/**
 * The points of a shaft nearest to some places that lie before its end.
 * @param {Arrow} arrow
 * @param {Point[]} places
 */
export function onShaft({ shaft, width }, places) {
  return places.map((place) => nearest(shaft, place))
    .filter(({ index }) => distance(shaft[index], shaft[shaft.length - 1]) > width / 2 && index < shaft.length - 1)
    .map(({ index }) => shaft[index]);
}

/** @param {number} number */
function rounded(number) {
  return Math.round(number * 10) / 10;
}
