// @ts-check
// Two eras in one view: a second map over the first, cut by a divider, or beside it; both move as one.

import { filled, html } from "../util/dom.js";
import { makeSurface } from "./surface.js";
import { describe } from "./title.js";

/** @typedef {import("../state/data.js").Data} Data */

/** Percent the divider moves by an arrow key. */
const NUDGE = 4;

/** @typedef {import("./surface.js").Wanted} Wanted */

/**
 * @param {any} L Leaflet
 * @param {any} map the first map
 * @param {Data} data
 * @param {import("./shared-drawing.js").SharedDrawing} shared
 * @param {{opened: (surface: any, map: any) => void, resize: () => void, click: () => void}} act
 */
export function makeCompare(L, map, data, shared, act) {
  const page = document.documentElement;
  const divider = makeDivider((share) => cut(share), data.ui.divider);
  /** @type {any} */
  let second;
  /** @type {any} */
  let surface;
  let following = false;
  let waiting = false; // for the next frame
  let share = 50;

  /**
   * Show an era beside the first map's, or none.
   * @param {Wanted | undefined} wanted
   * @param {string} mode swipe or side
   * @param {number} era of the first map
   */
  function show(wanted, mode, era) {
    const how = wanted ? mode : "";
    if (!wanted && !second) return [];
    if (page.getAttribute("data-compare") !== how) {
      page.setAttribute("data-compare", how);
      if (wanted && !second) open();
      resize();
    }
    if (!wanted) clearLine();
    if (!wanted) return [];
    divider.show(data.eras[era], data.eras[wanted.era], mode === "swipe");
    const shown = surface.show(wanted);
    describe(second, data.eras[wanted.era], data.ui);
    cut(share);
    return shown;
  }

  function open() {
    const place = html("div", { id: "map-compare", class: "folium-map", role: "application", tabindex: "0" });
    map.getContainer().after(place, divider.node);
    second = L.map(place, {
      ...map.options,
      maxBounds: undefined,
      zoomControl: false,
      attributionControl: false,
      zoomAnimation: false,
      fadeAnimation: false,
    });
    second.setView(map.getCenter(), map.getZoom(), { animate: false });
    surface = makeSurface(L, second, data, "b", shared);
    link(map, second);
    link(second, map);
    second.on("click", act.click);
    act.opened(surface, second);
  }

  /** Take over the sizes of both places; `act.resize` does so for the first map. */
  function resize() {
    if (!second) return;
    const on = isOn();
    // Zooming by animation would leave the other map behind.
    map._zoomAnimated = !on && map.options.zoomAnimation && L.Browser.any3d;
    following = true;
    act.resize();
    if (on) {
      second.invalidateSize({ animate: false, pan: false });
      second.setView(map.getCenter(), map.getZoom(), { animate: false, reset: true });
    }
    following = false;
  }

  /** @param {any} from @param {any} to */
  function link(from, to) {
    const together = (/** @type {() => void} */ move) => {
      if (following || !isOn()) return;
      following = true;
      move();
      following = false;
    };
    from.on("move", () =>
      together(() => {
        if (from.getZoom() !== to.getZoom()) {
          to.setView(from.getCenter(), from.getZoom(), { animate: false });
          return;
        }
        const zoom = to.getZoom();
        const offset = to.project(from.getCenter(), zoom).subtract(to.project(to.getCenter(), zoom)).round();
        if (!offset.x && !offset.y) return;
        to._rawPanBy(offset); // panBy would lay out names at every pixel of a drag
        to.fire("move");
      }));
    from.on("moveend", () => {
      together(() => to.fire("moveend"));
      clearLine();
    });
  }

  /** @param {number} percent of the width, from the left */
  function cut(percent) {
    share = percent;
    if (!second) return;
    const swipe = page.getAttribute("data-compare") === "swipe";
    second.getContainer().style.clipPath = swipe ? `inset(0 0 0 ${share}%)` : "none";
    for (const one of [map, second]) one.getContainer().style.setProperty("--cut", `${share}%`);
    divider.move(swipe ? share : 50);
    clearLine();
  }

  /** Names that the divider would cut, or the eras' names on it would cover, fade with all that is theirs. */
  function clearLine() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      const covers = isOn() ? divider.covers() : [];
      const names = [...document.querySelectorAll(".now .labels text")];
      const boxes = names.map((name) => name.getBoundingClientRect()); // all before the first change
      names.forEach((name, i) => {
        const { left, right, top, bottom } = boxes[i];
        const covered = covers.some((cover) =>
          left < cover.right && right > cover.left && top < cover.bottom && bottom > cover.top
        );
        name.classList.toggle("cut", covered);
        let before = name.previousElementSibling; // its leader, and the box that it stands in
        for (; before?.matches(".leader"); before = before.previousElementSibling) {
          before.classList.toggle("cut", covered);
        }
      });
    });
  }

  function isOn() {
    return Boolean(page.getAttribute("data-compare"));
  }

  return { show, resize, isOn, map: () => second };
}

/**
 * The line between two eras, with their names on either side of it.
 * @param {(share: number) => void} moved percent from the left
 * @param {string} label of the line
 */
function makeDivider(moved, label) {
  const [one, other] = [html("span", { class: "tag" }), html("span", { class: "tag" })];
  const grip = html("span", { class: "grip", "aria-hidden": "true" });
  const handle = html("div", { class: "divider-handle" }, one, grip, other);
  const node = html("div", { class: "divider", id: "divider" }, handle);
  let share = 50;

  /** @param {number} percent */
  function to(percent) {
    moved(Math.max(0, Math.min(100, percent)));
  }

  /** Say where it stands, when it can be moved: how much is seen of which era. */
  function tell() {
    const now = Math.round(share);
    const values = {
      tabindex: 0,
      "aria-valuemin": 0,
      "aria-valuemax": 100,
      "aria-valuenow": now,
      "aria-valuetext": `${one.textContent}: ${now}%, ${other.textContent}: ${100 - now}%`,
    };
    for (const [name, value] of Object.entries(values)) {
      if (handle.getAttribute("role") === "slider") handle.setAttribute(name, String(value));
      else handle.removeAttribute(name);
    }
  }

  handle.addEventListener("pointerdown", (event) => {
    if (handle.getAttribute("role") !== "slider") return;
    handle.setPointerCapture(event.pointerId);
    event.preventDefault();
    handle.focus();
  });
  handle.addEventListener("pointermove", (event) => {
    if (!handle.hasPointerCapture(event.pointerId)) return;
    const { left, width } = node.getBoundingClientRect();
    to(((event.clientX - left) / width) * 100);
  });
  handle.addEventListener("keydown", (event) => {
    const moves = /** @type {Record<string, number>} */ ({
      ArrowLeft: share - NUDGE,
      ArrowRight: share + NUDGE,
      ArrowDown: share - NUDGE,
      ArrowUp: share + NUDGE,
      PageDown: share - 4 * NUDGE,
      PageUp: share + 4 * NUDGE,
      Home: 0,
      End: 100,
    });
    if (!(event.key in moves) || handle.getAttribute("role") !== "slider") return;
    event.preventDefault();
    event.stopPropagation();
    to(moves[event.key]);
  });

  return {
    node,
    /** What of it covers the maps: the names of its eras and, where it can be moved, its line and grip. */
    covers() {
      const movable = handle.getAttribute("role") === "slider";
      return [one, other, ...(movable ? [handle, grip] : [])].map((part) => part.getBoundingClientRect());
    },
    /** @param {number} percent */
    move(percent) {
      share = percent;
      handle.style.left = `${percent}%`;
      tell();
    },
    /** @param {any} left era @param {any} right era @param {boolean} movable */
    show(left, right, movable) {
      one.textContent = left.label;
      other.textContent = right.label;
      handle.setAttribute("role", movable ? "slider" : "group");
      handle.setAttribute("aria-label", filled(label, left.label, right.label));
      tell();
    },
  };
}
