"""Texts as plain arrays, so that a fitted state needs nothing but NumPy to be saved and read."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt


def joined(texts: Iterable[str]) -> npt.NDArray[np.uint8]:
    """Texts without line breaks as one array of bytes."""
    return np.frombuffer("\n".join(texts).encode("utf-8", "surrogatepass"), dtype=np.uint8)


def separated(array: npt.NDArray[np.uint8]) -> list[str]:
    """Return the texts that `joined` put together."""
    text = array.tobytes().decode("utf-8", "surrogatepass")
    return text.split("\n") if text else []
