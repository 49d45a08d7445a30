"""An address with the id of an era that was divided opens the era that has its day."""

from dataclasses import replace

import pytest
from helpers import READY

from geo import build_map, load_catalogue, load_features, render_document

CATALOGUE = load_catalogue()


@pytest.mark.slow
def test_an_old_address_opens_the_era_that_is_there_now(open_page, tmp_path):
    named = replace(CATALOGUE.eras[1], formerly=("1900s-whole",))
    catalogue = replace(CATALOGUE, eras=(CATALOGUE.eras[0], named))
    path = tmp_path / "atlas.html"
    path.write_text(render_document(build_map(catalogue, load_features(catalogue))))
    for query in ("?era=1900s-whole", "?compare=1900s-whole"):
        page, watch = open_page(f"{path.as_uri()}{query}")
        page.wait_for_selector(READY, state="attached")
        shown = page.get_attribute("html", "data-atlas-era")
        other = page.input_value("#compare-with")
        assert (shown == named.id) == query.startswith("?era")
        assert (other == "1") == query.startswith("?compare")
        assert page.is_hidden("#notice")
        assert watch.errors == []
