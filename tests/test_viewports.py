"""What a map shows when it opens, in windows of every size."""

import pytest
from helpers import MAPS

from geo import load_catalogue
from geo.geometry.mercator import to_unit
from geo.payload.viewports import LARGEST, fitting_zoom, opening_views

ERAS = load_catalogue().eras


@pytest.mark.parametrize("era", ERAS, ids=lambda era: era.id)
@pytest.mark.parametrize("size", MAPS, ids=lambda size: "x".join(map(str, size)))
def test_what_a_map_opens_with_is_in_a_view_of_its_zoom(era, size):
    zoom = fitting_zoom(era.bounds, size)
    half = [side / 2 / (256 * 2**zoom) for side in size]
    assert any(
        view.zoom == zoom
        and all(reach >= own - 1e-12 for reach, own in zip(view.reach, half, strict=True))
        for view in opening_views(era.bounds)
    )


@pytest.mark.parametrize("era", ERAS, ids=lambda era: era.id)
def test_bounds_fit_at_their_zoom_and_not_at_the_next(era):
    (left, bottom), (right, top) = to_unit([era.bounds[:2], era.bounds[2:]])
    zoom = fitting_zoom(era.bounds, LARGEST)
    for step, fits in ((0, True), (0.25, False)):
        scale = 256 * 2 ** (zoom + step)
        across, down = (right - left) * scale + 12, (bottom - top) * scale + 12
        assert (across <= LARGEST[0] * 1.002 and down <= LARGEST[1] * 1.002) == fits
