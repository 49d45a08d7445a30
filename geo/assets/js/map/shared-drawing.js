// @ts-check
// What the drawings of a page share, and the samples of its legend and lists.

import { kindAndActor } from "../state/data.js";
import { svg } from "../util/dom.js";
import { makeInk } from "../drawing/ink.js";
import { drawSample, SAMPLE } from "../drawing/swatches.js";
import { makeRuler } from "./labels.js";
import { makeDefinitions, mount } from "./mount.js";

/** @typedef {import("../state/data.js").Data} Data */
/** @typedef {import("../drawing/node.js").SvgNode} SvgNode */
/** @typedef {ReturnType<typeof makeSharedDrawing>} SharedDrawing */

/**
 * Ink, patterns, measured widths, and the latest projections, newest last: eras often bring the same view back.
 * @param {Data} data
 */
export function makeSharedDrawing(data) {
  const ink = makeInk(data, { prefix: "" });
  const definitions = makeDefinitions(ink);
  document.body.append(definitions.node);
  /** @type {import("../drawing/projection.js").Projection[]} */
  const projections = [];

  /** A sample in a picture of its own. @param {SvgNode[]} nodes */
  function picture(nodes) {
    definitions.complete();
    const [width, height] = SAMPLE;
    return svg(
      "svg",
      { class: "swatch", width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" },
      ...nodes.map(mount),
    );
  }

  /** @param {string} kind @param {string} actor */
  function swatch(kind, actor) {
    return picture(drawSample(data, kind, actor, ink));
  }

  /**
   * A sample that says what it shows: kind and actor are seen as form and colour.
   * @param {import("../state/data.js").Feature} feature
   */
  function sign(feature) {
    const made = swatch(feature.kind, feature.actor);
    made.removeAttribute("aria-hidden");
    made.setAttribute("role", "img");
    made.setAttribute("aria-label", kindAndActor(data, feature));
    return made;
  }

  return { data, ink, definitions, ruler: makeRuler(data), projections, picture, swatch, sign };
}
