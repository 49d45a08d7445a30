// @ts-check
// The document's data with long names and unpacked arcs.

import { toUnit } from "../drawing/projection.js";

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
 * @property {Record<string, Record<string, string>>} who what those whose name changed are called in it, by kind
 * @property {number} home index of the home state's outline
 * @property {number[]} borders indices of the frontiers of the time
 * @property {number[]} [dry] indices of the lakes that were not there yet
 *
 * @typedef {[string, string, string[]]} View whose, what it says, ids of sources
 *
 * @typedef {object} Feature
 * @property {string} id
 * @property {string} layer
 * @property {string} kind
 * @property {string} actor "none" when nobody
 * @property {string} who what the actor was called in its time
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
 * @property {View[]} views accounts of the sides
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

/** Whether a feature stands on the map; without a place, lists, search and its card show it. @param {Feature} feature */
export function hasPlace({ at, shape }) {
  return Boolean(at || shape);
}

/**
 * The data of a document as its scripts use them.
 * @param {any} raw as geo/payload/build.py packs them
 */
export function unpackData(raw) {
  const sources = Object.keys(raw.sources);
  const columns = Object.entries(raw.features); // one list for each key, 0 for nothing
  const features = raw.features.id.map((/** @type {string} */ _, /** @type {number} */ i) =>
    longNames(Object.fromEntries(columns.map(([key, values]) => [key, values[i] || undefined])), raw, sources));
  return {
    ...raw,
    arcs: raw.arcs.map(makeUnpacker(raw.digits[0], raw.digits[1], raw.step / 1000)),
    features,
    /** @type {Map<string, Feature>} */
    byId: new Map(features.map((/** @type {Feature} */ feature) => [feature.id, feature])),
  };
}

/**
 * @param {any} item
 * @param {{eras: Era[], actors: Record<string, {title: string}>}} raw
 * @param {string[]} sources ids, by number
 * @returns {Feature}
 */
function longNames(item, { eras, actors }, sources) {
  const begin = item.b || "";
  const end = item.e || "";
  return {
    id: item.id, layer: item.l, kind: item.k, actor: item.a || "none", who: item.who || actors[item.a || "none"].title,
    title: item.t, label: item.n || "", rank: item.r || 0,
    begin, end, when: item.w || "", certainty: item.c, status: item.st || "", precision: item.p || 0,
    sources: (item.s || []).map((/** @type {number} */ number) => sources[number]), claims: item.cl || [], context: item.x || "",
    note: item.note || "", dispute: item.dispute || "",
    views: (item.views || []).map((/** @type {[string, string, number[]]} */ [whose, says, told]) => [whose, says, told.map((number) => sources[number])]),
    figures: item.figures || [],
    history: item.history || [], force: item.force || 0, km2: item.km2 || 0, km: item.km || 0,
    at: item.at, shape: item.g, own: item.own, labelAt: item.at_label, room: item.room || 0, stops: item.stops || [],
    // Half-open on both sides, as geo/model/timespan.py defines it; ISO dates compare as text.
    eras: eras.map((era) => (!begin || begin < era.end) && (!end || era.begin < end)),
  };
}

/**
 * How arcs are unpacked (see geo/payload/topology.py) into Web Mercator on the unit square: x0, y0, x1, y1 …
 * @param {string} digits
 * @param {number} small numbers below this take one digit
 * @param {number} step unit of the deltas, degrees
 * @returns {(text: string) => Float64Array}
 */
export function makeUnpacker(digits, small, step) {
  const base = digits.length;
  const values = new Uint8Array(128);
  for (let value = 0; value < base; value += 1) values[digits.charCodeAt(value)] = value;
  return (text) => {
    const unit = [];
    const position = [0, 0];
    let at = 0;
    const digit = () => values[text.charCodeAt(at++)];
    for (let axis = 0; at < text.length; axis = 1 - axis) {
      let value = digit();
      if (value === base - 1) {
        value = ((digit() * base + digit()) * base + digit()) * base + digit() + small + (base - small - 1) * base;
      } else if (value >= small) {
        value = small + (value - small) * base + digit();
      }
      position[axis] += value & 1 ? ~(value >> 1) : value >> 1;
      if (axis) unit.push(...toUnit([position[0] * step, position[1] * step]));
    }
    return Float64Array.from(unit);
  };
}
