// @ts-check
// Where the map looks: an era's own view, the reader's view, and when one gives way to the other.

import { drawAdded } from "./added.js";

/** @typedef {{center: [number, number], zoom: number}} View latitude and longitude */
/**
 * A map, or a map as it would stand elsewhere: what drawing asks of it.
 * @typedef {{getPixelOrigin: () => any, getZoom: () => number, getSize: () => any, containerPointToLayerPoint: (point: number[]) => any}} Stand
 */

/**
 * @param {any} L Leaflet
 * @param {any} map
 * @param {any} data
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

  /** @param {() => void} move without taking it for the reader's */
  function quietly(move) {
    moving = true;
    move();
    moving = false;
  }

  /** Bring an era's own view. @param {number} era */
  function fit(era) {
    moved = false;
    asked = undefined;
    fitted = era;
    // Reset: an era's view is then the same whatever came before it, and can be made ready.
    quietly(() => map.fitBounds(boundsOf(era), { ...room, animate: false, reset: true }));
  }

  /** @param {View} view */
  function look(view) {
    moved = true;
    quietly(() => map.setView(view.center, view.zoom, { animate: false, reset: true }));
    asked = view;
  }

  /** @param {View | undefined} view undefined for the era's own @param {number} era */
  function set(view, era) {
    if (view) look(view);
    else fit(era);
  }

  /** Move the view only if a new era's subject would not be seen. @param {number} era */
  function follow(era) {
    const bounds = boundsOf(era);
    const seen = map.getBounds();
    if (!moved) {
      if (!seen.contains(bounds)) fit(era);
    } else if (!seen.intersects(bounds)) {
      fit(era);
    }
  }

  /** @param {number} era */
  function boundsOf(era) {
    const [west, south, east, north] = data.eras[era].bounds;
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
    return { getPixelOrigin: () => origin, getZoom: () => zoom, getSize: () => size, containerPointToLayerPoint: () => corner };
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
      let [era, stand, own] = [now, here, !moved];
      for (const end of ends) {
        while (era !== end) {
          era += Math.sign(end - era);
          const [seen, bounds] = [seenFrom(stand), boundsOf(era)];
          if (own ? !seen.contains(bounds) : !seen.intersects(bounds)) [stand, own] = [standing(era), true];
          const { x, y } = stand.getPixelOrigin();
          found.set([era, x, y, stand.getZoom()].join(" "), { era, stand });
        }
      }
    }
    return [...found.values()].sort((a, b) => Math.abs(a.era - now) - Math.abs(b.era - now));
  }

  /** Whether the view shows land that the map does not tell of. */
  function beyond() {
    const [west, south, east, north] = data.extent;
    return !L.latLngBounds([south, west], [north, east]).contains(map.getBounds());
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

  map.on("movestart", () => { if (!moving) moved = true; });
  map.on("moveend", () => { if (!moving) asked = undefined; });
  return {
    fit, set, follow, journeys, beyond, bounds, text, resize,
    /** Whether a movement under way is ours. */
    isOurs: () => moving,
    /** Whether an era would bring this view by itself. @param {number} era */
    isOwn: (era) => !moved && fitted === era,
  };
}

/**
 * What the atlas changes on a plain Folium map.
 * @param {any} L
 * @param {any} map
 * @param {any} data
 */
export function prepareMap(L, map, data) {
  L.control.scale({ position: "bottomleft", maxWidth: 120 }).addTo(map);
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (still) {
    Object.assign(map.options, { fadeAnimation: false, inertia: false, zoomAnimation: false });
    map._zoomAnimated = false; // Leaflet reads its option only when a map is made
  }
  map.getContainer().setAttribute("role", "region");
  map.getContainer().setAttribute("aria-label", data.title);
  map.setView([33, 53], 5, { animate: false });
  drawAdded(L, map, data);
}
