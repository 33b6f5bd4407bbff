"""The pictures that the documents show are the ones that are drawn today."""

import re
from pathlib import Path

import numpy as np
import pytest

from bot.core.drawing import PICTURES
from bot.pictures import rendered
from tests.support.pixels import pixels

PROJECT = Path(__file__).parents[2]
IMAGES = PROJECT / "docs" / "images"


def test_the_two_positions_in_the_documents_are_the_drawn_ones() -> None:
    """After a wanted change write `rendered(PICTURES["positions"].svg)` to this file."""
    kept, drawn = (
        pixels((IMAGES / "positions-side-by-side.png").read_bytes()),
        pixels(rendered(PICTURES["positions"].svg)),
    )
    assert kept.shape == drawn.shape
    assert np.abs(kept - drawn).mean() < 1


@pytest.mark.parametrize("file", ["docs/pictures.md", "knowledge/README.md"])
def test_a_document_names_every_picture_and_no_other(file: str) -> None:
    text = (PROJECT / file).read_text("utf-8")
    table = re.search(r"^\| [^|\n]+ \| (?:It|What it) shows.*?\n\n", text, re.DOTALL | re.MULTILINE)
    assert table
    assert re.findall(r"^\| `([a-z-]+)` \|", table[0], re.MULTILINE) == list(PICTURES)
