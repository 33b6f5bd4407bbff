"""The gate's fitted state as bytes and back: texts and numbers, without JSON to parse.

Reading it is most of what the gate costs at a start, so it keeps the shapes that are quickest to take back: words joined
to one text, numbers as plain arrays.
"""

import sys
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from bot.core.packed import pack, unpack

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_MAGIC = b"legpress-gate\n"
SMALL = "H"
"""The array type of whole numbers below 65,536, which take half of the room."""


@dataclass(slots=True)
class State:
    """Texts, whole numbers (array type "i"), fractions ("d"), shares, less precise ("f"), hashes ("Q"), and small whole numbers ("H")."""

    texts: dict[str, str] = field(default_factory=dict)
    whole: dict[str, "array[int]"] = field(default_factory=dict)
    fractions: dict[str, "array[float]"] = field(default_factory=dict)
    shares: dict[str, "array[float]"] = field(default_factory=dict)
    hashes: dict[str, "array[int]"] = field(default_factory=dict)
    small: dict[str, "array[int]"] = field(default_factory=dict)

    def lines(self, name: str) -> list[str]:
        """Return a text's lines, none for an empty text. Raises KeyError where there is none of that name."""
        text = self.texts[name]
        return text.split("\n") if text else []

    def put(self, name: str, numbers: "array[int]") -> None:
        """Add whole numbers, small or not."""
        (self.small if numbers.typecode == SMALL else self.whole)[name] = numbers

    def numbers(self, name: str) -> "array[int]":
        """Return whole numbers, small or not. Raises KeyError where there are none of that name."""
        return self.small[name] if name in self.small else self.whole[name]

    def dump(self, key: str) -> bytes:
        """Return everything as bytes, under the key of what it was made from."""
        parts = [("t", name, text.encode("utf-8", "surrogatepass")) for name, text in self.texts.items()]
        parts += [("i", name, numbers.tobytes()) for name, numbers in self.whole.items()]
        parts += [(SMALL, name, numbers.tobytes()) for name, numbers in self.small.items()]
        parts += [("d", name, numbers.tobytes()) for name, numbers in self.fractions.items()]
        parts += [("f", name, numbers.tobytes()) for name, numbers in self.shares.items()]
        parts += [("Q", name, numbers.tobytes()) for name, numbers in self.hashes.items()]
        return pack(_MAGIC, _key(key), parts)

    @classmethod
    def load(cls, data: bytes, key: str) -> Self | None:
        """Return what `dump` gave under the same key; None for anything else, if only one bit differs."""
        parts = unpack(_MAGIC, _key(key), data)
        if parts is None:
            return None
        state = cls()
        for kind, name, raw in parts:
            if kind == "t":
                state.texts[name] = str(raw, "utf-8", "surrogatepass")
            elif kind == "i":
                state.whole[name] = array("i", raw.tobytes())
            elif kind == SMALL:
                state.small[name] = array(SMALL, raw.tobytes())
            elif kind == "f":
                state.shares[name] = array("f", raw.tobytes())
            elif kind == "Q":
                state.hashes[name] = array("Q", raw.tobytes())
            else:
                state.fractions[name] = array("d", raw.tobytes())
        return state


def narrow(numbers: "npt.NDArray[np.integer[Any]]") -> "array[int]":
    """Return whole numbers as an array: as small ones, where they are."""
    small = not len(numbers) or (int(numbers.min()) >= 0 and int(numbers.max()) < _MOST_SMALL)
    kind = SMALL if small else "i"
    return array(kind, numbers.astype(kind).tobytes())


_MOST_SMALL = 1 << 16


def _key(key: str) -> str:
    """Return the key with how this machine writes numbers, for caches that several machines share."""
    return f"{key} {sys.byteorder} {array('i').itemsize} {array('d').itemsize} {array('f').itemsize} {array(SMALL).itemsize}"
