// @ts-check
// Where the name of a state may stand in a view: on its level stretches, whichever are seen.

/** @typedef {import("./fitting.js").Box} Box */
/** @typedef {import("./projection.js").Projection} Projection */
/** @typedef {{y: number, spans: [number, number][]}} Row pixels */

/** Clear space between a name and the edge of its land or of the view, pixels. */
const CLEAR = 7;

/** Distance between levels tried, pixels. */
const LEVEL = 12;

/** How many places are tried. */
const TRIES = 36;

/** A name that has to stand may be so much longer than its land is wide. */
const LONGER = 1.9;

/** A place with more room is worth as much as one so many pixels nearer. */
const ROOMY = 140;

/**
 * Places for the middle of a name, the best first.
 * @param {any} state with `at` and `rows` as geo/payload/stretches.py makes them
 * @param {Projection} projection
 * @param {Box} view
 * @param {[number, number]} size of the name, pixels
 * @param {boolean} needed whether it may stand out over its land
 * @returns {[number, number][]}
 */
export function stateSpots({ at, rows = [] }, projection, view, [w, h], needed) {
  const land = rows.map((/** @type {number[]} */ row) => rowOf(row, projection)).sort((
    /** @type {Row} */ a,
    /** @type {Row} */ b,
  ) => a.y - b.y);
  const home = projection.point(at);
  const target = contains(view, home) ? home : middleOf(land, view) || home;
  /** @type {{x: number, y: number, cost: number}[]} */
  const found = [];
  const top = Math.max(view.y + CLEAR, land.length ? land[0].y : 0) + h / 2;
  const bottom = Math.min(view.y + view.h - CLEAR, land.length ? land[land.length - 1].y : 0) - h / 2;
  for (let y = top; y <= bottom; y += LEVEL) {
    const spans = [y - h / 2, y, y + h / 2].map((level) => spansAt(land, level)).reduce(common);
    for (const [west, east] of spans) {
      const [left, right] = [Math.max(west, view.x) + CLEAR, Math.min(east, view.x + view.w) - CLEAR];
      const spare = right - left - w;
      if (spare < 0 && !(needed && right - left > w / LONGER)) continue;
      for (
        const x of [
          (left + right) / 2,
          ...(spare > 0 ? [nearest(target[0], left + w / 2, right - w / 2), left + w / 2, right - w / 2] : []),
        ]
      ) {
        found.push({
          x,
          y,
          cost: Math.hypot(x - target[0], (y - target[1]) * 1.3) - Math.max(-ROOMY * 4, Math.min(ROOMY, spare)),
        });
      }
    }
  }
  const own = contains(view, home) ? [home] : [];
  return [
    ...own,
    ...found.sort((a, b) => a.cost - b.cost).slice(0, TRIES).map((
      { x, y },
    ) => /** @type {[number, number]} */ ([x, y])),
  ];
}

/** @param {number[]} row latitude, then west and east of each stretch @param {Projection} projection @returns {Row} */
function rowOf([latitude, ...ends], projection) {
  const at = (/** @type {number} */ longitude) => projection.point([longitude, latitude]);
  /** @type {[number, number][]} */
  const spans = [];
  for (let i = 0; i < ends.length; i += 2) spans.push([at(ends[i])[0], at(ends[i + 1])[0]]);
  // Parallels may be curves: the middle is nearest to where the name will be.
  return { y: at((ends[0] + ends[ends.length - 1]) / 2)[1], spans };
}

/**
 * Stretches at a level between two rows.
 * @param {Row[]} rows from top to bottom
 * @param {number} y
 * @returns {[number, number][]}
 */
function spansAt(rows, y) {
  const below = rows.findIndex((row) => row.y >= y);
  if (below < 0) return [];
  if (below === 0) return rows[0].y - y < 1 ? rows[0].spans : [];
  const [upper, lower] = [rows[below - 1], rows[below]];
  const share = (y - upper.y) / (lower.y - upper.y);
  return upper.spans.flatMap(([a, b]) =>
    lower.spans.filter(([c, d]) => c < b && a < d)
      .map(([c, d]) => /** @type {[number, number]} */ ([a + (c - a) * share, b + (d - b) * share]))
  );
}

/** @param {[number, number][]} one @param {[number, number][]} other @returns {[number, number][]} */
function common(one, other) {
  return one.flatMap(([a, b]) =>
    other.filter(([c, d]) => c < b && a < d)
      .map(([c, d]) => /** @type {[number, number]} */ ([Math.max(a, c), Math.min(b, d)]))
  );
}

/**
 * The middle of what is seen of some land.
 * @param {Row[]} rows
 * @param {Box} view
 * @returns {[number, number] | undefined}
 */
function middleOf(rows, view) {
  let [area, x, y] = [0, 0, 0];
  for (const row of rows) {
    if (row.y < view.y || row.y > view.y + view.h) continue;
    for (const [west, east] of row.spans) {
      const [left, right] = [Math.max(west, view.x), Math.min(east, view.x + view.w)];
      if (right <= left) continue;
      // Squared: of two stretches the longer carries the name, not the sea between them.
      const weight = (right - left) ** 2;
      [area, x, y] = [area + weight, x + (weight * (left + right)) / 2, y + weight * row.y];
    }
  }
  return area ? [x / area, y / area] : undefined;
}

/** @param {Box} view @param {[number, number]} point */
function contains({ x, y, w, h }, [px, py]) {
  return px > x && px < x + w && py > y && py < y + h;
}

/** @param {number} value @param {number} low @param {number} high */
function nearest(value, low, high) {
  return Math.max(low, Math.min(high, value));
}
