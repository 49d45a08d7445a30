"""The pages of the app."""

from importlib.resources import files

import streamlit as st

from geo.app.naming import describe_app, load_texts
from geo.assets import read_asset

ASSETS = files("geo") / "assets" / "app"

# A file of ours as icon: Streamlit's own icons in that place are fetched from another host.
st.set_page_config(
    page_title="Iran and Russia",
    page_icon=str(ASSETS / "icon.png"),
    layout="wide",
    menu_items={"About": describe_app()},
)
st.html(f"<style>{read_asset('app/frame.css')}{read_asset('app/page.css')}</style>")
# In an article's frame (?embed=true) the atlas stands alone and needs all the room.
framed = bool(st.context.is_embedded)
if framed:
    st.html(f"<style>{read_asset('app/framed.css')}</style>")

titles = load_texts("pages")
page = st.navigation(
    [
        st.Page("atlas_page.py", title=titles["atlas"], default=True),
        st.Page("embed_page.py", title=titles["embed"], url_path="embed"),
        st.Page("own_layer_page.py", title=titles["own"], url_path="your-layer"),
        st.Page("data_page.py", title=titles["data"], url_path="data"),
        st.Page("sources_page.py", title=titles["sources"], url_path="sources"),
    ],
    position="hidden" if framed else "top",
)
if page.url_path:  # the map's frame stands in the first HTML of every page
    st.html(f"<style>{read_asset('app/away.css')}</style>")
page.run()
