// @ts-check
// Who gets the wheel and the finger: the map, or the page around its frame. In a polite frame they are the
// page's; the map takes the wheel with Ctrl or ⌘ held or once it was clicked, and fingers by two.

import { filled, html } from "../util/dom.js";

/** How many milliseconds the hint stays. A reader is told once. */
const STAYS = 2400;

/**
 * Leave the page around the frame its scrolling. The opening script has said whether the frame is polite.
 * @param {any} map
 * @param {Record<string, string>} ui
 */
export function makeGestures(map, ui) {
  if (document.documentElement.getAttribute("data-gestures") !== "polite") return;
  const hint = html("p", { id: "gesture-hint", "aria-hidden": "true", hidden: true });
  const apple = /Mac|iPhone|iPad/.test(navigator.platform);
  let taken = false; // whether the reader's click has given the map the wheel
  let told = false;
  /** Ids of the fingers on the screen. @type {Set<number>} */
  const fingers = new Set();
  let hiding = 0;
  map.getContainer().after(hint);

  const onMap = (/** @type {Event} */ { target }) => /** @type {Element} */ (target).closest?.(".folium-map");
  const release = () => {
    taken = false;
  };
  /** Keep an event from Leaflet; the browser does with it what it does on any page. @param {Event} event */
  const leave = (event) => event.stopPropagation();

  document.addEventListener("wheel", (event) => {
    if (!onMap(event) || event.ctrlKey || event.metaKey) return;
    const zoom = map.getZoom();
    const spent = event.deltaY > 0 ? zoom <= map.getMinZoom() : zoom >= map.getMaxZoom();
    if (taken && !spent) return;
    if (!taken) tell(filled(ui["hint-wheel"], apple ? "⌘" : "Ctrl"));
    release();
    leave(event);
  }, { capture: true, passive: true });

  document.addEventListener("touchstart", (event) => {
    if (onMap(event) && event.touches.length === 1) leave(event);
  }, { capture: true, passive: true });
  document.addEventListener("touchmove", (event) => {
    if (onMap(event) && event.touches.length === 1) tell(ui["hint-finger"]);
  }, { capture: true, passive: true });

  document.addEventListener("pointerdown", (event) => {
    taken = event.pointerType === "mouse" && Boolean(onMap(event));
    if (event.pointerType !== "touch") return;
    // Where a browser has no touch events, Leaflet makes them of these.
    fingers.add(event.pointerId);
    if (onMap(event) && fingers.size === 1) leave(event);
  }, { capture: true });
  for (const end of ["pointerup", "pointercancel"]) {
    document.addEventListener(end, (event) => fingers.delete(/** @type {PointerEvent} */ (event).pointerId), {
      capture: true,
    });
  }
  document.addEventListener("pointerover", (event) => {
    if (!onMap(event)) release();
  });
  document.documentElement.addEventListener("pointerleave", release);
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") release();
  });
  window.addEventListener("blur", release);

  /** @param {string} text */
  function tell(text) {
    window.clearTimeout(hiding);
    hiding = window.setTimeout(() => {
      hint.hidden = true;
    }, STAYS);
    if (told) return;
    told = true;
    hint.textContent = text;
    hint.hidden = false;
  }
}
