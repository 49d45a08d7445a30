// @ts-check
// The map as one stop of the keyboard: its features are gone through by keys, and told in a status line.

import { filled, html, meet } from "../util/dom.js";
import { DIRECTIONS, nearest } from "../map/places.js";

/** @typedef {import("../map/places.js").Place} Place */

/** Size of the ring around what is marked, pixels. */
const RING = 34;

/** Room between the line and the map's edge, pixels: see .map-status. */
const GAP = 8;

/** Beside a card the line needs so much, pixels. */
const ROOM = 260;

/** Steps through time, by key. @type {Record<string, number>} */
const STEPS = { n: 1, p: -1 };

/**
 * @param {{places: () => Place[]}} surface
 * @param {any} map its map
 * @param {object} act
 * @param {any} act.L Leaflet
 * @param {import("../state/data.js").Data} act.data
 * @param {(id: string) => void} act.hover
 * @param {(id: string, back?: () => void) => void} act.read open a card and go there
 * @param {() => void} act.giveBack look again at what was seen before
 */
export function makeMapKeys({ places }, map, act) {
  const { ui, kinds } = act.data;
  const container = map.getContainer();
  const status = html("p", { class: "map-status", role: "status", "data-hint": ui["map-hint"] });
  const icon = act.L.divIcon({ className: "place-ring", iconSize: [RING, RING] });
  const ring = act.L.marker([0, 0], { icon, interactive: false, keyboard: false });
  let marked = ""; // id of a feature
  container.append(status);
  container.addEventListener("keydown", onKey);
  container.addEventListener("pointerdown", () => {
    marked = "";
    hide();
  });
  map.on("placefound", leave);
  container.addEventListener("blur", hide);
  container.addEventListener("focus", () => {
    const found = places();
    const place = found.find(({ feature }) => feature.id === marked);
    if (place) mark(place, found);
  });

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const measuring = container.classList.contains("measuring");
    if (event.target !== container || measuring || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    if (!answer(event.key)) return;
    event.preventDefault();
    event.stopPropagation(); // Leaflet's own arrows pan
  }

  /** Do what a key asks for; tells whether it was one of these. @param {string} key */
  function answer(key) {
    const found = places();
    const at = found.findIndex(({ feature }) => feature.id === marked);
    const by = STEPS[key.toLowerCase()];
    if (key === "Enter" && at >= 0) act.read(marked, comeBack);
    else if (key === "Enter") mark(found[0], found);
    else if (by) mark(found[(at < 0 && by < 0 ? 0 : at) + by] || found.at(by > 0 ? 0 : -1), found);
    else if (at >= 0 && DIRECTIONS[key]) mark(nearest(found, found[at], DIRECTIONS[key]) || found[at], found);
    else if (at >= 0 && key === "Escape" && document.getElementById("card")?.hidden) leave();
    else return false;
    return true;
  }

  /** Go on where the card was opened, with all that was in view. */
  function comeBack() {
    act.giveBack();
    container.focus();
  }

  /** @param {Place | undefined} place @param {Place[]} found */
  function mark(place, found) {
    if (!place) {
      status.textContent = ui["map-empty"];
      return;
    }
    const { id, title, kind, when } = place.feature;
    marked = id;
    const at = map.layerPointToLatLng([place.x, place.y]);
    ring.setLatLng(at).addTo(map);
    status.textContent = filled(ui.marked, title, kinds[kind].title, when, found.indexOf(place) + 1, found.length);
    placeLine(map.latLngToContainerPoint(at).y);
    clear(ring.getElement());
    act.hover(id);
  }

  /** Let the line cover neither what is marked nor stand under a card. @param {number} y of what is marked, pixels */
  function placeLine(y) {
    const [box, card] = [container, /** @type {HTMLElement} */ (document.getElementById("card"))].map((one) =>
      one.getBoundingClientRect()
    );
    status.classList.remove("high");
    const line = status.offsetHeight + 2 * GAP; // how high depends on the reader's size of text
    const beside = card.left - box.left > ROOM;
    const below = card.height && card.bottom > box.bottom - line ? box.bottom - card.top : 0;
    const lift = beside ? 0 : below;
    status.style.setProperty("--lift", `${lift}px`);
    status.style.setProperty("--aside", `${below && beside ? box.right - card.left : 0}px`);
    status.classList.toggle("high", y + RING / 2 > box.height - lift - line);
  }

  /** Let no title and no button lie over a ring. @param {Element} [over] nothing: all come back */
  function clear(over) {
    const place = over?.getBoundingClientRect();
    for (const one of container.querySelectorAll(".leaflet-control")) {
      one.toggleAttribute("data-aside", Boolean(place && meet(place, one.getBoundingClientRect())));
    }
  }

  function leave() {
    marked = "";
    hide();
  }

  /** Until the focus is back. */
  function hide() {
    if (ring._map || status.textContent) act.hover("");
    ring.remove();
    clear();
    status.textContent = "";
  }
}
