// @ts-check
// Drawing features: each form (area, line, axis, point) makes a group.

import { headed } from "./arrows.js";
import { wayOf } from "./curve.js";
import { isBanded } from "./bands.js";
import { isPast } from "../util/moments.js";
import { node } from "./node.js";
import { drawBadge, drawDot } from "./badges.js";

/** @typedef {import("../state/data.js").Data} Data */

/** Field of an icon, in its own units. */
const FIELD = 16;

/** A precision circle is shown when it is wider than this share of the icon; a position that good needs none. */
const PRECISE = 0.75;

/** Radius at which an uncertain point's circle is seen around its icon, as a share of the icon's size. */
const DOUBTFUL = 0.95;

/** Largest precision circle, pixels. */
const WIDEST = 400;

/** Length of the head of a line, pixels, and how much of the line's width is added. */
const [HEAD, HEAD_WIDTHS] = [5, 1.6];

/** How far a line's head stops before what it leads to, pixels: a sign would cover it. */
const SHORT = 10;

/** @typedef {import("../state/data.js").Feature} Feature */
/** @typedef {import("./ink.js").Ink} Ink */
/** @typedef {import("./node.js").SvgNode} SvgNode */
/** @typedef {import("./projection.js").Projection} Projection */
/**
 * Where and how a feature is drawn.
 * @typedef {object} Setting
 * @property {Data} data
 * @property {Projection} projection
 * @property {Ink} ink
 * @property {import("./signs.js").Sign} [sign] what stands for a place
 * @property {import("./columns.js").Column} [column] the arrow of an axis; without it there is none to be seen
 * @property {import("../util/moments.js").Moment} [moment] what was over before it is paler
 * @property {boolean} [hits] whether it gets wider shapes for a pointer to hit
 */

/**
 * @param {Feature} feature
 * @param {Setting} setting
 * @returns {SvgNode}
 */
export function drawSymbol(feature, setting) {
  const kind = setting.data.kinds[feature.kind];
  const forms = { area: drawArea, line: drawLine, axis: drawAxis, point: drawPoint };
  const parts = forms[/** @type {"area"} */ (kind.form)](feature, kind, setting);
  const faint = setting.moment && isPast(feature, setting.moment) ? "past" : setting.sign?.quiet ? "quiet" : "";
  return node(
    "g",
    { class: `f a-${feature.actor}`, "data-id": feature.id, ...(faint && setting.ink.style(faint)) },
    ...parts,
  );
}

/** Dashes of a kind, as SVG takes them. @param {any} kind */
export function dashes(kind) {
  return kind.dash ? kind.dash.join(" ") : undefined;
}

/**
 * @param {Feature} feature
 * @param {any} kind
 * @param {Setting} setting
 * @returns {SvgNode[]}
 */
function drawArea(feature, kind, { projection, ink, hits }) {
  const whole = projection.polygons(/** @type {any[]} */ (feature.shape));
  const edge = projection.lines(feature.own || []);
  const parts = [];
  if (kind.fill || hits) {
    parts.push(
      node("path", { class: "fill", d: whole, ...ink.style("area", feature.actor), "fill-opacity": kind.fill }),
    );
  }
  if (kind.hatch) {
    parts.push(node("path", { d: whole, fill: ink.hatch(feature.actor, kind), "fill-rule": "evenodd" }));
  }
  if (kind.edge === "fade" || kind.edge === "coast") parts.push(...drawInnerEdge(feature, kind, whole, edge, ink));
  if (kind.edge === "line") {
    parts.push(
      node("path", {
        class: "edge",
        d: edge,
        ...ink.style("edge", feature.actor),
        "stroke-width": kind.edge_width,
        "stroke-dasharray": dashes(kind),
      }),
    );
  }
  return parts;
}

/**
 * Bands inside an area along its own edge, lighter inwards: influence fades, it has no border.
 * @param {Feature} feature
 * @param {any} kind
 * @param {string} whole path data
 * @param {string} edge path data
 * @param {Ink} ink
 */
function drawInnerEdge(feature, kind, whole, edge, ink) {
  const id = `${ink.prefix}clip-${feature.id}`;
  const style = `edge-${kind.edge}`;
  const strokes = ink.measure(style, "shares").map((/** @type {number} */ share) =>
    node("path", { d: edge, ...ink.style(style, feature.actor), "stroke-width": rounded(kind.edge_width * 2 * share) })
  );
  return [
    node("clipPath", { id }, node("path", { d: whole, "clip-rule": "evenodd" })),
    node("g", { "clip-path": `url(#${id})` }, ...strokes),
  ];
}

/**
 * @param {Feature} feature
 * @param {any} kind
 * @param {Setting} setting
 * @returns {SvgNode[]}
 */
function drawLine(feature, kind, { projection, ink, hits }) {
  const width = kind.width * (feature.force || 1);
  const lines = /** @type {number[][]} */ (feature.shape).map((part) => wayOf(kind, projection, part));
  const heads = kind.arrow ? lines.map((line) => headed(line, HEAD + width * HEAD_WIDTHS, SHORT)) : [];
  const d = (kind.arrow ? heads.map(({ shaft }) => shaft) : lines).map((line) => projection.path(line.flat())).join("");
  const parts = [
    node("path", { d, ...ink.style("casing"), "stroke-width": width + ink.measure("casing", "wider") }),
    node("path", {
      class: "line",
      d,
      ...ink.style("line", feature.actor),
      "stroke-width": width,
      "stroke-dasharray": dashes(kind),
    }),
  ];
  if (kind.pattern === "rail") parts.push(drawSleepers(d, width, ink));
  if (kind.arrow) {
    parts.push(node("path", { d: heads.map((head) => head.d).join(""), ...ink.style("head", feature.actor) }));
  }
  if (hits) parts.push(node("path", { class: "hit", d }));
  return parts;
}

/** The light stretches of a railway. @param {string} d @param {number} width of the line @param {Ink} ink */
export function drawSleepers(d, width, ink) {
  return node("path", {
    d,
    ...ink.style("sleepers"),
    "stroke-width": rounded(width - ink.measure("sleepers", "thinner")),
  });
}

/**
 * @param {Feature} feature
 * @param {any} kind
 * @param {Setting} setting
 * @returns {SvgNode[]}
 */
function drawAxis(feature, kind, { data, projection, ink, column, hits }) {
  if (!column) return [];
  const { way, shaft, outline, nose, width, stops } = column;
  const { axis: form } = data.actors[feature.actor];
  const path = (/** @type {[number, number][]} */ line, /** @type {boolean} */ close) =>
    projection.path(line.flat(), close);
  const stop = { r: Math.max(1.8, rounded(width / 3.4)), ...ink.style("stop", feature.actor) };
  return [
    ...drawArrow(path(outline, true), path(shaft, false), width, {
      form,
      kind,
      actor: feature.actor,
      ink,
      nose: path(nose, true),
    }),
    ...(stops.length
      ? [node("g", {}, ...stops.map(([x, y]) => node("circle", { cx: rounded(x), cy: rounded(y), ...stop })))]
      : []),
    ...(hits ? [node("path", { class: "hit", d: path(way, false) })] : []),
  ];
}

/**
 * The ribbon of an advance, in the form of its actor.
 * @param {string} outline path data
 * @param {string} middle path data of its middle line as far as the head
 * @param {number} width pixels
 * @param {{form: string, kind: any, actor: string, ink: Ink, nose: string}} look `nose`: path data of its head
 * @returns {SvgNode[]}
 */
export function drawArrow(outline, middle, width, { form, kind, actor, ink, nose }) {
  const dashed = Boolean(kind.dash);
  const style = dashed ? "axis-dashed" : form === "open" ? "axis-open" : "axis";
  const parts = [
    node("path", { d: outline, ...ink.style("axis-casing") }),
    node("path", { class: "axis", d: outline, ...ink.style(style, actor), "stroke-dasharray": dashes(kind) }),
  ];
  // Dashes would leave nothing of a head.
  if (dashed && nose) parts.push(node("path", { d: nose, ...ink.style("head", actor) }));
  if (form === "cored" && !dashed) {
    parts.push(node("path", { d: middle, ...ink.style("core"), "stroke-width": Math.max(1, rounded(width / 4.5)) }));
  }
  return parts;
}

/**
 * @param {Feature} feature
 * @param {any} kind
 * @param {Setting} setting
 * @returns {SvgNode[]}
 */
function drawPoint(feature, kind, { data, projection, ink, sign, hits }) {
  const at = /** @type {[number, number]} */ (feature.at);
  const [x, y] = projection.point(at);
  const { dx, dy, size, form, count } = sign ||
    { dx: 0, dy: 0, size: kind.size * projection.signs, form: "icon", count: 1 };
  const radius = Math.max(feature.precision * projection.perKm(at[1]), isBanded(feature, kind) ? size * DOUBTFUL : 0);
  const look = { x: x + dx, y: y + dy, size, actor: feature.actor, ink };
  const parts = form === "icon" ? drawIcon(data, kind, look) : form === "dot" ? drawDot(look) : drawBadge(look, count);
  if (form === "icon" && radius > size * PRECISE) {
    parts.unshift(
      node("circle", {
        cx: rounded(x),
        cy: rounded(y),
        r: rounded(Math.min(radius, WIDEST)),
        ...ink.style("precision", feature.actor),
      }),
    );
  }
  if (hits) {
    parts.push(
      node("circle", {
        class: "hit-area",
        cx: rounded(x + dx),
        cy: rounded(y + dy),
        r: rounded(Math.max(form === "dot" ? 7 : 12, size / 2 + 3)),
      }),
    );
  }
  return parts;
}

/**
 * A kind's icon. No transforms: in a browser each would be a layer of its own for the compositor.
 * @param {Data} data
 * @param {any} kind
 * @param {{x: number, y: number, size: number, actor: string, ink: Ink}} look its middle and size, pixels
 * @returns {SvgNode[]}
 */
export function drawIcon(data, kind, { x, y, size, actor, ink }) {
  const scale = size / FIELD;
  const d = movedPath(data.icons[kind.icon], scale, x - (FIELD / 2) * scale, y - (FIELD / 2) * scale);
  const casing = rounded(ink.measure("icon-casing", "width") * scale * 10) / 10;
  return [
    node("path", { class: "icon-casing", d, ...ink.style("icon-casing"), "stroke-width": casing }),
    node("path", { class: "icon-fill", d, ...ink.style("icon", actor) }),
  ];
}

/**
 * SVG path data scaled and moved.
 * @param {string} path of lines, curves and arcs, absolute or relative
 * @param {number} scale
 * @param {number} dx pixels
 * @param {number} dy pixels
 */
function movedPath(path, scale, dx, dy) {
  return path.replace(/([a-z])([^a-z]*)/gi, (_, command, numbers) => {
    const relative = command >= "a";
    const kind = command.toUpperCase();
    const moved = (numbers.match(/-?(\d+\.?\d*|\.\d+)/g) || []).map(
      (/** @type {string} */ text, /** @type {number} */ i) => {
        const part = kind === "A" ? i % 7 : -1; // radii, a rotation and two flags before the point
        if (part >= 2 && part <= 4) return text;
        const down = kind === "V" || (kind === "A" ? part === 6 : kind !== "H" && i % 2 === 1);
        const shift = relative || part === 0 || part === 1 ? 0 : down ? dy : dx;
        return Math.round((Number(text) * scale + shift) * 100) / 100;
      },
    );
    return command + moved.join(" ");
  });
}

/** To a tenth. @param {number} value */
function rounded(value) {
  return Math.round(value * 10) / 10;
}
