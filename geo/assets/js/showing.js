// @ts-check
// Shows on the page what the reader has chosen.

import { showChanges } from "./controls/changes.js";
import { makePreparing, preparations } from "./map/preparing.js";
import { titleOf } from "./state/data.js";
import { announce } from "./util/announce.js";
import { filled } from "./util/dom.js";
import { debounce, throttle } from "./util/scheduling.js";

/** @typedef {import("./main.js").Atlas} Atlas */

/** Milliseconds a reader rests before the eras around are made ready for what has changed. */
const REST = 400;

/** @param {Atlas} atlas whose parts may come after it */
export function makeShowing(atlas) {
  const { data, reader, surface, momentsIn } = atlas;
  const { state } = reader;
  let seen = state().era; // the era the view was last brought for
  let told = ""; // what was said of what is shown
  const prepare = makePreparing(preparing);
  const prepareSoon = debounce(prepare, REST);

  function* preparing() {
    const { view, inset, panel } = atlas;
    yield* preparations(data, { era: state().era, added: reader.added() }, {
      view,
      surface,
      inset,
      panel,
      moments: momentsIn,
      filtered: reader.filtered,
    });
    document.documentElement.setAttribute("data-atlas-prepared", "");
  }

  /** Tell the window's name, which takes the browser longer than all else of a step. */
  const entitle = debounce((era) => {
    document.title = titleOf(data, era);
  });

  /** Bring the view of an era that would not be seen. */
  function follow() {
    if (seen !== state().era) surface.quietly(() => atlas.view.follow(state().era));
    seen = state().era;
  }

  function show() {
    const { panel, player, view } = atlas;
    const era = data.eras[state().era];
    const [first, second] = reader.wanted();
    const selected = data.byId.get(state().select);
    if (selected && !atlas.act.shown(selected)) state().select = "";
    follow();
    atlas.locator.show(state().era);
    atlas.title.show(era);
    const visible = surface.show(first, player.isPlaying());
    const beside = atlas.compare.show(second, state().mode, state().era);
    panel.showEra(era, visible, state().layers, data.eras[state().other]);
    const all = first.filter ? surface.seen({ ...first, passes: undefined }) : visible;
    atlas.tools.showFilter(state().filter, visible.length, all.length);
    panel.showOutside(view.beyond());
    panel.showCard(data.byId.get(state().select), era);
    atlas.timeline.show(state().era, state().other);
    atlas.chooser.show(state());
    player.show();
    atlas.act.mark(state().select, "selected");
    atlas.inset.show();
    entitle(era);
    document.documentElement.setAttribute("data-atlas-era", era.id);
    const changes = /** @type {HTMLElement} */ (document.getElementById("changes"));
    changes.hidden = !second;
    const said = second
      ? showChanges(data, state(), visible, beside, { select: atlas.act.read, sign: atlas.shared.sign })
      : filled(data.ui.shown, `${era.label}: ${era.title}`, visible.length);
    told = first.moment ? player.said(era, visible.length) : said;
    if (!player.isPlaying()) announce(told);
    atlas.address.changed();
    if (!surface.wasReady()) prepareSoon();
  }

  /** Show what depends on where the map looks. */
  function viewed() {
    atlas.locator.show(state().era);
    atlas.inset.show();
    atlas.panel.showLegend();
    atlas.panel.showOutside(atlas.view.beyond());
    atlas.messages.tell("viewchange", { view: atlas.view.text() });
    atlas.address.changed();
    prepareSoon();
  }

  return { show, soon: throttle(show), follow, viewed, prepare, prepareSoon, repeat: () => announce(told) };
}
