// @ts-check
// What a Python user has added to the Folium map (geo/document/added.py), drawn over the features of the atlas.

/** @typedef {import("../state/data.js").Data} Data */
import { html, svg } from "../util/dom.js";

/** Over the features, under popups. */
const PANE = "added";

/** A pin, its point at the bottom, in a field of 24 by 34. */
const PIN = "M12 33C12 33 2 19 2 11A10 10 0 0 1 22 11C22 19 12 33 12 33ZM12 7A4 4 0 1 0 12 15A4 4 0 1 0 12 7Z";

/**
 * @typedef {object} Added
 * @property {"marker" | "dot" | "circle" | "polyline" | "polygon" | "shape"} t
 * @property {any} [at] latitude and longitude, or many of them
 * @property {any} [g] GeoJSON geometry
 * @property {Record<string, any>} o options of a path
 * @property {string} [pop] text of its popup
 * @property {string} [tip] text of its tooltip
 */

/** @param {any} L Leaflet @param {any} map @param {Data} data */
export function drawAdded(L, map, { added = [] }) {
  if (!added.length) return;
  map.createPane(PANE).style.zIndex = "450";
  for (const one of added) {
    const layer = make(L, one);
    if (one.pop) layer.bindPopup(() => lines(one.pop));
    if (one.tip) layer.bindTooltip(() => lines(one.tip), { sticky: true });
    layer.on("click", L.DomEvent.stopPropagation).addTo(map);
  }
}

/** @param {any} L @param {Added} one */
function make(L, { t, at, g, o, tip, pop }) {
  const options = { ...o, pane: PANE };
  const pin = (/** @type {any} */ place) =>
    L.marker(place, {
      pane: PANE,
      title: tip || "",
      alt: tip || pop || "Marker",
      icon: L.divIcon({
        className: "added-pin",
        iconSize: [24, 34],
        iconAnchor: [12, 33],
        popupAnchor: [0, -30],
        html: svg(
          "svg",
          { width: 24, height: 34 },
          svg("path", { d: PIN, fill: o.color || "blue", "fill-rule": "evenodd", stroke: "#ffffff" }),
        ),
      }),
    });
  if (t === "marker") return pin(at);
  if (t === "dot") return L.circleMarker(at, options);
  if (t === "circle") return L.circle(at, options);
  if (t === "polyline") return L.polyline(at, { fill: false, ...options });
  if (t === "polygon") return L.polygon(at, options);
  return L.geoJSON(g, {
    pane: PANE,
    style: options,
    pointToLayer: (/** @type {any} */ _, /** @type {any} */ place) => pin(place),
  });
}

/** A text of several lines; never markup. @param {string} text */
function lines(text) {
  return html("div", {}, ...text.split("\n").flatMap((line, i) => (i ? [html("br"), line] : [line])));
}
