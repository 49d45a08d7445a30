"""Which map an address names."""

import pytest
from site_files import ADDRESS, ERA

from geo.oembed import ATLAS, find_embed


@pytest.mark.parametrize(
    ("url", "name"),
    [
        (ADDRESS, ATLAS),
        (ADDRESS.rstrip("/"), ATLAS),
        (f"{ADDRESS}?era={ERA}&view=1,2,3", ERA),
        (f"{ADDRESS}?era=1914", ATLAS),
        (f"{ADDRESS}?era=1907-old", ERA),
        (f"{ADDRESS}1907-old/", ERA),
        (f"{ADDRESS}{ERA}/", ERA),
        (f"{ADDRESS}{ERA}?utm=x#y", ERA),
        (f"{ADDRESS}{ERA}/index.html", ERA),
        (f"{ADDRESS}v/0.0.1/{ERA}.html?theme=dark", ERA),
        (f"{ADDRESS}v/0.0.1/atlas.html?era={ERA}", ERA),
        ("http://atlas.example:80/maps/atlas/", ATLAS),
        ("https://atlas.example/", None),
        ("https://atlas.example/mapsx/", None),
        (f"https://atlas.example/maps/../maps/{ERA}/", None),
        (f"{ADDRESS}sources/", None),
        (f"{ADDRESS}v/0.0.1/x/{ERA}.html", None),
        (f"https://other.example/maps/{ERA}/", None),
        (f"https://atlas.example@other.example/maps/{ERA}/", None),
        (f"https://user@atlas.example/maps/{ERA}/", None),
        (f"ftp://atlas.example/maps/{ERA}/", None),
        ("https://[bad/", None),
        ("https://atlas.example:99999/maps/", None),
        ("", None),
    ],
)
def test_an_address_names_its_map_or_nothing(catalogue, url, name):
    eras = {era.id: era.id for era in catalogue.eras} | {"1907-old": ERA}
    assert find_embed(url, address=ADDRESS, eras=eras) == name
