// @ts-check
// From a card to its data: a report of what may be wrong, to be copied and sent.

import { copyField } from "../util/copy.js";
import { filled, html, link } from "../util/dom.js";

/** @typedef {import("../state/data.js").Data} Data */
/** @typedef {import("../state/data.js").Feature} Feature */

/**
 * What a card ends with; nothing for features that are written in no file.
 * @param {Data} data
 * @param {Feature} feature
 * @returns {Node[]}
 */
export function report(data, feature) {
  if (!feature.line || !data.report) return [];
  const { ui } = data;
  const text = /** @type {HTMLTextAreaElement} */ (html("textarea", {
    rows: 7,
    readonly: "",
    spellcheck: "false",
    "aria-label": ui.report,
  }, written(data, feature)));
  const status = html("span", { role: "status" });
  const copy = async () => {
    status.textContent = (await copyField(text)) ? ui.copied : ui["copy-by-hand"];
  };
  const { to } = data.report;
  return [
    html(
      "details",
      { class: "report" },
      html("summary", {}, ui.report),
      html("p", {}, ui["report-lead"], ...(to ? [" ", link(to, ui["report-to"])] : [])),
      text,
      html("button", { type: "button", class: "plain-button", onclick: copy }, ui["report-copy"]),
      " ",
      status,
    ),
  ];
}

/** The report itself. @param {Data} data @param {Feature} feature */
function written(data, { id, title, when, certainty, line, layer, note, sources }) {
  const { ui, report: where } = data;
  const { file } = /** @type {{file: string}} */ (where);
  return [
    `${data.title}, ${filled(ui["report-version"], data.version)}`,
    `${id}: ${filled(ui["report-line"], filled(file, layer), line)}`,
    [title, when, ui[certainty]].filter(Boolean).join("; "),
    ...(note ? [note] : []),
    `${ui.sources}: ${sources.map((name) => data.sources[name]?.citation || name).join(" · ")}`,
    "",
    ui["report-wrong"],
    "",
  ].join("\n");
}
