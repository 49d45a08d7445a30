// @ts-check
// The document's runtime: starts on the Leaflet map that Folium made, keeps one state, shows it.

import { makeActions } from "./actions.js";
import { makeAddress } from "./state/address.js";
import { askedOf } from "./state/asked.js";
import { makeCompare } from "./map/compare.js";
import { makeChooser } from "./controls/chooser.js";
import { unpackData } from "./state/data.js";
import { makeDrawer } from "./controls/drawer.js";
import { makeGestures } from "./host/gestures.js";
import { makeHeight } from "./host/height.js";
import { makeHome } from "./map/home.js";
import { whenFacesCome } from "./util/fonts.js";
import { makeInset } from "./map/inset.js";
import { makeLocator } from "./map/locator.js";
import { makeMessages } from "./host/messages.js";
import { makeMoments } from "./util/moments.js";
import { makePanel } from "./controls/panel.js";
import { makePlayer } from "./controls/player.js";
import { showFailure, showNotice } from "./util/announce.js";
import { listenTo } from "./map/pointing.js";
import { makePrint } from "./map/print.js";
import { addOwn } from "./state/own.js";
import { makeReader } from "./state/reader.js";
import { resetSavedPage } from "./host/reset-saved-page.js";
import { makeSharedDrawing } from "./map/shared-drawing.js";
import { makeSkip } from "./map/landmarks.js";
import { makeShowing } from "./showing.js";
import { readState } from "./state/state.js";
import { makeSurface } from "./map/surface.js";
import { makeTable } from "./controls/table.js";
import { makeTimeline } from "./controls/timeline.js";
import { makeTitle } from "./map/title.js";
import { makeTools } from "./controls/tools.js";
import { makeView, prepareMap } from "./map/view.js";

/**
 * The parts of a document, which may ask each other.
 * @typedef {object} Atlas
 * @property {any} L Leaflet
 * @property {any} map
 * @property {import("./state/data.js").Data} data
 * @property {ReturnType<typeof makeSharedDrawing>} shared
 * @property {ReturnType<typeof makeSurface>} surface
 * @property {ReturnType<typeof makeSurface>[]} surfaces with that of the map beside it, once there is one
 * @property {ReturnType<typeof makeMoments>} momentsIn
 * @property {ReturnType<typeof makeReader>} reader
 * @property {ReturnType<typeof makeActions>} act
 * @property {ReturnType<typeof makeShowing>} showing
 * @property {ReturnType<typeof makeInset>} inset
 * @property {ReturnType<typeof makeLocator>} locator
 * @property {ReturnType<typeof makeTitle>} title
 * @property {ReturnType<typeof makePanel>} panel
 * @property {ReturnType<typeof makeTimeline>} timeline
 * @property {ReturnType<typeof makeView>} view
 * @property {ReturnType<typeof makeCompare>} compare
 * @property {ReturnType<typeof makeChooser>} chooser
 * @property {ReturnType<typeof makePlayer>} player
 * @property {ReturnType<typeof makeTools>} tools
 * @property {ReturnType<typeof makeMessages>} messages
 * @property {ReturnType<typeof makeAddress>} address
 * @property {ReturnType<typeof makeHeight>} height
 */

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
  const left = resetSavedPage(map, page);
  const data = unpackData(JSON.parse(document.getElementById("atlas-data")?.textContent || ""));
  if (left) data.first = left;
  const asked = askedOf(new URLSearchParams(window.location.search), data.opening);
  const strange = addOwn(data, asked);
  const opening = readState(asked, data);
  // with an author's
  /** @type {HTMLElement} */ (document.getElementById("attribution")).textContent = data.attribution;
  page.setAttribute("data-ui", opening.state.ui);
  page.setAttribute("data-theme", opening.state.theme);
  page.setAttribute("data-hide", opening.state.hide.replaceAll("~", " "));
  prepareMap(L, map, data);
  const atlas = assemble(L, map, data, opening.state);
  const { act, address, messages, reader, showing, surface, view } = atlas;
  map.invalidateSize({ animate: false }); // the timeline has taken its place
  makeSkip(map.getContainer(), data.ui);
  view.set(opening.state.view, opening.state.era);
  const chosen = opening.state.select;
  showing.show();
  if (chosen) act.bring(chosen);
  const notices = [...strange, ...opening.notices];
  showNotice(notices);
  listen(atlas);
  address.arrived();
  messages.tell("ready", { ...act.described(), notices });
  atlas.height = makeHeight(messages.tell);
  makePrint(data, atlas.shared.ruler.width, () => {
    const [wanted] = reader.wanted();
    const bounds = view.isOwn(wanted.era) ? undefined : view.bounds();
    return { wanted, visible: surface.seen(wanted), bounds };
  }, atlas.panel.showLegend);
  showing.prepare();
}

/**
 * Make all parts, in the order in which they stand on the page.
 * @param {any} L
 * @param {any} map
 * @param {import("./state/data.js").Data} data
 * @param {import("./state/state.js").State} state
 * @returns {Atlas}
 */
function assemble(L, map, data, state) {
  const shared = makeSharedDrawing(data);
  const surface = makeSurface(L, map, data, "a", shared);
  const momentsIn = makeMoments(data, surface.seen);
  const reader = makeReader(data, state, momentsIn);
  const atlas = /** @type {Atlas} */ ({ L, map, data, shared, surface, surfaces: [surface], momentsIn, reader });
  const act = (atlas.act = makeActions(atlas));
  const showing = (atlas.showing = makeShowing(atlas));
  const era = () => reader.state().era;
  atlas.inset = makeInset(L, map, data, shared, surface.inset);
  atlas.locator = makeLocator(L, map, data, shared.ink);
  atlas.title = makeTitle(L, map, data);
  atlas.panel = makePanel(data, shared, {
    ...{ select: act.read, toggle: act.toggle },
    inSight: (eras) => atlas.surfaces.slice(0, eras).map((one) => one.inSight()),
    hover: (id) => act.mark(id, "hovered"),
  });
  atlas.timeline = makeTimeline(data, act.step, shared.ruler.width);
  atlas.view = makeView(L, map, data, state.view);
  atlas.compare = makeCompare(L, map, data, shared, {
    opened: (second, beside) => {
      atlas.surfaces.push(second);
      listenTo(second, beside, pointing(atlas));
    },
    resize: () => atlas.view.resize(era()),
    click: () => act.select(""),
  });
  makeGestures(map, data.ui);
  makeDrawer(data.ui);
  makeHome(L, data.ui, () => act.look(undefined)).addTo(map);
  atlas.chooser = makeChooser(data, { compare: act.compareWith, mode: act.setMode });
  atlas.player = makePlayer(data, { now: reader.now, step: act.step, moment: act.setMoment, rest: showing.repeat });
  atlas.tools = makeTools(L, map, data, {
    // At once: a view that is brought later must not be taken back by the era's own.
    step: (to) => {
      if (to !== era()) {
        act.step(to);
        showing.show();
      }
    },
    ...{
      era,
      select: act.open,
      filter: act.setFilter,
      openedFrom: atlas.panel.openedFrom,
      look: act.lend,
      link: act.link,
    },
  });
  const listed = () => ({ era: data.eras[era()], visible: surface.seen(reader.wanted()[0]) });
  makeTable(data, { now: listed, read: act.read });
  atlas.messages = makeMessages(act.answers);
  const shown = () => ({ search: act.search(), step: [reader.state().era, reader.state().other].join(" ") });
  atlas.address = makeAddress(shown, {
    settled: (search, push) => atlas.messages.tell("statechange", { search, push, title: document.title }),
    back: act.goTo,
  });
  return atlas;
}

/** What pointing at a map does. @param {Atlas} atlas */
function pointing({ L, data, act, panel }) {
  const hover = (/** @type {string} */ id) => {
    act.mark(id, "hovered");
    panel.hover(id);
  };
  return { L, data, select: act.select, read: act.read, giveBack: act.giveBack, hover };
}

/** @param {Atlas} atlas */
function listen(atlas) {
  const { map, act, compare, reader, showing, view } = atlas;
  listenTo(atlas.surface, map, pointing(atlas));
  whenFacesCome(showing.show);
  map.on("moveend", () => {
    if (!view.isOurs()) showing.viewed();
  }).on("click", () => act.select(""));
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape" && reader.state().select) act.select("");
  });
  new ResizeObserver(() => {
    const before = map.getSize();
    (compare.isOn() ? compare.resize : () => view.resize(reader.state().era))();
    if (!before.equals(map.getSize())) showing.prepareSoon();
  }).observe(map.getContainer());
}
