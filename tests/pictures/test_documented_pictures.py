"""The pictures that the documents show are the ones that are drawn today."""

from pathlib import Path

import numpy as np

from bot.core.drawing import PICTURES
from bot.pictures import rendered
from tests.support.pixels import pixels

IMAGES = Path(__file__).parents[2] / "docs" / "images"


def test_the_two_positions_in_the_documents_are_the_drawn_ones() -> None:
    """After a wanted change write `rendered(PICTURES["positions"].svg)` to this file."""
    kept, drawn = (
        pixels((IMAGES / "positions-side-by-side.png").read_bytes()),
        pixels(rendered(PICTURES["positions"].svg)),
    )
    assert kept.shape == drawn.shape
    assert np.abs(kept - drawn).mean() < 1
