"""What an author pastes, and what oEmbed answers."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from geo.publish.frames import Embed, build_oembed, render_frame, render_tall_frame

EMBED = Embed('https://a.example/embed/x.html?era=a&view=1,2,3"', 'Iran & "Russia" <1907>')


def tags(markup):
    found = []

    class Parser(HTMLParser):
        def handle_starttag(self, tag, attributes):
            found.append((tag, dict(attributes)))

    Parser().feed(markup)
    return found


def test_the_frame_is_valid_without_a_script_and_reserves_its_height():
    ((name, frame),) = tags(render_frame(EMBED))
    assert name == "iframe"
    assert frame["src"] == EMBED.address
    assert frame["title"] == EMBED.title
    assert frame["height"] == "560"
    assert frame["loading"] == "lazy"
    assert frame["referrerpolicy"] == "no-referrer"
    assert "allow-scripts" in frame["sandbox"]
    assert "same-origin" not in frame["sandbox"]


def test_a_frame_over_a_picture_leaves_the_picture_where_frames_are_taken_out():
    pictured = replace(
        EMBED, page="https://a.example/x", picture="https://a.example/x.png", alt="A & B"
    )
    found = tags(render_frame(pictured))
    assert [name for name, _ in found] == ["div", "a", "img", "iframe"]
    assert found[1][1]["href"] == pictured.page
    assert found[1][1]["tabindex"] == "-1"
    assert found[2][1]["src"] == pictured.picture
    assert found[2][1]["alt"] == "A & B"
    assert dict(found)["iframe"]["src"] == EMBED.address


def test_the_tall_frame_adds_one_script():
    frame, (name, script) = tags(render_tall_frame(EMBED, "https://a.example/embed.js"))
    assert frame[0] == "iframe"
    assert (name, script["src"]) == ("script", "https://a.example/embed.js")


@pytest.mark.parametrize(
    ("most", "size"),
    [
        ((None, None), (800, 560)),
        ((400, 300), (400, 300)),
        ((2000, 2000), (800, 560)),
        ((320, 100), (320, 100)),
    ],
)
def test_oembed_keeps_to_what_was_asked(most, size):
    answer = build_oembed(
        EMBED,
        "https://a.example/1907",
        provider=("Atlas", "https://a.example/"),
        thumbnail=("https://a.example/1907.png", 1200, 630),
        most=most,
    )
    assert (answer["width"], answer["height"]) == size
    assert answer["type"] == "rich"
    names = [name for name, _ in tags(answer["html"])]
    assert names == ["blockquote", "a", "iframe"]
    assert dict(tags(answer["html"]))["iframe"]["width"] == str(size[0])
