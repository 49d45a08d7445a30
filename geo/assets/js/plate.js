// @ts-check
// Drawings made without a browser: geo/plate/engine.py calls these with JSON and takes SVG text.

import { hasPlace, unpackData } from "./state/data.js";
import { makeInk } from "./drawing/ink.js";
import { drawMap, featuresOf } from "./drawing/map.js";
import { toText } from "./drawing/node.js";
import { toUnit } from "./drawing/projection.js";
import { legendRows, outsideRow } from "./drawing/swatches.js";

/**
 * @param {string} payload JSON
 * @param {import("./drawing/labels.js").Width} width
 */
export function openPlates(payload, width) {
  const data = unpackData(JSON.parse(payload));

  /**
   * One era as SVG text: `content`, the `patterns` it refers to, its `legend`, and where it stands.
   * @param {string} request JSON: era (index), size, around, tolerance, scale, prefix, colours, shaded
   */
  function draw(request) {
    const { era, size, around, tolerance, scale, prefix, colours, shaded } = JSON.parse(request);
    const ink = makeInk(data, { prefix, colours: colours || undefined });
    const visible = featuresOf(data, era, data.eras[era].layers).filter(hasPlace);
    const { content, projection } = drawMap(shaded ? data : { ...data, relief: undefined }, { era, visible, size, around, tolerance, scale, ink, width });
    const rows = legendRows(data, [data.eras[era]], visible, ink);
    if (exceeds(projection, size)) rows.push(outsideRow(data, ink));
    const legend = rows.map(({ title, who, samples }) => ({ title, who, samples: samples.map((sample) => sample.map(toText).join("")) }));
    return JSON.stringify({
      content: content.map(toText).join(""), legend, zoom: projection.zoom, fit: fitted(projection, data.eras[era].bounds),
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

  return { draw };
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
