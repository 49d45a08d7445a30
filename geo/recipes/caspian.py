"""The Caspian: sectors by equidistance, and the Soviet line from Astara to Hasanqoli."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import shapely
import shapely.affinity
from shapely.geometry.base import BaseGeometry

from geo.geometry.coverage import shared_border
from geo.geometry.equidistance import equidistance_sectors
from geo.geometry.geodesic import geodesic_line
from geo.model.schema import Id, Length, Number, Record, Text
from geo.recipes.base_sketch import Projection
from geo.recipes.ground import Ground
from geo.recipes.properties import Line

__all__ = ["Sectors", "derive_caspian"]


@dataclass(frozen=True)
class Sectors:
    """What ``[sectors]`` of the sketch says."""

    __pydantic_config__ = Record

    sea: Id
    states: dict[Id, Text]
    """Pieces of the base by the names of their sectors."""
    projection: Projection
    spacing_m: Length
    """Between the points of the shores that sectors are measured from."""
    generalisation_m: Length
    soviet_line: Line
    step_km: Length
    again: dict[Id, Id]
    """Lines that another feature draws anew, once states have agreed on them."""
    iran_fifth_shift: Number
    """Degrees by which the Soviet line moves north to leave Iran a fifth."""


def derive_caspian(rules: Sectors, ground: Ground) -> dict[str, BaseGeometry]:
    """Return the sea, its sectors, the lines between them and the Soviet line, by feature id."""
    sea = ground.area(rules.sea)
    states = {name: ground.piece(code) for name, code in rules.states.items()}
    sectors = equidistance_sectors(
        sea,
        states,
        projection=rules.projection,
        spacing_m=rules.spacing_m,
        tolerance_m=rules.generalisation_m,
    )
    derived = {"sea-caspian": sea}
    derived |= {f"sector-{name}": area for name, area in sectors.items()}
    derived |= {f"littoral-{name}": area for name, area in states.items()}
    for one, other in combinations(sectors, 2):
        line = shared_border(sectors[one], sectors[other])
        if not line.is_empty:
            derived[f"line-equidistance-{one}-{other}"] = line
    derived |= {later: derived[line] for later, line in rules.again.items()}
    soviet = geodesic_line([ground.position(at) for at in rules.soviet_line], rules.step_km)
    derived["line-astara-hasanqoli"] = soviet
    fifth = shapely.affinity.translate(soviet, yoff=rules.iran_fifth_shift)
    derived["line-iran-fifth"] = _inside(fifth, sea)
    return derived


def _past_coast(line: BaseGeometry) -> BaseGeometry:
    """Lengthen a line by a twentieth at both ends, so that it surely cuts the coast."""
    (x0, y0), *_, (x1, y1) = line.coords
    dx, dy = (x1 - x0) / 20, (y1 - y0) / 20
    return shapely.LineString([(x0 - dx, y0 - dy), *line.coords, (x1 + dx, y1 + dy)])


def _inside(line: BaseGeometry, sea: BaseGeometry) -> BaseGeometry:
    """Return the longest part of a line that lies in the sea."""
    parts = _past_coast(line).intersection(sea)
    return max(getattr(parts, "geoms", [parts]), key=lambda part: part.length)
