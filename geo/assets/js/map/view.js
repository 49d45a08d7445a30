// @ts-check
// Where the map looks: an era's own view, the reader's view, and when one gives way to the other.

import { drawAdded } from "./added.js";
import { makeLandmarks } from "./landmarks.js";
import { filled } from "../util/dom.js";

/** @typedef {import("../state/data.js").Data} Data */

/** @typedef {{center: [number, number], zoom: number}} View latitude and longitude */
/**
 * A map, or a map as it would stand elsewhere: what drawing asks of it.
 * @typedef {{getPixelOrigin: () => any, getZoom: () => number, getSize: () => any, containerPointToLayerPoint: (point:
 *   number[]) => any}} Stand
 */

/** How far beyond the base readers may go, as a share of its extent. */
const AROUND = 0.1;

/**
 * @param {any} L Leaflet
 * @param {any} map
 * @param {Data} data
 * @param {View | undefined} first the view the address asks for; without it the era's own
 */
export function makeView(L, map, data, first) {
  /** Clear space around the subject of an era. */
  const room = { padding: [data.padding, data.padding] };
  let moved = Boolean(first); // by the reader or by the address; then the view is theirs
  let moving = false;
  /** As it was asked for: the map's own centre lies on whole pixels. @type {View | undefined} */
  let asked = first;
  let fitted = -1; // the era whose own view was brought last
  /** Whether the view was brought for a feature or a place: a later era need not keep to it. */
  let lent = false;
  /** The reader's view before one was lent; undefined for the era's own. @type {View | undefined} */
  let kept;
  /** The frame after which the last view is looked after. */
  let pending = 0;
  const least = map.getMinZoom(); // as the map was made

  /** @param {() => void} move without taking it for the reader's */
  function quietly(move) {
    moving = true;
    map._onZoomTransitionEnd(); // a zoom still on its way would arrive after the view, and undo it
    map.options.maxBounds = undefined;
    map.options.minZoom = least;
    move();
    limit();
    moving = false;
  }

  /**
   * Bring a view, and once more over a zoom that was asked for before it: Leaflet begins that with the next frame.
   * @param {() => void} move
   * @param {() => void} again the whole of it
   */
  function bring(move, again) {
    quietly(move);
    L.Util.cancelAnimFrame(pending);
    pending = L.Util.requestAnimFrame(() => {
      if (map._animatingZoom) again();
    });
  }

  /** Keep readers to what the base shows and no further off than an era needs, but where they were brought. */
  function limit() {
    map.options.maxBounds = boxOf(data.extent).pad(AROUND).extend(map.getBounds());
    const own = data.eras.map((/** @type {any} */ _, /** @type {number} */ era) =>
      map._getBoundsCenterZoom(boundsOf(era), room).zoom
    );
    map.setMinZoom(Math.min(map.getZoom(), ...own));
  }

  /** Bring an era's own view. @param {number} era */
  function fit(era) {
    moved = lent = false;
    asked = undefined;
    fitted = era;
    // Reset: an era's view is then the same whatever came before it, and can be made ready.
    bring(() => map.fitBounds(boundsOf(era), { ...room, animate: false, reset: true }), () => fit(era));
  }

  /** @param {View} view @param {boolean} [forNow] whether it is lent */
  function look(view, forNow = false) {
    moved = true;
    lent = forNow;
    bring(
      () => map.setView(view.center, view.zoom, { animate: false, reset: true }),
      () => look(view, forNow),
    );
    asked = view;
  }

  /** @param {View | undefined} view undefined for the era's own @param {number} era */
  function set(view, era) {
    if (view) look(view);
    else fit(era);
  }

  /** Bring a view that serves what is open in this era alone. @param {View} view */
  function lend(view) {
    const { lat, lng } = map.getCenter();
    if (!lent) kept = moved ? { center: [lat, lng], zoom: map.getZoom() } : undefined;
    look(view, true);
  }

  /** Bring back what was seen before a view was lent, unless somebody has moved on. @param {number} era */
  function giveBack(era) {
    if (lent) set(kept, era);
  }

  /**
   * Whether a view gives way to a new era's own: if no reader chose it, or if it would show nothing of the subject.
   * @param {boolean} own it is not the reader's
   * @param {any} seen bounds
   * @param {number} era
   */
  function givesWay(own, seen, era) {
    return own || !seen.intersects(boundsOf(era));
  }

  /** Bring a new era's own view where the one that is seen gives way. @param {number} era */
  function follow(era) {
    if (givesWay(!moved || lent, map.getBounds(), era)) fit(era);
  }

  /** @param {number} era */
  function boundsOf(era) {
    return boxOf(data.eras[era].bounds);
  }

  /** @param {number[]} box */
  function boxOf([west, south, east, north]) {
    return L.latLngBounds([south, west], [north, east]);
  }

  /** The map as it stands once an era has brought its view. @param {number} era @returns {Stand} */
  function standing(era) {
    const { center, zoom } = map._getBoundsCenterZoom(boundsOf(era), room);
    return standAt(map._getNewPixelOrigin(center, zoom), zoom, { x: 0, y: 0 });
  }

  /** @param {any} origin @param {number} zoom @param {{x: number, y: number}} corner @returns {Stand} */
  function standAt(origin, zoom, corner) {
    const size = map.getSize();
    return {
      getPixelOrigin: () => origin,
      getZoom: () => zoom,
      getSize: () => size,
      containerPointToLayerPoint: () => corner,
    };
  }

  /** What is seen where the map stands so. @param {Stand} stand */
  function seenFrom(stand) {
    const corner = stand.getPixelOrigin().add(stand.containerPointToLayerPoint([0, 0]));
    return L.latLngBounds([corner, corner.add(stand.getSize())].map((point) => map.unproject(point, stand.getZoom())));
  }

  /**
   * Where the map will stand in the eras a reader may step to, going to one end of time, back to the
   * other, and back again: the nearest first, each era and place once.
   * @param {number} now era
   * @returns {{era: number, stand: Stand}[]}
   */
  function journeys(now) {
    const last = data.eras.length - 1;
    const here = standAt(map.getPixelOrigin(), map.getZoom(), map.containerPointToLayerPoint([0, 0]));
    /** @type {Map<string, {era: number, stand: Stand}>} */
    const found = new Map();
    for (const ends of [[last, 0, last], [0, last, 0]]) {
      let [era, stand, own] = [now, here, !moved || lent];
      for (const end of ends) {
        while (era !== end) {
          era += Math.sign(end - era);
          if (givesWay(own, seenFrom(stand), era)) [stand, own] = [standing(era), true];
          const { x, y } = stand.getPixelOrigin();
          found.set([era, x, y, stand.getZoom()].join(" "), { era, stand });
        }
      }
    }
    return [...found.values()].sort((a, b) => Math.abs(a.era - now) - Math.abs(b.era - now));
  }

  /** Whether the view shows land that the map does not tell of. */
  function beyond() {
    return !boxOf(data.extent).contains(map.getBounds());
  }

  /** West, south, east, north of what is seen. */
  function bounds() {
    const seen = map.getBounds();
    return [seen.getWest(), seen.getSouth(), seen.getEast(), seen.getNorth()];
  }

  /** As the address and messages write it. */
  function text() {
    const { lat, lng } = map.getCenter();
    const { center: [latitude, longitude], zoom } = asked || { center: [lat, lng], zoom: map.getZoom() };
    return `${latitude.toFixed(3)},${longitude.toFixed(3)},${Math.round(zoom * 100) / 100}`;
  }

  /** Take over a new size of the map. @param {number} era */
  function resize(era) {
    quietly(() => map.invalidateSize({ animate: false }));
    if (!moved) fit(era);
    else if (asked) look(asked);
  }

  map.options.maxBoundsViscosity = 1;
  map.on("movestart", () => {
    if (moving) return;
    moved = true;
    lent = false;
  });
  map.on("moveend", () => {
    if (moving) return;
    asked = undefined;
    // Two fingers go where they like; the map comes back once they are lifted.
    if (map.options.maxBounds) map.panInsideBounds(map.options.maxBounds, { animate: false });
  });
  return {
    fit,
    set,
    lend,
    giveBack,
    follow,
    journeys,
    beyond,
    bounds,
    text,
    resize,
    /** Whether a movement under way is ours. */
    isOurs: () => moving,
    /** Whether an era would bring this view by itself. @param {number} era */
    isOwn: (era) => !moved && fitted === era,
  };
}

/** The texts of lengths, by the units that Leaflet writes. */
const UNITS = { m: "metres", km: "km", ft: "feet", mi: "miles" };

/** Leaflet's buttons, in our words. @param {any} zoom the control @param {Record<string, string>} ui */
function nameButtons({ _zoomInButton, _zoomOutButton }, ui) {
  for (const [button, text] of [[_zoomInButton, ui["zoom-in"]], [_zoomOutButton, ui["zoom-out"]]]) {
    button.title = text;
    button.setAttribute("aria-label", text);
  }
}

/** Leaflet's scale, in our words. @param {any} L @param {any} map @param {Record<string, string>} ui */
function addScale(L, map, ui) {
  const scale = L.control.scale({ position: "bottomleft", maxWidth: 120 });
  const update = scale._updateScale;
  /** @param {HTMLElement} line @param {string} text @param {number} ratio */
  scale._updateScale = (line, text, ratio) => {
    update.call(scale, line, "", ratio);
    const [length, unit] = text.split(" ");
    line.textContent = filled(ui[UNITS[/** @type {keyof UNITS} */ (unit)]], Number(length));
  };
  scale.addTo(map);
}

/**
 * What the atlas changes on a plain Folium map.
 * @param {any} L
 * @param {any} map
 * @param {Data} data
 */
export function prepareMap(L, map, data) {
  addScale(L, map, data.ui);
  if (map.zoomControl) nameButtons(map.zoomControl, data.ui);
  // A press focuses the map by itself; where Leaflet did it, browsers took it for the keyboard's and drew a frame.
  L.DomEvent.off(map.getContainer(), "mousedown", map.keyboard._onMouseDown, map.keyboard);
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (still) {
    Object.assign(map.options, { fadeAnimation: false, inertia: false, zoomAnimation: false });
    map._zoomAnimated = false; // Leaflet reads its option only when a map is made
  }
  makeLandmarks(map.getContainer(), data.ui);
  map.setView([33, 53], 5, { animate: false });
  drawAdded(L, map, data);
}
