"""Plates in Lambert's conic projection, against pyproj's and against the map on the screen."""

import json
import re
from dataclasses import replace
from io import BytesIO

import numpy as np
import pyproj
import pytest
from helpers import open_core, plate_sizes
from outputs import mercator
from PIL import Image

from geo.model.catalogue import load_catalogue
from geo.plate import Engine, render_plate
from geo.plate.convert import convert_plate

PARALLELS = (27, 39)
SIZE = (1100, 700)
MARGIN = 8
SPHERE = 6378.137
"""Radius of the sphere that Web Mercator is drawn for, km."""

SHOWN = {era.id: era.bounds for era in load_catalogue().eras}

TOLD = "Lambert’s conformal conic projection, 27° and 39° N."

LIKE = 30
"""How far two colours may be apart, of 255 in each part, to be the same ground."""


def lambert(longitude):
    """Return the projection with its middle at a longitude."""
    south, north = PARALLELS
    return pyproj.Proj(
        f"+proj=lcc +lat_1={south} +lat_2={north} +lat_0=33 +lon_0={longitude} +R={SPHERE}"
    )


@pytest.fixture(scope="module")
def core(payload):
    context = open_core(payload, {"drawing_conic": ["conic"]})
    context.eval(
        """
        function sheetOf(request) {
          const { parallels, bounds, size, margin } = JSON.parse(request);
          return core.conic(parallels, bounds, { size, margin, around: 0 }, data.arcs);
        }
        var at = (request) => {
          const sheet = sheetOf(request);
          return JSON.stringify(JSON.parse(request).points.map((point) => sheet.point(point)));
        };
        var line = (request) => {
          const sheet = sheetOf(request);
          const { from, to } = JSON.parse(request);
          return sheet.rule(from, to);
        };
        var scales = (request) =>
          JSON.stringify(JSON.parse(request).latitudes.map((each) => sheetOf(request).perKm(each)));
        var long = (request) => {
          const wave = Float64Array.from({ length: 2 * 60_000 }, (_, i) =>
            0.6 + (i % 2 ? 0 : i * 1e-7) - (i % 2 ? 0.2 : 0));
          return sheetOf(request).project(wave).length;
        };
        var holds = (request) => Boolean(sheetOf(request));
        """
    )

    def ask(name, bounds, **request):
        sheet = {"parallels": PARALLELS, "bounds": bounds, "size": SIZE, "margin": MARGIN}
        return context.eval(name)(json.dumps({**sheet, **request}))

    return ask


def grid_over(bounds, count=9):
    west, south, east, north = bounds
    return [
        (float(x), float(y))
        for x in np.linspace(west, east, count)
        for y in np.linspace(south, north, count)
    ]


def placed(core, bounds, points):
    return np.array(json.loads(core("at", bounds, points=points)))


def expected(bounds, points):
    """Return pixels by pyproj: its plane, as large as the bounds fit, in the middle."""
    west, south, east, north = bounds
    project = lambert((west + east) / 2)
    edge = [(x, y) for x in np.linspace(west, east, 201) for y in (south, north)]
    x, y = np.array(project(*np.transpose(edge)))
    room = np.array(SIZE) - 2 * MARGIN
    scale = min(room / (np.ptp(x), np.ptp(y)))
    middle = np.array([(x.max() + x.min()) / 2, (y.max() + y.min()) / 2])
    plane = np.transpose(project(*np.transpose(points)))
    return (plane - middle) * scale * (1, -1) + np.array(SIZE) / 2


@pytest.mark.parametrize("era", SHOWN)
def test_places_lie_where_pyproj_has_them(core, era):
    bounds = SHOWN[era]
    points = grid_over(bounds)
    off = np.abs(placed(core, bounds, points) - expected(bounds, points))
    assert off.max() < 0.05


@pytest.mark.parametrize("era", SHOWN)
def test_the_bounds_fill_the_sheet(core, era):
    spots = placed(core, SHOWN[era], grid_over(SHOWN[era], 41))
    low, high = spots.min(axis=0), spots.max(axis=0)
    room = np.minimum(low, np.array(SIZE) - high)
    assert room.min() == pytest.approx(MARGIN, abs=0.05)


def test_the_scale_is_that_of_the_ground_and_nearly_the_same_all_over(core):
    bounds = SHOWN["1947-stakes"]
    latitudes = list(range(20, 48))
    told = np.array(json.loads(core("scales", bounds, latitudes=latitudes)))
    middle = (bounds[0] + bounds[2]) / 2
    north = placed(core, bounds, [(middle, latitude + 0.05) for latitude in latitudes])
    south = placed(core, bounds, [(middle, latitude - 0.05) for latitude in latitudes])
    measured = np.hypot(*(north - south).T) / (np.radians(0.1) * SPHERE)
    assert told == pytest.approx(measured, rel=0.002)
    at_parallels = told[latitudes.index(27)]
    assert told[latitudes.index(39)] == pytest.approx(at_parallels, rel=1e-4)
    assert np.abs(told / at_parallels - 1).max() < 0.03


def test_a_parallel_is_drawn_as_the_curve_it_is(core):
    bounds = SHOWN["1907-spheres"]
    ends = (bounds[0] - 3, 33), (bounds[2] + 3, 33)
    path = core("line", bounds, **{"from": ends[0], "to": ends[1]})
    numbers = [float(text) for text in re.findall(r"-?\d+(?:\.\d+)?", path)]
    line = np.cumsum(np.reshape(numbers, (-1, 2)), axis=0)
    points = [(float(x), 33.0) for x in np.linspace(ends[0][0], ends[1][0], 400)]
    curve = expected(bounds, points)
    near = np.interp(curve[:, 0], line[:, 0], line[:, 1])
    seen = (curve[:, 0] > 0) & (curve[:, 0] < SIZE[0])
    assert seen.sum() > 200
    assert np.ptp(curve[seen, 1]) > 10
    assert np.abs(near - curve[:, 1])[seen].max() < 0.3


def test_a_line_of_many_vertices_is_drawn(core):
    """Arguments of a call are counted: 65,535 of them were too many."""
    assert core("long", SHOWN["1907-spheres"]) >= 2 * 60_000


@pytest.mark.parametrize(
    ("bounds", "holds"),
    [
        ((44, 25, 64, 40), True),
        ((25, 12, 80, 52), True),
        ((-180, -60, 180, 80), False),
        ((-70, -35, -40, 5), False),
        ((20, 60, 60, 80), False),
    ],
)
def test_what_a_cone_is_no_good_for_is_drawn_as_on_the_screen(core, bounds, holds):
    assert core("holds", bounds) is holds


def test_a_plate_says_what_projection_it_is_in(payload, symbology):
    era = "1907-spheres"
    text = re.sub(r"<[^>]*>", " ", render_plate(Engine(payload, symbology), era))
    assert TOLD in text
    plain = re.sub(r"<[^>]*>", " ", render_plate(Engine(payload, symbology), era, conic=False))
    assert "Lambert" not in plain
    without = Engine(payload, replace(symbology, parallels=None))
    assert "Lambert" not in re.sub(r"<[^>]*>", " ", render_plate(without, era))


@pytest.mark.sampled
@pytest.mark.parametrize("era", SHOWN)
def test_a_plate_shows_the_ground_of_the_map_on_the_screen(engine, core, era):
    """Each place has the colour it has in Web Mercator, but for names and signs."""
    bounds = SHOWN[era]
    points = grid_over(bounds, 60)
    (paper, size), (screen, _) = (map_of(engine, era, conic=conic) for conic in (True, False))
    spots = np.array(json.loads(core("at", bounds, size=size, points=points)))
    ground = colours(screen, on_screen(bounds, points, size))
    alike = share_alike(colours(paper, spots), ground)
    assert alike > 0.88
    assert alike > share_alike(colours(paper, spots + np.array([12, 12])), ground) + 0.02


def map_of(engine, era, *, conic):
    """Return the map on an era's plate as an array of colours, and its width and height."""
    svg = render_plate(engine, era, conic=conic)
    picture = Image.open(BytesIO(convert_plate(svg, "png", scale=1))).convert("RGB")
    size = plate_sizes(svg)[1]
    return np.asarray(picture.crop((0, 0, *size)), dtype=float), size


def on_screen(bounds, points, size):
    """Return where a sheet in Web Mercator has some points when it shows bounds within a margin."""
    west, south, east, north = bounds
    plane = np.array([(x, mercator(y)) for x, y in points])
    low, high = np.array([west, mercator(south)]), np.array([east, mercator(north)])
    scale = min((np.array(size) - 2 * MARGIN) / (high - low))
    return (plane - (low + high) / 2) * scale * (1, -1) + np.array(size) / 2


def colours(picture, spots):
    height, width, _ = picture.shape
    x, y = np.rint(spots - 0.5).astype(int).T
    return picture[np.clip(y, 0, height - 1), np.clip(x, 0, width - 1)]


def share_alike(some, others):
    return (np.abs(some - others).max(axis=1) < LIKE).mean()
