"""The entry of the app: ``streamlit run streamlit_app.py``."""

import streamlit as st
from starlette.middleware import Middleware

from geo.app.headers import Guard
from geo.app.packing import PackedStatic
from geo.app.server import ROUTES, lifespan

app = st.App(
    "geo/app/main.py",
    routes=ROUTES,
    middleware=[Middleware(Guard), Middleware(PackedStatic)],
    lifespan=lifespan,
)
