"""Pages that frame the document, served or on disk, and what they hear from it."""

from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

LISTENER = """
window.heard = [];
addEventListener("message", (event) => {
  const frames = [...document.querySelectorAll("iframe")];
  heard.push([frames.findIndex((frame) => frame.contentWindow === event.source), event.data]);
});
window.heights = (frame = 0) => heard.filter(([index]) => index === frame).map(([, data]) => data)
  .filter((data) => data && data.atlas === 1 && data.type === "height").map((data) => data.height);
"""
"""What a host page that keeps all messages runs; `heights` are those of our own protocol."""


def frame(source, *, sandbox="allow-scripts", width="700", height="520"):
    """Return the markup of a frame; `sandbox` None leaves the attribute out."""
    limits = "" if sandbox is None else f' sandbox="{sandbox}"'
    return (
        f'<iframe title="Map" src="{source}" width="{width}" height="{height}"'
        f' style="border:0"{limits}></iframe>'
    )


def article(*parts, script="host.js"):
    """Return a page that holds some markup and runs the listener from a file of its own."""
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Article</title>'
        f'<script src="{script}"></script><body>{"".join(parts)}</body></html>'
    )


@contextmanager
def serving(directory, headers=None):
    """Serve a directory on a port of this machine; yields the address.

    The headers go with articles only: what a page says of itself does not hold for its frames.
    """

    class Host(SimpleHTTPRequestHandler):
        def end_headers(self):
            if self.path.startswith("/article"):
                for name, value in (headers or {}).items():
                    self.send_header(name, value)
            super().end_headers()

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, directory=directory)) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()
