"""Which map an address of the app names."""

import pytest
from site_files import ERA

from geo.app.addresses import find_shown

PLACE = "https://atlas.example/maps/"


@pytest.mark.parametrize(
    ("url", "eras"),
    [
        (PLACE, "all"),
        (PLACE.rstrip("/") + "/", "all"),
        (f"{PLACE}?era={ERA}&view=1,2,3", ERA),
        (f"{PLACE}map/atlas", "all"),
        (f"{PLACE}map/{ERA}?utm=x#y", ERA),
        (f"{PLACE}embed/latest.html", "all"),
        (f"{PLACE}embed/0.0.1/{ERA}.html?theme=dark", ERA),
        ("http://atlas.example:80/maps/", "all"),
        (f"{PLACE}?era=1914", None),
        (f"{PLACE}map/nothing", None),
        ("https://atlas.example/", None),
        ("https://atlas.example/mapsx/", None),
        (f"https://atlas.example/maps/../maps/map/{ERA}", None),
        (f"{PLACE}sources/", None),
        (f"{PLACE}embed/0.0.1/x/{ERA}.html", None),
        (f"https://other.example/maps/map/{ERA}", None),
        (f"https://atlas.example@other.example/maps/map/{ERA}", None),
        (f"https://user@atlas.example/maps/map/{ERA}", None),
        (f"ftp://atlas.example/maps/map/{ERA}", None),
        ("https://[bad/", None),
        ("https://atlas.example:99999/maps/", None),
        ("", None),
    ],
)
def test_an_address_names_its_map_or_nothing(catalogue, url, eras):
    shown = find_shown(catalogue, url, PLACE)
    names = [era.id for era in catalogue.eras] if eras == "all" else eras and [eras]
    assert (shown and [era.id for era in shown.eras]) == names
