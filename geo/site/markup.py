"""HTML as text: whatever is not marked as markup is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from string import Template

from geo.assets import read_asset

__all__ = ["Html", "element", "fill", "join", "link", "text_or_markup", "void"]


class Html(str):
    """Markup, to be inserted as it is."""

    __slots__ = ()


class PageTemplate(Template):
    """A template whose fields may carry hyphens: ``${t.how-to-embed}``."""

    braceidpattern = r"[a-z][a-z.-]*"
    flags = re.NOFLAG  # small letters only


def fill(name: str, fields: dict[str, str]) -> Html:
    """Return a template of ``assets/site`` with its fields filled in; texts are escaped."""
    template = PageTemplate(read_asset(f"site/{name}"))
    return Html(template.substitute({key: text_or_markup(value) for key, value in fields.items()}))


def element(name: str, content: str = "", /, **attributes: object) -> Html:
    """Return an element; None is left out, True stands alone, ``_`` in names becomes ``-``."""
    pairs = "".join(
        f" {key.rstrip('_').replace('_', '-')}"
        + ("" if value is True else f'="{escape(str(value))}"')
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    return Html(f"<{name}{pairs}>{text_or_markup(content)}</{name}>")


def void(name: str, /, **attributes: object) -> Html:
    """Return an element that holds nothing, such as an image."""
    return Html(element(name, "", **attributes).removesuffix(f"</{name}>"))


def link(target: str, content: str, /, **attributes: object) -> Html:
    """Return a link; an address that is neither ours nor http(s) is left out, its text is not."""
    scheme = target.split(":", 1)[0].lower() if ":" in target.split("/", 1)[0] else ""
    if scheme not in ("", "http", "https"):
        return Html(text_or_markup(content))
    return element("a", content, href=target, **attributes)


def join(parts: Iterable[str], between: str = "") -> Html:
    """Return markup and texts one after the other."""
    return Html(text_or_markup(between).join(text_or_markup(part) for part in parts))


def text_or_markup(value: str) -> str:
    """Return markup as it is, and any other text escaped."""
    return value if isinstance(value, Html) else escape(value)
