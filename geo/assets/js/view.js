// @ts-check
// Where the map looks: an era's own view, the reader's view, and when one gives way to the other.

/** Clear space around the subject of an era, pixels. */
const FIT = { padding: [6, 6] };

/** @typedef {{center: [number, number], zoom: number}} View latitude and longitude */

/**
 * @param {any} L Leaflet
 * @param {any} map
 * @param {any} data
 * @param {View | undefined} first the view the address asks for; without it the era's own
 */
export function makeView(L, map, data, first) {
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
    quietly(() => map.fitBounds(boundsOf(era), { ...FIT, animate: false, reset: true }));
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

  /** The map as it stands once an era has brought its view. @param {number} era */
  function standing(era) {
    const { center, zoom } = map._getBoundsCenterZoom(boundsOf(era), FIT);
    const origin = map._getNewPixelOrigin(center, zoom);
    return {
      getPixelOrigin: () => origin, getZoom: () => zoom, getSize: () => map.getSize(),
      containerPointToLayerPoint: () => ({ x: 0, y: 0 }),
    };
  }

  /** What an era's own view shows. @param {number} era */
  function seenFrom(era) {
    const view = standing(era);
    const { x, y } = view.getSize();
    const corners = [view.getPixelOrigin(), view.getPixelOrigin().add([x, y])];
    return L.latLngBounds(corners.map((corner) => map.unproject(corner, view.getZoom())));
  }

  /** The map as it will stand when the reader steps from one era to another. @param {number} from @param {number} to */
  function expected(from, to) {
    const towards = Math.sign(to - from);
    let last = from;
    for (let next = from; next !== to;) {
      next += towards;
      if (!seenFrom(last).contains(boundsOf(next))) last = next;
    }
    return standing(last);
  }

  /** Whether the view shows land that the map does not tell of. */
  function beyond() {
    const [west, south, east, north] = data.extent;
    return !L.latLngBounds([south, west], [north, east]).contains(map.getBounds());
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
    fit, set, follow, expected, beyond, text, resize,
    /** Whether a movement under way is ours. */
    isOurs: () => moving,
    /** Whether an era would bring this view by itself. @param {number} era */
    isOwn: (era) => !moved && fitted === era,
  };
}
