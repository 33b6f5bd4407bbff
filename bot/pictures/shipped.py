"""The drawings that come with the program, so that no first use waits for one."""

import hashlib
from pathlib import Path

from bot.private_files import SEALED, SealedFolder

_MOST = 500
_MODE, _FOLDER_MODE = 0o644, 0o755
"""What the project ships is for every user of the machine."""


class ShippedPictures:
    """PNG bytes by the SVG that they were drawn from, in a folder that is part of the installed program."""

    def __init__(self, folder: Path) -> None:
        """Read from `folder`, which need not be there; `put` is for whoever makes it."""
        self._folder = folder
        self._sealed = SealedFolder(folder, "shipped-picture 2", _MOST, part_of_program=True)
        self._used: set[str] = set()

    def get(self, svg: str) -> bytes | None:
        """Return the PNG of an SVG, None where none is shipped: whatever drew it, it looks the same."""
        key = _key(svg)
        self._used.add(key)
        return self._sealed.get(key)

    def put(self, svg: str, png: bytes) -> None:
        """Ship the PNG of an SVG. Raises OSError where the folder cannot be written."""
        key = _key(svg)
        self._used.add(key)
        self._sealed.put(key, png)
        self._folder.chmod(_FOLDER_MODE)
        (self._folder / f"{key}{SEALED}").chmod(_MODE)

    def drop_unused(self) -> None:
        """Remove what was neither asked for nor put: drawings of before. Raises OSError."""
        for path in self._folder.glob(f"*{SEALED}"):
            if path.name.removesuffix(SEALED) not in self._used:
                path.unlink()


def _key(svg: str) -> str:
    return hashlib.sha256(svg.encode()).hexdigest()
