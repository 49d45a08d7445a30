// @ts-check
// A sample of every kind, drawn without a browser: geo/plate/samples.py calls it with JSON.

import { makeInk } from "./drawing/ink.js";
import { toText } from "./drawing/node.js";
import { drawSample } from "./drawing/swatches.js";

/**
 * Samples as SVG text, and the patterns that they refer to.
 * @param {string} request JSON: data (as a payload has them: kinds, actors, styles, type, icons, colours), wanted
 *   ([kind, actor] each)
 */
export function drawSamples(request) {
  const { data, wanted } = JSON.parse(request);
  const ink = makeInk(data, { prefix: "kind-", colours: data.colours });
  const samples = wanted.map((/** @type {[string, string]} */ [kind, actor]) =>
    drawSample(data, kind, actor, ink).map(toText).join("")
  );
  return JSON.stringify({ samples, patterns: [...ink.patterns.values()].map(toText).join("") });
}
