// @ts-check
// The tools of the panel and the map, wired to the state: search, filter, measure, share.

import { announce } from "../util/announce.js";
import { filled, html } from "../util/dom.js";
import { makeFilter } from "./filter.js";
import { eraOf } from "../state/search-index.js";
import { makeMeasure } from "./measure.js";
import { source } from "./panel.js";
import { makeSearch } from "./search.js";
import { makeShare } from "./share.js";
import { byBegin } from "../util/moments.js";

/** @typedef {import("../state/data.js").Data} Data */

/** Zoom at which a place that was searched for is shown. */
const CLOSE = 7;

/**
 * @param {any} L Leaflet
 * @param {any} map
 * @param {Data} data
 * @param {object} act
 * @param {() => number} act.era index of the era shown
 * @param {(era: number) => void} act.step
 * @param {(id: string) => void} act.select
 * @param {(view: {center: [number, number], zoom: number}) => void} act.look
 * @param {(filter: import("./filter.js").Filter) => void} act.filter
 * @param {() => string} act.link to this state
 * @param {(element: HTMLElement) => void} act.openedFrom where the focus goes when the card is closed
 */
export function makeTools(L, map, data, act) {
  const card = /** @type {HTMLElement} */ (document.getElementById("card"));
  const field = /** @type {HTMLElement} */ (document.getElementById("search"));
  const era = () => data.eras[act.era()];
  const ring = L.marker([0, 0], {
    icon: L.divIcon({ className: "place-ring", iconSize: [34, 34] }),
    interactive: false,
    keyboard: false,
  });
  const filter = makeFilter(data, act.filter);
  makeSearch(data, {
    era: stepTo,
    actor: ({ id }) => act.filter({ actor: id }),
    feature: openFeature,
    place: goTo,
    source: openSource,
    day: () => era().day,
  });
  makeMeasure(L, map, data).addTo(map);
  makeShare(L, map, data, { link: act.link, era });
  map.on("click", () => ring.remove());
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    ring.remove();
    if (card.hasAttribute("data-source")) act.select("");
  });

  /** @param {any} wanted era */
  function stepTo(wanted) {
    act.step(data.eras.indexOf(wanted));
    map.getContainer().focus();
  }

  /** @param {string} id */
  function openFeature(id) {
    act.select(id);
    opened();
  }

  /** @param {import("../state/search-index.js").Name} name */
  function goTo(name) {
    const [longitude, latitude] = name.at;
    act.step(eraOf(data, name, act.era()));
    act.select("");
    act.look({ center: [latitude, longitude], zoom: CLOSE });
    ring.setLatLng([latitude, longitude]).addTo(map);
    map.fire("placefound"); // which is marked from now on
    map.getContainer().focus();
    announce(filled(data.ui["place-found"], name.name, era().title));
  }

  /** @param {string} id */
  function openSource(id) {
    const told = (/** @type {import("../state/data.js").View} */ [, , ids]) => ids;
    const citing = data.features.filter((
      /** @type {import("../state/data.js").Feature} */ { sources, views, claims },
    ) =>
      [sources, ...views.map(told)].some((ids) => ids.includes(id)) ||
      claims.some((/** @type {string} */ claim) =>
        [data.claims[claim].sources || [], ...(data.claims[claim].views || []).map(told)].some((ids) =>
          ids.includes(id)
        )
      )
    )
      .sort(byBegin);
    act.select("");
    card.replaceChildren(
      html(
        "button",
        { type: "button", class: "close", "aria-label": data.ui.close, onclick: () => act.select("") },
        "×",
      ),
      html("h3", { id: "card-title", "aria-level": 2 }, ...source(data, id)),
      html("h4", { "aria-level": 3 }, filled(data.ui.citing, citing.length)),
      html(
        "ul",
        { class: "citing" },
        ...citing.map((/** @type {any} */ { id: other, title, when }) =>
          html(
            "li",
            {},
            html("button", { type: "button", onclick: () => openFeature(other) }, title, " ", html("small", {}, when)),
          )
        ),
      ),
    );
    card.setAttribute("data-source", id);
    card.hidden = false;
    card.scrollTop = 0;
    opened();
  }

  function opened() {
    act.openedFrom(field);
    card.focus();
  }

  return { showFilter: filter.show, /** Clear the mark of a place. */ unmark: () => ring.remove() };
}
