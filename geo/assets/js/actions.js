// @ts-check
// What readers and hosts do: each action changes what the reader has chosen, and has it shown.

import { showNotice } from "./util/announce.js";
import { viewBeside } from "./map/reveal.js";
import { askedOf } from "./state/asked.js";
import { titleOf } from "./state/data.js";
import { withAdded } from "./state/own.js";
import { eraIndex, readState, readView, sameLayers, writeState } from "./state/state.js";
import { takeTheme, takeTrack } from "./host/guest.js";

/** @typedef {import("./main.js").Atlas} Atlas */
/** @typedef {import("./state/data.js").Feature} Feature */

/** @param {Atlas} atlas whose parts may come after its actions */
export function makeActions(atlas) {
  const { L, map, data, reader, surface } = atlas;
  const { state } = reader;
  /** Where the page is that a link should lead to; a host that keeps the state names its own. */
  let home = window.location.href.replace(/[?#].*$/, "");
  let wiring = /(?!)/g; // of an address: what a host and its map have arranged between them

  /**
   * @param {number} era index; others are ignored
   * @param {"reader" | "host"} [by] who wants it; a host need not be told what it asked for
   */
  function step(era, by = "reader") {
    if (!(era >= 0 && era < data.eras.length) || era === state().era) return;
    if (by === "host") atlas.player.pause();
    reader.step(era);
    atlas.showing.follow(); // also in an era passed too quickly to be shown: where one arrives must not depend on speed
    atlas.showing.soon();
    atlas.messages.tell("erachange", { ...reader.held(), by });
  }

  /** @param {number} other era to compare with, -1 for none */
  function compareWith(other) {
    state().other = other === state().era ? -1 : other;
    atlas.showing.soon();
  }

  /** @param {"swipe" | "side"} mode */
  function setMode(mode) {
    state().mode = mode;
    atlas.showing.soon();
  }

  /** @param {number} moment index, -1 for all of the era */
  function setMoment(moment) {
    reader.setMoment(moment);
    atlas.showing.soon();
  }

  /** @param {import("./controls/filter.js").Filter} filter */
  function setFilter(filter) {
    state().filter = filter;
    atlas.showing.soon();
  }

  /** @param {string} layer @param {boolean} on */
  function toggle(layer, on) {
    const layers = new Set(state().layers);
    if (on) layers.add(layer);
    else layers.delete(layer);
    showLayers(layers, "reader");
  }

  /** @param {any} layers ids */
  function setLayers(layers) {
    if (!Array.isArray(layers)) return;
    const known = withAdded(data, layers.filter((id) => data.layers.some((layer) => layer.id === id)));
    if (!sameLayers(state().layers, known)) showLayers(new Set(known), "host");
  }

  /** @param {Set<string>} layers @param {"reader" | "host"} by */
  function showLayers(layers, by) {
    reader.setLayers(layers);
    atlas.showing.soon();
    atlas.messages.tell("layerschange", { ...reader.held(), by });
  }

  /** @param {string} id a feature's, or "" to close the card @param {"reader" | "host"} [by] */
  function select(id, by = "reader") {
    const feature = data.byId.get(id);
    state().select = feature ? id : "";
    if (feature && !shown(feature)) {
      reader.reveal(feature);
      atlas.showing.show();
      atlas.messages.tell("erachange", { ...reader.held(), by });
    }
    mark(state().select, "selected");
    atlas.tools.unmark();
    atlas.panel.showCard(feature, data.eras[state().era]);
    atlas.messages.tell("select", { id: state().select });
    atlas.address.changed();
  }

  /**
   * Select what was chosen elsewhere than on the map, and bring it into view.
   * @param {string} id
   * @param {"reader" | "host"} [by]
   */
  function open(id, by) {
    select(id, by);
    const feature = data.byId.get(id);
    const card = /** @type {HTMLElement} */ (document.getElementById("card"));
    const beside = feature && viewBeside(L, map, data, feature, card);
    if (beside) lend(beside);
  }

  /**
   * Open what was chosen by keyboard or from a list, and go to its card.
   * @param {string} id
   * @param {() => void} [back] from there, where what had the focus is gone
   */
  function read(id, back) {
    open(id);
    atlas.panel.goToCard(back);
  }

  /** Select what an address or a host names; a view that it names as well stays. @param {string} id */
  function bring(id) {
    (atlas.view.isOwn(state().era) ? open : select)(id, "host");
  }

  /** Whether a feature is to be seen in one of the eras shown. @param {Feature} feature */
  function shown(feature) {
    return reader.wanted().some((what) => surface.seen(what).includes(feature));
  }

  /** @param {string} id @param {"selected" | "hovered"} how */
  function mark(id, how) {
    for (const one of atlas.surfaces) one.mark(id, how);
  }

  /** @param {ReturnType<typeof readView>} place undefined for the era's own */
  function look(place) {
    atlas.view.set(place, state().era);
    atlas.showing.viewed();
  }

  /** Look at what is open. @param {import("./map/view.js").View} place */
  function lend(place) {
    atlas.view.lend(place);
    atlas.showing.viewed();
  }

  /** Look again at what was seen before. */
  function giveBack() {
    atlas.view.giveBack(state().era);
    atlas.showing.viewed();
  }

  /** The state as an address writes it. */
  function search() {
    return writeState(state(), data, atlas.view.isOwn(state().era) ? "" : atlas.view.text());
  }

  /** Take up a state, as an address writes it. @param {string} address @param {"reader" | "host"} [by] */
  function goTo(address, by = "reader") {
    const asked = readState(askedOf(new URLSearchParams(address)), data);
    const { era, layers } = state();
    atlas.player.pause();
    reader.take(asked.state);
    atlas.view.set(state().view, state().era);
    atlas.showing.show();
    atlas.panel.showCard(data.byId.get(state().select), data.eras[state().era]);
    atlas.address.arrived();
    showNotice(asked.notices);
    if (state().era !== era) atlas.messages.tell("erachange", { ...reader.held(), by });
    else if (!sameLayers(layers, [...state().layers])) atlas.messages.tell("layerschange", { ...reader.held(), by });
  }

  /** Everything a host may want to know. */
  function described() {
    const eras = data.eras.map(({ id }) => id);
    const { select: selected } = state();
    return {
      ...reader.held(),
      select: selected,
      view: atlas.view.text(),
      search: search(),
      title: titleOf(data, data.eras[state().era]), // the window's comes later
      eras,
    };
  }

  /** What hosts may ask for, by the name of the message. @type {Record<string, (message: any) => void>} */
  const answers = {
    setEra: (message) => step(eraIndex(data, message.era), "host"),
    setLayers: (message) => setLayers(message.layers),
    setView: (message) => look(typeof message.view === "string" ? readView(message.view) : undefined),
    setLink: (message) => {
      if (/^https?:\/\//.test(message.address)) [home, wiring] = [message.address, /&(theme|gestures|slider)=[^&]*/g];
    },
    setState: (message) => {
      if (typeof message.search === "string") goTo(message.search, "host");
    },
    setTheme: ({ theme }) => {
      state().theme = takeTheme(theme) || state().theme;
    },
    setTrack: takeTrack,
    select: (message) => bring(typeof message.id === "string" ? message.id : ""),
    getState: () => atlas.messages.tell("state", described()),
    getHeight: () => atlas.height.tell(),
  };

  return {
    ...{ step, compareWith, setMode, setMoment, setFilter, toggle },
    ...{ select, open, read, bring, shown, mark, look, lend, giveBack },
    ...{ search, goTo, described, answers, link: () => home + search().replace(wiring, "") },
  };
}
