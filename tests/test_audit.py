"""Counts that may fall and never rise, and what makes a source unacceptable."""

from dataclasses import replace

import pytest

from geo.checks.atlas import check_atlas
from geo.checks.audit import count_all, find_rising
from geo.errors import CatalogueError
from geo.model.catalogue import Source, load_catalogue

WORK = Source("a-work", "A work", "Somebody", "Somebody, A work.", "cited only", read="whole")


@pytest.fixture
def counted(catalogue):
    """Count what is found in an atlas of one source."""

    def count(**changes):
        work = replace(WORK, **changes)
        counts = count_all(replace(catalogue, sources={work.id: work}), [], [])
        return {count.id: count.found for count in counts}

    return count


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"citation": "Russian book at libcat.ru, 235940, p. 72."}, "a language and a form"),
        ({"title": "Notes on a war (author not noted)"}, "nobody is named"),
        ({"producer": "Standard works"}, "nobody is named"),
        ({"producer": "Press of September 2015"}, "a month of a press"),
        ({"producer": "The makers of this atlas"}, "its own source"),
        ({"citation": "Wikipedia, mirrored at somewhere.example"}, "mirror of an encyclopaedia"),
        ({"url": "https://de.zxc.wiki/wiki/X"}, "mirror of an encyclopaedia"),
        ({"url": "https://paperspast.natlib.govt.nz/"}, "a bare home page"),
        ({"url": "https://www.qdl.qa"}, "a bare home page"),
    ],
)
def test_what_no_press_would_take_is_counted(counted, changes, why):
    (found,) = counted(**changes)["unacceptable"]
    assert found.startswith("a-work (")
    assert why in found


@pytest.mark.parametrize(
    "changes",
    [
        {"producer": "Oxford University Press"},
        {"url": "https://a.example/document?id=1"},
        {"url": "https://a.example/?id=1"},
    ],
)
def test_what_only_looks_like_it_is_not(counted, changes):
    assert counted(**changes)["unacceptable"] == ()


@pytest.mark.parametrize("name", ["locator", "doi", "url"])
def test_a_place_in_a_work_is_its_locator_or_the_address_of_the_document(counted, name):
    value = {"locator": "p. 3", "doi": "10.1000/182", "url": "https://a.example/x"}[name]
    assert counted(**{name: value})["no-locator"] == ()
    assert counted(url="https://a.example/")["no-locator"] == ("a-work",)


def test_a_feature_that_nobody_read_of_is_counted(catalogue, features):
    unread = {name: replace(work, read="no") for name, work in catalogue.sources.items()}
    counts = {c.id: c for c in count_all(replace(catalogue, sources=unread), features, [])}
    assert len(counts["unread"].found) == len(features)


def test_a_feature_that_no_era_opens_with_is_counted(catalogue, features):
    counts = {count.id: set(count.found) for count in count_all(catalogue, features, [])}
    assert "measures-1949" not in {layer for era in catalogue.eras for layer in era.layers}
    hidden = {feature.id for feature in features if feature.layer == "measures-1949"}
    assert hidden <= counts["unopened"]
    # What is of another year than the eras that open with its layer is not met, either.
    assert "field-filanovsky" in counts["unopened"]
    assert "sea-caspian" not in counts["unopened"]


def test_a_name_in_the_name_of_something_else_is_not_the_place(catalogue, everything):
    places = [feature for feature in everything if feature.layer == "base-places"]
    era = replace(catalogue.era("1946-withdrawal"), title="", caption="")

    def misdated(text):
        told = replace(catalogue, eras=(replace(era, alt=text),), claims={})
        return next(count.found for count in count_all(told, [], places) if count.id == "misdated")

    assert misdated("A tribe west of Lake Urmia") == ()
    assert misdated("A tribe west of Urmia") == ("era 1946-withdrawal (Urmia for Rezaieh)",)


def test_what_rises_is_a_fault_and_what_falls_may_be_written_down(catalogue, features):
    counts = {count.id: count for count in count_all(catalogue, features, [])}
    count = counts["unread"]
    here = len(count.found)
    assert find_rising([replace(count, at_most=here)]) == []
    assert f"layers/checks.toml may say {here}" in replace(count, at_most=here + 1).line
    (fault,) = find_rising([replace(count, at_most=here - 1)])
    assert f"found {here} features whose sources were all not read" in fault
    assert f"expected at most {here - 1} (layers/checks.toml, unread): " in fault


def test_what_was_not_read_is_never_certain(catalogue, everything, symbology):
    unread = {name: replace(work, read="no") for name, work in catalogue.sources.items()}
    with pytest.raises(CatalogueError, match="is certain, and none of its sources was read"):
        check_atlas(replace(catalogue, sources=unread), everything, symbology)


def test_all_faults_of_the_rules_come_at_once(copy):
    path = copy / "layers" / "checks.toml"
    text = path.read_text(encoding="utf-8")
    text = text.replace('fields = ["url"]', "")
    text = text.replace('pattern = "', 'pattern = "(').replace("pattern = '^press", "pattern = '(")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        count_all(load_catalogue(copy), [], [])
    message = str(caught.value)
    assert "unacceptable number 6 lacks fields" in message
    assert "expected a regular expression" in message


def test_an_unknown_limit_is_named(copy):
    path = copy / "layers" / "checks.toml"
    text = path.read_text(encoding="utf-8").replace('id = "unread"', 'id = "unknown"')
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"limits of misdated, no-locator, .*, expected of"):
        count_all(load_catalogue(copy), [], [])
