// @ts-check
// In place of timeline, compare, chooser and changes in a document of one era: there is no other.

export function makeTimeline() {
  return { show() {}, last: 0 };
}

export function makeCompare() {
  return { show: () => [], resize() {}, isOn: () => false, map() {} };
}

export function makeChooser() {
  return { show() {} };
}

export function showChanges() {}
