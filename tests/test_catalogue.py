import pytest

from geo.errors import CatalogueError, UnknownIdError
from geo.model.catalogue import load_catalogue


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_an_unknown_era_names_the_nearest(catalogue):
    with pytest.raises(UnknownIdError, match="did you mean '1907-spheres'"):
        catalogue.era("1907-sphere")


def test_an_era_nothing_like_any_lists_all(catalogue):
    with pytest.raises(UnknownIdError, match=r"choose from: .*1941-invasion"):
        catalogue.era("xyz")


def test_themes_are_the_layers_that_are_not_base(catalogue):
    assert {layer.id for layer in catalogue.themes} == {
        layer.id for layer in catalogue.layers if not layer.base
    }


def test_all_faults_of_the_declarations_come_at_once(copy):
    path = copy / "layers" / "catalogue.toml"
    edit(path, 'as_of = "1907-09-01"', 'as_of = "1941-01-01"')
    edit(path, "bounds = [43.2, 24.8, 63.6, 41.2]", "bounds = [63.6, 24.8, 43.2, 41.2]")
    edit(path, 'layers = ["spheres-1907"]', 'layers = ["spheres-1970"]')
    edit(copy / "layers" / "sources.toml", 'license = "public domain"', 'licence = "x"')
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(copy)
    message = str(caught.value)
    assert "era '1907-spheres': as_of 1941-01-01 is not within" in message
    assert "expected [west, south, east, north]" in message
    assert "source 'natural-earth-410' lacks license" in message
    assert "source 'natural-earth-410' has unknown key licence" in message


def test_all_faults_of_links_come_at_once(copy):
    path = copy / "layers" / "catalogue.toml"
    edit(path, 'layers = ["spheres-1907"]', 'layers = ["spheres-1970"]')
    edit(path, 'claims = ["P08-1", "P08-2"]', 'claims = ["P98-1"]')
    edit(path, 'id = "base-land"', 'id = "base-lands"')
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(copy)
    message = str(caught.value)
    assert "shows unknown layer 'spheres-1970'; did you mean 'spheres-1907'?" in message
    assert "era '1907-spheres': claim 'P98-1' does not exist" in message
    assert "has no layer 'base-land' with base = true" in message


def test_eras_out_of_the_order_of_time_are_named(copy):
    path = copy / "layers" / "catalogue.toml"
    edit(path, 'begin = "1907-08-31"', "begin = 1890-01-01")
    with pytest.raises(CatalogueError, match="'1907-spheres' begins on 1890-01-01 and stands afte"):
        load_catalogue(copy)


def test_a_missing_file_is_named(copy):
    (copy / "seeds" / "claims.toml").unlink()
    with pytest.raises(CatalogueError, match=r"claims\.toml: cannot be read"):
        load_catalogue(copy)


@pytest.mark.parametrize(
    "raw",
    [
        "x = " + "[" * 100_000 + "]" * 100_000,
        "x = " + "{y = " * 100_000 + "1" + "}" * 100_000,
        ".".join("x" * 100_000) + " = 1",  # of which the standard library's reader takes 40 GB
        "[[" + ".".join("x" * 100_000) + "]]",
    ],
    ids=["lists", "tables", "key", "head"],
)
def test_toml_nested_without_end_is_refused_at_once(copy, raw):
    (copy / "layers" / "sources.toml").write_text(raw)
    with pytest.raises(CatalogueError, match=r"sources\.toml: is nested too deeply"):
        load_catalogue(copy)


def test_broken_toml_tells_line_and_column(copy):
    (copy / "layers" / "sources.toml").write_text('[[source]]\nid = "x\n')
    with pytest.raises(CatalogueError, match=r"sources\.toml: not valid TOML: .*line 2"):
        load_catalogue(copy)


def test_an_id_declared_twice_is_refused(copy):
    path = copy / "layers" / "sources.toml"
    path.write_text(path.read_text() + path.read_text()[path.read_text().index("[[source]]") :])
    with pytest.raises(CatalogueError, match="source 'geonames' is declared twice"):
        load_catalogue(copy)
