// @ts-check
// What the reader has chosen: era, day, layers, filter, what is open. Nothing here touches the page.

import { isFiltering, passes } from "../controls/filter.js";
import { sameLayers } from "./state.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./data.js").Feature} Feature */
/** @typedef {import("./state.js").State} State */
/** @typedef {import("../map/surface.js").Wanted} Wanted */

/**
 * @param {Data} data
 * @param {State} opening what the address asks for
 * @param {ReturnType<typeof import("../util/moments.js").makeMoments>} momentsIn
 */
export function makeReader(data, opening, momentsIn) {
  let state = opening;
  /** Layers added to what eras show at first: they stay when the era changes. @type {Set<string>} */
  let added = new Set();
  keepAdded();

  function keepAdded() {
    const own = data.eras[state.era].layers;
    added = new Set([...state.layers].filter((id) => added.has(id) || !own.includes(id)));
  }

  /** Go to an era as it opens, with the layers that were added. @param {number} era index */
  function step(era) {
    if (era === state.other) state.other = state.era; // the two change places
    state.era = era;
    state.day = "";
    state.layers = new Set([...data.eras[era].layers, ...added]);
  }

  /** @param {number} moment index, -1 for all of the era */
  function setMoment(moment) {
    const { moments } = now();
    state.day = moments[moment] ? moments[moment].from : "";
  }

  /** Where the reader is in time. */
  function now() {
    const { unit, moments } = momentsIn(state.era, state.layers);
    const moment = moments.findIndex(({ from, to }) => state.day >= from && state.day < to);
    return { era: state.era, last: data.eras.length - 1, unit, moments, moment };
  }

  /** What is shown, for the host: `custom` when the layers are not those the era opens with. */
  function held() {
    const era = data.eras[state.era];
    return { era: era.id, layers: [...state.layers], custom: !sameLayers(state.layers, era.layers) };
  }

  /** @param {Set<string>} layers */
  function setLayers(layers) {
    state.layers = layers;
    keepAdded();
  }

  /** Show what a feature needs to be seen. @param {Feature} feature */
  function reveal(feature) {
    setLayers(new Set([...state.layers, feature.layer]));
    state.day = "";
    if (!passes(feature, state.filter)) state.filter = {};
    if (!feature.eras[state.era]) state.era = feature.eras.indexOf(true);
  }

  /** Take up another state; what belongs to the page and not to the map stays. @param {State} other */
  function take(other) {
    const { lang, ui, theme, gestures, slider, heading, hide } = state;
    state = { ...other, lang, ui, theme, gestures, slider, heading, hide };
    added = new Set();
    keepAdded();
  }

  /** What the one or two maps show. @returns {Wanted[]} */
  function wanted() {
    const { era, other, layers } = state;
    if (other < 0) {
      const { moments, moment } = now();
      return [{ era, layers, moment: moments[moment], ...filtered() }];
    }
    // Each era as it opens, but for what the reader has added and taken away.
    const taken = data.eras[era].layers.filter((id) => !layers.has(id));
    const beside = new Set([...data.eras[other].layers.filter((id) => !taken.includes(id)), ...added]);
    return [
      { era, layers, ...filtered() },
      { era: other, layers: beside, ...filtered() },
    ];
  }

  /** What the reader's filter leaves to be seen. */
  function filtered() {
    const { filter } = state;
    return {
      filter: isFiltering(filter) ? Object.values(filter).join() : "",
      passes: (/** @type {Feature} */ feature) => passes(feature, filter),
    };
  }

  return {
    state: () => state,
    added: () => added,
    ...{ step, setMoment, now, held, setLayers, reveal, take, wanted, filtered },
  };
}
