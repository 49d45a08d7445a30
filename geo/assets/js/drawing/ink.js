// @ts-check
// The one source of paint: styles of layers/symbology.toml as presentation attributes, colours looked up.

import { node } from "./node.js";

/** @typedef {import("../state/data.js").Data} Data */
/** @typedef {import("./node.js").SvgNode} SvgNode */

/** Attributes of a style that name a colour. */
const PAINTS = ["fill", "stroke"];

/** Width and height of the pattern of land outside the map's subject, pixels. */
const OUTSIDE_GAP = 7;

/**
 * Paint for one drawing, and the patterns it has needed so far.
 * @typedef {object} Ink
 * @property {(name: string) => string} colour of the palette or of an actor
 * @property {(name: string, actor?: string) => Record<string, any>} style presentation attributes of a style
 * @property {(name: string, actor?: string) => Record<string, any>} type presentation attributes of a text in a type
 *   style
 * @property {(name: string, key: string) => any} measure a number of a style that is no attribute
 * @property {(actor: string, kind: any) => string} hatch paint that hatches in an actor's colour, as a kind is hatched
 * @property {() => string} outside paint of land the map does not tell of
 * @property {Map<string, SvgNode>} patterns by id, to stand in the drawing's definitions
 * @property {string} prefix ids of the drawing begin with it
 */

/**
 * @param {Data} data
 * @param {object} options
 * @param {string} options.prefix ids begin with it: those of two drawings on a page must differ
 * @param {Record<string, string>} [options.colours] fixed ones; without them they follow the page's theme
 * @returns {Ink}
 */
export function makeInk(data, { prefix, colours }) {
  /** @type {Map<string, SvgNode>} */
  const patterns = new Map();
  /** @type {Map<string, Record<string, any>>} */
  const known = new Map();

  /** @param {string} name */
  function colour(name) {
    // Where a page refuses style sheets its custom properties are unknown: the light colours stand in.
    return colours ? colours[name] : `var(--${name},${data.colours[name]})`;
  }

  /** @param {string} name @param {string} [actor] */
  function style(name, actor = "none") {
    const key = `${name} ${actor}`;
    const made = known.get(key) || resolved(name, actor);
    known.set(key, made);
    return made;
  }

  /** @param {string} name @param {string} actor */
  function resolved(name, actor) {
    const { measures: _, ...attributes } = data.styles[name];
    /** @type {Record<string, any>} */
    const made = { fill: "none", ...attributes };
    for (const paint of PAINTS) {
      if (attributes[paint]) made[paint] = colour(attributes[paint] === "actor" ? actor : attributes[paint]);
    }
    return made;
  }

  /** @param {string} name @param {string} [actor] */
  function type(name, actor = "none") {
    const key = `type ${name} ${actor}`;
    const made = known.get(key) || set(name, actor);
    known.set(key, made);
    return made;
  }

  /** @param {string} name @param {string} actor */
  function set(name, actor) {
    const { face, size, weight, italic, spacing, ink, paper } = data.type[name];
    return {
      ...resolved("label", actor),
      "font-family": data.faces[face],
      "font-size": size,
      "font-weight": weight,
      "font-style": italic ? "italic" : undefined,
      "letter-spacing": spacing || undefined,
      fill: colour(ink === "actor" ? `${actor}-ink` : ink),
      stroke: colour(paper),
    };
  }

  /** @param {string} name @param {string} key */
  function measure(name, key) {
    return data.styles[name].measures[key];
  }

  /** @param {string} actor @param {{hatch: number, hatch_form?: string}} kind pixels between its lines or dots */
  function hatch(actor, kind) {
    const gap = kind.hatch;
    const form = kind.hatch_form || "lines";
    const draw = {
      lines: () => [node("path", { d: `M0 0V${gap}`, ...style("hatch", actor) })],
      dots: () =>
        [gap / 4, (3 * gap) / 4].map((at) => node("circle", { cx: at, cy: at, ...style("hatch-dot", actor) })),
    };
    return pattern(
      `hatch-${actor}-${form}-${gap}`,
      gap,
      { patternTransform: `rotate(${data.actors[actor].hatch})` },
      draw[/** @type {"lines" | "dots"} */ (form)],
    );
  }

  function outside() {
    return pattern("outside", OUTSIDE_GAP, {}, () => [
      node("path", { d: `M0 0H${OUTSIDE_GAP}V${OUTSIDE_GAP}H0Z`, ...style("outside") }),
      node("circle", { cx: 2, cy: 2, ...style("outside-dot") }),
    ]);
  }

  /**
   * @param {string} name
   * @param {number} size pixels
   * @param {Record<string, any>} attributes
   * @param {() => SvgNode[]} draw
   */
  function pattern(name, size, attributes, draw) {
    const id = `${prefix}${name}`;
    if (!patterns.has(id)) {
      patterns.set(
        id,
        node("pattern", { id, width: size, height: size, patternUnits: "userSpaceOnUse", ...attributes }, ...draw()),
      );
    }
    return `url(#${id})`;
  }

  return { colour, style, type, measure, hatch, outside, patterns, prefix };
}
