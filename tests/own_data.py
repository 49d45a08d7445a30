"""Data sets of other people's kinds, as the tests of layers of one's own need them."""

import geopandas
from shapely import Point, Polygon

from bench.own_tables import many, years

__all__ = ["MARKUP", "SETS", "broken", "european", "many", "marked_up", "southern", "years"]

MARKUP = [
    "<b>bold</b>",
    "<script>document.title='ran'</script>",
    "<img src=x onerror=\"document.title='ran'\">",
    "</script><script>document.title='ran'</script>",
    "{{7*7}}{% raw %}${document.title='ran'}`",
    "</style><meta http-equiv=refresh content='0;url=https://elsewhere.test/'>",
    "quote\" onmouseover=\"document.title='ran'",
    "line\nbreak\x00\x0b\u2028end",
    "![pix](https://elsewhere.test/x.png) $a$ :red[x]",
    "<svg onload=\"document.title='ran'\">",
    "<details open ontoggle=\"document.title='ran'\">x</details>",
    "<iframe srcdoc='<script>parent.document.title=1</script>'></iframe>",
    "<a href=\"javascript:document.title='ran'\">x</a>",
    "<style>@import 'https://elsewhere.test/x.css'</style>",
    "<link rel=stylesheet href=https://elsewhere.test/x.css>",
    "<base href=https://elsewhere.test/>",
    "<form action=https://elsewhere.test/><input autofocus onfocus=x></form>",
    "<!--<script>document.title='ran'",
    "<math><mtext><img src=x onerror=x></math>",
    "]]><script>document.title='ran'</script>",
    "&lt;script&gt;document.title='ran'&lt;/script&gt;",
    "&#60;img src=x onerror=x&#62;",
    "\\u003cscript>document.title='ran'\\u003c/script>",
    "${document.title='ran'}",
    "`+(document.title='ran')+`",
    "\\`${document.title='ran'}",
    "');document.title='ran';//",
    '";document.title="ran";//',
    "{{ this.__class__ }}",
    "{% for x in y %}",
    "{# note",
    "#{7*7} <%= 7*7 %>",
    "url(https://elsewhere.test/x)",
    "__proto__",
    "constructor",
    "=cmd|'/c calc'!A1",
    "../../etc/passwd",
    "\u202eright to left\u2066",
    "a" * 4000,
]


def european():
    """Polygons with dates before 1900, in metres."""
    frame = geopandas.GeoDataFrame(
        {
            "land": ["North", "South"],
            "since": ["1815-06-09", "1866-08-23"],
            "until": ["1866-08-22", "1871-01-17"],
        },
        geometry=[
            Polygon([(8, 50), (13, 50), (13, 54), (8, 54)]),
            Polygon([(9, 47), (13, 47), (13, 50), (9, 50)]),
        ],
        crs=4326,
    )
    return frame.to_crs(3035)


def southern():
    """Something in South America, in Web Mercator."""
    frame = geopandas.GeoDataFrame(
        {"title": ["Asunción", "Iquique"], "year": [1864, 1879], "category": ["siege", "landing"]},
        geometry=[Point(-57.6, -25.3), Point(-70.15, -20.2)],
        crs=4326,
    )
    return frame.to_crs(3857)


def broken():
    """Empty and invalid geometries among sound ones."""
    bow_tie = Polygon([(50, 30), (54, 34), (54, 30), (50, 34)])
    return geopandas.GeoDataFrame(
        {
            "title": ["Sound", "Empty", "Missing", "Crossed", "Infinite", "Undated", "Backwards"],
            "begin": [1880, 1880, 1880, 1880, 1880, "no date", 1890],
            "end": [1890, 1890, 1890, 1890, 1890, 1890, 1880],
        },
        geometry=[
            Polygon([(50, 30), (54, 30), (54, 34), (50, 34)]),
            Polygon(),
            None,
            bow_tie,
            Point(float("inf"), 3),
            Point(51, 31),
            Point(51, 31),
        ],
        crs=4326,
    )


def marked_up():
    """Text full of markup, in every column that is shown."""
    return geopandas.GeoDataFrame(
        {
            "title": MARKUP,
            "begin": [1900 + number % 9 for number in range(len(MARKUP))],
            "end": [1920] * len(MARKUP),
            "category": MARKUP,
            "note": MARKUP,
            "source": MARKUP,
            "link": [
                "javascript:document.title='ran'",
                *["https://elsewhere.test/"] * (len(MARKUP) - 1),
            ],
        },
        geometry=[Point(50 + number % 9, 30 + number // 9) for number in range(len(MARKUP))],
        crs=4326,
    )


SETS = {
    "years": years,
    "european": european,
    "many": many,
    "southern": southern,
    "broken": broken,
    "marked-up": marked_up,
}
"""Each must become a page that opens, steps and asks for nothing."""
