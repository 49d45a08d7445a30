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
  const picture = svg("svg", { class: "inset", "aria-hidden": "true" });
  map.getContainer().append(picture);
  picture.toggleAttribute("hidden", true);
  let drawn = "";
  let era = 0;
  map.on("resize", () => show(era));

  /** Follow the map. @param {number} index of the era */
  function show(index) {
    era = index;
    const { x, y } = map.getSize();
    const box = insetBox(data, era, [x, y], map.getZoom());
    picture.toggleAttribute("hidden", !box);
    if (!box) return;
    const key = `${era} ${ruler.round()}`; // texts are measured anew in faces that come late
    if (drawn !== key) {
      const { content, size } = drawInset(data, era, ruler.width, ink);
      picture.replaceChildren(...content.map(mount));
      picture.setAttribute("viewBox", `0 0 ${size.join(" ")}`);
      definitions.complete();
    }
    drawn = key;
    Object.assign(picture.style, {
      position: "absolute",
      zIndex: 800,
      left: px(box.x),
      top: px(box.y),
      width: px(box.w),
      height: px(box.h),
    });
  }

  return { show };
}

/** @param {number} pixels */
function px(pixels) {
  return `${pixels.toFixed(1)}px`;
}
