"""What crosses the socket for a step builds on nothing that an overtaken run may have dropped."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from bench.sessions import Session


class Heard(Session):
    """A session that keeps the places of all that it is sent."""

    def __init__(self, address):
        super().__init__(address)
        self.deltas = []

    def _take(self, told):
        super()._take(told)
        kind = told.delta.WhichOneof("type")
        self.deltas.append((tuple(told.metadata.delta_path), kind, told.delta.fragment_id))


@pytest.fixture(scope="module")
def runs(app):
    """What the page sends when it is opened, and for a step."""

    async def listen():
        session = Heard(app)
        try:
            await session.open()
            opened = list(session.deltas)
            session.deltas.clear()
            await session.step(3)
            return opened, session.deltas
        finally:
            await session.close()

    # In a thread of its own: that of the tests may have a browser's loop already.
    with ThreadPoolExecutor() as pool:
        return pool.submit(asyncio.run, listen()).result()


def test_a_step_stands_in_blocks_of_its_own(runs):
    _, step = runs
    place = step[0][0]
    made = {path for path, kind, _ in step if kind == "add_block"}
    assert place in made
    assert [path for path, _, _ in step if path != place and path[:-1] not in made] == []


def test_nothing_of_the_page_comes_after_it(runs):
    opened, step = runs
    place = step[0][0]
    assert {path for path, _, fragment in opened if fragment} == {path for path, _, _ in step}
    beside = [
        path
        for path, _, fragment in opened
        if not fragment and len(path) >= len(place) and path[: len(place) - 1] == place[:-1]
    ]
    assert [path for path in beside if path[len(place) - 1] >= place[-1]] == []
