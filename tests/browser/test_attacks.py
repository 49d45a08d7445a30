"""Attacks: strings that would be markup, code or templates, in every text of the atlas.

They go through sketches, claims, sources and catalogue into a document that a browser opens; a
canary counts what runs and what is asked of the network.
"""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from helpers import DESKTOP, READY

from geo import build_map, load_catalogue, load_features, render_document
from geo.model.symbology import load_symbology
from geo.model.wording import load_wording
from geo.payload.build import build_payload
from geo.plate import Engine, render_plate

CALL = "canary()"

STRINGS = [
    f"<script>{CALL}</script>",
    f"</script><script>{CALL}</script>",
    f"</style><script>{CALL}</script>",
    f"</title><svg onload={CALL}>",
    f"<img src=x onerror={CALL}>",
    f"<img src=//evil.test/x onerror={CALL}>",
    f"<svg/onload={CALL}>",
    f"<details open ontoggle={CALL}>",
    f"<iframe srcdoc='<script>{CALL}</script>'>",
    "<meta http-equiv=refresh content=0;url=//evil.test>",
    "<link rel=stylesheet href=//evil.test/a.css>",
    "<base href=//evil.test/>",
    f"<a href=javascript:{CALL}>x</a>",
    f"javascript:{CALL}",
    f"data:text/html,<script>{CALL}</script>",
    f"\" onmouseover=\"{CALL}",
    f"' onfocus='{CALL}' autofocus='",
    f"`${{{CALL}}}`",
    f"${{{CALL}}}",
    f"\\\\`;{CALL};//",
    f"</textarea><script>{CALL}</script>",
    f"<!--<script>{CALL}//-->",
    f"]]><script>{CALL}</script>",
    f"&lt;script&gt;{CALL}&lt;/script&gt;",
    "url(//evil.test/x)",
    "expression(canary())",
    "![x](//evil.test/x.png)",
    f"[x](javascript:{CALL})",
    "$$\\href{//evil.test}{x}$$",
    "__proto__",
    "constructor",
    "{{7*7}}",
    "{% raw %}{{7*7}}{% endraw %}",
    "{% include '/etc/passwd' %}",
    "{{ cycler.__init__ }}",
    "{# note",
    "100 {#",
    "{%",
    "{{",
    "}}",
    "#{7*7}",
    "<%= 7*7 %>",
    "{7*7}",
    "%(x)s %s %n",
    "{0.__class__}",
    "$title ${style} $$",
    "{{constructor.constructor('canary()')()}}",
    "[[7*7]]",
    "@import url(//evil.test)",
    "\u202e\u2066<b>",
]  # fmt: skip

INSIDE = ("file:", "data:", "blob:")
"""Beginnings of addresses that leave nobody's machine."""

CATALOGUE_TEXTS = ("title", "subtitle", "attribution", "authors", "credits", "license")
ERA_TEXTS = ("title", "label", "dates", "caption", "alt")
FEATURE_TEXTS = ("title", "label", "note", "dispute", "context")


@pytest.fixture(scope="module")
def attacked():
    """The atlas of three eras with a string in each text, in turn; and how many there are."""
    catalogue = load_catalogue()
    placed = iter(range(10**6))

    def attack(_=None):
        return STRINGS[next(placed) % len(STRINGS)]

    eras = [replace(era, **{key: attack() for key in ERA_TEXTS}) for era in catalogue.eras[5:8]]
    layers = {name for era in eras for name in era.layers}
    features = []
    for feature in load_features(catalogue):
        if feature.layer not in layers:
            continue
        own = {**feature.properties, **{key: attack() for key in FEATURE_TEXTS}}
        own["figures"] = [attack() for _ in own.get("figures", [])]
        own["history"] = [{**event, "text": attack()} for event in own.get("history", [])]
        own["views"] = [
            {**view, "whose": attack(), "says": attack()} for view in own.get("views", [])
        ]
        features.append(replace(feature, properties=own))
    sources = {
        name: replace(
            source, title=attack(), producer=attack(), citation=attack(), locator=attack()
        )
        for name, source in catalogue.sources.items()
    }
    claims = {
        name: replace(claim, statement=attack(), finding=claim.finding and attack())
        for name, claim in catalogue.claims.items()
    }
    titled = [replace(layer, title=attack(), description=attack()) for layer in catalogue.layers]
    atlas = replace(
        catalogue, eras=tuple(eras), layers=tuple(titled), sources=sources, claims=claims,
        **{key: attack() for key in CATALOGUE_TEXTS},
    )  # fmt: skip
    return atlas, features, next(placed)


@pytest.fixture(scope="module")
def page(attacked):
    atlas, features, _ = attacked
    return render_document(build_map(atlas, features))


def test_there_are_enough_placements_and_templates(attacked):
    assert attacked[2] >= 1000
    assert len(STRINGS) == len(set(STRINGS)) == 50
    assert sum(not set(text).isdisjoint("{%#$[") for text in STRINGS) >= 15


def test_no_template_was_evaluated(page):
    assert "{{7*7}}" in page
    assert "root:x:0" not in page
    assert not re.search(r"(?<![\d.,-])49(?=</|\")", re.sub(r'"[^"]*"|<style.*?</style>', "", page))


@pytest.mark.slow
def test_a_plate_is_well_formed_and_has_no_script(attacked):
    atlas, features, _ = attacked
    symbology = load_symbology()
    for era in atlas.eras:
        payload = build_payload(
            atlas, features, eras=[era], symbology=symbology, wording=load_wording()
        )
        svg = render_plate(Engine(payload, symbology), era.id, theme="light")
        for element in ElementTree.fromstring(svg).iter():
            tag = element.tag.rpartition("}")[2]
            assert tag not in ("script", "foreignObject", "a")
            if tag == "image":  # the shade of hills
                assert element.attrib["href"].startswith("data:image/webp;base64,")
            assert not [name for name in element.attrib if name.lower().startswith("on")]
            assert not [
                value
                for value in element.attrib.values()
                if "evil.test" in value and "url(" in value
            ]


def test_nothing_runs_and_nothing_is_asked_for_in_a_browser(page, tmp_path, chromium):
    path = tmp_path / "attacked.html"
    path.write_text(page, encoding="utf-8")
    runs, asked, dialogs = [], [], []
    with chromium.new_context(viewport=DESKTOP) as context:
        tab = context.new_page()
        tab.expose_function("canary", lambda: runs.append(1))
        tab.on("dialog", lambda dialog: (dialogs.append(1), dialog.dismiss()))
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(path.as_uri())
        tab.wait_for_selector(READY)
        rows = tab.locator("#list button, [data-feature]")
        for number in range(min(rows.count(), 40)):
            rows.nth(number).evaluate("row => row.click()")
        for _ in range(2):
            tab.locator("#era-next").evaluate("button => button.click()")
        tab.wait_for_selector(READY)
        tab.screenshot(path=tmp_path / "attacked.png")
        shown = tab.locator("body").inner_text()
        found = [*runs], [*dialogs], [url for url in asked if not url.startswith(INSIDE)]
        # The canary itself: in a page that defends itself against nothing it counts both.
        tab.goto("about:blank")
        tab.set_content("<script>canary()</script><img src=http://127.0.0.1:9/x>")
        tab.wait_for_function("document.images[0].complete")
    assert found == ([], [], [])
    assert runs
    assert "http://127.0.0.1:9/x" in asked
    assert re.search(r"<(script|img|svg|details)", shown)  # as text, where people read it
