// @ts-check
// What the browser holds ready of the sheets behind the one in front. Sheets of eras near by stay painted, those
// further off are not looked at until readers come near, and none is met by the browser's own search.

import { debounce, runInSlices } from "../util/scheduling.js";

/** @typedef {import("./sheet.js").Sheet} Sheet */

/** How many eras to either side of the one shown stay painted. */
const NEAR = 3;

/** Milliseconds after a step before the sheets behind leave the browser's search: nobody has typed a word sooner. */
const REST = 1000;

/** @param {Sheet[]} sheets all there are, at any time */
export function makeStandby(sheets) {
  /** @type {Sheet | undefined} */
  let front;
  let stop = () => {};

  /** What of the page a sheet alone stands in. @param {Sheet} sheet */
  function placeOf(sheet) {
    return /** @type {HTMLElement} */ (sheet.node.parentElement);
  }

  /** @param {Sheet} sheet */
  function distance(sheet) {
    return Math.abs(sheet.era - (front ? front.era : sheet.era));
  }

  /** @param {Sheet} sheet */
  function isFar(sheet) {
    return distance(sheet) > NEAR && !sheet.node.classList.contains("leaving");
  }

  /** Sheets that are not as they should be while readers step, the nearest first. */
  function* approach() {
    yield; // the step itself is drawn without them
    for (const sheet of [...sheets].sort((a, b) => distance(a) - distance(b))) {
      const [place, far] = [placeOf(sheet), isFar(sheet)];
      if (place.classList.contains("far") === far && (far || !place.inert)) continue;
      place.classList.toggle("far", far);
      if (!far) place.inert = false;
      yield;
    }
  }

  function* leave() {
    for (const sheet of sheets) {
      const place = placeOf(sheet);
      place.classList.toggle("far", isFar(sheet));
      if (sheet === front || place.inert) continue;
      place.inert = true;
      yield;
    }
  }

  const rest = debounce(() => {
    stop();
    stop = runInSlices(leave());
  }, REST);

  /** Let a sheet be what is pointed at, clicked and found. @param {Sheet} sheet */
  function bring(sheet) {
    front = sheet;
    placeOf(sheet).classList.remove("far");
    placeOf(sheet).inert = false;
    stop();
    stop = runInSlices(approach());
    rest();
  }

  return { bring, rest };
}
