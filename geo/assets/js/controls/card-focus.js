// @ts-check
// Where the focus goes when a card opens and closes, and that neither card nor notice ever covers what has it.

import { meet } from "../util/dom.js";

/** Pixels of what has the focus that may be covered: its ring is no wider. */
const EDGE = 2;

/**
 * @param {HTMLElement} card
 * @param {() => (Element | null | undefined)[]} others where the focus may go back to when its opener is gone
 */
export function makeCardFocus(card, others) {
  /** @type {Element | (() => void) | null} what had the focus, or a way back to it */
  let opener = null;
  document.addEventListener("focusin", ({ target }) => {
    const element = /** @type {Element} */ (target);
    const notice = /** @type {HTMLElement} */ (document.getElementById("notice"));
    for (const over of [card, notice]) over.toggleAttribute("data-aside", lies(over, element));
  });

  /** Whether a box lies over an element. @param {HTMLElement} box @param {Element} element */
  function lies(box, element) {
    if (box.hidden || box.contains(element)) return false;
    if (element === document.body || element.classList.contains("folium-map")) return false;
    return meet(box.getBoundingClientRect(), element.getBoundingClientRect(), EDGE);
  }

  /** Let the focus come back, unless it was in the card. @param {Element | (() => void) | null} from */
  function openedFrom(from) {
    if (!(from instanceof Element && card.contains(from))) opener = from;
  }

  function hasFocus() {
    return card.contains(document.activeElement);
  }

  /** @param {boolean} had whether the card had the focus when it was closed */
  function goBack(had) {
    const from = opener;
    opener = null;
    if (!had && !(from && document.activeElement === document.body)) return;
    if (typeof from === "function") {
      window.setTimeout(from); // the key that closed the card would close what opens at once
      return;
    }
    const seen = (/** @type {Element | null | undefined} */ one) =>
      one && one !== document.body && one.isConnected && one.getClientRects().length;
    const back = [from, ...others()].find(seen);
    if (back instanceof HTMLElement) back.focus();
  }

  return { openedFrom, hasFocus, goBack };
}
