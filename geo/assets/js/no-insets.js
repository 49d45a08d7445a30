// @ts-check
// In place of drawing/inset, drawing/inset-box and map/inset in a document whose eras have none.

/** @returns {undefined} */
export function insetBox() {
  return undefined;
}

/** @param {import("./state/data.js").Era} era */
export function pointersOf({ pointers = [] }) {
  return pointers;
}

/** @returns {{content: import("./drawing/node.js").SvgNode[], size: number[]}} */
export function drawInset() {
  return { content: [], size: [] };
}

export function makeInset() {
  return { show() {} };
}
