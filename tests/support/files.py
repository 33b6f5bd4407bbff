"""What tests ask of files."""

import os
import shutil
from pathlib import Path


def contents(folder: Path) -> dict[str, bytes]:
    """Return what stands in each file below a folder, by name."""
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def linked(source: str, target: str) -> None:
    """Let `target` be the same file as `source`, which nobody writes into; a copy where it stands on another disk."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
