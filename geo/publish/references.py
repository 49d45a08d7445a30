"""The bibliography for reference managers: CSL-JSON and BibTeX."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from geo.model.bibliography import cite
from geo.model.catalogue import Source
from geo.publish.table import Table

__all__ = ["to_bibtex", "to_csl"]

DAY: Final = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")

SPECIAL: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "%&#_$"},
}
"""What TeX would take for something else."""


def to_csl(table: Table) -> bytes:
    """Return the works cited as CSL-JSON."""
    about = {name: table.about[name] for name in ("license", "attribution", "version")}
    items = [{**_item(source), "custom": about} for source in _cited(table)]
    return (json.dumps(items, ensure_ascii=False, indent=1) + "\n").encode()


def to_bibtex(table: Table) -> bytes:
    """Return the works cited as BibTeX (UTF-8)."""
    head = "".join(f"% {name}: {text}\n" for name, text in table.about.items())
    return (head + "\n".join(_entry(source) for source in _cited(table))).encode()


def _cited(table: Table) -> list[Source]:
    """Return the sources of the features, in the order of the bibliography."""
    wanted = {name for feature in table.features for name in feature.sources}
    return [source for source in table.catalogue.sources.values() if source.id in wanted]


def _item(source: Source) -> dict[str, Any]:
    item = {
        "id": source.id,
        "type": "book" if source.isbn else "document",
        "title": source.title,
        "author": [{"literal": source.producer}],
        "issued": _csl_date(source.date_published),
        "accessed": _csl_date(source.date_accessed),
        "URL": source.url,
        "DOI": source.doi,
        "ISBN": source.isbn,
        "language": source.language or "en",
        "note": cite(source),
    }
    return {name: value for name, value in item.items() if value}


def _csl_date(text: str) -> dict[str, Any]:
    if not text:
        return {}
    if day := DAY.fullmatch(text):
        return {"date-parts": [[int(part) for part in day.groups() if part]]}
    return {"literal": text}


def _entry(source: Source) -> str:
    fields = {
        "author": f"{{{_tex(source.producer)}}}",
        "title": f"{{{_tex(source.title)}}}",
        "year": _tex(source.date_published[:4] if source.date_published[:4].isdigit() else ""),
        "date": _tex(source.date_published),
        "url": re.sub(r"[{}\\]", lambda sign: f"%{ord(sign[0]):02X}", source.url),
        "urldate": _tex(source.date_accessed),
        "doi": _tex(source.doi),
        "isbn": _tex(source.isbn),
        "language": _tex(source.language),
        "note": _tex(cite(source)),
    }
    lines = "".join(f"  {name} = {{{text}}},\n" for name, text in fields.items() if text)
    return f"@{'book' if source.isbn else 'misc'}{{{source.id},\n{lines}}}\n"


def _tex(text: str) -> str:
    return "".join(SPECIAL.get(sign, sign) for sign in text)
