// @ts-check
// Names on a Leaflet map: texts measured by the browser, and the controls that no name may run under.

import { insetBox } from "../drawing/inset-box.js";
import { drawNames } from "../drawing/labels.js";
import { allTexts } from "../drawing/names.js";
import { isLocated } from "./locator.js";
import { whenFacesCome } from "../util/fonts.js";

/** @typedef {import("../state/data.js").Data} Data */
/** @typedef {import("../drawing/fitting.js").Box} Box */
/** @typedef {import("../drawing/ink.js").Ink} Ink */
/** @typedef {import("../drawing/names.js").Scene} Scene */
/** @typedef {{x: number, y: number}} Point */

/**
 * @typedef {{width: import("../drawing/labels.js").Width, round: () => number}} Ruler `round` counts how often anew
 */

/**
 * Measures texts in the type styles of a document; each is measured once, and anew in faces that come late.
 * @param {Data} data
 * @returns {Ruler}
 */
export function makeRuler(data) {
  const context = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
  // Hinting would make letters as wide as the screen's pixels, on every screen others.
  if ("textRendering" in context) context.textRendering = "geometricPrecision";
  /** @type {Map<string, number>} */
  const widths = new Map();
  let set = ""; // the style whose font is set
  let round = 0;
  whenFacesCome(() => {
    widths.clear();
    round += 1;
  });

  /** @param {string} text @param {string} style */
  function width(text, style) {
    const key = `${style} ${text}`;
    const known = widths.get(key);
    if (known !== undefined) return known;
    const { face, size, weight, italic, spacing = 0 } = data.type[style];
    // Setting a font takes longer than measuring a text.
    if (style !== set) context.font = `${italic ? "italic " : ""}${weight} ${size}px ${data.faces[face]}`;
    set = style;
    const measured = context.measureText(text).width + spacing * text.length;
    widths.set(key, measured);
    return measured;
  }

  return { width, round: () => round };
}

/**
 * @param {any} map a Leaflet map
 * @param {Data} data
 * @param {Ruler} ruler
 * @param {boolean} insets whether the map has those of its eras
 */
export function makeLabels(map, data, { width, round }, insets = false) {
  // Asking the browser where things are makes it lay out the whole page: only when that may differ.
  /** @type {{control: Element, box: Box}[] | undefined} */
  let controls;
  map.on("resize", () => {
    controls = undefined;
  });

  /**
   * The boxes of the controls that are to be seen where the map will stand.
   * @param {import("../drawing/projection.js").Projection} projection
   * @param {Point} corner of the view
   */
  function present({ x, y, zoom }, corner) {
    controls = controls || controlBoxes(map);
    const size = map.getSize();
    const first = { x: x + corner.x, y: y + corner.y };
    const located = isLocated(
      map.unproject(first, zoom),
      map.unproject({ x: first.x + size.x, y: first.y + size.y }, zoom),
      size,
    );
    return controls.filter(({ control }) => located || !control.matches(".locator")).map(({ box }) => box);
  }

  /**
   * What a layout depends on beside what the scene's own key tells.
   * @param {Scene} scene
   * @param {Point} corner of the view
   */
  function keyOf({ projection, selected }, corner) {
    const { x, y } = map.getSize();
    return [selected, projection.zoom, projection.x, projection.y, corner.x, corner.y, x, y, round()].join(" ");
  }

  /**
   * Place the names of a scene.
   * @param {Scene} scene
   * @param {Point} corner of the view
   * @param {Ink} ink
   */
  function layOut(scene, corner, ink) {
    const size = map.getSize();
    const view = { x: corner.x, y: corner.y, w: size.x, h: size.y };
    const moved = (/** @type {Box} */ box) => ({ ...box, x: box.x + corner.x, y: box.y + corner.y });
    const inset = insets ? insetBox(data, scene, view) : undefined;
    return drawNames(data, scene, { view, taken: present(scene.projection, corner).map(moved), inset, width, ink });
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
