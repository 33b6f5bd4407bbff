"""Numbers by text, in a tenth of a dictionary's memory: for the 200,000 texts that the gate knows and never lists.

A text is found by the first 64 bits of its BLAKE2b hash (RFC 7693) among the others', in ascending order; one of up to
seven bytes by these. That an unknown
text is taken for one of 200,000 happens once in 10^14 questions.
"""

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Self

from bot.core.safety.state import State, narrow
from bot.sentences import say

_BYTES = 8
_BITS = 8 * _BYTES
_SHARED_BY = 16
"""Hashes that share a place in the index at most, about: two lines of a processor's cache."""
_NO_LETTER = b"\xff"
"""A byte that no text has in UTF-8."""
_MANY = 48
"""So many texts are worth being looked up together."""
_MOST_KNOWN = 2_048
"""Texts that are found without hashing. Only such as are numbered here: of what else people type, nothing stays."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """Whole numbers by text: the hashes (array type "Q"), ascending, and the number of each (array type "i", or "H" where all are small)."""

    _hashes: "array[int]"
    _numbers: "array[int]"
    _texts: dict[str, int] = field(default_factory=dict, repr=False, compare=False)
    """The dictionary that it was made from, until `forget`: while fitting, a million texts are asked for."""
    _index: "array[int]" = field(default_factory=lambda: array("i"), init=False, repr=False, compare=False)
    """Where the hashes with each beginning start; made when first needed."""
    _known: dict[str, int] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def of(cls, numbers: dict[str, int], *, remembered: bool = False) -> Self:
        """Return the same as a dictionary says; for quick answers it is itself `remembered` until `forget` empties it.

        Raises ValueError where two texts cannot be told apart.
        """
        import numpy as np  # late: only fitting needs it

        hashes = np.frombuffer(b"".join(map(_hashed, numbers)), dtype=">u8").astype(np.uint64)
        order = np.argsort(hashes)
        hashes = hashes[order]
        if (hashes[1:] == hashes[:-1]).any():
            raise ValueError(say("stops.numbered.two_texts_have_one_hash"))
        several = np.fromiter(numbers.values(), dtype=np.int32, count=len(numbers))[order]
        return cls(array("Q", hashes.tobytes()), narrow(several), numbers if remembered else {})

    def forget(self) -> None:
        """Let the dictionary go: from now on a text is found by its hash."""
        self._texts.clear()

    def __len__(self) -> int:
        return len(self._hashes)

    def __contains__(self, text: str) -> bool:
        return self.get(text) is not None

    def get(self, text: str) -> int | None:
        """Return the number of a text, None where it has none."""
        if self._texts:
            return self._texts.get(text)
        known = self._known
        number = known.get(text)
        if number is not None:
            return number
        hashed = _hash(text)
        index = self._index or self._indexed()
        beginning = hashed >> (_BITS - len(index).bit_length() + 1)
        end = index[beginning + 1]
        place = bisect_left(self._hashes, hashed, index[beginning], end)
        if place == end or self._hashes[place] != hashed:
            return None
        number = self._numbers[place]
        if len(known) < _MOST_KNOWN:
            known[text] = number
        return number

    def several(self, texts: Sequence[str]) -> list[int | None]:
        """Return what `get` would for each of many texts, in a third of the time."""
        if self._texts or len(texts) < _MANY or not self._hashes:
            return [self.get(text) for text in texts]
        import numpy as np  # late: few messages are so long

        hashes = np.frombuffer(b"".join(map(_hashed, texts)), dtype=">u8").astype(np.uint64)
        known = np.frombuffer(self._hashes, dtype=np.uint64)
        places = np.minimum(known.searchsorted(hashes), len(known) - 1)
        numbers = np.asarray(self._numbers)[places].tolist()
        there = (known[places] == hashes).tolist()
        return [number if one else None for number, one in zip(numbers, there, strict=True)]

    def _indexed(self) -> "array[int]":
        """Return where the hashes with each beginning start, and at last their number; a power of two and one."""
        bits = max(1, (len(self._hashes) // _SHARED_BY).bit_length())
        found = array("i", [0])
        for beginning in range(1, 1 << bits):
            found.append(bisect_left(self._hashes, beginning << (_BITS - bits), found[-1]))
        found.append(len(self._hashes))
        self._index[:] = found
        return found

    def dump(self, state: State, name: str) -> None:
        """Add all of it to the state that a cache keeps."""
        state.hashes[name] = self._hashes
        state.put(name, self._numbers)

    @classmethod
    def restore(cls, state: State, name: str) -> Self:
        """Rebuild what `dump` added. Raises KeyError or ValueError for anything else."""
        hashes, numbers = state.hashes[name], state.numbers(name)
        if len(hashes) != len(numbers):
            raise ValueError(f"{name}: {len(hashes)} hashes and {len(numbers)} numbers")
        return cls(hashes, numbers)


def _hashed(text: str) -> bytes:
    """Return what stands for a text: itself where it is shorter than a hash, as short words and runs of letters are."""
    raw = text.encode("utf-8", "surrogatepass")
    return raw.ljust(_BYTES, _NO_LETTER) if len(raw) < _BYTES else blake2b(raw, digest_size=_BYTES).digest()


def _hash(text: str) -> int:
    return int.from_bytes(_hashed(text), "big")
