// @ts-check
// One era on a sheet: base, features, names. What a page of a document, a plate, a picture or a print shows.

import { bandGroup, drawBand } from "./bands.js";
import { drawBase } from "./base.js";
import { layColumns } from "./columns.js";
import { drawNames } from "./labels.js";
import { node } from "./node.js";
import { fitBounds, Projection, zoomFactor } from "./projection.js";
import { drawScale } from "./scale-bar.js";
import { stackOffsets } from "./stacking.js";
import { drawSymbol } from "./symbols.js";

/** @typedef {import("../state/data.js").Feature} Feature */
/** @typedef {import("./ink.js").Ink} Ink */
/** @typedef {import("./node.js").SvgNode} SvgNode */

/** Pixels around the bounds of a sheet. */
const MARGIN = 8;

/**
 * The features an era shows, in drawing order.
 * @param {any} data
 * @param {number} era
 * @param {Iterable<string>} layers ids
 * @returns {Feature[]}
 */
export function featuresOf(data, era, layers) {
  const wanted = new Set(layers);
  return data.features.filter((/** @type {Feature} */ feature) => feature.eras[era] && wanted.has(feature.layer));
}

/**
 * @param {any} data
 * @param {object} wanted
 * @param {number} wanted.era
 * @param {Feature[]} wanted.visible
 * @param {[number, number]} wanted.size width and height, pixels
 * @param {number[]} [wanted.bounds] what the sheet shows: west, south, east, north; the era's own if not said
 * @param {number} [wanted.around] pixels drawn beside the sheet on every side, without names
 * @param {number} [wanted.tolerance] how far its lines may be off, pixels
 * @param {boolean} [wanted.scale] whether it has a scale bar
 * @param {import("../util/moments.js").Moment} [wanted.moment]
 * @param {Ink} wanted.ink
 * @param {import("./labels.js").Width} wanted.width
 * @returns {{content: SvgNode[], projection: Projection}} patterns it refers to stand in `ink.patterns`
 */
export function drawMap(data, { era, visible, size, bounds, around = 0, tolerance, scale = false, moment, ink, width }) {
  const [w, h] = size;
  const shown = bounds || data.eras[era].bounds;
  const projection = new Projection({ ...fitBounds(shown, size, MARGIN, around), tolerance }, data.arcs);
  const offsets = stackOffsets(data, projection, visible, zoomFactor(projection.zoom));
  const columns = layColumns(data, projection, visible, moment);
  const scene = { projection, era, visible, offsets, columns, selected: "", key: "", moment };
  const { ground, lines } = drawBase(data, era, projection, ink);
  const isArea = (/** @type {Feature} */ feature) => data.kinds[feature.kind].form === "area";
  const setting = (/** @type {Feature} */ feature) => (
    { data, projection, ink, offset: offsets.get(feature.id), column: columns.get(feature.id), moment });
  const symbols = (/** @type {Feature[]} */ features) => node("g", { class: "features" },
    ...features.map((feature) => drawSymbol(feature, setting(feature))));
  const bands = bandGroup(ink, ...visible.flatMap((feature) => drawBand(feature, setting(feature)) || []));
  const bar = scale ? drawScale(projection.perKm((shown[1] + shown[3]) / 2), { left: 8, bottom: h - 10, ink, width }) : undefined;
  const names = drawNames(data, scene, { view: { x: 0, y: 0, w, h }, taken: bar ? [bar.box] : [], width, ink });
  const content = [
    node("rect", { x: -around, y: -around, width: w + 2 * around, height: h + 2 * around, ...ink.style("water") }),
    ground, symbols(visible.filter(isArea)), bands, lines, symbols(visible.filter((feature) => !isArea(feature))),
    node("g", { class: "labels" }, ...names.dots, ...names.texts),
    ...(bar ? bar.content : []),
  ];
  return { content, projection };
}
