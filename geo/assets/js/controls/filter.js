// @ts-check
// Filter: of all features, those of some actors, kinds, certainties or paragraphs of the source text, or those that
// an author picked one by one.

import { isAdded } from "../state/own.js";
import { filled, html } from "../util/dom.js";

/** @typedef {import("../state/data.js").Data} Data */
/** @typedef {import("../state/data.js").Feature} Feature */
/** @typedef {Record<string, string>} Filter by the names below, several values joined by ~; "" is any */

/** What can be filtered by, and a feature's values of it. @type {Record<string, (feature: Feature) => string[]>} */
const BY = {
  actor: ({ actor }) => [actor],
  kind: ({ kind }) => [kind],
  certainty: ({ certainty }) => [certainty],
  paragraph: ({ claims }) => claims.map((claim) => claim.split("-")[0]),
  only: ({ id }) => [id],
};

/** By what can be filtered. */
export const FILTERS = Object.keys(BY);

/** By what readers choose; `only` is an author's. */
const FIELDS = FILTERS.filter((name) => name !== "only");

/** @param {Feature} feature @param {Filter} filter */
export function passes(feature, filter) {
  return isAdded(feature) ||
    Object.entries(BY).every(([name, of]) =>
      !filter[name] || of(feature).some((value) => filter[name].split("~").includes(value))
    );
}

/** Whether a filter leaves anything out. @param {Filter} filter */
export function isFiltering(filter) {
  return Object.values(filter).some(Boolean);
}

/**
 * Read a filter from address parameters; values that no feature has are told and left out.
 * @param {import("../state/asked.js").Asked} asked
 * @param {Data} data
 * @param {(what: string, name: string, value: string) => void} tell
 * @returns {Filter}
 */
export function readFilter(asked, data, tell) {
  return Object.fromEntries(
    Object.entries(BY).map(([name, of]) => {
      const values = (asked.get(name) || "").split("~").filter(Boolean);
      const known = values.filter((value) =>
        data.features.some((/** @type {Feature} */ feature) => of(feature).includes(value))
      );
      for (const value of values) if (!known.includes(value)) tell("bad-filter", data.ui[`by-${name}`], value);
      return [name, known.join("~")];
    }),
  );
}

/**
 * @param {Data} data
 * @param {(filter: Filter) => void} change
 */
export function makeFilter(data, change) {
  const { ui } = data;
  const box = /** @type {HTMLDetailsElement} */ (document.getElementById("filter"));
  const count = html("small");
  const clear = html(
    "button",
    { type: "button", class: "plain-button", onclick: () => change({}) },
    ui["filter-clear"],
  );
  /** @type {HTMLSelectElement[]} */
  let fields = [];
  /** What there is to choose from. @type {string[]} */
  let names = [];
  /** @type {HTMLElement} */ (box.firstElementChild).replaceChildren(`${ui.filter} `, count);
  box.addEventListener("toggle", () => {
    if (box.open) fill();
  });
  /** @type {Filter} */
  let current = {};

  /** Most readers never open it, so it is made when it is needed. */
  function fill() {
    if (fields.length) return;
    names = FIELDS.filter((name) => new Set(choices(data, name).map(([, text]) => text)).size > 1);
    fields = names.map((
      name,
    ) => /** @type {HTMLSelectElement} */ (html(
      "select",
      { id: `filter-${name}`, onchange: read },
      html("option", { value: "" }, ui.any),
      ...choices(data, name).map(([value, text]) => html("option", { value }, text)),
    )));
    box.append(...fields.map((field, i) => html("label", {}, html("span", {}, ui[`by-${names[i]}`]), field)), clear);
    write();
  }

  function read() {
    change({ ...current, ...Object.fromEntries(names.map((name, i) => [name, fields[i].value])) });
  }

  function write() {
    fields.forEach((field, i) => {
      const value = current[names[i]] || "";
      field.querySelector("[data-several]")?.remove();
      if (value.includes("~") && ![...field.options].some((option) => option.value === value)) {
        field.append(html("option", { value, "data-several": "" }, textOf(data, names[i], value)));
      }
      field.value = value;
    });
    clear.setAttribute("aria-disabled", String(!isFiltering(current))); // and keeps the focus
  }

  /**
   * @param {Filter} filter
   * @param {number} seen features that pass
   * @param {number} all features without the filter
   */
  function show(filter, seen, all) {
    const on = isFiltering(filter);
    current = filter;
    if (on && !fields.length) {
      box.open = true;
      fill();
    }
    write();
    count.textContent = on ? filled(ui["filter-count"], seen, all) : "";
  }

  return { show };
}

/** Several values of one name in words. @param {Data} data @param {string} name @param {string} value */
function textOf(data, name, value) {
  const asked = value.split("~");
  return choices(data, name).filter(([ids]) => ids.split("~").some((id) => asked.includes(id)))
    .map(([, text]) => text).join(", ");
}

/**
 * Values that occur, with their texts, in the data's order; those of nobody, as colours are, are one choice.
 * @param {Data} data
 * @param {string} name
 * @returns {string[][]}
 */
function choices(data, name) {
  const used = new Set(data.features.flatMap(BY[name]));
  const acting = Object.entries(data.actors).filter(([id]) => used.has(id));
  const nobody = acting.filter(([, { title }]) => !title).map(([id]) => id).join("~");
  /** @type {Record<string, string[][]>} */
  const known = {
    actor: [...acting.map(([id, { title }]) => [id, title]), [nobody, data.ui["no-actor"]]],
    kind: Object.entries(data.kinds).map(([id, { title }]) => [id, title]),
    certainty: ["certain", "less-certain", "uncertain"].map((id) => [id, data.ui[id]]),
    paragraph: Object.entries(data.paragraphs).map(([id, subject]) => [id, `${id} ${subject}`]),
  };
  return known[name].filter(([ids, text]) => text && ids.split("~").some((id) => used.has(id)));
}
