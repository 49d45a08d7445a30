// @ts-check
// One era drawn for one view. A document holds a sheet for each era; a step brings another to the front,
// and nothing has to be drawn or laid out for it.

import { svg } from "../util/dom.js";
import { bandGroup, drawBand } from "../drawing/bands.js";
import { drawBase } from "../drawing/base.js";
import { node as svgNode } from "../drawing/node.js";
import { drawSymbol } from "../drawing/symbols.js";
import { isPast } from "../util/moments.js";
import { follow, mount } from "./mount.js";

/** @typedef {import("../state/data.js").Data} Data */
/** @typedef {import("../state/data.js").Feature} Feature */
/** @typedef {import("../drawing/names.js").Scene} Scene */
/** @typedef {import("../drawing/ink.js").Ink} Ink */
/** @typedef {import("../drawing/node.js").SvgNode} SvgNode */
/** @typedef {import("./motion.js").Change} Change */
/**
 * @typedef {{node: SVGElement, shape: SvgNode, order: number, at?: Projection, stand?: string}} Drawn a feature's
 *   group, and what it shows
 */
/** @typedef {import("../drawing/projection.js").Projection} Projection */
/** @typedef {{min: {x: number, y: number}, max: {x: number, y: number}}} Frame layer pixels that a sheet covers */

/**
 * @typedef {object} Sheet
 * @property {SVGElement} node
 * @property {number} era
 * @property {() => Projection | undefined} projection the view it is drawn for
 * @property {() => Set<string>} shown ids of the features it shows
 * @property {() => import("../drawing/signs.js").Signs} signs as they stand, once names have been placed
 * @property {(scene: Scene, frame: Frame, corner: {x: number, y: number}) => Generator<void, {change: Change, drew:
 *   boolean}>} draw
 * in small parts; tells whether anything had to be drawn
 * @property {(features: Feature[]) => SVGElement[]} nodes of features that are drawn
 * @property {(id: string, how: "selected" | "hovered") => void} mark
 */

/**
 * @param {Data} data
 * @param {Ink} ink its prefix begins the ids of the sheet
 * @param {number} era
 * @param {ReturnType<typeof import("./labels.js").makeLabels>} labels
 * @returns {Sheet}
 */
export function makeSheet(data, ink, era, labels) {
  const empty = svgNode("g", { class: "base" });
  let base = { ground: empty, lines: empty };
  const under = { ground: mount(empty), lines: mount(empty) };
  // Areas lie under coasts, lakes and frontiers; lines, arrows and icons over them.
  const groups = {
    areas: svg("g", { class: "features" }),
    bands: mount(bandGroup(ink)),
    marks: svg("g", { class: "features" }),
  };
  const dots = svg("g", { class: "dots" });
  const texts = svg("g");
  const names = svg("g", { class: "labels", "aria-hidden": "true" }, dots, texts);
  const node = svg(
    "svg",
    { class: "sheet", "data-era": data.eras[era].id },
    under.ground,
    groups.areas,
    groups.bands,
    under.lines,
    groups.marks,
    names,
  );
  /** What is drawn of each feature. @type {Map<string, Drawn>} */
  const symbols = new Map();
  /** The band of each that has one. @type {Map<string, Drawn>} */
  const bands = new Map();
  /** @type {Set<string>} */
  let shown = new Set();
  /** @type {import("../drawing/signs.js").Signs} */
  let signs;
  /** What is drawn. @type {{projection?: Projection, key: string, named: string, frame: string}} */
  const drawn = { key: "", named: "", frame: "" };
  let turn = 0; // a drawing that is overtaken by a later one stops
  /** The node lit up in each way. @type {Record<string, SVGElement>} */
  const lit = {};

  /**
   * @param {Scene} scene
   * @param {Frame} frame
   * @param {{x: number, y: number}} corner of the view
   */
  function* draw(scene, frame, corner) {
    const { projection, visible } = scene;
    turn += 1;
    const own = turn;
    setFrame(frame);
    /** @type {Change} */
    let change = { going: [], coming: [] };
    const named = `${scene.key} ${labels.keyOf(scene, corner)}`;
    const same = shows(scene);
    if (same && drawn.named === named) return { change, drew: false };
    // Names first: a place whose name finds no room is drawn as a dot.
    const laid = labels.layOut(scene, corner, ink);
    signs = scene.signs;
    if (drawn.projection !== projection) drawGround(projection);
    drawn.projection = projection;
    if (!same) drawn.key = ""; // nothing is promised before the end
    for (const feature of visible) {
      if (trace(feature, scene)) yield;
      if (own !== turn) return { change, drew: true };
    }
    if (!same) change = exchange(visible);
    drawn.key = scene.key;
    dots.replaceChildren(...laid.dots.map(mount));
    texts.replaceChildren(...laid.texts.map(mount));
    drawn.named = named;
    return { change, drew: true };
  }

  /** @param {Projection} projection */
  function drawGround(projection) {
    const now = drawBase(data, era, projection, ink);
    follow(under.ground, base.ground, now.ground);
    follow(under.lines, base.lines, now.lines);
    base = now;
  }

  /** @param {Frame} frame */
  function setFrame({ min, max }) {
    const box = [min.x, min.y, max.x - min.x, max.y - min.y].join(" ");
    if (drawn.frame === box) return;
    drawn.frame = box;
    node.setAttribute("viewBox", box);
    node.setAttribute("width", String(max.x - min.x));
    node.setAttribute("height", String(max.y - min.y));
    node.style.left = `${min.x}px`;
    node.style.top = `${min.y}px`;
  }

  /**
   * Draw a feature, unless it is drawn so already; tells whether it was not.
   * @param {Feature} feature
   * @param {Scene} scene
   */
  function trace(feature, { projection, moment, signs, columns }) {
    const known = symbols.get(feature.id);
    const sign = signs.of.get(feature.id);
    const column = columns.get(feature.id);
    const stand = `${sign?.key} ${column && column.ends} ${moment && feature.stops.length ? moment.to : ""} ${
      moment && isPast(feature, moment)
    }`;
    if (known && known.at === projection && known.stand === stand) return false;
    const setting = { data, projection, ink, sign, column, moment, hits: true };
    const group = data.kinds[feature.kind].form === "area" ? groups.areas : groups.marks;
    Object.assign(put(symbols, feature, group, drawSymbol(feature, setting)), { stand, at: projection });
    const band = drawBand(feature, setting);
    if (band) put(bands, feature, groups.bands, band);
    return true;
  }

  /**
   * Let what is drawn of a feature follow a shape. What is new is hidden, and stands in the order of the data, which is
   * the drawing order.
   * @param {Map<string, Drawn>} held
   * @param {Feature} feature
   * @param {SVGElement} group
   * @param {SvgNode} shape
   * @returns {Drawn}
   */
  function put(held, feature, group, shape) {
    const known = held.get(feature.id);
    if (known) {
      follow(known.node, known.shape, shape);
      return Object.assign(known, { shape });
    }
    /** @type {Drawn} */
    const made = { node: mount(shape), shape, order: data.features.indexOf(feature) };
    made.node.setAttribute("display", "none");
    const above = [...held.values()].filter((other) => other.order > made.order && other.node.parentNode === group);
    const next = above.sort((a, b) => a.order - b.order)[0];
    group.insertBefore(made.node, next ? next.node : null);
    held.set(feature.id, made);
    return made;
  }

  /** Show these features and no others. @param {Feature[]} visible */
  function exchange(visible) {
    const now = new Set(visible.map((feature) => feature.id));
    const coming = visible.filter(({ id }) => !shown.has(id));
    const going = [...shown].filter((id) => !now.has(id)).flatMap(nodesOf);
    shown = now;
    return { going, coming: nodes(coming) };
  }

  /** @param {Scene} scene */
  function shows(scene) {
    return drawn.projection === scene.projection && drawn.key === scene.key;
  }

  /** @param {Feature[]} features */
  function nodes(features) {
    return features.flatMap(({ id }) => nodesOf(id));
  }

  /** @param {string} id */
  function nodesOf(id) {
    return [symbols, bands].flatMap((held) => held.get(id)?.node || []);
  }

  /** @param {string} id @param {"selected" | "hovered"} how */
  function mark(id, how) {
    if (lit[how]) lit[how].classList.remove(how);
    const symbol = symbols.get(id);
    if (!symbol) return;
    symbol.node.classList.add(how);
    lit[how] = symbol.node;
  }

  return { node, era, projection: () => drawn.projection, shown: () => shown, signs: () => signs, draw, nodes, mark };
}
