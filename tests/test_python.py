"""What Python users read and run: examples of public names, the guide, the notebook."""

import doctest
import inspect
import json
import re

import branca
import folium
import geopandas
import nbformat
import pytest
from folium.plugins import HeatMap
from helpers import ROOT
from nbclient import NotebookClient

import geo
from geo.errors import GeoError

GUIDE = ROOT / "docs/python.md"

NOTEBOOK = ROOT / "docs/examples/notebook.ipynb"


POINT = {
    "type": "Feature",
    "properties": {"name": "Teheran"},
    "geometry": {"type": "Point", "coordinates": [51.4, 35.7]},
}


@pytest.fixture
def spheres(catalogue, features):
    return geo.build_map(catalogue, features, eras=[catalogue.era("1907-spheres")])


def added(page):
    data = re.search(r'id="atlas-data">(.*?)</script>', page).group(1)
    return json.loads(data).get("added", [])


@pytest.mark.sampled
@pytest.mark.parametrize("name", geo.__all__)
def test_each_public_name_has_an_example_that_runs(name):
    thing = getattr(geo, name)
    text = inspect.getdoc(thing)
    test = doctest.DocTestParser().get_doctest(text, {}, name, None, 0)
    assert test.examples
    found = []
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=found.append)
    assert not found, "".join(found)


def test_the_guide_s_examples_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = {}
    blocks = re.findall(r"^```python\n(.*?)^```", GUIDE.read_text(encoding="utf-8"), re.M | re.S)
    assert len(blocks) >= 4
    for block in blocks:
        exec(block, names)  # the guide is ours
    assert list(tmp_path.glob("*.html"))


@pytest.mark.slow
def test_the_notebook_runs_and_shows_its_maps_in_frames():
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    assert all(not cell.get("outputs") for cell in notebook.cells)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": ROOT}}).execute()
    shown = [
        output.data["text/html"]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "text/html" in output.get("data", {})
    ]
    assert sum("<iframe srcdoc" in html for html in shown) >= 2


def test_features_become_a_table_with_real_dates(features):
    frame = features.to_geodataframe()
    assert isinstance(frame, geopandas.GeoDataFrame)
    assert len(frame) == len(features)
    row = frame.set_index("id").loc["sphere-russian-1907"]
    assert str(row.begin.date()) == "1907-08-31"
    assert row.geometry.is_valid
    open_end = next(feature for feature in features if not feature.properties["end"])
    assert frame.set_index("id").loc[open_end.id].isna()["end"]


def test_other_libraries_take_features_as_they_are(features):
    assert len(geopandas.GeoDataFrame.from_features(features[:5])) == 5
    assert features[0].__geo_interface__["properties"]["id"] == features[0].id
    assert len(repr(features[0])) < 200


def test_a_map_shows_itself_in_a_notebook_without_any_request(spheres):
    shown = spheres._repr_html_()
    assert shown.startswith("<iframe srcdoc=")
    assert "cdn." not in shown


def test_a_map_can_be_rendered_again_and_added_to_in_between(spheres):
    before = geo.render_document(spheres)
    assert geo.render_document(spheres) == before
    folium.Marker([35.7, 51.4]).add_to(spheres)
    after = geo.render_document(spheres)
    assert not added(before)
    assert added(after) == [{"t": "marker", "at": [35.7, 51.4], "o": {"color": "blue"}}]


def test_elements_of_folium_are_read_with_their_texts_as_text(spheres):
    popup = folium.Popup("<b>Isfahan</b><br>five &amp; ${x} `y` <script>run()</script>")
    folium.CircleMarker([32.6, 51.7], radius=9, color="red", popup=popup).add_to(spheres)
    group = folium.FeatureGroup("mine").add_to(spheres)
    folium.PolyLine([[29, 50], [31, 54]], weight=5, dash_array="8 6", tooltip="way").add_to(group)
    folium.Rectangle([[29, 50], [31, 54]], color="rgb(160, 48, 32)").add_to(group)
    folium.Circle([29, 50], radius=5000).add_to(group)
    dot, line, box, circle = added(geo.render_document(spheres))
    assert dot["pop"] == "Isfahan\nfive & ${x} `y` run()"
    assert dot["o"] | {"radius": 9, "color": "red"} == dot["o"]
    assert line["t"] == "polyline"
    assert line["tip"] == "way"
    assert line["o"]["dashArray"] == "8 6"
    assert box["t"] == "polygon"
    assert box["o"]["color"] == "rgb(160, 48, 32)"
    assert circle["t"] == "circle"


@pytest.mark.parametrize(
    ("element", "message"),
    [
        (
            lambda: folium.Rectangle([[29, 50], [31, 54]], color="url(https://x)"),
            r"found Rectangle with color 'url\(https://x\)', expected a colour",
        ),
        (
            lambda: folium.CircleMarker([32, 51], weight="4"),
            "found CircleMarker with weight '4', expected a number",
        ),
        (
            lambda: folium.Marker([510, 3500]),
            r"found Marker at \[510.0, 3500.0\], expected latitude within ±90",
        ),
        (
            lambda: folium.PolyLine([[35, 51], [510, 3500]]),
            "found PolyLine at .*, expected latitude within ±90",
        ),
        (lambda: folium.Marker([35, 51], draggable=True), "found Marker with draggable: it stays"),
        (
            lambda: folium.Marker([35, 51], popup=folium.Popup(folium.IFrame("<b>x</b>"))),
            "found IFrame in a popup: a popup holds text",
        ),
        (
            lambda: folium.GeoJson(POINT, marker=folium.CircleMarker(radius=3)),
            "found GeoJson with marker: its points are pins",
        ),
        (lambda: folium.GeoJson(POINT, zoom_on_click=True), "found GeoJson with zoom_on_click"),
        (
            lambda: folium.GeoJson(POINT, highlight_function=lambda _: {"weight": 5}),
            "found GeoJson with highlight: ",
        ),
        (
            lambda: folium.GeoJson(POINT, tooltip=folium.GeoJsonTooltip(["nmae"])),
            "found GeoJsonTooltip of 'nmae', which no feature has; did you mean 'name'",
        ),
        (
            lambda: folium.GeoJson({"type": "Point", "coordinates": [51000, 3500000]}),
            "found GeoJson whose geometry cannot be drawn: its positions are no degrees",
        ),
    ],
)
def test_what_would_be_drawn_otherwise_than_asked_is_refused(spheres, element, message):
    element().add_to(spheres)
    with pytest.raises(GeoError, match=message):
        geo.render_document(spheres)


def test_eras_may_be_given_by_their_ids_and_none_is_a_fault(catalogue, features):
    by_id = geo.build_map(catalogue, features, eras=["1907-spheres"])
    by_era = geo.build_map(catalogue, features, eras=[catalogue.era("1907-spheres")])
    assert geo.render_document(by_id) == geo.render_document(by_era)
    with pytest.raises(GeoError, match="eras: found none, expected at least one"):
        geo.build_map(catalogue, features, eras=[])
    with pytest.raises(GeoError, match="1907-sphere"):
        geo.build_map(catalogue, features, eras=["1907-sphere"])


def test_an_opening_is_of_texts(catalogue, features):
    with pytest.raises(GeoError) as caught:
        geo.build_map(catalogue, features, opening={"title": 5, "points": ["35,51,,x"]})
    assert "title: found 5, expected a text" in str(caught.value)
    assert "points: found ['35,51,,x'], expected a text" in str(caught.value)


@pytest.mark.slow
def test_geojson_keeps_its_styles_and_its_texts(spheres):
    data = {
        "type": "Feature",
        "properties": {"name": "</script><script>x()</script>", "style": {"color": "url(x)"}},
        "geometry": {"type": "Point", "coordinates": [51.4, 35.7, 1200]},
    }
    folium.GeoJson(
        data,
        style_function=lambda _: {"color": "#ff0000", "onclick": "x()"},
        tooltip=folium.GeoJsonTooltip(["name"], ["Name"]),
    ).add_to(spheres)
    page = geo.render_document(spheres)
    (shape,) = added(page)
    assert shape["o"] == {"color": "#ff0000"}
    assert shape["tip"] == "Name: </script><script>x()</script>"
    assert "<script>x()" not in page


@pytest.mark.slow
@pytest.mark.parametrize(
    ("element", "reason"),
    [
        (lambda: folium.TileLayer(), "TileLayer on the map: it loads tiles"),
        (lambda: HeatMap([[1, 2]]), "HeatMap on the map: it loads its script"),
        (lambda: folium.LayerControl(), "LayerControl on the map: the map's panel"),
        (lambda: folium.Marker([1, 2], icon=folium.DivIcon("x")), "DivIcon on the map"),
        (
            lambda: folium.Marker([1, 2], icon=folium.CustomIcon("https://x/y.png")),
            "CustomIcon on the map: it loads a picture",
        ),
        (lambda: type("Own", (folium.Marker,), {})([1, 2]), "Own on the map"),
        (lambda: folium.GeoJson({"type": "Ring", "coordinates": [1, 2]}), "cannot be drawn"),
        (lambda: folium.GeoJson({"type": "Point", "coordinates": ["a", 2]}), "cannot be drawn"),
    ],
)
def test_what_would_load_something_is_refused_by_name(spheres, element, reason):
    element().add_to(spheres)
    with pytest.raises(GeoError, match=reason):
        geo.render_document(spheres)


@pytest.mark.slow
@pytest.mark.parametrize("part", ["header", "html", "script", None])
def test_nothing_is_added_to_the_page_around_the_map(spheres, part):
    figure = spheres.get_root()
    (getattr(figure, part) if part else figure).add_child(folium.Element("<h3>My title</h3>"))
    with pytest.raises(GeoError, match=r"^found Element on the map: it is markup.*opening"):
        geo.render_document(spheres)


def test_a_link_in_the_pages_head_is_refused_as_what_it_is(spheres):
    spheres.get_root().header.add_child(branca.element.CssLink("https://x/y.css"))
    with pytest.raises(GeoError, match="found CssLink on the map: it loads a style sheet"):
        geo.render_document(spheres)


@pytest.mark.slow
def test_a_map_that_folium_has_rendered_is_none_the_worse(spheres):
    folium.Marker([35.7, 51.4], popup="Teheran").add_to(spheres)
    place = {"type": "Point", "coordinates": [51.4, 35.7]}
    feature = {"type": "Feature", "properties": {"name": "Teheran"}, "geometry": place}
    whole = {"type": "FeatureCollection", "features": [feature]}
    folium.GeoJson(whole, tooltip=folium.GeoJsonTooltip(["name"])).add_to(spheres)
    before = geo.render_document(spheres)
    spheres.get_root().render()
    assert geo.render_document(spheres) == before


def test_all_that_is_refused_is_named_at_once(spheres):
    folium.TileLayer().add_to(spheres)
    HeatMap([[1, 2]]).add_to(spheres)
    with pytest.raises(GeoError, match=r"(?s)TileLayer.*HeatMap"):
        geo.render_document(spheres)
