"""Names shared by the tests."""

import re
from pathlib import Path

import quickjs

from geo.assets import join_modules
from geo.payload.packing import to_json

ROOT = Path(__file__).resolve().parent.parent

READY = "html[data-atlas-state=ready]"
"""What to wait for in a browser: the document has started."""

LISTED = "#lists:not([aria-busy])"
"""The panel is whole: its lists are filled in slices."""

OTHER = "1941: Twenty-four days in August and September"
"""An era, as it stands in the list of those to compare with."""

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}


def with_blanks_at_line_ends(text):
    """Return the lines that an editor would trim: trimmed, a file would be another."""
    return [line for line in text.split("\n") if line != line.rstrip(" \t\r\f\v")]


MAPS = [
    *((280, 200), (390, 844), (844, 390), (820, 1180), (1280, 800), (1920, 1080), (2560, 1440)),
    *((2560, 200), (280, 1440), (934, 720), (1869, 1330), (390, 523)),
]
"""Sizes of maps: whole windows, the ends of what there is, and the map's part beside the panel."""


def plate_sizes(svg):
    """Return the sizes of a plate and of the map on it, above its foot: (width, height), pixels."""
    width, height = (int(side) for side in re.search(r'viewBox="0 0 (\d+) (\d+)"', svg).groups())
    return (width, height), (width, int(re.search(r'<g transform="translate\(0 (\d+)\)', svg)[1]))


CORE = {
    "state_data": ["unpackData"],
    "drawing_projection": ["Projection"],
    "drawing_map": ["featuresOf"],
}


def open_core(payload, names):
    """Return the drawing core in a context of its own, without a browser.

    There `core` holds the functions named, by module, beside those every map needs; `data` is the
    payload as the core reads it.
    """
    names = {**names, **CORE}
    script = join_modules("plate", "openPlates")
    taken = ", ".join(
        f"{name}: module_{module}.{name}" for module, known in names.items() for name in known
    )
    context = quickjs.Context()
    context.eval(
        script.replace("var openPlates", "var core").replace(
            "return module_plate.openPlates;", f"return {{ {taken} }};"
        )
    )
    context.set("payload", to_json(payload))
    context.eval("var data = core.unpackData(JSON.parse(payload));")
    return context
