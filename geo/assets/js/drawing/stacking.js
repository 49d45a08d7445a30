// @ts-check
// Icons that would lie on each other stand side by side above their place.

/** @typedef {import("../state/data.js").Data} Data */
/** @typedef {import("../state/data.js").Feature} Feature */

/** Icons nearer than this share a stack, as a share of their size. */
const NEAR = 0.6;

/** Icons in a row of a stack. */
const ROW = 4;

/** Clear space between icons of a stack, pixels. */
const GAP = 3;

/** How far above its place a stack stands, pixels. */
const ABOVE = 11;

/**
 * Where icons stand, away from their own places.
 * @param {Data} data
 * @param {import("./projection.js").Projection} projection
 * @param {Feature[]} visible
 * @param {number} factor size of icons at this zoom
 * @returns {Map<string, [number, number]>} pixels right and down, by feature id
 */
export function stackOffsets(data, projection, visible, factor) {
  /** @type {{x: number, y: number, members: {feature: Feature, x: number, y: number, size: number}[]}[]} */
  const stacks = [];
  for (const feature of visible) {
    if (!feature.at) continue;
    const [x, y] = projection.point(feature.at);
    const size = data.kinds[feature.kind].size * factor;
    const near = stacks.find((stack) => Math.hypot(stack.x - x, stack.y - y) < NEAR * Math.max(size, stack.members[0].size));
    if (near) near.members.push({ feature, x, y, size });
    else stacks.push({ x, y, members: [{ feature, x, y, size }] });
  }
  const offsets = new Map();
  for (const { x, y, members } of stacks) {
    if (members.length < 2) continue;
    members.sort((a, b) => a.feature.begin.localeCompare(b.feature.begin));
    for (let start = 0; start < members.length; start += ROW) {
      const row = members.slice(start, start + ROW);
      const tall = Math.max(...members.map((member) => member.size)) + GAP;
      let left = x - row.reduce((sum, member) => sum + member.size + GAP, 0) / 2;
      const top = y - ABOVE * factor - (start / ROW) * tall;
      for (const member of row) {
        offsets.set(member.feature.id, [left + (member.size + GAP) / 2 - member.x, top - member.y]);
        left += member.size + GAP;
      }
    }
  }
  return offsets;
}
