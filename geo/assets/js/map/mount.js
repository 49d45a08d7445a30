// @ts-check
// Drawings in the page: nodes of the drawing core become elements, and elements follow later nodes.

import { isGiven } from "../drawing/node.js";
import { svg } from "../util/dom.js";

/** @typedef {import("../drawing/node.js").SvgNode} SvgNode */

/** @param {SvgNode | string} node @returns {SVGElement | Text} */
function made(node) {
  return typeof node === "string" ? document.createTextNode(isolated(node)) : mount(node);
}

/** A text that runs in the direction of its own first letter: SVG knows no other way. @param {string} text */
function isolated(text) {
  return document.dir === "rtl" ? `\u2068${text}\u2069` : text;
}

/** @param {SvgNode} node @returns {SVGElement} */
export function mount({ name, attributes, children }) {
  const given = Object.fromEntries(Object.entries(attributes).filter(([, value]) => isGiven(value)));
  const element = svg(name, given, ...children.map(made));
  keepSpacing(element, given[SPACING]);
  return element;
}

const SPACING = "letter-spacing";

/**
 * Names are laid out by their width, so a reader's own spacing of texts is not for them.
 * @param {SVGElement} element
 * @param {any} pixels
 */
function keepSpacing(element, pixels) {
  if (pixels) element.style.setProperty(SPACING, `${pixels}px`, "important");
}

/**
 * Let an element that was mounted from one node show another: only what differs is written.
 * @param {SVGElement} element
 * @param {SvgNode} before what it was mounted from, or followed last
 * @param {SvgNode} after of the same name
 */
export function follow(element, before, after) {
  for (const [key, value] of Object.entries(after.attributes)) {
    if (value === before.attributes[key]) continue;
    if (isGiven(value)) element.setAttribute(key, String(value));
    else element.removeAttribute(key);
    if (key === SPACING) keepSpacing(element, value);
  }
  for (const key of Object.keys(before.attributes)) {
    if (!(key in after.attributes)) element.removeAttribute(key);
  }
  const alike = before.children.length === after.children.length && after.children.every((child, i) => {
    const other = before.children[i];
    return typeof child !== "string" && typeof other !== "string" && child.name === other.name;
  });
  if (!alike) {
    element.replaceChildren(...after.children.map(made));
    return;
  }
  after.children.forEach((child, i) =>
    follow(
      /** @type {SVGElement} */ (element.childNodes[i]),
      /** @type {SvgNode} */ (before.children[i]),
      /** @type {SvgNode} */ (child),
    )
  );
}

/**
 * The ink of a page: its drawings share their patterns, which stand in one place.
 * @param {import("../drawing/ink.js").Ink} ink
 */
export function makeDefinitions(ink) {
  const place = svg("defs");
  let held = 0;
  /** Take in the patterns that drawings have come to need. */
  function complete() {
    if (held === ink.patterns.size) return;
    place.append(...[...ink.patterns.values()].slice(held).map(mount));
    held = ink.patterns.size;
  }
  return {
    node: svg("svg", { id: "patterns", class: "defs", width: 0, height: 0, "aria-hidden": "true" }, place),
    complete,
  };
}
