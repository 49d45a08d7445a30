"""The rivals: what a Folium user writes today to step through eras. All from plain Folium."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from folium.plugins import Timeline, TimelineSlider, TimestampedGeoJson
from folium.utilities import JsCode

from bench.contest import Contest
from bench.plain import STYLE, build_map

__all__ = [
    "build_empty",
    "build_timeline",
    "build_timestamped",
]

EMPTY_PAGE: Final = """<!doctype html><html lang="en"><title>Empty</title>
<input type="range" id="slider" min="0" max="LAST" value="0">
<script>
const slider = document.getElementById("slider");
const show = () => { document.documentElement.dataset.atlasEra = slider.value; };
slider.addEventListener("input", show);
show();
</script></html>"""


def build_empty(contest: Contest) -> str:
    """Return the least a page can do for a key: a native slider, and its value as an attribute."""
    return EMPTY_PAGE.replace("LAST", str(len(contest.eras) - 1))


def build_timeline(contest: Contest) -> str:
    """Return Folium's Timeline with its slider; one step of the slider is one era."""
    plain = build_map(contest)
    features = [
        {**feature, "properties": {**feature["properties"], "start": first, "end": last + 1}}
        for feature, first, last in _runs(contest)
    ]
    timeline = Timeline(
        {"type": "FeatureCollection", "features": features},
        get_interval=JsCode(
            "function (f) { return {start: f.properties.start, end: f.properties.end, "
            "endExclusive: true}; }"
        ),
        style=JsCode(f"function () {{ return {{...{STYLE}, className: 'drawn'}}; }}"),
        point_to_layer=JsCode("function (f, at) { return L.circleMarker(at, {radius: 4}); }"),
        on_each_feature=JsCode(
            "function (f, layer) { layer.bindTooltip(f.properties.title + f.properties.when); }"
        ),
    ).add_to(plain)
    TimelineSlider(
        auto_play=False,
        enable_keyboard_controls=True,
        start=0,
        end=len(contest.eras) - 1,
        steps=len(contest.eras) - 1,
    ).add_timelines(timeline).add_to(plain)
    return str(plain.get_root().render())


def build_timestamped(contest: Contest, times: list[str]) -> str:
    """Return Folium's TimestampedGeoJson with given days, ISO, for the eras."""
    plain = build_map(contest)
    features = [
        _timestamped(feature, era, time)
        for era, time in zip(contest.eras, times, strict=True)
        for feature in contest.shown[era]["features"]
    ]
    TimestampedGeoJson(
        {"type": "FeatureCollection", "features": features},
        auto_play=False,
        add_last_point=False,
        period="P1Y",
        duration="P1D",
        loop=False,
    ).add_to(plain)
    return str(plain.get_root().render())


def _timestamped(feature: dict[str, Any], era: str, time: str) -> dict[str, Any]:
    """Return a feature of one era; the plug-in cuts geometries by their number of times."""
    geometry = feature["geometry"]
    parts = 1 if geometry["type"] == "Point" else len(geometry["coordinates"])
    own = feature["properties"]
    properties = {
        "times": [time] * parts,
        "tooltip": f"{own['title']} {own['when']}",
        "style": {**STYLE, "className": f"era-{era}"},
        "icon": "circle",
        "iconstyle": {**STYLE, "radius": 4, "className": f"era-{era}"},
    }
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _runs(contest: Contest) -> Iterator[tuple[dict[str, Any], int, int]]:
    """Yield each feature once for each unbroken run of eras (first, last) that show it."""
    runs: dict[str, list[list[Any]]] = {}
    for number, era in enumerate(contest.eras):
        for feature in contest.shown[era]["features"]:
            own = runs.setdefault(feature["id"], [])
            if own and own[-1][2] == number - 1:
                own[-1][2] = number
            else:
                own.append([feature, number, number])
    for own in runs.values():
        for feature, first, last in own:
            yield feature, first, last
