// @ts-check
// The document's data with long names and unpacked arcs.

import { toUnit } from "../drawing/projection.js";
import { byBegin } from "../util/moments.js";

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
 * @property {number} [home] index of the home state's outline, where the base has one
 * @property {number[]} borders indices of the frontiers of the time
 * @property {{text: string, at: [number, number], begin?: string, end?: string}[]} [callouts] what the map says for
 *   itself
 * @property {{text: string, at: [number, number]}[]} [pointers] what lies beyond its edge
 * @property {{title: string, bounds: [number, number, number, number], shows?: string[], marks?: Mark[]}} [inset] a
 *   small map of what lies off its own, with the ids of what it shows
 * @property {number[]} [dry] indices of the lakes that were not there yet
 *
 * @typedef {{text: string, at: [number, number], begin?: string}} Mark a place on an inset
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
 * @property {number} line of the file in which it is written, 0 where that is not known
 * @property {[number, number] | undefined} at a point's longitude and latitude
 * @property {any[] | undefined} shape lines or polygons, as arc numbers
 * @property {number[][] | undefined} own edges of an area that are no frontier and no coast
 * @property {[number, number] | undefined} labelAt
 * @property {number} room degrees of longitude around an area's label that are surely inside
 * @property {[string, string, string][]} stops [EDTF, in words, in short] by vertex; [] without a date
 * @property {boolean[]} eras whether it overlaps each era
 */

/**
 * Whether a feature stands on the map; without a place, lists, search and its card show it.
 * @param {Feature} feature
 */
export function hasPlace({ at, shape }) {
  return Boolean(at || shape);
}

/**
 * What a feature's sign tells by form and colour, in words.
 * @param {{kinds: Record<string, Kind>}} data
 * @param {Feature} feature
 */
export function kindAndActor({ kinds }, { kind, who }) {
  return [kinds[kind].title, who].filter(Boolean).join(", ");
}

/** Features in the order of time; of those that begin together, the largest first. @param {Feature[]} features */
export function inTime(features) {
  return features.slice().sort((a, b) => byBegin(a, b) || b.km2 - a.km2);
}

/**
 * @typedef {object} Kind
 * @property {string} title
 * @property {"area" | "line" | "arrow" | "point" | string} form
 * Beside these: how it is drawn, as layers/symbology.toml names it.
 *
 * @typedef {object} Place
 * @property {[number, number]} at
 * @property {number} rank
 * @property {1} [capital]
 * @property {string | [number, string][]} names its name, or [number of the first era that has it, name]
 * @property {[string, string?, string?][]} [others] [name, begin, end] of other times, [spelling]
 * @property {string[]} [spellings] of other languages
 *
 * @typedef {object} BaseName a water or a state
 * @property {string} name
 * @property {[number, number]} at
 * @property {number} [rank]
 * @property {string} [begin]
 * @property {string} [end]
 * @property {string} [actor] whose land it is
 * @property {1} [home]
 * @property {1} [water]
 * @property {[number, number][]} [path] line to be set along
 *
 * @typedef {object} Base lines and areas as numbers of arcs
 * @property {any[]} land
 * @property {any[]} coast
 * @property {any[]} world
 * @property {any[]} lakes
 * @property {any[]} rivers
 * @property {any[]} homes
 * @property {{shape: any, unsure?: 1}[]} borders
 * @property {BaseName[]} names
 * @property {BaseName[]} more states that no map names
 * @property {Place[]} places
 *
 * @typedef {object} Source
 * @property {string} citation
 * @property {string} [url]
 * @property {string} [doi]
 * @property {string} [isbn]
 *
 * @typedef {object} Claim
 * @property {string} statement
 * @property {string} [finding]
 * @property {string[]} [sources] of the finding
 * @property {View[]} [views]
 *
 * @typedef {object} Contents what a document holds in either form: see geo/payload/schema.py
 * @property {string} title
 * @property {string} subtitle
 * @property {string} attribution
 * @property {string} authors
 * @property {string} credits
 * @property {string} license
 * @property {string} version
 * @property {[number, number, number, number]} extent west, south, east, north of the base
 * @property {number} least_zoom how far a reader may zoom out
 * @property {any[]} [added] elements of Folium's that were put on the map
 * @property {import("./asked.js").Pairs} [opening] what it opens with, as an address would ask for it
 * @property {Record<string, number>} limits of what an address may add
 * @property {string[]} parts of the page that an address may leave out
 * @property {Record<string, string>} [own] what was added, as an address has it
 * @property {number} padding pixels around an era's bounds
 * @property {string} language
 * @property {string} direction
 * @property {string} locale
 * @property {Record<string, string>} ui
 * @property {string} first id of the era shown first
 * @property {Record<string, string>} former ids that eras had
 * @property {Era[]} eras
 * @property {{id: string, title: string, description: string}[]} layers
 * @property {Record<string, {title: string, hatch: number, axis: string}>} actors
 * @property {Record<string, Kind & Record<string, any>>} kinds
 * @property {Record<string, string>} icons path data, 16 pixels
 * @property {Record<string, any>} type
 * @property {Record<string, string>} faces
 * @property {Record<string, any>} styles
 * @property {Record<string, string>} colours of the light theme
 * @property {Record<string, Source>} sources
 * @property {Record<string, Claim>} claims
 * @property {Record<string, string>} paragraphs
 * @property {string[][]} words spellings that the search takes for one word
 * @property {{extent: [number, number, number, number], fades: [number, number][]} | undefined} relief hill shading
 * @property {{file: string, to: string} | undefined} report where layers are written, and where corrections are taken
 * @property {Base} base
 * @property {[number, number, number][]} overlaps numbers of two features, km² in common
 *
 * @typedef {object} Packed
 * @property {[string, number]} digits
 * @property {number} step 1/1000 degrees
 * @property {string[]} arcs
 * @property {Record<string, any[]>} features one list for each key, 0 for nothing
 *
 * @typedef {{at: (number: number) => Float64Array}} Arcs by number, in Web Mercator on the unit square: x0, y0, x1, y1
 *   …
 *
 * @typedef {object} Unpacked
 * @property {Arcs} arcs
 * @property {Feature[]} features
 * @property {Map<string, Feature>} byId
 *
 * @typedef {Contents & Unpacked} Data
 */

/**
 * The data of a document as its scripts use them.
 * @param {Contents & Packed} raw as geo/payload/packing.py packs them
 * @returns {Data}
 */
export function unpackData(raw) {
  const sources = Object.keys(raw.sources);
  const columns = Object.entries(raw.features);
  const ids = raw.features.id || []; // where no layer could be read, there are none
  /** One for all: each is read at once, and kept by nobody. @type {Record<string, any>} */
  const packed = {};
  const features = ids.map((_, i) => {
    for (const [key, values] of columns) packed[key] = values[i] || undefined;
    return completed(packed, raw, sources);
  });
  return {
    ...raw,
    arcs: onDemand(raw.arcs, makeUnpacker(raw.digits[0], raw.digits[1], raw.step / 1000)),
    features,
    byId: new Map(features.map((feature) => [feature.id, feature])),
  };
}

/**
 * A feature with what its payload leaves out, and its sources by id.
 * @param {Record<string, any>} packed
 * @param {Contents} contents
 * @param {string[]} sources ids, by number
 * @returns {Feature}
 */
export function completed(packed, { eras, actors }, sources) {
  const { actor = "none", begin = "", end = "" } = packed;
  const named = (/** @type {number[]} */ numbers = []) => numbers.map((number) => sources[number]);
  return {
    id: packed.id,
    layer: packed.layer,
    kind: packed.kind,
    title: packed.title,
    certainty: packed.certainty,
    actor,
    who: packed.who || actors[actor].title,
    begin,
    end,
    when: packed.when || "",
    label: packed.label || "",
    rank: packed.rank || 0,
    status: packed.status || "",
    precision: packed.precision || 0,
    claims: packed.claims || [],
    context: packed.context || "",
    note: packed.note || "",
    dispute: packed.dispute || "",
    figures: packed.figures || [],
    history: packed.history || [],
    stops: packed.stops || [],
    force: packed.force || 0,
    km2: packed.km2 || 0,
    km: packed.km || 0,
    line: packed.line || 0,
    at: packed.at,
    shape: packed.shape,
    own: packed.own,
    labelAt: packed.label_at,
    room: packed.room || 0,
    sources: named(packed.sources),
    views: (packed.views || []).map((
      /** @type {[string, string, number[]]} */ [whose, says, told],
    ) => [whose, says, named(told)]),
    // Half-open on both sides, as geo/model/timespan.py defines it; ISO dates compare as text.
    eras: eras.map((era) => (!begin || begin < era.end) && (!end || era.begin < end)),
  };
}

/**
 * A list whose items are made when they are first asked for: an era needs a part of the arcs.
 * @template P, T
 * @param {P[]} packed
 * @param {(item: P) => T} unpack
 * @returns {{at: (number: number) => T}}
 */
function onDemand(packed, unpack) {
  /** @type {T[]} */
  const made = [];
  return { at: (number) => (made[number] = made[number] || unpack(packed[number])) };
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
    let [longitude, latitude] = [0, 0];
    let at = 0;
    const digit = () => values[text.charCodeAt(at++)];
    for (let axis = 0; at < text.length; axis = 1 - axis) {
      let value = digit();
      if (value === base - 1) {
        value = ((digit() * base + digit()) * base + digit()) * base + digit() + small + (base - small - 1) * base;
      } else if (value >= small) {
        value = small + (value - small) * base + digit();
      }
      const delta = value & 1 ? ~(value >> 1) : value >> 1;
      if (axis === 0) {
        longitude += delta;
      } else {
        latitude += delta;
        const [x, y] = toUnit([longitude * step, latitude * step]);
        unit.push(x, y);
      }
    }
    return Float64Array.from(unit);
  };
}

/**
 * What a window is called that shows an era.
 * @param {Data} data
 * @param {Era} era
 */
export function titleOf(data, era) {
  return `${era.title} (${era.dates}) – ${data.title}`;
}
