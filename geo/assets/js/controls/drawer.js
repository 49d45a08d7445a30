// @ts-check
// The panel in a frame that never scrolls by itself: title and dates stay, the rest is behind a button.

import { isMapKey } from "../util/dom.js";

/** Pixels below which caption and legend are not shown at all: less than two lines. */
const LINES = 44;

/** @param {Record<string, string>} ui */
export function makeDrawer(ui) {
  const page = document.documentElement;
  const at = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
  const [panel, button] = [at("panel"), at("drawer")];
  button.textContent = ui.drawer;
  button.addEventListener("click", () => set(!isOpen(), true));
  // What is chosen in the drawer is seen on the map: where the drawer covers it, it gives way.
  panel.addEventListener("click", ({ target }) => {
    if (covers() && /** @type {Element} */ (target).closest("[data-row], [data-change], [role=option]")) set(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen() && at("card").hidden) set(false, true);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && isMapKey(event) && !isOpen() && button.offsetParent) set(true);
  }, { capture: true });
  if (page.getAttribute("data-gestures") === "polite") {
    const short = new ResizeObserver((entries) => {
      for (const { target } of entries) target.toggleAttribute("data-short", target.clientHeight < LINES);
    });
    for (const id of ["era-caption", "lists"]) short.observe(at(id));
  }

  function isOpen() {
    return page.hasAttribute("data-drawer");
  }

  /** Whether the drawer lies over the map and not beside it. */
  function covers() {
    return isOpen() && window.getComputedStyle(panel).position === "fixed";
  }

  /** @param {boolean} open @param {boolean} [byReader] whether the focus goes along */
  function set(open, byReader = false) {
    page.toggleAttribute("data-drawer", open);
    button.setAttribute("aria-expanded", String(open));
    button.textContent = open ? ui.close : ui.drawer;
    panel.scrollTop = 0;
    if (byReader) button.focus({ preventScroll: true });
    const below = button.getBoundingClientRect().top - panel.getBoundingClientRect().top;
    if (open && below > panel.clientHeight - LINES) panel.scrollTop = below; // what has the focus is in sight
  }
}
