"""What axe finds in the document and on the site: nothing, by WCAG 2.0 to 2.2 and best practice."""

from importlib.resources import files

import pytest
from helpers import READY

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")

RUN = """async () => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
  const { violations } = await axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 200))]);
}"""


@pytest.mark.parametrize(
    "search",
    [
        "era=1907-spheres",
        "era=1941-invasion&theme=dark&select=event-invasion-date-1941",
        "era=2015-syria&gestures=polite",
        "era=1907-spheres&ui=compact&select=sphere-british-1907",
        "era=1941-invasion&ui=map&theme=dark",
        "era=1907-spheres&compare=1941-invasion",
        "era=1907-spheres&compare=1941-invasion&mode=side&ui=map",
    ],
)
def test_axe_finds_nothing_in_the_document(open_page, document, search):
    page, _ = open_page(f"{document}?{search}", bypass_csp=True)
    page.wait_for_selector(READY, state="attached")
    page.wait_for_selector("#lists:not([aria-busy])", state="attached")
    page.add_script_tag(content=AXE)
    assert page.evaluate(RUN) == []
