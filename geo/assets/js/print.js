// @ts-check
// On paper: the era shown as a picture drawn for a page, beside its caption, legend and sources.

import { filled, html, svg } from "./dom.js";

/** Characters of sources that leave the page to the map; the other sources are counted. */
const ROOM = 1800;

/** Length of the scale bar at most, pixels of the picture. */
const BAR = 140;

/**
 * @param {any} map
 * @param {any} data
 * @param {{picture: () => SVGElement, resize: () => void, shown: () => import("./data.js").Feature[]}} atlas
 */
export function makePrint(map, data, { picture, resize, shown }) {
  const page = document.documentElement;
  let theme = "auto";

  window.addEventListener("beforeprint", () => {
    clear();
    theme = page.getAttribute("data-theme") || theme;
    page.setAttribute("data-theme", "light");
    page.setAttribute("data-printing", ""); // the map takes the size of its picture
    resize();
    document.body.append(html("section", { id: "print", class: "print" }, framed(), sources()));
    page.removeAttribute("data-printing");
    resize();
  });
  window.addEventListener("afterprint", () => {
    clear();
    page.setAttribute("data-theme", theme);
  });

  function clear() {
    document.getElementById("print")?.remove();
  }

  /** The map as it stands, with names of its own for what it refers to. */
  function framed() {
    const copy = picture();
    for (const node of [copy, ...copy.querySelectorAll("*")]) {
      for (const { name, value } of [...node.attributes]) {
        if (name === "id") node.setAttribute("id", `print-${value}`);
        else if (/^#|^url\(#/.test(value)) node.setAttribute(name, value.replace("#", "#print-"));
      }
    }
    for (const name of ["style", "width", "height", "pointer-events"]) copy.removeAttribute(name);
    const { x, y } = map.containerPointToLayerPoint([0, 0]);
    const size = map.getSize();
    copy.setAttribute("viewBox", [x, y, size.x, size.y].join(" "));
    copy.append(scaleBar(x + 16, y + size.y - 16, size.y));
    return html("div", { class: "print-map" }, copy);
  }

  /** @param {number} x @param {number} y @param {number} height */
  function scaleBar(x, y, height) {
    const [from, to] = [0, BAR].map((across) => map.containerPointToLatLng([across, height - 16]));
    const most = map.distance(from, to) / 1000;
    const unit = 10 ** Math.floor(Math.log10(most));
    const km = [5, 2, 1].map((digit) => digit * unit).find((length) => length <= most) || unit;
    return svg("g", { class: "print-scale" },
      svg("path", { d: `M${x} ${y - 5}v5h${((BAR * km) / most).toFixed(1)}v-5` }),
      svg("text", { x: x + 5, y: y - 7 }, `${km} km`));
  }

  /** The sources most features rest on, as many as there is room for. */
  function sources() {
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const id of shown().flatMap((feature) => feature.sources)) counts.set(id, (counts.get(id) || 0) + 1);
    const ranked = [...counts].sort((a, b) => b[1] - a[1]).map(([id]) => data.sources[id].c);
    let room = ROOM;
    const kept = ranked.filter((text) => (room -= text.length) > 0);
    const rest = ranked.length - kept.length;
    return html("div", { class: "print-sources" }, html("h2", {}, data.ui.sources),
      html("ul", {}, ...kept.map((text) => html("li", {}, text)),
        ...(rest ? [html("li", {}, filled(data.ui["more-sources"], rest))] : [])));
  }
}
