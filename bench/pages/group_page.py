"""Streamlit and streamlit-folium as it advises: the map stays, the era is a group added to it."""

import os
from pathlib import Path

import streamlit as st
from streamlit_folium import st_folium

from bench.contest import load_contest
from bench.plain import build_group, build_map

contest = st.cache_resource(load_contest)(Path(os.environ["BENCH_CONTEST"]))
era = st.select_slider("Era", options=contest.eras)
st_folium(
    build_map(contest),
    key="map",
    width=1000,
    height=600,
    feature_group_to_add=build_group(contest, era),
    returned_objects=[],
)
