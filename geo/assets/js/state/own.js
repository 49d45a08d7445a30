// @ts-check
// What authors add to a map by its address: title, caption and credit line of their own, and points. Then the data
// are as if it had come with them, so list, search, card, print and plates need not know.

import { completed } from "./data.js";
import { filled } from "../util/dom.js";
import { after, dateText, dayNumber, isoDay } from "../util/moments.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./asked.js").Asked} Asked */

/** Layer and kind of the points, and the neutral kind that they are drawn as. */
const [LAYER, KIND, MODEL] = ["added", "added-point", "own-point"];

/** Names before all others. */
const RANK = 0.5;

const TEXTS = ["title", "caption", "credit"];

/** Line ends, controls, what is no character, and what turns the direction of text that follows. */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{NChar}\u202a-\u202e\u2066-\u2069]+/gu;

/** The first half of a character: it cannot stand alone, neither in an address nor in a picture. */
const HALF = /[\ud800-\udbff]$/;

/** Latitude, longitude, a date or two or none, and what it says. */
const POINT = /^(-?\d{1,2}(?:\.\d+)?) ?, ?(-?\d{1,3}(?:\.\d+)?) ?, ?(?:([-\d/.:]*) ?,)?(.+)$/;

const DATE = /^\d{4}(?:-\d\d){0,2}$/;

/**
 * Take up what is asked for; what cannot be read is left out and told.
 * @param {Data} data is changed
 * @param {Asked} asked
 * @returns {string[]} notices
 */
export function addOwn(data, asked) {
  const { ui, limits } = data;
  /** @type {string[]} */
  const notices = [];
  const [title, caption, credit] = TEXTS.map((name) => {
    const text = cleaned(asked.get(name));
    if (text.length > limits[name]) notices.push(filled(ui["bad-length"], name, text.length, limits[name]));
    return cut(text, limits[name]);
  });
  const points = (asked.get("points") || "").split("~").map(cleaned).filter(Boolean);
  if (points.length > limits.points) notices.push(filled(ui["bad-points"], points.length, limits.points));
  const features = points.slice(0, limits.points).flatMap((point, i) => {
    const feature = pointOf(data, point, i);
    if (!feature) notices.push(filled(ui["bad-point"], point));
    else if (!feature.eras.includes(true)) notices.push(filled(ui["bad-point-era"], feature.title, feature.when));
    return feature || [];
  });
  for (const era of data.eras) {
    // Readers step between eras: their own titles tell in which they are.
    if (title && data.eras.length > 1) era.dates = `${era.title}, ${era.dates}`;
    era.title = title || era.title;
    era.caption = caption || era.caption;
    if (features.length) era.layers = [...era.layers, LAYER];
  }
  if (features.length) {
    data.kinds[KIND] = { ...data.kinds[MODEL], title: ui.added };
    data.layers.push({ id: LAYER, title: ui.added, description: ui["added-note"] });
    data.features.push(...features);
    for (const feature of features) data.byId.set(feature.id, feature);
  }
  const strange = [title && ui["added-title"], caption && ui["added-caption"], features.length && ui["added-points"]]
    .filter(Boolean);
  const credited = /[\p{L}\p{N}]$/u.test(credit) ? `${credit}.` : credit;
  data.attribution = [credited, strange.length ? filled(ui["added-credit"], strange.join(", ")) : "", data.attribution]
    .filter(Boolean).join(" ");
  data.own = Object.fromEntries(
    Object.entries({ title, caption, credit, points: points.join("~") }).filter(([, text]) => text),
  );
  return notices;
}

/**
 * Layers as they were asked for, and that of the points: who lists layers cannot know of it.
 * @param {Data} data
 * @param {string[]} layers
 */
export function withAdded(data, layers) {
  const there = data.layers.some(({ id }) => id === LAYER) && !layers.includes(LAYER);
  return there ? [...layers, LAYER] : layers;
}

/** @param {Feature} feature @typedef {import("./data.js").Feature} Feature */
export function isAdded({ layer }) {
  return layer === LAYER;
}

/** @param {string | null} text */
function cleaned(text) {
  return (text || "").replace(UNSEEN, " ").replace(/ +/g, " ").trim();
}

/** @param {string} text @param {number} most */
function cut(text, most) {
  return text.slice(0, most).replace(HALF, "").trim();
}

/** @param {Data} data @param {string} written @param {number} number @returns {Feature | undefined} */
function pointOf(data, written, number) {
  const [, latitude, longitude, dates, said] = POINT.exec(written) || [];
  const held = timeOf(dates || "");
  if (!said || !held || Math.abs(Number(latitude)) > 85 || Math.abs(Number(longitude)) > 180) return undefined;
  const title = cut(said.trim(), data.limits.point);
  const when = (dates ? dates.split("/") : []).filter(Boolean).map((date) => inWords(data, date)).join(" – ");
  return completed(
    {
      id: `${LAYER}-${number + 1}`,
      layer: LAYER,
      kind: KIND,
      title,
      label: title,
      rank: RANK,
      ...held,
      when,
      at: [Number(longitude), Number(latitude)],
      note: data.ui["added-note"],
    },
    data,
    [],
  );
}

/** First day and first day after; nothing for dates that are none. @param {string} dates */
function timeOf(dates) {
  if (!dates) return {};
  const [first, last = first, more] = dates.split("/");
  if (more !== undefined || ![first, last].every((date) => !date || isDate(date)) || !(first || last)) return undefined;
  const begin = first && whole(first);
  const end = last && after(whole(last), unitOf(last));
  return begin && end && begin >= end ? undefined : { begin, end };
}

/** @param {string} date */
function isDate(date) {
  const days = DATE.test(date) ? dayNumber(whole(date)) : NaN;
  return Number.isFinite(days) && isoDay(days).startsWith(date);
}

/** The first day of a year, a month or a day. @param {string} date */
function whole(date) {
  return `${date}-01-01`.slice(0, 10);
}

/** @param {Data} data @param {string} date */
function inWords(data, date) {
  if (typeof Intl === "undefined") return date; // plates are drawn without a language's calendars
  return dateText(data.locale, unitOf(date), whole(date));
}

/** How exact a date is. @param {string} date @returns {import("../util/moments.js").Unit} */
function unitOf(date) {
  return /** @type {const} */ (["year", "month", "day"])[date.split("-").length - 1];
}
