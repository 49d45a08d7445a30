// @ts-check
// A map's thesis in a few words with a leader line, and pointers at its edge to what lies beyond it.

import { wrapped } from "./fitting.js";
import { node } from "./node.js";

/** @typedef {import("./fitting.js").Box} Box */
/** @typedef {import("./names.js").Name} Name */
/** @typedef {import("./names.js").Scene} Scene */

/** Characters of a callout's line. */
const LINE = 19;

/** How far from its point a callout may stand, pixels. */
const REACHES = [26, 44, 66, 92, 124, 160, 200];

/**
 * Below this width of a view, pixels, or four fifths of it in height, leaders are short, states and capitals are named
 * first, and a callout that would cover a line or a name is left out: a caption stands near.
 */
const [PHONE, SHORT] = [480, 66];

/** Directions it may stand in, of a whole turn: to the upper right first. */
const TURNS = [-0.11, -0.39, 0.11, 0.39, 0, 0.5, -0.25, 0.25, -0.18, -0.32, 0.18, 0.32];

/** Room between a leader and what it leads to or from, pixels. */
const ROOM = 4;

/** Size of a pointer's head, and how far it stands from the edge, pixels. */
const [HEAD, EDGE] = [11, 9];

/** How far along the edge a pointer stands from its place if it can, even on a line: a share of the edge. */
const STRAY = 0.25;

/**
 * The callouts of an era, at a moment.
 * @param {any} era
 * @param {Scene} scene
 * @param {Box} view
 * @returns {Name[]}
 */
export function calloutNames(era, { projection, moment }, view) {
  return (era.callouts || []).filter((/** @type {any} */ callout) => isNow(callout, moment)).flatMap(
    (/** @type {any} */ callout, /** @type {number} */ i) => {
      const [x, y] = projection.point(callout.at);
      if (x < view.x || y < view.y || x > view.x + view.w || y > view.y + view.h) return [];
      const lines = wrapped(callout.text, LINE);
      const large = Math.min(view.w, view.h * 1.25) >= PHONE;
      return [{
        lines,
        says: callout.says,
        style: "callout",
        order: (large ? -1.9 : -1.35) + i / 100,
        x,
        y,
        spots: [],
        overLines: large,
        needed: large,
        places: (/** @type {[number, number]} */ [w, h]) => ledPlaces(x, y, w, h, large ? Infinity : SHORT),
      }];
    },
  );
}

/** @param {any} callout or mark @param {import("../util/moments.js").Moment} [moment] */
export function isNow({ begin, end }, moment) {
  return !moment || ((!begin || begin < moment.to) && (!end || moment.from < end));
}

/**
 * Places around a point for a block with a leader line, the nearest first.
 * @param {number} x
 * @param {number} y
 * @param {number} w
 * @param {number} h
 * @param {number} [farthest] pixels
 */
export function ledPlaces(x, y, w, h, farthest = Infinity) {
  return REACHES.filter((reach) => reach <= farthest).flatMap((reach) =>
    TURNS.map((turn) => placeAround(x, y, w, h, reach, turn))
  );
}

/**
 * Where a block's middle is when its edge is `reach` away from a point in a direction.
 * @param {number} x
 * @param {number} y
 * @param {number} w
 * @param {number} h
 * @param {number} reach
 * @param {number} turn
 * @returns {import("./names.js").Stand}
 */
function placeAround(x, y, w, h, reach, turn) {
  const [ux, uy] = [Math.cos(turn * 2 * Math.PI), Math.sin(turn * 2 * Math.PI)];
  const out = Math.min(
    Math.abs(ux) > 0.01 ? w / 2 / Math.abs(ux) : Infinity,
    Math.abs(uy) > 0.01 ? h / 2 / Math.abs(uy) : Infinity,
  );
  return { x: x + ux * (reach + out), y: y + uy * (reach + out), spots: [[0, 0, "middle"]], led: true };
}

/**
 * The ends of a leader line, x0, y0, x1, y1; nothing where block and point are too near.
 * @param {Name} name
 * @param {import("./fitting.js").Block} block
 * @param {number} h height of the block
 * @param {Box | undefined} sign that stands at its point
 */
export function leaderOf({ x, y }, { left, top, w }, h, sign) {
  const [nearX, nearY] = [Math.max(left, Math.min(left + w, x)), Math.max(top, Math.min(top + h, y))];
  const length = Math.hypot(nearX - x, nearY - y) || 1;
  const [ux, uy] = [(nearX - x) / length, (nearY - y) / length];
  const start = sign ? sign.w / 2 + 1 : ROOM;
  return length < start + ROOM ? [] : [x + ux * start, y + uy * start, nearX - ux * ROOM, nearY - uy * ROOM];
}

/**
 * A leader line and its end.
 * @param {Name} name
 * @param {number[]} leader
 * @param {Box | undefined} sign that stands at its point
 * @param {import("./ink.js").Ink} ink
 */
export function drawLeader({ x, y }, leader, sign, ink) {
  const [x0, y0, x1, y1] = leader.map((value) => value.toFixed(1));
  const d = leader.length ? `M${x0} ${y0}L${x1} ${y1}` : "M0 0";
  return [
    node("path", { class: "leader", d, ...ink.style("leader-casing") }),
    node("path", { class: "leader", d, ...ink.style("leader") }),
    ...(sign ? [] : [
      node("circle", {
        class: "leader",
        cx: x.toFixed(1),
        cy: y.toFixed(1),
        r: ROOM - 1,
        ...ink.style("leader-end"),
      }),
    ]),
  ];
}

/**
 * Names at the map's edge of what lies beyond it.
 * @param {{text: string, at: [number, number]}[]} pointers
 * @param {import("./projection.js").Projection} projection
 * @param {Box} view
 * @returns {Name[]}
 */
export function pointerNames(pointers, projection, view) {
  return pointers.flatMap(({ text, at }, i) => {
    const [x, y] = projection.point(at);
    const middle = [view.x + view.w / 2, view.y + view.h / 2];
    const [dx, dy] = [x - middle[0], y - middle[1]];
    const share = Math.min((view.w / 2 - EDGE) / (Math.abs(dx) || 1e-6), (view.h / 2 - EDGE) / (Math.abs(dy) || 1e-6));
    if (share >= 1) return [];
    const edge = [middle[0] + dx * share, middle[1] + dy * share];
    const name = {
      lines: [text],
      style: "pointer",
      order: -1.6 + i / 100,
      x,
      y,
      spots: [],
      overLines: true,
      needed: true,
    };
    const places = (/** @type {number} */ stray) => (/** @type {[number, number]} */ size) =>
      placesAtEdge(view, edge, size, stray);
    return [{ ...name, places: places(STRAY), instead: { ...name, places: places(1) } }];
  });
}

/**
 * Places along the edge, the nearest to a point on it first; then those one line farther in.
 * @param {Box} view
 * @param {number[]} edge
 * @param {[number, number]} size
 * @param {number} stray how far along the edge they may lie from that point, as a share of it
 */
function placesAtEdge(view, [x, y], [w, h], stray) {
  const upright = Math.min(x - view.x, view.x + view.w - x) < Math.min(y - view.y, view.y + view.h - y);
  const [side, length] = upright ? [h + 4, view.h] : [w / 2, view.w];
  const steps = [0, ...[1, 2, 3, 4, 6, 8, 10, 13, 16, 20].flatMap((step) => [step, -step])]
    .filter((step) => Math.abs(step) <= 2 || Math.abs(step * side) < stray * length);
  return [EDGE + HEAD, EDGE + HEAD + h + 4].flatMap((away) =>
    steps.map((step) => {
      const [px, py] = upright ? [x, y + step * side] : [x + step * side, y];
      const middle = [
        Math.max(view.x + w / 2 + (upright ? away : 6), Math.min(view.x + view.w - w / 2 - (upright ? away : 6), px)),
        Math.max(view.y + h / 2 + (upright ? 6 : away), Math.min(view.y + view.h - h / 2 - (upright ? 6 : away), py)),
      ];
      const tip = upright ? [x, middle[1]] : [middle[0], y];
      return { x: middle[0], y: middle[1], tip, spots: /** @type {[number, number, string][]} */ ([[0, 0, "middle"]]) };
    })
  );
}

/**
 * The head of a pointer: a slim arrow at the edge, that points to where the place lies.
 * @param {Name} name where it leads
 * @param {any} place
 * @param {import("./ink.js").Ink} ink
 */
export function drawPointer({ x, y }, { tip }, ink) {
  const length = Math.hypot(x - tip[0], y - tip[1]) || 1;
  const [ux, uy] = [(x - tip[0]) / length, (y - tip[1]) / length];
  const at = (/** @type {number} */ along, /** @type {number} */ side) =>
    `${(tip[0] + ux * along - uy * side).toFixed(1)} ${(tip[1] + uy * along + ux * side).toFixed(1)}`;
  return [
    node("path", {
      class: "leader",
      d: `M${at(0, 0)}L${at(-HEAD, HEAD * 0.4)}L${at(-HEAD * 0.7, 0)}L${at(-HEAD, -HEAD * 0.4)}Z`,
      ...ink.style("leader-end"),
    }),
  ];
}
