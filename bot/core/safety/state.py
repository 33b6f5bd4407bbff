"""The gate's fitted state as bytes and back: texts and numbers behind a hash of both (never pickle, no JSON to parse).

Reading it is most of what the gate costs at a start, so it keeps the shapes that are quickest to take back: words joined
to one text, numbers as plain arrays.
"""

import hashlib
import json
import sys
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_MAGIC = b"legpress-gate\n"
_HASH = 32
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
        head = json.dumps([_key(key), [(kind, name, len(raw)) for kind, name, raw in parts]]).encode()
        content = b"".join((head, b"\n", *(raw for _, _, raw in parts)))
        return _MAGIC + hashlib.sha256(content).digest() + content

    @classmethod
    def load(cls, data: bytes, key: str) -> Self | None:
        """Return what `dump` gave under the same key; None for anything else, if only one bit differs."""
        start = len(_MAGIC) + _HASH
        content = data[start:]
        if not data.startswith(_MAGIC) or hashlib.sha256(content).digest() != data[len(_MAGIC) : start]:
            return None
        head, _, _ = content.partition(b"\n")
        found, parts = json.loads(head)
        if found != _key(key):
            return None
        state = cls()
        place = len(head) + 1
        for kind, name, length in parts:
            raw = content[place : place + length]
            place += length
            if kind == "t":
                state.texts[name] = raw.decode("utf-8", "surrogatepass")
            elif kind == "i":
                state.whole[name] = array("i", raw)
            elif kind == SMALL:
                state.small[name] = array(SMALL, raw)
            elif kind == "f":
                state.shares[name] = array("f", raw)
            elif kind == "Q":
                state.hashes[name] = array("Q", raw)
            else:
                state.fractions[name] = array("d", raw)
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
