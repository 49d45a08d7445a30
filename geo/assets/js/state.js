// @ts-check
// The state of the document: what its address asks for, and what its address says of it.

import { filled } from "./dom.js";
import { readFilter } from "./filter.js";

/**
 * @typedef {object} State
 * @property {number} era index
 * @property {Set<string>} layers
 * @property {string} select id of a feature or ""
 * @property {import("./filter.js").Filter} filter
 * @property {"full" | "compact" | "map"} ui
 * @property {"auto" | "light" | "dark"} theme
 * @property {{center: [number, number], zoom: number} | undefined} view latitude, longitude; undefined = the era's own
 */

const UIS = ["full", "compact", "map"];
const THEMES = ["auto", "light", "dark"];

/**
 * Read the state from address parameters; unknown ones are ignored, bad values fall back and are told.
 * @param {string} search
 * @param {any} data
 * @returns {{state: State, notices: string[]}}
 */
export function readState(search, data) {
  const asked = new URLSearchParams(search);
  /** @type {string[]} */
  const notices = [];
  const ids = data.eras.map((/** @type {any} */ era) => era.id);
  let era = Math.max(0, ids.indexOf(data.first));
  const wanted = asked.get("era");
  if (wanted !== null) {
    if (ids.includes(wanted)) era = ids.indexOf(wanted);
    else notices.push(filled(data.ui["bad-era"], wanted, data.eras[era].title));
  }
  const view = readView(asked.get("view"));
  if (asked.has("view") && !view) notices.push(filled(data.ui["bad-view"], asked.get("view") || ""));
  const select = asked.get("select") || "";
  if (select && !data.byId.has(select)) notices.push(filled(data.ui["bad-select"], select));
  return {
    state: {
      era, view,
      layers: readLayers(asked.get("layers"), data, era, notices),
      select: data.byId.has(select) ? select : "",
      filter: readFilter(asked, data, (what, ...values) => notices.push(filled(data.ui[what], ...values))),
      ui: /** @type {any} */ (oneOf(asked.get("ui"), UIS)),
      theme: /** @type {any} */ (oneOf(asked.get("theme"), THEMES)),
    },
    notices,
  };
}

/**
 * Write the state as address parameters, only what differs from the start.
 * @param {State} state
 * @param {any} data
 * @param {string} view "latitude,longitude,zoom", or "" for the era's own
 */
export function writeState(state, data, view) {
  const { era } = state;
  const parameters = [`era=${data.eras[era].id}`];
  if (!sameLayers(state.layers, data.eras[era].layers)) parameters.push(`layers=${[...state.layers].sort().join("~")}`);
  if (view) parameters.push(`view=${view}`);
  if (state.select) parameters.push(`select=${state.select}`);
  for (const [name, value] of Object.entries(state.filter)) if (value) parameters.push(`${name}=${value}`);
  if (state.ui !== "full") parameters.push(`ui=${state.ui}`);
  if (state.theme !== "auto") parameters.push(`theme=${state.theme}`);
  return `?${parameters.join("&")}`;
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
 * @param {any} data
 * @param {number} era
 * @param {string[]} notices
 */
function readLayers(value, data, era, notices) {
  if (value === null) return new Set(data.eras[era].layers);
  const known = new Set(data.layers.map((/** @type {any} */ layer) => layer.id));
  const asked = value.split("~").filter(Boolean);
  for (const id of asked) if (!known.has(id)) notices.push(filled(data.ui["bad-layer"], id));
  return new Set(asked.filter((id) => known.has(id)));
}

/** @param {Set<string>} layers @param {string[]} others */
function sameLayers(layers, others) {
  return layers.size === others.length && others.every((id) => layers.has(id));
}

/** @param {string | null} value @param {string[]} allowed first is the default */
function oneOf(value, allowed) {
  return value && allowed.includes(value) ? value : allowed[0];
}
