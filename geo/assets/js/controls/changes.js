// @ts-check
// What changed between two eras, found by comparing their features; nothing of it is written by hand.

import { filled, html, number } from "../util/dom.js";

/** @typedef {import("../state/data.js").Data} Data */
/** @typedef {import("../state/data.js").Feature} Feature */
/** @typedef {{select: (id: string) => void, sign: (feature: Feature) => Node}} Act */
/** @typedef {{from: Feature, to: Feature, common: number}} Change common ground in km² */
/**
 * @typedef {object} Changes
 * @property {Feature[]} appeared
 * @property {Feature[]} gone
 * @property {Change[]} status an area gone where one of another status began
 * @property {Change[]} extent an area gone where one of the same status began
 * @property {number} stayed
 * @property {{appeared: string[], gone: string[]}} states
 */

/**
 * Show what changed between the era on the map and the one beside it, in the order of time.
 * @param {Data} data
 * @param {{era: number, other: number}} state
 * @param {Feature[]} visible
 * @param {Feature[]} beside
 * @param {Act} act
 * @returns {string} what to say of it
 */
export function showChanges(data, { era, other }, visible, beside, act) {
  const at = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
  const turned = other < era; // whichever of the two is on the left
  const [before, after] = turned ? [other, era] : [era, other];
  const changes = turned
    ? findChanges(data, before, after, beside, visible)
    : findChanges(data, before, after, visible, beside);
  const [from, to] = [data.eras[before].label, data.eras[after].label];
  at("changes-title").textContent = `${data.ui.changes}: ${filled(data.ui["changes-from"], from, to)}`;
  const second = data.eras[other];
  at("changes-list").replaceChildren(
    html("h3", {}, second.title),
    html("p", { class: "remark" }, second.dates),
    html("p", {}, second.caption),
    ...listChanges(data, changes, act),
  );
  return filled(
    data.ui.compared,
    from,
    to,
    changes.appeared.length,
    changes.gone.length,
    changes.status.length + changes.extent.length,
  );
}

/**
 * Compare what two eras show.
 * @param {Data} data
 * @param {number} one index of the era left
 * @param {number} other index of the era gone to
 * @param {Feature[]} before
 * @param {Feature[]} after
 * @returns {Changes}
 */
function findChanges(data, one, other, before, after) {
  // What both eras know has not changed, though one of them may open without its layer.
  const gone = before.filter((feature) => !feature.eras[other]);
  const appeared = after.filter((feature) => !feature.eras[one]);
  const [left, come] = [new Set(gone), new Set(appeared)];
  /** @type {Change[]} */
  const followed = data.overlaps.flatMap((/** @type {number[]} */ [i, j, common]) => {
    const [a, b] = [data.features[i], data.features[j]];
    // What is another thing and of the same status has not changed into it.
    if (a.kind !== b.kind && a.status === b.status) return [];
    if (left.has(a) && come.has(b)) return [{ from: a, to: b, common }];
    if (left.has(b) && come.has(a)) return [{ from: b, to: a, common }];
    return [];
  });
  followed.sort((a, b) => b.common - a.common);
  const told = new Set(followed.flatMap(({ from, to }) => [from, to]));
  return {
    appeared: appeared.filter((feature) => !told.has(feature)),
    gone: gone.filter((feature) => !told.has(feature)),
    status: followed.filter(({ from, to }) => from.status !== to.status),
    extent: followed.filter(({ from, to }) => from.status === to.status),
    stayed: before.length - gone.length,
    states: statesBetween(data, data.eras[one].day, data.eras[other].day),
  };
}

/** @param {Data} data @param {string} before ISO @param {string} after ISO */
function statesBetween(data, before, after) {
  const held = (/** @type {any} */ name, /** @type {string} */ day) =>
    (!name.begin || name.begin <= day) && (!name.end || day < name.end);
  const states = data.base.names.filter((/** @type {any} */ name) => !name.water);
  const named = (/** @type {string} */ day) =>
    new Set(states.filter((/** @type {any} */ name) => held(name, day)).map((/** @type {any} */ name) => name.name));
  const [was, is] = [named(before), named(after)];
  return { gone: [...was].filter((name) => !is.has(name)), appeared: [...is].filter((name) => !was.has(name)) };
}

/**
 * The list of changes as the panel shows it.
 * @param {Data} data
 * @param {Changes} changes
 * @param {Act} act
 * @returns {HTMLElement[]}
 */
function listChanges(data, changes, act) {
  const { ui } = data;
  const { appeared, gone, status, extent, states, stayed } = changes;
  const blocks = [
    ...block(ui["changed-status"], status.map((change) => follows(data, change, act))),
    ...block(ui["changed-extent"], extent.map((change) => follows(data, change, act))),
    ...block(
      ui["changed-states"],
      states.gone.length || states.appeared.length
        ? [html("li", {}, filled(ui["both-ways"], states.gone.join(", ") || "–", states.appeared.join(", ") || "–"))]
        : [],
    ),
    ...block(ui["changed-new"], appeared.map((feature) => html("li", {}, named(data, feature, act)))),
    ...block(ui["changed-gone"], gone.map((feature) => html("li", {}, named(data, feature, act)))),
  ];
  if (!blocks.length) blocks.push(html("p", {}, ui["changed-nothing"]));
  return [...blocks, html("p", { class: "remark" }, filled(ui.stayed, stayed))];
}

/** @param {string} title @param {HTMLElement[]} items */
function block(title, items) {
  return items.length
    ? [html("h3", {}, `${title} `, html("small", {}, number(items.length))), html("ul", {}, ...items)]
    : [];
}

/** @param {Data} data @param {Change} change @param {Act} act */
function follows(data, { from, to, common }, act) {
  const { ui } = data;
  const words = from.status === to.status
    ? ""
    : `${filled(ui["both-ways"], ui[`${from.status}-status`] || "–", ui[`${to.status}-status`] || "–")}; `;
  return html(
    "li",
    {},
    named(data, from, act),
    named(data, to, act),
    html(
      "small",
      {},
      words,
      `${filled(ui["both-ways"], from.km2, filled(ui["square-km"], to.km2))}; ${filled(ui.common, common)}`,
    ),
  );
}

/** @param {Data} data @param {Feature} feature @param {Act} act */
function named({ ui }, feature, { select, sign }) {
  return html(
    "button",
    { type: "button", "data-change": feature.id, onclick: () => select(feature.id) },
    html(
      "span",
      {},
      feature.title,
      ...(feature.km2 ? [html("small", {}, ` ${filled(ui["square-km"], feature.km2)}`)] : []),
    ),
    sign(feature),
  );
}
