"""All features of all eras by `GeoDataFrame.explore`, without time. Arguments: contest, page."""

import sys
from pathlib import Path

import geopandas

from bench.contest import load_contest

contest, page = map(Path, sys.argv[1:])
features = {f["id"]: f for era in load_contest(contest).shown.values() for f in era["features"]}
frame = geopandas.GeoDataFrame.from_features(list(features.values()), crs=4326)
frame.explore(tooltip=["title", "when"]).save(page)
