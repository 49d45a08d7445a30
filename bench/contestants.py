"""Who takes part: how each page is opened, stepped through, and asked which era it shows."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from folium import Map
from folium.plugins import Timeline, TimelineSlider, TimestampedGeoJson

from bench import rivals
from bench.contest import Contest
from bench.packages import list_addresses
from bench.plain import build_folium
from bench.server import HOST

__all__ = [
    "DOCUMENT",
    "EMPTY",
    "FIRST_ERA",
    "FOLIUM",
    "OWN_ERA",
    "Entry",
    "enter_pages",
    "loaded_addresses",
]

DOCUMENT: Final = "atlas document"
EMPTY: Final = "empty page"
FOLIUM: Final = "Folium, FeatureGroups"

CLASS_ERA: Final = (
    "(document.querySelector('path[class*=\"era-\"]').getAttribute('class').match(/era-(\\S+)/)[1])"
)
"""The era of the first feature drawn; features carry their era as a class."""

SLIDER_ERA: Final = (
    "(document.querySelector('path.drawn') && "
    "document.querySelector('.leaflet-timeline-control .time-slider').value)"
)
"""The Timeline keeps one element for a feature of many eras, so its slider tells."""

OWN_ERA: Final = "document.documentElement.dataset.atlasEra"

FIRST_ERA: Final = f"({OWN_ERA} || document.documentElement.dataset.atlasPicture)"
"""Before its map has started, our document shows the first era as a picture."""


@dataclass(frozen=True)
class Entry:
    """A page that takes part."""

    name: str
    page: str
    """Its HTML."""
    read_era: str
    """A JavaScript expression: the era the page shows, as one of `eras`."""
    eras: list[str]
    forward: str
    """A key, or the selector of a button to click."""
    back: str
    focus: str = ""
    """Selector of what is focused before keys are pressed; nothing when empty."""
    ready: str = "document.documentElement.dataset.atlasEra"
    """A JavaScript expression: true once stepping may begin."""
    live: str = ""
    """As `read_era`, once the reader can use the map; empty when that is at once."""
    features: str = ""
    """A JavaScript expression: how many features of the era in `bench.now()` are in the page."""
    clicks: bool = False
    """Whether `forward` and `back` are buttons: this rival has no keys."""
    note: str = ""

    @property
    def url(self) -> str:
        """Where the server has it."""
        return f"https://{HOST}/{self.path}"

    @property
    def path(self) -> str:
        """Its file's name."""
        return f"{''.join(c if c.isalnum() else '-' for c in self.name)}.html"

    @property
    def sizes(self) -> tuple[int, int]:
        """Bytes of the page, raw and gzipped."""
        raw = self.page.encode()
        return len(raw), len(gzip.compress(raw, 9, mtime=0))


def enter_pages(contest: Contest, document: str) -> list[Entry]:
    """Return the pages, ours first and the empty one last."""
    count = len(contest.eras)
    years = [f"{2002 + number}-01-01" for number in range(count)]
    by_class = {
        "read_era": CLASS_ERA,
        "eras": contest.eras,
        "features": 'document.querySelectorAll(`path[class*="era-${bench.now()}"]`).length',
        "ready": "document.querySelector('path[class*=\"era-\"]')",
    }
    radios = {
        "forward": "ArrowDown",
        "back": "ArrowUp",
        "focus": ".leaflet-control-layers-base input:checked",
    }
    buttons = {"forward": ".timecontrol-forward", "back": ".timecontrol-backward", "clicks": True}
    return [
        Entry(
            DOCUMENT,
            document,
            FIRST_ERA,
            contest.eras,
            "ArrowRight",
            "ArrowLeft",
            focus="#era-slider",
            live=OWN_ERA,
            ready="document.querySelector('html[data-atlas-state=ready][data-atlas-prepared]')",
            features="document.querySelectorAll('.now .f:not([display=none])').length",
        ),
        Entry(FOLIUM, _rendered(build_folium(contest)), **by_class, **radios),
        Entry(
            "Folium, no base map",
            _rendered(build_folium(contest, ground=False)),
            **by_class,
            **radios,
            note="draws less than the others: features on white",
        ),
        Entry(
            "Folium Timeline",
            rivals.build_timeline(contest),
            SLIDER_ERA,
            [str(number) for number in range(count)],
            "ArrowRight",
            "ArrowLeft",
            ready="document.querySelector('path.drawn')",
            features="document.querySelectorAll('path.drawn').length",
            note=f"eras are numbers 0 to {count - 1}: its slider knows no eras of unequal length",
        ),
        Entry(
            "TimestampedGeoJson, true dates",
            rivals.build_timestamped(contest, contest.begins),
            **by_class,
            **buttons,
            note="the plug-in sorts days as text, which goes wrong before 1970",
        ),
        Entry(
            f"TimestampedGeoJson, 2002–{2001 + count}",
            rivals.build_timestamped(contest, years),
            **by_class,
            **buttons,
            note=f"eras are moved to 1 January of 2002 to {2001 + count}",
        ),
        Entry(
            EMPTY,
            rivals.build_empty(contest),
            OWN_ERA,
            [str(number) for number in range(count)],
            "ArrowRight",
            "ArrowLeft",
            focus="#slider",
        ),
    ]


def loaded_addresses() -> Iterable[str]:
    """Return the addresses of all files the rivals' pages load."""
    return list_addresses(Map, Timeline, TimelineSlider, TimestampedGeoJson)


def _rendered(plain: Map) -> str:
    return str(plain.get_root().render())
