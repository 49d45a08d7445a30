// @ts-check
// One era on a sheet: base, features, names. What a page of a document, a plate, a picture or a print shows.

import { bandGroup, drawBand } from "./bands.js";
import { drawBase } from "./base.js";
import { layColumns } from "./columns.js";
import { drawTitle } from "./cartouche.js";
import { drawInset, placeInset } from "./inset.js";
import { insetBox } from "./inset-box.js";
import { drawNames } from "./labels.js";
import { linesOf } from "./names.js";
import { node } from "./node.js";
import { alongLine } from "./obstacles.js";
import { fitBounds, Projection } from "./projection.js";
import { drawScale } from "./scale-bar.js";
import { arrangeSigns, signBoxes } from "./signs.js";
import { drawSymbol } from "./symbols.js";

/** @typedef {import("../state/data.js").Data} Data */
/** @typedef {import("../state/data.js").Feature} Feature */
/** @typedef {import("./ink.js").Ink} Ink */
/** @typedef {import("./node.js").SvgNode} SvgNode */

/** Pixels around the bounds of a sheet. */
export const MARGIN = 8;

/**
 * The features an era shows, in drawing order.
 * @param {Data} data
 * @param {number} era
 * @param {Iterable<string>} layers ids
 * @returns {Feature[]}
 */
export function featuresOf(data, era, layers) {
  const wanted = new Set(layers);
  return data.features.filter((/** @type {Feature} */ feature) => feature.eras[era] && wanted.has(feature.layer));
}

/**
 * What is wanted of a map.
 * @typedef {object} Wanted
 * @property {number} era
 * @property {Feature[]} visible
 * @property {[number, number]} size width and height, pixels
 * @property {number[]} [bounds] what the sheet shows: west, south, east, north; the era's own if not said
 * @property {(bounds: number[]) => Projection | undefined} [project] gives its projection; Web Mercator if none
 * @property {number} [around] pixels drawn beside the sheet on every side, without names
 * @property {number} [tolerance] how far its lines may be off, pixels
 * @property {boolean} [scale] whether it has a scale bar
 * @property {boolean} [title] whether title and years stand on it
 * @property {boolean} [filtered] whether features are left out, and with them what tells of the era
 * @property {boolean} [alone] whether it is without its era's inset
 * @property {Data["relief"]} [relief] what hills are shaded with; null for nothing
 * @property {import("./fitting.js").Box[]} [covered] what controls cover
 * @property {import("../util/moments.js").Moment} [moment]
 * @property {Ink} ink
 * @property {import("./labels.js").Width} width
 */

/**
 * Where signs and names stand on a map, and what stands on it beside them.
 * @param {Data} data
 * @param {Wanted} wanted
 */
export function layOutMap(
  data,
  {
    era,
    visible,
    size,
    bounds,
    project,
    around = 0,
    tolerance,
    scale,
    title,
    filtered,
    alone,
    covered = [],
    moment,
    ink,
    width,
  },
) {
  const [w, h] = size;
  const shown = bounds || data.eras[era].bounds;
  const projection = project?.(shown) ||
    new Projection({ ...fitBounds(shown, size, MARGIN, around), tolerance }, data.arcs);
  const { growth } = projection;
  const signs = arrangeSigns(data, projection, visible);
  /** @type {import("./names.js").Scene} */
  const scene = {
    projection,
    era,
    visible,
    signs,
    columns: layColumns(data, projection, visible, signs, moment),
    selected: "",
    key: "",
    filtered,
    moment,
  };
  const view = { x: 0, y: 0, w, h };
  const inset = alone ? undefined : insetBox(data, scene, view);
  const bar = scale
    ? drawScale(projection.perKm((shown[1] + shown[3]) / 2), {
      left: 8,
      bottom: h - 10,
      growth,
      ui: data.ui,
      ink,
      width,
    })
    : undefined;
  const taken = [...covered, ...(bar ? [bar.box] : [])];
  const cartouche = title
    ? drawTitle(data, data.eras[era], {
      size,
      busy: busyBoxes(data, scene, view),
      taken: [...taken, ...(inset ? [inset] : [])],
      growth,
      width,
      ink,
    })
    : undefined;
  if (cartouche) taken.push(cartouche.box);
  const names = drawNames(data, scene, { view, taken, inset, width, ink });
  const over = [...(bar ? bar.content : []), ...(cartouche ? [cartouche.content] : [])];
  return { scene, view, taken, names, inset, over };
}

/**
 * @param {Data} data
 * @param {Wanted} wanted
 * @returns {{content: SvgNode[], scene: import("./names.js").Scene}} patterns it refers to stand in `ink.patterns`
 */
export function drawMap(data, wanted) {
  const { era, visible, size: [w, h], around = 0, moment, ink, width, relief } = wanted;
  const { scene, names, inset, over } = layOutMap(data, wanted);
  const { projection, signs, columns } = scene;
  const { ground, lines } = drawBase(data, era, projection, ink, relief);
  const isArea = (/** @type {Feature} */ feature) => data.kinds[feature.kind].form === "area";
  const setting = (/** @type {Feature} */ feature) => (
    { data, projection, ink, sign: signs.of.get(feature.id), column: columns.get(feature.id), moment }
  );
  const symbols = (/** @type {Feature[]} */ features) =>
    node("g", { class: "features" }, ...features.map((feature) => drawSymbol(feature, setting(feature))));
  const bands = bandGroup(ink, ...visible.flatMap((feature) => drawBand(feature, setting(feature)) || []));
  const content = [
    node("rect", { x: -around, y: -around, width: w + 2 * around, height: h + 2 * around, ...ink.style("water") }),
    ground,
    symbols(visible.filter(isArea)),
    bands,
    lines,
    symbols(visible.filter((feature) => !isArea(feature))),
    node("g", { class: "labels" }, ...names.dots, ...names.texts),
    ...over,
    ...(inset ? [placeInset(drawInset(data, scene, width, ink), inset)] : []),
  ];
  return { content, scene };
}

/**
 * What a map is about, as boxes.
 * @param {Data} data
 * @param {import("./names.js").Scene} scene
 * @param {import("./fitting.js").Box} view
 */
function busyBoxes(data, scene, view) {
  const lines = linesOf(data, scene).flatMap(({ points, width }) => alongLine(points, width / 2, view));
  const callouts = (data.eras[scene.era].callouts || []).map((/** @type {any} */ { at }) => scene.projection.point(at));
  return [
    ...lines,
    ...signBoxes(scene.projection, scene.visible, scene.signs),
    ...callouts.map((/** @type {[number, number]} */ [x, y]) => ({ x: x - 60, y: y - 60, w: 120, h: 120 })),
  ];
}
