// @ts-check
// The frame around an era: title, caption, legend, list of features, details card.

import { makeCardFocus } from "./card-focus.js";
import { report } from "./report.js";
import { hasPlace, inTime } from "../state/data.js";
import { filled, html, kept, link, number } from "../util/dom.js";
import { legendRows } from "../drawing/swatches.js";
import { isBanded } from "../drawing/bands.js";
import { debounce, runInSlices } from "../util/scheduling.js";

/** @typedef {import("../state/data.js").Data} Data */
/** @typedef {import("../state/data.js").Feature} Feature */
/** @typedef {import("../map/shared-drawing.js").SharedDrawing} SharedDrawing */

/** @typedef {import("../drawing/in-view.js").Sight} Sight */

/** Rows of the list laid out in one frame. */
const SLICE = 20;

/**
 * @param {Data} data
 * @param {SharedDrawing} shared
 * @param {{select: (id: string) => void, hover: (id: string) => void, toggle: (layer: string, on: boolean) => void,
 *   inSight: (eras: number) => Sight[]}} act of as many maps as eras are shown
 */
export function makePanel(data, shared, act) {
  const at = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
  const { ui } = data;
  at("legend-title").textContent = ui.legend;
  at("layers-title").textContent = ui.layers;
  at("features-title").textContent = ui.features;
  const focus = makeCardFocus(at("card"), () => [marked, at("drawer"), document.querySelector(".folium-map")]);
  /** Legends and layer lists, made once. @type {Map<string, HTMLElement[]>} */
  const legends = new Map();
  /** @type {Map<string, {row: HTMLElement, box: HTMLInputElement, layer: string}[]>} */
  const choices = new Map();
  /** Rows of the list, made once: most features are in several eras. @type {Map<string, HTMLElement>} */
  const rows = new Map();
  const fillSoon = debounce((fill) => fill());
  let stopFilling = () => {};
  /** The eras that the legend tells of. @type {any[] | undefined} */
  let told;
  let outside = false; // whether land outside the map's subject is seen
  let current = ""; // id of the feature whose card is open
  /** The button of its row. @type {HTMLElement | null | undefined} */
  let marked;

  /**
   * @param {any} era
   * @param {Feature[]} visible
   * @param {Set<string>} layers
   * @param {any} [other] the era beside it
   */
  function showEra(era, visible, layers, other) {
    at("era-title").textContent = era.title;
    at("era-dates").textContent = era.dates;
    at("era-caption").textContent = kept(era.caption);
    // The lists take longer than all the rest: they follow the map as soon as no further step does.
    at("lists").setAttribute("aria-busy", "true");
    stopFilling();
    const fill = () => {
      stopFilling = runInSlices(fillLists(era, visible, layers, other));
    };
    if (at("features").childElementCount) fillSoon(fill);
    else fill();
  }

  /**
   * @param {any} era
   * @param {Feature[]} visible
   * @param {Set<string>} layers
   * @param {any} other
   */
  function* fillLists(era, visible, layers, other) {
    told = [era, ...(other ? [other] : [])];
    showLegend();
    at("feature-count").textContent = number(visible.length);
    yield;
    const choice = layersOf(era, layers);
    // In the same era they stay: one that was just ticked would lose the focus.
    if (at("layers").firstChild !== choice[0]) at("layers").replaceChildren(...choice);
    yield;
    const listed = inTime(visible);
    const list = at("features");
    for (let start = 0; start < Math.max(1, listed.length); start += SLICE) {
      const rows = listed.slice(start, start + SLICE).map((feature) => row(feature));
      if (!listed.length) list.replaceChildren(html("li", {}, ui["search-none"]));
      else if (start) list.append(...rows);
      else list.replaceChildren(...rows);
      markCurrent();
      yield;
    }
    at("lists").removeAttribute("aria-busy");
  }

  /** Tell of what is in sight now, or on paper. @param {Sight} [printed] */
  function showLegend(printed) {
    if (!told) return;
    const sight = printed || together(act.inSight(told.length));
    at("legend").replaceChildren(...legendOf(printed ? told.slice(0, 1) : told, sight));
    showOutside(outside);
  }

  /**
   * @param {any[]} eras the one shown, then the one beside it
   * @param {Sight} sight
   */
  function legendOf(eras, sight) {
    const banded = sight.seen.some((feature) => isBanded(feature, data.kinds[feature.kind]));
    const key = [
      ...eras.map(({ id }) => id),
      sight.unsettled,
      banded,
      ...new Set(sight.seen.map(({ id, kind, actor }) => `${kind} ${actor} ${sight.signs.of.get(id)?.form}`)),
    ].join();
    const made = legends.get(key) || legend(data, shared, sight, eras);
    legends.set(key, made);
    return made;
  }

  /** @param {any} era @param {Set<string>} layers */
  function layersOf(era, layers) {
    const made = choices.get(era.id) || layerChoice(data, era, act.toggle);
    choices.set(era.id, made);
    for (const { box, layer } of made) box.checked = layers.has(layer);
    return made.map(({ row }) => row);
  }

  /** Explain the land outside the map's subject, when some is seen. @param {boolean} seen */
  function showOutside(seen) {
    outside = seen;
    const entry = document.getElementById("legend-outside");
    if (entry) entry.hidden = !seen;
  }

  /** Make what an era will need. @param {any} era */
  function prepare(era) {
    if (!choices.has(era.id)) choices.set(era.id, layerChoice(data, era, act.toggle));
  }

  /** @param {Feature} feature */
  function row(feature) {
    const known = rows.get(feature.id);
    if (known) return known;
    const made = makeRow(shared, feature, act);
    rows.set(feature.id, made);
    return made;
  }

  /** @param {Feature | undefined} feature @param {any} era */
  function showCard(feature, era) {
    const card = at("card");
    const had = focus.hasFocus();
    current = feature ? feature.id : "";
    card.removeAttribute("data-source");
    if (!feature) {
      card.hidden = true;
      focus.goBack(had);
      markCurrent();
      return;
    }
    markCurrent();
    card.replaceChildren(...cardContent(data, shared, feature, era, () => act.select("")));
    card.hidden = false;
    card.scrollTop = 0;
    if (had) card.focus({ preventScroll: true });
  }

  /**
   * Go to the card; the focus comes back to where it was. An article brings it into its window.
   * @param {() => void} [back] the way back, where what had the focus is gone
   */
  function goToCard(back) {
    focus.openedFrom(back || document.activeElement);
    at("card").focus({ preventScroll: window.parent === window });
  }

  /** Mark the row of the feature whose card is open. */
  function markCurrent() {
    const button = current ? rows.get(current)?.querySelector("button") : undefined;
    if (marked === button) return;
    marked?.removeAttribute("aria-current");
    marked = button;
    marked?.setAttribute("aria-current", "true");
  }

  /** Light up the row of a feature pointed at on the map. @param {string} id or "" */
  function hover(id) {
    for (const lit of document.querySelectorAll("#panel .hovered")) lit.classList.remove("hovered");
    const row = id && document.querySelector(`[data-row="${id}"], [data-change="${id}"]`);
    if (row) row.classList.add("hovered");
  }

  return { showEra, showLegend, showOutside, showCard, goToCard, openedFrom: focus.openedFrom, row, prepare, hover };
}

/**
 * What all maps show; a feature that is an icon on one of them is one.
 * @param {Sight[]} sights
 * @returns {Sight}
 */
function together(sights) {
  const signs = sights.flatMap(({ signs }) => [...signs.of]).sort(([, a], [, b]) =>
    Number(a.form > b.form) - Number(a.form < b.form)
  );
  return {
    seen: sights.flatMap(({ seen }) => seen),
    signs: { of: new Map(signs), badges: [] },
    unsettled: sights.some(({ unsettled }) => unsettled),
  };
}

/**
 * The key to the actors, one entry for each kind that can be seen, and what the base needs, under their headings.
 * @param {Data} data
 * @param {SharedDrawing} shared
 * @param {Sight} sight
 * @param {any[]} eras the one shown, then the one beside it
 */
function legend(data, shared, { seen, signs, unsettled }, eras) {
  const rows = legendRows(data, eras, seen, shared.ink, { outside: true, signs, unsettled });
  const groups = [...new Set(rows.map(({ group }) => group))];
  return groups.flatMap((group) => [
    html("h3", {}, group),
    html("ul", {}, ...rows.filter((row) => row.group === group).map((row) => legendItem(data, shared, row))),
  ]);
}

/** @param {Data} data @param {SharedDrawing} shared @param {import("../drawing/swatches.js").Row} row */
function legendItem(data, shared, { title, samples }) {
  const outside = title === data.ui["no-data"];
  return html(
    "li",
    outside ? { id: "legend-outside", hidden: true } : {},
    html("span", { class: "samples" }, ...samples.map(shared.picture)),
    html("span", {}, title),
  );
}

/**
 * @param {Data} data
 * @param {any} era
 * @param {(layer: string, on: boolean) => void} toggle
 * @returns {{row: HTMLElement, box: HTMLInputElement, layer: string}[]}
 */
function layerChoice(data, era, toggle) {
  const index = data.eras.indexOf(era);
  return data.layers
    .map((/** @type {any} */ layer) => ({
      layer,
      count: data.features.filter((/** @type {Feature} */ f) => f.layer === layer.id && f.eras[index]).length,
    }))
    .filter((/** @type {any} */ entry) => entry.count)
    .map((/** @type {any} */ { layer, count }) => {
      const box = /** @type {HTMLInputElement} */ (html("input", {
        type: "checkbox",
        "aria-description": layer.description,
        onchange: () => toggle(layer.id, box.checked),
      }));
      const row = html(
        "li",
        {},
        html("label", { title: layer.description }, box, ` ${layer.title} `, html("small", {}, `(${number(count)})`)),
      );
      return { row, box, layer: layer.id };
    });
}

/**
 * @param {SharedDrawing} shared
 * @param {Feature} feature
 * @param {{select: (id: string) => void, hover: (id: string) => void}} act
 */
function makeRow(shared, feature, act) {
  return html(
    "li",
    {},
    html(
      "button",
      {
        type: "button",
        "data-row": feature.id,
        onclick: () => act.select(feature.id),
        onmouseenter: () => act.hover(feature.id),
        onmouseleave: () => act.hover(""),
        onfocus: () => act.hover(feature.id),
        onblur: () => act.hover(""),
      },
      html("span", { class: "row-title" }, feature.title),
      html(
        "span",
        { class: "row-when" },
        feature.when,
        ...(hasPlace(feature) ? [] : [html("small", {}, ` ${shared.data.ui.unplaced}`)]),
      ),
      shared.sign(feature),
    ),
  );
}

/**
 * @param {Data} data
 * @param {SharedDrawing} shared
 * @param {Feature} feature
 * @param {any} era
 * @param {() => void} close
 */
function cardContent(data, shared, feature, era, close) {
  const { ui } = data;
  const facts = /** @type {[string, string][]} */ ([
    [ui.when, feature.when],
    [ui.who, feature.who],
    [ui.certainty, ui[feature.certainty]],
    [ui.precision, !hasPlace(feature) ? ui.unplaced : feature.precision ? filled(ui.within, feature.precision) : ""],
    [ui.area, feature.km2 ? filled(ui["square-km"], feature.km2) : ""],
    [ui.length, feature.km ? filled(ui.km, feature.km) : ""],
  ]).filter(([, value]) => value);
  const stops = [...new Set(feature.stops.filter(([date]) => date).map(([, words]) => words))];
  return [
    html("button", { type: "button", class: "close", "aria-label": ui.close, onclick: close }, "×"),
    html("p", { class: "card-kind" }, shared.swatch(feature.kind, feature.actor), data.kinds[feature.kind].title),
    html("h3", { id: "card-title", "aria-level": 2 }, feature.title),
    html("dl", { class: "facts" }, ...facts.flatMap(([name, value]) => [html("dt", {}, name), html("dd", {}, value)])),
    ...(feature.note ? [html("p", {}, feature.note)] : []),
    ...block(ui.dispute, feature.dispute ? [html("p", { class: "dispute" }, feature.dispute)] : []),
    ...feature.views.map((told) => view(data, told)),
    ...block(ui.figures, list(feature.figures.map((figure) => [figure]))),
    ...block(ui.history, list(feature.history.map(([when, text]) => [html("strong", {}, when), ` ${text}`]))),
    ...block(ui.stops, stops.length > 1 ? [html("p", {}, stops.join(" → "))] : []),
    ...block(ui.claims, feature.claims.flatMap((id) => claim(data, id))),
    ...block(ui.context, feature.context ? [html("p", {}, feature.context)] : []),
    ...block(ui.sources, list(feature.sources.map((id) => source(data, id)))),
    ...(feature.eras[data.eras.indexOf(era)] ? [] : [html("p", { class: "remark" }, feature.when)]),
    ...report(data, feature),
  ];
}

/** @param {string} title @param {Node[]} content @returns {Node[]} */
function block(title, content) {
  return content.length ? [html("h4", { "aria-level": 3 }, title), ...content] : [];
}

/** @param {(Node | string)[][]} items @returns {Node[]} */
function list(items) {
  return items.length ? [html("ul", {}, ...items.map((item) => html("li", {}, ...item)))] : [];
}

/** @param {Data} data @param {string} id @returns {Node[]} */
function claim(data, id) {
  const entry = data.claims[id];
  if (!entry) return [];
  const finding = entry.finding
    ? [html("p", { class: "finding" }, html("strong", {}, `${data.ui.finding}: `), entry.finding)]
    : [];
  const views = (entry.views || []).map((/** @type {import("../state/data.js").View} */ told) => view(data, told));
  return [
    html("p", { class: "claim" }, html("span", { class: "claim-id" }, id), ` ${entry.statement}`),
    ...finding,
    ...views,
  ];
}

/** @param {Data} data @param {import("../state/data.js").View} told */
function view(data, [whose, says, sources]) {
  const cited = sources.flatMap((id, i) => [i ? "; " : " ", ...source(data, id)]);
  return html(
    "p",
    { class: "view" },
    html("strong", {}, filled(data.ui.view, whose)),
    ` ${says}`,
    html("small", {}, ...cited),
  );
}

/** The language that works are cited in, whatever the map's is. */
const CITED = "en";

/** @param {Data} data @param {string} id @returns {(Node | string)[]} */
export function source(data, id) {
  const entry = data.sources[id];
  if (!entry) return [id];
  const numbers = [
    ...(entry.doi ? [link(`https://doi.org/${entry.doi}`, `doi:${entry.doi}`)] : []),
    ...(entry.isbn ? [`ISBN ${entry.isbn}`] : []),
  ];
  const cited = [
    entry.url ? link(entry.url, entry.citation) : entry.citation,
    ...numbers.flatMap((number) => [" ", number]),
  ];
  return data.language === CITED ? cited : [html("bdi", { lang: CITED }, ...cited)];
}
