"""The entry of the app: ``streamlit run streamlit_app.py``."""

import sys
from io import TextIOWrapper

import streamlit as st
from starlette.middleware import Middleware

from geo.app.headers import Guard, read_framing_hosts
from geo.app.packing import PackedStatic
from geo.app.server import ROUTES, lifespan
from geo.errors import GeoError

if isinstance(sys.stdout, TextIOWrapper):  # the log of a service: it would come when that ends
    sys.stdout.reconfigure(line_buffering=True)

try:
    framed_by = read_framing_hosts()
except GeoError as err:
    raise SystemExit(f"error: {err}") from None

app = st.App(
    "geo/app/main.py",
    routes=ROUTES,
    middleware=[Middleware(Guard, framed_by=framed_by), Middleware(PackedStatic)],
    lifespan=lifespan,
)
