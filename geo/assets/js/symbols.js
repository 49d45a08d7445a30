// @ts-check
// Drawing features: each form (area, line, axis, point) makes a group once and redraws it per zoom.

import { svg } from "./dom.js";
import { arrow, arrowhead, smooth } from "./arrows.js";
import { reached } from "./moments.js";

/** Width of the light line around an icon, on its field of 16 by 16. */
const CASING = 3;

/** @typedef {import("./data.js").Feature} Feature */
/** @typedef {import("./projection.js").Projection} Projection */
/** @typedef {{node: SVGElement, redraw: (projection: Projection, offset?: [number, number], moment?: import("./moments.js").Moment) => void}} Symbol */

/**
 * How much smaller or larger icons and arrows are at a zoom: a phone shows all Iran at 4.3.
 * @param {number} zoom
 */
export function zoomFactor(zoom) {
  return Math.max(0.7, Math.min(1.15, 0.7 + (zoom - 4.2) * 0.28));
}

/**
 * Make the symbol of a feature.
 * @param {Feature} feature
 * @param {any} data
 * @param {SVGElement} defs of the drawing it stands in
 * @param {string} name of that drawing: ids in the page begin with it
 * @returns {Symbol}
 */
export function makeSymbol(feature, data, defs, name) {
  const kind = data.kinds[feature.kind];
  const node = svg("g", { class: `f a-${feature.actor} c-${feature.certainty}`, "data-id": feature.id });
  const makers = { area: makeArea, line: makeLine, axis: makeAxis, point: makePoint };
  const redraw = makers[/** @type {"area"} */ (kind.form)](node, feature, kind, data, defs, name);
  return { node, redraw };
}

/**
 * Pattern of hatching lines for an actor, made once.
 * @param {SVGElement} defs
 * @param {any} data
 * @param {string} actor
 * @param {number} gap pixels between lines
 */
export function hatch(defs, data, actor, gap) {
  const id = `hatch-${actor}-${gap}`;
  if (!defs.querySelector(`#${id}`)) {
    const angle = (data.actors[actor] || { hatch: 45 }).hatch;
    const line = svg("path", { d: `M0 0V${gap}`, class: `hatch-line a-${actor}` });
    defs.append(svg("pattern", {
      id, width: gap, height: gap, patternUnits: "userSpaceOnUse", patternTransform: `rotate(${angle})`,
    }, line));
  }
  return `url(#${id})`;
}

/**
 * @param {SVGElement} node
 * @param {Feature} feature
 * @param {any} kind
 * @param {any} data
 * @param {SVGElement} defs
 * @param {string} name
 */
function makeArea(node, feature, kind, data, defs, name) {
  /** @type {((whole: string, edge: string, projection: Projection) => void)[]} */
  const parts = [];
  const inside = svg("path", { class: "fill", "fill-opacity": kind.fill, "fill-rule": "evenodd" });
  node.append(inside);
  parts.push((/** @type {string} */ whole) => inside.setAttribute("d", whole));
  if (kind.hatch) {
    const lines = svg("path", { fill: hatch(data.defs, data, feature.actor, kind.hatch), class: "quiet", "fill-rule": "evenodd" });
    node.append(lines);
    parts.push((/** @type {string} */ whole) => lines.setAttribute("d", whole));
  }
  if (kind.edge === "fade" || kind.edge === "coast") {
    // Bands inside the area along its own edge, lighter inwards: influence fades, it has no border.
    const clip = svg("clipPath", { id: `${name}-clip-${feature.id}` });
    const outline = svg("path", { "clip-rule": "evenodd" });
    clip.append(outline);
    defs.append(clip);
    const band = svg("g", { "clip-path": `url(#${name}-clip-${feature.id})`, class: "quiet" });
    const widths = kind.edge === "fade" ? [1, 0.66, 0.33] : [1];
    const strokes = widths.map((share) =>
      svg("path", { class: "edge fade", "stroke-width": kind.edge_width * 2 * share }));
    band.append(...strokes);
    node.append(band);
    parts.push((/** @type {string} */ whole, /** @type {string} */ edge) => {
      outline.setAttribute("d", whole);
      for (const stroke of strokes) stroke.setAttribute("d", edge);
    });
  }
  if (kind.edge === "line") {
    const halo = svg("path", { class: "edge halo quiet" });
    const line = svg("path", { class: "edge", "stroke-width": kind.edge_width, "stroke-dasharray": (kind.dash || []).join(" ") || undefined });
    node.append(halo, line);
    parts.push((/** @type {string} */ _, /** @type {string} */ edge, /** @type {Projection} */ projection) => {
      halo.setAttribute("d", kind.halo ? edge : "");
      halo.setAttribute("stroke-width", String(2 * feature.precision * projection.perKm((feature.labelAt || [0, 36])[1])));
      line.setAttribute("d", edge);
    });
  }
  return (/** @type {Projection} */ projection) => {
    const shape = /** @type {any[]} */ (feature.shape);
    const whole = projection.polygons(shape);
    const edge = projection.lines(feature.own || []);
    for (const part of parts) part(whole, edge, projection);
  };
}

/**
 * @param {SVGElement} node
 * @param {Feature} feature
 * @param {any} kind
 */
function makeLine(node, feature, kind) {
  const width = kind.width * (feature.force || 1);
  const casing = svg("path", { class: "line casing quiet", "stroke-width": width + 2.4 });
  const line = svg("path", { class: "line", "stroke-width": width, "stroke-dasharray": (kind.dash || []).join(" ") || undefined });
  const sleepers = svg("path", { class: "core sleepers quiet", "stroke-width": width - 1.4, "stroke-dasharray": "6 6" });
  const head = svg("path", { class: "head quiet" });
  const hit = svg("path", { class: "hit" });
  node.append(casing, line, ...(kind.pattern === "rail" ? [sleepers] : []), ...(kind.arrow ? [head] : []), hit);
  return (/** @type {Projection} */ projection) => {
    const shape = /** @type {number[][]} */ (feature.shape);
    const curves = kind.curve || kind.arrow ? shape.map((part) => smooth(projection.line(part, true)).line) : [];
    const path = kind.curve ? curves.map(trace).join("") : projection.lines(shape);
    for (const part of [casing, line, sleepers, hit]) part.setAttribute("d", path);
    head.setAttribute("d", curves.map((curve) => arrowhead(curve, 5 + width * 1.6)).join(""));
  };
}

/** @param {[number, number][]} line */
function trace(line) {
  return `M${line.map(([x, y]) => `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`).join("L")}`;
}

/**
 * @param {SVGElement} node
 * @param {Feature} feature
 * @param {any} kind
 * @param {any} data
 */
function makeAxis(node, feature, kind, data) {
  const form = (data.actors[feature.actor] || { axis: "solid" }).axis;
  const full = 2.5 + kind.width * Math.max(1, feature.force);
  const dashed = Boolean(kind.dash);
  const casing = svg("path", { class: "axis casing quiet" });
  const ribbon = svg("path", { class: `axis ${form}${dashed ? " dashed" : ""}`, "stroke-dasharray": (kind.dash || []).join(" ") || undefined });
  const core = svg("path", { class: "core quiet" });
  const stops = svg("g", { class: "stops quiet" });
  const hit = svg("path", { class: "hit" });
  node.append(casing, ribbon, core, stops, hit);
  return (/** @type {Projection} */ projection, /** @type {any} */ _, /** @type {import("./moments.js").Moment | undefined} */ moment) => {
    const points = projection.line(/** @type {number[][]} */ (feature.shape)[0], true);
    const { line: whole, at } = smooth(points);
    const width = full * zoomFactor(projection.zoom);
    const line = moment ? upTo(whole, at, reached(feature, moment), width * 3) : whole;
    const outline = arrow(line, width);
    core.setAttribute("stroke-width", String(Math.max(1, width / 4.5)));
    casing.setAttribute("d", outline);
    ribbon.setAttribute("d", outline);
    const middle = trace(line);
    core.setAttribute("d", form === "cored" && !dashed ? middle : "");
    hit.setAttribute("d", middle);
    stops.replaceChildren(...feature.stops.flatMap(([date], i) => {
      if (!date || i === 0 || i === feature.stops.length - 1) return [];
      if (at[i] >= line.length) return [];
      const [x, y] = line[at[i]];
      return [svg("circle", { cx: x, cy: y, r: Math.max(1.8, width / 3.4) })];
    }));
  };
}

/**
 * The part of a line that has been gone, long enough to be seen.
 * @param {[number, number][]} line
 * @param {number[]} at index of each vertex on the line
 * @param {number} vertices gone, with a fraction
 * @param {number} least pixels
 * @returns {[number, number][]}
 */
function upTo(line, at, vertices, least) {
  const whole = Math.floor(vertices);
  if (whole >= at.length - 1) return line;
  let last = Math.round(at[whole] + (vertices - whole) * (at[whole + 1] - at[whole]));
  const [x, y] = line[0];
  while (last < line.length - 1 && Math.hypot(line[last][0] - x, line[last][1] - y) < least) last += 1;
  return line.slice(0, last + 1);
}

/**
 * @param {SVGElement} node
 * @param {Feature} feature
 * @param {any} kind
 * @param {any} data
 */
function makePoint(node, feature, kind, data) {
  const halo = svg("circle", { class: "precision quiet" });
  const icon = makeIcon(data, kind);
  const hit = svg("circle", { class: "hit-area" });
  node.append(halo, hit, icon.node);
  return (/** @type {Projection} */ projection, /** @type {[number, number] | undefined} */ offset) => {
    const [dx, dy] = offset || [0, 0];
    const at = /** @type {[number, number]} */ (feature.at);
    const [x, y] = projection.point(at);
    const radius = feature.precision * projection.perKm(at[1]);
    // Shown when it is wider than the icon; a position that good needs no halo.
    const wide = radius > kind.size * 0.75 ? Math.min(radius, 400) : 0;
    setCircle(halo, x, y, wide);
    const factor = zoomFactor(projection.zoom);
    setCircle(hit, x + dx, y + dy, Math.max(12, kind.size / 2 + 3) * factor);
    icon.put(x + dx, y + dy, factor);
  };
}

/** @param {SVGElement} circle @param {number} x @param {number} y @param {number} r */
function setCircle(circle, x, y, r) {
  for (const [name, value] of Object.entries({ cx: x, cy: y, r })) circle.setAttribute(name, String(Math.round(value * 10) / 10));
}

/**
 * A kind's icon; `put` centres it. No transforms: each would be a picture of its own for the browser.
 * @param {any} data
 * @param {any} kind
 */
export function makeIcon(data, kind) {
  const scale = kind.size / 16;
  const casing = svg("path", { class: "icon-casing" });
  const fill = svg("path", { class: "icon-fill", "fill-rule": "evenodd" });
  const node = svg("g", { class: "icon" }, casing, fill);
  return {
    node,
    /** @param {number} x @param {number} y @param {number} factor */
    put(x, y, factor) {
      const size = scale * factor;
      const path = movedPath(data.icons[kind.icon], size, x - 8 * size, y - 8 * size);
      for (const part of [casing, fill]) part.setAttribute("d", path);
      casing.setAttribute("stroke-width", String(Math.round(CASING * size * 100) / 100));
    },
  };
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
    const moved = (numbers.match(/-?(\d+\.?\d*|\.\d+)/g) || []).map((/** @type {string} */ text, /** @type {number} */ i) => {
      const part = kind === "A" ? i % 7 : -1; // radii, a rotation and two flags before the point
      if (part >= 2 && part <= 4) return text;
      const down = kind === "V" || (kind === "A" ? part === 6 : kind !== "H" && i % 2 === 1);
      const shift = relative || part === 0 || part === 1 ? 0 : down ? dy : dx;
      return Math.round((Number(text) * scale + shift) * 100) / 100;
    });
    return command + moved.join(" ");
  });
}

/**
 * A small sample of a kind and actor, for the legend and the list.
 * @param {any} data
 * @param {string} kindId
 * @param {string} actor
 */
export function makeSwatch(data, kindId, actor) {
  const kind = data.kinds[kindId];
  const picture = svg("svg", { class: `swatch a-${actor}`, width: 30, height: 18, viewBox: "0 0 30 18", "aria-hidden": "true" });
  const dash = (kind.dash || []).join(" ") || undefined;
  if (kind.form === "area") {
    const box = "M2 2H28V16H2Z";
    picture.append(svg("path", { d: box, class: "fill", "fill-opacity": Math.max(kind.fill, 0) }));
    if (kind.hatch) picture.append(svg("path", { d: box, fill: hatch(data.defs, data, actor, kind.hatch) }));
    if (kind.edge === "fade") picture.append(svg("path", { d: "M2 13H28V16H2Z", class: "fill", "fill-opacity": 0.35 }));
    if (kind.edge === "coast") picture.append(svg("path", { d: "M2 16Q10 8 28 12", class: "edge", "stroke-width": kind.edge_width }));
    if (kind.edge === "line") {
      if (kind.halo) picture.append(svg("path", { d: "M2 16H28", class: "edge halo", "stroke-width": 7 }));
      picture.append(svg("path", { d: kind.halo ? "M2 16H28" : box, class: "edge", "stroke-width": kind.edge_width, "stroke-dasharray": dash }));
    }
    if (!kind.fill && !kind.hatch && kind.edge === "none") picture.append(svg("path", { d: box, class: "sample-water" }));
  } else if (kind.form === "line") {
    picture.append(svg("path", { d: "M1 9H29", class: "line", "stroke-width": kind.width, "stroke-dasharray": dash }));
    if (kind.pattern === "rail") picture.append(svg("path", { d: "M1 9H29", class: "core", "stroke-width": kind.width - 1.4, "stroke-dasharray": "6 6" }));
    if (kind.arrow) picture.append(svg("path", { d: arrowhead([[1, 9], [29, 9]], 8), class: "head" }));
  } else if (kind.form === "axis") {
    const form = (data.actors[actor] || { axis: "solid" }).axis;
    const line = smooth([2, 12, 15, 10, 28, 7]).line;
    picture.append(svg("path", { d: arrow(line, 6), class: `axis ${form}${dash ? " dashed" : ""}`, "stroke-dasharray": dash }));
    if (form === "cored" && !dash) picture.append(svg("path", { d: "M2 12L22 8.5", class: "core", "stroke-width": 1.3 }));
  } else {
    const icon = makeIcon(data, { ...kind, size: Math.min(16, kind.size + 2) });
    icon.put(15, 9, 1);
    picture.append(icon.node);
  }
  return picture;
}
