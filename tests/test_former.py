"""Eras that are no more: their ids lead to the era that has their day."""

from dataclasses import replace

import pytest

from geo.app.addresses import document_path, find_eras, find_shown
from geo.errors import CatalogueError, UnknownIdError
from geo.model.catalogue import load_catalogue
from geo.model.wording import load_wording
from geo.payload.build import build_payload

OLD = "1900s-whole"
FIRST, SECOND = (era.id for era in load_catalogue().eras[:2])
DAY = load_catalogue().eras[1].day


@pytest.fixture(scope="module")
def divided(catalogue):
    """The atlas as if its first two eras had been one."""
    eras = tuple(
        replace(era, formerly=(OLD,) if era.id in (FIRST, SECOND) else ()) for era in catalogue.eras
    )
    return replace(catalogue, eras=eras, retired={})


def test_an_old_id_leads_to_the_first_that_names_it(divided):
    assert divided.era(OLD).id == FIRST
    assert divided.former == {OLD: FIRST}


def test_or_to_the_one_that_holds_the_day_it_showed(divided):
    known = replace(divided, retired={OLD: DAY})
    assert known.era(OLD).id == SECOND
    assert known.find_former(known.eras[:1]) == {OLD: FIRST}  # of a document without that one


def test_addresses_of_the_app_with_an_old_id_lead_there(divided):
    place = "https://atlas.example/"
    (era,) = find_eras(divided, OLD)
    assert document_path(divided, [era]) == f"embed/latest/{FIRST}.html"
    assert find_eras(divided, f"{OLD}~{FIRST}") == (era,)
    for url in (f"?era={OLD}", f"map/{OLD}", f"embed/latest/{OLD}.html"):
        assert find_shown(divided, place + url, place).eras == (era,)
    with pytest.raises(UnknownIdError):
        find_eras(divided, f"{OLD}-x")


def test_a_document_knows_where_old_ids_lead(divided, features, symbology):
    payload = build_payload(
        divided, features, eras=divided.eras[1:2], symbology=symbology, wording=load_wording()
    )
    assert payload["former"] == {OLD: SECOND}


def test_faults_of_old_ids_are_named(copy):
    path = copy / "layers" / "catalogue.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines = [line for line in lines if not line.startswith("formerly = ")]
    lines.insert(lines.index(f'id = "{FIRST}"') + 1, f'formerly = ["{SECOND}", "{OLD}"]')
    retired = [f"{OLD} = 1950-01-01", "nobodys = 1900-01-01", 'odd = "1900"']
    if "[retired]" not in lines:
        lines.append("[retired]")
    place = lines.index("[retired]") + 1
    path.write_text("\n".join([*lines[:place], *retired, *lines[place:]]), encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(copy)
    message = str(caught.value)
    assert f"era '{FIRST}': formerly '{SECOND}' is the id of an era that is there" in message
    assert f"[retired] {OLD}: none of {FIRST} holds 1950-01-01" in message
    assert "[retired] nobodys: no era names it in formerly" in message
    assert "[retired] odd: found '1900', expected a date" in message
