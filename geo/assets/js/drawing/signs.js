// @ts-check
// What stands for each place on the map: an icon, a small one, a dot, or one badge for what lies on one spot.

import { lowestRank } from "./projection.js";
import { byBegin } from "../util/moments.js";

/** @typedef {import("../state/data.js").Data} Data */
/** @typedef {import("../state/data.js").Feature} Feature */
/** @typedef {import("./projection.js").Projection} Projection */
/**
 * How a point feature is shown. What a badge stands for is drawn as that badge each, so that each can be lit up.
 * @typedef {object} Sign
 * @property {"icon" | "dot" | "badge"} form
 * @property {number} dx pixels to the right of its place
 * @property {number} dy pixels below it
 * @property {number} size pixels
 * @property {number} count of what a badge stands for
 * @property {string} key tells signs apart
 * @property {boolean} [quiet] whether it is only hinted at, because nothing in view names it
 */
/**
 * @typedef {{x: number, y: number, size: number, members: Feature[]}} Badge what lies on one place, in the order of
 *   time
 */
/** @typedef {{of: Map<string, Sign>, badges: Badge[]}} Signs by feature id */

/** Signs nearer than this lie on one place, as a share of their size. */
const NEAR = 0.6;

/** As many icons with names stand side by side; more become a badge. */
const ABREAST = 2;

/** Size of a dot, a badge, and of an icon whose name comes later, pixels or a share of its own. */
const [DOT, BADGE, SMALL] = [4.4, 18, 0.72];

/** Least size of a badge: its number has to be read. */
const LEAST = 15;

/** Clear space between signs side by side, pixels. */
const GAP = 3;

/** How far above its place a row of icons stands, pixels. */
const ABOVE = 11;

/** Dots in a row. */
const ROW = 5;

/** Signs nearer than this share of both sizes cover each other; how far one may be moved from its place, in sizes. */
const [CLEAR, MOST, PASSES] = [1.06, 0.7, 4];

/**
 * @param {Data} data
 * @param {Projection} projection
 * @param {Feature[]} visible
 * @returns {Signs}
 */
export function arrangeSigns(data, projection, visible) {
  /** @type {{x: number, y: number, size: number, members: Feature[]}[]} */
  const stacks = [];
  const size = (/** @type {Feature} */ feature) => sizeOf(data, projection, feature);
  for (const feature of visible) {
    if (!feature.at) continue;
    const [x, y] = projection.point(feature.at);
    const near = stacks.find((stack) =>
      Math.hypot(stack.x - x, stack.y - y) < NEAR * Math.max(size(feature), stack.size)
    );
    if (near) near.members.push(feature);
    else stacks.push({ x, y, size: size(feature), members: [feature] });
  }
  /** @type {Signs} */
  const signs = { of: new Map(), badges: [] };
  for (const stack of stacks) placeStack(signs, stack, { data, projection, size });
  keepApart(projection, visible, signs);
  return signs;
}

/**
 * Move signs that cover each other apart, by half of what they share each; a badge stays where it is.
 * @param {Projection} projection
 * @param {Feature[]} visible
 * @param {Signs} signs
 */
function keepApart(projection, visible, signs) {
  const bodies = standing(projection, visible, signs).filter(({ sign }) => sign.form !== "badge")
    .map(({ sign, x, y }) => ({ sign, x, y, size: sign.size, dx: 0, dy: 0 }));
  const fixed = signs.badges.map(({ x, y, size }) => ({ sign: undefined, x, y, size, dx: 0, dy: 0 }));
  const all = [...bodies, ...fixed].sort((one, other) => one.x - other.x);
  const reach = (CLEAR + 2 * MOST) * Math.max(0, ...all.map(({ size }) => size));
  for (let pass = 0; pass < PASSES; pass += 1) {
    all.forEach((body, i) => {
      for (let j = i + 1; j < all.length && all[j].x - body.x < reach; j += 1) part(body, all[j]);
    });
  }
  for (const { sign, dx, dy } of bodies) {
    if (!dx && !dy) continue;
    Object.assign(sign, { dx: sign.dx + dx, dy: sign.dy + dy });
    sign.key = keyOf(sign);
  }
}

/** @typedef {{sign: Sign | undefined, x: number, y: number, size: number, dx: number, dy: number}} Body */

/** Move two bodies apart, or the one that has a sign. @param {Body} one @param {Body} other */
function part(one, other) {
  const [x, y] = [one.x + one.dx - other.x - other.dx, one.y + one.dy - other.y - other.dy];
  const away = Math.hypot(x, y);
  const lacks = (CLEAR * (one.size + other.size)) / 2 - away;
  if (lacks <= 0 || !away) return;
  for (const body of [one, other]) {
    if (!body.sign) continue;
    const far = (body === one ? lacks : -lacks) / (away * (one.sign && other.sign ? 2 : 1));
    const [dx, dy] = [body.dx + x * far, body.dy + y * far];
    const rein = Math.min(1, (MOST * body.size) / (Math.hypot(dx, dy) || 1));
    Object.assign(body, { dx: dx * rein, dy: dy * rein });
  }
}

/**
 * @param {Signs} signs
 * @param {{x: number, y: number, members: Feature[]}} stack
 * @param {{data: any, projection: Projection, size: (feature: Feature) => number}} setting
 */
function placeStack(signs, { x, y, members }, { data, projection, size }) {
  members.sort(byBegin);
  const minor = members.filter((feature) => isMinor(projection, feature));
  const major = members.filter((feature) => !minor.includes(feature));
  const grow = projection.signs;
  const put = (
    /** @type {Feature} */ feature,
    /** @type {number} */ px,
    /** @type {number} */ py,
    /** @type {Partial<Sign>} */ more = {},
  ) => {
    const [ownX, ownY] = projection.point(/** @type {[number, number]} */ (feature.at));
    const sign = { form: "icon", dx: px - ownX, dy: py - ownY, size: size(feature), count: 1, key: "", ...more };
    signs.of.set(feature.id, { .../** @type {Sign} */ (sign), key: keyOf(/** @type {Sign} */ (sign)) });
  };
  const small = (
    /** @type {Feature} */ feature,
  ) => (data.kinds[feature.kind].series ? {} : { form: /** @type {"dot"} */ ("dot"), size: DOT * grow });
  if (major.length > ABREAST) {
    const whole = Math.max(LEAST, BADGE * grow);
    for (const feature of members) put(feature, x, y, { form: "badge", size: whole, count: members.length });
    signs.badges.push({ x, y, size: whole, members });
    return;
  }
  if (members.length === 1) {
    const [ownX, ownY] = projection.point(/** @type {[number, number]} */ (members[0].at));
    put(members[0], ownX, ownY, minor.length ? small(members[0]) : {});
    return;
  }
  const tall = placeRow(major, x, y - (major.length > 1 ? ABOVE * grow : 0), size, put);
  const step = (DOT + 2) * grow;
  minor.forEach((feature, i) => {
    const across = Math.min(ROW, minor.length);
    put(
      feature,
      x + ((i % ROW) - (across - 1) / 2) * step,
      y + tall / 2 + step * (Math.floor(i / ROW) + (tall ? 0.6 : 0)),
      { form: "dot", size: DOT * grow },
    );
  });
}

/** Turn an icon into a dot. @param {Sign} sign @param {number} growth */
export function makeDot(sign, growth) {
  if (sign.form !== "icon") return;
  Object.assign(sign, { form: "dot", size: DOT * growth });
  sign.key = keyOf(sign);
}

/** Let an icon be only hinted at. @param {Sign} sign */
export function hush(sign) {
  if (sign.quiet || sign.form !== "icon") return;
  sign.quiet = true;
  sign.key = keyOf(sign);
}

/** @param {Sign} sign */
function keyOf({ form, dx, dy, size, count, quiet }) {
  return [form, dx.toFixed(1), dy.toFixed(1), size, count, quiet].join();
}

/**
 * Icons side by side.
 * @param {Feature[]} features
 * @param {number} x middle of the row
 * @param {number} y
 * @param {(feature: Feature) => number} size
 * @param {(feature: Feature, x: number, y: number) => void} put
 * @returns {number} height of the row
 */
function placeRow(features, x, y, size, put) {
  let left = x - features.reduce((sum, feature) => sum + size(feature) + GAP, 0) / 2;
  for (const feature of features) {
    put(feature, left + (size(feature) + GAP) / 2, y);
    left += size(feature) + GAP;
  }
  return Math.max(0, ...features.map(size));
}

/** Whether a feature's name comes only on zooming in. @param {Projection} projection @param {Feature} feature */
export function isMinor(projection, feature) {
  return !feature.label || !feature.rank || feature.rank > lowestRank(projection.zoom);
}

/** @param {Data} data @param {Projection} projection @param {Feature} feature */
function sizeOf(data, projection, feature) {
  const whole = data.kinds[feature.kind].size * projection.signs;
  return isMinor(projection, feature) ? whole * SMALL : whole;
}

/**
 * Where icons and badges stand, with half their size.
 * @param {Projection} projection
 * @param {Feature[]} visible
 * @param {Signs} signs
 */
export function signCircles(projection, visible, signs) {
  return standing(projection, visible, signs).filter(({ sign }) => sign.form !== "dot")
    .map(({ sign, x, y }) => ({ at: /** @type {[number, number]} */ ([x, y]), radius: sign.size / 2 }));
}

/** Boxes of signs. @param {Projection} projection @param {Feature[]} visible @param {Signs} signs */
export function signBoxes(projection, visible, signs) {
  return standing(projection, visible, signs)
    .map(({ sign: { size }, x, y }) => ({ x: x - size / 2, y: y - size / 2, w: size, h: size }));
}

/**
 * Signs with the middle of each, pixels.
 * @param {Projection} projection
 * @param {Feature[]} visible
 * @param {Signs} signs
 */
function standing(projection, visible, signs) {
  return visible.flatMap(({ id, at }) => {
    const sign = signs.of.get(id);
    if (!at || !sign) return [];
    const [x, y] = projection.point(at);
    return [{ sign, x: x + sign.dx, y: y + sign.dy }];
  });
}
