"""The example of docs/embedding.md: a page whose paragraphs set the era of one map."""

import re
import shutil
import textwrap

import pytest
from helpers import PHONE, READY, ROOT
from hosts import serving

EXAMPLE = ROOT / "docs" / "examples" / "scrollytelling.html"


def test_the_guide_shows_the_script_of_the_example():
    script = re.search(r"<script>\n(.*?)</script>", EXAMPLE.read_text(), re.DOTALL).group(1)
    guide = (ROOT / "docs" / "embedding.md").read_text(encoding="utf-8")
    assert f"```js\n{textwrap.dedent(script)}```" in guide


@pytest.mark.slow
@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 800}, PHONE])
def test_paragraphs_set_the_map_as_they_are_read(open_page, page_file, tmp_path, viewport):
    shutil.copy(EXAMPLE, tmp_path / "story.html")
    shutil.copy(page_file, tmp_path / "atlas.html")
    with serving(tmp_path) as address:
        page, watch = open_page(f"{address}/story.html", allowed=(address,), viewport=viewport)
        inner = page.frame_locator("iframe")
        inner.locator(READY).wait_for(state="attached")
        frame = next(frame for frame in page.frames if "atlas.html" in frame.url)
        wanted = [
            ("1907-spheres", "Whole era", ""),
            ("1941-invasion", "Whole era", ""),
            ("1941-invasion", "28 August 1941", ""),
            ("1946-withdrawal", "Whole era", ""),
            ("1946-withdrawal", "Whole era", "swipe"),
            ("1941-invasion", "28 August 1941", ""),
        ]
        order = [0, 1, 2, 3, 4, 2]
        for (era, moment, compare), index in zip(wanted, order, strict=True):
            page.locator("[data-era]").nth(index).evaluate(
                """(node, line) => {
                  const { top, height } = node.getBoundingClientRect();
                  window.scrollBy(0, top + height / 2 - line * innerHeight);
                }""",
                0.725 if viewport == PHONE else 0.5,  # where readers look: below the map, or beside
            )
            frame.wait_for_function(
                """([era, moment, compare]) => {
                  const page = document.documentElement;
                  return page.dataset.atlasEra === era
                    && (page.dataset.compare || "") === compare
                    && document.getElementById("moment-text").textContent === moment;
                }""",
                arg=[era, moment, compare],
            )
            page.locator("p.now").wait_for()
        assert watch.requests == []
        assert watch.errors == []
