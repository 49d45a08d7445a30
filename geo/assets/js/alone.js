// @ts-check
// In place of timeline, compare, chooser and changes in a document of one era: there is no other.

export function makeTimeline() {
  for (const id of ["era-previous", "era-next", "track"]) /** @type {HTMLElement} */ (document.getElementById(id)).hidden = true;
  return { show() {}, last: 0 };
}

export function makeCompare() {
  return { show: () => [], resize() {}, isOn: () => false, map() {} };
}

export function makeChooser() {
  for (const id of ["compare-with", "compare-mode"]) /** @type {HTMLElement} */ (document.getElementById(id)).hidden = true;
  return { show() {} };
}

export function findChanges() {}

export function listChanges() {}
