"""Hostile and odd tables, as files beside a sketch and as layers of one's own."""

from functools import cache
from time import process_time

import pytest
from hostile_tables import INPUTS

import geo
from geo.errors import GeoError, list_faults
from geo.recipes.tables import expand_tables
from geo.tables import reader
from geo.tables.reader import load_table

LONGEST_WAIT = 5
"""Seconds of this process; that of the file's own reader ends by itself."""

DRAWN = (
    "names of Python and of JavaScript",
    "a thousand signs above a letter",
    "directions of writing",
    "all at one place",
    "the whole Earth",
    "a comb of 40,000 vertices",
)
"""Maps whose page is made, too: the others differ from these in what is read alone."""

KEPT = {
    "dates of many kinds": 4,
    "all at one place": 2000,
    "longitudes on the other side": 1,
    "across the line of dates": 1,
    "a star that crosses itself two million times": 1,
    "huge numbers": 1,
    "metres that are none": 1,
}
"""How many features are shown where not all rows can be."""


@cache
def loaded(name):
    """Read an input once; returns what was read, or the message."""
    try:
        return load_table(INPUTS[name][0], "file")
    except GeoError as err:
        return str(err)


def told(name):
    """Return the map of an input, or the message."""
    read = loaded(name)
    try:
        return read if isinstance(read, str) else geo.explore(read.frame)
    except GeoError as err:
        return str(err)


@pytest.mark.sampled
@pytest.mark.parametrize("name", INPUTS)
def test_a_table_becomes_a_map_or_one_clear_message(name):
    expected = INPUTS[name][1]
    began = process_time()
    found = told(name)
    if name in DRAWN:
        assert "<script>document" not in found.page
    assert process_time() - began < LONGEST_WAIT
    if expected:
        assert expected in found
        assert "Traceback" not in found
    else:
        assert len(found.features) >= 1
        assert len(found.features) == KEPT.get(name, len(found.features))


@pytest.mark.sampled
@pytest.mark.parametrize("name", INPUTS)
def test_a_table_beside_a_sketch_is_built_or_refused(tmp_path, monkeypatch, name):
    def load(*_, **__):
        read = loaded(name)
        if isinstance(read, str):
            raise GeoError(read)
        return read

    monkeypatch.setattr("geo.recipes.tables.load_table", load)
    (tmp_path / "file").touch()
    table = {"from": "file", "kind": "own-point", "certainty": "certain"}
    faults = []
    sketch, _ = expand_tables({"table": [table]}, tmp_path, faults, [])
    found = "\n".join(list_faults(faults)) or sketch["feature"]
    assert found
    assert isinstance(found, list) or ("file" in found and len(found) < 20_000)


@pytest.mark.parametrize("body", ["import time\ntime.sleep(60)", "while True: pass"])
def test_a_reader_that_hangs_is_ended_with_one_message(tmp_path, monkeypatch, body):
    script = tmp_path / "worker.py"
    script.write_text(body)
    monkeypatch.setattr(reader, "WORKER", script)
    monkeypatch.setattr(reader, "PATIENCE", 0.3)
    with pytest.raises(GeoError, match=r"^mine\.csv: reading it takes longer than 0\.3 seconds$"):
        load_table(b"name,lon,lat\n", "mine.csv")


def test_a_file_may_take_five_seconds():
    assert reader.PATIENCE == 5
