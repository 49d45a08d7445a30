// @ts-check
// Drawings made without a browser: geo/plate/engine.py calls these with JSON and takes SVG text.

import { askedOf } from "./state/asked.js";
import { hasPlace, unpackData } from "./state/data.js";
import { addOwn, isAdded } from "./state/own.js";
import { readState } from "./state/state.js";
import { isFiltering, passes } from "./controls/filter.js";
import { makeInk } from "./drawing/ink.js";
import { Conic, conic } from "./drawing/conic.js";
import { drawMap, featuresOf, layOutMap, MARGIN } from "./drawing/map.js";
import { measureMap } from "./drawing/measure.js";
import { toText } from "./drawing/node.js";
import { boundsAround, toUnit } from "./drawing/projection.js";
import { sightOf } from "./drawing/in-view.js";
import { legendRows } from "./drawing/swatches.js";
import { happened, makeMoments } from "./util/moments.js";

/**
 * @param {string} payload JSON
 * @param {import("./drawing/labels.js").Width} width
 */
export function openPlates(payload, width) {
  const data = unpackData(JSON.parse(payload));
  const asked = askedOf(data.opening || []);
  const strange = addOwn(data, asked);
  const opening = readState(asked, data);
  const { state } = opening;
  const momentsIn = makeMoments(data, ({ era, layers }) => featuresOf(data, era, layers));

  /** What of an era is shown when the document opens in it. @param {number} era */
  function opened(era) {
    const layers = asked.has("layers") ? state.layers : new Set(data.eras[era].layers);
    const moment = momentsIn(era, layers).moments.find(({ from, to }) => state.day >= from && state.day < to);
    const visible = featuresOf(data, era, layers).filter((feature) =>
      passes(feature, state.filter) &&
      (!moment || happened(feature, moment, data.kinds[feature.kind].form))
    );
    return { moment, visible };
  }

  /** What the document says once it is open, for texts around its pictures. */
  function told() {
    return JSON.stringify({
      notices: [...strange, ...opening.notices],
      attribution: data.attribution,
      moved: Boolean(state.view),
      day: state.day,
      eras: data.eras.map(({ title, dates, caption, layers }) => ({ title, dates, caption, layers })),
      shown: data.eras.map((_, i) => opened(i).visible.map(({ id }) => id)),
      kinds: Object.fromEntries(data.features.filter(isAdded).map(({ kind }) => [kind, data.kinds[kind]])),
      added: data.features.filter(isAdded).map(({ id, layer, kind, title, label, when, begin, end, at }) => ({
        id,
        layer,
        kind,
        title,
        label,
        when,
        begin,
        end,
        at,
      })),
    });
  }

  /**
   * One era as SVG text: `content`, the `patterns` it refers to, its `legend`, the ids of what badges stand for, and
   * where it stands.
   * @param {string} request JSON: era (index), size, around, tolerance, scale, title, prefix, extent (of the
   *   relief's image; null for no relief), still (as its era has it: without the view that the document opens with),
   *   parallels (of a conic projection, which it is in if its view is not too large: then `mesh` says how the relief's
   *   image is fitted in)
   */
  function draw(request) {
    const { era, size, around, tolerance, scale, title, prefix, extent, still, parallels } = JSON.parse(request);
    const relief = extent && data.relief && { ...data.relief, extent };
    const sheet = { size, margin: MARGIN, around, tolerance };
    const project = (/** @type {number[]} */ shown) => parallels && conic(parallels, shown, sheet, data.arcs);
    const ink = makeInk(data, { prefix });
    const { moment, visible: shown } = opened(era);
    const visible = shown.filter(hasPlace);
    const bounds = state.view && !still ? boundsAround(state.view, size, MARGIN) : undefined;
    const { content, scene } = drawMap(data, {
      era,
      visible,
      size,
      bounds,
      project,
      around,
      tolerance,
      scale,
      title,
      filtered: isFiltering(state.filter),
      alone: still,
      relief,
      moment,
      ink,
      width,
    });
    const { projection } = scene;
    const view = { x: 0, y: 0, w: size[0], h: size[1] };
    const { seen, ...also } = sightOf(data, era, visible, scene, view);
    const rows = legendRows(data, [data.eras[era]], seen, ink, { ...also, outside: exceeds(projection) });
    const legend = rows.map((row) => ({ ...row, samples: row.samples.map((sample) => sample.map(toText).join("")) }));
    const keys = scene.signs.badges.filter(({ x, y }) => x > 0 && y > 0 && x < size[0] && y < size[1]).map((
      { members },
    ) => members.map(({ id }) => id));
    return JSON.stringify({
      content: content.map(toText).join(""),
      legend,
      keys,
      zoom: projection.zoom,
      conic: projection instanceof Conic,
      mesh: projection instanceof Conic && relief ? projection.mesh(relief.extent) : undefined,
      fit: fitted(projection, data.eras[era].bounds),
      patterns: [...ink.patterns.values()].map(toText).join(""),
    });
  }

  /**
   * Whether a sheet shows what lies beyond the land that the base tells of.
   * @param {import("./drawing/projection.js").Projection} projection
   */
  function exceeds({ region }) {
    const [west, south, east, north] = data.extent;
    const [left, bottom] = toUnit([west, south]);
    const [right, top] = toUnit([east, north]);
    return left > region.x0 || top > region.y0 || right < region.x1 || bottom < region.y1;
  }

  /**
   * Where names and signs of one era stand, to be measured.
   * @param {string} request JSON: era (index), size, bounds, covered (boxes of controls), title
   */
  function measure(request) {
    const { era, size, bounds, covered, title } = JSON.parse(request);
    const ink = makeInk(data, { prefix: "" });
    const visible = opened(era).visible.filter(hasPlace);
    return JSON.stringify(
      measureMap(data, layOutMap(data, { era, visible, size, bounds, covered, title, ink, width }), ink),
    );
  }

  return { draw, measure, told };
}

/**
 * Width and height of some bounds, pixels.
 * @param {import("./drawing/projection.js").Projection} projection
 * @param {number[]} bounds west, south, east, north
 */
function fitted({ scale }, [west, south, east, north]) {
  const [[left, bottom], [right, top]] = [toUnit([west, south]), toUnit([east, north])];
  return [(right - left) * scale, (bottom - top) * scale];
}
