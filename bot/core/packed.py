"""Fitted states as bytes and back: a mark, a hash of the rest, a line that names the parts, the parts (never pickle)."""

import hashlib
import json
from collections.abc import Iterable, Iterator

Part = tuple[str, str, bytes]
"""What kind of part it is, its name, and its bytes."""

_HASH = hashlib.sha256().digest_size


def pack(mark: bytes, key: str, parts: Iterable[Part]) -> bytes:
    """Return the parts as bytes, under the key of what they were made from. `mark` says whose state it is."""
    parts = list(parts)
    head = json.dumps([key, [(kind, name, len(raw)) for kind, name, raw in parts]]).encode()
    content = b"".join((head, b"\n", *(raw for _, _, raw in parts)))
    return mark + hashlib.sha256(content).digest() + content


def unpack(mark: bytes, key: str, data: bytes) -> Iterator[tuple[str, str, memoryview]] | None:
    """Return the parts that `pack` took under the same mark and key; None for anything else, if only one bit differs."""
    start = len(mark) + _HASH
    content = memoryview(data)[start:]
    if not data.startswith(mark) or hashlib.sha256(content).digest() != data[len(mark) : start]:
        return None
    try:
        end = data.index(b"\n", start)
        found, listed = json.loads(data[start:end])
    except (ValueError, TypeError):  # a hash that is right, of what `pack` never made
        return None
    return _parts(listed, content[end + 1 - start :]) if found == key else None


def _parts(listed: Iterable[tuple[str, str, int]], content: memoryview) -> Iterator[tuple[str, str, memoryview]]:
    place = 0
    for kind, name, length in listed:
        yield kind, name, content[place : place + length]
        place += length
