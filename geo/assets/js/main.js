// @ts-check
// The document's runtime: starts on the Leaflet map that Folium made, keeps one state, shows it.

import { makeAddress } from "./state/address.js";
import { askedOf } from "./state/asked.js";
import { showChanges } from "./controls/changes.js";
import { makeCompare } from "./map/compare.js";
import { makeChooser } from "./controls/chooser.js";
import { filled } from "./util/dom.js";
import { unpackData } from "./state/data.js";
import { makeDrawer } from "./controls/drawer.js";
import { passes } from "./controls/filter.js";
import { makeGestures } from "./host/gestures.js";
import { makeHeight } from "./host/height.js";
import { takeTheme, takeTrack } from "./host/guest.js";
import { makeHome } from "./map/home.js";
import { whenFacesCome } from "./util/fonts.js";
import { makeInset } from "./map/inset.js";
import { makeMessages } from "./host/messages.js";
import { makeMoments } from "./util/moments.js";
import { makePanel } from "./controls/panel.js";
import { makePlayer } from "./controls/player.js";
import { announce, showFailure, showNotice } from "./util/announce.js";
import { listenTo } from "./map/pointing.js";
import { makePreparing, preparations } from "./map/preparing.js";
import { makePrint } from "./map/print.js";
import { viewBeside } from "./map/reveal.js";
import { resetSavedPage } from "./host/reset-saved-page.js";
import { makeSharedDrawing } from "./map/shared-drawing.js";
import { addOwn, withAdded } from "./state/own.js";
import { eraIndex, readState, readView, sameLayers, writeState } from "./state/state.js";
import { makeSurface } from "./map/surface.js";
import { makeTimeline } from "./controls/timeline.js";
import { makeTitle } from "./map/title.js";
import { makeTools } from "./controls/tools.js";
import { makeView, prepareMap } from "./map/view.js";
import { debounce, throttle } from "./util/scheduling.js";

/** @typedef {import("./state/data.js").Feature} Feature */

/** Milliseconds a reader rests before the eras around are made ready for what has changed. */
const REST = 400;

/**
 * Start the atlas on a map.
 * @param {any} L Leaflet
 * @param {any} map
 */
export function startAtlas(L, map) {
  const page = document.documentElement;
  try {
    run(L, map, page);
    page.setAttribute("data-atlas-state", "ready");
  } catch (error) {
    page.setAttribute("data-atlas-state", "error");
    showFailure(error);
    throw error;
  }
}

/**
 * @param {any} L
 * @param {any} map
 * @param {HTMLElement} page
 */
function run(L, map, page) {
  const at = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
  const left = resetSavedPage(map, page);
  const data = unpackData(JSON.parse(at("atlas-data").textContent || ""));
  if (left) data.first = left;
  const asked = askedOf(new URLSearchParams(window.location.search), data.opening);
  const strange = addOwn(data, asked);
  const opening = readState(asked, data);
  at("attribution").textContent = data.attribution;
  let { state } = opening;
  page.setAttribute("data-ui", state.ui);
  page.setAttribute("data-theme", state.theme);
  page.setAttribute("data-hide", state.hide.replaceAll("~", " "));
  prepareMap(L, map, data);
  const shared = makeSharedDrawing(data);
  const surface = makeSurface(L, map, data, "a", shared);
  const surfaces = [surface];
  const momentsIn = makeMoments(data, surface.seen);
  const inset = makeInset(L, map, data, shared.ink);
  const title = makeTitle(L, map, data);
  const panel = makePanel(data, shared, { select: read, hover: (id) => mark(id, "hovered"), toggle, inSight: surface.inSight });
  const timeline = makeTimeline(data, step, shared.ruler.width);
  const view = makeView(L, map, data, state.view);
  const pointing = { L, data, select, read, hover: (/** @type {string} */ id) => { mark(id, "hovered"); panel.hover(id); } };
  const compare = makeCompare(L, map, data, shared, {
    opened: (second, beside) => {
      surfaces.push(second);
      listenTo(second, beside, pointing);
    },
    resize: () => view.resize(state.era),
    click: () => select(""),
  });
  makeGestures(map, data.ui); makeDrawer(data.ui);
  makeHome(L, data.ui, () => look(undefined)).addTo(map);
  const chooser = makeChooser(data, { compare: compareWith, mode: setMode });
  const player = makePlayer(data, { now, step, moment: setMoment, rest: () => announce(told) });
  const tools = makeTools(L, map, data, {
    // At once: a view that is brought later must not be taken back by the era's own.
    step: (era) => { if (era !== state.era) { step(era); show(); } },
    era: () => state.era, select: open, filter: setFilter, openedFrom: panel.openedFrom, look: lend,
    link: () => home + search(),
  });
  const messages = makeMessages({
    setEra: (message) => step(eraIndex(data, message.era), "host"),
    setLayers: (message) => setLayers(message.layers),
    setView: (message) => look(typeof message.view === "string" ? readView(message.view) : undefined),
    setLink: (message) => { if (/^https?:\/\//.test(message.address)) home = message.address; },
    setState: (message) => { if (typeof message.search === "string") goTo(message.search); },
    setTheme: ({ theme }) => { state.theme = takeTheme(theme) || state.theme; }, setTrack: takeTrack,
    select: (message) => bring(typeof message.id === "string" ? message.id : ""),
    getState: () => messages.tell("state", described()),
    getHeight: () => height.tell(),
  });
  const address = makeAddress(() => ({ search: search(), step: [state.era, state.other].join(" ") }), {
    settled: (written, push) => messages.tell("statechange", { search: written, push, title: document.title }),
    back: goTo,
  });
  const refresh = throttle(show);
  /** Layers the reader added to what eras show at first. @type {Set<string>} */
  let added = new Set();
  /** Where the page is that a link should lead to; a host that keeps the state names its own. */
  let home = window.location.href.replace(/[?#].*$/, "");
  let [told, seen] = ["", state.era]; // what was said of what is shown; the era the view was last brought for
  const prepareEras = makePreparing(preparing);
  const prepareSoon = debounce(prepareEras, REST);

  keepAdded();
  map.invalidateSize({ animate: false }); // the timeline has taken its place
  view.set(state.view, state.era);
  const chosen = state.select;
  show();
  if (chosen) bring(chosen);
  showNotice([...strange, ...opening.notices]);
  listen();
  address.arrived();
  messages.tell("ready", described());
  const height = makeHeight(messages.tell);
  makePrint(data, shared.ruler.width, () => ({ wanted: wanted()[0], visible: surface.seen(wanted()[0]), bounds: view.isOwn(state.era) ? undefined : view.bounds() }));
  prepareEras();

  function* preparing() {
    yield* preparations(data, { era: state.era, added }, { view, surface, panel, moments: momentsIn, filtered });
    page.setAttribute("data-atlas-prepared", "");
  }

  /**
   * @param {number} era index; others are ignored
   * @param {"reader" | "host"} [by] who wants it; a host need not be told what it asked for
   */
  function step(era, by = "reader") {
    if (!(era >= 0 && era <= timeline.last) || era === state.era) return;
    if (era === state.other) state.other = state.era; // the two change places
    state.era = era;
    state.day = "";
    state.layers = new Set([...data.eras[era].layers, ...added]);
    follow(); // also in an era passed too quickly to be shown: where one arrives must not depend on speed
    refresh();
    messages.tell("erachange", { ...held(), by });
  }

  /** @param {number} other era to compare with, -1 for none */
  function compareWith(other) {
    state.other = other === state.era ? -1 : other;
    refresh();
  }

  /** @param {"swipe" | "side"} mode */
  function setMode(mode) {
    state.mode = mode;
    refresh();
  }

  /** @param {number} moment index, -1 for all of the era */
  function setMoment(moment) {
    const { moments } = now();
    state.day = moments[moment] ? moments[moment].from : "";
    refresh();
  }

  /** Where the reader is in time. */
  function now() {
    const { unit, moments } = momentsIn(state.era, state.layers);
    const moment = moments.findIndex(({ from, to }) => state.day >= from && state.day < to);
    return { era: state.era, last: timeline.last, unit, moments, moment };
  }

  /** What is shown, for the host: `custom` when the layers are not those the era opens with. */
  function held() {
    const era = data.eras[state.era];
    return { era: era.id, layers: [...state.layers], custom: !sameLayers(state.layers, era.layers) };
  }

  /** Take over which layers are on; those added to the era's own stay when the era changes. */
  function keepAdded() {
    const own = data.eras[state.era].layers;
    added = new Set([...state.layers].filter((id) => added.has(id) || !own.includes(id)));
  }

  /** @param {string} layer @param {boolean} on */
  function toggle(layer, on) {
    const layers = new Set(state.layers);
    if (on) layers.add(layer);
    else layers.delete(layer);
    showLayers(layers, "reader");
  }

  /** @param {any} layers ids */
  function setLayers(layers) {
    if (!Array.isArray(layers)) return;
    const known = withAdded(data, layers.filter((id) => data.layers.some((/** @type {any} */ layer) => layer.id === id)));
    if (!sameLayers(state.layers, known)) showLayers(new Set(known), "host");
  }

  /** @param {Set<string>} layers @param {"reader" | "host"} by */
  function showLayers(layers, by) {
    state.layers = layers;
    keepAdded();
    refresh();
    messages.tell("layerschange", { ...held(), by });
  }

  /** @param {import("./controls/filter.js").Filter} filter */
  function setFilter(filter) {
    state.filter = filter;
    refresh();
  }

  /** @param {string} id a feature's, or "" to close the card */
  function select(id) {
    const feature = data.byId.get(id);
    state.select = feature ? id : "";
    if (feature && !shown(feature)) {
      state.layers.add(feature.layer);
      keepAdded();
      state.day = "";
      if (!passes(feature, state.filter)) state.filter = {};
      if (!feature.eras[state.era]) state.era = feature.eras.indexOf(true);
      show();
      messages.tell("erachange", { ...held(), by: "reader" });
    }
    mark(state.select, "selected");
    tools.unmark();
    panel.showCard(feature, data.eras[state.era]);
    messages.tell("select", { id: state.select });
    address.changed();
  }

  /** Select what was chosen elsewhere than on the map, and bring it into view. @param {string} id */
  function open(id) {
    select(id);
    const feature = data.byId.get(id);
    const beside = feature && viewBeside(L, map, data, feature, at("card"));
    if (beside) lend(beside);
  }

  /** Open what was chosen by keyboard or from a list, and go to its card. @param {string} id */
  function read(id) { open(id); panel.goToCard(); }

  /** Select what an address or a host names; a view that it names as well stays. @param {string} id */
  function bring(id) {
    (view.isOwn(state.era) ? open : select)(id);
  }

  /** Whether a feature is to be seen in one of the eras shown. @param {Feature} feature */
  function shown(feature) {
    return wanted().some((what) => surface.seen(what).includes(feature));
  }

  /** What the one or two maps show. @returns {import("./map/surface.js").Wanted[]} */
  function wanted() {
    const { era, other, layers } = state;
    if (other < 0) {
      const { moments, moment } = now();
      return [{ era, layers, moment: moments[moment], ...filtered() }];
    }
    // Like with like: both eras with the layers of both, so that only time makes the difference.
    const both = new Set([...layers, ...data.eras[other].layers]);
    return [era, other].map((index) => ({ era: index, layers: both, ...filtered() }));
  }

  /** What the reader's filter leaves to be seen. */
  function filtered() {
    const { filter } = state;
    return {
      filter: Object.values(filter).some(Boolean) ? Object.values(filter).join() : "",
      passes: (/** @type {Feature} */ feature) => passes(feature, filter),
    };
  }

  /** @param {string} id @param {"selected" | "hovered"} how */
  function mark(id, how) {
    for (const one of surfaces) one.mark(id, how);
  }

  /** Bring the view of an era that would not be seen. */
  function follow() {
    if (seen !== state.era) surface.quietly(() => view.follow(state.era));
    seen = state.era;
  }

  /** Show the state. */
  function show() {
    const era = data.eras[state.era];
    const [first, second] = wanted();
    const selected = data.byId.get(state.select);
    if (selected && !shown(selected)) state.select = "";
    follow();
    inset.show(state.era);
    title.show(era);
    const visible = surface.show(first, player.isPlaying());
    const beside = compare.show(second, state.mode, state.era);
    panel.showEra(era, visible, state.layers, beside, data.eras[state.other]);
    tools.showFilter(state.filter, visible.length, first.filter ? surface.seen({ ...first, passes: undefined }).length : visible.length);
    panel.showOutside(view.beyond());
    panel.showCard(data.byId.get(state.select), era);
    timeline.show(state.era, state.other);
    chooser.show(state);
    player.show();
    mark(state.select, "selected");
    document.title = `${era.title} (${era.dates}) – ${data.title}`;
    const said = second ? showChanges(data, state, visible, beside, { select: read, swatch: shared.swatch }) : filled(data.ui.shown, era.title, visible.length);
    at("changes").hidden = !second;
    page.setAttribute("data-atlas-era", era.id);
    told = first.moment ? player.said(era, visible.length) : said;
    if (!player.isPlaying()) announce(told);
    address.changed();
    if (!surface.wasReady()) prepareSoon();
  }

  function search() {
    return writeState(state, data, view.isOwn(state.era) ? "" : view.text());
  }

  /** Take up a state, as an address writes it. @param {string} address_ */
  function goTo(address_) {
    const read = readState(askedOf(new URLSearchParams(address_)), data);
    const { ui, theme, gestures, slider, heading, hide } = state;
    state = { ...read.state, ui, theme, gestures, slider, heading, hide };
    added = new Set();
    keepAdded();
    view.set(state.view, state.era);
    show();
    panel.showCard(data.byId.get(state.select), data.eras[state.era]);
    address.arrived();
    showNotice(read.notices);
    messages.tell("erachange", { ...held(), by: "reader" });
  }

  function described() {
    const eras = data.eras.map(({ id }) => id);
    return { ...held(), select: state.select, view: view.text(), search: search(), title: document.title, eras };
  }

  /** @param {ReturnType<typeof readView>} place undefined for the era's own */
  function look(place) {
    view.set(place, state.era);
    viewed();
  }

  /** Look at what is open. @param {import("./map/view.js").View} place */
  function lend(place) {
    view.lend(place);
    viewed();
  }

  function viewed() {
    inset.show(state.era);
    panel.showLegend();
    panel.showOutside(view.beyond());
    messages.tell("viewchange", { view: view.text() });
    address.changed();
    prepareSoon();
  }

  function listen() {
    listenTo(surface, map, pointing);
    whenFacesCome(show);
    map.on("moveend", () => { if (!view.isOurs()) viewed(); }).on("click", () => select(""));
    document.addEventListener("keydown", ({ key }) => { if (key === "Escape" && state.select) select(""); });
    new ResizeObserver(() => {
      const before = map.getSize();
      (compare.isOn() ? compare.resize : () => view.resize(state.era))();
      if (!before.equals(map.getSize())) prepareSoon();
    }).observe(map.getContainer());
  }
}
