"""The palette, measured: WCAG contrast, and how far actors are apart for every kind of eye."""

from itertools import combinations

import pytest
from coloraide import Color

from geo.model.symbology import load_symbology

SYMBOLOGY = load_symbology()
THEMES = ("light", "dark")
GROUNDS = ("land", "home", "water")
VISIONS = ("normal", "protan", "deutan", "tritan")

TOLD_APART = 6
"""CIEDE2000 between two actors; about 2 is what a trained eye sees side by side."""

TOLD_APART_GREY = 4
"""Difference in L* between two actors on a black-and-white print."""


def contrast(one, other):
    return Color(one).contrast(other, method="wcag21")


def seen(colour, vision):
    return Color(colour) if vision == "normal" else Color(colour).filter(vision)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("actor", list(SYMBOLOGY.actors.values()), ids=lambda actor: actor.id)
def test_symbols_stand_out_from_what_they_lie_on(actor, theme):
    for ground in GROUNDS:
        assert contrast(getattr(actor, theme), SYMBOLOGY.palette[theme][ground]) >= 3, ground


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", list(SYMBOLOGY.type))
def test_names_can_be_read(name, theme):
    style = SYMBOLOGY.type[name]
    palette = SYMBOLOGY.palette[theme]
    inks = (
        [getattr(actor, theme) for actor in SYMBOLOGY.actors.values()]
        if style.ink == "actor"
        else [palette[style.ink]]
    )
    for ink in inks:
        assert contrast(ink, palette[style.paper]) >= 4.5, ink


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ink", ["ink", "ink-soft", "accent"])
@pytest.mark.parametrize("paper", ["paper", "panel"])
def test_text_beside_the_map_can_be_read(ink, paper, theme):
    palette = SYMBOLOGY.palette[theme]
    assert contrast(palette[ink], palette[paper]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("one", "other"),
    list(combinations(SYMBOLOGY.actors.values(), 2)),
    ids=lambda actor: actor.id,
)
def test_actors_are_told_apart_by_colour_or_by_form(one, other, theme):
    a, b = getattr(one, theme), getattr(other, theme)
    assert seen(a, "normal").delta_e(seen(b, "normal"), method="2000") >= TOLD_APART
    apart = all(
        seen(a, vision).delta_e(seen(b, vision), method="2000") >= TOLD_APART for vision in VISIONS
    )
    grey = abs(Color(a).convert("lab")["l"] - Color(b).convert("lab")["l"]) >= TOLD_APART_GREY
    forms = one.axis != other.axis and abs(one.hatch - other.hatch) % 180 >= 15
    assert (apart and grey) or forms
