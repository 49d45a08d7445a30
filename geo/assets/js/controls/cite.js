// @ts-check
// Citations of the map as it is shown: plain text, BibTeX, CSL-JSON. Nothing here touches the page.

import { filled } from "../util/dom.js";

/** @typedef {import("../state/data.js").Data} Data */

/** What BibTeX or TeX would take for something else; braces by name, because BibTeX counts even escaped ones. */
const SPECIAL = /** @type {Record<string, string>} */ ({
  "\\": "\\textbackslash{}",
  "{": "\\textbraceleft{}",
  "}": "\\textbraceright{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
});

/**
 * @param {Data} data
 * @param {any} era the one shown
 * @param {string} link
 * @param {string} today ISO
 * @returns {{plain: string, bibtex: string, csl: string}}
 */
export function citations(data, era, link, today) {
  const { ui, authors, version } = data;
  const title = `${era.title} (${era.dates})`;
  const atlas = `${data.title}: ${data.subtitle}`;
  const note = filled(ui["cite-note"], data.credits, Object.keys(data.sources).length, data.license);
  const fields = {
    author: `{${tex(authors)}}`,
    title: tex(title),
    howpublished: tex(atlas),
    version: tex(version),
    note: tex(note),
    // Programs print addresses as they stand; a brace in one would end the field.
    url: link.replace(/[{}\\]/g, encodeURIComponent),
    urldate: today,
  };
  return {
    plain: filled(ui["cite-plain"], authors, title, atlas, version, note, link, today),
    bibtex: `@misc{atlas-${era.id},\n${
      Object.entries(fields).map(([name, value]) => `  ${name} = {${value}},\n`).join("")
    }}`,
    csl: JSON.stringify(
      [{
        id: `atlas-${era.id}`,
        type: "map",
        title,
        "container-title": atlas,
        author: [{ literal: authors }],
        version,
        note,
        URL: link,
        accessed: { "date-parts": [today.split("-").map(Number)] },
      }],
      null,
      2,
    ),
  };
}

/** @param {string} text */
function tex(text) {
  return text.replace(/[\\{}~^]/g, (sign) => SPECIAL[sign]).replace(/[%&#_$]/g, "\\$&");
}
