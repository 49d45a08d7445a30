// @ts-check
// Title and years on the map itself, in the corner where they cover least.

import { wrapped } from "./fitting.js";
import { node } from "./node.js";

/** @typedef {import("../state/data.js").Data} Data */
/** @typedef {import("./fitting.js").Box} Box */

/** Characters of a line of the title. */
const LINE = 26;

/** Between the frame and the texts in it, and between it and the map's edge, pixels. */
const [PAD, AWAY] = [11, 10];

/**
 * @param {Data} data
 * @param {any} era
 * @param {object} sheet
 * @param {[number, number]} sheet.size pixels
 * @param {Box[]} sheet.busy what had better stay uncovered
 * @param {Box[]} sheet.taken what must
 * @param {number} sheet.growth
 * @param {import("./labels.js").Width} sheet.width
 * @param {import("./ink.js").Ink} sheet.ink
 * @returns {{content: import("./node.js").SvgNode, box: Box}} and the place it takes
 */
export function drawTitle(data, era, { size, busy, taken, growth, width, ink }) {
  const { title, years } = data.type;
  const lines = wrapped(era.title, LINE);
  const w = growth * Math.max(...lines.map((line) => width(line, "title")), width(era.dates, "years")) + 2 * PAD;
  const h = growth * (title.leading * lines.length + years.leading) + 2 * PAD - 4;
  const [right, bottom] = [size[0] - w - AWAY, size[1] - h - AWAY];
  const corners = [[AWAY, AWAY], [right, AWAY], [right, bottom], [AWAY, bottom]].map(([x, y]) => ({ x, y, w, h }));
  const cost = (/** @type {Box} */ box) => 1000 * covered(box, taken) + covered(box, busy);
  const box = corners.reduce((best, corner) => (cost(corner) < cost(best) ? corner : best));
  const text = (/** @type {string} */ line, /** @type {string} */ style, /** @type {number} */ y) =>
    node("text", {
      x: (box.x + PAD).toFixed(1),
      y: y.toFixed(1),
      ...ink.type(style),
      stroke: undefined,
      "font-size": data.type[style].size * growth,
    }, line);
  const top = box.y + PAD - 2;
  const content = node(
    "g",
    { class: "cartouche" },
    node("rect", {
      x: box.x.toFixed(1),
      y: box.y.toFixed(1),
      width: w.toFixed(1),
      height: h.toFixed(1),
      rx: 2,
      ...ink.style("cartouche"),
    }),
    ...lines.map((line, i) => text(line, "title", top + growth * title.leading * (i + 0.8))),
    text(era.dates, "years", top + growth * (title.leading * lines.length + years.leading * 0.76)),
  );
  return { content, box };
}

/** How many boxes one covers. @param {Box} box @param {Box[]} others */
function covered({ x, y, w, h }, others) {
  return others.filter((other) => x < other.x + other.w && other.x < x + w && y < other.y + other.h && other.y < y + h)
    .length;
}
