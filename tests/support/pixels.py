"""Reading PNG pixels in tests. The same SVG is drawn once, whoever asks again."""

import io
from functools import cache, reduce

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bot.pictures import render

Pixels = NDArray[np.int16]


@cache
def drawn(svg: str) -> bytes:
    """As the bot's own `drawn` does."""
    return render.drawn(svg)


@cache
def rendered(svg: str) -> bytes:
    """As the bot's own `rendered` does."""
    return render.rendered(svg)


def pixels(png: bytes) -> Pixels:
    """Height x width x 4 channels of a PNG."""
    with Image.open(io.BytesIO(png)) as picture:
        return np.asarray(picture.convert("RGBA")).astype(np.int16)


def changed(one: Pixels, other: Pixels, *, by: int = 40) -> NDArray[np.bool_]:
    """Where two pictures of one size differ visibly."""
    return _farthest(one, other) > by


def close_to(picture: Pixels, colour: str, *, within: int = 12) -> NDArray[np.bool_]:
    """Where a picture has a colour such as #0072B2, or nearly."""
    wanted = np.array([int(colour[index : index + 2], 16) for index in (1, 3, 5)], dtype=np.int16)
    return _farthest(picture[:, :, :3], np.broadcast_to(wanted, picture[:, :, :3].shape)) <= within


def _farthest(one: Pixels, other: Pixels) -> Pixels:
    """How far apart two pictures are in the channel in which they differ most; one channel after the other, which is quick."""
    return reduce(np.maximum, (np.abs(one[:, :, at] - other[:, :, at]) for at in range(one.shape[2])))
