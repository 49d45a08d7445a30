// @ts-check
// Making elements. Text from data only ever becomes a text node or an attribute value.

const SVG = "http://www.w3.org/2000/svg";

/**
 * Make an HTML element with attributes and children (strings become text).
 * @param {string} name
 * @param {Record<string, any>} [attributes] `on…` functions become listeners, `undefined` is left out
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
export function html(name, attributes = {}, ...children) {
  return /** @type {HTMLElement} */ (fill(document.createElement(name), attributes, children));
}

/**
 * Make an SVG element, likewise.
 * @param {string} name
 * @param {Record<string, any>} [attributes]
 * @param {...(Node | string)} children
 * @returns {SVGElement}
 */
export function svg(name, attributes = {}, ...children) {
  return /** @type {SVGElement} */ (fill(document.createElementNS(SVG, name), attributes, children));
}

/**
 * @param {Element} element
 * @param {Record<string, any>} attributes
 * @param {(Node | string)[]} children
 */
function fill(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, String(value));
  }
  element.append(...children);
  return element;
}

/**
 * A link that leads out, or plain text when the address is not http(s).
 * @param {string} address
 * @param {string} text
 */
export function link(address, text) {
  if (!/^https?:\/\//.test(address)) return document.createTextNode(text);
  return html("a", { href: address, target: "_blank", rel: "noopener noreferrer nofollow" }, text);
}

/**
 * @param {string} text with {0}, {1} …
 * @param {...(string | number)} values
 */
export function filled(text, ...values) {
  return text.replace(/\{(\d)\}/g, (_, index) => String(values[Number(index)]));
}

/**
 * A whole number with thin spaces between thousands.
 * @param {number} value
 */
export function number(value) {
  return String(value).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}
