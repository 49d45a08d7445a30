// @ts-check
// Samples for a legend: what a kind looks like for an actor, 30 by 18 pixels; and which a legend has.

import { arrowhead, closed, makeArrow } from "./arrows.js";
import { smooth } from "./curve.js";
import { drawDot } from "./badges.js";
import { isBanded } from "./bands.js";
import { node } from "./node.js";
import { dashes, drawArrow, drawIcon, drawSleepers } from "./symbols.js";

/** @typedef {import("../state/data.js").Data} Data */
/** @typedef {import("../state/data.js").Feature} Feature */
/** @typedef {import("./ink.js").Ink} Ink */
/** @typedef {import("./node.js").SvgNode} SvgNode */

/** Width and height of a sample, pixels. */
export const SAMPLE = [30, 18];

/** Widest gap of a sample's hatching, pixels: it has room for few lines. */
const GAP = 9;

const BOX = "M2 2H28V16H2Z";
const CHIP = "M9 4H21V14H9Z";
const LEVEL = "M1 9H29";
const FOOT = "M2 16H28";

/** Which part of a legend has kinds of a form. @type {Record<string, string>} */
const GROUPS = { area: "ground", line: "movements", axis: "movements", point: "places" };

/**
 * A row of a legend.
 * @typedef {object} Row
 * @property {string} group its heading
 * @property {string} title
 * @property {SvgNode[][]} samples each some nodes
 */

/**
 * What a legend tells of a map: who acts, in which colour; then ground, movements and places, each kind once that has a
 * sign of its own there and is no dot and in no badge; then what the base needs.
 * @param {Data} data
 * @param {any[]} eras the one shown, then the one beside it
 * @param {Feature[]} visible what is in view
 * @param {Ink} ink
 * @param {{signs: import("./signs.js").Signs, outside?: boolean, unsettled?: boolean}} also what else is in view
 * @returns {Row[]}
 */
export function legendRows(data, eras, visible, ink, { signs, outside, unsettled }) {
  const formOf = (/** @type {Feature} */ { id }) => signs.of.get(id)?.form || "icon";
  const seen = byKind(visible.filter((feature) => formOf(feature) === "icon"));
  const actors = Object.keys(data.actors);
  const row = (/** @type {string} */ group, /** @type {string} */ title, /** @type {SvgNode[][]} */ samples) => ({
    group: data.ui[group],
    title,
    samples,
  });
  const kinds = Object.keys(data.kinds).filter((kind) => seen.has(kind)).map((kind) => {
    const who = [...(seen.get(kind) || [])].sort((a, b) => actors.indexOf(a) - actors.indexOf(b));
    return row(
      GROUPS[data.kinds[kind].form],
      data.kinds[kind].title,
      who.map((actor) => drawSample(data, kind, actor, ink)),
    );
  });
  const of = (/** @type {string} */ group) => kinds.filter((kind) => kind.group === data.ui[group]);
  const line = (/** @type {string} */ style) => node("path", { d: LEVEL, ...ink.style(style) });
  const band = node("path", {
    d: LEVEL,
    ...ink.style("band"),
    "stroke-linecap": undefined,
    "stroke-width": ink.measure("band", "wider"),
  });
  return [
    ...actorRows(data, eras, byKind(visible), ink),
    ...of("ground"),
    ...(unsettled ? [row("ground", data.ui["unsettled-border"], [[line("unsettled")]])] : []),
    ...(outside ? [outsideRow(data, ink)] : []),
    ...of("movements"),
    ...(visible.some((feature) => isBanded(feature, data.kinds[feature.kind]))
      ? [row("movements", data.ui["uncertain-halo"], [[band, line("line")]])]
      : []),
    ...of("places"),
    ...(visible.some((feature) => formOf(feature) === "dot")
      ? [row("places", data.ui["named-closer"], [drawDot({ x: 15, y: 9, size: 6, actor: "none", ink })])]
      : []),
  ];
}

/** Actors by kind. @param {Feature[]} features */
function byKind(features) {
  /** @type {Map<string, Set<string>>} */
  const seen = new Map();
  for (const { kind, actor } of features) seen.set(kind, (seen.get(kind) || new Set()).add(actor));
  return seen;
}

/**
 * The key to the colours: everybody who acts, once.
 * @param {Data} data
 * @param {any[]} eras
 * @param {Map<string, Set<string>>} seen actors by kind
 * @param {Ink} ink
 * @returns {Row[]}
 */
function actorRows(data, eras, seen, ink) {
  return Object.keys(data.actors).flatMap((actor) => {
    const kinds = [...seen].filter(([, actors]) => actors.has(actor)).map(([kind]) => kind);
    const called = kinds.flatMap((kind) => eras.map((era) => era.who[actor]?.[kind] || ""));
    const names = new Set(called.join(" / ").split(" / ").filter(Boolean));
    const title = [...names].join(" / ") || data.actors[actor].title;
    if (!kinds.length || !title) return [];
    return [{ group: data.ui.who, title, samples: [[node("path", { d: CHIP, ...ink.style("area", actor) })]] }];
  });
}

/** The legend's row of land outside the map's subject. @param {Data} data @param {Ink} ink @returns {Row} */
function outsideRow(data, ink) {
  return {
    group: data.ui.ground,
    title: data.ui["no-data"],
    samples: [[node("path", { d: BOX, fill: ink.outside() })]],
  };
}

/**
 * @param {Data} data
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
    return drawArrow(closed(outline), "M2 12L22 8.5", 6, {
      form: data.actors[actor].axis,
      kind,
      actor,
      ink,
      nose: closed(nose),
    });
  }
  return drawIcon(data, kind, { x: 15, y: 9, size: Math.min(16, kind.size + 2), actor, ink });
}

/** @param {any} kind @param {string} actor @param {Ink} ink */
function sampleArea(kind, actor, ink) {
  const parts = [];
  const edge = ink.style("edge", actor);
  if (kind.fill) parts.push(node("path", { d: BOX, ...ink.style("area", actor), "fill-opacity": kind.fill }));
  if (kind.fill && kind.edge !== "line") parts.push(node("path", { d: BOX, ...ink.style("sample-rim", actor) }));
  if (kind.hatch) {
    const hatch = Math.min(kind.hatch, GAP);
    parts.push(node("path", { d: BOX, fill: ink.hatch(actor, { ...kind, hatch }) }));
  }
  if (kind.edge === "fade") {
    const style = ink.style("edge-fade", actor);
    const shares = ink.measure("edge-fade", "shares");
    parts.push(
      ...shares.map((/** @type {number} */ share) =>
        node("path", {
          d: `M2 ${16 - 4 * share}H28`,
          ...style,
          "stroke-linecap": undefined,
          "stroke-width": Math.round(80 * share) / 10,
        })
      ),
    );
  }
  if (kind.edge === "coast") {
    parts.push(
      node("path", { d: "M2 16Q10 8 28 12", ...ink.style("edge-coast", actor), "stroke-width": kind.edge_width }),
    );
  }
  if (kind.edge === "line") {
    if (kind.halo) parts.push(node("path", { d: FOOT, ...ink.style("band", actor), "stroke-width": 7 }));
    parts.push(
      node("path", {
        d: kind.halo ? FOOT : BOX,
        ...edge,
        "stroke-width": kind.edge_width,
        "stroke-dasharray": dashes(kind),
      }),
    );
  }
  if (!parts.length) parts.push(node("path", { d: BOX, ...ink.style("lake") }));
  return parts;
}

/** @param {any} kind @param {string} actor @param {Ink} ink */
function sampleLine(kind, actor, ink) {
  const parts = [
    node("path", {
      d: LEVEL,
      ...ink.style("line", actor),
      "stroke-width": kind.width,
      "stroke-dasharray": dashes(kind),
    }),
  ];
  if (kind.pattern === "rail") parts.push(drawSleepers(LEVEL, kind.width, ink));
  if (kind.arrow) parts.push(node("path", { d: arrowhead([[1, 9], [29, 9]], 8), ...ink.style("head", actor) }));
  return parts;
}
