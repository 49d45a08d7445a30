"""Eras that are no more: their ids lead to the era that has their day."""

from dataclasses import replace
from datetime import date

import pytest

from geo.app.addresses import document_path, find_eras, find_shown
from geo.catalogue import load_catalogue
from geo.errors import CatalogueError, UnknownIdError
from geo.payload import build_payload
from geo.wording import load_wording

OLD = "1900s-whole"
FIRST, SECOND = "1881-frontier", "1890-tobacco"


@pytest.fixture(scope="module")
def divided(catalogue):
    """The atlas as if its first two eras had been one."""
    eras = tuple(
        replace(era, formerly=(OLD,) if era.id in (FIRST, SECOND) else ()) for era in catalogue.eras
    )
    return replace(catalogue, eras=eras)


def test_an_old_id_leads_to_the_first_that_names_it(divided):
    assert divided.era(OLD).id == FIRST
    assert divided.former == {OLD: FIRST}


def test_or_to_the_one_that_holds_the_day_it_showed(divided):
    known = replace(divided, retired={OLD: date(1891, 5, 1)})
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
    text = path.read_text(encoding="utf-8")
    text = text.replace('label = "1881"', f'label = "1881"\nformerly = ["{SECOND}", "{OLD}"]', 1)
    retired = f'[retired]\n{OLD} = 1950-01-01\nnobodys = 1900-01-01\nodd = "1900"\n'
    path.write_text(text.replace("[retired]\n", retired, 1), encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(copy)
    message = str(caught.value)
    assert f"era '{FIRST}': formerly '{SECOND}' is the id of an era that is there" in message
    assert f"[retired] {OLD}: none of {FIRST} holds 1950-01-01" in message
    assert "[retired] nobodys: no era names it in formerly" in message
    assert "[retired] odd: found '1900', expected a date" in message
