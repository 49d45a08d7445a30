// @ts-check
// The search field: a combobox over eras, actors, places, features and sources.

import { filled, html, isMapKey } from "../util/dom.js";
import { entriesOf, find } from "../state/search-index.js";
import { fold } from "../state/spelling.js";
import { debounce } from "../util/scheduling.js";

/** @typedef {import("../state/data.js").Data} Data */
/** @typedef {import("../state/search-index.js").Entry} Entry */
/**
 * @typedef {object} Act
 * @property {(era: {id: string}) => void} era
 * @property {(actor: {id: string}) => void} actor
 * @property {(id: string) => void} feature
 * @property {(name: import("../state/search-index.js").Name) => void} place
 * @property {(id: string) => void} source
 * @property {() => string} day of the map shown, ISO
 */

/** Results shown at most. */
const SHOWN = 8;

/** Milliseconds after the last letter before it is said how many there are. */
const TYPED = 500;

/** @param {Data} data @param {Act} act */
export function makeSearch(data, act) {
  const at = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
  const { ui } = data;
  const input = /** @type {HTMLInputElement} */ (at("search"));
  const [box, status] = [at("search-results"), at("search-status")];
  /** @type {Entry[]} */
  let entries = [];
  /** @type {HTMLElement[]} */
  let options = [];
  let active = -1;
  input.placeholder = ui["search-hint"];
  input.setAttribute("aria-label", ui.search);
  box.setAttribute("aria-label", ui.search);

  function close() {
    box.hidden = true;
    options = [];
    input.setAttribute("aria-expanded", "false");
    mark(-1);
  }

  /** @param {number} index of the option the arrow keys are on, -1 for none */
  function mark(index) {
    active = index;
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === index)));
    input.setAttribute("aria-activedescendant", index < 0 ? "" : options[index].id);
    if (index >= 0) options[index].scrollIntoView({ block: "nearest" });
  }

  const sayAtRest = debounce((/** @type {string} */ text) => status.textContent = text, TYPED);

  /** Take back what was said, and what was about to be. */
  function silence() {
    sayAtRest("");
    status.textContent = "";
  }

  /** @param {number} count of what was found */
  function sayFound(count) {
    const many = count > SHOWN ? filled(ui["search-count"], SHOWN, count) : filled(ui["search-found"], count);
    sayAtRest(fold(input.value) && (count ? many : ui["search-none"]));
  }

  function show() {
    if (!entries.length) entries = entriesOf(data);
    const found = find(entries, input.value, act.day());
    const best = found.slice(0, SHOWN);
    close();
    sayFound(found.length);
    if (!best.length) return;
    const sorts = [...new Set(best.map(({ sort }) => sort))]; // the sort of the best first
    box.replaceChildren(
      ...sorts.map((sort) =>
        html(
          "div",
          { role: "group", "aria-labelledby": `search-${sort}` },
          html("div", { id: `search-${sort}`, role: "presentation", class: "sort" }, ui[`found-${sort}`]),
          ...best.filter((entry) => entry.sort === sort).map(option),
        )
      ),
    );
    box.hidden = false;
    input.setAttribute("aria-expanded", "true");
    box.scrollIntoView({ block: "nearest" });
  }

  /** @param {Entry} entry */
  function option(entry) {
    const row = html(
      "div",
      {
        role: "option",
        id: `search-option-${options.length}`,
        "aria-selected": "false",
        onclick: () => choose(entry),
      },
      html("span", {}, entry.title),
      ...(entry.detail ? [html("small", {}, entry.detail)] : []),
    );
    options.push(row);
    return row;
  }

  /** @param {Entry} entry */
  function choose({ sort, thing, name }) {
    close();
    silence();
    if (name) act.place(name);
    else act[/** @type {"era" | "actor" | "feature" | "source"} */ (sort)](thing);
  }

  input.addEventListener("input", show);
  input.addEventListener("click", show);
  input.addEventListener("blur", close);
  box.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  input.addEventListener("keydown", (event) => {
    const { key } = event;
    if (key === "Escape") {
      if (!options.length) {
        input.value = "";
        silence();
      }
      close();
    } else if (key === "ArrowDown" || key === "ArrowUp") {
      if (!options.length) show();
      const step = key === "ArrowDown" ? 1 : -1;
      if (options.length) {
        mark(active < 0 && step < 0 ? options.length - 1 : (active + step + options.length) % options.length);
      }
    } else if (key === "Enter" && options.length) options[Math.max(0, active)].click();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || !isMapKey(event) || !input.offsetParent) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}
