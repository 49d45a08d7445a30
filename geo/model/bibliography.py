"""Sources as a bibliography prints them, and the form of what identifies them."""

from __future__ import annotations

import re
from typing import Final

from geo.model.catalogue import Source

__all__ = ["DOI_ADDRESS", "READ", "cite", "find_form_faults"]

DOI_ADDRESS: Final = "https://doi.org/"
"""What a DOI follows in its address."""

READ: Final = ("whole", "excerpt", "no")
"""How much of a work was read for this atlas."""

DOI: Final = re.compile(r"10\.\d{4,9}/[!-~]+")
"""Source: Crossref's pattern, without the restriction of letters that old DOIs break."""

LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?")
"""BCP 47: language, script, region."""


def cite(source: Source) -> str:
    """Return the citation with the place in the work, unless it names that place itself."""
    if not source.locator or source.locator in source.citation:
        return source.citation
    return f"{source.citation.removesuffix('.')}, {source.locator}."


def find_form_faults(source: Source) -> list[str]:
    """Return what of a source has not the form it should have."""
    faults = []
    if source.read not in READ:
        faults.append(f"read {source.read!r}, expected one of {', '.join(READ)}")
    if source.doi and not DOI.fullmatch(source.doi):
        faults.append(f"doi {source.doi!r}, expected such as 10.1080/00396338.2002.9688545")
    if source.isbn and not _is_isbn(source.isbn):
        faults.append(f"isbn {source.isbn!r}, expected 10 or 13 digits of which the last fits")
    if source.language and not LANGUAGE.fullmatch(source.language):
        faults.append(f"language {source.language!r}, expected BCP 47 such as fa or uz-Cyrl")
    return [f"source {source.id}: {fault}" for fault in faults]


def _is_isbn(text: str) -> bool:
    """Tell whether the check digit is right (ISO 2108); hyphens and spaces do not count."""
    signs = text.replace("-", "").replace(" ", "")
    if re.fullmatch(r"\d{9}[\dX]", signs):
        values = [10 if sign == "X" else int(sign) for sign in signs]
        return sum(value * (10 - place) for place, value in enumerate(values)) % 11 == 0
    if re.fullmatch(r"97[89]\d{10}", signs):
        return (
            sum(int(sign) * (3 if place % 2 else 1) for place, sign in enumerate(signs)) % 10 == 0
        )
    return False
