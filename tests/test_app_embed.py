"""Documents of some eras, and what is made on demand."""

import os
import signal
import sys
import threading
from concurrent.futures import CancelledError
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import util
from types import ModuleType

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from geo import build_map, render_document
from geo.app import embed_routes, library
from geo.app.library import open_library
from geo.app.ondemand import BusyError, OnDemand
from geo.app.server import ROUTES
from geo.app.workshop import Workshop

FOREVER = "public, max-age=31536000, immutable"


@pytest.fixture(scope="module")
def client():
    with TestClient(Starlette(routes=ROUTES), follow_redirects=False) as test:
        yield test


@pytest.fixture(scope="module")
def release():
    return open_library().release


@pytest.mark.slow
def test_a_subset_is_the_document_of_its_eras(client, release, catalogue, features):
    answer = client.get(f"/embed/{release}/1907-spheres~1946-withdrawal.html?ui=map")
    assert answer.status_code == 200
    eras = [catalogue.era("1907-spheres"), catalogue.era("1946-withdrawal")]
    assert answer.text == render_document(build_map(catalogue, features, eras=eras))
    assert answer.headers["cache-control"] == FOREVER
    assert answer.headers["content-security-policy"] == "frame-ancestors *"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["content-encoding"] == "gzip"
    plain = client.get(
        f"/embed/{release}/1907-spheres~1946-withdrawal.html",
        headers={"accept-encoding": "identity"},
    )
    assert plain.content == answer.content


@pytest.mark.slow
def test_other_orders_other_releases_and_all_eras_lead_to_one_address(client, release, catalogue):
    one = f"/embed/{release}/1907-spheres~1946-withdrawal.html"
    everything = "~".join(era.id for era in catalogue.eras)
    for asked, target in {
        f"/embed/{release}/1946-withdrawal~1907-spheres.html": one,
        f"/embed/{release}/1907-spheres~1907-spheres~1946-withdrawal.html": one,
        "/embed/latest/1907-spheres~1946-withdrawal.html": one,
        "/embed/0123456789abcdef/1907-spheres~1946-withdrawal.html": one,
        f"/embed/{release}/{everything}.html": f"/embed/{release}.html",
        "/embed/latest.html": f"/embed/{release}.html",
        "/embed/0123456789abcdef.html": f"/embed/{release}.html",
    }.items():
        answer = client.get(f"{asked}?view=33.5,52,6&layers=a~b")
        assert answer.status_code == 307
        assert answer.headers["cache-control"] == "no-cache"
        landed = client.get(f"{asked}?view=33.5,52,6&layers=a~b", follow_redirects=True)
        assert landed.status_code == 200
        assert landed.url.path == target
        assert landed.url.query == b"view=33.5,52,6&layers=a~b"


def test_what_is_no_document_is_not_found(client, release, catalogue):
    many = "~".join(["1907-spheres"] * (len(catalogue.eras) + 1))
    for path in (
        f"{release}/1914.html",
        f"{release}/1907-spheres~.html",
        f"{release}/{many}.html",
        f"{release}/{'9' * 5000}.html",
        f"{release}/..%2f{release}.html",
        f"{release}/%00.html",
        "newest.html",
        "newest/1907-spheres.html",
        f"{release.upper()}x.html",
        "_stcore/health",
        f"{release}/1907-spheres.txt",
    ):
        answer = client.get(f"/embed/{path}")
        assert answer.status_code == 404, path
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.text in ("no such document", "no such era")
    long = client.get(f"/embed/{release}/1907-spheres.html?x={'9' * 7000}")
    assert long.status_code == 414


def test_a_target_cannot_be_put_into_the_answer(client):
    answer = client.get("/embed/latest.html?x=%0d%0aSet-Cookie:a=b&y=//elsewhere.example")
    assert "set-cookie" not in answer.headers
    assert answer.headers["location"].startswith(f"{open_library().atlas.name}?")


def test_the_folder_of_documents_is_the_embed_page(client):
    answer = client.get("/embed/")
    assert answer.status_code == 307
    assert answer.headers["location"] == "../embed"


def test_the_script_for_pages_is_served_to_any(client):
    answer = client.get("/embed.js")
    assert "postMessage" in answer.text
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["access-control-allow-origin"] == "*"


def test_who_asks_while_too_much_is_made_is_told_to_come_again(client, release, monkeypatch):
    def busy(*_):
        raise BusyError("busy")

    held = []

    async def hold(seconds):
        held.append(seconds)

    monkeypatch.setattr(type(open_library()), "ask_document", busy)
    monkeypatch.setattr(embed_routes.asyncio, "sleep", hold)
    answer = client.get(f"/embed/{release}/2006-sanctions~1907-spheres.html", follow_redirects=True)
    assert answer.status_code == 503
    assert len(held) == 1
    assert embed_routes.HOLD[0] <= held[0] <= embed_routes.HOLD[1]
    pause = int(answer.headers["retry-after"])
    assert embed_routes.PAUSE[0] <= pause <= embed_routes.PAUSE[1]
    assert f'<meta http-equiv="refresh" content="{pause}">' in answer.text
    assert "comes by itself" in answer.text
    assert answer.headers["content-security-policy"].endswith("frame-ancestors *")
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.slow
def test_single_eras_are_kept_and_do_not_wait_for_choices(client, release, catalogue, monkeypatch):
    hold, begun = threading.Event(), threading.Event()
    real = library._render

    def render(own, eras):
        if len(eras) > 1:
            begun.set()
            assert hold.wait(60)
        return real(own, eras[:1])

    monkeypatch.setattr(library, "_render", render)
    first, *others = [era.id for era in catalogue.eras]
    choices = [f"/embed/{release}/{first}~{other}.html" for other in others[:12]]
    asking = [threading.Thread(target=client.get, args=(path,)) for path in choices]
    for thread in asking:
        thread.start()
    assert begun.wait(60)
    assert client.get(f"/embed/{release}/{first}.html").status_code == 200
    monkeypatch.setattr(library, "_render", None)  # it is kept: nobody makes it again
    assert client.get(f"/embed/{release}/{first}.html").status_code == 200
    monkeypatch.setattr(library, "_render", render)
    hold.set()
    for thread in asking:
        thread.join(120)


@pytest.mark.slow
def test_a_process_that_was_killed_is_started_anew(catalogue):
    workshop = Workshop(open_library().told)
    one = workshop.render(catalogue.eras[:1])
    (process,) = workshop._pool._processes.values()
    process.kill()
    process.join(20)
    assert workshop.render(catalogue.eras[:1]) == one
    workshop.close()


def test_a_process_runs_no_page_of_the_app(catalogue, tmp_path, monkeypatch):
    """Streamlit puts the page that ran last in the main module's place, where Python looks."""
    page = tmp_path / "page.py"
    page.write_text("raise SystemExit('the page has run')", encoding="utf-8")
    main = ModuleType("__main__")
    main.__file__ = str(page)
    monkeypatch.setitem(sys.modules, "__main__", main)
    workshop = Workshop(open_library().told)
    assert workshop.render(catalogue.eras[:1]).page.startswith(b"<!doctype html>")
    workshop.close()
    assert sys.modules["__main__"] is main


def test_a_process_that_dies_at_its_start_holds_nothing_up(catalogue, monkeypatch):
    start = util.spawnv_passfds

    def start_and_kill(path, arguments, descriptors):
        process = start(path, arguments, descriptors)
        if b"spawn_main" in b" ".join(map(os.fsencode, arguments)):
            os.kill(process, signal.SIGKILL)
        return process

    monkeypatch.setattr(util, "spawnv_passfds", start_and_kill)
    workshop = Workshop(open_library().told)
    ends = []

    def end():
        with pytest.raises(BrokenProcessPool):  # it is started twice
            workshop.render(catalogue.eras[:1])
        workshop.close()
        with pytest.raises(RuntimeError, match="the server ends"):
            workshop.render(catalogue.eras[:1])
        ends.append(True)

    ending = threading.Thread(target=end, daemon=True)
    ending.start()
    ending.join(60)
    assert ends


def test_the_server_answers_others_while_a_document_is_made(client, release, monkeypatch):
    begun, hold, answers = threading.Event(), threading.Event(), []

    def render(*_):
        begun.set()
        assert hold.wait(60)
        return open_library().atlas

    monkeypatch.setattr(library, "_render", render)
    monkeypatch.setattr(library, "_SUBSETS", OnDemand(most=1, waiting=1))
    path = f"/embed/{release}/1979-two-refusals.html"
    asking = threading.Thread(target=lambda: answers.append(client.get(path)))
    asking.start()
    assert begun.wait(60)
    assert client.get("/health").status_code == 200
    assert answers == []
    hold.set()
    asking.join(60)
    assert answers[0].status_code == 200


def test_a_thing_is_made_once_for_all_who_ask():
    made, hold = [], threading.Event()

    def make():
        hold.wait(20)
        made.append(1)
        return "thing"

    store = OnDemand(most=2, waiting=2)
    asked = [store.ask("a", make) for _ in range(5)]
    hold.set()
    assert [future.result(20) for future in asked] == ["thing"] * 5
    assert store.ask("a", make).result(20) == "thing"
    assert made == [1]


def test_only_the_latest_things_are_kept():
    made = []
    store = OnDemand(most=2, waiting=2)

    def ask(name):
        return store.ask(name, lambda: made.append(name) or name).result(20)

    for name in ("a", "b", "a", "c", "a", "b"):
        assert ask(name) == name
    assert made == ["a", "b", "c", "b"]
    assert len(store) == 2


def test_what_fails_is_tried_again_and_more_than_allowed_do_not_wait():
    store, hold = OnDemand(most=2, waiting=2), threading.Event()

    def fail():
        hold.wait(20)
        raise ValueError("no")

    first, second = store.ask("a", fail), store.ask("b", fail)
    with pytest.raises(BusyError):
        store.ask("c", fail)
    hold.set()
    for future in (first, second):
        with pytest.raises(ValueError, match="no"):
            future.result(20)
    assert store.ask("a", lambda: "now").result(20) == "now"


def test_what_was_called_off_is_made_for_the_next():
    store, hold = OnDemand(most=2, waiting=3), threading.Event()
    store.ask("a", partial(hold.wait, 20))
    waiting = store.ask("b", lambda: "b")
    assert waiting.cancel()
    hold.set()
    with pytest.raises(CancelledError):
        waiting.result(20)
    assert store.ask("b", lambda: "again").result(20) == "again"


def test_a_server_that_ends_makes_no_more_and_says_nothing(monkeypatch, capsys):
    told = open_library()
    ending = library.Library(told.told, (), told.atlas)
    asked = []

    def ask(self, eras):
        asked.append(eras)
        if len(asked) == 2:
            self.close()
        raise RuntimeError("cannot schedule new futures after interpreter shutdown")

    monkeypatch.setattr(library.Library, "ask_document", ask)
    ending.make_all()
    assert len(asked) == 2
    assert capsys.readouterr().out.count("cannot schedule") == 1
