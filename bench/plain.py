"""Plain Folium: what most people write today to show eras, one FeatureGroup for each.

Nothing of ``folium.plugins`` here: a script that only does this must not wait for their import.
"""

from __future__ import annotations

from typing import Final

import folium

from bench.contest import Contest

__all__ = ["STYLE", "build_folium", "build_group", "build_map"]

STYLE: Final = {"color": "#7a4a12", "weight": 1.5, "fillOpacity": 0.2}

GROUND: Final = {"color": "#9aa5ab", "weight": 1, "fillOpacity": 0.1, "className": "ground"}


def build_map(contest: Contest, *, ground: bool = True) -> folium.Map:
    """Return a Folium map without tiles that looks at the eras' subject."""
    plain = folium.Map(tiles=None, prefer_canvas=False)
    plain.fit_bounds(contest.bounds)
    if ground:
        style = dict(GROUND)
        folium.GeoJson(
            contest.ground, style_function=lambda _: style, control=False, name="ground"
        ).add_to(plain)
    return plain


def build_group(contest: Contest, era: str, *, show: bool = True) -> folium.FeatureGroup:
    """Return an era's features with tooltips, as a choice of which one is shown at a time."""
    group = folium.FeatureGroup(name=era, overlay=False, show=show)
    folium.GeoJson(
        contest.shown[era],
        style_function=lambda _: {**STYLE, "className": f"era-{era}"},
        marker=folium.CircleMarker(radius=4),
        tooltip=folium.GeoJsonTooltip(fields=["title", "when"], labels=False),
    ).add_to(group)
    return group


def build_folium(contest: Contest, *, ground: bool = True) -> folium.Map:
    """Return plain Folium: one FeatureGroup an era and a LayerControl."""
    plain = build_map(contest, ground=ground)
    for number, era in enumerate(contest.eras):
        build_group(contest, era, show=number == 0).add_to(plain)
    folium.LayerControl(collapsed=False).add_to(plain)
    return plain
