"""What the wordings of each claim speak of, as numbers: as sets of texts it would take 5 MB, and a millisecond a claim to gather."""

from array import array
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from bot.core.matching.arrays import joined, separated


class Said:
    """Which names (concepts and stems) stand in the wordings of which claim. Fixed once made."""

    def __init__(self, names: Sequence[str], numbers: "array[int]", ends: Sequence[int]) -> None:
        """Take all names in ascending order, and for each claim the places of its names, ascending, up to its end."""
        self._names = names
        self._numbers = numbers
        self._ends = (0, *ends)

    @classmethod
    def of(cls, claims: Sequence[Collection[str]]) -> Self:
        """Return the same as a set of names for each claim says."""
        names = sorted({name for each in claims for name in each})
        places = {name: place for place, name in enumerate(names)}
        listed = [sorted(places[name] for name in each) for each in claims]
        ends = np.cumsum([len(each) for each in listed], dtype=np.int64).tolist()
        return cls(names, array("i", [place for each in listed for place in each]), ends)

    def has(self, claim: int, name: str) -> bool:
        """Say whether a name stands in a wording of a claim. Raises IndexError where there is no such claim."""
        place = bisect_left(self._names, name)
        if place == len(self._names) or self._names[place] != name:
            return False
        start, end = self._ends[claim], self._ends[claim + 1]
        found = bisect_left(self._numbers, place, start, end)
        return found < end and self._numbers[found] == place

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """All of it as plain arrays; `restore` takes them back."""
        return {
            "names": joined(self._names),
            "numbers": np.array(self._numbers, dtype=np.int32),
            "ends": np.array(self._ends[1:], dtype=np.int64),
        }

    @classmethod
    def restore(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> Self:
        """Return what `arrays` came from; raises KeyError or ValueError where they are not of one."""
        names, numbers, ends = separated(arrays["names"]), arrays["numbers"], arrays["ends"].tolist()
        if (ends[-1] if ends else 0) != len(numbers):
            raise ValueError("Names and their numbers do not match.")
        return cls(names, array("i", numbers.astype(np.int32).tobytes()), ends)
