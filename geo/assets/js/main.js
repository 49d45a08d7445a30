// @ts-check
// The document's runtime: starts on the Leaflet map that Folium made, keeps one state, shows it.

import { filled } from "./dom.js";
import { readData } from "./data.js";
import { passes } from "./filter.js";
import { makeInset } from "./inset.js";
import { makeMessages } from "./messages.js";
import { makePanel } from "./panel.js";
import { readState, readView, writeState } from "./state.js";
import { makeSurface } from "./surface.js";
import { makeTimeline } from "./timeline.js";
import { makeTools } from "./tools.js";

/** Milliseconds after the last change before it is announced or told to the host. */
const SETTLED = 150;

/** Clear space around the subject of an era, pixels. */
const FIT = { padding: [6, 6] };

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
    const notice = document.getElementById("notice");
    if (notice) {
      notice.textContent = `The map could not start: ${error instanceof Error ? error.message : error}`;
      notice.hidden = false;
    }
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
  const data = readData();
  const { state, notices } = readState(window.location.search, data);
  page.setAttribute("data-ui", state.ui);
  page.setAttribute("data-theme", state.theme);
  prepareMap(L, map, data);
  const surface = makeSurface(L, map, data, (feature) => passes(feature, state.filter)); // tools: filter
  const inset = makeInset(L, map, data);
  const panel = makePanel(data, { select, hover: (id) => surface.mark(id, "hovered"), toggle });
  const timeline = makeTimeline(data, step);
  const tools = makeTools(L, map, data, {
    era: () => state.era, step, select, filter: setFilter, openedFrom: panel.openedFrom,
    look: (view) => { moved = true; look(view); },
    link: () => window.location.href.replace(/[?#].*/, "") + writeState(state, data, moved ? viewText() : ""),
  });
  const messages = makeMessages({
    setEra: (message) => step(data.eras.findIndex((/** @type {any} */ era) => era.id === message.era), "host"),
    setLayers: (message) => setLayers(message.layers),
    setView: (message) => setView(message.view),
    select: (message) => select(typeof message.id === "string" ? message.id : ""),
    getState: () => messages.tell("state", described()),
  });
  /** Layers the reader added to what eras show at first. @type {Set<string>} */
  let added = new Set();
  let moved = Boolean(state.view); // by the reader or by the address; then the view is theirs
  let moving = false;
  let settle = 0;

  keepAdded();
  map.invalidateSize({ animate: false }); // the timeline has taken its place
  if (state.view) look(state.view);
  else fit();
  const chosen = state.select;
  show();
  if (chosen) select(chosen);
  if (notices.length) tellReader(notices.join(" "));
  listen();
  messages.tell("ready", described());
  prepareEras();

  /** Make all eras ready while the reader looks at this one, the nearest first. */
  function prepareEras() {
    whenIdle([
      ...nearest().flatMap((era) => surface.preparations(era, () => standing(viewing(era)))),
      ...nearest().map((era) => () => panel.prepare(data.eras[era], surface.seen(era, new Set(data.eras[era].layers)))),
      ...data.features.map((/** @type {any} */ feature) => () => panel.row(feature)),
      () => page.setAttribute("data-atlas-prepared", ""),
    ]);
  }

  /**
   * @param {number} era index; others are ignored
   * @param {"reader" | "host"} [by] who wants it; a host need not be told what it asked for
   */
  function step(era, by = "reader") {
    if (!(era >= 0 && era <= timeline.last) || era === state.era) return;
    state.era = era;
    state.layers = new Set([...data.eras[era].layers, ...added]);
    if (state.select && !shown(state.select)) state.select = "";
    surface.quietly(follow);
    show();
    messages.tell("erachange", { ...held(), by });
  }

  /** What is shown, for the host: `custom` when the layers are not those the era opens with. */
  function held() {
    const era = data.eras[state.era];
    const custom = state.layers.size !== era.layers.length || era.layers.some((/** @type {string} */ id) => !state.layers.has(id));
    return { era: era.id, layers: [...state.layers], custom };
  }

  /** Take over which layers are on; those added to the era's own stay when the era changes. */
  function keepAdded() {
    const own = data.eras[state.era].layers;
    added = new Set([...state.layers].filter((id) => added.has(id) || !own.includes(id)));
  }

  /** Move the view only if the new era's subject would not be seen. */
  function follow() {
    const bounds = eraBounds(state.era);
    const view = map.getBounds();
    if (moved ? !view.intersects(bounds) : !view.contains(bounds)) fit();
  }

  function fit() {
    moving = true;
    // Reset: an era's view is then the same whatever came before it, and can be made ready.
    map.fitBounds(eraBounds(state.era), { ...FIT, animate: false, reset: true });
    state.view = undefined;
    moving = false;
  }

  /** @param {number} era */
  function eraBounds(era) {
    const [west, south, east, north] = data.eras[era].bounds;
    return L.latLngBounds([south, west], [north, east]);
  }

  /** Eras by how near they are on the timeline. */
  function nearest() {
    const away = (/** @type {number} */ era) => Math.abs(era - state.era);
    return [...data.eras.keys()].sort((a, b) => away(a) - away(b));
  }

  /** The era whose view the map has by then, when the reader steps to an era. @param {number} era */
  function viewing(era) {
    const towards = Math.sign(era - state.era);
    let last = state.era;
    for (let next = state.era; next !== era;) {
      next += towards;
      if (!seenFrom(last).contains(eraBounds(next))) last = next;
    }
    return last;
  }

  /** What an era's own view shows. @param {number} era */
  function seenFrom(era) {
    const view = standing(era);
    const { x, y } = view.getSize();
    const corners = [view.getPixelOrigin(), view.getPixelOrigin().add([x, y])];
    return L.latLngBounds(corners.map((corner) => map.unproject(corner, view.getZoom())));
  }

  /** The map as it stands once an era has brought its view. @param {number} era */
  function standing(era) {
    const { center, zoom } = map._getBoundsCenterZoom(eraBounds(era), FIT);
    const origin = map._getNewPixelOrigin(center, zoom);
    return {
      getPixelOrigin: () => origin, getZoom: () => zoom, getSize: () => map.getSize(),
      containerPointToLayerPoint: () => ({ x: 0, y: 0 }),
    };
  }

  /** Whether the view shows land that the map does not tell of. */
  function beyond() {
    const [west, south, east, north] = data.extent;
    return !L.latLngBounds([south, west], [north, east]).contains(map.getBounds());
  }

  /** @param {string} layer @param {boolean} on */
  function toggle(layer, on) {
    if (on) state.layers.add(layer);
    else state.layers.delete(layer);
    keepAdded();
    show();
    messages.tell("layerschange", { ...held(), by: "reader" });
  }

  /** @param {any} layers ids */
  function setLayers(layers) {
    if (!Array.isArray(layers)) return;
    const known = layers.filter((id) => data.layers.some((/** @type {any} */ layer) => layer.id === id));
    if (known.length === state.layers.size && known.every((id) => state.layers.has(id))) return;
    state.layers = new Set(known);
    keepAdded();
    show();
    messages.tell("layerschange", { ...held(), by: "host" });
  }

  /** @param {import("./filter.js").Filter} filter */
  function setFilter(filter) {
    state.filter = filter;
    show();
  }

  /** @param {any} view "latitude,longitude,zoom", or "" for the era's own */
  function setView(view) {
    const wanted = typeof view === "string" ? readView(view) : undefined;
    moved = Boolean(wanted);
    if (wanted) look(wanted);
    else fit();
  }

  /** @param {{center: [number, number], zoom: number}} view */
  function look(view) {
    moving = true;
    map.setView(view.center, view.zoom, { animate: false });
    moving = false;
    state.view = view; // as it was asked for: the map's own centre lies on whole pixels
    messages.tell("viewchange", { view: viewText() });
    changed();
  }

  /** @param {string} id a feature's, or "" to close the card */
  function select(id) {
    const feature = data.byId.get(id);
    state.select = feature ? id : "";
    if (feature && !shown(id)) {
      state.layers.add(feature.layer);
      keepAdded();
      if (!passes(feature, state.filter)) state.filter = {}; // tools: filter
      if (!feature.eras[state.era]) state.era = feature.eras.indexOf(true);
      follow();
      show();
      messages.tell("erachange", { ...held(), by: "reader" });
    }
    surface.mark(state.select, "selected");
    panel.showCard(feature, data.eras[state.era]);
    messages.tell("select", { id: state.select });
    changed();
  }

  /** @param {string} id */
  function shown(id) {
    const feature = data.byId.get(id);
    return Boolean(feature && feature.eras[state.era] && state.layers.has(feature.layer) && passes(feature, state.filter));
  }

  function show() {
    const era = data.eras[state.era];
    if (state.select && !shown(state.select)) state.select = "";
    inset.show(state.era);
    const visible = surface.show(state.era, state.layers);
    panel.showEra(era, visible, state.layers);
    const all = data.features.filter((/** @type {any} */ feature) => feature.eras[state.era] && state.layers.has(feature.layer));
    tools.showFilter(state.filter, visible.length, all.length);
    panel.showOutside(beyond());
    panel.showCard(data.byId.get(state.select), era);
    timeline.show(state.era);
    surface.mark(state.select, "selected");
    map.getContainer().setAttribute("aria-label", filled(data.ui.map, era.title));
    page.setAttribute("data-atlas-era", era.id);
    changed(filled(data.ui.shown, era.title, visible.length));
  }

  /** Once things have settled: say it, write it into the address. @param {string} [said] */
  function changed(said) {
    window.clearTimeout(settle);
    settle = window.setTimeout(() => {
      if (said) at("status").textContent = said;
      writeAddress();
    }, SETTLED);
  }

  function writeAddress() {
    const search = writeState(state, data, moved ? viewText() : "");
    try {
      window.history.replaceState(null, "", search);
    } catch {
      // A sandboxed frame or a srcdoc has no address of its own; the host keeps the state then.
    }
  }

  /** Where the map looks, as the address and messages write it. */
  function viewText() {
    const { lat, lng } = map.getCenter();
    const { center: [latitude, longitude], zoom } = state.view || { center: [lat, lng], zoom: map.getZoom() };
    return `${latitude.toFixed(3)},${longitude.toFixed(3)},${Math.round(zoom * 100) / 100}`;
  }

  function described() {
    return {
      ...held(), select: state.select, view: viewText(),
      eras: data.eras.map((/** @type {any} */ era) => era.id),
    };
  }

  /** @param {string} text */
  function tellReader(text) {
    at("notice").textContent = text;
    at("notice").hidden = false;
    window.setTimeout(() => { at("notice").hidden = true; }, 12000);
  }

  function listen() {
    map.on("dragstart zoomstart", () => { if (!moving) moved = true; });
    map.on("moveend", () => {
      if (moving) return;
      inset.show(state.era);
      panel.showOutside(beyond());
      state.view = undefined;
      messages.tell("viewchange", { view: viewText() });
      changed();
    });
    map.on("click", () => select(""));
    surface.root.addEventListener("click", (event) => {
      const node = /** @type {Element} */ (event.target).closest("[data-id], [data-label]");
      if (!node) return;
      event.stopPropagation();
      select(node.getAttribute("data-id") || node.getAttribute("data-label") || "");
    });
    surface.root.addEventListener("mouseover", (event) => {
      const node = /** @type {Element} */ (event.target).closest("[data-id]");
      const id = node ? node.getAttribute("data-id") || "" : "";
      surface.mark(id, "hovered");
      for (const row of document.querySelectorAll("#features .hovered")) row.classList.remove("hovered");
      const row = id && document.querySelector(`[data-row="${id}"]`);
      if (row) row.classList.add("hovered");
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && state.select) select("");
    });
    new ResizeObserver(() => {
      const before = map.getSize();
      moving = true;
      map.invalidateSize({ animate: false });
      moving = false;
      if (before.equals(map.getSize())) return;
      if (!moved) fit();
      prepareEras();
    }).observe(map.getContainer());
  }
}

/**
 * Do small tasks while the browser has nothing else to do, so that no era is slow the first time.
 * @param {(() => void)[]} tasks
 */
function whenIdle(tasks) {
  const idle = window.requestIdleCallback || ((/** @type {any} */ run) => window.setTimeout(() => run({ timeRemaining: () => 5 }), 30));
  idle((/** @type {any} */ deadline) => {
    while (tasks.length && deadline.timeRemaining() > 2) /** @type {() => void} */ (tasks.shift())();
    if (tasks.length) whenIdle(tasks);
  });
}

/**
 * What the atlas changes on a plain Folium map.
 * @param {any} L
 * @param {any} map
 * @param {any} data
 */
function prepareMap(L, map, data) {
  L.control.scale({ position: "bottomleft", maxWidth: 120 }).addTo(map);
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (still) {
    Object.assign(map.options, { fadeAnimation: false, inertia: false });
    map._zoomAnimated = false; // Leaflet reads its option only when a map is made
  }
  map.getContainer().setAttribute("role", "region");
  map.getContainer().setAttribute("aria-label", data.title);
  map.setView([33, 53], 5, { animate: false });
}
