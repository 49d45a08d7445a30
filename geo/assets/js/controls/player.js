// @ts-check
// Playing time: era by era, or date by date within an era. Never starts by itself, stops when the reader acts.

import { dateText } from "../util/moments.js";
import { announce } from "../util/announce.js";
import { filled, html } from "../util/dom.js";
import { makeLowControls } from "./low.js";

/** @typedef {import("../state/data.js").Data} Data */

/** Milliseconds an era or a date stays at speed 1. */
const PACE = { eras: 4000, dates: 1000 };

const SPEEDS = [0.5, 1, 2, 4];

/** @typedef {import("../util/moments.js").Moment} Moment */
/**
 * @typedef {{era: number, last: number, unit: import("../util/moments.js").Unit, moments: Moment[], moment: number}}
 *   Now moment -1: all of the era
 */

/**
 * @param {Data} data
 * @param {{now: () => Now, step: (era: number) => void, moment: (index: number) => void, rest: () => void}} act
 */
export function makePlayer(data, act) {
  const at = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
  const { ui } = data;
  const button = /** @type {HTMLButtonElement} */ (at("play"));
  const what = /** @type {HTMLSelectElement} */ (at("play-what"));
  const speed = /** @type {HTMLSelectElement} */ (at("play-speed"));
  const slider = /** @type {HTMLInputElement} */ (at("moment"));
  const readout = at("moment-text");
  const options = (/** @type {[string, string][]} */ entries) =>
    entries.map(([value, text]) => html("option", { value }, text));
  what.replaceChildren(...options([["eras", ui["play-eras"]], ["dates", ui["play-dates"]]]));
  speed.replaceChildren(...options(SPEEDS.map((value) => [String(value), `${value}×`])));
  what.value = data.eras.length > 1 ? "eras" : "dates";
  what.hidden = data.eras.length < 2;
  speed.value = "1";
  what.setAttribute("aria-label", ui["play-what"]);
  speed.setAttribute("aria-label", ui.speed);
  slider.setAttribute("aria-label", ui.moment);
  let timer = 0;
  /** Whether the last step to be seen was the player's own. */
  let stepping = false;

  button.addEventListener("click", () => (timer ? pause() : play()));
  slider.addEventListener("input", () => {
    const { moments } = act.now();
    const index = Number(slider.value);
    act.moment(index < moments.length ? index : -1);
  });
  for (const sign of ["pointerdown", "keydown", "wheel"]) {
    document.addEventListener(sign, (event) => {
      const own = /** @type {Element} */ (event.target).closest?.("#play, #play-speed");
      if (timer && !own) pause();
    }, { capture: true, passive: true });
  }
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) pause();
  });

  function play() {
    const { era, last, moments, moment } = act.now();
    const dates = what.value === "dates" && moments.length > 0;
    if (dates) advance(() => act.moment(moment < 0 ? 0 : moment));
    else if (era === last) advance(() => act.step(0));
    announce(ui.playing);
    schedule();
  }

  function schedule() {
    const { era, last, moments, moment } = act.now();
    const dates = what.value === "dates" && moments.length > 0;
    const done = dates ? moment < 0 : era === last;
    if (done) {
      pause();
      return;
    }
    const wait = (dates ? PACE.dates : PACE.eras) / Number(speed.value);
    timer = window.setTimeout(() => {
      advance(() => (dates ? act.moment(moment + 1 < moments.length ? moment + 1 : -1) : act.step(era + 1)));
      schedule();
    }, wait);
    showState();
  }

  /** @param {() => void} step */
  function advance(step) {
    stepping = true;
    step();
    stepping = false;
  }

  function pause() {
    if (!timer) return;
    window.clearTimeout(timer);
    timer = 0;
    showState();
    act.rest();
  }

  function showState() {
    button.setAttribute("aria-label", timer ? ui.pause : ui.play);
    button.classList.toggle("playing", Boolean(timer));
  }

  /** Follow era and moment. */
  function show() {
    const { unit, moments, moment } = act.now();
    slider.hidden = !moments.length;
    readout.hidden = !moments.length;
    button.disabled = speed.disabled = data.eras.length < 2 && !moments.length;
    /** @type {HTMLOptionElement} */ (what.options[1]).disabled = !moments.length;
    slider.max = String(moments.length);
    slider.value = String(moment < 0 ? moments.length : moment);
    readout.textContent = moment < 0 ? ui.whole : dateText(data.locale, unit, moments[moment].from);
    slider.setAttribute("aria-valuetext", readout.textContent || "");
  }

  /** What to say of a moment. @param {any} era @param {number} count */
  function said(era, count) {
    return filled(ui["at-moment"], era.title, readout.textContent || "", count);
  }

  makeLowControls(ui);
  showState();
  return { show, said, pause, isPlaying: () => Boolean(timer) || stepping };
}
