// @ts-check
// From arcs to pixels: Web Mercator at one zoom and pixel origin.

import { simplify } from "./simplify.js";

/**
 * How far a drawn line may be off, pixels: with rounding to a tenth, and a quarter in the data, it stays below half.
 */
const TOLERANCE = 0.18;

/** Pixels around what is drawn in full where strokes still reach in. */
export const ROOM = 40;

/** Pixels around the world at zoom 0. */
export const TILE = 256;

/** Width of the map in a usual window and in the largest, pixels, and how much larger type is there. */
const [LARGE, GROWTH] = [[850, 1860], 0.4];

/** @typedef {{x0: number, y0: number, x1: number, y1: number}} Region on the unit square */
/**
 * @typedef {object} Place
 * @property {number} zoom
 * @property {number} x pixel origin
 * @property {number} y
 * @property {Region} region what is drawn in full
 * @property {number} [tolerance] how far a line may be off, pixels
 * @property {number} [growth] how much larger than usual type and signs are
 */

/**
 * What is drawn into.
 * @typedef {object} Sheet
 * @property {[number, number]} size width and height, pixels
 * @property {number} margin around the bounds that it shows, pixels
 * @property {number} around pixels drawn beside it on every side
 * @property {number} [tolerance] how far a line may be off, pixels
 */

/** @type {WeakMap<Float64Array, Region>} */
const extents = new WeakMap();

export class Projection {
  /**
   * @param {Place} place
   * @param {import("../state/data.js").Arcs} arcs
   */
  constructor({ zoom, x, y, region, tolerance = TOLERANCE, growth = 1 }, arcs) {
    this.zoom = zoom;
    this.x = x;
    this.y = y;
    this.scale = TILE * 2 ** zoom;
    this.arcs = arcs;
    this.region = region;
    this.tolerance = tolerance;
    /** How much larger than usual type is. */
    this.growth = growth;
    /** How much smaller or larger icons and arrows are. */
    this.signs = zoomFactor(zoom) * growth;
    /** What is drawn in full, in pixels. */
    this.sheet = {
      x0: region.x0 * this.scale - x - ROOM,
      x1: region.x1 * this.scale - x + ROOM,
      y0: region.y0 * this.scale - y - ROOM,
      y1: region.y1 * this.scale - y + ROOM,
    };
    /** @type {(Float64Array | undefined)[]} */
    this.pixels = [];
    /** Path data already written, by the shape it is of. @type {Map<any, string>} */
    this.written = new Map();
  }

  /**
   * @param {[number, number]} position longitude, latitude
   * @returns {[number, number]} pixels
   */
  point(position) {
    const [x, y] = toUnit(position);
    return [x * this.scale - this.x, y * this.scale - this.y];
  }

  /**
   * Pixels per kilometre on the ground at a latitude.
   * @param {number} latitude
   */
  perKm(latitude) {
    return this.scale / (40075.017 * Math.cos((latitude * Math.PI) / 180));
  }

  /**
   * Path data of lines (lists of arc numbers).
   * @param {number[][]} lines
   * @param {boolean} [close]
   */
  lines(lines, close = false) {
    return lines.map((line) => this.path(this.line(line), close)).join("");
  }

  /**
   * Path data of polygons (lists of rings).
   * @param {number[][][]} polygons
   */
  polygons(polygons) {
    return this.lines(polygons.flat(), true);
  }

  /**
   * Path data through pixels, in steps of a tenth; what lies off the sheet is left out.
   * @param {number[]} points x0, y0, x1, y1 …
   * @param {boolean} [close]
   */
  path(points, close = false) {
    const kept = points.length < 4 ? [] : this.near(points);
    if (kept.length < 4) return "";
    let [x, y] = [Math.round(kept[0] * 10), Math.round(kept[1] * 10)];
    const steps = [`M${x / 10} ${y / 10}l`];
    for (let i = 2; i < kept.length; i += 2) {
      const [nextX, nextY] = [Math.round(kept[i] * 10), Math.round(kept[i + 1] * 10)];
      const [dx, dy] = [(nextX - x) / 10, (nextY - y) / 10];
      // A minus sign separates numbers as well as a blank does.
      steps.push(i > 2 && dx >= 0 ? " " : "", String(dx), dy < 0 ? "" : " ", String(dy));
      [x, y] = [nextX, nextY];
    }
    if (close) steps.push("z");
    return steps.join("");
  }

  /**
   * Leave out vertices that lie off the sheet on the same side as both their neighbours.
   * @param {number[]} points
   * @returns {number[]} nothing when all lie on one side
   */
  near(points) {
    const last = points.length - 2;
    let all = 15;
    let any = 0;
    const sides = new Uint8Array(points.length / 2);
    for (let i = 0; i <= last; i += 2) {
      const side = this.side(points[i], points[i + 1]);
      sides[i / 2] = side;
      all &= side;
      any |= side;
    }
    if (all) return [];
    if (!any) return points;
    const kept = [points[0], points[1]];
    let before = sides[0];
    for (let i = 2; i < last; i += 2) {
      if (before & sides[i / 2] & sides[i / 2 + 1]) continue;
      kept.push(points[i], points[i + 1]);
      before = sides[i / 2];
    }
    kept.push(points[last], points[last + 1]);
    return kept;
  }

  /** On which sides of the sheet a point lies, as bits. @param {number} x @param {number} y */
  side(x, y) {
    const { x0, y0, x1, y1 } = this.sheet;
    return (x < x0 ? 1 : 0) | (x > x1 ? 2 : 0) | (y < y0 ? 4 : 0) | (y > y1 ? 8 : 0);
  }

  /**
   * Write path data, or give what was written of the same shape: for what all eras show.
   * @param {any} shape
   * @param {() => string} write
   */
  once(shape, write) {
    if (!this.written.has(shape)) this.written.set(shape, write());
    return this.written.get(shape) || "";
  }

  /**
   * Pixels of one line: x0, y0, x1, y1 …
   * @param {number[]} line arc numbers; ~n is arc n backwards
   * @param {boolean} [whole] with every vertex
   */
  line(line, whole = false) {
    /** @type {number[]} */
    const points = [];
    for (const number of line) {
      const index = number < 0 ? ~number : number;
      const pixels = whole ? this.vertices(index) : this.arc(index);
      const skip = points.length ? 2 : 0; // an arc begins where the last one ended
      if (number >= 0) {
        for (let i = skip; i < pixels.length; i += 1) points.push(pixels[i]);
      } else {
        for (let i = pixels.length - 2 - skip; i >= 0; i -= 2) points.push(pixels[i], pixels[i + 1]);
      }
    }
    return points;
  }

  /** Pixels of every vertex of an arc. @param {number} number */
  vertices(number) {
    return this.project(this.arcs.at(number));
  }

  /** Pixels of a line on the unit square. @param {Float64Array} unit */
  project(unit) {
    return unit.map((value, i) => value * this.scale - (i % 2 ? this.y : this.x));
  }

  /**
   * Pixels of an arc, simplified; its ends stay, so that neighbours still meet.
   * @param {number} number
   */
  arc(number) {
    const known = this.pixels[number];
    if (known) return known;
    const unit = this.arcs.at(number);
    // An arc that lies outside is drawn by its ends: they lie in its extent, so outside too.
    const pixels = touches(extentOf(unit), this.region)
      ? simplify(this.project(unit), this.tolerance)
      : this.project(Float64Array.of(...unit.slice(0, 2), ...unit.slice(-2)));
    this.pixels[number] = pixels;
    return pixels;
  }

  /**
   * Path data of a meridian or parallel, cut at the sheet's edge: whole ones round the world would only make files
   * larger.
   * @param {[number, number]} start longitude and latitude of its southern or western end
   * @param {[number, number]} end
   */
  rule(start, end) {
    const [[x0, y0], [x1, y1], sheet] = [this.point(start), this.point(end), this.sheet];
    const clamp = (/** @type {number} */ value, /** @type {number} */ low, /** @type {number} */ high) =>
      Math.round(Math.max(low, Math.min(high, value)) * 10) / 10;
    const [left, right] = [x0, x1].map((x) => clamp(x, sheet.x0, sheet.x1));
    const [bottom, top] = [y0, y1].map((y) => clamp(y, sheet.y0, sheet.y1));
    if (x0 === x1) return x0 >= sheet.x0 && x0 <= sheet.x1 ? `M${left} ${top}V${bottom}` : "";
    return y0 >= sheet.y0 && y0 <= sheet.y1 ? `M${left} ${top}H${right}` : "";
  }

  /**
   * Where an image of some ground goes, as x, y, width and height in pixels.
   * @param {[number, number, number, number]} extent west, south, east, north
   */
  frame([west, south, east, north]) {
    const [[x0, y0], [x1, y1]] = [this.point([west, north]), this.point([east, south])];
    return [x0, y0, x1 - x0, y1 - y0];
  }
}

/**
 * Where a sheet of some size shows bounds as large as they fit, in the middle.
 * @param {number[]} bounds west, south, east, north
 * @param {[number, number]} size width and height, pixels
 * @param {number} margin around the bounds, pixels
 * @param {number} [around] pixels drawn beside the sheet on every side
 * @returns {Place}
 */
export function fitBounds([west, south, east, north], [width, height], margin, around = 0) {
  const [left, bottom] = toUnit([west, south]);
  const [right, top] = toUnit([east, north]);
  const scale = Math.min((width - 2 * margin) / (right - left), (height - 2 * margin) / (bottom - top));
  const x = ((left + right) / 2) * scale - width / 2;
  const y = ((top + bottom) / 2) * scale - height / 2;
  const region = {
    x0: (x - around) / scale,
    x1: (x + width + around) / scale,
    y0: (y - around) / scale,
    y1: (y + height + around) / scale,
  };
  return { zoom: Math.log2(scale / TILE), x, y, region, growth: growthOf(width, height) };
}

/**
 * The bounds that a sheet shows within its margin when a place is in its middle.
 * @param {{center: [number, number], zoom: number}} view latitude and longitude
 * @param {[number, number]} size width and height, pixels
 * @param {number} margin pixels
 * @returns {[number, number, number, number]} west, south, east, north
 */
export function boundsAround({ center, zoom }, size, margin) {
  const [x, y] = toUnit([center[1], center[0]]);
  const [dx, dy] = size.map((side) => (side / 2 - margin) / (TILE * 2 ** zoom));
  const north = (/** @type {number} */ at) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * at))) * 180) / Math.PI;
  return [(x - dx) * 360 - 180, north(y + dy), (x + dx) * 360 - 180, north(y - dy)];
}

/**
 * How much larger type and signs are on a large map: it is looked at from farther away.
 * @param {number} width pixels
 * @param {number} height
 */
export function growthOf(width, height) {
  const [usual, largest] = LARGE;
  const share = (Math.min(width, height * 1.5) - usual) / (largest - usual);
  return Math.round((1 + GROWTH * Math.max(0, Math.min(1, share))) * 100) / 100;
}

/** Ranks named at a zoom: 1 always, 2 from the usual opening view on, and so on. @param {number} zoom */
export function lowestRank(zoom) {
  return 1 + [3.3, 5, 6, 7.25].filter((step) => zoom >= step).length;
}

/**
 * How much smaller or larger icons and arrows are at a zoom: a phone shows all Iran at 4.3.
 * @param {number} zoom
 */
function zoomFactor(zoom) {
  return Math.max(0.7, Math.min(1.15, 0.7 + (zoom - 4.2) * 0.28));
}

/**
 * Web Mercator (EPSG:3857) scaled to the unit square, origin north-west.
 * @param {[number, number]} position longitude, latitude
 * @returns {[number, number]}
 */
export function toUnit([longitude, latitude]) {
  const phi = (Math.max(-85, Math.min(85, latitude)) * Math.PI) / 180;
  return [(longitude + 180) / 360, 0.5 - Math.log(Math.tan(phi) + 1 / Math.cos(phi)) / (2 * Math.PI)];
}

/** @param {Float64Array} unit @returns {Region} */
function extentOf(unit) {
  const known = extents.get(unit);
  if (known) return known;
  const extent = { x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity };
  for (let i = 0; i < unit.length; i += 2) {
    extent.x0 = Math.min(extent.x0, unit[i]);
    extent.x1 = Math.max(extent.x1, unit[i]);
    extent.y0 = Math.min(extent.y0, unit[i + 1]);
    extent.y1 = Math.max(extent.y1, unit[i + 1]);
  }
  extents.set(unit, extent);
  return extent;
}

/** @param {Region} a @param {Region} b */
function touches(a, b) {
  return a.x0 <= b.x1 && b.x0 <= a.x1 && a.y0 <= b.y1 && b.y0 <= a.y1;
}
