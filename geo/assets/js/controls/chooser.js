// @ts-check
// Which era is compared with the one shown, and how.

import { html } from "../util/dom.js";

/** @typedef {import("../state/data.js").Data} Data */

/**
 * @param {Data} data
 * @param {{compare: (era: number) => void, mode: (mode: "swipe" | "side") => void}} act
 */
export function makeChooser(data, act) {
  const { ui } = data;
  const other = /** @type {HTMLSelectElement} */ (document.getElementById("compare-with"));
  const side = /** @type {HTMLButtonElement} */ (document.getElementById("compare-mode"));
  other.setAttribute("aria-label", ui.compare);
  other.replaceChildren(
    html("option", { value: "-1" }, `${ui.compare} …`),
    ...data.eras.map((/** @type {any} */ era, /** @type {number} */ i) =>
      html("option", { value: i }, `${era.label}: ${era.title}`) // readers type its first letters
    ),
  );
  other.hidden = data.eras.length < 2;
  side.textContent = ui.side;
  other.addEventListener("change", () => act.compare(Number(other.value)));
  side.addEventListener("click", () => act.mode(side.getAttribute("aria-pressed") === "true" ? "swipe" : "side"));

  let shown = -1; // the era that cannot be compared with itself

  /** @param {import("../state/state.js").State} state */
  function show(state) {
    // A step changes two options; all else costs a browser more than it looks.
    const [before, now] = [shown, state.era].map((era) => other.options[era + 1]);
    if (before !== now) [before.disabled, now.disabled] = [false, true];
    shown = state.era;
    if (other.value !== String(state.other)) other.value = String(state.other);
    side.hidden = state.other < 0;
    side.setAttribute("aria-pressed", String(state.mode === "side"));
  }

  return { show };
}
