// @ts-check
// Time within an era: its units (days, months or years), and what each of them shows.

/** @typedef {import("../state/data.js").Data} Data */
/** @typedef {import("../state/data.js").Feature} Feature */
/** @typedef {{from: string, to: string}} Moment ISO days, half-open */
/** @typedef {"day" | "month" | "year"} Unit */

/** Eras shorter than this step by days or by months, days. */
const [BY_DAYS, BY_MONTHS] = [62, 1100];

/**
 * Events and advances that took no longer stay to be seen once they have happened; all else ends with its time. Days.
 */
const BRIEF = 366;

const DAY = 86400000;

/** @param {string} iso @returns {number} days since 1970 */
export function dayNumber(iso) {
  return Date.parse(iso) / DAY;
}

/** @param {number} year @returns {number} days since 1970 of its first day */
export function newYear(year) {
  return dayNumber(`${String(year).padStart(4, "0")}-01-01`);
}

/** @param {number} day days since 1970 @returns {string} ISO */
export function isoDay(day) {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** How much of a date is said, by the unit of time. @type {Record<string, Intl.DateTimeFormatOptions>} */
const SAID = {
  year: { year: "numeric" },
  month: { year: "numeric", month: "long" },
  day: { year: "numeric", month: "long", day: "numeric" },
};

/** A date in the calendar of a language. @param {string} locale @param {Unit} unit @param {string} iso */
export function dateText(locale, unit, iso) {
  return new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...SAID[unit] }).format(new Date(iso));
}

/**
 * The units of eras, found once for each choice of layers.
 * @param {Data} data
 * @param {(what: {era: number, layers: Set<string>}) => Feature[]} seen
 */
export function makeMoments(data, seen) {
  /** @type {Map<string, {unit: Unit, moments: Moment[]}>} */
  const found = new Map();
  return (/** @type {number} */ era, /** @type {Set<string>} */ layers) => {
    const key = [era, ...layers].join(" ");
    const known = found.get(key) || momentsOf(data.eras[era], seen({ era, layers }));
    found.set(key, known);
    return known;
  };
}

/**
 * The units an era steps by, from its first dated event to its last.
 * @param {import("../state/data.js").Era} era
 * @param {Feature[]} features what it shows
 * @returns {{unit: Unit, moments: Moment[]}}
 */
function momentsOf(era, features) {
  const length = dayNumber(era.end) - dayNumber(era.begin);
  const unit = length <= BY_DAYS ? "day" : length <= BY_MONTHS ? "month" : "year";
  const dated = features.flatMap(datesOf).filter((date) => date >= era.begin && date < era.end).sort();
  /** @type {Moment[]} */
  const moments = [];
  if (!dated.length) return { unit, moments };
  for (let from = start(dated[0], unit); from <= dated[dated.length - 1];) {
    const to = after(from, unit);
    moments.push({ from, to });
    from = to;
  }
  return { unit, moments: moments.length > 1 ? moments : [] };
}

/** Days on which something of a feature happened. @param {Feature} feature @returns {string[]} */
function datesOf(feature) {
  return [feature.begin, ...feature.stops.map(([date]) => firstDay(date || ""))].filter(Boolean);
}

/**
 * Whether a moment shows a feature.
 * @param {Feature} feature
 * @param {Moment} moment
 * @param {string} form of its kind
 */
export function happened(feature, moment, form) {
  if (feature.begin && feature.begin >= moment.to) return false;
  if (!isPast(feature, moment)) return true;
  return (form === "point" || form === "axis") && dayNumber(feature.end) - dayNumber(feature.begin) <= BRIEF;
}

/** Whether a feature was over before a moment. @param {Feature} feature @param {Moment} moment */
export function isPast(feature, moment) {
  return Boolean(feature.end && feature.end <= moment.from);
}

/**
 * How far along its vertices an axis had come by the end of a moment.
 * @param {Feature} feature
 * @param {Moment} moment
 * @returns {number} vertices, with a fraction of the way to the next dated one; Infinity for all
 */
export function reached(feature, moment) {
  const dated = feature.stops
    .map(([date], vertex) => ({ vertex, day: date ? dayNumber(firstDay(date)) : NaN }))
    .filter(({ day }) => Number.isFinite(day));
  const now = dayNumber(moment.to) - 1;
  if (dated.length < 2 || now >= dated[dated.length - 1].day) return Infinity;
  const next = dated.findIndex(({ day }) => day > now);
  if (next <= 0) return dated[0].vertex;
  const [a, b] = [dated[next - 1], dated[next]];
  return a.vertex + ((now - a.day) / (b.day - a.day)) * (b.vertex - a.vertex);
}

/** First day of an EDTF date. @param {string} edtf */
export function firstDay(edtf) {
  const [, year, month = "01", day = "01"] = /^(\d{3}[\dX])(?:-(\d\d))?(?:-(\d\d))?/.exec(edtf) || [];
  return year ? `${year.replace("X", "0")}-${month}-${day}` : "";
}

/** @param {string} date ISO @param {Unit} unit */
function start(date, unit) {
  return unit === "day" ? date : unit === "month" ? `${date.slice(0, 7)}-01` : `${date.slice(0, 4)}-01-01`;
}

/** The beginning of the next unit. @param {string} from ISO @param {Unit} unit */
export function after(from, unit) {
  if (unit === "day") return isoDay(dayNumber(from) + 1);
  const [year, month] = from.split("-").map(Number);
  const next = unit === "year" || month === 12 ? [year + 1, 1] : [year, month + 1];
  return `${String(next[0]).padStart(4, "0")}-${String(next[1]).padStart(2, "0")}-01`;
}

/**
 * Which of two begins first, for sorting. Not by localeCompare: what that needs takes a browser 9 ms to load.
 * @param {{begin: string}} one
 * @param {{begin: string}} other
 */
export function byBegin(one, other) {
  return Number(one.begin > other.begin) - Number(one.begin < other.begin);
}
