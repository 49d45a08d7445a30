// @ts-check
// The drawing surface: base and features as SVG on the Leaflet map, redrawn only when zoom changes.

import { svg } from "./dom.js";
import { happened, isPast } from "./moments.js";
import { makeMotion } from "./motion.js";
import { Projection } from "./projection.js";
import { stackOffsets } from "./stacking.js";
import { makeSymbol, zoomFactor } from "./symbols.js";
import { makeLabels } from "./labels.js";

/** @typedef {import("./data.js").Feature} Feature */
/**
 * What is to be seen of the data.
 * @typedef {object} Wanted
 * @property {number} era
 * @property {Set<string>} layers
 * @property {import("./moments.js").Moment} [moment] a part of the era; without it all of it
 * @property {(feature: Feature) => boolean} [passes] what the reader has filtered
 * @property {string} [filter] names that filter
 */

/** Degrees between meridians and parallels. */
const GRATICULE = 5;

/** How many projections are kept: the eras' own views, and some of the reader's. */
const REMEMBERED = 16;

/**
 * Put a surface on a Leaflet map.
 * @param {any} L Leaflet
 * @param {any} map
 * @param {any} data
 * @param {string} name of the surface: ids in the page begin with it
 */
export function makeSurface(L, map, data, name) {
  const renderer = L.svg({ padding: 0.25 }).addTo(map);
  const root = /** @type {SVGElement} */ (map.getPane("overlayPane").querySelector("svg"));
  root.classList.add("atlas-surface");
  if (!data.defs) {
    data.defs = svg("defs", {}, svg("pattern", { id: "outside", width: 7, height: 7, patternUnits: "userSpaceOnUse" },
      svg("path", { d: "M0 0H7V7H0Z", class: "outside-ground" }), svg("circle", { cx: 2, cy: 2, r: 0.8, class: "outside-dot" })));
    root.append(data.defs);
  }
  const base = makeBase(data);
  // Areas lie under coasts, lakes and frontiers; lines, arrows and icons over them.
  const groups = { areas: svg("g", { class: "features" }), marks: svg("g", { class: "features" }) };
  root.append(base.ground, groups.areas, base.lines, groups.marks);
  const symbols = new Map(data.features.map((/** @type {Feature} */ feature) => [feature.id, { feature, made: undefined, at: undefined, stand: "" }]));
  const labels = makeLabels(map, data, name);
  const motion = makeMotion();
  root.append(labels.node);
  /** The latest projections of all surfaces, newest last: eras often bring the same view back. @type {Projection[]} */
  const projections = data.projections = data.projections || [];
  let projection = new Projection(map, data.arcs);
  projections.push(projection);
  let held = false;
  /** @type {Wanted} */
  let wanted = { era: 0, layers: new Set() };
  /** @type {Feature[]} */
  let visible = [];
  let key = "";
  /** Where icons in a stack stand. @type {Map<string, [number, number]>} */
  let offsets = new Map();
  let selected = "";
  /** The node lit up in each way. @type {Record<string, SVGElement>} */
  const lit = {};

  /** @returns {import("./names.js").Scene} */
  function scene() {
    return { projection, era: wanted.era, moment: wanted.moment, visible, offsets, selected, key };
  }

  /** @param {Wanted} what @returns {Feature[]} */
  function seen({ era, layers, moment, passes }) {
    return data.features.filter((/** @type {Feature} */ feature) => feature.eras[era] && layers.has(feature.layer)
      && (!passes || passes(feature)) && (!moment || happened(feature, moment, data.kinds[feature.kind].form)));
  }

  /** Draw what is visible and not yet drawn at this zoom. */
  function draw() {
    base.draw(projection, wanted.era);
    offsets = stackOffsets(data, projection, visible, zoomFactor(projection.zoom));
    for (const feature of visible) trace(feature, projection, offsets, wanted.moment);
  }

  /**
   * Draw a feature, shown or not, unless it is drawn so already.
   * @param {Feature} feature
   * @param {Projection} on
   * @param {Map<string, [number, number]>} stacks
   * @param {import("./moments.js").Moment} [moment]
   */
  function trace(feature, on, stacks, moment) {
    const symbol = symbols.get(feature.id);
    if (!symbol.made) {
      symbol.made = makeSymbol(feature, data, name);
      symbol.made.node.setAttribute("display", "none");
      place(symbol.made.node, feature);
    }
    const offset = stacks.get(feature.id);
    const stand = `${offset} ${moment && feature.stops.length ? moment.to : ""}`;
    if (symbol.at !== on || symbol.stand !== stand) {
      symbol.made.redraw(on, offset, moment);
      symbol.at = on;
      symbol.stand = stand;
    }
    symbol.made.node.classList.toggle("past", Boolean(moment && isPast(feature, moment)));
  }

  /**
   * Keep groups in the order of the data, which is the drawing order.
   * @param {SVGElement} node
   * @param {Feature} feature
   */
  function place(node, feature) {
    const order = data.features.indexOf(feature);
    const group = data.kinds[feature.kind].form === "area" ? groups.areas : groups.marks;
    node.setAttribute("data-order", String(order));
    const after = [...group.children].find((other) => Number(other.getAttribute("data-order")) > order);
    group.insertBefore(node, after || null);
  }

  /** Show an era, or a part of it. @param {Wanted} what */
  function show(what) {
    wanted = what;
    reproject();
    const before = new Set(visible);
    visible = seen(wanted);
    key = keyOf(wanted);
    draw();
    const now = new Set(visible);
    const nodes = (/** @type {Feature[]} */ features) => features.map((feature) => symbols.get(feature.id).made.node);
    const coming = visible.filter((feature) => !before.has(feature)).sort((a, b) => a.begin.localeCompare(b.begin));
    motion.change(nodes([...before].filter((feature) => !now.has(feature))), nodes(coming));
    labels.place(scene());
    return visible;
  }

  /**
   * Light up one feature (the one pointed at or chosen).
   * @param {string} id
   * @param {"selected" | "hovered"} how
   */
  function mark(id, how) {
    if (lit[how]) lit[how].classList.remove(how);
    const symbol = symbols.get(id);
    if (how === "selected" && selected !== id) {
      selected = id;
      labels.place(scene());
    }
    if (!symbol || !symbol.made) return;
    symbol.made.node.classList.add(how);
    lit[how] = symbol.made.node;
  }

  /**
   * What makes an era ready before it is shown, in small steps.
   * @param {Wanted} what
   * @param {() => any} stand the map as it will stand when the era brings its own view
   * @returns {(() => void)[]}
   */
  function preparations(what, stand) {
    const { era } = what;
    const own = seen(what);
    /** @type {Projection} */
    let coming;
    /** @type {Map<string, [number, number]>} */
    let stacks;
    return [
      () => {
        const view = stand();
        coming = projections.find((known) => known.fits(view)) || new Projection(view, data.arcs);
        if (!projections.includes(coming)) projections.unshift(coming);
      },
      () => labels.measure(era),
      () => base.prepare(coming, era),
      () => {
        stacks = stackOffsets(data, coming, own, zoomFactor(coming.zoom));
        labels.laidOut({ projection: coming, era, visible: own, offsets: stacks, selected: "", key: keyOf(what) }, { x: 0, y: 0 });
      },
      ...own.map((feature) => () => {
        if (!symbols.get(feature.id).made) trace(feature, coming, stacks);
      }),
    ];
  }

  /** Take up the map's zoom and origin. */
  function reproject() {
    if (projection.fits(map)) return;
    const known = projections.findIndex((other) => other.fits(map));
    projection = known < 0 ? new Projection(map, data.arcs) : projections.splice(known, 1)[0];
    projections.push(projection);
    if (projections.length > REMEMBERED) projections.shift();
  }

  function update() {
    if (held) return;
    reproject();
    draw();
    labels.place(scene());
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

  renderer.on("update", update);
  map.on("zoomstart", () => root.classList.add("zooming"));
  map.on("zoomend", () => root.classList.remove("zooming"));
  return { root, show, seen, mark, quietly, preparations };
}

/** @param {Wanted} wanted */
function keyOf({ era, layers, moment, filter }) {
  return [era, [...layers].sort().join("~"), moment ? moment.from : "", filter || ""].join(" ");
}

/**
 * Land, water, frontiers, graticule. What changes with the era is drawn once and shown or hidden.
 * @param {any} data
 */
function makeBase(data) {
  const { base } = data;
  const path = (/** @type {string} */ name) => svg("path", { class: name });
  const under = { world: path("outside"), land: path("land"), graticule: path("graticule") };
  const over = { lakes: path("lake"), rivers: path("river"), coast: path("coast") };
  const homes = makeVariants(base.homes, () => path("home"), (projection, shape) => projection.polygons(shape));
  const borders = makeVariants(
    base.borders,
    (border) => path(border.u ? "border unsettled" : "border"),
    (projection, border) => projection.lines(border.g),
  );
  const ground = svg("g", { class: "base" }, under.world, under.land, homes.node, under.graticule);
  const lines = svg("g", { class: "base" }, over.lakes, over.rivers, borders.node, over.coast);
  const grid = graticule();
  const whole = Object.fromEntries(["world", "land", "lakes", "rivers", "coast"].map((name) => [name, base[name].flat()]));
  /** @type {any} */
  let drawn;
  return {
    ground,
    lines,
    /**
     * @param {any} projection
     * @param {number} era
     */
    draw(projection, era) {
      if (drawn !== projection) {
        drawn = projection;
        under.world.setAttribute("d", projection.polygons(whole.world));
        under.land.setAttribute("d", projection.polygons(whole.land));
        over.lakes.setAttribute("d", projection.polygons(whole.lakes));
        over.rivers.setAttribute("d", projection.lines(whole.rivers));
        over.coast.setAttribute("d", projection.lines(whole.coast));
        under.graticule.setAttribute("d", grid.map(([from, to]) =>
          `M${projection.point(from).map(Math.round).join(" ")}L${projection.point(to).map(Math.round).join(" ")}`).join(""));
      }
      homes.show([data.eras[era].home], projection);
      borders.show(data.eras[era].borders, projection);
    },
    /**
     * Write the paths of a view that an era brings. @param {any} projection @param {number} era
     */
    prepare(projection, era) {
      for (const name of ["world", "land", "lakes"]) projection.polygons(whole[name]);
      for (const name of ["rivers", "coast"]) projection.lines(whole[name]);
      projection.polygons(base.homes[data.eras[era].home]);
      for (const i of data.eras[era].borders) projection.lines(base.borders[i].g);
    },
  };
}

/**
 * Paths of which each era shows some: made when first shown, redrawn when shown at another zoom.
 * @param {any[]} shapes
 * @param {(shape: any) => SVGElement} make
 * @param {(projection: any, shape: any) => string} trace
 */
function makeVariants(shapes, make, trace) {
  const node = svg("g");
  /** @type {{shape: any, path?: SVGElement, at?: any, on?: boolean}[]} */
  const entries = shapes.map((shape) => ({ shape }));

  /** @param {number[]} indices @param {any} projection */
  function traceSome(indices, projection) {
    for (const entry of indices.map((i) => entries[i])) {
      if (!entry.path) {
        entry.path = make(entry.shape);
        entry.path.setAttribute("display", "none");
        node.append(entry.path);
      }
      if (entry.at !== projection) entry.path.setAttribute("d", trace(projection, entry.shape));
      entry.at = projection;
    }
  }

  /** @param {number[]} indices @param {any} projection */
  function show(indices, projection) {
    traceSome(indices, projection);
    const wanted = new Set(indices);
    entries.forEach((entry, i) => {
      const on = wanted.has(i);
      if (!entry.path || on === Boolean(entry.on)) return;
      if (on) entry.path.removeAttribute("display");
      else entry.path.setAttribute("display", "none");
      entry.on = on;
    });
  }

  return { node, show };
}

/** Meridians and parallels as pairs of positions. */
function graticule() {
  /** @type {[[number, number], [number, number]][]} */
  const lines = [];
  for (let longitude = -180; longitude <= 180; longitude += GRATICULE) lines.push([[longitude, -60], [longitude, 75]]);
  for (let latitude = -60; latitude <= 75; latitude += GRATICULE) lines.push([[-180, latitude], [180, latitude]]);
  return lines;
}
