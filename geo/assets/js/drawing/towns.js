// @ts-check
// Names of towns: the larger ones, and those in which something happened.

import { around } from "./spots.js";

/** @typedef {import("../state/data.js").Data} Data */
/** @typedef {import("./names.js").Name} Name */
/** @typedef {import("./names.js").Scene} Scene */

/**
 * How far from a town its events may be drawn, from one too small to be named else, and how much nearer one of the next
 * rank must be, pixels.
 */
const [BESIDE, AT, LARGER] = [15, 7, 6];

/**
 * Names of the towns of an era.
 * @param {Data} data
 * @param {Scene} scene
 * @param {number} lowest rank that is named
 * @returns {Name[]}
 */
export function townNames(data, scene, lowest) {
  const { projection, era } = scene;
  const shown = data.base.places.map((/** @type {any} */ place) => ({
    ...place,
    name: placeName(place, era),
    point: projection.point(place.at),
  }))
    .filter((/** @type {any} */ place) => place.name && place.rank <= lowest + 1);
  const events = eventsOf(data, scene, lowest, shown);
  return shown.flatMap((/** @type {any} */ place) => {
    const [x, y] = place.point;
    const capital = Boolean(place.capital);
    const here = events.filter(({ town }) => town === place);
    // A sign must not take a town's name away, unless its own says it.
    const also = (place.others || []).map((/** @type {string[]} */ [other]) => other);
    const event = here.length > 0 &&
      !here.some(({ label }) => [place.name, ...also].some((name) => label.includes(name)));
    if (place.rank > lowest && !event) return [];
    const order = place.rank > lowest || !event
      ? place.rank * 10 + 4
      : Math.min(place.rank, ...here.map(({ rank }) => rank)) * 10 + 0.5;
    const farther = here.flatMap(({ reach }) => around(reach + 3));
    return [{
      lines: [place.name],
      also,
      style: placeStyle(place),
      order: capital ? -1.4 : order,
      needed: capital,
      event,
      overLines: place.rank === 1 || (event && here.some(({ solid }) => solid)),
      x,
      y,
      dot: place.rank === 1 ? 2.6 : 2,
      spots: capital ? [...around(5), ...around(15), ...around(26)] : [...around(5), ...farther],
    }];
  });
}

/**
 * What happened in towns: signs that are no dots, goals of arrows, points of callouts. Each is of one town, the nearest
 * or a larger one almost as near.
 * @param {Data} data
 * @param {Scene} scene
 * @param {number} lowest
 * @param {any[]} towns
 */
function eventsOf(data, { projection, visible, signs, columns, era }, lowest, towns) {
  const told = (data.eras[era].callouts || []).map((/** @type {any} */ { at }) => ({
    at: projection.point(at),
    reach: 2,
    rank: 1,
    label: "",
    solid: false,
  }));
  const seen = visible.flatMap(({ id, at, label, rank }) => {
    const [sign, column] = [signs.of.get(id), columns.get(id)];
    if (!rank || rank > lowest) return [];
    if (column) return [{ at: column.goal, reach: column.width, rank, label: "", solid: false }];
    if (!at || !sign || sign.form === "dot") return [];
    return [{
      at: projection.point(at),
      reach: sign.size / 2 + Math.hypot(sign.dx, sign.dy),
      rank,
      label: sign.form === "badge" ? "" : label,
      solid: sign.form === "badge",
    }];
  });
  return [...told, ...seen].map((event) => {
    const away = (/** @type {any} */ { point }) => Math.hypot(point[0] - event.at[0], point[1] - event.at[1]);
    const far = (/** @type {any} */ town) => away(town) + town.rank * LARGER;
    const near = towns.filter((town) => away(town) < (town.rank > lowest ? AT : BESIDE));
    return { ...event, town: near.reduce((best, town) => (!best || far(town) < far(best) ? town : best), undefined) };
  });
}

/**
 * The name of the town nearest to a point, or of a larger one almost as near.
 * @param {Data} data
 * @param {Scene} scene
 * @param {number} x
 * @param {number} y
 */
export function townAt(data, { projection, era }, x, y) {
  const near = data.base.places.flatMap((/** @type {any} */ place) => {
    const [px, py] = projection.point(place.at);
    const away = Math.hypot(px - x, py - y);
    return away < BESIDE ? [{ name: placeName(place, era), far: away + place.rank * LARGER }] : [];
  });
  return near.sort((one, other) => one.far - other.far)[0]?.name || "";
}

/** @param {any} place @param {number} era */
export function placeName(place, era) {
  if (typeof place.names === "string") return place.names;
  return place.names.filter((/** @type {[number, string]} */ [from]) => from <= era).pop()[1];
}

/** @param {any} place */
export function placeStyle(place) {
  return place.rank === 1 ? "city" : "town";
}
