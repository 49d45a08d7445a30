"""Streamlit and streamlit-folium as most begin: the map is built anew, with the era inside."""

import os
from pathlib import Path

import streamlit as st
from streamlit_folium import st_folium

from bench.contest import load_contest
from bench.plain import build_group, build_map

contest = st.cache_resource(load_contest)(Path(os.environ["BENCH_CONTEST"]))
era = st.select_slider("Era", options=contest.eras)
plain = build_map(contest)
build_group(contest, era).add_to(plain)
st_folium(plain, width=1000, height=600)
