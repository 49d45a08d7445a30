// @ts-check
// In place of compare, chooser and changes in a document of one era: there is nothing to compare with.

export function makeCompare() {
  return { show: () => [], resize() {}, isOn: () => false, map() {} };
}

export function makeChooser() {
  for (const id of ["compare-with", "compare-mode"]) /** @type {HTMLElement} */ (document.getElementById(id)).hidden = true;
  return { show() {} };
}

export function findChanges() {}

export function listChanges() {}
