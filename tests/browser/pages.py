"""Pages in the browser, opened for a test, and what each does besides being looked at."""

from contextlib import contextmanager

from helpers import DESKTOP

BUSY_AT_FIRST = """{
  const idle = window.requestIdleCallback;
  const later = window.setTimeout;
  window.requestIdleCallback = (run, options) => {
    const left = 3000 - performance.now();
    return left > 0 ? later(() => idle(run, options), left) : idle(run, options);
  };
}"""
"""Lets a page be busy for its first three seconds: what it does when it is idle (all eras are made
ready, which takes seconds) is left out by tests that are over sooner, and met by all others."""


PATIENCE = 120_000
"""Milliseconds after which a state never comes; a busy machine makes none of them late."""


class Watch:
    """What a page did besides being looked at."""

    def __init__(self, page, allowed):
        self.requests = []
        self.errors = []
        self._allowed = allowed
        page.on("console", lambda message: self._console(message))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.route("**/*", self._route)

    def _console(self, message):
        if message.type == "error":
            self.errors.append(message.text)

    def _route(self, route):
        url = route.request.url
        if url.startswith(self._allowed):
            route.continue_()
        else:
            self.requests.append(url)
            route.abort()


@contextmanager
def opening(chromium):
    """Give what opens an address; returns the page and what it asked for beyond what is allowed.

    `allowed` are prefixes of addresses, `before` is a script that runs in the page before its own;
    `throttle` makes the page's processor so many times slower.
    """
    contexts = []

    def open_at(address, *, allowed=(), viewport=DESKTOP, before="", throttle=1, **options):
        context = chromium.new_context(viewport=viewport, **options)
        context.set_default_timeout(PATIENCE)
        context.add_init_script(BUSY_AT_FIRST)
        context.add_init_script(before)
        contexts.append(context)
        page = context.new_page()
        watch = Watch(page, (address.split("?")[0].split("#")[0], "data:", "blob:", *allowed))
        if throttle > 1:
            session = context.new_cdp_session(page)
            session.send("Emulation.setCPUThrottlingRate", {"rate": throttle})
        page.goto(address)
        return page, watch

    yield open_at
    for context in contexts:
        context.close()
