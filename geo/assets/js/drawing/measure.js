// @ts-check
// What stands where on a map, in figures: for measuring whether it can be read.

import { inView } from "./in-view.js";
import { linesOf } from "./names.js";
import { alongLine, overlaps } from "./obstacles.js";
import { legendRows } from "./swatches.js";

/** @typedef {import("../state/data.js").Data} Data */
/** @typedef {import("./fitting.js").Box} Box */

/** Clear space that a label's box has around its letters, pixels. */
const CLEAR = 2;

/** A name that begins so near a sign stands beside it, pixels. */
const BESIDE = 20;

/**
 * @param {Data} data
 * @param {ReturnType<typeof import("./map.js").layOutMap>} map
 * @param {import("./ink.js").Ink} ink
 */
export function measureMap(data, { scene, view, taken, names }, ink) {
  const { projection, visible, signs, era } = scene;
  const seen = inView(visible, projection, view);
  const lines = linesOf(data, scene).map(({ points, width, id }) => ({
    id,
    layer: data.byId.get(id)?.layer,
    boxes: alongLine(points, width / 2, view),
  }));
  const labels = names.laid.map(({ name, boxes, lines: written }) => ({
    style: name.style,
    id: name.id || "",
    actor: name.actor || "none",
    text: written.join(" "),
    boxes: boxes.map(shrunk),
    members: name.members || [],
    onLine: Boolean(name.id) && isOnLine(name, boxes.map(shrunk), lines, data.byId.get(name.id || "")?.layer),
  }));
  const said = new Set(names.laid.flatMap(({ name }) => [name.id, ...(name.says || []), ...(name.members || [])]));
  const points = seen.filter(({ at }) => at).map((feature) => {
    const { form, quiet = false, dx, dy } = /** @type {import("./signs.js").Sign} */ (signs.of.get(feature.id));
    const [x, y] = projection.point(/** @type {[number, number]} */ (feature.at));
    const beside = names.laid.some(({ name }) => Math.hypot(name.x - x - dx, name.y - y - dy) < BESIDE);
    return { id: feature.id, form, quiet, named: said.has(feature.id), beside };
  });
  const kinds = new Set(legendRows(data, [data.eras[era]], seen, ink, { signs }).map(({ title }) => title));
  return {
    labels,
    points,
    taken,
    view,
    legend: Object.keys(data.kinds).filter((kind) => kinds.has(data.kinds[kind].title)),
    ...edges(projection, view),
  };
}

/** @param {Box} box @returns {Box} */
function shrunk({ x, y, w, h }) {
  return { x: x + CLEAR, y: y + CLEAR, w: w - 2 * CLEAR, h: h - 2 * CLEAR };
}

/**
 * Whether a label lies on a line of its own layer.
 * @param {import("./names.js").Name} name
 * @param {Box[]} boxes
 * @param {{id: string, layer?: string, boxes: Box[]}[]} lines
 * @param {string} [layer]
 */
function isOnLine({ id }, boxes, lines, layer) {
  return lines.some((line) =>
    line.layer === layer && line.id !== id && line.boxes.some((one) => boxes.some((box) => overlaps(one, box)))
  );
}

/**
 * The ground a view shows: west, south, east, north.
 * @param {import("./projection.js").Projection} projection
 * @param {Box} view
 */
function edges({ x, y, scale }, view) {
  const longitude = (/** @type {number} */ px) => ((px + x) / scale) * 360 - 180;
  const latitude = (/** @type {number} */ py) =>
    (Math.atan(Math.sinh(Math.PI * (1 - (2 * (py + y)) / scale))) * 180) / Math.PI;
  return { ground: [longitude(view.x), latitude(view.y + view.h), longitude(view.x + view.w), latitude(view.y)] };
}
