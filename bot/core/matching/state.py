"""The fitted state as bytes and back: a header, a hash of the content, then plain arrays (never pickle)."""

import hashlib
import io
import zipfile
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.core.matching.calibration import Calibration, Logistic
from bot.core.matching.closecalls import CloseCalls
from bot.core.matching.concepts import Concepts
from bot.core.matching.features import FeatureSpace, Floats
from bot.core.matching.typos import Speller
from bot.core.matching.weights import Weights

_MAGIC = b"legpress-matcher\n"
_HASH = 32


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


def dump(fitted: Fitted) -> bytes:
    """Return the state as bytes."""
    arrays: dict[str, Any] = {
        "starts": fitted.columns.starts,
        "columns": fitted.columns.columns,
        "values": fitted.columns.values,
        "width": np.array(fitted.columns.width),
        "inside": fitted.inside,
        "calibration": np.array(
            [(*part.weights, part.bias) for part in (fitted.calibration.inside, fitted.calibration.right)]
        ),
        **fitted.calls.arrays(),
        **{f"concepts_{name}": array for name, array in fitted.space.concepts.arrays().items()},
        **{f"space_{name}": array for name, array in fitted.space.arrays().items()},
        **{f"speller_{name}": array for name, array in fitted.speller.arrays().items()},
    }
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **arrays)
    content = fitted.key.encode() + b"\n" + buffer.getvalue()
    return _MAGIC + hashlib.sha256(content).digest() + content


def load(data: bytes, key: str) -> Fitted | None:
    """Return the state that `dump` gave, or None where it is broken or was fitted from anything but `key`."""
    head = len(_MAGIC) + _HASH
    content = data[head:]
    mark = key.encode() + b"\n"
    if not data.startswith(_MAGIC) or not content.startswith(mark):
        return None
    if hashlib.sha256(content).digest() != data[len(_MAGIC) : head]:
        return None
    try:
        with np.load(io.BytesIO(content[len(mark) :]), allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in archive.files}
        numbers = arrays["calibration"].tolist()
        return Fitted(
            key,
            FeatureSpace.restore(Concepts.restore(_part(arrays, "concepts_")), _part(arrays, "space_")),
            Speller.restore(_part(arrays, "speller_")),
            Weights(arrays["starts"], arrays["columns"], arrays["values"], int(arrays["width"])),
            arrays["inside"],
            Calibration(*(Logistic(tuple(part[:-1]), part[-1]) for part in numbers)),
            CloseCalls.restore(arrays),
        )
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OSError, EOFError, zipfile.BadZipFile):
        return None


def _part(arrays: dict[str, Any], prefix: str) -> dict[str, Any]:
    return {name[len(prefix) :]: array for name, array in arrays.items() if name.startswith(prefix)}
