"""The fonts: measured, cut down to the letters in use, and never short of a letter."""

import base64
import re
import subprocess
import sys
import unicodedata
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from geo import build_map
from geo.document.folium_map import AtlasElement
from geo.errors import CatalogueError
from geo.fonts.faces import (
    FACES,
    FAMILIES,
    Face,
    advance,
    face_folder,
    face_rules,
    letters_of_face,
    subset_face,
)
from geo.model.features import Feature
from geo.model.symbology import load_symbology
from geo.payload.letters import letters_of_document
from geo.plate import render_plate
from geo.plate.lettering import letters_of_plate
from geo.plate.type import text_width

LACKING = {"serif": {"⌘"}, "sans": set()}
"""Letters in our texts that a family has not; readers see them in fonts of their own.

⌘ stands in one hint, which is set in Source Sans. Neither family has Arabic letters, so a text in
Persian will be in the reader's font by design.
"""

RULE = re.compile(
    r"@font-face\{font-family:'([^']+)';font-style:(\w+);font-weight:(\d+);font-display:block;"
    r"src:url\(data:font/woff2;base64,([\w+/=]+)\) ?format\('woff2'\)\}"
)


def letters_in(font):
    with TTFont(BytesIO(font)) as opened:
        return set(map(chr, opened.getBestCmap()))


def embedded(text):
    """Return the letters of the fonts in a page or plate by face."""
    families = {family.name.lower(): key for key, family in FAMILIES.items()}
    return {
        Face(families[family.lower()], int(weight), style == "italic"): letters_in(
            base64.b64decode(font)
        )
        for family, style, weight, font in RULE.findall(text)
    }


def known(letter):
    """Whether no font of ours can have a letter: it is none, or an Arabic one."""
    return not letter.isprintable() or "ARABIC" in unicodedata.name(letter, "")


def lacking(letters):
    """Return the letters that a face should have and has not, by face."""
    found = {
        face: {letter for letter in wanted - letters_of_face(face) if not known(letter)}
        - LACKING[face.family]
        for face, wanted in letters.items()
    }
    return {face: missing for face, missing in found.items() if missing}


@pytest.mark.parametrize("face", FACES, ids=str)
def test_a_subset_has_the_letters_asked_for_and_no_others(face):
    assert letters_in(subset_face(face, "Энзели ʿAbbās ایران")) == set("Энзели ʿAbbās")
    assert subset_face(face, "ایران") == b""


def test_a_subset_has_kerning_and_no_hints():
    with TTFont(BytesIO(subset_face(Face("serif"), "AVTo"))) as font:
        assert "kern" in {
            entry.FeatureTag for entry in font["GPOS"].table.FeatureList.FeatureRecord
        }
        assert not {"fpgm", "prep", "gasp", "fvar", "gvar", "name"} & {*font.keys()} - {"name"}
    pair = advance("AV", Face("serif"))
    assert pair < advance("A", Face("serif")) + advance("V", Face("serif"))


def test_marks_stand_on_their_letters():
    face = Face("serif")
    assert advance("s\u0323", face) == pytest.approx(advance("s", face))
    with TTFont(BytesIO(subset_face(face, "s\u0323"))) as font:
        assert "mark" in {
            entry.FeatureTag for entry in font["GPOS"].table.FeatureList.FeatureRecord
        }


def test_letters_that_are_spaced_are_as_wide_as_the_rest_says(symbology):
    for style in symbology.type.values():
        text = "Official fields"
        assert text_width(text, style) == pytest.approx(
            advance(text, style.cut) * style.size + len(text) * style.spacing
        )


def test_weights_of_a_family_differ():
    widths = {face: advance("Trans-Iranian Railway", face) for face in FACES}
    assert len(set(widths.values())) == len(FACES)


def test_the_same_letters_give_the_same_bytes_in_another_process():
    script = (
        "from geo.fonts.faces import *; import hashlib;"
        "rules = face_rules({face: 'Persian Gulf ʿā' for face in FACES});"
        "print(hashlib.sha256(rules.encode()).hexdigest());"
        "print(*(hashlib.sha256(path.read_bytes()).hexdigest()"
        " for path in sorted(face_folder().iterdir())))"
    )
    command = [sys.executable, "-c", script]
    printed = [
        subprocess.run(
            command, check=True, capture_output=True, text=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in "37"
    ]
    assert printed[0] == printed[1] != ""


def test_the_licence_is_named():
    rules = face_rules({Face("sans"): "a"})
    assert "SIL Open Font License 1.1" in rules
    assert "2010-2020 Adobe" in rules
    assert face_rules({}) == face_rules({Face("sans"): "ای"}) == ""


def test_programs_find_each_face_by_name():
    found = set()
    for path in face_folder().iterdir():
        with TTFont(path) as font:
            italic = bool(font["OS/2"].fsSelection & 1)
            family = font["name"].getDebugName(1)
            found.add((family, font["OS/2"].usWeightClass, italic))
    assert found == {(FAMILIES[face.family].name, face.weight, face.italic) for face in FACES}


def test_who_empties_the_folder_of_temporary_files_sees_that_the_faces_are_in_use():
    command = ["flock", "--exclusive", "--nonblock", face_folder(), "true"]  # as systemd-tmpfiles
    assert subprocess.run(command, check=False).returncode == 1


def test_a_document_has_the_letters_of_its_texts(page, payload, symbology):
    element = AtlasElement(payload, symbology)
    letters = letters_of_document(payload, symbology, element.shell() + element.script)
    assert lacking(letters) == {}
    fonts = embedded(page)
    assert set(fonts) == set(FACES)
    for face, wanted in letters.items():
        assert fonts[face] == wanted & letters_of_face(face)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("part", "face"),
    [
        ("title", Face("serif")),
        ("title", Face("serif", 600)),
        ("title", Face("sans")),
        ("label", Face("serif", 600, italic=True)),
        ("note", Face("serif")),
    ],
)
def test_a_new_letter_comes_along(catalogue, features, part, face):
    sphere = next(feature for feature in features if feature.id == "sphere-russian-1907")
    changed = Feature(sphere.layer, sphere.geometry, {**sphere.properties, part: "Σφαίρα επιρροής"})
    others = [feature for feature in features if feature is not sphere]
    eras = [catalogue.era("1907-spheres")]

    def letters(given):
        (element,) = build_map(catalogue, given, eras=eras)._children.values()
        return embedded(element.fonts)[face]

    assert "φ" not in letters(features)
    assert set("Σφαίρα") <= letters([*others, changed])


def test_a_document_of_one_era_has_its_own_letters_only(catalogue, features, page):
    (element,) = build_map(catalogue, features, eras=catalogue.eras[1:2])._children.values()
    alone, whole = embedded(element.fonts), embedded(page)
    assert all(letters <= whole[face] for face, letters in alone.items())
    assert sum(map(len, alone.values())) < sum(map(len, whole.values()))


@pytest.mark.slow
def test_a_plate_has_the_letters_of_its_texts_and_no_others(engine, catalogue):
    for era in catalogue.eras:
        svg = render_plate(engine, era.id)
        letters = letters_of_plate(svg)
        assert lacking(letters) == {}
        assert embedded(svg) == letters
        assert Face("serif", italic=True) in letters


def test_a_face_that_there_is_not_is_refused(copy):
    table = copy / "layers" / "symbology.toml"
    text = table.read_text(encoding="utf-8")
    old = 'line = { face = "sans", size = 11.5, leading = 14, weight = 600'
    assert old in text
    table.write_text(text.replace(old, old.replace("600", "700")), encoding="utf-8")
    with pytest.raises(CatalogueError, match="type line: found sans 700, expected one of sans 400"):
        load_symbology(copy)


def test_a_text_with_letters_that_the_face_lacks_has_room_for_another_font():
    face = next(face for face in FACES if face.family == "sans")
    latin = advance("A. B. Orishev, V avguste 1941-go", face)
    both = advance("A. B. Orishev, V avguste 1941-go م", face) - advance("م", face)
    assert both > 1.15 * latin
