// @ts-check
// On paper: the era shown as a picture drawn for a page, beside its caption, legend and sources.

import { hasPlace } from "../state/data.js";
import { filled, html, svg } from "../util/dom.js";
import { makeInk } from "../drawing/ink.js";
import { sightOf } from "../drawing/in-view.js";
import { drawMap } from "../drawing/map.js";
import { mount } from "./mount.js";

/** @typedef {import("../state/data.js").Data} Data */

/** Characters of sources that leave the page to the map; the other sources are counted. */
const ROOM = 1800;

/** The picture of the map, and what is drawn beside it for pages of another shape, pixels. */
const [SIZE, AROUND] = [/** @type {[number, number]} */ ([1000, 720]), 360];

/**
 * What the map shows, and west, south, east, north of the reader's own view; without them the era's.
 * @typedef {{wanted: import("./surface.js").Wanted, visible: import("../state/data.js").Feature[], bounds: number[] |
 *   undefined}} Shown
 */

/**
 * @param {Data} data
 * @param {import("../drawing/labels.js").Width} width
 * @param {() => Shown} now
 * @param {(sight?: import("../drawing/in-view.js").Sight) => void} showLegend of what is printed; again of the screen
 */
export function makePrint(data, width, now, showLegend) {
  const page = document.documentElement;
  let theme = "";

  window.addEventListener("beforeprint", () => {
    clear();
    theme = theme || page.getAttribute("data-theme") || "auto";
    page.setAttribute("data-theme", "light");
    document.body.append(html("section", { id: "print", class: "print" }, framed(now()), sources(now())));
  });
  window.addEventListener("afterprint", () => {
    clear();
    showLegend();
    page.setAttribute("data-theme", theme);
    theme = "";
  });

  function clear() {
    document.getElementById("print")?.remove();
  }

  /** The map, drawn for the page. @param {Shown} shown */
  function framed({ wanted, visible, bounds }) {
    const { era, moment } = wanted;
    const placed = visible.filter(hasPlace);
    const ink = makeInk(data, { prefix: "print-", colours: data.colours });
    const { content, scene } = drawMap(data, {
      era,
      visible: placed,
      size: SIZE,
      bounds,
      around: AROUND,
      scale: true,
      filtered: Boolean(wanted.filter),
      moment,
      ink,
      width,
    });
    showLegend(sightOf(data, era, placed, scene, { x: 0, y: 0, w: SIZE[0], h: SIZE[1] }));
    const definitions = svg("defs", {}, ...[...ink.patterns.values()].map(mount));
    const picture = svg("svg", { viewBox: `0 0 ${SIZE.join(" ")}` }, definitions, ...content.map(mount));
    return html("div", { class: "print-map" }, picture);
  }

  /** The sources most features rest on, as many as there is room for. @param {Shown} shown */
  function sources({ visible }) {
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const id of visible.flatMap((feature) => feature.sources)) counts.set(id, (counts.get(id) || 0) + 1);
    const ranked = [...counts].sort((a, b) => b[1] - a[1]).map(([id]) => data.sources[id].citation);
    let room = ROOM;
    const kept = ranked.filter((text) => (room -= text.length) > 0);
    const rest = ranked.length - kept.length;
    return html(
      "div",
      { class: "print-sources" },
      html("h2", {}, data.ui.sources),
      html(
        "ul",
        {},
        ...kept.map((text) => html("li", {}, text)),
        ...(rest ? [html("li", {}, filled(data.ui["more-sources"], rest))] : []),
      ),
    );
  }
}
