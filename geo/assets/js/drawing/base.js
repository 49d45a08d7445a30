// @ts-check
// Land, water, frontiers and graticule of one era: what lies under its features, and what over them.

import { node } from "./node.js";

/** @typedef {import("../state/data.js").Data} Data */

/** Degrees between meridians and parallels: the first that is far enough apart on paper and screen, pixels. */
const GRATICULES = [5, 10, 30];
const APART = 40;

/** Parallels the meridians run between. */
const [SOUTH, NORTH] = [-60, 75];

/** Where page or plate hold the relief's image. */
const RELIEF = "#relief";
/** @type {number[][][]} */
const NOWHERE = [];

/** @typedef {import("./ink.js").Ink} Ink */
/** @typedef {import("./node.js").SvgNode} SvgNode */
/** @typedef {import("./projection.js").Projection} Projection */

/**
 * The shapes all eras have, each as one list: the same lists every time, so that their paths are written once. @type
 * {WeakMap<any, any>}
 */
const wholes = new WeakMap();

/**
 * @param {Data} data
 * @param {number} era
 * @param {Projection} projection
 * @param {Ink} ink
 * @param {Data["relief"]} [relief] what hills are shaded with
 * @returns {{ground: SvgNode, lines: SvgNode}}
 */
export function drawBase(data, era, projection, ink, relief = data.relief) {
  const whole = wholeOf(data);
  const areas = (/** @type {number[][][]} */ shape) => projection.once(shape, () => projection.polygons(shape));
  const strokes = (/** @type {number[][]} */ shape) => projection.once(shape, () => projection.lines(shape));
  const path = (/** @type {string} */ style, /** @type {string} */ d) => node("path", { d, ...ink.style(style) });
  const land = `${ink.prefix}land`;
  const borders = data.eras[era].borders.map((i) => data.base.borders[i]);
  const frontiers = (/** @type {boolean} */ unsettled) =>
    borders
      .filter(({ unsure }) => Boolean(unsure) === unsettled).map(({ shape }) => strokes(shape)).join("");
  return {
    ground: node(
      "g",
      { class: "base" },
      node("path", { d: areas(whole.world), fill: ink.outside() }),
      node("path", { id: land, d: areas(whole.land), ...ink.style("land") }),
      node("clipPath", { id: `${ink.prefix}on-land` }, node("use", { href: `#${land}` })),
      path("home", areas(homeOf(data, era))),
      ...shading(relief, projection),
      path("graticule", graticule(projection)),
    ),
    lines: node(
      "g",
      { class: "base" },
      path("river", strokes(whole.rivers)),
      path("lake", areas(lakesOf(data, era))),
      path("border", frontiers(false)),
      path("unsettled", frontiers(true)),
      path("coast", strokes(whole.coast)),
    ),
  };
}

/**
 * A small map: land, home and lakes.
 * @param {Data} data
 * @param {number} era
 * @param {Projection} projection
 * @param {Ink} ink
 * @param {boolean} [beyond] whether land beyond the region is on it
 * @returns {SvgNode[]}
 */
export function drawSmall(data, era, projection, ink, beyond = false) {
  const whole = wholeOf(data);
  return [
    ...(beyond ? [node("path", { d: projection.polygons(whole.world), ...ink.style("land") })] : []),
    node("path", { d: projection.polygons(whole.land), ...ink.style("land") }),
    node("path", { d: projection.polygons(homeOf(data, era)), ...ink.style("home") }),
    node("path", { d: projection.polygons(lakesOf(data, era)), ...ink.style("water") }),
  ];
}

/**
 * Hill shading, as a reference: page or plate hold the image once, on a unit square that this lays on its extent.
 * @param {Data["relief"]} relief
 * @param {Projection} projection
 */
function shading(relief, projection) {
  const opacity = relief ? faded(relief.fades, projection.zoom) : 0;
  if (!relief || !opacity) return [];
  const [x, y, w, h] = projection.frame(relief.extent);
  const place = [w, 0, 0, h, x, y].map((value) => Math.round(value * 100) / 100);
  return [
    node("use", { href: RELIEF, transform: `matrix(${place.join(" ")})`, opacity: opacity < 1 && opacity.toFixed(2) }),
  ];
}

/**
 * A share between two of some shares by zoom.
 * @param {[number, number][]} fades zoom and share, rising zooms
 * @param {number} zoom
 */
function faded(fades, zoom) {
  const next = fades.findIndex(([at]) => at >= zoom);
  if (next <= 0) return fades[next < 0 ? fades.length - 1 : 0][1];
  const [[from, more], [to, less]] = fades.slice(next - 1, next + 1);
  return more + ((less - more) * (zoom - from)) / (to - from);
}

/** The state set off from its neighbours: nothing where the map has none. @param {Data} data @param {number} era */
function homeOf(data, era) {
  const { home } = data.eras[era];
  return home === undefined ? NOWHERE : data.base.homes[home];
}

/** @param {Data} data */
function wholeOf(data) {
  const known = wholes.get(data);
  if (known) return known;
  const { world, land, rivers, coast } = data.base;
  /** @type {Record<string, any>} */
  const made = { world: world.flat(), land: land.flat(), rivers: rivers.flat(), coast: coast.flat() };
  wholes.set(data, made);
  return made;
}

/**
 * The lakes of an era's day: the same list for all eras that have the same.
 * @param {Data} data
 * @param {number} era
 */
function lakesOf(data, era) {
  const whole = wholeOf(data);
  /** @type {number[]} */
  const dry = data.eras[era].dry || [];
  const key = `lakes without ${dry}`;
  whole[key] = whole[key] ||
    data.base.lakes.filter((/** @type {any} */ _, /** @type {number} */ i) => !dry.includes(i)).flat();
  return whole[key];
}

/**
 * Path data of meridians and parallels.
 * @param {Projection} projection
 */
function graticule(projection) {
  /** @type {[number, number][][]} */
  const lines = [];
  const step = GRATICULES.find((degrees) => projection.scale * degrees >= APART * 360) || 30;
  for (let longitude = -180; longitude <= 180; longitude += step) {
    lines.push([[longitude, SOUTH], [longitude, NORTH]]);
  }
  for (let latitude = Math.ceil(SOUTH / step) * step; latitude <= NORTH; latitude += step) {
    lines.push([[-180, latitude], [180, latitude]]);
  }
  return lines.map(([start, end]) => projection.rule(start, end)).join("");
}
