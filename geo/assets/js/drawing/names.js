// @ts-check
// Which names an era would like to show, in what style, in what order.

import { smooth } from "./arrows.js";
import { nearest } from "./polyline.js";
import { firstDay } from "../util/moments.js";
import { zoomFactor } from "./projection.js";

/** @typedef {import("../state/data.js").Feature} Feature */
/** @typedef {import("./projection.js").Projection} Projection */
/**
 * @typedef {object} Name
 * @property {string[]} lines
 * @property {string} style
 * @property {number} order lower first
 * @property {number} x
 * @property {number} y
 * @property {[number, number, string][]} spots where it may stand, from its point: right, down, side
 * @property {[number, number][]} [path] a line it may stand along instead
 * @property {[number, number][]} [elsewhere] other points it may stand at
 * @property {number} [lift] how far above that line
 * @property {number} [dot] radius of a town's dot
 * @property {string} [id] of the feature it names
 * @property {string} [actor]
 */

/**
 * What is to be seen: an era with some layers in a projection.
 * @typedef {object} Scene
 * @property {Projection} projection
 * @property {number} era
 * @property {Feature[]} visible
 * @property {Map<string, [number, number]>} offsets of icons in a stack, by feature id
 * @property {Map<string, import("./columns.js").Column>} columns arrows as they are drawn, by feature id
 * @property {string} selected id of the chosen feature, named before all others
 * @property {string} key names era, layers, moment and filter
 * @property {import("../util/moments.js").Moment} [moment]
 */

/**
 * All names a scene would like to show, the most important first.
 * @param {any} data
 * @param {Scene} scene
 * @returns {Name[]}
 */
export function collectNames(data, scene) {
  const { projection, era } = scene;
  const lowest = lowestRank(projection.zoom);
  return [
    ...scene.visible.flatMap((feature) => featureNames(data, scene, feature, lowest)),
    ...waterAndStates(data, projection, data.eras[era], lowest),
    ...places(data, projection, era, lowest),
  ].sort((a, b) => a.order - b.order);
}

/** Ranks labelled at a zoom: 1 always, 2 from the usual opening view on, and so on. @param {number} zoom */
function lowestRank(zoom) {
  return 1 + [3.3, 5, 6, 7.25].filter((step) => zoom >= step).length;
}

/**
 * @param {any} data
 * @param {Scene} scene
 * @param {Feature} feature
 * @param {number} lowest
 * @returns {Name[]}
 */
function featureNames(data, { projection, offsets, columns, selected, moment }, feature, lowest) {
  const chosen = feature.id === selected;
  const kind = data.kinds[feature.kind];
  const column = columns.get(feature.id);
  if (kind.form === "axis" && !column) return [];
  const dates = kind.form === "axis" && (lowest >= 3 || chosen) ? stopDates(projection, feature, kind, moment) : [];
  if (!feature.label || !feature.rank || (feature.rank > lowest && !chosen)) return dates;
  const at = feature.at || feature.labelAt;
  if (!at) return dates;
  // A name stays with its arrow, which may not have come as far as the place of its label.
  const place = projection.point(at);
  const [x, y] = column ? column.way[nearest(column.way, place).index] : place;
  const [dx, dy] = offsets.get(feature.id) || [0, 0];
  const factor = zoomFactor(projection.zoom);
  const style = featureStyle(data, feature);
  const order = chosen ? -1 : feature.rank * 10 + { area: 0, line: 2, point: 3 }[style];
  const name = { style, actor: feature.actor, id: feature.id, order, x: x + dx, y: y + dy };
  if (style === "area") {
    const room = (feature.room / 360) * projection.scale;
    return [{ ...name, lines: wrapped(feature.label), spots: centred(room) }, ...dates];
  }
  if (style === "point") {
    return [{ ...name, lines: wrapped(feature.label), spots: around((kind.size / 2) * factor + 3) }, ...dates];
  }
  const shape = /** @type {number[][]} */ (feature.shape);
  const longest = shape.reduce((a, b) => (b.length > a.length ? b : a));
  const thickness = kind.form === "axis" ? kind.width * Math.max(1, feature.force) : kind.width * (feature.force || 1);
  return [{
    ...name, lines: wrapped(feature.label), spots: around(9),
    path: column ? column.way : pairs(projection.line(longest, Boolean(kind.curve)), kind.curve),
    lift: thickness / 2 + 9,
  }, ...dates];
}

/**
 * Dates beside the stops of an axis.
 * @param {Projection} projection
 * @param {Feature} feature
 * @param {any} kind
 * @param {import("../util/moments.js").Moment} [moment] later dates are left out
 * @returns {Name[]}
 */
function stopDates(projection, feature, kind, moment) {
  if (!feature.stops.some(([date]) => date)) return [];
  const line = pairs(projection.line(/** @type {number[][]} */ (feature.shape)[0], true), false);
  const reach = (kind.width * Math.max(1, feature.force)) / 2 + 5;
  return feature.stops.flatMap(([date, , short], i) => {
    if (!date || i === 0 || (moment && firstDay(date) >= moment.to)) return [];
    return [{ lines: [short], style: "date", actor: feature.actor, order: 36, x: line[i][0], y: line[i][1], spots: around(reach) }];
  });
}

/**
 * @param {number[]} flat x0, y0, x1, y1 …
 * @param {boolean} curved
 * @returns {[number, number][]}
 */
function pairs(flat, curved) {
  if (curved) return smooth(flat).line;
  /** @type {[number, number][]} */
  const points = [];
  for (let i = 0; i < flat.length; i += 2) points.push([flat[i], flat[i + 1]]);
  return points;
}

/**
 * @param {any} data
 * @param {Projection} projection
 * @param {any} era
 * @param {number} lowest
 * @returns {Name[]}
 */
function waterAndStates(data, projection, era, lowest) {
  return data.base.names
    .filter((/** @type {any} */ name) => name.r <= lowest && (!name.b || name.b <= era.day) && (!name.e || era.day < name.e))
    .map((/** @type {any} */ name) => {
      const [x, y] = projection.point(name.at);
      const style = name.water ? "water" : name.home ? "home" : "state";
      const lines = style === "water" ? name.n.split("\n") : wrapped(name.n.toUpperCase(), 12);
      const order = name.water && name.r === 1 ? -2 : name.home ? 9 : name.r * 10 + (name.water ? 1 : 5);
      const path = name.path && smooth(name.path.flatMap((/** @type {[number, number]} */ at) => projection.point(at))).line;
      const elsewhere = path && path.filter((/** @type {any} */ _, /** @type {number} */ i) => i % 5 === 0);
      return { lines, style, order, x, y, spots: centred(), path, elsewhere, lift: 0 };
    });
}

/**
 * @param {any} data
 * @param {Projection} projection
 * @param {number} era
 * @param {number} lowest
 * @returns {Name[]}
 */
function places(data, projection, era, lowest) {
  return data.base.places
    .map((/** @type {any} */ place) => ({ ...place, name: placeName(place, era) }))
    .filter((/** @type {any} */ place) => place.name && place.r <= lowest)
    .map((/** @type {any} */ place) => {
      const [x, y] = projection.point(place.at);
      return {
        lines: [place.name], style: placeStyle(place), order: place.r * 10 + 4,
        x, y, dot: place.r === 1 ? 2.6 : 2, spots: around(5),
      };
    });
}

/**
 * Every text an era may show, with its style: to measure them before they are needed.
 * @param {any} data
 * @param {number} era
 * @returns {[string, string][]}
 */
export function allTexts(data, era) {
  return [
    ...data.features.filter((/** @type {Feature} */ feature) => feature.label && feature.eras[era])
      .flatMap((/** @type {Feature} */ feature) => [feature.label, ...wrapped(feature.label)].map((line) => [line, featureStyle(data, feature)])),
    ...data.base.places.map((/** @type {any} */ place) => [placeName(place, era), placeStyle(place)]),
  ].filter(([text]) => text);
}

/** @param {any} data @param {Feature} feature @returns {"area" | "line" | "point"} */
function featureStyle(data, feature) {
  const { form } = data.kinds[feature.kind];
  return form === "area" || form === "point" ? form : "line";
}

/** @param {any} place @param {number} era */
function placeName(place, era) {
  if (typeof place.n === "string") return place.n;
  return place.n.filter((/** @type {[number, string]} */ [from]) => from <= era).pop()[1];
}

/** @param {any} place */
function placeStyle(place) {
  return place.r === 1 ? "city" : "town";
}

/**
 * Break a long label into two or three lines.
 * @param {string} text
 * @param {number} [longest] characters before a break
 */
function wrapped(text, longest = 20) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines[lines.length - 1];
    if (last && last.length + word.length >= longest) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines;
}

/**
 * Places around a point: right, left, above, below, then the corners.
 * @param {number} reach
 * @returns {[number, number, string][]}
 */
function around(reach) {
  const slant = reach * 0.75;
  return [
    [reach, 0, "start"], [-reach, 0, "end"], [0, -reach, "above"], [0, reach, "below"],
    [slant, -slant, "start"], [slant, slant, "start"], [-slant, -slant, "end"], [-slant, slant, "end"],
  ];
}

/**
 * The middle, then some way up, down and aside, as far as there is room.
 * @param {number} [room] pixels from the middle to the nearest edge
 * @returns {[number, number, string][]}
 */
function centred(room = 60) {
  /** @type {[number, number][]} */
  const shifts = [[0, 0], [0, 20], [0, -20], [34, 0], [-34, 0], [0, 42], [0, -42]];
  return shifts.filter(([x, y]) => Math.hypot(x, y) <= Math.max(0, room - 8)).map(([x, y]) => [x, y, "middle"]);
}
