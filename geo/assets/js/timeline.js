// @ts-check
// Stepping through eras: a native range input with its ticks, and a button on either side.

import { html } from "./dom.js";

/**
 * @param {any} data
 * @param {(era: number) => void} step
 */
export function makeTimeline(data, step) {
  const at = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
  const slider = /** @type {HTMLInputElement} */ (at("era-slider"));
  const previous = /** @type {HTMLButtonElement} */ (at("era-previous"));
  const next = /** @type {HTMLButtonElement} */ (at("era-next"));
  const last = data.eras.length - 1;
  slider.max = String(last);
  slider.setAttribute("aria-label", data.ui.era);
  previous.setAttribute("aria-label", data.ui.previous);
  next.setAttribute("aria-label", data.ui.next);
  at("timeline").setAttribute("aria-label", data.ui.eras);
  at("timeline").hidden = last === 0;
  at("ticks").replaceChildren(...data.eras.map((/** @type {any} */ era, /** @type {number} */ i) =>
    html("button", { type: "button", class: "tick", tabindex: "-1", "aria-hidden": "true", "data-era": era.id, onclick: () => step(i) }, era.label)));
  slider.addEventListener("input", () => step(Number(slider.value)));
  previous.addEventListener("click", () => step(current() - 1));
  next.addEventListener("click", () => step(current() + 1));

  function current() {
    return Number(slider.value);
  }

  /** @param {number} era */
  function show(era) {
    slider.value = String(era);
    slider.setAttribute("aria-valuetext", `${data.eras[era].label}: ${data.eras[era].title}`);
    previous.disabled = era === 0;
    next.disabled = era === last;
    [...at("ticks").children].forEach((tick, i) => tick.classList.toggle("now", i === era));
  }

  return { show, last };
}
