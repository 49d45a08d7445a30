// @ts-check
// Lambert's conformal conic projection, for paper: scale and areas are nearly the same all over a map of middle
// latitudes, where Web Mercator draws the north too large.
//
// Source of the formulas: J. P. Snyder, "Map Projections: A Working Manual", USGS Professional Paper 1395, 1987, pages
// 104-110, for the sphere. From Web Mercator's unit square (x, y) they are short, since the distance from the pole
// grows as exp(k · y), and the angle around it as k · x; k is 2π times Snyder's n.

import { growthOf, Projection, ROOM, TILE, toUnit } from "./projection.js";

/** @typedef {import("./projection.js").Sheet} Sheet */

/** What a sheet may show at most: from one latitude to another, and a share of the way round the world. */
const [SOUTH, NORTH, WIDEST] = [-15, 75, 0.5];

/** So long may an edge be before it bends: a degree, on the unit square. */
const STRAIGHT = 1 / 360;

/** Pixels between the points at which an image is fitted in. */
const CELL = 80;

/**
 * @typedef {object} Cone
 * @property {number} k
 * @property {number} scale pixels around the world at the latitude in the middle
 * @property {[number, number]} middle on the unit square: what has the pole straight above it
 * @property {[number, number]} pole pixels
 */

/**
 * A projection for a sheet that shows some bounds, north up in their middle.
 * @param {number[]} parallels latitudes, south and north, of the same scale
 * @param {number[]} bounds west, south, east, north
 * @param {Sheet} sheet
 * @param {import("../state/data.js").Arcs} arcs
 * @returns {Conic | undefined} none for a sheet that shows more than such a map is good for
 */
export function conic(parallels, bounds, sheet, arcs) {
  const cone = fitCone(constantOf(parallels), bounds, sheet);
  const region = regionOf(cone, sheet);
  if (!region) return undefined;
  const [north, south] = [NORTH, SOUTH].map((latitude) => toUnit([0, latitude])[1]);
  if (region.y0 < north || region.y1 > south || region.x1 - region.x0 > WIDEST) return undefined;
  return new Conic(cone, region, sheet, arcs);
}

export class Conic extends Projection {
  /**
   * @param {Cone} cone
   * @param {import("./projection.js").Region} region
   * @param {Sheet} sheet
   * @param {import("../state/data.js").Arcs} arcs
   */
  constructor(cone, region, { size: [width, height], around, tolerance }, arcs) {
    super({ zoom: Math.log2(cone.scale / TILE), x: 0, y: 0, region, tolerance, growth: growthOf(width, height) }, arcs);
    this.cone = cone;
    this.size = [width, height];
    const room = around + ROOM;
    this.sheet = { x0: -room, x1: width + room, y0: -room, y1: height + room };
  }

  /** @override @param {[number, number]} position */
  point(position) {
    return pixelOf(this.cone, toUnit(position));
  }

  /** @override @param {number} latitude */
  perKm(latitude) {
    const { k, middle } = this.cone;
    return super.perKm(latitude) * Math.exp(k * (toUnit([0, latitude])[1] - middle[1]));
  }

  /** Edges bend here: a longer one is drawn through points on its way. @override @param {Float64Array} unit */
  project(unit) {
    return this.projectVertices(withPoints(unit));
  }

  /** @override @param {number} number */
  vertices(number) {
    return this.projectVertices(this.arcs.at(number));
  }

  /** @param {Float64Array} unit */
  projectVertices(unit) {
    const pixels = new Float64Array(unit.length);
    for (let i = 0; i < unit.length; i += 2) pixels.set(pixelOf(this.cone, [unit[i], unit[i + 1]]), i);
    return pixels;
  }

  /**
   * @override
   * @param {[number, number]} start longitude, latitude
   * @param {[number, number]} end
   */
  rule(start, end) {
    return this.path([...this.project(Float64Array.of(...toUnit(start), ...toUnit(end)))]);
  }

  /** An image is fitted into the sheet before (`mesh`). @override */
  frame() {
    const [width, height] = this.size;
    return [0, 0, width, height];
  }

  /**
   * Where on an image in Web Mercator the corners of a grid over the sheet lie, as shares of its sides.
   * @param {[number, number, number, number]} extent west, south, east, north of the image
   * @returns {{columns: number, rows: number, shares: number[]}} x and y of each corner, row by row
   */
  mesh([west, south, east, north]) {
    const [width, height] = this.size;
    const [columns, rows] = this.size.map((side) => Math.ceil(side / CELL));
    const [[x0, y0], [x1, y1]] = [toUnit([west, north]), toUnit([east, south])];
    const shares = [];
    for (let row = 0; row <= rows; row += 1) {
      for (let column = 0; column <= columns; column += 1) {
        const [x, y] = unitOf(this.cone, [(width * column) / columns, (height * row) / rows]);
        shares.push((x - x0) / (x1 - x0), (y - y0) / (y1 - y0));
      }
    }
    return { columns, rows, shares };
  }
}

/** @param {number[]} parallels */
function constantOf([south, north]) {
  const [a, b] = [south, north].map((latitude) => toUnit([0, latitude])[1]);
  const [c, d] = [south, north].map((latitude) => Math.cos((latitude * Math.PI) / 180));
  return Math.log(c / d) / (a - b);
}

/**
 * Bounds as large as they fit into a sheet, in its middle.
 * @param {number} k
 * @param {number[]} bounds west, south, east, north
 * @param {Sheet} sheet
 * @returns {Cone}
 */
function fitCone(k, [west, south, east, north], { size: [width, height], margin }) {
  const [left, bottom] = toUnit([west, south]);
  const [right, top] = toUnit([east, north]);
  const middle = /** @type {[number, number]} */ ([(left + right) / 2, toUnit([0, (south + north) / 2])[1]]);
  const half = (k * (right - left)) / 2;
  // From the pole to the middle of the southern edge and to the level of the northern corners, at a scale of 1.
  const lowest = Math.exp(k * (bottom - middle[1])) / k;
  const highest = (Math.exp(k * (top - middle[1])) / k) * Math.cos(half);
  const scale = Math.min(
    (width - 2 * margin) / (2 * lowest * Math.sin(half)),
    (height - 2 * margin) / (lowest - highest),
  );
  return { k, scale, middle, pole: [width / 2, height / 2 - (scale * (lowest + highest)) / 2] };
}

/**
 * What lies on a sheet and around it, as the box around it on the unit square; none where the pole does.
 * @param {Cone} cone
 * @param {Sheet} sheet
 * @returns {import("./projection.js").Region | undefined}
 */
function regionOf(cone, { size: [width, height], around }) {
  if (cone.pole[1] >= -around) return undefined;
  const [x0] = unitOf(cone, [-around, -around]);
  const [x1] = unitOf(cone, [width + around, -around]);
  const [, y0] = unitOf(cone, [cone.pole[0], -around]);
  const [, y1] = unitOf(cone, [-around, height + around]);
  return { x0, x1, y0, y1 };
}

/**
 * @param {Cone} cone
 * @param {[number, number]} unit
 * @returns {[number, number]} pixels
 */
function pixelOf({ k, scale, middle, pole }, [x, y]) {
  const distance = (scale / k) * Math.exp(k * (y - middle[1]));
  const angle = k * (x - middle[0]);
  return [pole[0] + distance * Math.sin(angle), pole[1] + distance * Math.cos(angle)];
}

/**
 * @param {Cone} cone
 * @param {[number, number]} pixel below the pole
 * @returns {[number, number]} on the unit square
 */
function unitOf({ k, scale, middle, pole }, [x, y]) {
  const [dx, dy] = [x - pole[0], y - pole[1]];
  return [middle[0] + Math.atan2(dx, dy) / k, middle[1] + Math.log((Math.hypot(dx, dy) * k) / scale) / k];
}

/** A line with points on its longer edges. @param {Float64Array} unit */
function withPoints(unit) {
  /** @type {number[]} */
  const points = [];
  for (let i = 0; i + 3 < unit.length; i += 2) {
    const [dx, dy] = [unit[i + 2] - unit[i], unit[i + 3] - unit[i + 1]];
    const parts = Math.max(1, Math.ceil(Math.hypot(dx, dy) / STRAIGHT));
    for (let part = 0; part < parts; part += 1) {
      points.push(unit[i] + (dx * part) / parts, unit[i + 1] + (dy * part) / parts);
    }
  }
  points.push(unit[unit.length - 2], unit[unit.length - 1]);
  return Float64Array.from(points); // a call takes no more than some ten thousand arguments
}
