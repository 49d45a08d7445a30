// @ts-check
// In place of map/added in a document to which nobody added anything.

export function drawAdded() {}
