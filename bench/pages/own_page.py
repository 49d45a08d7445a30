"""One table as a page, by one of the ways there are: `python own_page.py WAY TABLE PAGE`.

Each way is what its documentation tells a user to write. Where one has no time of its own, all that
is in the table stands on the page at once; where one shows only moments, a feature is there once
for each year in which it held.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

LAST: Final = 1939
"""Year of what has no end."""

LATER: Final = 120
"""Years by which dates are moved for what cannot tell them before 1970."""

SPANS: Final = (("begin", "end"), ("from", "to"))
"""Columns of the first and the last year, as the tables name them."""


def by_geo(table: Path, page: Path) -> None:
    import geo

    geo.explore(_frame(table)).save(page)


def by_geopandas(table: Path, page: Path) -> None:
    _frame(table).explore().save(page)


def by_timeline(table: Path, page: Path) -> None:
    import folium
    from folium.plugins import Timeline, TimelineSlider

    features, bounds, first, last = _features(table)
    for feature in features:
        own = feature["properties"]
        own["start"], own["end"] = f"{own['first']:04}-01-01", f"{own['last']:04}-12-31"
    plain = folium.Map()
    plain.fit_bounds(bounds)
    timeline = Timeline({"type": "FeatureCollection", "features": features}).add_to(plain)
    slider = TimelineSlider(auto_play=False, enable_keyboard_controls=True, steps=last + 1 - first)
    slider.add_timelines(timeline).add_to(plain)
    plain.save(page)


def by_timestamped(table: Path, page: Path, later: int = 0) -> None:
    import folium
    from folium.plugins import TimestampedGeoJson

    features, bounds, _, _ = _features(table)
    moments = []
    for feature in features:
        own, place = feature["properties"], feature["geometry"]
        parts = 1 if place["type"] == "Point" else len(place["coordinates"])
        for year in range(own["first"], own["last"] + 1):
            told = {"times": [f"{year + later:04}-01-01"] * parts, "popup": own["name"]}
            moments.append({"type": "Feature", "geometry": place, "properties": told})
    plain = folium.Map()
    plain.fit_bounds(bounds)
    TimestampedGeoJson(
        {"type": "FeatureCollection", "features": moments},
        period="P1Y",
        duration="P1D",
        auto_play=False,
        add_last_point=False,
        loop=False,
    ).add_to(plain)
    plain.save(page)


def by_timestamped_later(table: Path, page: Path) -> None:
    by_timestamped(table, page, LATER)


def by_lonboard(table: Path, page: Path) -> None:
    from lonboard import viz

    viz(_frame(table)).to_html(page)


def by_leafmap(table: Path, page: Path) -> None:
    from leafmap import foliumap

    plain = foliumap.Map()
    plain.add_gdf(_frame(table), layer_name="table", zoom_to_layer=True)
    plain.to_html(str(page))


WAYS: Final[dict[str, Callable[[Path, Path], None]]] = {
    "geo.explore": by_geo,
    "gdf.explore": by_geopandas,
    "Folium Timeline": by_timeline,
    "Folium TimestampedGeoJson": by_timestamped,
    "the same, 120 years later": by_timestamped_later,
    "lonboard": by_lonboard,
    "leafmap": by_leafmap,
}


def _frame(table: Path) -> Any:
    import geopandas

    return geopandas.read_file(table)


def _features(table: Path) -> tuple[list[dict[str, Any]], list[list[float]], int, int]:
    """Return GeoJSON features with their first and last year; bounds, and the years of all."""
    frame = _frame(table)
    begin, end = next(pair for pair in SPANS if pair[0] in frame.columns)
    frame["first"] = frame[begin].astype(int)
    frame["last"] = frame[end].fillna(LAST).astype(int)
    west, south, east, north = map(float, frame.total_bounds)
    features = json.loads(frame[["name", "first", "last", "geometry"]].to_json())["features"]
    years = int(frame["first"].min()), int(frame["last"].max())
    return features, [[south, west], [north, east]], *years


if __name__ == "__main__":
    WAYS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
