// @ts-check
// The inset of an era, in the lower left corner of a Leaflet map: it stays there when the map is dragged.

import { drawInset } from "../drawing/inset.js";
import { insetBox } from "../drawing/inset-box.js";
import { mount } from "./mount.js";
import { svg } from "../util/dom.js";

/** @typedef {import("../state/data.js").Data} Data */

/**
 * @param {any} map a Leaflet map
 * @param {Data} data
 * @param {import("./shared-drawing.js").SharedDrawing} shared
 */
export function makeInset(map, data, { ink, definitions, ruler }) {
  /** Those that are drawn, by era and round of measuring: texts are measured anew in faces that come late. */
  const pictures = /** @type {Map<string, SVGElement>} */ (new Map());
  /** @type {SVGElement | undefined} */
  let shown;
  let era = 0;
  map.on("resize", () => show(era));

  /** Draw an era's inset, if it has one and it is not drawn yet. @param {number} index of the era */
  function prepare(index) {
    const key = `${index} ${ruler.round()}`;
    if (pictures.has(key) || !data.eras[index].inset) return pictures.get(key);
    const { content, size } = drawInset(data, index, ruler.width, { ...ink, prefix: `${index}-` });
    const viewBox = `0 0 ${size.join(" ")}`;
    const picture = svg("svg", { class: "inset", viewBox, "aria-hidden": "true", hidden: "" }, ...content.map(mount));
    Object.assign(picture.style, { position: "absolute", zIndex: 800 });
    map.getContainer().append(picture);
    definitions.complete();
    pictures.set(key, picture);
    return picture;
  }

  /** Follow the map. @param {number} index of the era */
  function show(index) {
    era = index;
    const { x, y } = map.getSize();
    const box = insetBox(data, era, [x, y], map.getZoom());
    const picture = box && prepare(era);
    if (shown !== picture) shown?.toggleAttribute("hidden", true);
    shown = picture;
    if (!box || !picture) return;
    picture.toggleAttribute("hidden", false);
    Object.assign(picture.style, { left: px(box.x), top: px(box.y), width: px(box.w), height: px(box.h) });
  }

  return { show, prepare };
}

/** @param {number} pixels */
function px(pixels) {
  return `${pixels.toFixed(1)}px`;
}
