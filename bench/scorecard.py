"""`make scorecard`: our figures beside what others would take, on the same tests, in one run.

Pages: our document, plain Folium with a FeatureGroup for each era, Folium's TimestampedGeoJson, and
``GeoDataFrame.explore()`` of the same features. Apps: ours, and streamlit-folium as it advises.
Writes docs/scorecard.md.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from bench.apart import python_apart
from bench.browser import chromium
from bench.contest import Contest, write_contest
from bench.contestants import DOCUMENT, FOLIUM, Entry, enter_pages, loaded_addresses
from bench.load import atlas_server
from bench.packages import fetch_files
from bench.report import machine_facts
from bench.scoring import DRAWN, HOSTILE, Card, score_pages
from bench.selection import build_contest
from bench.server import HOST, serve
from bench.servers import ROOT, process_of, streamlit
from bench.sessions import Crowd, Session, measure_crowd
from bench.table import write_table
from geo import build_map, load_catalogue, load_features, render_document
from geo.files import write_text
from geo.model.features import Feature

__all__ = ["main"]

EXPLORE: Final = "gdf.explore()"

PAGES: Final = (DOCUMENT, FOLIUM, "TimestampedGeoJson, true dates", EXPLORE)

CACHE: Final = ROOT / "build" / "bench-packages"

LOADED: Final = re.compile(r'(?:src|href)="(https://[^"]+)"')


def explored(contest: Contest) -> str:
    """Return the page that `explore` makes, in a process that has the packages it imports."""
    with tempfile.TemporaryDirectory() as name:
        data, page = Path(name) / "contest.json", Path(name) / "page.html"
        write_contest(data, contest)
        python = python_apart()
        if not python:
            raise RuntimeError("the packages of bench/rivals.txt could not be installed")
        command = [python, ROOT / "bench" / "pages" / "explored_page.py", data, page]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return page.read_text(encoding="utf-8")


def enter_cards(features: tuple[Feature, ...]) -> tuple[Contest, list[Card]]:
    """Return the contest and the pages, each also with hostile titles."""
    catalogue = load_catalogue()
    contest = build_contest(catalogue, features)
    own = {feature.id for feature in features}
    first = [it["id"] for it in contest.shown[contest.eras[0]]["features"] if it["id"] in own]
    # The first era has all of the strings: it is the one that is looked at.
    names = {name: number for number, name in enumerate(dict.fromkeys([*first, *sorted(own)]))}
    marked = tuple(
        replace(
            feature,
            properties={
                **feature.properties,
                "title": HOSTILE[names[feature.id] % len(HOSTILE)],
            },
        )
        for feature in features
    )
    contests = [contest, build_contest(catalogue, marked)]
    pages = []
    for contest, some in zip(contests, (features, marked), strict=True):
        document = render_document(build_map(catalogue, some))
        entries = {entry.name: entry for entry in enter_pages(contest, document)}
        entries[EXPLORE] = Entry(EXPLORE, explored(contest), "", [], "", "", ready=f"{DRAWN} > 0")
        pages.append(entries)
    plain, hostile = pages
    return contests[0], [Card(plain[name], hostile[name].page) for name in PAGES]


async def measure(cards: list[Card], contest: Contest) -> str:
    """Serve the pages, score them; returns the browser's version."""
    wanted = {*loaded_addresses(), *LOADED.findall(cards[-1].entry.page)}
    loaded = fetch_files(sorted(wanted), CACHE)
    files = {f"{urlsplit(url).hostname}{urlsplit(url).path}": body for url, body in loaded.items()}
    for card in cards:
        files[f"{HOST}/{card.entry.path}"] = card.entry.page.encode()
        files[f"{HOST}/{card.hostile_path}"] = card.hostile.encode()
    with serve(files) as site:
        async with chromium(site) as browser:
            await score_pages(browser, cards, contest)
            return browser.version


def score_apps(contest: Contest, sessions: int, seconds: float) -> dict[str, Crowd]:
    """Put the same load on both apps, one after the other."""

    def put(address: str) -> Crowd:
        readers = [Session(address, contest.eras) for _ in range(sessions)]
        load = measure_crowd(readers, [process_of(address)], seconds=seconds, warm=3)
        return asyncio.run(load)

    with atlas_server(contest.eras) as (address, _):
        scores = {"atlas app": put(address)}
    page = ROOT / "bench" / "pages" / "group_page.py"
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "contest.json"
        write_contest(file, contest)
        with streamlit(page, Path(name), file) as address:
            scores["streamlit-folium"] = put(address)
    return scores


def render(cards: list[Card], apps: Mapping[str, Crowd], browser: str) -> str:
    """Return the page."""
    tests = list(dict.fromkeys(test for card in cards for test in card.found))
    rows = [[test, *(card.found.get(test, "–") for card in cards)] for test in tests]
    facts = "\n".join(f"- {fact}" for fact in machine_facts(browser))
    loads = [
        [
            name,
            f"{load.sessions}, {load.seconds:.0f} s",
            f"{len(load.steps):,}",
            f"{load.traffic / max(1, load.counted):,.0f}",
            f"{load.work_per_step:.1f} ms",
            f"{load.half:.0f} ms",
            f"{load.most:.0f} ms",
            f"{len(load.errors)}",
        ]
        for name, load in apps.items()
    ]
    head = ["app", "sessions", "steps", "bytes a step", "work a step", "p50", "p95", "errors"]
    return (
        "# Scorecard\n\nMade by `make scorecard`; do not edit.\n\n"
        f"{facts}\n\n## Pages\n\nThe same features of the same eras. The pages get the files they "
        "ask for from this machine, but for the test offline; tiles and a few files that cannot be "
        "had there are empty, which favours those who ask for them. For the attacks, every title "
        f"of a feature is one of {len(HOSTILE)} strings that run where they are taken for markup "
        "or code, and every tooltip, popup, row and card that the page shows is opened.\n\n"
        f"{write_table(['', *(card.entry.name for card in cards)], rows)}\n"
        "## Apps under load\n\nReal sessions on sockets of this machine, each moving the slider of "
        "eras once a second; load and server share its cores. “Work” is the server's processor "
        "time. What 150 sessions do to ours is in [load.md](load.md), how fast each draws in "
        f"[benchmarks.md](benchmarks.md).\n\n{write_table(head, loads)}"
    )


def main() -> None:
    """Score all, and write the page."""
    parser = argparse.ArgumentParser(prog="python -m bench.scorecard", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few sessions; prints, writes nothing")
    quick = parser.parse_args().quick
    contest, cards = enter_cards(tuple(load_features(load_catalogue())))
    browser = asyncio.run(measure(cards, contest))
    apps = score_apps(contest, *((4, 5.0) if quick else (20, 20.0)))
    page = render(cards, apps, browser)
    print(page)
    if not quick:
        write_text(ROOT / "docs" / "scorecard.md", page)


if __name__ == "__main__":
    main()
