"""The pages of the app."""

from importlib.resources import files

import streamlit as st

from geo.assets import read_asset

ASSETS = files("geo") / "assets" / "app"

# A file of ours as icon: Streamlit's own icons in that place are fetched from another host.
st.set_page_config(page_title="Iran and Russia", page_icon=str(ASSETS / "icon.png"), layout="wide")
st.html(f"<style>{read_asset('app/page.css')}</style>")
# In an article's frame (?embed=true) the atlas stands alone and needs all the room.
framed = bool(st.context.is_embedded)
if framed:
    st.html(f"<style>{read_asset('app/framed.css')}</style>")

page = st.navigation(
    [
        st.Page("atlas_page.py", title="Atlas", default=True),
        st.Page("embed_page.py", title="Embed", url_path="embed"),
        st.Page("own_layer_page.py", title="Your layer", url_path="your-layer"),
        st.Page("sources_page.py", title="Sources", url_path="sources"),
    ],
    position="hidden" if framed else "top",
)
page.run()
