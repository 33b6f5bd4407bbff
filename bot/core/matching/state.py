"""The fitted state as bytes and back: a header, a hash of the content, then plain arrays (never pickle)."""

import hashlib
import json
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.core.matching.calibration import Calibration, Logistic
from bot.core.matching.closecalls import CloseCalls
from bot.core.matching.concepts import Concepts
from bot.core.matching.features import FeatureSpace, Floats
from bot.core.matching.said import Said
from bot.core.matching.typos import Speller
from bot.core.matching.weights import Weights

_MAGIC = b"legpress-matcher\n"
_START = len(_MAGIC) + hashlib.sha256().digest_size
_ALIGNED = 16
_KINDS = "biuf"
"""Truth values and numbers: what has no meaning beyond its bytes."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """All that was learned from a set of claims. `key` is the fingerprint of what it was learned from."""

    key: str
    space: FeatureSpace
    speller: Speller
    columns: Weights
    inside: Floats
    calibration: Calibration
    calls: CloseCalls
    said: Said


def dump(fitted: Fitted) -> bytes:
    """Return the state as bytes."""
    arrays: dict[str, npt.NDArray[Any]] = {
        "starts": fitted.columns.starts,
        "columns": fitted.columns.columns,
        "values": fitted.columns.values,
        "width": np.array(fitted.columns.width),
        "inside": fitted.inside,
        "calibration": np.array(
            [(*part.weights, part.bias) for part in (fitted.calibration.inside, fitted.calibration.right)]
        ),
        **fitted.calls.arrays(),
        **{f"said_{name}": array for name, array in fitted.said.arrays().items()},
        **{f"concepts_{name}": array for name, array in fitted.space.concepts.arrays().items()},
        **{f"space_{name}": array for name, array in fitted.space.arrays().items()},
        **{f"speller_{name}": array for name, array in fitted.speller.arrays().items()},
    }
    head = json.dumps([[name, array.dtype.str, array.shape] for name, array in arrays.items()]).encode()
    content = bytearray(fitted.key.encode() + b"\n" + head + b"\n")
    for array in arrays.values():
        content += bytes(_padding(_START + len(content))) + array.tobytes()
    return b"".join((_MAGIC, hashlib.sha256(content).digest(), content))


def load(data: bytes, key: str) -> Fitted | None:
    """Return the state that `dump` gave, or None where it is broken or was fitted from anything but `key`.

    Its arrays are copies, so that nothing keeps `data`: a sixth of it are texts, which are read and then in the way.
    """
    mark = key.encode() + b"\n"
    if not data.startswith(_MAGIC) or not data.startswith(mark, _START):
        return None
    if hashlib.sha256(memoryview(data)[_START:]).digest() != data[len(_MAGIC) : _START]:
        return None
    try:
        arrays = _arrays(data, _START + len(mark))
        numbers = arrays["calibration"].tolist()
        return Fitted(
            key,
            FeatureSpace.restore(Concepts.restore(_part(arrays, "concepts_")), _part(arrays, "space_")),
            Speller.restore(_part(arrays, "speller_")),
            Weights(arrays["starts"], arrays["columns"], arrays["values"], int(arrays["width"])),
            arrays["inside"],
            Calibration(*(Logistic(tuple(part[:-1]), part[-1]) for part in numbers)),
            CloseCalls.restore(arrays),
            Said.restore(_part(arrays, "said_")),
        )
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        return None


def _arrays(data: bytes, place: int) -> dict[str, npt.NDArray[Any]]:
    """Return the arrays by name; the line at `place` says what they are. Raises ValueError or TypeError for anything else."""
    end = data.index(b"\n", place)
    listed = json.loads(data[place:end])
    place = end + 1
    arrays = {}
    for name, kind, shape in listed:
        dtype = np.dtype(kind)
        if dtype.kind not in _KINDS:
            raise ValueError(f"An array of {kind} is not taken.")
        place += _padding(place)
        count = math.prod(shape)
        arrays[name] = np.frombuffer(data, dtype=dtype, count=count, offset=place).reshape(shape).copy()
        place += count * dtype.itemsize
    return arrays


def _padding(place: int) -> int:
    """Return how many bytes are missing to the next place where an array may begin."""
    return -place % _ALIGNED


def _part(arrays: dict[str, Any], prefix: str) -> dict[str, Any]:
    return {name[len(prefix) :]: array for name, array in arrays.items() if name.startswith(prefix)}
