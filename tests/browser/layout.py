"""Faults of a page's layout: what is cut, what is outside the window, what is covered."""

CUT = """() => [...document.querySelectorAll("body *")].filter((node) => {
  if (!node.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    || node.closest("svg, .unseen, #skip, .folium-map, .features-list, textarea")) return false;
  const own = [...node.childNodes].some((part) => part.nodeType === 3 && part.data.trim());
  if (!own) return false;
  const { overflowX, overflowY, maskImage, textOverflow } = getComputedStyle(node);
  // What fades out or ends in dots is whole in the drawer.
  if (maskImage !== "none" || textOverflow === "ellipsis") return false;
  const wide = node.scrollWidth > node.clientWidth + 1 && overflowX !== "visible";
  const high = node.scrollHeight > node.clientHeight + 1 && overflowY === "hidden";
  return node.clientWidth && (wide || high);
}).map((node) => [node.id || node.className || node.tagName, node.textContent.slice(0, 60)])"""

OUTSIDE = """(width) => [...document.querySelectorAll("button, input, select, summary, a")]
  .filter((node) => node.checkVisibility({ visibilityProperty: true }) && node.id !== "skip")
  .map((node) => [node.id || node.textContent, node.getBoundingClientRect()])
  .filter(([, { left, right }]) => left < -1 || right > width + 1)
  .map(([name, { left, right }]) => [name, left, right])"""

COVERED = """async () => {
  const found = [];
  const nodes = [...document.querySelectorAll("a, button, input, select, summary")]
    .filter((node) => node.checkVisibility() && node.tabIndex >= 0 && !node.disabled
      && !node.closest("li:nth-child(n+5)"));
  for (const node of nodes) {
    node.focus();
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    const { left, top, width, height } = node.getClientRects()[0];
    const points = [1 / 8, 1 / 2, 7 / 8].flatMap((x) => [1 / 4, 1 / 2, 3 / 4].map((y) => [x, y]));
    const over = points.map(([x, y]) =>
      document.elementsFromPoint(left + x * width, top + y * height)
        .find((other) => getComputedStyle(other).opacity !== "0"))
      .find((at) => !at || !(node.contains(at) || at.contains(node)
        || at.closest("label")?.contains(node)));
    if (over !== undefined) {
      found.push([node.id || node.dataset.row || node.textContent, over && over.className]);
    }
  }
  return found;
}"""
"""Names of controls that something covers while they have the focus, and of what does; of each list
the first four."""

AT_REST = "!document.querySelector('.away > .now, div:not(.away) > .sheet:not(.now)')"
"""Whether the browser looks at the sheets in front alone: no era is made ready, none fades."""

HIDDEN = """() => {
  if (!(AT_REST)) return undefined;
  const unique = (texts) => [...new Set(texts)];
  const texts = (...sheets) => unique(sheets.flatMap((sheet) =>
    [...sheet.querySelectorAll(".labels text")].map((text) => text.textContent.trim()))
    .filter((text) => text.length > 4));
  const sheets = [...document.querySelectorAll(".sheet")];
  const seen = texts(...document.querySelectorAll(".sheet.now"));
  const read = (seen.join("|") + document.getElementById("panel").innerText).toLowerCase();
  const found = (text) => {
    getSelection().removeAllRanges();
    return window.find(text, false, false, true, false, false, false);
  };
  const unread = (names) => names.filter((text) => !read.includes(text.toLowerCase()));
  const hidden = unread(texts(...sheets));
  const some = unique(sheets.flatMap((sheet) => unread(texts(sheet)).slice(0, 2)));
  const by = [seen.filter(found).length, some.filter(found)];
  getSelection().selectAllChildren(document.body);
  const taken = getSelection().toString();
  return { seen: seen.length, found: by[0], hidden: hidden.length, met: by[1],
    taken: hidden.filter((text) => taken.includes(text)) };
}""".replace("AT_REST", AT_REST)
"""How many names of the map in front, and which of others, the browser's own search and Select all
meet. A search takes long: of each sheet behind, which is hidden as a whole, it looks for two.
Undefined as long as the browser looks at other sheets than those in front."""


def find_faults(page, *, covered=True):
    """Return what is wrong with the layout of a page as it is.

    What covers controls is found by going to each, which takes long on a page of hundreds.
    """
    width = page.viewport_size["width"]
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [
        *([("wider than the window", wide)] if wide > width else []),
        *(("cut", *found) for found in page.evaluate(CUT)),
        *(("outside", *found) for found in page.evaluate(OUTSIDE, width)),
        *(("covered", *found) for found in (page.evaluate(COVERED) if covered else ())),
    ]
