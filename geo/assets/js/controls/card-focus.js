// @ts-check
// Where the focus goes when a card opens and closes, and that the card never covers what has it.

/**
 * @param {HTMLElement} card
 * @param {() => (Element | null | undefined)[]} others where the focus may go back to when its opener is gone
 */
export function makeCardFocus(card, others) {
  /** @type {Element | (() => void) | null} what had the focus, or a way back to it */
  let opener = null;
  document.addEventListener("focusin", ({ target }) => {
    const own = card.contains(/** @type {Node} */ (target));
    card.toggleAttribute("data-aside", !own && covers(/** @type {Element} */ (target)));
  });

  /** Whether the card lies over the middle of an element. @param {Element} element */
  function covers(element) {
    if (card.hidden || element === document.body || element.classList.contains("folium-map")) return false;
    const [over, under] = [card, element].map((one) => one.getBoundingClientRect());
    const [x, y] = [under.x + under.width / 2, under.y + under.height / 2];
    return x > over.left && x < over.right && y > over.top && y < over.bottom;
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
