// @ts-check
// What the drawing core makes: SVG elements as plain objects, for a browser to mount or a file to hold.

/** @typedef {{name: string, attributes: Record<string, any>, children: (SvgNode | string)[]}} SvgNode */

/**
 * @param {string} name of the element
 * @param {Record<string, any>} [attributes] those that are undefined, false or "" are left out
 * @param {...(SvgNode | string)} children strings become text
 * @returns {SvgNode}
 */
export function node(name, attributes = {}, ...children) {
  return { name, attributes, children };
}

/** Whether an attribute is to be written. @param {any} value */
export function isGiven(value) {
  return value !== undefined && value !== false && value !== "";
}

/**
 * A node as SVG text.
 * @param {SvgNode | string} given
 * @returns {string}
 */
export function toText(given) {
  if (typeof given === "string") return escaped(given);
  const attributes = Object.entries(given.attributes).filter(([, value]) => isGiven(value))
    .map(([key, value]) => ` ${key}="${escaped(String(value)).replace(/"/g, "&quot;")}"`).join("");
  const content = given.children.map(toText).join("");
  return content ? `<${given.name}${attributes}>${content}</${given.name}>` : `<${given.name}${attributes}/>`;
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
