// @ts-check
// The document's data with long names and unpacked arcs.

import { toUnit } from "./drawing/projection.js";

/**
 * @typedef {object} Era
 * @property {string} id
 * @property {string} title
 * @property {string} label
 * @property {string} dates
 * @property {string} begin ISO, first day
 * @property {string} end ISO, first day after
 * @property {string} day ISO, the day whose states and names the base shows
 * @property {string} caption
 * @property {string} alt
 * @property {[number, number, number, number]} bounds west, south, east, north
 * @property {string[]} layers shown at first
 * @property {number} home index of the home state's outline
 * @property {number[]} borders indices of the frontiers of the time
 *
 * @typedef {object} Feature
 * @property {string} id
 * @property {string} layer
 * @property {string} kind
 * @property {string} actor "none" when nobody
 * @property {string} title
 * @property {string} label
 * @property {number} rank of its label, 1 first, 0 never
 * @property {string} begin ISO or ""
 * @property {string} end ISO or "", half-open
 * @property {string} when in words
 * @property {string} certainty
 * @property {string} status claim, control, influence, route, event, installation, or ""
 * @property {number} precision km
 * @property {string[]} sources
 * @property {string[]} claims
 * @property {string} context
 * @property {string} note
 * @property {string} dispute
 * @property {string[]} figures
 * @property {[string, string][]} history
 * @property {number} force
 * @property {number} km2
 * @property {number} km
 * @property {[number, number] | undefined} at a point's longitude and latitude
 * @property {any[] | undefined} shape lines or polygons, as arc numbers
 * @property {number[][] | undefined} own edges of an area that are no frontier and no coast
 * @property {[number, number] | undefined} labelAt
 * @property {number} room degrees of longitude around an area's label that are surely inside
 * @property {[string, string, string][]} stops [EDTF, in words, in short] by vertex; [] without a date
 * @property {boolean[]} eras whether it overlaps each era
 */

/**
 * The data of a document as its scripts use them.
 * @param {any} raw as geo/payload.py packs them
 */
export function unpackData(raw) {
  const sources = Object.keys(raw.sources);
  const columns = Object.entries(raw.features); // one list for each key, 0 for nothing
  const features = raw.features.id.map((/** @type {string} */ _, /** @type {number} */ i) =>
    longNames(Object.fromEntries(columns.map(([key, values]) => [key, values[i] || undefined])), raw.eras, sources));
  return {
    ...raw,
    arcs: raw.arcs.map((/** @type {string} */ arc) => unpack(arc, raw.step / 1000)),
    features,
    /** @type {Map<string, Feature>} */
    byId: new Map(features.map((/** @type {Feature} */ feature) => [feature.id, feature])),
  };
}

/**
 * @param {any} item
 * @param {Era[]} eras
 * @param {string[]} sources ids, by number
 * @returns {Feature}
 */
function longNames(item, eras, sources) {
  const begin = item.b || "";
  const end = item.e || "";
  return {
    id: item.id, layer: item.l, kind: item.k, actor: item.a || "none",
    title: item.t, label: item.n || "", rank: item.r || 0,
    begin, end, when: item.w || "", certainty: item.c, status: item.st || "", precision: item.p || 0,
    sources: (item.s || []).map((/** @type {number} */ number) => sources[number]), claims: item.cl || [], context: item.x || "",
    note: item.note || "", dispute: item.dispute || "", figures: item.figures || [],
    history: item.history || [], force: item.force || 0, km2: item.km2 || 0, km: item.km || 0,
    at: item.at, shape: item.g, own: item.own, labelAt: item.at_label, room: item.room || 0, stops: item.stops || [],
    // Half-open on both sides, as geo/timespan.py defines it; ISO dates compare as text.
    eras: eras.map((era) => (!begin || begin < era.end) && (!end || era.begin < end)),
  };
}

/**
 * Turn a packed arc (see geo/topology.py) into Web Mercator on the unit square.
 * @param {string} text deltas, five bits a character
 * @param {number} step their unit, degrees
 * @returns {Float64Array} x0, y0, x1, y1 …
 */
function unpack(text, step) {
  const unit = [];
  const position = [0, 0];
  for (let at = 0, axis = 0; at < text.length; axis = 1 - axis) {
    let value = 0;
    let bits;
    let shift = 0;
    do {
      bits = text.charCodeAt(at++) - 63;
      value |= (bits & 31) << shift;
      shift += 5;
    } while (bits >= 32);
    position[axis] += value & 1 ? ~(value >> 1) : value >> 1;
    if (axis) unit.push(...toUnit([position[0] * step, position[1] * step]));
  }
  return Float64Array.from(unit);
}
