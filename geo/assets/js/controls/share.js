// @ts-check
// Sharing: a dialog with the link to this state of the map, and citations, to be copied.

import { citations } from "./cite.js";
import { copyField } from "../util/copy.js";
import { makeClosing } from "../util/dialog.js";
import { html } from "../util/dom.js";
import { makeMapButton } from "../map/map-button.js";

/** @typedef {import("../state/data.js").Data} Data */

/** Two links of a chain. */
const ICON = "M8.5 11.5 11.5 8.5M9.5 6l2-2a3.2 3.2 0 0 1 4.5 4.5l-2 2M10.5 14l-2 2A3.2 3.2 0 0 1 4 11.5l2-2";

/**
 * @param {any} L Leaflet
 * @param {any} map
 * @param {Data} data
 * @param {{link: () => string, era: () => any}} now
 */
export function makeShare(L, map, data, { link, era }) {
  const { ui } = data;
  const button = /** @type {HTMLElement} */ (document.getElementById("share"));
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("share-dialog"));
  button.textContent = ui.share;
  button.addEventListener("click", open);
  // Where no panel has the button, the map has one.
  const alone = document.documentElement.getAttribute("data-ui") !== "full";
  if (alone) makeMapButton(L, { id: "share-map", name: ui.share, icon: ICON, act: open }).addTo(map);
  /** @type {HTMLInputElement} */
  let address;
  /** @type {HTMLTextAreaElement} */
  let text;
  /** @type {HTMLElement} */
  let status;
  let form = "plain";

  function open() {
    if (!dialog.firstChild) make();
    status.textContent = "";
    address.value = link();
    write();
    dialog.showModal();
  }

  function write() {
    const today = new Date();
    const iso = [today.getFullYear(), today.getMonth() + 1, today.getDate()].map((part) =>
      String(part).padStart(2, "0")
    ).join("-");
    text.value = /** @type {any} */ (citations(data, era(), address.value, iso))[form];
  }

  function make() {
    address = /** @type {HTMLInputElement} */ (html("input", { id: "share-link", readonly: "" }));
    text = /** @type {HTMLTextAreaElement} */ (html("textarea", {
      id: "share-citation",
      rows: 9,
      readonly: "",
      spellcheck: "false",
      "aria-label": ui.cite,
    }));
    status = html("p", { role: "status" });
    const forms = ["plain", "bibtex", "csl"].map((name) =>
      html(
        "label",
        {},
        html("input", {
          type: "radio",
          name: "share-form",
          value: name,
          checked: name === form ? "" : undefined,
          onchange: () => {
            form = name;
            write();
          },
        }),
        ui[`cite-as-${name}`],
      )
    );
    dialog.append(
      makeClosing(dialog, ui.close),
      html("h2", { id: "share-title" }, ui.share),
      html("label", { for: "share-link" }, ui["share-link"]),
      address,
      copier(ui["copy-link"], address),
      html("fieldset", {}, html("legend", {}, ui.cite), ...forms),
      text,
      copier(ui["copy-citation"], text),
      status,
    );
  }

  /** @param {string} title @param {HTMLInputElement | HTMLTextAreaElement} field */
  function copier(title, field) {
    return html("button", { type: "button", class: "plain-button", onclick: () => copy(field) }, title);
  }

  /** @param {HTMLInputElement | HTMLTextAreaElement} field */
  async function copy(field) {
    status.textContent = (await copyField(field)) ? ui.copied : ui["copy-by-hand"];
  }
}
