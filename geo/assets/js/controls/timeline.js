// @ts-check
// Stepping through eras: a native range input with its ticks, a button on either side, keys and swipes,
// and below them the true length of the eras with the density of dated events.

import { filled, html, number, svg } from "../util/dom.js";
import { dayNumber, newYear } from "../util/moments.js";

/** @typedef {import("../state/data.js").Data} Data */

/** Distance from the ends of the slider to the middle of its thumb there, pixels. */
const INSET = 8;

/** Heights of the strip's parts, pixels: lines to the eras, bars of events, the band of eras. */
const [FAN, BARS, BAND] = [9, 13, 4];

/** Clear space between the labels of two ticks, and the type style they are as wide as; pixels. */
const [GAP, TYPE] = [8, "town"];

/** Between the first or last tick and the button beside it, pixels. */
const EDGE = 18;

/** A finger that moves this far along the timeline steps, pixels. */
const SWIPE = 40;

/**
 * @param {Data} data
 * @param {(era: number) => void} step
 * @param {import("../drawing/labels.js").Width} width
 */
export function makeTimeline(data, step, width) {
  const at = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
  const slider = /** @type {HTMLInputElement} */ (at("era-slider"));
  const previous = /** @type {HTMLButtonElement} */ (at("era-previous"));
  const next = /** @type {HTMLButtonElement} */ (at("era-next"));
  const timeline = at("timeline");
  const last = data.eras.length - 1;
  slider.max = String(last);
  slider.setAttribute("aria-label", data.ui.era);
  previous.setAttribute("aria-label", data.ui.previous);
  next.setAttribute("aria-label", data.ui.next);
  timeline.setAttribute("aria-label", data.ui.eras);
  const ticks = data.eras.map((/** @type {any} */ era, /** @type {number} */ i) =>
    html("button", {
      type: "button",
      class: "tick",
      tabindex: "-1",
      "aria-hidden": "true",
      "data-era": era.id,
      onclick: () => step(i),
    }, era.label)
  );
  at("ticks").replaceChildren(...ticks);
  /** @type {{node: SVGElement, parts: SVGElement[]}} */
  let strip;
  /** Eras shown: the one on the map, and the one compared with it. */
  let shown = [0, -1];
  let [room, scale] = [0, 1]; // between the first tick and the last, pixels; the reader's size of text
  /** Where later is: to the right, or to the left where texts run so. */
  const onward = data.direction === "rtl" ? -1 : 1;
  if (last) new ResizeObserver(resize).observe(at("track"));
  slider.addEventListener("input", () => step(Number(slider.value)));
  previous.addEventListener("click", () => step(current() - 1));
  next.addEventListener("click", () => step(current() + 1));
  listenForKeys();
  listenForSwipes();

  function current() {
    return Number(slider.value);
  }

  function resize() {
    if (at("track").clientWidth < 4 * INSET) return;
    room = at("track").clientWidth - 2 * INSET;
    scale = parseFloat(window.getComputedStyle(document.documentElement).fontSize) / 16;
    labelTicks();
    strip = makeStrip(data, at("track").clientWidth, step);
    at("strip").replaceChildren(strip.node);
    strip.parts[current()].classList.add("current");
  }

  /** Label as many ticks as there is room for: the eras shown, and every second, third … of the others. */
  function labelTicks() {
    const widths = data.eras.map((/** @type {any} */ era) => scale * width(era.label, TYPE));
    /** How far in a label stands that would lie over a button beside the track. @param {number} i */
    const inward = (i) => (i === 0 ? 1 : i === last ? -1 : 0) * Math.max(0, widths[i] / 2 - EDGE);
    /** @param {number} i @param {number} j */
    const apart = (i, j) =>
      Math.abs(((i - j) / last) * room + inward(i) - inward(j)) - (widths[i] + widths[j]) / 2 >= GAP;
    const fits = (/** @type {number} */ every) =>
      widths.every((/** @type {number} */ _, /** @type {number} */ i) =>
        i % every || i + every > last || apart(i, i + every)
      );
    let every = 1;
    while (every < last && !fits(every)) every += 1;
    const [one, two] = [...shown].sort((a, b) => a - b);
    const near = one >= 0 ? Math.max(0, GAP + (widths[one] + widths[two]) / 2 - ((two - one) / last) * room) : 0;
    ticks.forEach((/** @type {HTMLElement} */ tick, /** @type {number} */ i) => {
      const free = i % every === 0 && shown.every((era) => era < 0 || era === i || apart(i, era));
      tick.classList.toggle("unlabelled", !shown.includes(i) && !free);
      const spread = near && shown.includes(i) ? (i === one ? -near : near) / 2 : 0;
      const aside = onward * (spread + inward(i));
      tick.style.translate = aside ? `${aside}px` : ""; // labels of two eras that are compared stand side by side
    });
  }

  /** Keys beside the slider's own: a page is one era; arrows also serve who has no field and no map in focus. */
  function listenForKeys() {
    document.addEventListener("keydown", (event) => {
      const focus = document.activeElement;
      const idle = !focus || focus === document.body || focus === previous || focus === next;
      if (event.key.startsWith("Page") ? focus !== slider : !idle) return;
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const wanted = /** @type {Record<string, number>} */ ({
        ArrowLeft: current() - onward,
        ArrowRight: current() + onward,
        PageDown: current() - 1,
        PageUp: current() + 1,
      })[event.key];
      if (wanted === undefined) return;
      event.preventDefault();
      step(wanted);
    });
  }

  function listenForSwipes() {
    /** @type {{x: number, y: number} | undefined} */
    let from;
    timeline.addEventListener("pointerdown", (event) => {
      const field = /** @type {Element} */ (event.target).closest("input, select");
      from = event.pointerType === "mouse" || field ? undefined : { x: event.clientX, y: event.clientY };
    });
    window.addEventListener("pointerup", (event) => {
      if (!from) return;
      const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
      from = undefined;
      if (Math.abs(dx) > SWIPE && Math.abs(dx) > 2 * Math.abs(dy)) step(current() - onward * Math.sign(dx));
    });
  }

  /** @param {number} era @param {number} other the era compared with it, or -1 */
  function show(era, other) {
    slider.value = slider.defaultValue = String(era); // the default is what an archive of the page keeps
    shown = [era, other];
    if (room) labelTicks();
    slider.setAttribute("aria-valuetext", `${data.eras[era].label}: ${data.eras[era].title}`);
    // Not disabled: who arrives by them would lose the focus.
    previous.setAttribute("aria-disabled", String(era === 0));
    next.setAttribute("aria-disabled", String(era === last));
    for (const parts of [ticks, strip ? strip.parts : []]) {
      parts.forEach((/** @type {Element} */ part, /** @type {number} */ i) => {
        part.classList.toggle("current", i === era);
        part.classList.toggle("other", i === other);
      });
    }
  }

  return { show, last };
}

/**
 * Eras in their true length, joined to the evenly spaced ticks, and dated events by year.
 * @param {Data} data
 * @param {number} width pixels
 * @param {(era: number) => void} step
 */
function makeStrip(data, width, step) {
  const { eras } = data;
  const [first, end] = [dayNumber(eras[0].begin), dayNumber(eras[eras.length - 1].end)];
  const x = (/** @type {number} */ day) => INSET + ((day - first) / (end - first)) * (width - 2 * INSET);
  const years = eventsByYear(data, first, end);
  const most = Math.max(...years.values(), 1);
  const bars = [...years].map(([year, count]) => {
    const [left, right] = [x(newYear(year)), x(newYear(year + 1))];
    const height = (Math.sqrt(count / most)) * BARS; // by area of a square, so that single events are still seen
    return `M${left.toFixed(1)} ${FAN + BARS}V${(FAN + BARS - height).toFixed(1)}H${(right - 0.4).toFixed(1)}V${
      FAN + BARS
    }Z`;
  });
  const parts = eras.map((/** @type {any} */ era, /** @type {number} */ i) => {
    const [left, right] = [x(dayNumber(era.begin)), x(dayNumber(era.end))];
    const tick = INSET + (i / (eras.length - 1)) * (width - 2 * INSET);
    const top = FAN + BARS;
    const length = (dayNumber(era.end) - dayNumber(era.begin)) / 365.2425;
    return svg(
      "g",
      { class: "strip-era", onclick: () => step(i) },
      svg(
        "title",
        {},
        filled(
          data.ui.span,
          `${era.label}: ${era.dates}`,
          number(length, length < 2 ? 1 : 0),
          data.features.filter((/** @type {any} */ feature) => feature.begin >= era.begin && feature.begin < era.end)
            .length,
        ),
      ),
      svg("path", { class: "fan", d: `M${tick.toFixed(1)} 0L${((left + right) / 2).toFixed(1)} ${FAN}V${top}` }),
      svg("rect", { class: "band", x: left, y: top, width: Math.max(1.5, right - left - 0.5), height: BAND }),
      svg("rect", { class: "reach", x: left, y: 0, width: right - left, height: top + BAND }),
    );
  });
  const node = svg(
    "svg",
    { width, height: FAN + BARS + BAND, "aria-hidden": "true" },
    svg("path", { class: "bars", d: bars.join("") }),
    ...parts,
  );
  return { node, parts };
}

/** @param {Data} data @param {number} first day @param {number} end day @returns {Map<number, number>} */
function eventsByYear(data, first, end) {
  const years = new Map();
  for (const { begin } of data.features) {
    if (!begin || dayNumber(begin) < first || dayNumber(begin) >= end) continue;
    const year = Number(begin.slice(0, 4));
    years.set(year, (years.get(year) || 0) + 1);
  }
  return years;
}
