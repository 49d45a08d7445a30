"""Hostile files: how to damage a good feature, one kind of damage after another."""

import copy
import json
import re

GOOD = {
    "type": "Feature",
    "id": "a-mark",
    "properties": {
        "id": "a-mark",
        "title": "A mark",
        "kind": "political-event",
        "begin": "1907-09-01",
        "end": "1907-09-02",
        "begin_edtf": "1907-09-01",
        "end_edtf": "1907-09-01",
        "certainty": "certain",
        "precision_km": 5,
        "sources": ["iranica-1907"],
        "claims": [],
        "context": "A trial.",
        "actor": "iran",
        "status": "event",
        "label": "Mark",
        "label_rank": 1,
        "label_at": [51.4, 35.7],
        "force": 1,
        "note": "A note.",
        "figures": ["1"],
        "history": [{"on": "1907", "text": "Then."}],
        "views": [{"whose": "Iranian", "says": "So.", "sources": ["iranica-1907"]}],
    },
    "geometry": {"type": "Point", "coordinates": [51.4, 35.7]},
}

NOT_OF_ANY_TYPE = [
    None, True, 0, -1, 1e300, "", "x", [], [None], [[]], [1], {}, {"a": None}, ["x", 1], "\ud800",
]  # fmt: skip
"""Each stands where something else belongs."""

FAULTY_GEOMETRIES = {
    "no type": {"coordinates": [1, 2]},
    "type is a list": {"type": ["Point"], "coordinates": [1, 2]},
    "unknown type": {"type": "Circle", "coordinates": [1, 2]},
    "collection": {"type": "GeometryCollection", "geometries": []},
    "collection of itself": {
        "type": "GeometryCollection",
        "geometries": [{"type": "GeometryCollection", "geometries": []}],
    },
    "no coordinates": {"type": "Point"},
    "coordinates null": {"type": "Point", "coordinates": None},
    "coordinates empty": {"type": "Point", "coordinates": []},
    "coordinates an object": {"type": "Point", "coordinates": {"x": 1, "y": 2}},
    "coordinates text": {"type": "Point", "coordinates": "51,35"},
    "numbers as text": {"type": "Point", "coordinates": ["51", "35"]},
    "booleans": {"type": "Point", "coordinates": [True, False]},
    "one boolean": {"type": "LineString", "coordinates": [[51, True], [52, 35]]},
    "nulls": {"type": "Point", "coordinates": [None, None]},
    "one number": {"type": "Point", "coordinates": [51]},
    "three numbers": {"type": "Point", "coordinates": [51, 35, 4]},
    "latitude 100": {"type": "Point", "coordinates": [51, 100]},
    "longitude 550": {"type": "Point", "coordinates": [550, 35]},
    "metres": {"type": "Point", "coordinates": [5_700_000, 4_100_000]},
    "huge": {"type": "Point", "coordinates": [10**300, 35]},
    "huge whole number": {"type": "LineString", "coordinates": [[10**400, 1], [2, 3]]},
    "too many decimals": {"type": "Point", "coordinates": [51.123456789, 35]},
    "nested too little": {"type": "LineString", "coordinates": [51, 35]},
    "nested too much": {"type": "Point", "coordinates": [[51, 35]]},
    "multipoint": {"type": "MultiPoint", "coordinates": [[51, 35]]},
    "line under a point's kind": {"type": "LineString", "coordinates": [[51, 35], [52, 35]]},
    "polygon under a point's kind": {
        "type": "Polygon",
        "coordinates": [[[51, 35], [52, 35], [52, 36], [51, 35]]],
    },
    "line of one": {"type": "LineString", "coordinates": [[51, 35]]},
    "line of none": {"type": "LineString", "coordinates": []},
    "ragged": {"type": "LineString", "coordinates": [[51, 35], [52], [53, 36, 1]]},
    "texts among positions": {"type": "LineString", "coordinates": [[51, 35], "tabriz"]},
    "multiline of nothing": {"type": "MultiLineString", "coordinates": [[], []]},
    "multiline of a number": {"type": "MultiLineString", "coordinates": [5]},
    "open ring": {"type": "Polygon", "coordinates": [[[51, 35], [52, 35], [52, 36], [51, 36]]]},
    "ring of three": {"type": "Polygon", "coordinates": [[[51, 35], [52, 35], [51, 35]]]},
    "ring of one point": {"type": "Polygon", "coordinates": [[[51, 35]] * 4]},
    "no ring": {"type": "Polygon", "coordinates": []},
    "empty ring": {"type": "Polygon", "coordinates": [[]]},
    "multipolygon of rings": {
        "type": "MultiPolygon",
        "coordinates": [[[51, 35], [52, 35], [52, 36], [51, 35]]],
    },
}

FAULTY_AREAS = {
    "bow tie": [[50, 30], [54, 34], [54, 30], [50, 34], [50, 30]],
    "flat": [[50, 30], [54, 30], [52, 30], [50, 30]],
    "spike": [[50, 30], [54, 30], [54, 34], [54, 30], [50, 34], [50, 30]],
}

FAULTY_FILES = {
    "nothing": b"",
    "blank": b" \n",
    "a null": b"null",
    "a number": b"5",
    "a text": b'"x"',
    "a list": b"[]",
    "an object": b"{}",
    "one feature": b'{"type":"Feature","properties":{},"geometry":null}',
    "no features": b'{"type":"FeatureCollection"}',
    "features null": b'{"type":"FeatureCollection","features":null}',
    "features an object": b'{"type":"FeatureCollection","features":{}}',
    "features a text": b'{"type":"FeatureCollection","features":"abc"}',
    "features of null": b'{"type":"FeatureCollection","features":[null]}',
    "features of lists": b'{"type":"FeatureCollection","features":[[],[[]]]}',
    "features of numbers": b'{"type":"FeatureCollection","features":[1,2]}',
    "features of texts": b'{"type":"FeatureCollection","features":["a"]}',
    "features of booleans": b'{"type":"FeatureCollection","features":[true]}',
    "features without type": b'{"type":"FeatureCollection","features":[{"properties":{}}]}',
    "type is a list": b'{"type":["FeatureCollection"],"features":[]}',
    "truncated": b'{"type":"FeatureCollection","features":[{"type":"Fea',
    "trailing comma": b'{"type":"FeatureCollection","features":[],}',
    "two values": b'{"type":"FeatureCollection","features":[]}{}',
    "NaN": b'{"type":"FeatureCollection","features":[],"x":NaN}',
    "Infinity": b'{"type":"FeatureCollection","features":[],"x":-Infinity}',
    "1e999": b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"a",'
    b'"precision_km":1e999},"geometry":null}]}',
    "key twice": b'{"type":"FeatureCollection","features":[],"features":[null]}',
    "a page": b"<!DOCTYPE html><title>404</title>",
    "XML": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
    "binary": bytes(range(256)),
    "UTF-16": '{"type":"FeatureCollection","features":[]}'.encode("utf-16"),
    "Windows-1252": '{"type":"FeatureCollection","features":[],"x":"café’"}'.encode("cp1252"),
    "gzip": b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
    "null bytes": b"\x00" * 100,
    "lists 100,000 deep": b"[" * 100_000 + b"]" * 100_000,
    "objects 100,000 deep": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "coordinates 5,000 deep": b'{"type":"FeatureCollection","features":[{"type":"Feature",'
    b'"properties":{"id":"a"},"geometry":{"type":"Polygon","coordinates":'
    + b"[" * 5_000 + b"]" * 5_000 + b"}}]}",
    "a number of 100,000 digits": b'{"type":"FeatureCollection","features":['
    + b"9" * 100_000 + b"]}",
    "a text of 3,000,000 letters": b'{"type":"' + b"x" * 3_000_000 + b'","features":[]}',
    "20,000 features of null": b'{"type":"FeatureCollection","features":['
    + b",".join([b"null"] * 20_000) + b"]}",
    "100,000 wrong positions": b'{"type":"FeatureCollection","features":[{"type":"Feature",'
    b'"properties":{"id":"a"},"geometry":{"type":"LineString","coordinates":['
    + b",".join([b"[999,999]"] * 100_000) + b"]}}]}",
    "400,000 positions": b'{"type":"FeatureCollection","features":[{"type":"Feature",'
    b'"properties":{"id":"a"},"geometry":{"type":"LineString","coordinates":['
    + b",".join([b"[51,35]"] * 400_000) + b"]}}]}",
}  # fmt: skip


def star(edges):
    """A closed star whose edges all cross each other."""
    from math import cos, pi, sin

    step = edges // 2 - 1
    ring = [
        [
            round(51 + 3 * cos(2 * pi * step * n / edges), 5),
            round(34 + 3 * sin(2 * pi * step * n / edges), 5),
        ]
        for n in range(edges)
    ]
    return [*ring, ring[0]]


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def damaged_files():
    """Yield a name and the bytes of each hostile layer file."""
    yield from FAULTY_FILES.items()
    for key in GOOD["properties"]:
        for number, value in enumerate(NOT_OF_ANY_TYPE):
            feature = copy.deepcopy(GOOD)
            feature["properties"][key] = value
            yield f"{key} is wrong {number}", collection(feature)
        feature = copy.deepcopy(GOOD)
        del feature["properties"][key]
        yield f"{key} is missing", collection(feature)
    for key in ("type", "properties", "geometry", "id"):
        for number, value in enumerate(NOT_OF_ANY_TYPE):
            yield f"member {key} is wrong {number}", collection({**GOOD, key: value})
    for name, geometry in FAULTY_GEOMETRIES.items():
        yield f"geometry: {name}", collection({**GOOD, "geometry": geometry})
    area = copy.deepcopy(GOOD)
    area["properties"]["kind"] = "control"
    for name, ring in {**FAULTY_AREAS, "star of 1,500 edges": star(1501)}.items():
        geometry = {"type": "Polygon", "coordinates": [ring]}
        yield f"area: {name}", collection({**area, "geometry": geometry})
    line = copy.deepcopy(GOOD)
    line["properties"] |= {"kind": "axis", "dates": ["1907"], "places": ["tabriz"]}
    line["geometry"] = {"type": "LineString", "coordinates": [[51, 35], [52, 36]]}
    yield "fewer dates than stops", collection(line)
    line["properties"] |= {"dates": ["1907", "soon"], "places": ["", ""]}
    yield "a date that is none", collection(line)
    yield "the same id twice", collection(GOOD, GOOD)
    for key, value in {
        "kind": "volcano", "actor": "nobody", "along": "no-such-line", "sources": ["none"],
        "claims": ["P99-9"], "title": "x" * 5_000, "label": "y" * 4_000, "begin": "0000-01-01",
        "end": "9999-12-31", "begin_edtf": "9999", "end_edtf": "1907-13",
        "history": [{"on": "1907-00", "text": "x"}],
    }.items():  # fmt: skip
        feature = copy.deepcopy(GOOD)
        feature["properties"][key] = value
        yield f"{key}: {str(value)[:20]}", collection(feature)
    for sign in "\r\n\x0b\x0c\x1c\x85\u2028\u2029\x00\x01\x7f\x9f\ufffe":
        for key in ("title", "label", "note", "context"):
            feature = copy.deepcopy(GOOD)
            feature["properties"][key] = f"Two{sign}lines"
            yield f"{key} with U+{ord(sign):04X}", collection(feature)


def to_toml(table):
    """Return a table as TOML, one key a line; values are JSON's, which TOML has alike."""
    lines = []
    for key, value in table.items():
        if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
            lines += [f"[[{_key(key)}]]\n{_pairs(item)}" for item in value]
        elif isinstance(value, dict):
            lines.append(f"[{_key(key)}]\n{_pairs(value)}")
        else:
            lines.insert(0, f"{_key(key)} = {_value(value)}")
    return "\n".join(lines) + "\n"


def _key(key):
    return key if re.fullmatch("[A-Za-z0-9_-]+", key) else json.dumps(key)


def _pairs(table):
    return "\n".join(f"{_key(key)} = {_value(value)}" for key, value in table.items())


def _value(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)} = {_value(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, float):
        return repr(value) if "." in repr(value) or "n" in repr(value) else f"{value:.1f}"
    return (
        value.isoformat()
        if hasattr(value, "isoformat")
        else json.dumps(value).replace("\x7f", "\\u007f")
    )


def _first(table, keys):
    """Return a table with the first entry of some arrays of tables."""
    return {key: value[:1] if key in keys else value for key, value in table.items()}


def write_small_atlas(root, source):
    """Write a small atlas that is in order: one era, one layer, one claim; returns its tables."""
    import tomllib

    def read(name):
        return tomllib.loads((source / name).read_text(encoding="utf-8"))

    catalogue = read("layers/catalogue.toml")
    base = [layer for layer in catalogue["layer"] if layer.get("base")]
    theme = next(layer for layer in catalogue["layer"] if layer["id"] == "bushehr")
    era = {**catalogue["era"][-1], "layers": ["bushehr"], "claims": ["P01-1"]}
    era.pop("formerly", None)
    for layer in (*base, theme):
        layer["sources"] = ["geonames"]
    works = [work for work in read("layers/sources.toml")["source"] if work["id"] == "geonames"]
    claim = {
        "id": "P01-1", "paragraph": "P01", "statement": "So.", "not_mapped": "No place.",
        "finding": "Not so.", "finding_sources": ["geonames"],
        "views": [{"whose": "Soviet", "says": "So.", "sources": ["geonames"]}],
    }  # fmt: skip
    tables = {
        "layers/catalogue.toml": {
            "atlas": catalogue["atlas"],
            "era": [era],
            "layer": [*base, theme],
        },
        "layers/sources.toml": {"source": works},
        "seeds/claims.toml": {"paragraph": [{"id": "P01", "subject": "x"}], "claim": [claim]},
        "layers/symbology.toml": read("layers/symbology.toml"),
        "layers/variants.toml": _first(read("layers/variants.toml"), {"word"}),
        "layers/checks.toml": read("layers/checks.toml"),
    }
    for name, table in tables.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(to_toml(table), encoding="utf-8")
    return tables
