// @ts-check
// Samples for a legend: what a kind looks like for an actor, 30 by 18 pixels; and which a legend has.

import { arrowhead, closed, makeArrow, smooth } from "./arrows.js";
import { isBanded } from "./bands.js";
import { node } from "./node.js";
import { dashes, drawArrow, drawIcon, drawSleepers } from "./symbols.js";

/** @typedef {import("../state/data.js").Feature} Feature */
/** @typedef {import("./ink.js").Ink} Ink */
/** @typedef {import("./node.js").SvgNode} SvgNode */

/** Width and height of a sample, pixels. */
export const SAMPLE = [30, 18];

const BOX = "M2 2H28V16H2Z";
const LEVEL = "M1 9H29";
const FOOT = "M2 16H28";

/**
 * A row of a legend.
 * @typedef {object} Row
 * @property {string} title
 * @property {string[]} who titles of the actors, in the order of their samples
 * @property {SvgNode[][]} samples each some nodes
 */

/**
 * What a legend tells of an era: each kind that is seen with its actors, then what the base needs.
 * @param {any} data
 * @param {any[]} eras the one shown, then the one beside it
 * @param {Feature[]} visible
 * @param {Ink} ink
 * @returns {Row[]}
 */
export function legendRows(data, eras, visible, ink) {
  /** @type {Map<string, Set<string>>} */
  const seen = new Map();
  for (const feature of visible) seen.set(feature.kind, (seen.get(feature.kind) || new Set()).add(feature.actor));
  const actors = Object.keys(data.actors);
  /** @type {Row[]} */
  const rows = Object.keys(data.kinds).filter((kind) => seen.has(kind)).map((kind) => {
    const who = [...(seen.get(kind) || [])].sort((a, b) => actors.indexOf(a) - actors.indexOf(b));
    return {
      title: data.kinds[kind].title,
      who: who.map((actor) => called(data, kind, actor, eras)).filter(Boolean),
      samples: who.map((actor) => drawSample(data, kind, actor, ink)),
    };
  });
  if (visible.some((feature) => isBanded(feature, data.kinds[feature.kind]))) {
    const band = node("path", { d: LEVEL, ...ink.style("band"), "stroke-linecap": undefined, "stroke-width": ink.measure("band", "wider") });
    rows.push({ title: data.ui["uncertain-halo"], who: [], samples: [[band, node("path", { d: LEVEL, ...ink.style("line") })]] });
  }
  if (eras[0].borders.some((/** @type {number} */ i) => data.base.borders[i].u)) {
    rows.push({ title: data.ui["unsettled-border"], who: [], samples: [[node("path", { d: LEVEL, ...ink.style("unsettled") })]] });
  }
  return rows;
}

/** What an actor was called where a kind is seen. @param {any} data @param {string} kind @param {string} actor @param {any[]} eras */
function called(data, kind, actor, eras) {
  const names = new Set(eras.flatMap((era) => era.who[actor]?.[kind] || []));
  return [...names].join(" / ") || data.actors[actor].title;
}

/** The legend's row of land outside the map's subject. @param {any} data @param {Ink} ink @returns {Row} */
export function outsideRow(data, ink) {
  return { title: data.ui["no-data"], who: [], samples: [[node("path", { d: BOX, fill: ink.outside() })]] };
}

/**
 * @param {any} data
 * @param {string} kindId
 * @param {string} actor
 * @param {Ink} ink
 * @returns {SvgNode[]}
 */
export function drawSample(data, kindId, actor, ink) {
  const kind = data.kinds[kindId];
  if (kind.form === "area") return sampleArea(kind, actor, ink);
  if (kind.form === "line") return sampleLine(kind, actor, ink);
  if (kind.form === "axis") {
    const { outline, nose } = makeArrow(smooth([2, 12, 15, 10, 28, 7]).line, 6);
    return drawArrow(closed(outline), "M2 12L22 8.5", 6, { form: data.actors[actor].axis, kind, actor, ink, nose: closed(nose) });
  }
  return drawIcon(data, kind, { x: 15, y: 9, size: Math.min(16, kind.size + 2), actor, ink });
}

/** @param {any} kind @param {string} actor @param {Ink} ink */
function sampleArea(kind, actor, ink) {
  const parts = [];
  const edge = ink.style("edge", actor);
  if (kind.fill) parts.push(node("path", { d: BOX, ...ink.style("area", actor), "fill-opacity": kind.fill }));
  if (kind.hatch) parts.push(node("path", { d: BOX, fill: ink.hatch(actor, kind) }));
  if (kind.edge === "fade") {
    const style = ink.style("edge-fade", actor);
    const shares = ink.measure("edge-fade", "shares");
    parts.push(...shares.map((/** @type {number} */ share) => node("path", { d: `M2 ${16 - 4 * share}H28`, ...style, "stroke-linecap": undefined, "stroke-width": Math.round(80 * share) / 10 })));
  }
  if (kind.edge === "coast") parts.push(node("path", { d: "M2 16Q10 8 28 12", ...ink.style("edge-coast", actor), "stroke-width": kind.edge_width }));
  if (kind.edge === "line") {
    if (kind.halo) parts.push(node("path", { d: FOOT, ...ink.style("band", actor), "stroke-width": 7 }));
    parts.push(node("path", { d: kind.halo ? FOOT : BOX, ...edge, "stroke-width": kind.edge_width, "stroke-dasharray": dashes(kind) }));
  }
  if (!parts.length) parts.push(node("path", { d: BOX, ...ink.style("lake") }));
  return parts;
}

/** @param {any} kind @param {string} actor @param {Ink} ink */
function sampleLine(kind, actor, ink) {
  const parts = [node("path", { d: LEVEL, ...ink.style("line", actor), "stroke-width": kind.width, "stroke-dasharray": dashes(kind) })];
  if (kind.pattern === "rail") parts.push(drawSleepers(LEVEL, kind.width, ink));
  if (kind.arrow) parts.push(node("path", { d: arrowhead([[1, 9], [29, 9]], 8), ...ink.style("head", actor) }));
  return parts;
}
