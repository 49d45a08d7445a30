// @ts-check
// A small map in the corner of an era's, at a scale of its own: what lies off the map and belongs to its story.

import { drawSmall } from "./base.js";
import { isNow } from "./callouts.js";
import { layColumns } from "./columns.js";
import { drawNames } from "./labels.js";
import { sizeOf, TITLE } from "./inset-box.js";
import { node } from "./node.js";
import { fitBounds, Projection } from "./projection.js";
import { arrangeSigns } from "./signs.js";
import { around } from "./spots.js";
import { drawSymbol } from "./symbols.js";

/** @typedef {import("../state/data.js").Data} Data */
/** @typedef {import("./fitting.js").Box} Box */
/** @typedef {import("./node.js").SvgNode} SvgNode */
/** @typedef {NonNullable<import("../state/data.js").Era["inset"]>} Inset */
/**
 * What the map shows that the inset belongs to.
 * @typedef {{era: number, visible: import("../state/data.js").Feature[], moment?: import("../util/moments.js").Moment}}
 *   Shown
 */

/** Type styles of title and marks, and the radius of a mark's dot, pixels. */
const [HEADING, MARK, DOT] = ["pointer", "town", 2.4];

/** Room beside the title, pixels. */
const PAD = 8;

/** Ids of the drawing of an inset differ from those of its map by this. */
const OWN = "inset-";

/**
 * An inset as large as its box at no growth, from its own top left corner: what of it the map beside it shows, too.
 * @param {Data} data
 * @param {Shown} shown
 * @param {import("./labels.js").Width} width
 * @param {import("./ink.js").Ink} paint
 * @returns {{content: SvgNode[], size: number[]}}
 */
export function drawInset(data, { era, visible, moment }, width, paint) {
  const { title, bounds, shows = [], marks = [] } = /** @type {Inset} */ (data.eras[era].inset);
  const ink = { ...paint, prefix: `${paint.prefix}${OWN}` };
  const [w, h] = sizeOf(bounds);
  const projection = new Projection(fitBounds(bounds, [w, h], 0), data.arcs);
  const drawn = visible.filter(({ id }) => shows.includes(id));
  const signs = arrangeSigns(data, projection, drawn);
  /** @type {import("./names.js").Scene} */
  const scene = {
    projection,
    era,
    visible: drawn,
    signs,
    columns: layColumns(data, projection, drawn, signs, moment),
    selected: "",
    key: "",
    moment,
  };
  const view = { x: 0, y: 0, w, h };
  const names = marks.filter((mark) => isNow(mark, moment)).map((mark, i) => nameOf(mark, projection, i));
  const taken = names.map(({ x, y }) => ({ x: x - DOT, y: y - DOT, w: 2 * DOT, h: 2 * DOT }));
  const { texts } = drawNames(data, scene, { view, taken, width, ink, names });
  const settingOf = (/** @type {import("../state/data.js").Feature} */ { id }) => (
    { data, projection, ink, sign: scene.signs.of.get(id), column: scene.columns.get(id), moment }
  );
  const symbols = drawn.map((feature) =>
    // Without what tells which feature it is: that is the one on the map.
    node("g", {}, ...drawSymbol(feature, settingOf(feature)).children)
  );
  const dots = names.map(({ x, y }) =>
    node("circle", { class: "town-dot", cx: x.toFixed(1), cy: y.toFixed(1), r: DOT, ...ink.style("town-dot") })
  );
  const map = node(
    "svg",
    { y: TITLE, width: w, height: h, overflow: "hidden" },
    node("rect", { width: w, height: h, ...ink.style("water") }),
    ...drawSmall(data, era, projection, ink, true),
    ...symbols,
    ...dots,
    ...texts,
  );
  const room = w - 2 * PAD;
  const squeezed = width(title, HEADING) > room && { textLength: room, lengthAdjust: "spacingAndGlyphs" };
  const content = [
    node("rect", { width: w, height: h + TITLE, ...ink.style("cartouche"), "fill-opacity": 1 }),
    node("text", { x: PAD, y: TITLE - 6, ...ink.type(HEADING), stroke: undefined, ...squeezed }, title),
    map,
    node("rect", { x: 0.5, y: 0.5, width: w - 1, height: h + TITLE - 1, ...ink.style("scale") }),
  ];
  return { content, size: [w, h + TITLE] };
}

/**
 * @param {import("../state/data.js").Mark} mark
 * @param {Projection} projection
 * @param {number} i
 * @returns {import("./names.js").Name}
 */
function nameOf({ text, at }, projection, i) {
  const [x, y] = projection.point(at);
  const spots = around(DOT + 3);
  return { lines: [text], style: MARK, order: i, x, y, spots, overLines: true, needed: true };
}

/**
 * An inset in its place on a sheet.
 * @param {{content: SvgNode[], size: number[]}} inset
 * @param {Box} box
 */
export function placeInset({ content, size }, { x, y, w, h }) {
  const place = { x: x.toFixed(1), y: y.toFixed(1), width: w.toFixed(1), height: h.toFixed(1) };
  const viewBox = `0 0 ${size.join(" ")}`;
  return node("svg", { class: "inset", ...place, viewBox, preserveAspectRatio: "none" }, ...content);
}
