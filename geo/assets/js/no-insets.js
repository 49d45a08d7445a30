// @ts-check
// In place of drawing/inset, drawing/inset-box and map/inset in a document whose eras have none.

export function insetBox() {}

/** @param {import("./state/data.js").Era} era */
export function pointersOf({ pointers = [] }) {
  return pointers;
}

export function drawInset() {}

export function placeInset() {}

export function makeInset() {
  return { show() {}, prepare() {} };
}
