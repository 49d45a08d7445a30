// @ts-check
// What can be searched for, and which of it fits. Texts are folded, so that case, accents, hyphens
// and apostrophes do not matter; every typed word must begin a word of the entry.

import { filled } from "./dom.js";

/**
 * @typedef {{at: [number, number], name: string, begin: string, end: string}} Name a place under one name; ISO, half-open, "" is open
 * @typedef {object} Entry
 * @property {"place" | "feature" | "source"} sort
 * @property {string} title
 * @property {string} detail
 * @property {string} text folded
 * @property {number} rank 1 first
 * @property {any} thing what it leads to: one thing is listed once
 * @property {Name} [name]
 */

/** Entries of each sort that come before more of another. */
const FIRST = 2;

/**
 * The era whose map shows a name: the current one if it does, else the nearest.
 * @param {any} data
 * @param {Name} name
 * @param {number} current
 */
export function eraOf(data, { begin, end }, current) {
  const away = (/** @type {number} */ era) => Math.abs(era - current);
  const eras = [...data.eras.keys()].sort((a, b) => away(a) - away(b));
  const shown = eras.find((era) => held(begin, end, data.eras[era].day));
  // A name that held between the days that maps show: any era it held in.
  return shown ?? eras.find((era) => (!begin || begin < data.eras[era].end) && (!end || data.eras[era].begin < end)) ?? current;
}

/** @param {string} begin @param {string} end @param {string} day */
function held(begin, end, day) {
  return (!begin || begin <= day) && (!end || day < end);
}

/** @param {Entry[]} entries @param {string} query @param {string} day of the map @returns {Entry[]} the best first */
export function find(entries, query, day) {
  const typed = fold(query);
  if (!typed) return [];
  const words = typed.split(" ");
  const score = (/** @type {Entry} */ { text, rank, name }) => (text.startsWith(` ${typed}`) ? 0 : 20) + rank + (name && !held(name.begin, name.end, day) ? 0.5 : 0);
  const ranked = entries
    .filter(({ text }) => words.every((word) => text.includes(` ${word}`)))
    .map((entry) => ({ entry, score: score(entry) }))
    .sort((a, b) => a.score - b.score);
  const seen = new Set();
  /** @type {Record<string, number>} */
  const counts = {};
  const once = ranked.filter(({ entry }) => !seen.has(entry.thing) && seen.add(entry.thing));
  return once.map(({ entry }) => ({ entry, later: (counts[entry.sort] = (counts[entry.sort] || 0) + 1) > FIRST }))
    .sort((a, b) => Number(a.later) - Number(b.later))
    .map(({ entry }) => entry);
}

/** @param {any} data @returns {Entry[]} */
export function entriesOf(data) {
  /** @param {any} thing @param {any[]} names [name, begin, end], or [name] of another spelling @param {number} rank @param {[number, number]} at */
  const place = (thing, names, rank, at) => {
    const title = names.filter((name) => name.length > 1).pop()[0];
    return names.map(([name, begin = "", end = ""]) => entry("place", title, `${name === title ? "" : name} ${years(data.ui, begin, end)}`.trim(), name, rank, thing, { at, name, begin, end }));
  };
  /** States of one name that follow each other are one. @type {Map<string, any>} */
  const states = new Map();
  for (const { n, at, r = 5, b, e, water } of [...data.base.names, ...data.base.more]) {
    const known = states.get(n);
    if (known) Object.assign(known, { b: known.b && b && (known.b < b ? known.b : b), e: known.e && e && (known.e > e ? known.e : e) });
    else states.set(n, { n: n.replace("\n", " "), at, r, b: b || "", e: e || "", water });
  }
  return [
    ...data.base.places.flatMap((/** @type {any} */ item) => place(item, [...(item.o?.[0]?.length > 1 ? [] : [[item.n, "", ""]]), ...(item.o || [])], item.r, item.at)),
    ...[...states.values()].flatMap((item) => place(item, [[item.n, item.b, item.e]], item.r, item.at)),
    ...data.features.map((/** @type {any} */ { id, title, label, when, rank }) => entry("feature", title, when, `${title} ${label} ${id}`, (rank || 7) + 2, id)),
    ...Object.entries(data.sources).map(([id, { c }]) => entry("source", c, "", c, 9, id)),
  ];
}

/** @param {Entry["sort"]} sort @param {string} title @param {string} detail @param {string} text @param {number} rank @param {any} thing @param {Name} [name] @returns {Entry} */
function entry(sort, title, detail, text, rank, thing, name) {
  // A word with a hyphen is found as two words and as one.
  return { sort, title, detail, rank, thing, name, text: ` ${fold(text)} ${fold(text.replace(/[-‐–]/g, ""))}` };
}

/** @param {Record<string, string>} ui @param {string} begin @param {string} end first day after */
function years(ui, begin, end) {
  const from = begin.slice(0, 4);
  const to = end && String(Number(end.slice(0, 4)) - (end.length === 4 ? 1 : 0)); // "1936" is its first day
  return from && to ? `${from}–${to}` : from ? filled(ui["name-since"], from) : to ? filled(ui["name-until"], to) : "";
}

/** Bring a text to the letters that matter. @param {string} text */
export function fold(text) {
  return text.toLowerCase().normalize("NFD").replace(/[\p{M}'’‘ʻʼʾʿ\x60]/gu, "").replace(/ı/g, "i").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}
