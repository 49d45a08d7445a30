"""Signs of places by where they stand: drawn by the core without a browser."""

import json
from itertools import combinations
from math import dist

import pytest
from helpers import open_core

ZOOMS = (4.5, 5, 5.5, 6, 6.5, 8)

CODE = """
/* The signs of an era at a zoom: [x, y, size, form, x and y of its place]; a badge once. */
function signsOf(era, zoom) {
  const scale = 256 * 2 ** zoom;
  const region = { x0: 0, y0: 0, x1: 1, y1: 1 };
  const projection = new core.Projection({ zoom, x: 0, y: 0, region }, data.arcs);
  const visible = core.featuresOf(data, era, new Set(data.eras[era].layers));
  const { of, badges } = core.arrangeSigns(data, projection, visible);
  const alone = visible.filter(({ id, at }) => at && of.get(id).form !== "badge");
  const single = alone.map(({ id, at }) => {
    const [[x, y], { dx, dy, size, form }] = [projection.point(at), of.get(id)];
    return [id, [x + dx, y + dy, size, form, x, y]];
  });
  const together = badges.map(({ x, y, size, members: [first] }) => (
    [first.id, [x, y, size, "badge", x, y]]));
  return JSON.stringify(Object.fromEntries([...single, ...together]));
}
"""


@pytest.fixture(scope="module")
def core(payload):
    context = open_core(payload, {"drawing_signs": ["arrangeSigns"]})
    context.eval(CODE)
    return context


@pytest.fixture(params=ZOOMS, ids=lambda zoom: f"zoom {zoom}")
def signs(request, core, payload):
    """The signs of every era at a zoom, by feature."""
    return {
        era["id"]: json.loads(core.eval(f"signsOf({number}, {request.param})"))
        for number, era in enumerate(payload["eras"])
    }


def test_no_sign_covers_another(signs):
    assert sum(map(len, signs.values())) > 200
    covered = {
        (era, one, other): round(share, 2)
        for era, placed in signs.items()
        for one, other in combinations(placed, 2)
        if (share := apart(placed[one], placed[other])) < 0.75
    }
    assert covered == {}


def test_a_sign_alone_stands_on_its_place(signs):
    """What has nothing beside it is not moved, and what is moved stays by its place."""
    moved = {}
    for era, placed in signs.items():
        for name, (x, y, size, form, *place) in placed.items():
            others = [sign for other, sign in placed.items() if other != name]
            alone = all(dist(place, sign[4:6]) > 2 * (size + sign[2]) for sign in others)
            away = dist((x, y), place)
            if away > (0 if alone or form == "badge" else 2 * size + 12):
                moved[era, name] = away
    assert moved == {}


def apart(one, other):
    """Return how far two signs are apart, in the distance at which they touch."""
    return dist(one[:2], other[:2]) / ((one[2] + other[2]) / 2)
