// @ts-check
// A scale in kilometres and miles.

import { node } from "./node.js";

/** Kilometres in a statute mile. */
const MILE = 1.609344;

/** Lengths a bar may have, in its unit. */
const LENGTHS = [5, 10, 20, 50, 100, 200, 500, 1000, 2000];

/** Longest bar, pixels. */
const LONGEST = 120;

/** Type style of its figures, and their size, pixels. */
const [TYPE, SIZE] = ["town", 12];

/** How far the ends of a bar reach from its middle line, and the middle line from the foot, pixels. */
const [END, FOOT] = [16, 17];

/**
 * Draw a scale at a sheet's bottom left corner. It is right at one latitude: Web Mercator's scale grows towards the
 * poles.
 * @param {number} perKm pixels per kilometre there
 * @param {{left: number, bottom: number, growth: number, ui: Record<string, string>, ink: import("./ink.js").Ink,
 *   width: import("./labels.js").Width}} place pixels
 * @returns {{content: import("./node.js").SvgNode[], box: import("./fitting.js").Box}} and the place it takes
 */
export function drawScale(perKm, { left, bottom, growth, ui, ink, width }) {
  const [end, foot, longest] = [END, FOOT, LONGEST].map((size) => size * growth);
  const middle = bottom - foot;
  let right = left;
  const content = [{ unit: ui.km, size: perKm, step: -1 }, { unit: ui.miles, size: perKm * MILE, step: 1 }].flatMap(
    ({ unit, size, step }) => {
      const length = LENGTHS.filter((each) => each * size <= longest).pop() || LENGTHS[0];
      const stop = Math.round((left + length * size) * 10) / 10;
      const text = unit.replace("{0}", String(length));
      right = Math.max(right, stop, left + 10 + width(text, TYPE) * growth);
      return [
        node("path", {
          d: `M${left} ${(middle + end * step).toFixed(1)}V${middle.toFixed(1)}H${stop}V${
            (middle + end * step).toFixed(1)
          }`,
          ...ink.style("scale"),
        }),
        node("text", {
          x: left + 5,
          y: (middle + (step < 0 ? -5 : 13 * growth)).toFixed(1),
          ...ink.type(TYPE),
          "font-size": SIZE * growth,
          stroke: undefined,
        }, text),
      ];
    },
  );
  return { content, box: { x: 0, y: middle - end - 3, w: right + 6, h: end + foot + 12 } };
}
