"""Spellings for the search: read, checked, and small."""

import gzip

import pytest

from geo.checks.atlas import check_root
from geo.errors import CatalogueError
from geo.model.variants import Variants, load_variants
from geo.payload.packing import to_inert_json


def test_every_spelling_is_of_a_place_there_is(everything):
    places = {f.id.removeprefix("place-") for f in everything if f.layer == "base-places"}
    assert set(load_variants().places) <= places


def test_words_are_those_that_a_document_tells_of(payload):
    told = {word for word, *_ in payload["words"]}
    assert {"Qavam", "oil", "Majlis"} <= told
    variants = Variants({}, {"Qavam": ("Ghavam",), "Curzon": ("Керзон",)})
    assert variants.words_in(["Prime minister qavam"]) == [["Qavam", "Ghavam"]]


def test_spellings_take_no_more_than_twelve_kilobytes(payload):
    base = payload["base"]
    slim = [{key: value for key, value in place.items() if key != "v"} for place in base["places"]]
    without = {**payload, "words": [], "base": {**base, "places": slim}}
    sizes = [len(gzip.compress(to_inert_json(part).encode(), 9)) for part in (payload, without)]
    assert 4_500 < sizes[0] - sizes[1] < 12_000


def test_check_reads_the_spellings(copy):
    path = copy / "layers" / "variants.toml"
    path.write_text(f"abadan = 5\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"layers/variants\.toml.*abadan"):
        check_root(copy)


def test_all_faults_come_at_once(copy):
    path = copy / "layers" / "variants.toml"
    text = path.read_text(encoding="utf-8")
    words = ('of = "oil"\nalso = ["x"]', 'for = "y"', 'of = "z"\nalso = "z"')
    added = "".join(f"\n[[word]]\n{word}\n" for word in words)
    path.write_text(text.replace('["عدن"', '["عدن", "عدن"') + added, encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_variants(copy)
    message = str(caught.value)
    assert "place aden ['عدن', 'عدن'" in message
    assert "expected each spelling once" in message
    assert "word 'oil' stands twice" in message
    assert "word number 143 lacks of" in message
    assert "word number 143 has unknown key for" in message
    assert "word number 144 also 'z', expected a list" in message
