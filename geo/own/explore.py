"""``geo.explore``: a GeoDataFrame with dates as a map that steps through eras, in one line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import folium
import shapely

from geo.document.folium_map import build_map
from geo.document.notebook import frame_page, list_faults
from geo.document.page import render_document
from geo.errors import GeoError, show
from geo.files import write_text
from geo.model.catalogue import Catalogue, Era, Layer, Source, load_catalogue
from geo.model.editions import load_edition
from geo.model.features import MOST_FEATURES, Feature, select_features
from geo.model.neutral import neutral_kinds
from geo.model.symbology import Symbology
from geo.model.wording import ENGLISH, Wording, load_wording
from geo.own.eras import Span, make_spans
from geo.own.places import in_degrees
from geo.own.rows import LAYER, Columns, Read, read_rows
from geo.payload.base import read_globe
from geo.tables.words import clean, texts

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

__all__ = ["OwnMap", "explore"]

ROOM: Final = 0.5
"""Least width and height of what a map opens on, degrees."""

ALONE: Final = 6.0
"""The same where all is at one place: it is told by the shores around it."""

NAMED: Final = 5
"""Features that the map in words names."""


def explore(  # noqa: PLR0913  # one argument a column, as gdf.explore() has them
    frame: GeoDataFrame,
    begin: Any = None,
    end: Any = None,
    title: Any = None,
    *,
    eras: str | Iterable[Sequence[Any]] | None = None,
    category: Any = None,
    colour: Any = None,
    certainty: Any = None,
    note: Any = None,
    source: Any = None,
    link: Any = None,
    inclusive: bool = True,
    heading: str = "",
    credit: str = "",
    language: str = ENGLISH,
) -> OwnMap:
    """Return a GeoDataFrame with dates as a map that steps through eras and asks for nothing.

    Parameters
    ----------
    frame
        Any geometries in any CRS, anywhere on Earth. Columns that are not named are recognised by
        names such as from, to, year, title, category, note.
    begin, end
        Columns of dates: years, dates, times, ISO 8601 or EDTF texts; missing values are open, and
        so are ends in the year 9999. With `begin` alone, each row is an event.
    title
        Column of names.
    eras
        A list of (label, begin, end) or (label, begin, end, caption), ends inclusive; or "breaks"
        (wherever something begins or ends), "years", "decades", "centuries". By default the first
        of these that makes few.
    category
        Column that colours and legend go by.
    colour
        Column with names of colours: blue, red, green, amber, purple, pink, teal, olive, black,
        grey.
    certainty
        Column with certain, less-certain or uncertain.
    note, source, link
        Columns of text and of addresses; shown as text, never as markup.
    inclusive
        Whether ends are the last day (or year) on which something held, as people write; False when
        they are the first on which it no longer did.
    heading, credit
        The map's title, and whose the data are.
    language
        Of the controls and of what the map says itself: one that the atlas has texts of (BCP 47).

    Returns
    -------
    OwnMap
        Shows itself in a notebook. Rows that cannot be shown are in its `faults`.

    Raises
    ------
    GeoError
        When a column does not exist, the CRS or the language is unknown, there are more than 20,000
        rows, or nothing at all can be shown.

    Examples
    --------
    >>> import geopandas, geo
    >>> towns = geopandas.GeoDataFrame(
    ...     {"name": ["Enzeli", "Resht"], "from": [1850, 1880], "to": [1900, None]},
    ...     geometry=geopandas.points_from_xy([49.47, 49.58], [37.47, 37.28]),
    ...     crs=4326,
    ... )
    >>> geo.explore(towns, begin="from", end="to", title="name")
    <OwnMap: 2 features in 3 eras>
    """
    wanted = {
        "begin": begin,
        "end": end,
        "title": title,
        "category": category,
        "colour": colour,
        "certainty": certainty,
        "note": note,
        "source": source,
        "link": link,
    }
    columns = Columns.of(_names(frame), wanted)
    if len(frame) > MOST_FEATURES:
        raise GeoError(
            f"found {len(frame):,} rows, expected at most {MOST_FEATURES:,}; "
            "choose some, or put together what is alike: frame.dissolve(…)"
        )
    if not isinstance(language, str):
        raise GeoError(f"language: found {show(language)}, expected a tag such as {ENGLISH!r}")
    wording = load_wording(language)
    read = read_rows(
        frame, in_degrees(frame), columns, inclusive=inclusive, language=wording.language
    )
    if not read.features:
        raise GeoError("\n".join(["nothing can be shown", *(read.faults or ["found no rows"])]))
    spans = make_spans(eras, [feature.timespan for feature in read.features], wording)
    return OwnMap(
        read,
        spans,
        by=str(columns.category or ""),
        heading=clean(heading, 200),
        credit=clean(credit, 500),
        language=wording.language,
    )


def _names(frame: GeoDataFrame) -> list[Any]:
    """Return the names of all columns but that of the geometry; raises GeoError without one."""
    from geopandas import GeoDataFrame  # here, for it takes long and the atlas needs it not

    if not isinstance(frame, GeoDataFrame):
        raise GeoError(f"found {type(frame).__name__}, expected a GeoDataFrame")
    if list(frame.columns).count(frame.active_geometry_name) != 1:
        raise GeoError(
            "found a GeoDataFrame that has no geometry column set; "
            "say which it is: frame.set_geometry(…)"
        )
    return [name for name in frame.columns if name != frame.active_geometry_name]


class OwnMap:
    """A map of one's own data: shows itself in a notebook, can be saved, or given to Folium."""

    def __init__(  # noqa: PLR0913  # by `explore` alone
        self,
        read: Read,
        spans: Sequence[Span],
        *,
        by: str,
        heading: str,
        credit: str,
        language: str,
    ) -> None:
        self.faults = tuple(read.faults)
        """What could not be shown or had to be changed, one sentence a row."""
        self.features = tuple(read.features)
        self._categories = read.categories
        self._spans = spans
        self._by = by
        self._said = texts("map", language)
        self._heading = heading or self._said["title"]
        self._credit = credit
        self._language = language

    def __repr__(self) -> str:
        faults = f", {len(self.faults)} faults" if self.faults else ""
        eras = f"{len(self._spans)} era{'s' if len(self._spans) > 1 else ''}"
        return f"<OwnMap: {len(self.features)} features in {eras}{faults}>"

    def to_folium(self) -> folium.Map:
        """Return a new ``folium.Map``, to add elements to (see ``geo.render_document``)."""
        atlas = load_edition(load_catalogue(), self._language, ())
        return build_map(
            *self._catalogue(atlas.catalogue),
            symbology=self._symbology(atlas.symbology),
            wording=self._wording(atlas.wording),
            base=read_globe(atlas.catalogue),
        )

    @cached_property
    def page(self) -> str:
        """The self-contained HTML document."""
        return render_document(self.to_folium())

    def save(self, path: str | Path) -> None:
        """Write the map as one HTML file that asks for nothing.

        Raises GeoError for another ending than .html or .htm.
        """
        if (ending := Path(path).suffix.lower()) not in (".html", ".htm"):
            raise GeoError(f"{path}: found {ending or 'no ending'!r}, expected .html")
        write_text(Path(path), self.page)

    def _repr_html_(self) -> str:
        faults = list_faults(self.faults, texts("faults", self._language))
        return frame_page(self.page, self._heading) + faults

    def on_atlas(self) -> folium.Map:
        """Return the atlas's own map of the eras that hold some of these features, and them on it.

        Raises GeoError when no era does.
        """
        told = load_edition(load_catalogue(), self._language)
        atlas = told.catalogue
        own, features = self._catalogue(atlas)
        sheet = _sheet(atlas)
        there = [feature for feature in features if _lies_on(sheet, feature)]
        symbology = self._symbology(told.symbology)
        eras = tuple(
            replace(era, layers=(*era.layers, LAYER))
            for era in atlas.eras
            if select_features(there, era)
        )
        if not eras:
            raise GeoError("nothing in it falls into an era of the atlas; take eras of its own")
        joined = replace(
            atlas,
            eras=eras,
            layers=(*atlas.layers, replace(own.layers[0], title=self._heading)),
            sources={**atlas.sources, **own.sources},
        )
        return build_map(
            joined,
            [*told.features, *features],
            symbology=replace(told.symbology, kinds={**told.symbology.kinds, **symbology.kinds}),
            wording=told.wording,
        )

    def off_atlas(self) -> list[str]:
        """Return which rows lie off the atlas's own maps, one sentence each.

        Raises GeoError when all do.
        """
        said = texts("faults", self._language)
        sheet = _sheet(load_catalogue())
        off = [feature for feature in self.features if not _lies_on(sheet, feature)]
        if len(off) == len(self.features):
            raise GeoError(said["none-on-sheet"])
        return [
            said["off-sheet"].format(feature.id.split("-")[1], feature.properties["title"])
            for feature in off
        ]

    def _catalogue(self, atlas: Catalogue) -> tuple[Catalogue, list[Feature]]:
        said = self._said
        sources: dict[tuple[str, str], Source] = {}
        features = [self._cited(feature, sources) for feature in self.features]
        bounds = _bounds(features)
        eras = [
            self._era(number, span, features, bounds) for number, span in enumerate(self._spans)
        ]
        layer = Layer(LAYER, said["layer"], "", "", (), "")
        first, last = self._years()
        catalogue = replace(
            atlas,
            title=self._heading,
            subtitle=said["subtitle"].format(first if first == last else f"{first} – {last}"),
            attribution=said["credit"].format(self._credit, said["attribution"]).strip(),
            eras=tuple(eras),
            layers=(layer,),
            sources={source.id: source for source in sources.values()},
            claims={},
            paragraphs={},
            retired={},
            authors=self._credit or said["author"],
            credits=said["attribution"],
            license=said["license"],
            search="",
        )
        return catalogue, features

    def _years(self) -> tuple[str, str]:
        """Return the first year and the last one that the eras show something of."""
        held = [feature.timespan for feature in self.features]
        ends = [time.end - timedelta(days=1) for time in held if time.end]
        days = [*ends, *(time.begin for time in held if time.begin)]
        last = min(max(days), self._spans[-1].end - timedelta(days=1))
        return str(self._spans[0].begin.year), str(last.year)

    def _cited(self, feature: Feature, sources: dict[tuple[str, str], Source]) -> Feature:
        """Return a feature with the ids of its sources."""
        ids = []
        for text, link in feature.properties["sources"]:
            source = sources.setdefault(
                (text, link),
                Source(f"own-source-{len(sources) + 1}", text, "", text or link, "", url=link),
            )
            ids.append(source.id)
        return Feature(feature.layer, feature.geometry, {**feature.properties, "sources": ids})

    def _era(
        self, number: int, span: Span, features: Sequence[Feature], bounds: Sequence[float]
    ) -> Era:
        said = self._said
        time = span.timespan
        shown = [
            feature.properties["title"] for feature in features if feature.timespan.overlaps(time)
        ]
        some = ", ".join(shown[:NAMED])
        if len(shown) > NAMED:
            some = said["and-more"].format(some, len(shown) - NAMED)
        count = {0: said["caption-none"], 1: said["caption-one"]}.get(len(shown), said["caption"])
        west, south, east, north = bounds
        return Era(
            id=f"era-{number + 1}",
            title=span.label if span.label != span.dates else span.dates,
            label=span.label,
            begin=str(span.begin),
            end=str(span.end),
            as_of=str(span.begin),
            caption=span.caption or count.format(len(shown)),
            bounds=(west, south, east, north),
            layers=(LAYER,),
            alt=said["alt"].format(self._heading, span.dates, some or said["caption-none"]),
            dates=span.dates,
        )

    def _symbology(self, atlas: Symbology) -> Symbology:
        """Return the atlas's symbology with the kinds of these features, and no actors."""
        kinds = {}
        for entry in neutral_kinds():
            plain = kinds[entry["id"]] = atlas.kinds[entry["id"]]
            for number, category in enumerate(self._categories, start=1):
                named = f"{plain.id}-{number}"
                kinds[named] = replace(plain, id=named, title=category)
        return replace(atlas, actors={"none": atlas.actors["none"]}, kinds=kinds)

    def _wording(self, wording: Wording) -> Wording:
        by = {"by-kind": self._by} if self._by else {}
        return replace(wording, ui={**wording.ui, **texts("ui", self._language), **by})


def _sheet(atlas: Catalogue) -> Any:
    """Return what all eras of an atlas show, as one box."""
    return shapely.box(*shapely.total_bounds([shapely.box(*era.bounds) for era in atlas.eras]))


def _lies_on(sheet: Any, feature: Feature) -> bool:
    return bool(sheet.intersects(shapely.geometry.shape(feature.geometry)))


def _bounds(features: Sequence[Feature]) -> list[float]:
    """Return west, south, east, north of all features, a little larger than they are."""
    shapes = shapely.geometrycollections(
        [shapely.geometry.shape(feature.geometry) for feature in features]
    )
    west, south, east, north = shapes.bounds
    least = ROOM if (west, south) != (east, north) else ALONE
    dx = max(0.03 * (east - west), (least - (east - west)) / 2, 0)
    dy = max(0.03 * (north - south), (least - (north - south)) / 2, 0)
    return [
        max(-180.0, west - dx),
        max(-85.0, min(south - dy, 84.0)),
        min(180.0, east + dx),
        min(85.0, max(north + dy, -84.0)),
    ]
