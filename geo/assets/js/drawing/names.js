// @ts-check
// Which names an era would like to show, in what style, in what order.

import { smooth } from "./curve.js";
import { calloutNames, ledPlaces, pointerNames } from "./callouts.js";
import { widthOf } from "./columns.js";
import { wrapped } from "./fitting.js";
import { pointersOf } from "./inset-box.js";
import { nearest } from "./polyline.js";
import { firstDay } from "../util/moments.js";
import { lowestRank } from "./projection.js";
import { around, aroundKey, centred } from "./spots.js";
import { stateSpots } from "./states.js";
import { placeName, placeStyle, townAt, townNames } from "./towns.js";

/** @typedef {import("../state/data.js").Data} Data */
/** @typedef {import("../state/data.js").Feature} Feature */
/** @typedef {import("./fitting.js").Box} Box */
/** @typedef {import("./projection.js").Projection} Projection */
/** @typedef {import("./spots.js").Spot} Spot */
/**
 * @typedef {{x: number, y: number, spots: Spot[], tip?: number[], led?: boolean}} Stand a point and where a name may
 *   stand from it; `led`: with a leader line
 */
/**
 * @typedef {object} Name
 * @property {string[]} lines
 * @property {string[][]} [otherwise] other ways to write it, where the first finds no place
 * @property {string} style
 * @property {number} order lower first
 * @property {number} x
 * @property {number} y
 * @property {Spot[]} spots where it may stand, from its point
 * @property {(size: [number, number]) => Stand[]} [places] other points it may stand at, by its width and height
 * @property {[number, number][]} [path] a line it may stand along instead
 * @property {number} [lift] how far above that line
 * @property {number} [dot] radius of a town's dot
 * @property {string} [id] of the feature it names
 * @property {string} [actor]
 * @property {boolean} [overLines] whether it may stand on a line rather than nowhere
 * @property {boolean} [needed] whether it may stand on icons rather than nowhere
 * @property {Name} [instead] what stands for it where it finds no place
 * @property {string[]} [members] ids of the features that a badge's key names
 * @property {string} [heading] what stands above it where a leader line leads to it
 * @property {string[]} [says] ids of the features whose names a callout makes superfluous
 * @property {string[]} [also] other names of a town
 * @property {boolean} [event] whether something happened in a town
 */

/**
 * What is to be seen: an era with some layers in a projection.
 * @typedef {object} Scene
 * @property {Projection} projection
 * @property {number} era
 * @property {Feature[]} visible
 * @property {import("./signs.js").Signs} signs
 * @property {Map<string, import("./columns.js").Column>} columns arrows of advances, by feature id
 * @property {string} selected id of the chosen feature, named before all others
 * @property {string} key names era, layers, moment and filter
 * @property {boolean} [filtered] whether features of the era's layers are left out
 * @property {import("../util/moments.js").Moment} [moment]
 */
/** @typedef {{view: Box, width: import("./labels.js").Width, inset?: Box}} Sheet */

/** A map below this width is small, pixels. */
export const SMALL_MAP = 600;

/** Lines that a badge's key has on a small map; the rest is counted. Longer keys have two columns. */
const KEY = 4;

/** How far from its badge a key may stand, with a leader line, as a share of the map's width and at most, pixels. */
const [AWAY, FARTHEST] = [0.22, 200];

/** What stands between two columns. */
export const COLUMN = "\t";

/** How much room the name of a sea has around its middle: it is better read on a line than on land, pixels. */
const SEA = 30;

/** How far from its line the middle of a name along it stands, pixels. */
const LIFT = 11;

/**
 * Points of the lines that names keep clear of, by projection and shape. @type {WeakMap<Projection, Map<any,
 * number[][]>>}
 */
const tracks = new WeakMap();

/**
 * All names a scene would like to show, the most important first.
 * @param {Data} data
 * @param {Scene} scene
 * @param {Sheet} sheet
 * @returns {Name[]}
 */
export function collectNames(data, scene, sheet) {
  const { projection, era, visible, filtered } = scene;
  const lowest = lowestRank(projection.zoom);
  const now = data.base.names.filter((/** @type {any} */ name) =>
    (!name.begin || name.begin <= data.eras[era].day) && (!name.end || data.eras[era].day < name.end)
  );
  const callouts = calloutNames(data.eras[era], scene, sheet.view)
    .filter(({ says }) => !filtered || visible.some(({ id }) => says?.includes(id)));
  const said = new Set(callouts.flatMap(({ says }) => says || []));
  return [
    ...callouts,
    ...(filtered ? [] : pointerNames(pointersOf(data.eras[era], sheet.inset), projection, sheet.view)),
    ...visible.filter(({ id }) => !said.has(id)).flatMap((feature) => featureNames(data, scene, feature, lowest)),
    ...scene.signs.badges.flatMap((badge) => badgeKey(data, scene, badge, said, sheet.view)),
    ...waterAndStates(now, scene, sheet, lowest),
    ...townNames(data, scene, lowest),
  ].sort((a, b) => a.order - b.order);
}

/**
 * The lines and arrows of a scene that names keep clear of.
 * @param {Data} data
 * @param {Scene} scene
 * @returns {{points: number[], width: number, id: string}[]}
 */
export function linesOf(data, { projection, visible, columns, moment }) {
  const known = tracks.get(projection) || new Map();
  tracks.set(projection, known);
  return visible.flatMap((feature) => {
    const kind = data.kinds[feature.kind];
    if (kind.form !== "line" && kind.form !== "axis") return [];
    if (!known.has(feature.shape)) known.set(feature.shape, trackOf(projection, feature, kind));
    const width = thicknessOf(projection, feature, kind);
    // Names stay where they are while an advance goes on: then its whole way counts, else the arrow as it is drawn.
    const column = moment ? undefined : columns.get(feature.id);
    if (column) return [{ points: column.way.flat(), width, id: feature.id }];
    return (known.get(feature.shape) || []).map((/** @type {any} */ points) => ({ points, width, id: feature.id }));
  });
}

/** @param {Projection} projection @param {Feature} feature @param {any} kind @returns {number[][]} */
function trackOf(projection, { shape }, kind) {
  const curved = kind.form === "axis" || Boolean(kind.curve);
  return /** @type {number[][]} */ (shape).map((part) => {
    const points = projection.line(part, curved);
    return curved ? smooth(points).line.flat() : points;
  });
}

/** @param {Projection} projection @param {Feature} feature @param {any} kind */
function thicknessOf(projection, feature, kind) {
  return kind.form === "axis" ? widthOf(kind, feature, projection) : kind.width * (feature.force || 1);
}

/**
 * @param {Data} data
 * @param {Scene} scene
 * @param {Feature} feature
 * @param {number} lowest
 * @returns {Name[]}
 */
function featureNames(data, { projection, signs, columns, selected, moment }, feature, lowest) {
  const chosen = feature.id === selected;
  const kind = data.kinds[feature.kind];
  const column = columns.get(feature.id);
  if (kind.form === "axis" && !column) return [];
  if (!feature.label || !feature.rank || (feature.rank > lowest && !chosen)) return [];
  const dates = kind.form === "axis" && (lowest >= 3 || chosen) ? stopDates(projection, feature, kind, moment) : [];
  const at = feature.at || feature.labelAt;
  const sign = signs.of.get(feature.id);
  if (!at || (!chosen && sign?.form === "badge")) return dates;
  // A name stays with its arrow, which may not have come as far as the place of its label.
  const place = projection.point(at);
  const [x, y] = column ? column.way[nearest(column.way, place).index] : place;
  const style = featureStyle(data, feature);
  const order = chosen ? -1 : feature.rank * 10 + { area: 0, line: 2, point: 3 }[style];
  const lines = wrapped(feature.label);
  const otherwise = lines.length > 1
    ? [wrapped(feature.label, 30), wrapped(feature.label, 13)]
    : [wrapped(feature.label, 11)];
  const name = {
    style,
    actor: feature.actor,
    id: feature.id,
    order,
    lines,
    otherwise,
    overLines: chosen || style === "area",
    x: x + (sign ? sign.dx : 0),
    y: y + (sign ? sign.dy : 0),
  };
  if (style === "area") {
    const room = (feature.room / 360) * projection.scale;
    return [{ ...name, spots: centred(room) }, ...dates];
  }
  if (style === "point") return [{ ...name, spots: around((sign ? sign.size / 2 : 0) + 3) }, ...dates];
  const shape = /** @type {number[][]} */ (feature.shape);
  const longest = shape.reduce((a, b) => (b.length > a.length ? b : a));
  const path = column ? column.way : pairs(projection.line(longest, Boolean(kind.curve)), kind.curve);
  const half = thicknessOf(projection, feature, kind) / 2;
  return [{
    ...name,
    spots: around(half + 7),
    path,
    lift: half / projection.growth + LIFT,
    places: () => placesBeside(path, half + 5),
  }, ...dates];
}

/** Places beside a line, its middle first. @param {[number, number][]} path @param {number} reach @returns {Stand[]} */
function placesBeside(path, reach) {
  return [0.5, 0.3, 0.7, 0.15, 0.85, 1, 0].map((share) => {
    const [x, y] = path[Math.round(share * (path.length - 1))];
    return { x, y, spots: around(reach) };
  });
}

/**
 * What lies on one place, named one below the other: all of it, in two columns where one has no room, then less.
 * @param {Data} data
 * @param {Scene} scene
 * @param {import("./signs.js").Badge} badge
 * @param {Set<string>} said ids of what callouts tell
 * @param {Box} view
 * @returns {Name[]} nothing where callouts tell all
 */
function badgeKey(data, scene, { x, y, size, members }, said, view) {
  if (members.every(({ id }) => said.has(id))) return [];
  const labels = members.filter(({ label }) => label).sort((a, b) => a.rank - b.rank);
  const list = (/** @type {number} */ count) => {
    const chosen = new Set(labels.slice(0, count));
    const rest = members.length - chosen.size;
    return [
      ...members.filter((feature) => chosen.has(feature)).map(({ label }) => label),
      ...(rest ? [data.ui["and-more"].replace("{0}", String(rest))] : []),
    ];
  };
  const whole = view.w < SMALL_MAP ? Math.min(KEY, labels.length) : labels.length;
  const fewer = [6, KEY, 3, 2, 1].filter((count) => count < whole).map(list);
  const written = [list(whole), ...(whole > KEY ? [inColumns(list(whole))] : []), ...fewer];
  const order = Math.min(5, ...labels.map(({ rank }) => rank)) * 10 + 1;
  const actors = new Set(members.map(({ actor }) => actor));
  return [{
    lines: written[0],
    otherwise: written.slice(1),
    heading: headingOf(data, scene, x, y),
    style: "key",
    order,
    x,
    y,
    spots: [],
    members: members.map(({ id }) => id),
    actor: actors.size === 1 ? members[0].actor : "none",
    overLines: true,
    places: (
      [w, h],
    ) => [{ x, y, spots: aroundKey(size / 2 + 3) }, ...ledPlaces(x, y, w, h, Math.min(FARTHEST, AWAY * view.w))],
  }];
}

/**
 * What a key that stands away from its badge begins with: the town it is of.
 * @param {Data} data
 * @param {Scene} scene
 * @param {number} x
 * @param {number} y
 */
function headingOf(data, scene, x, y) {
  const town = townAt(data, scene, x, y);
  return town ? `${town}:` : "";
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
  const reach = thicknessOf(projection, feature, kind) / 2 + 4;
  return feature.stops.flatMap(([date, , short], i) => {
    if (!date || i === 0 || (moment && firstDay(date) >= moment.to)) return [];
    return [{
      lines: [short],
      style: "date",
      actor: feature.actor,
      order: 36,
      x: line[i][0],
      y: line[i][1],
      spots: around(reach),
    }];
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
 * @param {any[]} now names of the time
 * @param {Scene} scene
 * @param {Sheet} sheet
 * @param {number} lowest
 * @returns {Name[]}
 */
function waterAndStates(now, { projection, visible }, { view }, lowest) {
  const acting = new Set(visible.map(({ actor }) => actor));
  return now.filter((name) => name.rank <= lowest || name.actor).map((name) => {
    const [x, y] = projection.point(name.at);
    if (!name.water) return stateName(name, projection, view, acting.has(name.actor));
    const path = name.path &&
      smooth(name.path.flatMap((/** @type {[number, number]} */ at) => projection.point(at))).line;
    const elsewhere = [[x, y], ...(path || []).filter((/** @type {any} */ _, /** @type {number} */ i) => i % 5 === 0)];
    const first = name.rank === 1;
    const spots = centred(path ? SEA : undefined);
    return {
      lines: name.name.split("\n"),
      otherwise: [[name.name.replace("\n", " ")], name.name.split(/[\n ]/)],
      style: "water",
      order: first ? -2 : name.rank * 10 + 1,
      x,
      y,
      spots,
      path,
      lift: 0,
      overLines: first,
      needed: first,
      places: () => elsewhere.map(([px, py]) => ({ x: px, y: py, spots })),
    };
  });
}

/** @param {any} name @param {Projection} projection @param {Box} view @param {boolean} acts @returns {Name} */
function stateName(name, projection, view, acts) {
  const [x, y] = projection.point(name.at);
  const whole = name.name.toUpperCase();
  const power = Boolean(name.home || name.actor);
  const spots = /** @type {Spot[]} */ ([[0, 0, "middle"]]);
  return {
    lines: wrapped(whole, 12),
    otherwise: [[whole], whole.split(" ")],
    style: name.home ? "home" : power ? "power" : "state",
    order: power ? -1.5 : name.rank * 10 + 5,
    x,
    y,
    spots,
    overLines: true,
    needed: power,
    instead: acts ? pointerNames([{ text: name.name, at: name.at }], projection, view)[0] : undefined,
    places: (size) => stateSpots(name, projection, view, size, power).map(([px, py]) => ({ x: px, y: py, spots })),
  };
}

/** Lines in two columns, each of which `COLUMN` parts. @param {string[]} lines */
function inColumns(lines) {
  const half = Math.ceil(lines.length / 2);
  return lines.slice(0, half).map((line, i) => (lines[half + i] ? line + COLUMN + lines[half + i] : line));
}

/**
 * Every text an era may show, with its style: to measure them before they are needed.
 * @param {Data} data
 * @param {number} era
 * @returns {[string, string][]}
 */
export function allTexts(data, era) {
  /** @type {[string, string][]} */
  const texts = [];
  for (const feature of data.features) {
    if (!feature.label || !feature.eras[era]) continue;
    for (const line of [feature.label, ...wrapped(feature.label)]) texts.push([line, featureStyle(data, feature)]);
  }
  for (const place of data.base.places) texts.push([placeName(place, era), placeStyle(place)]);
  return texts.filter(([text]) => text);
}

/** @param {Data} data @param {Feature} feature @returns {"area" | "line" | "point"} */
function featureStyle(data, feature) {
  const { form } = data.kinds[feature.kind];
  return form === "area" || form === "point" ? form : "line";
}
