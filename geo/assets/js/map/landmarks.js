// @ts-check
// The map in the outline of its page: a part of its own, and the link that skips it.

import { html } from "../util/dom.js";

/** What follows the map, the first that is there. */
const AFTER = ["drawer", "era-title", "era-slider", "play"];

/**
 * @param {HTMLElement} container the map's
 * @param {Record<string, string>} ui
 */
export function makeLandmarks(container, ui) {
  const alone = document.documentElement.getAttribute("data-ui") !== "full";
  // An application takes its keys itself, also when it is read out.
  container.setAttribute("role", "application");
  const frame = container.closest(".map-frame") || html("div", { class: "map-frame" });
  frame.setAttribute("role", alone ? "main" : "region");
  frame.setAttribute("aria-label", ui["map-place"]);
  if (!frame.contains(container)) {
    container.before(frame);
    frame.append(container);
  }
}

/**
 * The link that skips the map, where anything follows; to be made when the page is laid out, as it asks what is seen.
 * @param {HTMLElement} container the map's
 * @param {Record<string, string>} ui
 */
export function makeSkip(container, ui) {
  const next = AFTER.map((id) => /** @type {HTMLElement} */ (document.getElementById(id))).find((node) =>
    node.getClientRects().length
  );
  document.getElementById("skip")?.remove(); // of a page that a browser has saved
  if (next) {
    container.closest(".map-frame")?.before(html("a", {
      id: "skip",
      href: `#${next.id}`,
      // A browser scrolls the page around a frame to what stands in the frame's page, not to what is fixed over it.
      onfocus: () => container.scrollIntoView({ block: "nearest" }),
      onclick: (/** @type {Event} */ event) => skipTo(next, event),
    }, ui.skip));
  }
}

/** @param {HTMLElement} next @param {Event} event */
function skipTo(next, event) {
  event.preventDefault(); // the address is the state's
  if (next.tabIndex < 0) next.tabIndex = -1;
  next.focus();
}
