"""The licences of all dependencies, as their packages tell them: writes docs/licences.md."""

from __future__ import annotations

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]

NAMES: Final = ("requirements.txt", "requirements-dev.txt")

PINNED: Final = re.compile(r"^([\w.-]+)(?:\[[^\]]*\])?==([\w.+!-]+)", re.MULTILINE)

IN_FULL: Final = re.compile(r"dist-info/.*licen[cs]e", re.IGNORECASE)

LONGEST: Final = 60
"""Characters of a licence's name; some packages put the whole text there."""

HEAD: Final = """# Licences

The atlas's own code is MIT ([LICENSE](../LICENSE)), its layers, texts and register of claims
are CC BY 4.0 ([layers/LICENSE](../layers/LICENSE)). What is inside a map is named in its About box,
from `geo/assets/parts.toml`.

Below is what the app, the site and the tests are run with, as each package tells of itself.
`make licences` writes this page from the packages that are installed; nothing of it is typed.
"""


def pinned(name: str) -> dict[str, str]:
    """Return the versions that a file of requirements pins, by package."""
    return dict(PINNED.findall((ROOT / name).read_text(encoding="utf-8")))


def licence_of(package: Distribution) -> str:
    """Return what a package says its licence is."""
    told = package.metadata
    kinds = [
        kind.rpartition(" :: ")[2]
        for kind in told.get_all("Classifier") or []
        if kind.startswith("License :: ") and kind != "License :: OSI Approved"
    ]
    short = (told.get("License") or "").strip()
    if expression := told.get("License-Expression"):
        return str(expression)
    if short and len(short) <= LONGEST and "\n" not in short and short != "UNKNOWN":
        return short
    if kinds:
        return ", ".join(kinds)
    texts = [file for file in package.files or [] if IN_FULL.search(str(file))]
    return f"see its {texts[0].name}" if texts else "says none"


def row(name: str, version: str) -> str:
    """Return a package as a row of the table."""
    try:
        package = distribution(name)
    except PackageNotFoundError:
        return f"| {name} | {version} | not installed here |"
    return f"| {name} | {version} | {licence_of(package).replace('|', '/')} |"


def table(packages: dict[str, str]) -> str:
    """Return packages as a table."""
    rows = [row(name, version) for name, version in sorted(packages.items())]
    return "\n".join(["| package | version | licence |", "| --- | --- | --- |", *rows])


def main() -> None:
    """Write the page."""
    needed, all_of_them = (pinned(name) for name in NAMES)
    more = {name: version for name, version in all_of_them.items() if name not in needed}
    text = (
        f"{HEAD}\n## To run it\n\n{table(needed)}\n\n## To test and measure it\n\n{table(more)}\n"
    )
    (ROOT / "docs" / "licences.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
