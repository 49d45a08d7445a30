// @ts-check
// A scale in kilometres and miles.

import { node } from "./node.js";

/** Kilometres in a statute mile. */
const MILE = 1.609344;

/** Lengths a bar may have, in its unit. */
const LENGTHS = [5, 10, 20, 50, 100, 200, 500, 1000, 2000];

/** Longest bar, pixels. */
const LONGEST = 120;

/** Type style of its figures. */
const TYPE = "town";

/** How far the ends of a bar reach from its middle line, and the middle line from the foot, pixels. */
const [END, FOOT] = [16, 17];

/**
 * Draw a scale at a sheet's bottom left corner. It is right at one latitude: Web Mercator's scale grows towards the poles.
 * @param {number} perKm pixels per kilometre there
 * @param {{left: number, bottom: number, ink: import("./ink.js").Ink, width: import("./labels.js").Width}} place pixels
 * @returns {{content: import("./node.js").SvgNode[], box: import("./fitting.js").Box}} and the place it takes
 */
export function drawScale(perKm, { left, bottom, ink, width }) {
  const middle = bottom - FOOT;
  let right = left;
  const content = [{ unit: "km", size: perKm, step: -1 }, { unit: "mi", size: perKm * MILE, step: 1 }].flatMap(({ unit, size, step }) => {
    const length = LENGTHS.filter((each) => each * size <= LONGEST).pop() || LENGTHS[0];
    const end = Math.round((left + length * size) * 10) / 10;
    const text = `${length} ${unit}`;
    right = Math.max(right, end, left + 10 + width(text, TYPE));
    return [
      node("path", { d: `M${left} ${middle + END * step}V${middle}H${end}V${middle + END * step}`, ...ink.style("scale") }),
      node("text", { x: left + 5, y: middle + (step < 0 ? -5 : 13), ...ink.type(TYPE), stroke: undefined }, text),
    ];
  });
  return { content, box: { x: 0, y: middle - END - 3, w: right + 6, h: END + FOOT + 12 } };
}
