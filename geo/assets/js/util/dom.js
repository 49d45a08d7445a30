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
  element.append(...children.map((child) => typeof child === "string" ? kept(child) : child));
  return element;
}

/** A text whose numbers no line breaks: 17 500. @param {string} text */
export function kept(text) {
  return text.replace(/(\d) (?=\d{3}\b)/g, "$1\u00a0");
}

/**
 * Whether a key of one character was pressed on a map: they act nowhere else, so nobody meets them by speech or by
 * chance.
 * @param {KeyboardEvent} event
 */
export function isMapKey({ target, altKey, ctrlKey, metaKey }) {
  return !altKey && !ctrlKey && !metaKey && Boolean(/** @type {Element} */ (target).closest(".folium-map"));
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
  return text.replace(/\{(\d)\}/g, (_, index) => {
    const value = values[Number(index)];
    return typeof value === "number" ? number(value) : String(value);
  });
}

/** Made once, by decimals: making one takes longer than using it. @type {Intl.NumberFormat[]} */
const formats = [];

/**
 * A number in the digits of the page's language; in place of commas between thousands stand thin spaces.
 * @param {number} value
 * @param {number} [decimals]
 */
export function number(value, decimals = 0) {
  if (typeof Intl === "undefined") return value.toFixed(decimals); // without a browser: there is no page, either
  const language = document.documentElement.lang || "en";
  // A browser's first use of Intl takes a twelfth of our start, and the scale under the map waits for it.
  if (/^en\b/.test(language)) return value.toFixed(decimals).replace(/\B(?=(\d{3})+(?!\d))/g, "\u202f");
  formats[decimals] = formats[decimals] ||
    new Intl.NumberFormat(language, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return formats[decimals].formatToParts(value).map((
    part,
  ) => (part.type === "group" && part.value === "," ? "\u202f" : part.value)).join("");
}

/**
 * Whether two boxes share more than so many pixels each way.
 * @param {DOMRect} one
 * @param {DOMRect} two
 * @param {number} [most]
 */
export function meet(one, two, most = 0) {
  const wide = Math.min(one.right, two.right) - Math.max(one.left, two.left);
  const high = Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top);
  return wide > most && high > most;
}
