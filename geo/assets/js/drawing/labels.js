// @ts-check
// Names on the map, in order of rank, placed where nothing overlaps and nothing is cut.

import { fitAlong, fitBlock } from "./fitting.js";
import { collectNames } from "./names.js";
import { node } from "./node.js";
import { zoomFactor } from "./projection.js";

/** @typedef {{data: Data, view: Box, width: Width, ink: Ink, id: string}} Setting */
/** @typedef {import("../state/data.js").Data} Data */
/** @typedef {import("./fitting.js").Box} Box */
/** @typedef {import("./ink.js").Ink} Ink */
/** @typedef {import("./names.js").Name} Name */
/** @typedef {import("./names.js").Scene} Scene */
/** @typedef {import("./node.js").SvgNode} SvgNode */
/** @typedef {(text: string, style: string) => number} Width of a text in a style, pixels */
/** @typedef {{boxes: Box[], nodes: SvgNode[]}} Placed */

/** Names that only orient: they do not count as things a reader has to take in. */
const QUIET = new Set(["water", "state", "home", "date"]);

/** Share of a line's height from its top to the foot of its letters. */
const BASELINE = 0.78;

/** How far below a line letters stand whose middle is on it, as a share of their size. */
const MIDDLE = 0.33;

/** Room at both ends of a name along a line, pixels. */
const ENDS = 4;

/** How many features and towns are named at once in a view of some size, pixels. @param {Box} view */
function allowance(view) {
  return 10 + (view.w * view.h) / 43000;
}

/**
 * @param {Data} data
 * @param {Scene} scene
 * @param {object} sheet
 * @param {Box} sheet.view where names may stand
 * @param {Box[]} sheet.taken where none may stand
 * @param {Width} sheet.width
 * @param {Ink} sheet.ink
 * @returns {{dots: SvgNode[], texts: SvgNode[]}}
 */
export function drawNames(data, scene, { view, taken: kept, width, ink }) {
  const fixed = kept.slice();
  const taken = [...fixed, ...iconBoxes(data, scene)];
  /** @type {SvgNode[]} */
  const texts = [];
  /** @type {SvgNode[]} */
  const dots = [];
  let left = allowance(view);
  for (const name of collectNames(data, scene)) {
    const quiet = QUIET.has(name.style);
    if (!quiet && left < 1) continue;
    // The seas come first and are always named, over icons if there is no other way.
    const first = name.order < -1;
    /** @type {Setting} */
    const setting = { data, view, width, ink, id: `${ink.prefix}along-${texts.length}` };
    /** @type {Placed | undefined} */
    const made = setName(name, taken, setting) || (first ? setName(name, fixed, setting) : undefined);
    if (!made) continue;
    if (!quiet) left -= 1;
    if (first) fixed.push(...made.boxes);
    taken.push(...made.boxes);
    texts.push(...made.nodes);
    if (!name.dot) continue;
    dots.push(node("circle", { class: "town-dot", cx: name.x.toFixed(1), cy: name.y.toFixed(1), r: name.dot, ...ink.style("town-dot") }));
    taken.push({ x: name.x - 3, y: name.y - 3, w: 6, h: 6 });
  }
  return { dots, texts };
}

/**
 * Set a name where it fits; its boxes are the place it takes.
 * @param {Name} name
 * @param {Box[]} taken
 * @param {Setting} setting
 * @returns {Placed | undefined}
 */
function setName(name, taken, { data, view, width, ink, id }) {
  const type = data.type[name.style];
  const attributes = {
    class: `label ${name.style} a-${name.actor || "none"}`, "data-label": name.id, ...ink.type(name.style, name.actor),
  };
  const whole = name.lines.join(" ");
  const length = name.path ? width(whole, name.style) + ENDS : 0;
  const along = name.path && fitAlong(name.path, length, type.leading, name.lift || 0, taken, view);
  if (along) {
    const d = `M${along.points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}`;
    const carried = node("textPath", { href: `#${id}`, startOffset: "50%" }, whole);
    const text = node("text", { ...attributes, "text-anchor": "middle", dy: (type.size * MIDDLE).toFixed(1) }, carried);
    return { boxes: along.boxes, nodes: [node("path", { id, d, fill: "none" }), text] };
  }
  const w = Math.max(...name.lines.map((line) => width(line, name.style)));
  const places = [name, ...(name.elsewhere || []).map(([x, y]) => ({ x, y, spots: name.spots }))];
  for (const place of places) {
    const block = fitBlock(place, w, type.leading * name.lines.length, taken, view);
    if (block) return { boxes: block.boxes, nodes: [setBlock(name, block, attributes, type.leading)] };
  }
  return undefined;
}

/**
 * @param {Name} name
 * @param {import("./fitting.js").Block} block
 * @param {Record<string, any>} attributes
 * @param {number} height of a line
 */
function setBlock(name, { side, left, top, w }, attributes, height) {
  const anchor = side === "start" || side === "end" ? side : "middle";
  const x = anchor === "start" ? left : anchor === "end" ? left + w : left + w / 2;
  const lines = name.lines.map((line, i) =>
    node("tspan", { x: x.toFixed(1), y: (top + height * (i + BASELINE)).toFixed(1) }, line));
  return node("text", { ...attributes, "text-anchor": anchor }, ...lines);
}

/**
 * Boxes of the icons.
 * @param {Data} data
 * @param {Scene} scene
 * @returns {Box[]}
 */
function iconBoxes(data, { projection, visible, offsets }) {
  const factor = zoomFactor(projection.zoom);
  return visible.filter((feature) => feature.at).map((feature) => {
    const [x, y] = projection.point(/** @type {[number, number]} */ (feature.at));
    const [dx, dy] = offsets.get(feature.id) || [0, 0];
    const half = (data.kinds[feature.kind].size / 2) * factor;
    return { x: x + dx - half, y: y + dy - half, w: 2 * half, h: 2 * half };
  });
}
