"""A script as Folium users write them: eras on a map, saved. Arguments: contest, page."""

import sys
from pathlib import Path

from bench.contest import load_contest
from bench.plain import build_folium

contest, page = sys.argv[1:]
build_folium(load_contest(Path(contest))).save(page)
