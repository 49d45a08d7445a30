"""The static site: every era as a page, an embed, pictures and data, for any web host.

Everything is built in memory first, as bytes by path; nothing is written before all of it is right.
"""

from geo.site.build import build_site, build_sites
from geo.site.write import write_site

__all__ = ["build_site", "build_sites", "write_site"]
