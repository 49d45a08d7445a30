// @ts-check
// The list of an era as a table, sorted by its heads: from the list, and by its key from the map.

import { inTime } from "../state/data.js";
import { makeClosing } from "../util/dialog.js";
import { filled, html, isMapKey } from "../util/dom.js";

/** @typedef {import("../state/data.js").Feature} Feature */

/** Opens the table on the map, in every `ui`. */
const KEY = "t";

/**
 * @param {import("../state/data.js").Data} data
 * @param {{now: () => {era: any, visible: Feature[]}, read: (id: string, back?: () => void) => void}} act
 */
export function makeTable(data, { now, read }) {
  const { ui, kinds } = data;
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("table-dialog"));
  const button = /** @type {HTMLElement} */ (document.getElementById("table-open"));
  const close = makeClosing(dialog, ui.close);
  const heads = [ui.when, ui["found-feature"], ui["by-kind"], ui["by-actor"], ui.certainty];
  button.textContent = ui.table;
  button.addEventListener("click", () => open());
  document.addEventListener("keydown", (event) => {
    const hidden = (document.documentElement.getAttribute("data-hide") || "").split(" ").includes("list");
    if (event.key.toLowerCase() === KEY && isMapKey(event) && !hidden) open();
  });

  /** @param {string} [id] of the feature whose row has the focus, once it is sorted by time again */
  function open(id) {
    const { era, visible } = now();
    const { compare } = new Intl.Collator(data.language);
    const rows = inTime(visible).map((feature, order) => row(feature, order));
    const body = html("tbody", {}, ...rows.map(({ node }) => node));
    const columns = heads.map((name, column) => {
      const button = html(
        "button",
        { type: "button", onclick: () => sort(column), onfocus: () => bring(button) },
        name,
      );
      return html("th", { scope: "col" }, button);
    });
    columns[0].setAttribute("aria-sort", "ascending");
    const head = html("thead", {}, html("tr", {}, ...columns));
    const scroller = html("div", { class: "rows" }, html("table", { "aria-labelledby": "table-title" }, head, body));
    dialog.replaceChildren(
      close,
      html("h2", { id: "table-title" }, filled(ui.shown, era.title, visible.length)),
      scroller,
    );
    dialog.showModal();
    // What has the focus is not to lie under the column that stays.
    scroller.style.scrollPaddingInlineStart = `${columns[1].offsetWidth}px`;
    rows.find((row) => row.id === id)?.button.focus();

    /** @param {number} column */
    function sort(column) {
      const down = columns[column].getAttribute("aria-sort") === "ascending";
      for (const one of columns) one.removeAttribute("aria-sort");
      columns[column].setAttribute("aria-sort", down ? "descending" : "ascending");
      bring(columns[column]);
      const sorted = rows.slice().sort((a, b) =>
        (column && compare(a.texts[column], b.texts[column])) || a.order - b.order
      );
      body.append(...(down ? sorted.reverse() : sorted).map(({ node }) => node));
    }
  }

  /** A browser leaves what has the focus half outside. @param {HTMLElement} one */
  function bring(one) {
    one.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** Titles stand in the column that stays, once one has scrolled to it. @param {HTMLElement} title */
  function uncover(title) {
    const rows = /** @type {HTMLElement} */ (title.closest(".rows"));
    const [own, room] = [title, rows].map((one) => one.getBoundingClientRect());
    rows.scrollLeft += Math.max(0, own.right - room.right) + Math.min(0, own.left - room.left);
  }

  /** @param {Feature} feature @param {number} order in time */
  function row({ id, title, when, kind, who, certainty }, order) {
    const texts = [when, title, kinds[kind].title, who, ui[certainty]];
    /** @param {MouseEvent} event */
    const show = ({ detail: byMouse }) => {
      dialog.close();
      const from = /** @type {HTMLElement} */ (document.activeElement); // where the table was opened
      const back = () => {
        from.focus();
        open(id);
      };
      read(id, byMouse ? undefined : back);
    };
    const button = html("button", { type: "button", onclick: show, onfocus: () => uncover(button) }, title);
    const cells = texts.map((text, column) =>
      column === 1 ? html("th", { scope: "row" }, button) : html("td", {}, text)
    );
    return { id, texts, order, button, node: html("tr", {}, ...cells) };
  }
}
