// @ts-check
// The inset of an era, in the lower left corner of a Leaflet map: it stays there when the map is dragged.

import { drawInset } from "../drawing/inset.js";
import { mount } from "./mount.js";
import { svg } from "../util/dom.js";

/** @typedef {import("../state/data.js").Data} Data */
/** @typedef {import("../drawing/inset.js").Shown} Shown */

/**
 * @param {any} L Leaflet
 * @param {any} map
 * @param {Data} data
 * @param {import("./shared-drawing.js").SharedDrawing} shared
 * @param {() => {shown: Shown, box: import("../drawing/fitting.js").Box | undefined}} now what the map shows, and where
 *   its inset lies
 */
export function makeInset(L, map, data, { ink, definitions, ruler }, now) {
  /** Those that are drawn, by what they show: texts are measured anew in faces that come late. */
  const pictures = /** @type {Map<string, SVGElement>} */ (new Map());
  /** @type {SVGElement | undefined} */
  let front;
  map.on("resize", show);

  /** Draw an era's inset, if it has one and it is not drawn yet. @param {Shown} shown */
  function prepare(shown) {
    const { inset } = data.eras[shown.era];
    if (!inset) return undefined;
    const ids = shown.visible.map(({ id }) => id).filter((id) => inset.shows?.includes(id));
    const key = [shown.era, ruler.round(), shown.moment?.from, ...ids].join(" ");
    const known = pictures.get(key);
    if (known) return known;
    const { content, size } = drawInset(data, shown, ruler.width, { ...ink, prefix: `${pictures.size}-` });
    const whole = { viewBox: `0 0 ${size.join(" ")}`, preserveAspectRatio: "none" };
    const picture = svg("svg", { class: "inset", ...whole, "aria-hidden": "true", hidden: "" }, ...content.map(mount));
    L.DomEvent.disableClickPropagation(picture); // what lies under it is not meant
    L.DomEvent.disableScrollPropagation(picture);
    map.getContainer().append(picture);
    definitions.complete();
    pictures.set(key, picture);
    return picture;
  }

  /** Follow the map. */
  function show() {
    const { shown, box } = now();
    const picture = box && prepare(shown);
    if (front !== picture) front?.toggleAttribute("hidden", true);
    front = picture;
    if (!box || !picture) return;
    picture.toggleAttribute("hidden", false);
    Object.assign(picture.style, { left: px(box.x), top: px(box.y), width: px(box.w), height: px(box.h) });
  }

  return { show, prepare };
}

/** @param {number} pixels */
function px(pixels) {
  return `${pixels}px`;
}
