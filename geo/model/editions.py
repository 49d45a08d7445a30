"""The atlas in other languages: a folder for each below ``layers/texts/``.

``interface.toml`` has the texts of controls and pages. The other files there have one table for
each thing, ``[era.1907-spheres]``, with its texts by field and ``of``, the mark of the English that
they translate. What has no translation stays English.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from geo.errors import CatalogueError, raise_faults, show
from geo.files import write_text
from geo.model.bibliography import LANGUAGE
from geo.model.catalogue import Catalogue
from geo.model.features import Feature
from geo.model.layers import load_features
from geo.model.reading import read_toml
from geo.model.symbology import Symbology, load_symbology
from geo.model.texts import FIELDS, GROUND, Key, Texts, mark_of, put_texts, texts_of
from geo.model.wording import (
    ENGLISH,
    FILES,
    TEXTS,
    Wording,
    find_languages,
    load_wording,
    read_interface,
)

__all__ = [
    "OF",
    "Edition",
    "Survey",
    "begin_language",
    "draft_texts",
    "load_edition",
    "survey_languages",
]

OF: Final = "of"
"""The key of the mark."""

LISTED: Final = 20
"""Texts that a report names one by one."""


@dataclass(frozen=True)
class Edition:
    """The atlas in one language."""

    catalogue: Catalogue
    features: Sequence[Feature]
    symbology: Symbology
    wording: Wording


@dataclass(frozen=True)
class Survey:
    """What a language has of the atlas's texts."""

    language: str
    texts: int
    """All there are."""
    missing: tuple[str, ...]
    """Where it has none."""
    stale: tuple[str, ...]
    """Whose English has changed since."""
    left_over: tuple[str, ...]
    """What translates nothing."""
    unchanged: int
    """Texts that read as in English: still to be translated, or names that stay."""

    def lines(self) -> list[str]:
        """Return the survey for people."""
        told = self.texts - len(self.missing)
        return [
            f"language {self.language}: {told} of {self.texts} texts, "
            f"{self.unchanged} of them as in English",
            *(
                f"language {self.language}: {len(found)} {what}: {_first(found)}"
                for what, found in (
                    ("missing", self.missing),
                    ("out of date", self.stale),
                    ("left over", self.left_over),
                )
                if found
            ),
        ]


def load_edition(
    catalogue: Catalogue, language: str = ENGLISH, features: Sequence[Feature] | None = None
) -> Edition:
    """Return the atlas in a language; raises UnknownIdError for one that has no texts.

    `features` are those of the themes, where they have been read already.

    Examples
    --------
    >>> import geo
    >>> edition = load_edition(geo.load_catalogue())
    >>> edition.wording.direction
    'ltr'
    """
    wording = load_wording(language, catalogue.root)
    features = load_features(catalogue) if features is None else features
    symbology = load_symbology(catalogue.root)
    if language == ENGLISH:
        return Edition(catalogue, features, symbology, wording)
    english = texts_of(catalogue, [*features, *_load_ground(catalogue)], symbology)
    told = {
        key: {
            field: text for field, text in texts.items() if _fits(english.get(key, {}), field, text)
        }
        for key, texts in _read(catalogue.root, language).items()
    }
    return Edition(*put_texts(told, catalogue, features, symbology), wording)


def begin_language(catalogue: Catalogue, language: str) -> list[Path]:
    """Write the files of a language, with all texts in English, and return them.

    Raises CatalogueError for a name that is none of a language, and where its folder exists.
    """
    folder = catalogue.root / TEXTS / language
    if not LANGUAGE.fullmatch(language) or language == ENGLISH:
        raise CatalogueError(f"language: found {language!r}, expected BCP 47 such as fa or uz-Cyrl")
    if folder.exists():
        raise CatalogueError(
            f"{folder}: is there already; `python -m geo check` says what it lacks"
        )
    features = [*load_features(catalogue), *_load_ground(catalogue)]
    texts = texts_of(catalogue, features, load_symbology(catalogue.root))
    assets = files("geo") / "assets"
    interfaces = {
        name: assets.joinpath(*english.split("/")).read_text(encoding="utf-8")
        for name, english in FILES.items()
    }
    written = {**interfaces, **dict(draft_texts(texts))}
    for name, text in written.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_text(folder / name, text)
    return [folder / name for name in written]


def survey_languages(
    catalogue: Catalogue, features: Iterable[Feature], symbology: Symbology
) -> list[Survey]:
    """Return what each language besides English has, lacks, and has in vain.

    `features` are those of all layers, base included.
    """
    english = texts_of(catalogue, features, symbology)
    return [
        _survey(catalogue.root, language, english)
        for language in find_languages(catalogue.root)
        if language != ENGLISH
    ]


def draft_texts(
    texts: Mapping[Key, Texts], tell: Callable[[str], str] = str
) -> Iterator[tuple[str, str]]:
    """Yield a file for each sort of texts, as a translator begins with them: name and content.

    `tell` makes of an English text what stands there.
    """
    for wanted in FIELDS:
        tables = [_draft(key, own, tell) for key, own in texts.items() if key[0] == wanted]
        if tables:
            yield f"{wanted}.toml", "\n".join(tables)


def _load_ground(catalogue: Catalogue) -> Sequence[Feature]:
    """Read what the base names, but for layers that are known to be unread."""
    named = GROUND.keys() - catalogue.unread
    return load_features(catalogue, [layer for layer in catalogue.layers if layer.id in named])


def _draft(key: Key, texts: Texts, tell: Callable[[str], str]) -> str:
    told = {
        field: [tell(part) for part in text] if isinstance(text, list) else tell(text)
        for field, text in texts.items()
    }
    lines = [
        f"{field} = {json.dumps(text, ensure_ascii=False)}"
        for field, text in {OF: mark_of(texts), **told}.items()
    ]
    return "\n".join([f"[{key[0]}.{key[1]}]", *lines, ""])


def _first(found: Sequence[str]) -> str:
    more = len(found) - LISTED
    return ", ".join(found[:LISTED]) + (f" and {more} more" if more > 0 else "")


def _survey(root: Path, language: str, english: Mapping[Key, Texts]) -> Survey:
    told = _read(root, language)
    wanted = {(key, field) for key, texts in english.items() for field in texts}
    has = {(key, field) for key, texts in told.items() for field in texts if field != OF}
    fitting = {
        (key, field) for key, field in has if _fits(english.get(key, {}), field, told[key][field])
    }
    own, all_own = (dict(_interface(name, root)) for name in (language, ENGLISH))
    return Survey(
        language,
        texts=len(wanted) + len(all_own),
        missing=_named(wanted - fitting) + tuple(sorted(all_own.keys() - own.keys())),
        stale=tuple(
            " ".join(key)
            for key, texts in told.items()
            if key in english and texts[OF] != mark_of(english[key])
        ),
        left_over=_named(has - wanted) + tuple(sorted(own.keys() - all_own.keys())),
        unchanged=sum(told[key][field] == english[key][field] for key, field in fitting)
        + sum(own[name] == text for name, text in all_own.items() if name in own),
    )


def _named(found: Iterable[tuple[Key, str]]) -> tuple[str, ...]:
    return tuple(sorted(f"{sort} {name} {field}" for (sort, name), field in found))


def _interface(language: str, root: Path) -> Iterator[tuple[str, Any]]:
    """Yield name and text of what a language has of controls and pages."""
    for file in FILES:
        yield from _flat(read_interface(language, root, file), f"{file.removesuffix('.toml')} ")


def _flat(table: Mapping[str, Any], before: str) -> Iterator[tuple[str, Any]]:
    for name, told in table.items():
        if isinstance(told, dict):
            yield from _flat(told, f"{before}{name}.")
        else:
            yield f"{before}{name}", told


def _fits(english: Texts, field: str, text: Any) -> bool:
    """Tell whether a translation has the form of its English: one text, or as many."""
    wanted = english.get(field)
    if isinstance(wanted, list):
        return isinstance(text, list) and len(text) == len(wanted)
    return isinstance(wanted, str)


def _read(root: Path, language: str) -> dict[Key, Texts]:
    """Return all translations of a language; raises CatalogueError with every fault found."""
    found: dict[Key, Texts] = {}
    faults: list[str] = []
    for path in sorted((root / TEXTS / language).glob("*.toml")):
        if path.name in FILES:
            continue
        where = path.relative_to(root)
        for sort, things in read_toml(path).items():
            if sort not in FIELDS or not isinstance(things, dict):
                faults.append(f"{where}: found [{sort}], expected one of {', '.join(FIELDS)}")
                continue
            for name, texts in things.items():
                place = f"{where}: [{sort}.{name}]"
                if (sort, name) in found:
                    faults.append(f"{place}: stands in another file, too")
                faults += [f"{place}: {fault}" for fault in _faults(texts)]
                found[sort, name] = texts
    raise_faults(CatalogueError, "", faults)
    return found


def _faults(texts: Any) -> Iterable[str]:
    """Yield what is wrong in the form of one thing's texts."""
    if not isinstance(texts, dict):
        yield f"found {show(texts)}, expected a table of texts"
        return
    if not isinstance(texts.get(OF), str):
        yield f"found no {OF!r}, expected the mark of the English (`python -m geo check` tells it)"
    for field, text in texts.items():
        parts = text if isinstance(text, list) else [text]
        if not all(isinstance(part, str) and part for part in parts):
            yield f"{field}: found {show(text)}, expected a text or a list of texts"
