"""`make cartography`: measure whether every era's map can be read; writes docs/cartography.md."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from bench.contrast import LEAST, LEAST_STATE, find_pale
from bench.legibility import CLOSE_UPS, LIMITS, WINDOWS, Tally, measure_era
from geo import load_catalogue, load_features
from geo.files import write_text
from geo.model.features import select_features
from geo.model.symbology import load_symbology
from geo.model.wording import load_wording
from geo.payload.build import build_payload
from geo.plate import Engine

REPORT: Final = Path(__file__).resolve().parents[1] / "docs" / "cartography.md"

MEASURED: Final = re.compile(
    r"(<!-- measured -->\n).*?(<!-- end of what is measured -->)", re.DOTALL
)

THEMES: Final = ("light", "dark")


def main() -> None:
    """Measure all eras in all windows and write the tables into the report."""
    catalogue = load_catalogue()
    features = load_features(catalogue)
    symbology = load_symbology()
    payload = build_payload(
        catalogue, features, eras=catalogue.eras, symbology=symbology, wording=load_wording()
    )
    engine = Engine(payload, symbology)
    tallies: dict[str, Tally] = {}
    pale: dict[str, list[str]] = {}
    for era in catalogue.eras:
        shown = select_features(features, era)
        measured = (measure_era(engine, era.id, shown, window) for window in WINDOWS)
        tallies[era.id] = sum(measured, Tally())
        size = next(iter(WINDOWS.values()))
        pale[era.id] = [
            f"{text} ({theme})"
            for theme in THEMES
            for text in find_pale(engine, era.id, theme, size)
        ]
        print(era.id, tallies[era.id].faults)
    text = REPORT.read_text(encoding="utf-8")
    table = render_tables(tallies, pale)
    write_text(REPORT, MEASURED.sub(lambda found: f"{found[1]}{table}\n{found[2]}", text))


def render_tables(tallies: dict[str, Tally], pale: dict[str, list[str]]) -> str:
    """Return what was measured as Markdown."""
    whole = sum(tallies.values(), Tally())
    columns, rows = CLOSE_UPS
    lines = [
        f"{len(tallies)} eras × {len(WINDOWS)} windows ({', '.join(WINDOWS)}) × the era's own view "
        f"and {columns * rows} close-ups: {whole.views} views, {whole.labels} names, "
        f"{whole.points} signs, {whole.legend} rows of legends.",
        "",
        "| fault | allowed | found |",
        "|---|---|---|",
        *(
            f"| {name} | {_said(limit, limit)} | {_said(whole.faults[name], limit)} |"
            for name, limit in LIMITS.items()
        ),
        "",
        "Texts whose contrast with the pixels they stand on (median, without the halo) is below "
        f"{LEAST}, or {LEAST_STATE} for names of states and waters; own view at 1280×800:",
        "",
        *([f"- {era}: {', '.join(texts)}" for era, texts in pale.items() if texts] or ["- none"]),
        "",
        "| era | names | signs | hinted at | over a line | legend |",
        "|---|---|---|---|---|---|",
        *(
            f"| {era} | {tally.labels} | {tally.points} | {tally.hinted} | {tally.on_line} "
            f"| {tally.legend} |"
            for era, tally in tallies.items()
        ),
    ]
    return "\n".join(lines)


def _said(value: float, limit: float) -> str:
    return f"{value:.1%}" if 0 < limit < 1 else f"{value:g}"


if __name__ == "__main__":
    main()
