"""A bare Streamlit page: an era slider, and its value printed. What a step costs at least."""

import os
from pathlib import Path

import streamlit as st

from bench.contest import load_contest

count = len(load_contest(Path(os.environ["BENCH_CONTEST"])).eras)
era = st.select_slider("Era", options=[str(number) for number in range(count)])
st.write(f"value {era}")
