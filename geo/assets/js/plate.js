// @ts-check
// Drawings made without a browser: geo/plate/engine.py calls these with JSON and takes SVG text.

import { hasPlace, unpackData } from "./state/data.js";
import { makeInk } from "./drawing/ink.js";
import { drawMap, featuresOf, layOutMap } from "./drawing/map.js";
import { measureMap } from "./drawing/measure.js";
import { toText } from "./drawing/node.js";
import { toUnit } from "./drawing/projection.js";
import { areLinesSeen, inView } from "./drawing/in-view.js";
import { legendRows } from "./drawing/swatches.js";

/**
 * @param {string} payload JSON
 * @param {import("./drawing/labels.js").Width} width
 */
export function openPlates(payload, width) {
  const data = unpackData(JSON.parse(payload));

  /**
   * One era as SVG text: `content`, the `patterns` it refers to, its `legend`, the ids of what badges stand for, and
   * where it stands.
   * @param {string} request JSON: era (index), size, around, tolerance, scale, title, prefix, colours, shaded
   */
  function draw(request) {
    const { era, size, around, tolerance, scale, title, prefix, colours, shaded } = JSON.parse(request);
    const ink = makeInk(data, { prefix, colours: colours || undefined });
    const visible = featuresOf(data, era, data.eras[era].layers).filter(hasPlace);
    const { content, scene } = drawMap(data, { era, visible, size, around, tolerance, scale, title, shaded, ink, width });
    const { projection } = scene;
    const view = { x: 0, y: 0, w: size[0], h: size[1] };
    const seen = inView(visible, projection, view);
    const rows = legendRows(data, [data.eras[era]], seen, ink, {
      outside: exceeds(projection, size), dots: seen.some(({ id }) => scene.signs.of.get(id)?.form === "dot"),
      unsettled: data.eras[era].borders.some((i) => data.base.borders[i].unsure && areLinesSeen(data.base.borders[i].shape, projection, view)),
    });
    const legend = rows.map((row) => ({ ...row, samples: row.samples.map((sample) => sample.map(toText).join("")) }));
    const keys = scene.signs.badges.filter(({ x, y }) => x > 0 && y > 0 && x < size[0] && y < size[1]).map(({ members }) => members.map(({ id }) => id));
    return JSON.stringify({
      content: content.map(toText).join(""), legend, keys, zoom: projection.zoom, fit: fitted(projection, data.eras[era].bounds),
      patterns: [...ink.patterns.values()].map(toText).join(""),
    });
  }

  /** Whether a sheet shows what lies beyond the land that the base tells of. @param {import("./drawing/projection.js").Projection} projection @param {number[]} size */
  function exceeds(projection, [width, height]) {
    const [west, south, east, north] = data.extent;
    const [left, bottom] = projection.point([west, south]);
    const [right, top] = projection.point([east, north]);
    return left > 0 || top > 0 || right < width || bottom < height;
  }

  /**
   * Where names and signs of one era stand, to be measured.
   * @param {string} request JSON: era (index), size, bounds, covered (boxes of controls), title
   */
  function measure(request) {
    const { era, size, bounds, covered, title } = JSON.parse(request);
    const ink = makeInk(data, { prefix: "" });
    const visible = featuresOf(data, era, data.eras[era].layers).filter(hasPlace);
    return JSON.stringify(measureMap(data, layOutMap(data, { era, visible, size, bounds, covered, title, ink, width }), ink));
  }

  return { draw, measure };
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
