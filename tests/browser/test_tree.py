"""What a screen reader is told of each era: the accessibility tree reads like the page."""

import pytest
from helpers import LISTED, READY

from geo.payload.build import shown_features

GO = """async (era) => {
  const slider = document.getElementById("era-slider");
  slider.value = String(era);
  slider.dispatchEvent(new Event("input"));
}"""

ROWS = "[...document.querySelectorAll('[data-row]')].map((row) => row.dataset.row)"


class Tree:
    """The accessibility tree of a page as it is now."""

    def __init__(self, session):
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
        self._nodes = {node["nodeId"]: node for node in nodes}
        self.told = [node for node in nodes if not node["ignored"]]

    def named(self, role):
        """Names of all nodes of a role, in reading order."""
        return [name_of(node) for node in self._in_order() if role_of(node) == role]

    def only(self, role):
        """Return the only node of a role."""
        (found,) = (node for node in self.told if role_of(node) == role)
        return found

    def within(self, node):
        """Nodes that are told below a node, in reading order."""
        for child in map(self._nodes.get, node.get("childIds", ())):
            if child:
                if not child["ignored"]:
                    yield child
                yield from self.within(child)

    def _in_order(self):
        root = next(node for node in self._nodes.values() if "parentId" not in node)
        return [root, *self.within(root)]


def role_of(node):
    return node.get("role", {}).get("value", "")


def name_of(node):
    return node.get("name", {}).get("value", "")


@pytest.fixture
def reading(open_page, document):
    """Open the document and a session that reads its tree."""
    page, watch = open_page(document)
    page.wait_for_selector(READY, state="attached")
    session = page.context.new_cdp_session(page)
    session.send("Accessibility.enable")
    yield page, session
    assert watch.errors == []


def rows_told(tree):
    """Names of the rows of the list of features, in reading order."""
    lists = [node for node in tree.told if role_of(node) == "list"]
    items = [[node for node in tree.within(one) if role_of(node) == "button"] for one in lists]
    return [name_of(node) for node in max(items, key=len)]


@pytest.mark.slow
def test_every_era_is_told_as_its_caption_and_list_say_it(reading, payload):
    page, session = reading
    kinds, actors = payload["kinds"], payload["actors"]
    for number, era in enumerate(payload["eras"]):
        page.evaluate(GO, number)
        page.wait_for_selector(f"html[data-atlas-era='{era['id']}']", state="attached")
        page.wait_for_selector(LISTED, state="attached")
        tree = Tree(session)
        place = tree.only("application")
        assert name_of(place) == f"Map of {era['title']}"
        assert place["description"]["value"].startswith(era["alt"])
        assert tree.named("heading")[0] == era["title"]
        # Numbers are kept together by another space.
        texts = [text.replace("\u00a0", " ") for text in tree.named("StaticText")]
        assert [text for text in texts if text in (era["title"], era["dates"], era["caption"])] == [
            *(era["title"], era["dates"], era["caption"])
        ]
        expected = sorted(
            shown_features(payload, era),
            key=lambda item: (item.get("begin", ""), -item.get("km2", 0)),
        )
        assert page.evaluate(ROWS) == [item["id"] for item in expected]
        rows = rows_told(tree)
        assert len(rows) == len(expected)
        for row, item in zip(rows, expected, strict=True):
            who = item.get("who") or actors[item.get("actor", "none")]["title"]
            assert row.startswith(f"{item['title']} {item.get('when', '')}".strip())
            assert row.endswith(", ".join(filter(None, [kinds[item["kind"]]["title"], who])))


@pytest.mark.slow
def test_no_image_is_without_a_name_and_no_other_era_is_told(reading, payload):
    page, session = reading
    page.wait_for_selector("html[data-atlas-prepared]", state="attached")
    page.evaluate(GO, 20)
    page.wait_for_selector(f"html[data-atlas-era='{payload['eras'][20]['id']}']", state="attached")
    page.wait_for_selector(LISTED, state="attached")
    assert page.locator(".sheet").count() > 5
    tree = Tree(session)
    pictures = [node for node in tree.told if role_of(node).lower() in ("image", "img", "svgroot")]
    assert pictures
    assert all(map(name_of, pictures))
    assert not [text for text in tree.named("StaticText") if "OTTOMAN" in text.upper()]
