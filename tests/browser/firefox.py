"""Firefox, driven over WebDriver BiDi: as much of the protocol as the tests need.

Playwright drives only a Firefox of its own make. Debian's speaks BiDi on a WebSocket by itself, so
a client of a few commands over `websockets` takes the place of selenium and a driver program.
"""

import itertools
import json
import re
import shutil
import subprocess
import time
from contextlib import contextmanager, suppress

import pytest
from websockets.sync.client import connect

COMMAND = shutil.which("firefox-esr") or shutil.which("firefox")

needs_firefox = pytest.mark.skipif(
    not COMMAND, reason="Firefox is not installed: apt install firefox-esr"
)

LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")

CTRL = "\ue009"


TRIES = 600
"""Pictures that a page draws while its frame may still be on its way."""


DRAWN = "new Promise(go => { requestAnimationFrame(go); setTimeout(go, 100); })"
"""The next frame, or a tenth of a second: a page that has nothing to draw may get none."""


class Firefox:
    """One window of a Firefox of its own."""

    def __init__(self, socket):
        self._socket = socket
        self._numbers = itertools.count(1)
        self.logs = []
        self._past = []
        self.send("session.new", capabilities={})
        self.send("session.subscribe", events=["log.entryAdded"])
        (self.page,) = [
            context["context"] for context in self.send("browsingContext.getTree")["contexts"]
        ]

    def send(self, method, **params):
        """Send a command and return its result."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            message = json.loads(self._socket.recv(timeout=60))
            if message.get("method") == "log.entryAdded":
                self.logs.append((message["params"]["level"], message["params"]["text"]))
            if message.get("id") == number:
                if message["type"] == "error":
                    raise RuntimeError(f"{method}: {message['message']}")
                return message["result"]

    def open(self, address, width, height):
        """Open an address in a window of a size."""
        self._past = self._frames()
        self.send(
            "browsingContext.setViewport",
            context=self.page,
            viewport={"width": width, "height": height},
        )
        self.send("browsingContext.navigate", context=self.page, url=address, wait="complete")

    def _frames(self):
        (top,) = self.send("browsingContext.getTree", root=self.page)["contexts"]
        return [child["context"] for child in top["children"]]

    def frame(self):
        """Return the frame in the page: not that of the page before, which may outlive it."""
        for _ in range(TRIES):
            for context in self._frames():
                if context not in self._past:
                    return context
            self.run(DRAWN)
        raise AssertionError("the page has no frame")

    def run(self, expression, context=None):
        """Return the value of an expression, of a promise what it comes to."""
        answer = self.send(
            "script.evaluate",
            expression=f"(async () => JSON.stringify(await ({expression})))()",
            target={"context": context or self.page},
            awaitPromise=True,
        )
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"].get("value", "null"))

    def wait(self, condition, context=None):
        """Wait until an expression is true, looked at in every frame drawn; returns its value."""
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            # A frame that is on its way has no page, or another one in a moment.
            with suppress(RuntimeError):
                if value := self.run(f"{DRAWN}.then(() => {condition})", context):
                    return value
        raise TimeoutError(condition)

    def act(self, *sources):
        """Perform actions of keys, pointers and wheels."""
        self.send("input.performActions", context=self.page, actions=list(sources))

    def wheel(self, x, y, turns, down=100):
        """Turn the wheel at a place of the page."""
        turn = {"type": "scroll", "x": x, "y": y, "deltaX": 0, "deltaY": down}
        self.act({"type": "wheel", "id": "wheel", "actions": [turn, {"type": "pause"}] * turns})

    def keys(self, kind, *values):
        """Press (keyDown) or let go (keyUp) some keys."""
        actions = [{"type": kind, "value": value} for value in values]
        self.act({"type": "key", "id": "keyboard", "actions": actions})

    def touch(self, *ways):
        """Move fingers at once, each along its way of places."""
        self.act(
            *(
                {
                    "type": "pointer",
                    "id": f"finger-{number}",
                    "parameters": {"pointerType": "touch"},
                    "actions": [
                        {"type": "pointerMove", "x": way[0][0], "y": way[0][1]},
                        {"type": "pointerDown", "button": 0},
                        *(
                            {"type": "pointerMove", "x": x, "y": y, "duration": 50}
                            for x, y in way[1:]
                        ),
                        {"type": "pointerUp", "button": 0},
                    ],
                }
                for number, way in enumerate(ways)
            )
        )


@contextmanager
def firefox(profile):
    """Run a Firefox with a profile of its own; ended by its own process."""
    process = subprocess.Popen(
        [COMMAND, "--headless", "--no-remote", "--profile", profile, "--remote-debugging-port=0"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        for line in process.stderr:
            found = LISTENING.search(line)
            if found:
                break
        else:
            raise RuntimeError("Firefox ended before it listened")
        with connect(f"{found[1]}/session", max_size=None) as socket:
            yield Firefox(socket)
    finally:
        process.terminate()
        process.wait(timeout=20)
        process.stderr.close()
