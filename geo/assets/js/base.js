// @ts-check
// Land, water, frontiers and graticule of one era: what lies under its features, and what over them.

import { svg } from "./dom.js";

/** Degrees between meridians and parallels. */
const GRATICULE = 5;

/**
 * @param {any} data
 * @param {number} era
 */
export function makeBase(data, era) {
  const { base } = data;
  const path = (/** @type {string} */ name) => svg("path", { class: name });
  const under = { world: path("outside"), land: path("land"), home: path("home"), graticule: path("graticule") };
  const over = { lakes: path("lake"), rivers: path("river"), borders: path("border"), unsettled: path("border unsettled"), coast: path("coast") };
  const ground = svg("g", { class: "base" }, ...Object.values(under));
  const lines = svg("g", { class: "base" }, ...Object.values(over));
  const whole = wholeOf(data);
  const home = base.homes[data.eras[era].home];
  const borders = data.eras[era].borders.map((/** @type {number} */ i) => base.borders[i]);
  return {
    ground,
    lines,
    /** @param {import("./projection.js").Projection} projection */
    draw(projection) {
      const areas = (/** @type {number[][][]} */ shape) => projection.once(shape, () => projection.polygons(shape));
      const strokes = (/** @type {number[][]} */ shape) => projection.once(shape, () => projection.lines(shape));
      under.world.setAttribute("d", areas(whole.world));
      under.land.setAttribute("d", areas(whole.land));
      under.home.setAttribute("d", areas(home));
      under.graticule.setAttribute("d", graticule(projection));
      over.lakes.setAttribute("d", areas(whole.lakes));
      over.rivers.setAttribute("d", strokes(whole.rivers));
      over.coast.setAttribute("d", strokes(whole.coast));
      for (const [name, unsettled] of /** @type {["borders" | "unsettled", boolean][]} */ ([["borders", false], ["unsettled", true]])) {
        over[name].setAttribute("d", borders.filter((/** @type {any} */ border) => Boolean(border.u) === unsettled)
          .map((/** @type {any} */ border) => strokes(border.g)).join(""));
      }
    },
  };
}

/** The shapes all eras have, each as one list: the same lists every time, so that their paths are written once. @param {any} data */
function wholeOf(data) {
  data.whole = data.whole
    || Object.fromEntries(["world", "land", "lakes", "rivers", "coast"].map((name) => [name, data.base[name].flat()]));
  return data.whole;
}

/**
 * Path data of meridians and parallels.
 * @param {import("./projection.js").Projection} projection
 */
function graticule(projection) {
  const point = (/** @type {number} */ longitude, /** @type {number} */ latitude) =>
    projection.point([longitude, latitude]).map(Math.round).join(" ");
  let path = "";
  for (let longitude = -180; longitude <= 180; longitude += GRATICULE) path += `M${point(longitude, -60)}L${point(longitude, 75)}`;
  for (let latitude = -60; latitude <= 75; latitude += GRATICULE) path += `M${point(-180, latitude)}L${point(180, latitude)}`;
  return path;
}
