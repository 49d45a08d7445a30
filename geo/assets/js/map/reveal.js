// @ts-check
// Bringing a feature into view: in the part of the map that the card does not cover.

/** @typedef {import("../state/data.js").Data} Data */
/** @typedef {import("../state/data.js").Feature} Feature */
/** @typedef {{left: number, top: number, right: number, bottom: number}} Box pixels of the map */

/** A feature is seen when this share of it is, or when it fills this share of the room. */
const SEEN = 0.5;

/** Clear space around what is brought into view, pixels; as far as the room allows. */
const MARGIN = 28;

/**
 * The view that shows a feature beside its card; undefined when the map does so already, or cannot.
 * @param {any} L Leaflet
 * @param {any} map
 * @param {Data} data
 * @param {Feature} feature
 * @param {HTMLElement} card
 */
export function viewBeside(L, map, data, feature, card) {
  const place = placeOf(L, map, data, feature);
  // Where the list lies below the map, the map may be scrolled away.
  if (place && map.getContainer().getBoundingClientRect().bottom < window.innerHeight / 4) {
    window.scrollTo({ top: 0, behavior: "instant" });
  }
  return place && viewOf(map, place, roomBeside(map.getContainer(), card));
}

/**
 * Where a feature lies; undefined without a place.
 * @param {any} L Leaflet
 * @param {any} map
 * @param {{arcs: import("../state/data.js").Arcs}} data
 * @param {Feature} feature
 */
function placeOf(L, map, { arcs }, { at, shape }) {
  if (at) return L.latLngBounds([[at[1], at[0]]]);
  if (!shape) return undefined;
  const place = L.latLngBounds([]);
  for (const number of /** @type {number[]} */ (shape.flat(Infinity))) {
    const arc = arcs.at(number < 0 ? ~number : number);
    for (let i = 0; i < arc.length; i += 2) place.extend(map.unproject([arc[i] * 256, arc[i + 1] * 256], 0));
  }
  return place;
}

/**
 * The largest part of the map beside the card.
 * @param {HTMLElement} container the map's
 * @param {HTMLElement} card
 * @returns {Box}
 */
function roomBeside(container, card) {
  const { left, top, width, height } = container.getBoundingClientRect();
  // A map that is scrolled partly away shows only what is in the window.
  const [first, last] = [Math.max(0, -top), Math.min(height, window.innerHeight - top)];
  const whole = { left: 0, top: first, right: width, bottom: Math.max(first, last) };
  if (card.hidden) return whole;
  const over = card.getBoundingClientRect();
  const boxes = [
    { ...whole, right: Math.min(width, over.left - left) },
    { ...whole, left: Math.max(0, over.right - left) },
    { ...whole, bottom: Math.min(whole.bottom, over.top - top) },
    { ...whole, top: Math.max(first, over.bottom - top) },
  ];
  const area = (/** @type {Box} */ box) => Math.max(0, box.right - box.left) * Math.max(0, box.bottom - box.top);
  return boxes.reduce((best, box) => (area(box) > area(best) ? box : best));
}

/**
 * The view that shows a place within a room; undefined when the map does so already.
 * @param {any} map
 * @param {any} place bounds
 * @param {Box} room
 * @returns {import("./view.js").View | undefined}
 */
function viewOf(map, place, room) {
  const [from, to] = [
    map.latLngToContainerPoint(place.getNorthWest()),
    map.latLngToContainerPoint(place.getSouthEast()),
  ];
  const [width, height] = [room.right - room.left, room.bottom - room.top];
  if (isSeen([from, to], room)) return undefined;
  const margin = Math.min(MARGIN, width / 8, height / 8);
  const fits = to.x - from.x <= width - 2 * margin && to.y - from.y <= height - 2 * margin;
  const around = map.getSize().subtract([width - 2 * margin, height - 2 * margin]);
  const zoom = fits ? map.getZoom() : Math.min(map.getZoom(), map.getBoundsZoom(place, false, around));
  const middle = map.project(place.getNorthWest(), zoom).add(map.project(place.getSouthEast(), zoom)).divideBy(2);
  const aside = map.getSize().divideBy(2).subtract([(room.left + room.right) / 2, (room.top + room.bottom) / 2]);
  const { lat, lng } = map.unproject(middle.add(aside), zoom);
  return { center: [lat, lng], zoom };
}

/** @param {{x: number, y: number}[]} corners of a place, pixels of the map @param {Box} room */
function isSeen([from, to], room) {
  const along = (
    /** @type {number} */ a,
    /** @type {number} */ b,
    /** @type {number} */ first,
    /** @type {number} */ last,
  ) => {
    const common = Math.min(b, last) - Math.max(a, first);
    return common < 0 ? [0, 0] : [b > a ? common / (b - a) : 1, common / (last - first || 1)];
  };
  const [across, wide] = along(from.x, to.x, room.left, room.right);
  const [down, high] = along(from.y, to.y, room.top, room.bottom);
  return across * down >= SEEN || wide * high >= SEEN;
}
