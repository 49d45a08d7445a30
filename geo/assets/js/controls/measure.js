// @ts-check
// Measuring: a control that takes points on the map and tells distances, and areas once closed.

import { filled, html, number, svg } from "../util/dom.js";
import { area, distance, shortest } from "../util/geodesy.js";
import { makeLayer } from "../map/layer.js";

/** @typedef {import("../state/data.js").Data} Data */

/** A click this near to the first point closes the area, pixels. */
const NEAR = 12;

/** Metres to a mile. */
const MILE = 1609.344;

/** @param {any} L Leaflet @param {any} map @param {Data} data */
export function makeMeasure(L, map, data) {
  const { ui } = data;
  const container = map.getContainer();
  map.createPane("measure");
  const drawing = svg("g", { class: "measure-drawing" });
  const layer = makeLayer(L, {
    pane: "measure",
    padding: 0.5,
    root: svg("svg", { class: "measure-layer", width: 1, height: 1, "aria-hidden": "true" }, drawing),
    pile: drawing,
  });
  const cross = svg(
    "svg",
    { class: "measure-cross", width: 25, height: 25, "aria-hidden": "true" },
    svg("path", { d: "M12.5 0V25M0 12.5H25" }),
  );
  const told = html("p", { role: "status" });
  const undo = html("button", { type: "button", onclick: back }, ui.undo);
  const whole = html("button", { type: "button", onclick: close }, ui["measure-area"]);
  const panel = html(
    "div",
    { class: "measure-panel", hidden: true },
    told,
    html("div", {}, undo, whole, html("button", { type: "button", onclick: () => turn(false) }, ui["measure-end"])),
  );
  const button = html(
    "button",
    {
      type: "button",
      "aria-pressed": "false",
      "aria-label": ui.measure,
      title: ui.measure,
      onclick: (/** @type {MouseEvent} */ event) => turn(!on, !event.detail),
    },
    svg(
      "svg",
      { width: 20, height: 20, "aria-hidden": "true" },
      svg("path", { d: "M2 14 14 2 18 6 6 18ZM5 11l2 2M8 8l3 3M11 5l2 2" }),
    ),
  );
  /** @type {[number, number][]} */
  let points = [];
  let [on, closed] = [false, false];
  let listening = new AbortController();

  const control = L.control({ position: "topleft" });
  control.onAdd = () => {
    const box = html("div", { class: "leaflet-bar measure" }, button, panel);
    L.DomEvent.disableClickPropagation(box);
    layer.on("update", draw);
    container.append(cross);
    // Before anything else hears of it: while measuring, a click is a point and chooses nothing.
    listening = new AbortController();
    const { signal } = listening;
    container.addEventListener("click", onClick, { capture: true, signal });
    container.addEventListener("pointerdown", () => container.classList.remove("by-keys"), { signal });
    document.addEventListener("keydown", onKey, { capture: true, signal });
    return box;
  };
  control.onRemove = () => {
    turn(false);
    cross.remove();
    layer.off("update", draw);
    listening.abort();
  };

  /** @param {boolean} wanted @param {boolean} [keys] whether by keyboard */
  function turn(wanted, keys = false) {
    if (wanted === on) return;
    on = wanted;
    [points, closed] = [[], false];
    button.setAttribute("aria-pressed", String(on));
    container.classList.toggle("measuring", on);
    container.classList.toggle("by-keys", on && keys);
    panel.hidden = !on;
    if (map.options.doubleClickZoom) map.doubleClickZoom[on ? "disable" : "enable"]();
    if (on) {
      layer.addTo(map);
      container.focus({ preventScroll: true });
    } else layer.remove();
    tell();
  }

  /** @param {MouseEvent} event */
  function onClick(event) {
    if (!on || /** @type {Element} */ (event.target).closest(".leaflet-control, .inset")) return;
    event.stopPropagation();
    if (!map.dragging.moved()) add(map.mouseEventToLatLng(event));
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const target = /** @type {Element} */ (event.target);
    if (!on || target.closest("input, select, textarea, dialog")) return;
    const centre = target === container || target === document.body;
    if (event.key === "Escape") {
      turn(false);
      button.focus();
    } else if (event.key === "Backspace") back();
    else if (
      centre && event.key === "Enter" && points.length > 2 &&
      (!container.classList.contains("by-keys") || near(map.getCenter(), points.length - 1))
    ) close();
    else if (centre && (event.key === "Enter" || event.key === " ")) {
      container.classList.add("by-keys");
      add(map.getCenter());
    } else {
      if (centre && event.key.startsWith("Arrow")) container.classList.add("by-keys");
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {any} place a LatLng @param {number} index of a point */
  function near(place, index) {
    return map.latLngToLayerPoint(place).distanceTo(onMap(points[index])) <= NEAR;
  }

  /** @param {any} place a LatLng */
  function add({ lat, lng }) {
    if (closed) [points, closed] = [[], false];
    if (points.length > 2 && near([lat, lng], 0)) close();
    else points.push([lng, lat]);
    tell();
  }

  function back() {
    if (closed) closed = false;
    else points.pop();
    tell();
  }

  function close() {
    closed = points.length > 2;
    tell();
  }

  /** @param {[number, number]} position */
  function onMap([longitude, latitude]) {
    return map.latLngToLayerPoint([latitude, longitude]);
  }

  function draw() {
    const ring = closed ? [...points, points[0]] : points;
    const line = ring.flatMap((point, i) => (i ? shortest(ring[i - 1], point) : [point])).map(onMap);
    const d = line.length > 1 ? `M${line.map(({ x, y }) => `${x} ${y}`).join("L")}` : "";
    drawing.replaceChildren(
      ...["casing", closed ? "closed" : ""].map((name) => svg("path", { d, class: name })),
      ...points.map(onMap).map(({ x, y }) => svg("circle", { cx: x, cy: y, r: 4 })),
    );
  }

  function tell() {
    if (on) draw();
    const length = points.reduce(
      (sum, point, i) => sum + (i || closed ? distance(points[(i || points.length) - 1], point) : 0),
      0,
    );
    const size = closed ? area(points) : 0;
    const figure = (/** @type {number} */ value) => number(value, value < 100 ? 1 : 0);
    undo.toggleAttribute("disabled", !points.length);
    whole.toggleAttribute("disabled", closed || points.length < 3);
    told.textContent = !on ? "" : points.length < 2 ? ui[points.length ? "measure-next" : "measure-start"] : [
      ...(closed ? [filled(ui["measured-area"], figure(size / 1e6), figure(size / MILE ** 2))] : []),
      filled(ui.measured, figure(length / 1000), figure(length / MILE)),
    ].join("; ");
  }

  return control;
}
