"""Reading files: TOML and JSON from a regular file of a sane size, as plain UTF-8 text.

Whatever cannot be read ends in one message that says where, what was found and what was expected.
White space that breaks lines becomes one blank, because no drawing, title or citation holds a line
break; characters that XML or JSON cannot hold are refused.
"""

from __future__ import annotations

import json
import re
import stat
from pathlib import Path
from typing import Any, Final, NoReturn

import tomli

from geo.errors import CatalogueError, FeatureError, GeoError, raise_faults, show

__all__ = ["find_line", "read_json", "read_toml"]

MOST_BYTES: Final = 32 * 2**20
"""Size of a file that is still read. The largest layer of this atlas has one MB."""

DEEPEST: Final = 64
"""Levels of lists and objects in a file; a MultiPolygon in GeoJSON has nine."""

BREAKS: Final = re.compile(
    r"[ \t]*[\t-\r\x1c-\x1f\x85\u2028\u2029][\t-\r\x1c-\x1f\x85\u2028\u2029 ]*"
)
"""White space that is no blank, with the blanks around it."""

UNFIT: Final = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""Control characters, halves of surrogate pairs and noncharacters (XML 1.0, section 2.2), and what
turns the direction of all text that follows, where isolates (U+2066 to U+2069) end.
"""

ODD: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""Of BREAKS and UNFIT what may stand in a file as it is."""

ESCAPED: Final = re.compile(r"\\[bfnrtuU]")
"""How it is written otherwise."""

BOMS: Final = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file; raises CatalogueError naming the file, line and column."""
    text = _read_text(path, CatalogueError)
    try:
        table = tomli.loads(text)
    except RecursionError as err:
        raise CatalogueError(f"{path}: is nested too deeply, expected plain tables") from err
    except ValueError as err:  # TOMLDecodeError, and numbers with too many digits
        raise CatalogueError(f"{path}: not valid TOML: {err}") from err
    plain: dict[str, Any] = _with_plain_texts(path, text, table, CatalogueError)
    return plain


def read_json(path: Path) -> Any:
    """Read a JSON file; raises FeatureError naming the file, line and column.

    Stricter than Python's reader: no NaN or Infinity, no key twice in one object.
    """
    text = _read_text(path, FeatureError)
    try:
        value = json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_distinct)
    except RecursionError as err:
        raise FeatureError(f"{path}: is nested too deeply, expected GeoJSON") from err
    except ValueError as err:
        found = err if text.strip() else "found nothing"
        raise FeatureError(f"{path}: not valid JSON: {found}") from err
    return _with_plain_texts(path, text, value, FeatureError)


def find_line(path: Path, key: str, number: int) -> int | None:
    """Return the line on which the ``[[key]]`` table of a number (from 1) begins in a TOML file."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        return None
    heads = list(re.finditer(rf"^[ \t]*\[\[[ \t]*{re.escape(key)}[ \t]*\]\]", text, re.MULTILINE))
    if len(heads) < number:
        return None
    return text.count("\n", 0, heads[number - 1].start()) + 1


def _read_text(path: Path, error: type[GeoError]) -> str:
    """Return the text of a regular file; pipes and devices would make the reader wait for ever."""
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            what = "a folder" if stat.S_ISDIR(about.st_mode) else "a pipe or device"
            raise error(f"{path}: cannot be read: found {what}, expected a file")
        if about.st_size > MOST_BYTES:
            raise error(
                f"{path}: found {about.st_size / 2**20:.0f} MB, expected at most "
                f"{MOST_BYTES / 2**20:.0f} MB"
            )
        data = path.read_bytes()
    except OSError as err:
        raise error(f"{path}: cannot be read: {err.strerror}") from err
    except ValueError as err:  # a path with a null character
        raise error(f"{str(path)!r}: cannot be read: {err}") from err
    return _decode(path, data, error)


def _decode(path: Path, data: bytes, error: type[GeoError]) -> str:
    if data[:2] in BOMS:
        raise error(f"{path}: found text in {BOMS[data[:2]]}, expected UTF-8: save it as UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as err:
        start = data.rfind(b"\n", 0, err.start) + 1
        end = data.find(b"\n", err.start)
        line = data[start : end if end >= 0 else None].decode("cp1252", "replace").strip()
        number = data.count(b"\n", 0, err.start) + 1
        raise error(
            f"{path}: line {number} has byte 0x{data[err.start]:02x}, which is not UTF-8; "
            f"in Windows-1252 the line reads {show(line)}: save the file as UTF-8"
        ) from err


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"found {name}, expected a number")


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"key {show(twice)} stands twice in one object")
    return found


def _with_plain_texts(path: Path, text: str, value: Any, error: type[GeoError]) -> Any:
    # Only a file that may hold such a text somewhere has its texts looked at one by one.
    quoted = '"""' in text or "'''" in text
    if not (quoted or ODD.search(text) or ("\\" in text and ESCAPED.search(text))):
        return value
    faults: list[str] = []
    plain = _plain(value, "", faults, DEEPEST)
    raise_faults(error, str(path), faults)
    return plain


def _plain(value: Any, place: str, faults: list[str], levels: int) -> Any:
    """Return a value whose texts hold no line break, adding a fault for each that holds worse."""
    if isinstance(value, str):
        return _plain_text(value, place, faults)
    if not isinstance(value, list | dict):
        return value
    if levels == 0:
        faults.append(f"{place}: is nested more than {DEEPEST} levels deep")
        return value
    if isinstance(value, list):
        return [
            _plain(item, f"{place}[{number}]", faults, levels - 1)
            for number, item in enumerate(value, start=1)
        ]
    return {
        _plain_text(key, f"{place} key", faults): _plain(
            item, f"{place}.{key}" if place else key, faults, levels - 1
        )
        for key, item in value.items()
    }


def _plain_text(text: str, place: str, faults: list[str]) -> str:
    unfit = sorted({f"U+{ord(found):04X}" for found in UNFIT.findall(text)})
    if unfit:
        faults.append(f"{show(place)} holds {', '.join(unfit)}, which no text can show")
    if not BREAKS.search(text):
        return text
    return BREAKS.sub(" ", text).strip()
