// @ts-check
// Eras around the one shown are made ready while the reader looks at it.

import { whenIdle } from "../util/scheduling.js";

/**
 * A function that starts anew with the preparations; those under way stop.
 * @param {() => Iterator<void>} steps of preparing one era after the other, a few milliseconds each
 */
export function makePreparing(steps) {
  let stop = () => {};
  return () => {
    stop();
    stop = whenIdle(steps());
  };
}

/**
 * The steps of preparing what readers may come to next.
 * @param {import("../state/data.js").Data} data
 * @param {{era: number, added: Set<string>}} now layers that the reader added to those of eras
 * @param {{view: any, surface: any, inset: any, panel: any, moments: Function, filtered: () => object}} parts
 */
export function* preparations(data, { era: now, added }, { view, surface, inset, panel, moments, filtered }) {
  for (const { era, stand } of view.journeys(now)) {
    const layers = new Set([...data.eras[era].layers, ...added]);
    yield* surface.prepare({ era, layers, ...filtered() }, stand);
    inset.prepare({ era, visible: surface.seen({ era, layers, ...filtered() }) });
    panel.prepare(data.eras[era]);
    moments(era, layers);
    yield;
  }
  for (const feature of data.features) yield void panel.row(feature);
}
