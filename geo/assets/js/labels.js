// @ts-check
// Names on the map, in order of rank, placed where nothing overlaps and nothing is cut.

import { svg } from "./dom.js";
import { fitAlong, fitBlock } from "./fitting.js";
import { whenFacesCome } from "./lettering.js";
import { allTexts, collectNames } from "./names.js";
import { zoomFactor } from "./symbols.js";

/** @typedef {import("./data.js").Feature} Feature */
/** @typedef {import("./fitting.js").Box} Box */
/** @typedef {import("./names.js").Name} Name */
/** @typedef {import("./names.js").Scene} Scene */
/** @typedef {{boxes: Box[], nodes: SVGElement[]}} Placed */
/** @typedef {{x: number, y: number}} Point */

/** Names that only orient: they do not count as things a reader has to take in. */
const QUIET = new Set(["water", "state", "home", "date"]);

/** How many features and towns are named at once in a view of some size, pixels. @param {Box} view */
function allowance(view) {
  return 10 + (view.w * view.h) / 43000;
}

/**
 * @param {any} map a Leaflet map
 * @param {any} data
 * @param {string} surface its name: ids in the page begin with it
 */
export function makeLabels(map, data, surface) {
  let count = 0; // of lines that carry a name, so that none has the id of another
  const context = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
  const style = getComputedStyle(document.documentElement);
  const families = /** @type {Record<string, string>} */ ({ serif: style.getPropertyValue("--serif"), sans: style.getPropertyValue("--sans") });
  const widths = new Map();
  let measured = 0; // how often anew, in faces that came late
  // Hinting would make letters as wide as the screen's pixels, on every screen others.
  if ("textRendering" in context) context.textRendering = "geometricPrecision";
  whenFacesCome(() => {
    widths.clear();
    measured += 1;
  });
  // Asking the browser where things are makes it lay out the whole page: only when that may differ.
  /** @type {{control: Element, box: Box}[] | undefined} */
  let controls;
  map.on("resize", () => { controls = undefined; });

  /** @param {string} text @param {string} name of the style */
  function width(text, name) {
    const key = `${name} ${text}`;
    const known = widths.get(key);
    if (known !== undefined) return known;
    const [font, face, , spacing] = data.type[name];
    context.font = `${font} ${families[face]}`;
    const measured = context.measureText(text).width + spacing * text.length;
    widths.set(key, measured);
    return measured;
  }

  /** Controls that are to be seen, with their boxes. */
  function present() {
    controls = controls || controlBoxes(map);
    return controls.filter(({ control }) => !control.hasAttribute("data-away")).map(({ box }) => box);
  }

  /** What a layout depends on beside what the scene's own key tells. @param {Scene} scene @param {Point} corner of the view */
  function keyOf({ projection, selected }, corner) {
    const { x, y } = map.getSize();
    return [selected, projection.zoom, projection.x, projection.y, corner.x, corner.y, x, y, present().length, measured].join(" ");
  }

  /**
   * Place the names of a scene.
   * @param {Scene} scene
   * @param {Point} corner of the view
   * @returns {{marks: SVGElement[], drawn: SVGElement[]}}
   */
  function layOut(scene, corner) {
    const size = map.getSize();
    const view = { x: corner.x, y: corner.y, w: size.x, h: size.y };
    const fixed = present().map((box) => ({ ...box, x: box.x + corner.x, y: box.y + corner.y }));
    const taken = [...fixed, ...iconBoxes(data, scene)];
    const drawn = [];
    const marks = [];
    let left = allowance(view);
    for (const name of collectNames(data, scene)) {
      const quiet = QUIET.has(name.style);
      if (!quiet && left < 1) continue;
      // The seas come first and are always named, over icons if there is no other way.
      const first = name.order < -1;
      /** @type {Placed | undefined} */
      const made = fit(name, taken, view) || (first ? fit(name, fixed, view) : undefined);
      if (!made) continue;
      if (!quiet) left -= 1;
      if (first) fixed.push(...made.boxes);
      taken.push(...made.boxes);
      drawn.push(...made.nodes);
      if (!name.dot) continue;
      marks.push(svg("circle", { cx: name.x, cy: name.y, r: name.dot, class: "town-dot" }));
      taken.push({ x: name.x - 3, y: name.y - 3, w: 6, h: 6 });
    }
    return { marks, drawn };
  }

  /**
   * Draw a name where it fits; its boxes are the place it takes.
   * @param {Name} name
   * @param {Box[]} taken
   * @param {Box} view
   * @returns {Placed | undefined}
   */
  function fit(name, taken, view) {
    const [, , height] = data.type[name.style];
    const whole = name.lines.join(" ");
    const along = name.path && fitAlong(name.path, width(whole, name.style) + 4, height, name.lift || 0, taken, view);
    if (along) {
      count += 1;
      return { boxes: along.boxes, nodes: curvedText(name, whole, along.points, `${surface}-along-${count}`) };
    }
    const w = Math.max(...name.lines.map((line) => width(line, name.style)));
    const places = [name, ...(name.elsewhere || []).map(([x, y]) => ({ x, y, spots: name.spots }))];
    let block;
    for (const place of places) {
      block = fitBlock(place, w, height * name.lines.length, taken, view);
      if (block) break;
    }
    if (!block) return undefined;
    return { boxes: block.boxes, nodes: [blockText(name, block, height)] };
  }

  /** Measure the names an era may show. @param {number} era */
  function measure(era) {
    for (const [text, style] of allTexts(data, era)) width(text, style);
  }

  return { keyOf, layOut, measure };
}

/**
 * The controls that lie over the map, with their boxes from its top left corner.
 * @param {any} map
 * @returns {{control: Element, box: Box}[]}
 */
function controlBoxes(map) {
  const frame = map.getContainer().getBoundingClientRect();
  return [...map.getContainer().querySelectorAll(".leaflet-control")].map((control) => {
    const box = control.getBoundingClientRect();
    return { control, box: { x: box.left - frame.left, y: box.top - frame.top, w: box.width, h: box.height } };
  });
}

/**
 * Boxes of the icons.
 * @param {any} data
 * @param {Scene} scene
 * @returns {Box[]}
 */
function iconBoxes(data, { projection, visible, offsets }) {
  const factor = zoomFactor(projection.zoom);
  return visible.filter((feature) => feature.at).map((feature) => {
    const [x, y] = projection.point(/** @type {[number, number]} */ (feature.at));
    const [dx, dy] = offsets.get(feature.id) || [0, 0];
    const half = (data.kinds[feature.kind].size / 2) * factor;
    return { x: x + dx - half, y: y + dy - half, w: 2 * half, h: 2 * half };
  });
}

/** @param {Name} name */
function attributes(name) {
  return { class: `label ${name.style} a-${name.actor || "none"}`, "data-label": name.id };
}

/**
 * @param {Name} name
 * @param {import("./fitting.js").Block} block
 * @param {number} height of a line
 */
function blockText(name, { side, left, top, w }, height) {
  const anchor = side === "start" || side === "end" ? side : "middle";
  const x = anchor === "start" ? left : anchor === "end" ? left + w : left + w / 2;
  const text = svg("text", { ...attributes(name), "text-anchor": anchor });
  name.lines.forEach((line, i) => {
    text.append(svg("tspan", { x: x.toFixed(1), y: (top + height * (i + 0.78)).toFixed(1) }, line));
  });
  return text;
}

/**
 * @param {Name} name
 * @param {string} whole
 * @param {[number, number][]} points
 * @param {string} id
 */
function curvedText(name, whole, points, id) {
  const path = svg("path", { id, d: `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}`, class: "carrier" });
  const text = svg("text", { ...attributes(name), "text-anchor": "middle", "dominant-baseline": "central" },
    svg("textPath", { href: `#${id}`, startOffset: "50%" }, whole));
  return [path, text];
}
