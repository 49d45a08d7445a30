// @ts-check
// What is said to readers beside the map: where they are, and what went wrong.

import { filled } from "./dom.js";

/** Milliseconds after the last step before it is said. */
const SETTLED = 500;

/** Milliseconds a notice stays. */
const STAYS = 12000;

/** Notices told at once, and characters of each: an address may hold thousands. */
const [TOLD, LONGEST] = [4, 200];

let saying = 0;

/** Say where we are once the reader has stopped. @param {string} text */
export function announce(text) {
  window.clearTimeout(saying);
  saying = window.setTimeout(() => {
    /** @type {HTMLElement} */ (document.getElementById("status")).textContent = text;
  }, SETTLED);
}

/** Say that the map could not start; its texts may be what is missing. @param {unknown} error */
export function showFailure(error) {
  const notice = document.getElementById("notice");
  if (!notice) return;
  notice.textContent = filled(notice.dataset.failed || "{0}", error instanceof Error ? error.message : String(error));
  notice.hidden = false;
}

/** @param {string[]} notices */
export function showNotice(notices) {
  if (!notices.length) return;
  const place = /** @type {HTMLElement} */ (document.getElementById("notice"));
  const told = notices.slice(0, TOLD).map((text) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text));
  place.textContent = [...told, ...(notices.length > TOLD ? [`… +${notices.length - TOLD}`] : [])].join(" ");
  place.hidden = false;
  window.setTimeout(() => {
    place.hidden = true;
  }, STAYS);
}
