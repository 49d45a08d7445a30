// @ts-check
// What can be searched for, and which of it fits. Texts are folded, so that case, accents, hyphens
// and apostrophes do not matter; every typed word must begin a word of the entry. Names are found by
// their sound, too, and where nothing fits, everything is.

import { filled } from "../util/dom.js";
import { fold, foldBoth, sound } from "./spelling.js";

/** @typedef {import("./data.js").Data} Data */

/**
 * @typedef {{at: [number, number], name: string, begin: string, end: string}} Name a place under one name; ISO,
 *   half-open, "" is open
 * @typedef {object} Entry
 * @property {"era" | "actor" | "place" | "feature" | "source"} sort
 * @property {string} title
 * @property {string} detail
 * @property {string} text folded
 * @property {string} known spellings of the words that it tells of, folded
 * @property {string} names its own and those it tells of, by their sound
 * @property {number} rank 1 first
 * @property {any} thing what it leads to: one thing is listed once
 * @property {Name} [name]
 */

/** How much less than a name spelled so is worth: one that sounds so, a text that tells of it, one that seems to. */
const [HEARD, TOLD, HINTED] = [8, 25, 30];

/** Entries of each sort that come before more of another. */
const FIRST = 2;

/**
 * The era whose map shows a name: the current one if it does, else the nearest.
 * @param {Data} data
 * @param {Name} name
 * @param {number} current
 */
export function eraOf(data, { begin, end }, current) {
  const away = (/** @type {number} */ era) => Math.abs(era - current);
  const eras = [...data.eras.keys()].sort((a, b) => away(a) - away(b));
  const shown = eras.find((era) => held(begin, end, data.eras[era].day));
  // A name that held between the days that maps show: any era it held in.
  return shown ?? eras.find((era) => (!begin || begin < data.eras[era].end) && (!end || data.eras[era].begin < end)) ??
    current;
}

/** @param {string} begin @param {string} end @param {string} day */
function held(begin, end, day) {
  return (!begin || begin <= day) && (!end || day < end);
}

/** @param {Entry[]} entries @param {string} query @param {string} day of the map @returns {Entry[]} the best first */
export function find(entries, query, day) {
  const typed = fold(query);
  if (!typed) return [];
  const heard = sound(typed);
  const spoken = heard.length > 1 ? heard : typed; // of "zzzz" too little is left
  const fitting = [
    ...matching(entries, typed, day, ({ text }) => text),
    ...matching(entries, typed, day, ({ known }) => known, TOLD),
    ...matching(entries, spoken, day, ({ sort, names }) => (sort === "place" ? names : ""), HEARD),
    ...matching(entries, spoken, day, ({ sort, names }) => (sort === "place" ? "" : names), HINTED),
  ];
  return ordered(fitting.length ? fitting : matching(entries, spoken, day, ({ text }) => sound(text)));
}

/**
 * @param {Entry[]} entries
 * @param {string} typed folded
 * @param {string} day
 * @param {(entry: Entry) => string} textOf
 * @param {number} [less] worth
 */
function matching(entries, typed, day, textOf, less = 0) {
  const words = typed.split(" ");
  const score = (/** @type {Entry} */ { rank, name }, /** @type {string} */ text) =>
    (`${text} `.startsWith(` ${typed} `) ? 0 : text.startsWith(` ${typed}`) ? 10 : 20) + rank +
    (name && !held(name.begin, name.end, day) ? 0.5 : 0);
  return entries
    .map((entry) => ({ entry, text: textOf(entry) }))
    .filter(({ text }) => words.every((word) => text.includes(` ${word}`)))
    .map(({ entry, text }) => ({ entry, score: score(entry, text) + less }));
}

/**
 * The best first, each thing once, some of every sort before more of one.
 * @param {{entry: Entry, score: number}[]} fitting
 * @returns {Entry[]}
 */
function ordered(fitting) {
  const ranked = fitting.sort((a, b) => a.score - b.score);
  const seen = new Set();
  /** @type {Record<string, number>} */
  const counts = {};
  const once = ranked.filter(({ entry }) => !seen.has(entry.thing) && seen.add(entry.thing));
  return once.map(({ entry }) => ({ entry, later: (counts[entry.sort] = (counts[entry.sort] || 0) + 1) > FIRST }))
    .sort((a, b) => Number(a.later) - Number(b.later))
    .map(({ entry }) => entry);
}

/** @param {Data} data @returns {Entry[]} */
export function entriesOf(data) {
  /** @type {{word: string, all: string, spoken: string}[]} */
  const words = data.words.map((/** @type {string[]} */ [word, ...also]) => {
    const all = ` ${foldBoth([word, ...also].join(" | "))}`;
    return { word: ` ${fold(word)}`, all, spoken: sound(all) };
  });
  /**
   * @param {Entry["sort"]} sort
   * @param {string} title
   * @param {string} detail
   * @param {string} text
   * @param {number} rank
   * @param {any} thing
   * @param {{name?: Name, told?: string}} [about] `told`: texts whose known words are found, too
   */
  const entry = (sort, title, detail, text, rank, thing, { name, told = "" } = {}) => {
    const own = ` ${foldBoth(text)}`;
    const said = `${own} ${told && fold(told)}`;
    const known = words.filter(({ word }) => said.includes(word));
    return {
      sort,
      title,
      detail,
      rank,
      thing,
      name,
      text: own,
      known: known.map(({ all }) => all).join(""),
      names: (name ? sound(own) : "") + known.map(({ spoken }) => spoken).join(""),
    };
  };
  /**
   * @param {any} thing
   * @param {any[]} names [name, begin, end], or [name] of another spelling
   * @param {number} rank
   * @param {[number, number]} at
   */
  const place = (thing, names, rank, at) => {
    const title = names.filter((name) => name.length > 1).pop()[0];
    return names.map(([name, begin = "", end = ""]) =>
      entry("place", title, `${name === title ? "" : name} ${years(data.ui, begin, end)}`.trim(), name, rank, thing, {
        name: { at, name, begin, end },
      })
    );
  };
  /** States of one name that follow each other are one. @type {Map<string, any>} */
  const states = new Map();
  for (const { name, at, rank = 5, begin = "", end = "", water } of [...data.base.names, ...data.base.more]) {
    const known = states.get(name);
    if (known) {
      known.begin = known.begin && begin && (known.begin < begin ? known.begin : begin);
      known.end = known.end && end && (known.end > end ? known.end : end);
    } else states.set(name, { name: name.replace("\n", " "), at, rank, begin, end, water });
  }
  return [
    ...(data.eras.length > 1 ? data.eras : []).map((/** @type {import("./data.js").Era} */ era) =>
      entry(
        "era",
        `${era.label}: ${era.title}`,
        era.dates,
        `${era.label} ${era.title} ${yearsOf(era)} ${era.id}`,
        1,
        era,
      )
    ),
    ...Object.entries(data.actors).filter(([id, { title }]) =>
      title && data.features.some((/** @type {any} */ { actor }) => actor === id)
    )
      .map(([id, { title }]) => entry("actor", title, "", title, 3, { id })),
    ...data.base.places.flatMap((item) => place(item, callings(item), item.rank, item.at)),
    ...[...states.values()].flatMap((item) => place(item, [[item.name, item.begin, item.end]], item.rank, item.at)),
    ...data.features.map((/** @type {import("./data.js").Feature} */ feature) => {
      const { id, title, label, when, rank, note, dispute, history, figures, views, claims } = feature;
      const told = [
        note,
        dispute,
        ...figures,
        ...history.map(([, text]) => text),
        ...views.map(([, says]) => says),
        ...claims.map((claim) => data.claims[claim].statement),
      ].join(" ");
      return entry("feature", title, when, `${title} ${label} ${id} ${yearsIn(feature)}`, (rank || 7) + 2, id, {
        told,
      });
    }),
    ...Object.entries(data.sources).map(([id, { citation }]) => entry("source", citation, "", citation, 9, id)),
  ];
}

/** The years that an era has days in. @param {import("./data.js").Era} era */
function yearsOf({ begin, end }) {
  const first = Number(begin.slice(0, 4));
  return Array.from({ length: lastYear(end) - first + 1 }, (_, i) => first + i).join(" ");
}

/**
 * The years in which something of a feature happened: it began, it ended, or its history tells of them.
 * @param {import("./data.js").Feature} feature
 */
function yearsIn({ begin, end, history }) {
  const told = history.flatMap(([when]) => fold(when).match(/\b\d{4}\b/g) || []);
  return [begin.slice(0, 4), end && lastYear(end), ...told].join(" ");
}

/** The year of a span's last day. @param {string} end ISO, first day after */
function lastYear(end) {
  return Number(end.slice(0, 4)) - (end.endsWith("-01-01") ? 1 : 0);
}

/** @param {Record<string, string>} ui @param {string} begin @param {string} end first day after */
function years(ui, begin, end) {
  const from = begin.slice(0, 4);
  const to = end && String(Number(end.slice(0, 4)) - (end.length === 4 ? 1 : 0)); // "1936" is its first day
  return from && to ? `${from}–${to}` : from ? filled(ui["name-since"], from) : to ? filled(ui["name-until"], to) : "";
}

/**
 * Everything a place is called, then and now, here and elsewhere.
 * @param {import("./data.js").Place} place
 * @returns {any[][]} [name, begin, end], or [name] of another spelling
 */
function callings({ names, others = [], spellings = [] }) {
  const own = (others[0]?.length || 0) > 1 ? [] : [[names, "", ""]];
  return [...own, ...others, ...spellings.map((spelling) => [spelling])];
}
