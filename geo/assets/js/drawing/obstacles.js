// @ts-check
// What names keep clear of: boxes that none may cover, lines that one covers only when there is no other place, and
// edges
// of areas that callouts keep clear of where they can.

/** @typedef {import("./fitting.js").Box} Box */
/** @typedef {{boxes: Box[], owner: string}} Entry */

/** A name may cover nothing … */
export const NOTHING = 0;

/** … or edges of areas … */
export const EDGES = 1;

/** … or lines, too. */
export const LINES = 2;

/** Side of a cell of the index, pixels. */
const CELL = 64;

/** Distance between the boxes that stand for a line, pixels. */
const STEP = 7;

/**
 * An index of boxes.
 * @typedef {ReturnType<typeof makeObstacles>} Obstacles
 */

/** @param {Box} view where names may stand */
export function makeObstacles(view) {
  const solid = makeIndex();
  const lines = makeIndex();
  const edges = makeIndex();

  /**
   * Whether boxes lie in the view and cover nothing.
   * @param {Box[]} boxes
   * @param {number} may what they may cover: `EDGES`, or `LINES` and edges
   * @param {string} [owner] whose own line does not count
   */
  function isFree(boxes, may, owner) {
    return boxes.every((box) => inside(box, view)) && !solid.meets(boxes) &&
      (may >= LINES || !lines.meets(boxes, owner)) && (may >= EDGES || !edges.meets(boxes));
  }

  /** @param {number[]} points x0, y0, x1, y1 … */
  function addEdge(points) {
    for (const box of alongLine(points, 1, view)) edges.add(box, "");
  }

  /**
   * @param {number[]} points x0, y0, x1, y1 …
   * @param {number} width pixels
   * @param {string} owner
   */
  function addLine(points, width, owner) {
    for (const box of alongLine(points, width / 2 + 1, view)) lines.add(box, owner);
  }

  return {
    view,
    isFree,
    add: (/** @type {Box[]} */ boxes) => boxes.forEach((box) => solid.add(box, "")),
    addLine,
    addEdge,
  };
}

function makeIndex() {
  /** @type {Map<number, {box: Box, owner: string}[]>} */
  const cells = new Map();

  /** @param {Box} box @param {(key: number) => boolean} visit stops when it gives true */
  function visitCells({ x, y, w, h }, visit) {
    for (let row = Math.floor(y / CELL); row <= Math.floor((y + h) / CELL); row += 1) {
      for (let column = Math.floor(x / CELL); column <= Math.floor((x + w) / CELL); column += 1) {
        if (visit(row * 4096 + column)) return true;
      }
    }
    return false;
  }

  /** @param {Box} box @param {string} owner */
  function add(box, owner) {
    visitCells(box, (key) => {
      const cell = cells.get(key);
      if (cell) cell.push({ box, owner });
      else cells.set(key, [{ box, owner }]);
      return false;
    });
  }

  /** @param {Box[]} boxes @param {string} [but] owner of those that do not count */
  function meets(boxes, but) {
    return boxes.some((box) =>
      visitCells(
        box,
        (key) => (cells.get(key) || []).some((other) => overlaps(box, other.box) && (!but || other.owner !== but)),
      )
    );
  }

  return { add, meets };
}

/**
 * Boxes that stand for a line, where it is near the view.
 * @param {number[]} points x0, y0, x1, y1 …
 * @param {number} reach half its width, pixels
 * @param {Box} view
 */
export function alongLine(points, reach, view) {
  /** @type {Box[]} */
  const boxes = [];
  for (let i = 2; i < points.length; i += 2) {
    const [x0, y0, x1, y1] = points.slice(i - 2, i + 2);
    const around = {
      x: Math.min(x0, x1) - reach,
      y: Math.min(y0, y1) - reach,
      w: Math.abs(x1 - x0) + 2 * reach,
      h: Math.abs(y1 - y0) + 2 * reach,
    };
    if (!overlaps(around, view)) continue;
    const count = Math.max(1, Math.ceil(Math.hypot(x1 - x0, y1 - y0) / STEP));
    for (let step = 0; step < count; step += 1) {
      const share = (step + 0.5) / count;
      const [x, y] = [x0 + (x1 - x0) * share, y0 + (y1 - y0) * share];
      const box = { x: x - reach, y: y - reach, w: 2 * reach, h: 2 * reach };
      if (overlaps(box, view)) boxes.push(box);
    }
  }
  return boxes;
}

/** @param {Box} box @param {Box} view */
export function inside(box, view) {
  return box.x >= view.x && box.y >= view.y && box.x + box.w <= view.x + view.w && box.y + box.h <= view.y + view.h;
}

/** @param {Box} a @param {Box} b */
export function overlaps(a, b) {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}
