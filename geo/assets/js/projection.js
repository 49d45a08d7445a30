// @ts-check
// From arcs to pixels: one Projection per zoom and pixel origin of the Leaflet map.

import { toUnit } from "./data.js";

/** Vertices closer than this to the last one drawn are left out, pixels. */
const THIN = 0.7;

/** How far around the view everything is drawn in full, as a share of the view. */
const AROUND = 0.5;

/** @typedef {{x0: number, y0: number, x1: number, y1: number}} Region on the unit square */

/** @type {WeakMap<Float64Array, Region>} */
const extents = new WeakMap();

export class Projection {
  /**
   * @param {any} map a Leaflet map
   * @param {Float64Array[]} arcs
   */
  constructor(map, arcs) {
    const origin = map.getPixelOrigin();
    this.zoom = map.getZoom();
    this.x = origin.x;
    this.y = origin.y;
    this.scale = 256 * 2 ** this.zoom;
    this.arcs = arcs;
    this.region = this.seen(map, AROUND);
    /** @type {(Float64Array | undefined)[]} */
    this.pixels = new Array(arcs.length);
    /** Path data already written, by the shape it is of. @type {Map<any, string>} */
    this.written = new Map();
  }

  /** @param {any} map whether this projection still fits the map */
  fits(map) {
    const origin = map.getPixelOrigin();
    if (map.getZoom() !== this.zoom || origin.x !== this.x || origin.y !== this.y) return false;
    const view = this.seen(map, 0);
    const { region } = this;
    return view.x0 >= region.x0 && view.y0 >= region.y0 && view.x1 <= region.x1 && view.y1 <= region.y1;
  }

  /**
   * What a map shows, and some of what lies around it.
   * @param {any} map
   * @param {number} around share of the view
   * @returns {Region}
   */
  seen(map, around) {
    const size = map.getSize();
    const corner = map.containerPointToLayerPoint([0, 0]);
    const [dx, dy] = [size.x * around, size.y * around];
    return {
      x0: (corner.x + this.x - dx) / this.scale, x1: (corner.x + this.x + size.x + dx) / this.scale,
      y0: (corner.y + this.y - dy) / this.scale, y1: (corner.y + this.y + size.y + dy) / this.scale,
    };
  }

  /**
   * @param {[number, number]} position longitude, latitude
   * @returns {[number, number]} layer pixels
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
    return lines.map((line) => this.path(line, close)).join("");
  }

  /**
   * Path data of polygons (lists of rings).
   * @param {number[][][]} polygons
   */
  polygons(polygons) {
    return this.lines(polygons.flat(), true);
  }

  /** Path data of one line. @param {number[]} line @param {boolean} close */
  path(line, close) {
    const points = this.line(line);
    return points.length < 4 ? "" : `M${points.join(" ")}${close ? "Z" : ""}`;
  }

  /**
   * Write path data, or give what was written of the same shape: for what all eras show.
   * @param {any} shape
   * @param {() => string} write
   */
  once(shape, write) {
    const known = this.written.get(shape);
    if (known !== undefined) return known;
    const path = write();
    this.written.set(shape, path);
    return path;
  }

  /**
   * Pixels of one line: x0, y0, x1, y1 …, a tenth of a pixel exact.
   * @param {number[]} line arc numbers
   * @param {boolean} [whole] with every vertex, also those beside the view or close together
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
    const unit = this.arcs[number];
    return unit.map((value, i) => value * this.scale - (i % 2 ? this.y : this.x));
  }

  /**
   * Pixels of an arc, thinned; its ends stay, so that neighbours still meet.
   * @param {number} number
   */
  arc(number) {
    const known = this.pixels[number];
    if (known) return known;
    const unit = this.arcs[number];
    // An arc that lies outside is drawn by its ends: they lie in its extent, so outside too.
    const inside = touches(extentOf(unit), this.region);
    const kept = [];
    let lastX = Infinity;
    let lastY = Infinity;
    for (let i = 0; i < unit.length; i += 2) {
      const x = Math.round((unit[i] * this.scale - this.x) * 10) / 10;
      const y = Math.round((unit[i + 1] * this.scale - this.y) * 10) / 10;
      const end = i === 0 || i === unit.length - 2;
      if (!end && !inside) continue;
      if (!end && Math.abs(x - lastX) < THIN && Math.abs(y - lastY) < THIN) continue;
      kept.push(x, y);
      lastX = x;
      lastY = y;
    }
    const pixels = Float64Array.from(kept);
    this.pixels[number] = pixels;
    return pixels;
  }
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
