"""nginx on this machine, without the rights of an administrator and ended by its own process."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from string import Template
from time import monotonic, sleep
from typing import Final

__all__ = ["NGINX", "nginx"]

NGINX: Final = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
"""The program, or None where it is not installed."""

MAIN: Final = Template("""\
daemon off;
worker_processes 1;
$user
pid $folder/nginx.pid;
error_log $folder/error.log;
events { worker_connections 1024; }
http {
    log_format served '$$upstream_addr $$status $$uri';
    access_log $folder/access.log served;
    client_body_temp_path $folder/body;
    proxy_temp_path $folder/proxy;
    fastcgi_temp_path $folder/fastcgi;
    uwsgi_temp_path $folder/uwsgi;
    scgi_temp_path $folder/scgi;
    $site
}
""")
"""What stands around a site's own configuration: every file it writes is in a folder of ours."""


@contextmanager
def nginx(folder: Path, site: str, port: int) -> Iterator[str]:
    """Run nginx with a site's configuration that listens on a port; yields its address."""
    if not NGINX:
        raise RuntimeError("nginx is not installed")
    config = folder / "nginx.conf"
    user = "user root;" if os.getuid() == 0 else ""
    config.write_text(MAIN.substitute(folder=folder, user=user, site=site), encoding="utf-8")
    process = subprocess.Popen(
        [NGINX, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(config)],
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        _wait_until_open(process, port)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.communicate(timeout=20)


def _wait_until_open(process: subprocess.Popen[str], port: int) -> None:
    deadline = monotonic() + 20
    while monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(process.communicate()[1])
        with socket.socket() as asking:
            if asking.connect_ex(("127.0.0.1", port)) == 0:
                return
        sleep(0.05)
    raise TimeoutError("nginx does not listen")
