"""What holds for the project as a whole: its API, the direction of imports, what docs say."""

import ast
import re
import tomllib

import pytest
from helpers import ROOT

import geo

PACKAGE = sorted((ROOT / "geo").rglob("*.py"))


def test_the_public_api_is_twelve_names_or_fewer():
    assert len(geo.__all__) <= 12
    for name in geo.__all__:
        assert getattr(geo, name).__doc__


def test_a_step_of_the_app_is_followed_by_nothing_of_streamlits():
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["server"]["fileWatcherType"] == "none"
    assert settings["runner"]["postScriptGC"] is False


def imports_of(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def module(path):
    return path.relative_to(ROOT / "geo").with_suffix("").as_posix()


@pytest.mark.parametrize("path", PACKAGE, ids=module)
def test_each_library_is_used_in_its_place(path):
    roots = {name.split(".")[0] for name in imports_of(path)}
    if roots & {"folium", "branca"}:
        assert module(path).startswith(("document/", "own/"))
    if "streamlit" in roots:
        assert module(path).startswith("app/")
    if "geopandas" in roots:
        assert module(path).startswith(
            ("recipes/", "own/", "tables/", "model/frame", "model/features")
        )


# From the ground up: a module may import from its own folder and from those before it.
LEVELS = [
    {"errors", "assets"},
    {"files", "geometry"},
    {"fonts"},
    {"model"},
    {"tables"},
    {"recipes", "payload"},
    {"checks"},
    {"plate"},
    {"document"},
    {"own"},
    {"publish"},
    {"site"},
    {"app", "cli"},
]


@pytest.mark.parametrize("path", PACKAGE, ids=module)
def test_imports_point_one_way(path):
    own = module(path).split("/")[0]
    if own in ("__init__", "__main__"):
        return
    level = next(number for number, names in enumerate(LEVELS) if own in names)
    for name in imports_of(path):
        if name.startswith("geo."):
            other = name.split(".")[1]
            assert other == own or any(other in names for names in LEVELS[:level]), name


def test_the_table_of_the_design_names_each_part_of_the_package_in_that_order():
    text = (ROOT / "docs/design.md").read_text(encoding="utf-8")
    table = text.split("| part | holds |\n|---|---|\n")[1].split("\n\n")[0]
    rows = [re.findall(r"`(\w+)/?`", row.split("|")[1]) for row in table.splitlines()]
    found = {module(path).split("/")[0] for path in PACKAGE} - {"__init__", "__main__"}
    assert sorted(name for row in rows for name in row) == sorted(found)
    order = [next(n for n, names in enumerate(LEVELS) if row[0] in names) for row in rows]
    assert order == sorted(order)


def test_requirements_are_pinned_and_follow_from_pyproject():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    pinned = dict(
        line.split("==")
        for line in (ROOT / "requirements.txt").read_text().splitlines()
        if "==" in line
    )
    assert all(re.fullmatch(r"[\w.+!-]+( ;.*)?", version) for version in pinned.values())
    for requirement in declared:
        assert re.match(r"[\w-]+", requirement).group().lower() in pinned
    assert not (ROOT / "uv.lock").exists()


LAYOUT = {
    *("geo", "layers", "streamlit_app.py", "seeds", "tests", "requirements.txt"),
    *("requirements-dev.txt", "bench", "docs", "README.md", "LICENSE", "pyproject.toml"),
    *("CHANGELOG.md", "CONTRIBUTING.md"),
    *("Makefile", ".ci", ".gitignore", ".gitattributes", ".pre-commit-config.yaml", ".streamlit"),
}


def test_the_top_level_holds_what_the_layout_names():
    ignored = {name.strip("/\n") for name in (ROOT / ".gitignore").read_text().splitlines()}
    built = {path.name for path in ROOT.glob("*.egg-info")}
    found = {path.name for path in ROOT.iterdir()} - ignored - built - {".git"}
    assert found <= LAYOUT


def test_modules_stay_small():
    for path in [*PACKAGE, *(ROOT / "geo").rglob("*.js")]:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, path


def test_lines_of_scripts_fit():
    for path in (ROOT / "geo").rglob("*.js"):
        lines = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        assert [number for number, line in lines if len(line) > 120] == [], path


def test_every_script_is_checked_for_its_types():
    """What `make check` names, and all that is imported from there."""
    makefile = (ROOT / "Makefile").read_text()
    pending = [ROOT / name for name in re.search(r"^SCRIPTS := (.+)", makefile, re.M)[1].split()]
    reached = set()
    while pending:
        path = pending.pop()
        if path in reached:
            continue
        reached.add(path)
        text = path.read_text(encoding="utf-8")
        assert text.startswith("// @ts-check\n"), path
        found = re.findall(r'(?:from |import\()"(\.[^"]+)"', text)
        pending += [(path.parent / name).resolve() for name in found]
    assert set((ROOT / "geo/assets/js").rglob("*.js")) <= reached


@pytest.mark.parametrize(
    "name", ["README.md", "docs/design.md", "docs/embedding.md", "docs/adding-a-layer.md"]
)
def test_documents_name_only_commands_that_exist(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for target in re.findall(r"`make (\w+)`", text):
        assert target in targets, target
    from geo.cli import app

    commands = {command.name or command.callback.__name__ for command in app.registered_commands}
    for command in re.findall(r"python -m geo (\w+)", text):
        assert command in commands, command


def test_links_between_documents_lead_somewhere():
    for path in [
        ROOT / "README.md",
        *sorted((ROOT / "docs").glob("*.md")),
        ROOT / "seeds/README.md",
    ]:
        for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"
