"""The register of claims accounts for the whole source text."""

import re

import pytest

from geo import load_catalogue
from geo.checks.atlas import check_atlas
from geo.errors import CatalogueError

CATALOGUE = load_catalogue()


def test_every_paragraph_is_accounted_for():
    assert sorted(CATALOGUE.paragraphs) == [f"P{number:02}" for number in range(1, 29)]
    speaking = {claim.paragraph for claim in CATALOGUE.claims.values()}
    for paragraph in CATALOGUE.paragraphs.values():
        assert (paragraph.id in speaking) != bool(paragraph.no_claim)


@pytest.mark.parametrize("claim", CATALOGUE.claims.values(), ids=lambda claim: claim.id)
def test_a_claim_is_shown_or_says_why_not(claim):
    assert re.fullmatch(r"P\d\d-\d+", claim.id)
    assert sum(map(bool, (claim.features, claim.not_mapped, claim.pending))) == 1
    assert bool(claim.finding) == bool(claim.finding_sources)


def test_the_real_atlas_has_no_broken_link(everything, symbology):
    report = check_atlas(CATALOGUE, everything, symbology)
    assert report.claims >= 60
    assert report.mapped + report.not_mapped == report.claims
    assert report.features >= 250
    assert report.lines()[-1] == "0 broken links"


POSITIONS = {"geonames", "natural-earth-410", "openflights"}
"""Sources that say where something is, not that something happened there."""

MEASURED = {"port", "range-line", "equidistance-unagreed"}
"""Kinds that a position makes: where a port is, and what is computed from coasts and frontiers."""


def test_what_rests_on_the_text_alone_says_so(features):
    for feature in features:
        only_placed = set(feature.properties["sources"]) <= POSITIONS
        if only_placed and feature.kind not in MEASURED:
            assert "text" in feature.properties.get("note", ""), feature.id
            assert feature.properties["certainty"] == "uncertain", feature.id


def broken(copy, symbology, path, old, new):
    from geo.model.catalogue import load_catalogue
    from geo.model.layers import read_layers

    file = copy / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    catalogue = load_catalogue(copy)
    with pytest.raises(CatalogueError) as caught:
        check_atlas(catalogue, read_layers(catalogue, catalogue.layers)[0], symbology)
    return str(caught.value)


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("path", "old", "new", "message"),
    [
        ("seeds/claims.toml", '"site-mai"]', '"site-mia"]', "feature 'site-mia' does not exist"),
        (
            "seeds/claims.toml",
            'not_mapped = "A motive without a place."',
            'finding = "x"',
            "expected exactly one of features, not_mapped, pending",
        ),
        (
            "layers/penalties-1998-99.geojson",
            '"sources":["whitehouse-1999","jpost-2010"]',
            '"sources":["whitehouse-1998"]',
            "feature site-mendeleyev: source 'whitehouse-1998' does not exist",
        ),
        (
            "layers/bushehr.geojson",
            '"kind":"nuclear-site"',
            '"kind":"volcano"',
            "kind 'volcano' is not in layers/symbology.toml",
        ),
        (
            "layers/bushehr.geojson",
            '"begin_edtf":"1975-05-01"',
            '"begin_edtf":"1974"',
            "begin and end do not follow from '1974'",
        ),
        (
            "layers/penalties-1998-99.geojson",
            '"id":"site-nikiet","title"',
            '"id":"site-mai","title"',
            "feature site-mai: its id is used 2 times",
        ),
    ],
)
def test_a_broken_link_fails_the_check(copy, symbology, path, old, new, message):
    assert message in broken(copy, symbology, path, old, new)
