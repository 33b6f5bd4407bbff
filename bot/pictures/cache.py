"""Pictures drawn once and kept by content, in memory and on disk."""

import hashlib
import logging
import threading
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path

from cachetools import LRUCache

from bot.pictures.render import rendered
from bot.pictures.shipped import ShippedPictures
from bot.private_files import SealedFolder

_log = logging.getLogger(__name__)


@cache
def _programs() -> str:
    """Name what draws, with its version: another one may draw another picture."""
    return f"{version('resvg_py')} {version('pillow')}"


class PictureCache:
    """PNG bytes by the SVG they are drawn from. Safe to use from several threads; one picture is drawn once.

    `folder`: where files are kept between runs, None for memory only. `memory`: bytes held at most; `files`: kept on
    disk at most, the oldest go first. `shipped`: what comes with the program, looked at first. A folder that cannot be written or a changed file costs time, never a picture.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        memory: int = 4_000_000,
        files: int = 300,
        render: Callable[[str], bytes] = rendered,
        shipped: ShippedPictures | None = None,
    ) -> None:
        self._files = None if folder is None else SealedFolder(folder, "picture 1", files)
        self._render = render
        self._shipped = shipped
        self._told = False
        self._held: LRUCache[str, bytes] = LRUCache(memory, getsizeof=len)
        self._lock = threading.Lock()
        self._drawing: dict[str, threading.Lock] = {}
        self._made_by = _programs()

    def png(self, svg: str, *, on_disk: bool = True) -> bytes:
        """Return the PNG of an SVG. With `on_disk` False nothing is written, which is how a member's own picture stays theirs.

        Raises RenderError where it cannot be drawn; that is not kept.
        """
        key = self.key(svg)
        if (held := self._from_memory(key)) is not None:
            return held
        with self._lock:
            turn = self._drawing.setdefault(key, threading.Lock())
        try:
            with turn:
                if (held := self._from_memory(key)) is not None:
                    return held
                picture = None if self._shipped is None else self._shipped.get(svg)
                if picture is None:
                    picture = self._from_disk(key)
                if picture is None:
                    picture = self._render(svg)
                    if on_disk:
                        self._to_disk(key, picture)
                self._keep(key, picture)
                return picture
        finally:
            with self._lock:
                self._drawing.pop(key, None)

    def key(self, svg: str) -> str:
        """Return the name under which the PNG of an SVG is held."""
        return hashlib.sha256(f"{self._made_by}\n{svg}".encode()).hexdigest()

    def held(self, key: str) -> bytes | None:
        """Return what is in memory under a `key`, at once; None where `png` has to be asked for it."""
        return self._from_memory(key)

    def _from_memory(self, key: str) -> bytes | None:
        with self._lock:
            return self._held.get(key)

    def _keep(self, key: str, picture: bytes) -> None:
        if len(picture) <= self._held.maxsize:
            with self._lock:
                self._held[key] = picture

    def _from_disk(self, key: str) -> bytes | None:
        return None if self._files is None else self._files.get(key)

    def _to_disk(self, key: str, picture: bytes) -> None:
        if self._files is None:
            return
        try:
            self._files.put(key, picture)
        except OSError as error:
            if not self._told:
                self._told = True
                _log.warning(
                    "Pictures are not kept on disk (%s): they are drawn anew at each start.",
                    error.strerror or type(error).__name__,
                )
