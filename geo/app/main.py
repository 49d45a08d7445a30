"""The pages of the app."""

from importlib.resources import files

import streamlit as st

from geo.app.addresses import LANGUAGE
from geo.app.naming import as_text, describe_app, load_texts
from geo.app.pages import SUBPAGES
from geo.app.state import session_language
from geo.assets import read_asset
from geo.model.wording import ENGLISH, find_languages

ASSETS = files("geo") / "assets" / "app"

language = session_language()
titles = load_texts("pages", language)

st.html(f"<style>{read_asset('app/frame.css')}{read_asset('app/page.css')}</style>")
# In an article's frame (?embed=true) the atlas stands alone and needs all the room.
framed = bool(st.context.is_embedded)
if framed:
    st.html(f"<style>{read_asset('app/framed.css')}</style>")

page = st.navigation(
    [
        st.Page("atlas_page.py", title=titles["atlas"], default=True),
        *(
            st.Page(script, title=titles[title], url_path=path)
            for path, (script, title) in SUBPAGES.items()
        ),
    ],
    position="hidden" if framed else "top",
)
# A file of ours as icon: Streamlit's own icons in that place are fetched from another host.
st.set_page_config(
    page_title=f"{page.title} – {titles['app']}" if page.url_path else titles["app"],
    page_icon=str(ASSETS / "icon.png"),
    layout="wide",
    menu_items={"About": describe_app(language)},
)
if page.url_path:  # the map's frame stands in the first HTML of every page
    st.html(f"<style>{read_asset('app/away.css')}</style>")
    # On the map's page the map says so itself.
    if language != ENGLISH and LANGUAGE not in st.query_params:
        st.query_params[LANGUAGE] = language  # Streamlit's links lead to the page alone
    asked = st.query_params.get(LANGUAGE, language)
    if asked != language:
        known = ", ".join(find_languages())
        st.warning(as_text(titles["no-language"].format(asked[:40], known)))
page.run()
