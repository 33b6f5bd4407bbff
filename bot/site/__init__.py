"""The knowledge as pages for a browser: a folder of static files, or served live while its YAML is edited."""

from bot.site.building import Site, build
from bot.site.writing import write

__all__ = ["Site", "build", "write"]
