// @ts-check
// Bands of uncertainty: they lie together under frontiers and lines, in one group, so that where two overlap
// nothing is darker, and those of land held end at the coast.

import { wayOf } from "./curve.js";
import { node } from "./node.js";
import { isPast } from "../util/moments.js";

/** Where a band is measured when an area has no label, degrees north. */
const LATITUDE = 36;

/** @typedef {import("../state/data.js").Feature} Feature */
/** @typedef {import("./ink.js").Ink} Ink */
/** @typedef {import("./node.js").SvgNode} SvgNode */
/** @typedef {import("./symbols.js").Setting} Setting */

/**
 * Whether a band around a feature tells that its place is not known well.
 * @param {Feature} feature
 * @param {any} kind
 */
export function isBanded(feature, kind) {
  return kind.halo ?? (feature.certainty === "uncertain" && (kind.form !== "area" || kind.edge === "line"));
}

/**
 * The group that holds all bands of a map: what is in it is opaque, the group is not.
 * @param {Ink} ink
 * @param {...SvgNode} bands
 */
export function bandGroup(ink, ...bands) {
  return node("g", { class: "bands", opacity: ink.style("band")["stroke-opacity"] }, ...bands);
}

/**
 * @param {Feature} feature
 * @param {Setting} setting
 * @returns {SvgNode | undefined} nothing for features that have no band
 */
export function drawBand(feature, setting) {
  const kind = setting.data.kinds[feature.kind];
  if (kind.form === "point" || !isBanded(feature, kind)) return undefined;
  const { ink, moment } = setting;
  const { d, width, ...look } = kind.form === "area"
    ? alongEdge(feature, kind, setting)
    : alongWay(feature, kind, setting);
  const paint = {
    ...ink.style("band", feature.actor),
    "stroke-opacity": undefined,
    "stroke-width": Math.round(width * 10) / 10,
    ...look,
  };
  const past = moment && isPast(feature, moment) ? ink.style("past") : {};
  return node("g", past, node("path", { d, ...paint }));
}

/**
 * As wide as the edge may be off. Land held ends at the coast, whatever is not known of its edge.
 * @param {Feature} feature
 * @param {any} kind
 * @param {Setting} setting
 */
function alongEdge(feature, kind, { projection, ink }) {
  const latitude = (feature.labelAt || [0, LATITUDE])[1];
  const width = Math.max(ink.measure("band", "least"), 2 * feature.precision * projection.perKm(latitude));
  const clip = kind.halo ? `url(#${ink.prefix}on-land)` : undefined;
  return { d: projection.lines(feature.own || []), width, "stroke-linecap": undefined, "clip-path": clip };
}

/**
 * Wider than the line by some pixels.
 * @param {Feature} feature
 * @param {any} kind
 * @param {Setting} setting
 */
function alongWay(feature, kind, { projection, ink, column }) {
  const wider = ink.measure("band", "wider");
  if (kind.form === "axis") {
    return { d: column ? projection.path(column.way.flat()) : "", width: (column ? column.width : 0) + wider };
  }
  const shape = /** @type {number[][]} */ (feature.shape);
  return {
    d: shape.map((part) => projection.path(wayOf(kind, projection, part).flat())).join(""),
    width: kind.width * (feature.force || 1) + wider,
  };
}
