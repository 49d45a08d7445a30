"""The theme that the app sends with every run, put together once."""

from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig, NewSession
from streamlit.runtime import app_session

from geo.app.theme import NAME, once

SECTIONS = ["theme", "theme.light", "theme.dark", "theme.sidebar", "theme.light.sidebar"]


def session_of(populate):
    """Return the message that a session begins with, as far as its theme goes."""
    session = NewSession()
    theme = session.custom_theme
    parts = [theme, theme.light, theme.dark, theme.sidebar, theme.light.sidebar]
    for part, section in zip(parts, SECTIONS, strict=True):
        populate(part, section)
    return session


def test_a_theme_kept_is_the_theme_as_streamlit_puts_it_together():
    own = getattr(app_session, NAME)  # where Streamlit has renamed it, the app only gets slower
    kept = once(own)
    assert session_of(own).custom_theme.light.HasField("sidebar") is False
    for _ in range(2):
        assert session_of(kept) == session_of(own)
    message = CustomThemeConfig()
    kept(message)
    assert message.base_font_size == config.get_option("theme.baseFontSize") == 14


def test_a_theme_kept_is_looked_up_once():
    asked = []

    def populate(msg, section="theme"):
        asked.append(section)
        msg.primary_color = section

    kept = once(populate)
    for _ in range(3):
        assert session_of(kept).custom_theme.dark.primary_color == "theme.dark"
    assert asked == SECTIONS
