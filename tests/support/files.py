"""What tests ask of files."""

from pathlib import Path


def contents(folder: Path) -> dict[str, bytes]:
    """Return what stands in each file below a folder, by name."""
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
