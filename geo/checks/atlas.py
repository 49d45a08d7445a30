"""`python -m geo check`: what binds claims, features, sources, layers and symbols together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import shapely
import shapely.geometry

from geo.checks.audit import CHECKS, Count, count_all, find_rising, load_checks
from geo.checks.calendars import Calendars
from geo.checks.positions import find_era_faults, find_far_points, find_untimely
from geo.checks.sketches import find_unread
from geo.errors import CatalogueError, GeoError, raise_faults
from geo.model.bibliography import find_form_faults
from geo.model.callouts import find_unknown
from geo.model.catalogue import Catalogue, load_catalogue
from geo.model.consistency import CATALOGUE, SOURCES
from geo.model.editions import survey_languages
from geo.model.features import Feature, read_features
from geo.model.layers import find_aid_faults, find_misfits, read_layers
from geo.model.prose import read_passages
from geo.model.reading import read_toml
from geo.model.symbology import SYMBOLOGY, Symbology, load_symbology
from geo.model.timespan import timespan_from_edtf, timespan_from_iso
from geo.model.variants import FILE as VARIANTS
from geo.model.variants import survey_variants
from geo.model.wording import load_wording
from geo.recipes.sums import find_stale
from geo.recipes.survey import FOLDER, GROUND, find_sketch_faults

__all__ = ["Report", "check_atlas", "check_root"]

T = TypeVar("T")


@dataclass(frozen=True)
class Report:
    """What a check found to be in order, counted."""

    features: int
    """Thematic features."""
    layers: int
    eras: int
    sources: int
    claims: int
    mapped: int
    """Claims shown by at least one feature."""
    not_mapped: int
    """Claims that give a reason why nothing shows them."""
    pending: int
    """Claims still to be mapped."""
    paragraphs: int
    findings: int
    pairs: int
    """Days told in two calendars."""
    counts: tuple[Count, ...]
    """What may only fall."""
    warnings: tuple[str, ...] = ()
    """What may be right and looks wrong."""
    languages: tuple[str, ...] = ()
    """What each language besides English has and lacks."""

    def lines(self) -> list[str]:
        """Return the report for people."""
        return [
            f"{self.features} features in {self.layers} layers and {self.eras} eras",
            f"{self.claims} claims from {self.paragraphs} paragraphs: {self.mapped} mapped, "
            f"{self.not_mapped} with a reason why not, {self.pending} pending",
            f"{self.findings} findings where research disagrees with the text",
            f"{self.sources} sources, all with a licence",
            f"{self.pairs} days told in two calendars, the same in both",
            *(count.line for count in self.counts),
            *self.languages,
            "0 broken links",
        ]


def check_root(root: Path) -> Report:
    """Read and check what lies below a root; raises GeoError with all faults of all files."""
    faults: list[str] = []
    catalogue = _tried(load_catalogue, root, faults)
    symbology = _tried(load_symbology, root, faults)
    checks = _tried(load_checks, root, faults)
    faults += find_stale(root)
    report = None
    if catalogue:
        features, unread = read_layers(catalogue, catalogue.layers)
        faults += [fault for own in unread.values() for fault in own]
        faults += [*find_aid_faults(catalogue), *find_sketch_faults(catalogue)]
        if not unread:
            faults += find_unknown(catalogue, {feature.id for feature in features})
        if symbology and checks and not unread:  # else what is linked may only not be read
            report = _tried(lambda _: check_atlas(catalogue, features, symbology), root, faults)
    else:
        faults += _find_unreadable(root)
    raise_faults(CatalogueError, "", faults)
    assert report
    return report


def _tried(load: Callable[[Path], T], root: Path, faults: list[str]) -> T | None:
    """Return what a reader makes of its files; None, with their faults in the list, if it fails."""
    try:
        return load(root)
    except GeoError as err:
        faults += str(err).splitlines()
        return None


def _find_unreadable(root: Path) -> Iterator[str]:
    """Yield what is wrong with files by themselves, where no catalogue says what they belong to."""
    yield from survey_variants(root)[1]
    for read in GROUND.values():
        yield from _told(read, root / FOLDER)
    declared = {root / name for name in (CATALOGUE, SOURCES, VARIANTS, SYMBOLOGY, CHECKS)}
    read_already = declared | {root / FOLDER / f"{name}.toml" for name in GROUND}
    for path in sorted((root / "layers").rglob("*.toml")):
        if path not in read_already:
            yield from _told(read_toml, path)
    for path in sorted((root / "layers").rglob("*.geojson")):
        yield from _told(lambda path: read_features(path, path.stem), path)


def _told(read: Callable[[Path], object], path: Path) -> list[str]:
    faults: list[str] = []
    _tried(read, path, faults)
    return faults


def check_atlas(catalogue: Catalogue, features: Sequence[Feature], symbology: Symbology) -> Report:
    """Check every link of the atlas; raises CatalogueError with all faults found.

    `features` are those of all layers, base included.
    """
    base = {layer.id for layer in catalogue.layers if layer.base}
    thematic = [feature for feature in features if feature.layer not in base]
    base_ids = [feature.id for feature in features if feature.layer in base]
    ids = {feature.id for feature in features}
    places = [feature for feature in features if feature.layer == "base-places"]
    counts = count_all(catalogue, thematic, places)
    faults = [
        *_doubled([*{feature.id for feature in thematic}, *base_ids]),
        *_claim_faults(catalogue, ids),
        *_source_faults(catalogue, features),
        *(
            f"feature {feature.id}: {fault}"
            for feature, fault in find_misfits(thematic, catalogue, symbology)
        ),
        *(fault for feature in thematic for fault in _feature_faults(feature, catalogue)),
        *(fault for feature in features for fault in _geometry_faults(feature)),
        *(
            f"feature {feature.id}: the base shows it, and it has no place"
            for feature in features
            if feature.layer in base and not feature.geometry
        ),
    ]
    faults += find_era_faults(catalogue, thematic)
    faults += find_rising(counts)
    pairs, wrong = _calendar_faults(catalogue, thematic)
    faults += wrong
    raise_faults(CatalogueError, "geo check", faults)
    claims = catalogue.claims.values()
    return Report(
        warnings=(
            *find_unread(catalogue),
            *find_untimely(catalogue, thematic),
            *find_far_points(catalogue, thematic, places),
        ),
        languages=tuple(
            line
            for survey in survey_languages(catalogue, features, symbology)
            for line in survey.lines()
        ),
        features=len(thematic),
        layers=len(catalogue.layers) - len(base),
        eras=len(catalogue.eras),
        sources=len(catalogue.sources),
        claims=len(catalogue.claims),
        mapped=sum(bool(claim.features) for claim in claims),
        not_mapped=sum(bool(claim.not_mapped) for claim in claims),
        pending=sum(bool(claim.pending) for claim in claims),
        paragraphs=len(catalogue.paragraphs),
        findings=sum(bool(claim.finding) for claim in claims),
        pairs=pairs,
        counts=tuple(counts),
    )


def _calendar_faults(catalogue: Catalogue, features: Iterable[Feature]) -> tuple[int, list[str]]:
    """Return how many days are told in two calendars, and a fault for each that is not one day."""
    calendars = Calendars(load_checks(catalogue.root).calendars, load_wording().months)
    pairs = [
        (passage.where, pair)
        for passage in read_passages(catalogue, features)
        for pair in calendars.find_pairs(passage.text)
    ]
    return len(pairs), [
        f"{where}: {pair.text!r} is not one day: {pair.fault}"
        for where, pair in pairs
        if pair.fault
    ]


def _doubled(ids: Iterable[str]) -> list[str]:
    return [
        f"feature id {name!r} is used {count} times"
        for name, count in Counter(ids).items()
        if count > 1
    ]


def _claim_faults(catalogue: Catalogue, ids: set[str]) -> list[str]:
    faults = []
    speaking = {claim.paragraph for claim in catalogue.claims.values()}
    for paragraph in catalogue.paragraphs.values():
        if (paragraph.id in speaking) == bool(paragraph.no_claim):
            faults.append(f"paragraph {paragraph.id}: expected either claims or a reason for none")
    for claim in catalogue.claims.values():
        name = f"claim {claim.id}"
        if claim.paragraph not in catalogue.paragraphs or not claim.id.startswith(
            f"{claim.paragraph}-"
        ):
            faults.append(
                f"{name}: paragraph {claim.paragraph!r} is unknown or does not match its id"
            )
        states = [bool(claim.features), bool(claim.not_mapped), bool(claim.pending)]
        if sum(states) != 1:
            faults.append(f"{name}: expected exactly one of features, not_mapped, pending")
        faults += [
            f"{name}: feature {wanted!r} does not exist"
            for wanted in claim.features
            if wanted not in ids
        ]
        if bool(claim.finding) != bool(claim.finding_sources):
            faults.append(f"{name}: a finding needs sources, and sources a finding")
    return faults


def _source_faults(catalogue: Catalogue, features: Iterable[Feature]) -> list[str]:
    faults = [
        f"source {source.id}: has no licence"
        for source in catalogue.sources.values()
        if not source.license
    ]
    for source in catalogue.sources.values():
        faults += find_form_faults(source)
    base = {layer.id for layer in catalogue.layers if layer.base}
    for feature in features:
        if feature.layer in base:
            faults += _unknown(f"feature {feature.id}", feature.sources, catalogue.sources)
    return faults


def _feature_faults(feature: Feature, catalogue: Catalogue) -> list[str]:
    own, name = feature.properties, f"feature {feature.id}"
    faults = []
    if not own.get("claims") and not own.get("context"):
        faults.append(f"{name}: no claim names it and it gives no reason (context)")
    for claim in own.get("claims", []):
        if claim in catalogue.claims and feature.id not in catalogue.claims[claim].features:
            faults.append(f"{name}: claim {claim} does not name it; run `python -m geo build`")
    read = {source.id for source in catalogue.sources.values() if source.read != "no"}
    if own["certainty"] == "certain" and not read & set(feature.sources):
        faults.append(f"{name}: is certain, and none of its sources was read")
    try:
        written = timespan_from_edtf(own.get("begin_edtf", ""), own.get("end_edtf", ""))
        if written != timespan_from_iso(own["begin"], own["end"]):
            faults.append(
                f"{name}: begin and end do not follow from "
                f"{own.get('begin_edtf')!r} – {own.get('end_edtf')!r}"
            )
    except GeoError as err:
        faults.append(f"{name}: {err}")
    return faults


def _geometry_faults(feature: Feature) -> list[str]:
    if not feature.geometry:
        return []
    if feature.geometry_type == "Point":
        return []
    geometry = shapely.geometry.shape(feature.geometry)
    if geometry.is_valid:
        return []
    return [f"feature {feature.id}: geometry is not valid: {shapely.is_valid_reason(geometry)}"]


def _unknown(name: str, wanted: Iterable[str], known: Mapping[str, object]) -> list[str]:
    return [f"{name}: {item!r} does not exist" for item in wanted if item not in known]
