"""The entry of the app: ``streamlit run streamlit_app.py``."""

import streamlit as st
from starlette.middleware import Middleware

from geo.app.headers import Guard, read_framing_hosts
from geo.app.packing import PackedStatic
from geo.app.server import ROUTES, lifespan
from geo.errors import GeoError

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
