// @ts-check
// The arrows of a map together: those that go to one place join, or stop short of each other.

import { makeArrow, onShaft } from "./arrows.js";
import { smooth } from "./curve.js";
import { angle, beginning, bezier, direction, distance, lengthOf, nearest, tangent } from "./polyline.js";
import { isMinor, signCircles } from "./signs.js";
import { reached } from "../util/moments.js";

/** @typedef {import("../state/data.js").Data} Data */
/** @typedef {import("../state/data.js").Feature} Feature */
/** @typedef {import("./arrows.js").Arrow} Arrow */
/** @typedef {import("./polyline.js").Point} Point */
/** @typedef {import("./projection.js").Projection} Projection */
/**
 * An arrow as a map has it.
 * @typedef {Arrow & {stops: Point[], goal: Point, ends: string}} Column `stops`: where its dated stops stand; `goal`:
 * what it makes for, where a sign may stand; `ends`: how it ends because of another arrow, with that one's id
 */
/**
 * An advance as far as it had come.
 * @typedef {{feature: Feature, line: Point[], stops: Point[], wanted: number}} Advance
 */

/** Advances shorter than this are not drawn, pixels. */
const LEAST = 12;

/** The force as which an advance is drawn that is named only on zooming in. */
const MINOR = 0.4;

/** An advance that has begun is drawn for at least so many of its widths, where it goes on as far. */
const BEGUN = 3;

/** Tips nearer than this are one goal, as a share of both widths. */
const GOAL = 0.9;

/** Arrows of one actor join when their heads point the same way, radians. */
const ALIKE = Math.PI / 3;

/** How far from the other an arrow leaves its own way to join it, as a share of both widths. */
const LEAVE = 1.6;

/** How far behind the other's neck it joins, in widths of that. */
const BEHIND = 0.3;

/** How far behind its tip an advance is kept clear of signs, in its widths. */
const HEAD = 1.7;

/** An advance ends before a sign where at least this share of it is left. */
const MOST_LEFT = 0.5;

/** How far short of another's goal an arrow stops that does not join it, in widths of that. */
const SHORT = 1.4;

/**
 * @param {Data} data
 * @param {Projection} projection
 * @param {Feature[]} visible
 * @param {import("./signs.js").Signs} signs before which they end
 * @param {import("../util/moments.js").Moment} [moment] advances are drawn as far as they had come
 * @returns {Map<string, Column>} by feature id; those too short to be seen are left out
 */
export function layColumns(data, projection, visible, signs, moment) {
  const standing = signCircles(projection, visible, signs);
  const advances = visible.filter((feature) => data.kinds[feature.kind].form === "axis")
    .map((feature) => advanceOf(data, projection, feature, moment))
    .map((advance) => ({ ...advance, line: beforeSign(advance, standing), goal: tipOf(advance.line) }))
    .filter(({ line }) => lengthOf(line) >= LEAST);
  /** @type {Map<string, Column>} */
  const laid = new Map();
  /** @type {(Column & {feature: Feature})[]} */
  const hosts = [];
  for (const advance of advances.sort((a, b) => b.wanted - a.wanted)) {
    const alone = makeArrow(advance.line, advance.wanted);
    const host = hosts.find((other) =>
      distance(tipOf(other.way), tipOf(alone.way)) < GOAL * (other.width + alone.width)
    );
    const beside = host && (joined(advance, alone, host) || shortened(advance, alone, host));
    const { arrow, ends } = beside || { arrow: alone, ends: "" };
    const goal = beside ? tipOf(arrow.way) : advance.goal;
    const column = { ...arrow, ends, goal, stops: onShaft(arrow, advance.stops) };
    laid.set(advance.feature.id, column);
    if (arrow.head) hosts.push({ ...column, feature: advance.feature });
  }
  return laid;
}

/** @param {Point[]} line */
function tipOf(line) {
  return line[line.length - 1];
}

/**
 * The width of an advance before bends take from it, pixels: by its force, once it is named.
 * @param {any} kind
 * @param {Feature} feature
 * @param {Projection} projection
 */
export function widthOf(kind, feature, projection) {
  return (2.5 + kind.width * (isMinor(projection, feature) ? MINOR : Math.max(1, feature.force))) * projection.signs;
}

/**
 * @param {Data} data
 * @param {Projection} projection
 * @param {Feature} feature
 * @param {import("../util/moments.js").Moment} [moment]
 * @returns {Advance}
 */
function advanceOf(data, projection, feature, moment) {
  const wanted = widthOf(data.kinds[feature.kind], feature, projection);
  const { line: whole, at } = smooth(projection.line(/** @type {number[][]} */ (feature.shape)[0], true));
  const line = moment ? upTo(whole, at, reached(feature, moment), Math.max(LEAST, wanted * BEGUN)) : whole;
  const stops = feature.stops.flatMap((
    [date],
    i,
  ) => (date && i > 0 && i < feature.stops.length - 1 && at[i] < line.length ? [whole[at[i]]] : []));
  return { feature, line, stops, wanted };
}

/**
 * The line of an advance as far as the signs on its head, so that this is seen, or on its tip, where too little would
 * be left; a short line stays as it is.
 * @param {Advance} advance
 * @param {{at: Point, radius: number}[]} signs
 */
function beforeSign({ line, wanted }, signs) {
  for (const width of [wanted, 0]) {
    let last = line.length - 1;
    for (let i = last; i > 0 && distance(line[i], line[last]) <= HEAD * width; i -= 1) {
      if (signs.some(({ at, radius }) => distance(at, line[i]) < radius + width / 2)) last = i - 1;
    }
    const left = line.slice(0, last + 1);
    if (lengthOf(left) > lengthOf(line) * MOST_LEFT) return left;
  }
  return line;
}

/**
 * The part of a line that has been gone, long enough to be seen.
 * @param {Point[]} line
 * @param {number[]} at index of each vertex on the line
 * @param {number} vertices gone, with a fraction
 * @param {number} least pixels
 * @returns {Point[]}
 */
function upTo(line, at, vertices, least) {
  const whole = Math.floor(vertices);
  if (whole >= at.length - 1) return line;
  let last = Math.round(at[whole] + (vertices - whole) * (at[whole + 1] - at[whole]));
  while (last < line.length - 1 && distance(line[last], line[0]) < least) last += 1;
  return line.slice(0, last + 1);
}

/**
 * An arrow that joins another: it has no head, and runs into the other's shaft.
 * @param {Advance} advance
 * @param {Arrow} alone
 * @param {Column & {feature: Feature}} host
 * @returns {{arrow: Arrow, ends: string} | undefined} nothing when the two do not belong together
 */
function joined({ feature, wanted }, alone, host) {
  const same = feature.actor === host.feature.actor && feature.kind === host.feature.kind;
  if (!same || angle(headOf(alone), headOf(host)) > ALIKE) return undefined;
  const room = LEAVE * (alone.width + host.width);
  let last = alone.way.length - 1;
  while (last > 1 && nearest(host.way, alone.way[last]).away < room) last -= 1;
  const own = alone.way.slice(0, last + 1);
  if (lengthOf(own) < LEAST) return undefined;
  const from = own[last];
  const step = lengthOf(host.shaft) / (host.shaft.length - 1);
  const behind = host.shaft.length - 1 - Math.ceil((BEHIND * host.width) / step);
  const beside = nearest(host.shaft, from);
  const meets = Math.max(1, Math.min(behind, beside.index + Math.ceil((beside.away * 1.3) / step)));
  const to = host.shaft[meets];
  const pull = distance(from, to) * 0.45;
  const [out, into] = [tangent(own, last), tangent(host.shaft, meets)];
  const bend = bezier(
    from,
    [from[0] + out[0] * pull, from[1] + out[1] * pull],
    [to[0] - into[0] * pull, to[1] - into[1] * pull],
    to,
    16,
  );
  return { arrow: makeArrow([...own, ...bend.slice(1)], wanted, false), ends: `joins ${host.feature.id}` };
}

/** @param {Arrow} arrow */
function headOf({ shaft, way }) {
  return direction(shaft[shaft.length - 1], way[way.length - 1]);
}

/**
 * An arrow that stops short of another's goal.
 * @param {Advance} advance
 * @param {Arrow} alone
 * @param {Column & {feature: Feature}} host
 * @returns {{arrow: Arrow, ends: string} | undefined} nothing when little of it would be left
 */
function shortened({ wanted }, alone, host) {
  const goal = tipOf(host.way);
  let length = lengthOf(alone.way);
  const step = length / (alone.way.length - 1);
  for (let i = alone.way.length - 1; i > 0 && distance(alone.way[i], goal) < SHORT * host.width; i -= 1) length -= step;
  if (length < LEAST) return undefined;
  return { arrow: makeArrow(beginning(alone.way, length), wanted), ends: `before ${host.feature.id}` };
}
