// @ts-check
// The state of the document: what its address asks for, and what its address says of it.

import { filled } from "../util/dom.js";
import { askedOf } from "./asked.js";
import { FILTERS, readFilter } from "../controls/filter.js";
import { withAdded } from "./own.js";

/** @typedef {import("./data.js").Data} Data */

/**
 * @typedef {object} State
 * @property {number} era index
 * @property {number} other index of the era compared with it, -1 for none
 * @property {"swipe" | "side"} mode how the two are shown
 * @property {string} day ISO, a day of the moment of the era that is shown; "" for all of it
 * @property {Set<string>} layers
 * @property {string} select id of a feature or ""
 * @property {import("../controls/filter.js").Filter} filter
 * @property {string} lang the language, where the address names it
 * @property {string} ui full, compact or map
 * @property {string} theme auto, light or dark
 * @property {string} gestures auto, polite or greedy: who has wheel and finger
 * @property {string} heading own, or none where the page around the frame has title and caption
 * @property {string} slider own or host: whose page has the era slider
 * @property {string} hide parts of the page that are not shown, joined by ~
 * @property {{center: [number, number], zoom: number} | undefined} view latitude, longitude; undefined = the era's own
 */

/** What may be chosen; the first is the default. */
const UIS = ["full", "compact", "map"];
const THEMES = ["auto", "light", "dark"];
const MODES = ["swipe", "side"];
const GESTURES = ["auto", "polite", "greedy"];
const SLIDERS = ["own", "host"];
const HEADINGS = ["own", "none"];

/** Where an era stands, by its id or one it had before; -1 for none. @param {Data} data @param {string} id */
export function eraIndex(data, id) {
  const wanted = Object.prototype.hasOwnProperty.call(data.former, id) ? data.former[id] : id;
  return data.eras.findIndex((/** @type {any} */ era) => era.id === wanted);
}

/**
 * Read the state from address parameters; unknown ones are ignored, bad values fall back and are told.
 * @param {import("./asked.js").Asked} asked
 * @param {Data} data
 * @returns {{state: State, notices: string[]}}
 */
export function readState(asked, data) {
  const text = (/** @type {string} */ name) => asked.get(name) || "";
  /** @type {string[]} */
  const notices = [];
  const tell = (/** @type {string} */ what, /** @type {string[]} */ ...values) =>
    notices.push(filled(data.ui[what], ...values));
  let era = eraIndex(data, text("era"));
  if (era < 0) {
    era = Math.max(0, eraIndex(data, data.first));
    if (text("era")) tell("bad-era", text("era"), data.eras[era].title);
  }
  const other = eraIndex(data, text("compare"));
  if (text("compare") && other < 0) tell("bad-compare", text("compare"));
  const view = readView(asked.get("view"));
  if (text("view") && !view) tell("bad-view", text("view"));
  const select = text("select");
  if (select && !data.byId.has(select)) tell("bad-select", select);
  const day = text("day");
  const hidden = text("hide").split("~").filter(Boolean);
  for (const part of hidden) if (!data.parts.includes(part)) tell("bad-hide", part, data.parts.join(", "));
  const lang = text("lang");
  if (lang && lang !== data.language) tell("bad-lang", lang);
  const inEra = /^\d{4}-\d\d-\d\d$/.test(day) && day >= data.eras[era].begin && day < data.eras[era].end;
  if (day && !inEra) tell("bad-day", day);
  return {
    state: {
      era,
      view,
      other: other === era ? -1 : other,
      mode: /** @type {"swipe" | "side"} */ (oneOf(text("mode"), MODES)),
      day: inEra ? day : "",
      layers: readLayers(asked.get("layers"), data, era, (id) => tell("bad-layer", id)),
      select: data.byId.has(select) ? select : "",
      filter: readFilter(asked, data, tell),
      lang: lang === data.language ? lang : "",
      ui: oneOf(text("ui"), UIS),
      theme: oneOf(text("theme"), THEMES),
      gestures: oneOf(text("gestures"), GESTURES),
      slider: oneOf(text("slider"), SLIDERS),
      heading: oneOf(text("heading"), HEADINGS),
      hide: hidden.filter((part) => data.parts.includes(part)).join("~"),
    },
    notices,
  };
}

/**
 * Write the state as address parameters, only what differs from the start.
 * @param {State} state
 * @param {Data} data
 * @param {string} view "latitude,longitude,zoom", or "" for the era's own
 */
export function writeState(state, data, view) {
  const era = data.eras[state.era];
  const opened = askedOf(data.opening || []); // whatever differs from it has to be said, even that there is nothing
  const parts = {
    era: era.id,
    compare: state.other < 0 ? "" : data.eras[state.other].id,
    mode: state.other < 0 || state.mode === MODES[0] ? "" : state.mode,
    day: state.day,
    layers: sameLayers(state.layers, era.layers) && !opened.has("layers")
      ? undefined
      : [...state.layers].sort().join("~"),
    view,
    select: state.select,
    ...Object.fromEntries(FILTERS.map((name) => [name, state.filter[name] || ""])),
    lang: state.lang,
    ui: state.ui === UIS[0] ? "" : state.ui,
    theme: state.theme === THEMES[0] ? "" : state.theme,
    gestures: state.gestures === GESTURES[0] ? "" : state.gestures,
    slider: state.slider === SLIDERS[0] ? "" : state.slider,
    heading: state.heading === HEADINGS[0] ? "" : state.heading,
    hide: state.hide,
  };
  const written = Object.entries(parts).filter(([name, value]) =>
    value || (name === "layers" && value === "") || opened.has(name)
  );
  const own = Object.entries(data.own || {}).map(([name, text]) => `${name}=${encodeURIComponent(text)}`);
  return `?${[...written.map(([name, value]) => `${name}=${value}`), ...own].join("&")}`;
}

/**
 * @param {string | null} value
 * @returns {State["view"]}
 */
export function readView(value) {
  const numbers = (value || "").split(",").map(Number);
  if (numbers.length !== 3 || !value || !numbers.every(Number.isFinite)) return undefined;
  const [latitude, longitude, zoom] = numbers;
  if (Math.abs(latitude) > 85 || Math.abs(longitude) > 180 || zoom < 0 || zoom > 20) return undefined;
  return { center: [latitude, longitude], zoom };
}

/**
 * @param {string | null} value
 * @param {Data} data
 * @param {number} era
 * @param {(id: string) => void} unknown
 */
function readLayers(value, data, era, unknown) {
  const known = new Set(data.layers.map((/** @type {any} */ layer) => layer.id));
  const asked = (value || "").split("~").filter(Boolean);
  const found = asked.filter((id) => known.has(id));
  for (const id of asked) if (!known.has(id)) unknown(id);
  // No layer is a choice, too, but not that of somebody who named some.
  if (value === null || (asked.length && !found.length)) return new Set(data.eras[era].layers);
  return new Set(withAdded(data, found));
}

/** @param {Set<string>} layers @param {string[]} others */
export function sameLayers(layers, others) {
  return layers.size === others.length && others.every((id) => layers.has(id));
}

/** @param {string} value @param {string[]} allowed first is the default */
function oneOf(value, allowed) {
  return allowed.includes(value) ? value : allowed[0];
}
