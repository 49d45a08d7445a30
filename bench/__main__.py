"""`make bench`: measure everything in one run, print the tables, write docs/benchmarks.md."""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from bench import own_data as own
from bench.browser import chromium
from bench.contest import Contest, write_contest
from bench.contestants import Entry, enter_pages, loaded_addresses
from bench.exporting import measure_exports
from bench.measure import FULL, QUICK, Plan, measure_apps, measure_pages
from bench.packages import fetch_files
from bench.report import put_part, render_report
from bench.selection import build_contest
from bench.server import HOST, serve
from bench.servers import ROOT
from geo import build_map, load_catalogue, load_features, render_document
from geo.files import write_text

CACHE = ROOT / "build" / "bench-packages"


def main() -> None:
    """Run all measurements."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="few steps, for development; prints, writes nothing"
    )
    parser.add_argument(
        "--only", choices=["own-data"], help="measure this part alone, and renew it in the report"
    )
    asked = parser.parse_args()
    quick = asked.quick
    page = ROOT / "docs" / "benchmarks.md"
    if asked.only:
        own_data = measure_own_data(quick=quick)
        print(own_data)
        if not quick:
            write_text(page, put_part(page.read_text(encoding="utf-8"), own.HEADING, own_data))
        return
    catalogue = load_catalogue()
    features = load_features(catalogue)
    contest = build_contest(catalogue, features)
    entries = enter_pages(contest, render_document(build_map(catalogue, features)))
    report = asyncio.run(measure(contest, entries, QUICK if quick else FULL))
    report = put_part(report, own.HEADING, measure_own_data(quick=quick))
    print(report)
    if not quick:
        write_text(page, report)


def measure_own_data(*, quick: bool) -> str:
    """Return the part of the report on own data."""
    return asyncio.run(own.measure_own_data(own.QUICK if quick else own.FULL))


async def measure(contest: Contest, entries: list[Entry], plan: Plan) -> str:
    """Serve the pages, start the browser, measure, and return the report."""
    loaded = fetch_files(loaded_addresses(), CACHE)
    files = {f"{urlsplit(url).hostname}{urlsplit(url).path}": body for url, body in loaded.items()}
    files |= {f"{HOST}/{entry.path}": entry.page.encode() for entry in entries}
    files[f"{HOST}/blank.html"] = b"<!doctype html><title>blank</title>"
    with serve(files) as site, tempfile.TemporaryDirectory() as name:
        file = Path(name) / "contest.json"
        write_contest(file, contest)
        exports = measure_exports(file, plan.exports)
        async with chromium(site) as browser:
            run = await measure_pages(browser, site, contest, entries, plan)
            run.exports = exports
            await measure_apps(browser, contest, file, plan, run)
            return render_report(run, contest, plan, browser=browser.version, missing=site.missing)


if __name__ == "__main__":
    main()
