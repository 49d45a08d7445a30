// @ts-check
// What readers point at on a map: features light up, a click chooses one, a badge opens its key on the map.

import { makeMapKeys } from "../controls/map-keys.js";
import { html } from "../util/dom.js";

/** @typedef {import("../state/data.js").Feature} Feature */
/** @typedef {import("../state/data.js").Data} Data */
/**
 * @typedef {{L: any, data: Data, select: (id: string) => void, read: (id: string, back?: () => void) => void,
 *   giveBack: () => void, hover: (id: string) => void}} Act
 */

/** Clear space between a key and the edge of its map, and between it and its badge, pixels. */
const [EDGE, BESIDE] = [8, 12];

/**
 * @param {{root: HTMLElement, badgeOf: (id: string) => Feature[], places: () => import("./places.js").Place[]}} surface
 * @param {any} map its map
 * @param {Act} act
 */
export function listenTo(surface, map, act) {
  const { root, badgeOf } = surface;
  const key = makeKey(map, act);
  makeMapKeys(surface, map, act);
  root.addEventListener("click", (event) => {
    if (map.dragging.moved()) return; // the end of a drag
    const node = /** @type {Element} */ (event.target).closest(".now :is([data-id], [data-label])");
    if (!node) return;
    event.stopPropagation();
    const id = node.getAttribute("data-id") || node.getAttribute("data-label") || "";
    const members = node.querySelector(".badge-number") ? badgeOf(id) : [];
    key.close();
    if (members.length) key.open(members, event);
    else act.select(id);
  });
  root.addEventListener("mouseover", (event) => {
    const node = /** @type {Element} */ (event.target).closest(".now [data-id]");
    act.hover(node ? node.getAttribute("data-id") || "" : "");
  });
}

/**
 * The key of a badge: dates and titles of what lies on its place, each to be chosen.
 * @param {any} map
 * @param {Act} act
 */
function makeKey(map, act) {
  const list = html("ol");
  const node = html("div", { class: "badge-key", hidden: true }, list);
  map.getContainer().append(node);
  for (const type of ["click", "dblclick", "mousedown", "wheel"]) {
    node.addEventListener(type, (event) => event.stopPropagation());
  }
  map.on("movestart zoomstart click", close);
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") close();
  });

  /** @param {Feature[]} features @param {MouseEvent} event */
  function open(features, { clientX, clientY }) {
    list.replaceChildren(...features.map((feature) =>
      html(
        "li",
        {},
        html(
          "button",
          {
            type: "button",
            onclick: () => act.select(feature.id),
            onmouseenter: () => act.hover(feature.id),
            onmouseleave: () => act.hover(""),
          },
          html("small", {}, feature.when),
          feature.title,
        ),
      )
    ));
    node.hidden = false;
    const frame = map.getContainer().getBoundingClientRect();
    const { width, height } = node.getBoundingClientRect();
    const [x, y] = [clientX - frame.left, clientY - frame.top];
    const left = x + BESIDE + width + EDGE < frame.width ? x + BESIDE : x - BESIDE - width;
    node.style.left = `${Math.max(EDGE, left)}px`;
    node.style.top = `${Math.max(EDGE, Math.min(frame.height - height - EDGE, y - height / 2))}px`;
  }

  function close() {
    node.hidden = true;
  }

  return { open, close };
}
