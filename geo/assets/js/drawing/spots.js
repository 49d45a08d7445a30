// @ts-check
// Where a name may stand from its point.

/** @typedef {[number, number, string]} Spot right, down, side */

/** How much farther off a name may stand where there is no room beside its point, pixels. */
const FARTHER = 7;

/**
 * Places around a point: right, left, above, below, the corners; then somewhat higher, lower and farther off.
 * @param {number} reach
 * @returns {Spot[]}
 */
export function around(reach) {
  const slant = reach * 0.75;
  const far = reach + FARTHER;
  return [
    [reach, 0, "start"],
    [-reach, 0, "end"],
    [0, -reach, "above"],
    [0, reach, "below"],
    [slant, -slant, "start"],
    [slant, slant, "start"],
    [-slant, -slant, "end"],
    [-slant, slant, "end"],
    [0, -far, "start"],
    [0, far, "start"],
    [0, -far, "end"],
    [0, far, "end"],
    [far, 0, "start"],
    [-far, 0, "end"],
    [slant, -far, "start"],
    [slant, far, "start"],
    [-slant, -far, "end"],
    [-slant, far, "end"],
    [0, -far, "above"],
    [0, far, "below"],
  ];
}

/**
 * Places for a block of several lines: also with a corner at the point, so that the place's own name has room.
 * @param {number} reach
 * @returns {Spot[]}
 */
export function aroundKey(reach) {
  const corners = [reach, reach + FARTHER, reach + 2 * FARTHER].flatMap((far) => /** @type {Spot[]} */ ([
    [2, far, "start-below"],
    [-2, far, "end-below"],
    [2, -far, "start-above"],
    [-2, -far, "end-above"],
  ]));
  return [...around(reach), ...corners];
}

/**
 * The middle, then some way up, down and aside, as far as there is room.
 * @param {number} [room] pixels from the middle to the nearest edge
 * @returns {[number, number, string][]}
 */
export function centred(room = 60) {
  /** @type {[number, number][]} */
  const shifts = [
    [0, 0],
    [0, 20],
    [0, -20],
    [34, 0],
    [-34, 0],
    [0, 42],
    [0, -42],
    [60, 20],
    [-60, 20],
    [60, -20],
    [-60, -20],
    [0, 66],
    [0, -66],
    [90, 0],
    [-90, 0],
  ];
  return shifts.filter(([x, y]) => Math.hypot(x, y) <= Math.max(0, room - 8)).map(([x, y]) => [x, y, "middle"]);
}
