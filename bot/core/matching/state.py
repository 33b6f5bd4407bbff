"""The matcher's fitted state as bytes and back: plain arrays."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.core.matching.calibration import Calibration, Logistic
from bot.core.matching.closecalls import CloseCalls
from bot.core.matching.concepts import Concepts
from bot.core.matching.features import FeatureSpace
from bot.core.matching.said import Said
from bot.core.matching.typos import Speller
from bot.core.matching.vectors import Floats
from bot.core.matching.weights import Weights
from bot.core.packed import Part, pack, unpack

_MAGIC = b"legpress-matcher\n"
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
    return pack(_MAGIC, fitted.key, (_packed(name, array) for name, array in arrays.items()))


def load(data: bytes, key: str) -> Fitted | None:
    """Return the state that `dump` gave, or None where it is broken or was fitted from anything but `key`.

    Its arrays are copies, so that nothing keeps `data`: a sixth of it are texts, which are read and then in the way.
    """
    parts = unpack(_MAGIC, key, data)
    if parts is None:
        return None
    try:
        arrays = {name: _unpacked(kind, raw) for kind, name, raw in parts}
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


def _packed(name: str, array: npt.NDArray[Any]) -> Part:
    return f"{array.dtype.str}:{','.join(map(str, array.shape))}", name, array.tobytes()


def _unpacked(kind: str, raw: memoryview) -> npt.NDArray[Any]:
    """Return a copy of an array. Raises ValueError or TypeError for anything that is none of numbers."""
    of, _, shape = kind.partition(":")
    dtype = np.dtype(of)
    if dtype.kind not in _KINDS:
        raise ValueError(f"An array of {of} is not taken.")
    return np.frombuffer(raw, dtype=dtype).reshape([int(each) for each in shape.split(",") if each]).copy()


def _part(arrays: dict[str, Any], prefix: str) -> dict[str, Any]:
    return {name[len(prefix) :]: array for name, array in arrays.items() if name.startswith(prefix)}
