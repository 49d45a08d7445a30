// @ts-check
// What all dialogs have in common: how they are closed.

import { html } from "./dom.js";

/**
 * Let Escape close a dialog and nothing else, a click beside it too.
 * @param {HTMLDialogElement} dialog
 * @param {string} name of the button that closes it
 * @returns {HTMLElement} that button
 */
export function makeClosing(dialog, name) {
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Escape") event.stopPropagation();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  return html("button", { type: "button", class: "close", "aria-label": name, onclick: () => dialog.close() }, "×");
}
