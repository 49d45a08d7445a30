"""The files of the site while it is built: bytes by path, some named by their content."""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath

from geo.errors import GeoError

__all__ = ["Files"]


class Files(dict[str, bytes]):
    """Content by path below the site's folder."""

    def add(self, path: str, content: bytes | str) -> str:
        """Add a file; returns its path, raises GeoError when it is there with other content."""
        data = content.encode() if isinstance(content, str) else content
        if self.get(path, data) != data:
            raise GeoError(f"{path}: two files of the site would have this path")
        self[path] = data
        return path

    def add_hashed(self, name: str, content: bytes | str) -> str:
        """Add an asset named by its content, so that it can be cached for ever."""
        data = content.encode() if isinstance(content, str) else content
        digest = hashlib.sha256(data).hexdigest()[:12]
        path = PurePosixPath(name)
        return self.add(f"assets/{path.stem}.{digest}{path.suffix}", data)
