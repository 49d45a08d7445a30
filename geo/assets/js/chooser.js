// @ts-check
// Which era is compared with the one shown, and how.

import { html } from "./dom.js";

/**
 * @param {any} data
 * @param {{compare: (era: number) => void, mode: (mode: "swipe" | "side") => void}} act
 */
export function makeChooser(data, act) {
  const { ui } = data;
  const other = /** @type {HTMLSelectElement} */ (document.getElementById("compare-with"));
  const side = /** @type {HTMLButtonElement} */ (document.getElementById("compare-mode"));
  other.setAttribute("aria-label", ui.compare);
  other.replaceChildren(
    html("option", { value: "-1" }, `${ui.compare} …`),
    ...data.eras.map((/** @type {any} */ era, /** @type {number} */ i) => html("option", { value: i }, `${ui.compare} ${era.label}`)),
  );
  other.hidden = data.eras.length < 2;
  side.textContent = ui.side;
  other.addEventListener("change", () => act.compare(Number(other.value)));
  side.addEventListener("click", () => act.mode(side.getAttribute("aria-pressed") === "true" ? "swipe" : "side"));

  /** @param {import("./state.js").State} state */
  function show(state) {
    other.value = String(state.other);
    for (const option of other.options) {
      const own = option.value === String(state.era);
      if (option.disabled !== own) option.disabled = own;
    }
    side.hidden = state.other < 0;
    side.setAttribute("aria-pressed", String(state.mode === "side"));
  }

  return { show };
}
