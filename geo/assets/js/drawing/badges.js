// @ts-check
// Signs that are no icons: a dot for what is named later, a badge with a number for what lies on one place.

import { node } from "./node.js";

/**
 * @typedef {{x: number, y: number, size: number, actor: string, ink: import("./ink.js").Ink}} Look its middle and size,
 *   pixels
 */

/** Size of a badge's number as a share of the badge's, and how far its foot is below the middle. */
const [NUMBER, FOOT] = [0.66, 0.23];

/** @param {Look} look */
export function drawDot({ x, y, size, actor, ink }) {
  const place = { cx: x.toFixed(1), cy: y.toFixed(1), r: (size / 2).toFixed(1) };
  return [
    node("circle", { class: "icon-casing", ...place, ...ink.style("dot-casing") }),
    node("circle", { class: "icon-fill", ...place, ...ink.style("dot", actor) }),
  ];
}

/** @param {Look} look @param {number} count of what lies there */
export function drawBadge({ x, y, size, ink }, count) {
  const place = { cx: x.toFixed(1), cy: y.toFixed(1), r: (size / 2 - 1).toFixed(1) };
  const ring = node("circle", { class: "icon-casing", ...place, ...ink.style("badge") });
  const number = node("text", {
    class: "badge-number",
    x: x.toFixed(1),
    y: (y + size * FOOT).toFixed(1),
    ...ink.type("badge"),
    stroke: undefined,
    "text-anchor": "middle",
    "font-size": (size * NUMBER).toFixed(1),
  }, String(count));
  return [ring, number];
}
