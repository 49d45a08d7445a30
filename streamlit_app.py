"""The entry of the app: ``streamlit run streamlit_app.py``."""

import streamlit as st

from geo.app.server import ROUTES, lifespan

app = st.App("geo/app/main.py", routes=ROUTES, lifespan=lifespan)
