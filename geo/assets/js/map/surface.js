// @ts-check
// The drawing surface on a Leaflet map: sheets of eras, one of them in front.

import { hasPlace } from "../state/data.js";
import { html } from "../util/dom.js";
import { layColumns } from "../drawing/columns.js";
import { featuresOf } from "../drawing/map.js";
import { sightOf } from "../drawing/in-view.js";
import { insetBox } from "../drawing/inset-box.js";
import { arrangeSigns } from "../drawing/signs.js";
import { makeLabels } from "./labels.js";
import { makeLayer } from "./layer.js";
import { byBegin, happened } from "../util/moments.js";
import { makeMotion } from "./motion.js";
import { placesIn } from "./places.js";
import { makeSheet } from "./sheet.js";
import { fits, projectionAt } from "./map-projection.js";

/** @typedef {import("../state/data.js").Data} Data */
/** @typedef {import("../state/data.js").Feature} Feature */
/** @typedef {import("../drawing/names.js").Scene} Scene */
/** @typedef {import("../drawing/projection.js").Projection} Projection */
/** @typedef {import("./sheet.js").Frame} Frame */
/** @typedef {import("./sheet.js").Sheet} Sheet */
/** @typedef {import("./view.js").Stand} Stand */
/**
 * What is to be seen of the data.
 * @typedef {object} Wanted
 * @property {number} era
 * @property {Set<string>} layers
 * @property {import("../util/moments.js").Moment} [moment] a part of the era; without it all of it
 * @property {(feature: Feature) => boolean} [passes] what the reader has filtered
 * @property {string} [filter] names that filter
 */

/** Sheets kept of one era: there and back, an era is often seen in two views. */
const SHEETS = 2;

/** How many projections are kept beside those of the sheets: some of the reader's. */
const MORE = 5;

/** What is drawn around the view, as a share of it. */
const PADDING = 0.25;

/**
 * Put a surface on a Leaflet map.
 * @param {any} L Leaflet
 * @param {any} map
 * @param {Data} data
 * @param {string} name of the surface: ids in the page begin with it
 * @param {import("./shared-drawing.js").SharedDrawing} shared
 */
export function makeSurface(L, map, data, name, { ink, definitions, ruler, projections }) {
  // Sheets lie in the layer's own pixels, so they stay where they are when the map is dragged.
  const pile = html("div");
  const root = html("div", { class: "atlas-surface", "aria-hidden": "true" }, pile);
  const labels = makeLabels(map, data, ruler, name === "a");
  const motion = makeMotion();
  /** @type {Sheet[]} longest unused first */
  const sheets = [];
  let made = 0;
  /** @type {Sheet | undefined} */
  let front;
  let held = false;
  let ready = false; // whether what is shown had been drawn before
  /** @type {Wanted} */
  let wanted = { era: 0, layers: new Set() };
  /** @type {Feature[]} */
  let visible = [];
  /** Ids of the features lit up. */
  const lit = { selected: "", hovered: "" };

  const layer = makeLayer(L, { padding: PADDING, root, pile }).addTo(map);

  /**
   * @param {Wanted} what
   * @param {Projection} projection
   * @param {Feature[]} features
   * @returns {Scene}
   */
  function sceneOf(what, projection, features) {
    const placed = features.filter(hasPlace);
    /** @type {import("../drawing/signs.js").Signs | undefined} */
    let signs;
    /** @type {Map<string, import("../drawing/columns.js").Column> | undefined} */
    let columns;
    return {
      projection,
      era: what.era,
      moment: what.moment,
      visible: placed,
      selected: lit.selected,
      key: keyOf(what),
      filtered: Boolean(what.filter),
      get signs() {
        signs = signs || arrangeSigns(data, projection, placed);
        return signs;
      },
      get columns() {
        columns = columns || layColumns(data, projection, placed, this.signs, what.moment);
        return columns;
      },
    };
  }

  /** @param {Wanted} what @returns {Feature[]} */
  function seen({ era, layers, moment, passes }) {
    return featuresOf(data, era, layers).filter((feature) =>
      (!passes || passes(feature)) &&
      (!moment || happened(feature, moment, data.kinds[feature.kind].form))
    );
  }

  /** @param {Stand} stand @returns {Projection} */
  function projectionFor(stand) {
    const known = projections.findIndex((other) => fits(other, stand));
    const projection = known < 0 ? projectionAt(stand, data.arcs) : projections.splice(known, 1)[0];
    projections.push(projection);
    if (projections.length > SHEETS * data.eras.length + MORE) projections.shift();
    return projection;
  }

  /**
   * The sheet to draw an era on: one that is drawn for the view, a new one, or the one unused for longest.
   * @param {number} era
   * @param {Projection} projection
   */
  function sheetFor(era, projection) {
    const own = sheets.filter((sheet) => sheet.era === era);
    const spare = own.find((sheet) => sheet !== front);
    const known = own.find((sheet) => sheet.projection() === projection);
    const sheet = known || (own.length < SHEETS || !spare ? newSheet(era) : spare);
    if (sheets.includes(sheet)) sheets.splice(sheets.indexOf(sheet), 1);
    sheets.push(sheet);
    return sheet;
  }

  /** @param {number} era */
  function newSheet(era) {
    made += 1;
    const sheet = makeSheet(data, { ...ink, prefix: `${name}${made}-` }, era, labels);
    pile.append(html("div", {}, sheet.node));
    return sheet;
  }

  /**
   * Show an era, or a part of it.
   * @param {Wanted} what
   * @param {boolean} [inOrder] what comes is to appear in the order in which it happened
   */
  function show(what, inOrder = false) {
    wanted = what;
    visible = seen(what);
    redraw(inOrder);
    return visible;
  }

  /**
   * Draw a sheet and put it in front.
   * @param {Sheet} sheet
   * @param {Scene} scene
   * @param {boolean} [inOrder]
   */
  function bring(sheet, scene, inOrder) {
    const { change, drew } = atOnce(sheet.draw(scene, layer._bounds, corner()));
    ready = !drew;
    definitions.complete();
    if (sheet === front) {
      motion.exchange(change);
      return;
    }
    motion.setAtOnce(change);
    const last = front;
    front = sheet;
    for (const how of /** @type {["selected", "hovered"]} */ (["selected", "hovered"])) {
      if (last) last.mark("", how);
      sheet.mark(lit[how], how);
    }
    motion.turn(last?.node, sheet.node, last?.projection() === scene.projection);
    if (inOrder && last) motion.appearInOrder(sheet.node, comingOf(last, sheet));
  }

  /**
   * What the next sheet shows and the last did not, in the order in which it happened.
   * @param {Sheet} last
   * @param {Sheet} next
   */
  function comingOf(last, next) {
    const before = last.shown();
    const coming = visible.filter(({ id }) => !before.has(id));
    return next.nodes(coming.sort(byBegin));
  }

  function corner() {
    return map.containerPointToLayerPoint([0, 0]);
  }

  /**
   * Light up one feature (the one pointed at or chosen).
   * @param {string} id
   * @param {"selected" | "hovered"} how
   */
  function mark(id, how) {
    const changed = lit[how] !== id;
    lit[how] = id;
    if (!front) return;
    if (how === "selected" && changed) redraw(); // it is named before all others
    front.mark(id, how);
  }

  /**
   * Make an era ready before it is shown, in small steps.
   * @param {Wanted} what
   * @param {Stand} stand the map as it will stand then
   */
  function* prepare(what, stand) {
    const projection = projectionFor(stand);
    labels.measure(what.era);
    yield;
    const scene = sceneOf(what, projection, seen(what));
    const sheet = sheetFor(what.era, projection);
    if (sheet === front) return;
    const drawing = sheet.draw(scene, frameOf(stand), stand.containerPointToLayerPoint([0, 0]));
    let part = drawing.next();
    for (; !part.done; part = drawing.next()) yield;
    definitions.complete();
    motion.setAtOnce(part.value.change);
    if (part.value.drew) motion.paintOnce(sheet.node);
  }

  /** What a legend has to tell of where the map stands, and the signs that are drawn there. */
  function inSight() {
    const scene = { projection: projectionFor(map), signs: /** @type {Sheet} */ (front).signs() };
    return sightOf(data, wanted.era, visible.filter(hasPlace), scene, frame());
  }

  /** What the map shows, in its layer's pixels. */
  function frame() {
    const { x, y } = map.getSize();
    return { ...corner(), w: x, h: y };
  }

  /** What is shown, and where the era's inset lies on it, from the map's corner. */
  function inset() {
    const { era, moment } = wanted;
    const view = frame();
    const box = insetBox(data, { era, projection: projectionFor(map), visible, selected: lit.selected }, view);
    return { shown: { era, visible, moment }, box: box && { ...box, x: box.x - view.x, y: box.y - view.y } };
  }

  /** The features in view in the order of time, and where each is. */
  function places() {
    return placesIn(data, visible, projectionFor(map), frame());
  }

  /** What lies on one place with a feature, under one badge. @param {string} id @returns {Feature[]} */
  function badgeOf(id) {
    return /** @type {Sheet} */ (front).signs().badges.map(({ members }) => members).find((members) =>
      members.some((feature) => feature.id === id)
    ) || [];
  }

  /** What the layer will cover where the map stands. @param {Stand} stand @returns {Frame} */
  function frameOf(stand) {
    const size = L.point(stand.getSize());
    const min = L.point(stand.containerPointToLayerPoint([0, 0])).subtract(size.multiplyBy(PADDING)).round();
    return { min, max: min.add(size.multiplyBy(1 + PADDING * 2)).round() };
  }

  /** Draw what is to be seen where the map stands now. @param {boolean} [inOrder] */
  function redraw(inOrder) {
    const projection = projectionFor(map);
    bring(sheetFor(wanted.era, projection), sceneOf(wanted, projection, visible), inOrder);
  }

  function update() {
    if (held || !front) return;
    redraw();
    root.classList.remove("zooming");
  }

  /**
   * Move the map without drawing; what is to be seen then is shown next. @param {() => void} move
   */
  function quietly(move) {
    held = true;
    move();
    held = false;
  }

  layer.on("update", update);
  map.on("zoomstart", () => root.classList.add("zooming"));
  map.on("zoomend", () => root.classList.remove("zooming"));
  return { root, show, seen, mark, quietly, prepare, inSight, inset, redraw, places, badgeOf, wasReady: () => ready };
}

/** @template T @param {Generator<void, T>} steps @returns {T} */
function atOnce(steps) {
  let part = steps.next();
  while (!part.done) part = steps.next();
  return part.value;
}

/** @param {Wanted} wanted */
function keyOf({ era, layers, moment, filter }) {
  return [era, [...layers].sort().join("~"), moment ? moment.from : "", filter || ""].join(" ");
}
