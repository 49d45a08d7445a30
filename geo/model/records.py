"""Sources, and the paragraphs and statements of the source text, as they are declared."""

from __future__ import annotations

from dataclasses import dataclass

from geo.model.schema import Address, Id, Name, Named, Record, Said, Text
from geo.model.views import View

__all__ = ["Claim", "Paragraph", "Source"]


@dataclass(frozen=True)
class Source:
    """A work that a feature or a finding cites."""

    __pydantic_config__ = Record

    id: Id
    title: Said
    producer: Said
    """Author, editor or issuing body."""
    citation: Said
    """The full citation, as a bibliography prints it."""
    license: Said
    """Licence of the work, or ``cited only`` when nothing but facts was taken from it."""
    url: Address = ""
    date_published: Text = ""
    date_accessed: Text = ""
    read: Text = ""
    """What was seen of it: ``whole``, ``excerpt`` or ``no``."""
    locator: Text = ""
    """Page, article or document number."""
    doi: Text = ""
    """Without its address."""
    isbn: Text = ""
    language: Text = ""
    """BCP 47; empty for English."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the source text."""

    __pydantic_config__ = Record

    id: Name
    """``P01`` to ``P28``."""
    subject: Named
    """What it is about, in a few words of ours."""
    no_claim: Text = ""
    """Why it has no claim; empty when it has some."""


@dataclass(frozen=True)
class Claim:
    """One assertion of the source text, in our words."""

    __pydantic_config__ = Record

    id: Name
    """Paragraph and number, such as ``P08-1``."""
    paragraph: Name
    statement: Said
    features: tuple[Id, ...] = ()
    """Ids of the features that show it."""
    not_mapped: Text = ""
    """Why no feature shows it."""
    pending: Text = ""
    """What is still to be mapped; empty when nothing is."""
    finding: Text = ""
    """Where research disagrees with the text; empty when it does not."""
    finding_sources: tuple[Id, ...] = ()
    """Sources of the finding."""
    views: tuple[View, ...] = ()
    """Accounts of the sides, where they differ."""

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources of its finding and its views."""
        return (*self.finding_sources, *(name for view in self.views for name in view.sources))
