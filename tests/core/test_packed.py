"""Fitted states as bytes."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.packed import Part, pack, unpack

MARK, KEY = b"somebody\n", "made from these claims"
PARTS: list[Part] = [("t", "a\nb", b"two\nlines"), ("i", "", b""), ("<f4:1,2", "a\nb", bytes(range(8)))]


def read(mark: bytes, key: str, data: bytes) -> list[Part] | None:
    parts = unpack(mark, key, data)
    return None if parts is None else [(kind, name, bytes(raw)) for kind, name, raw in parts]


@given(parts=st.lists(st.tuples(st.text(), st.text(), st.binary())))
def test_parts_come_back_in_order(parts: list[Part]) -> None:
    assert read(MARK, KEY, pack(MARK, KEY, parts)) == parts


@pytest.mark.parametrize(("mark", "key"), [(b"nobody\n", KEY), (MARK, "other claims"), (MARK, ""), (MARK, KEY + "\n")])
def test_what_is_another_s_or_was_made_from_something_else_is_refused(mark: bytes, key: str) -> None:
    assert read(mark, key, pack(MARK, KEY, PARTS)) is None


@given(place=st.integers(0, len(pack(MARK, KEY, PARTS)) - 1), bit=st.integers(0, 7))
def test_a_single_wrong_bit_is_noticed(place: int, bit: int) -> None:
    data = bytearray(pack(MARK, KEY, PARTS))
    data[place] ^= 1 << bit
    assert read(MARK, KEY, bytes(data)) is None


@given(length=st.integers(0, len(pack(MARK, KEY, PARTS)) - 1))
def test_a_state_that_was_cut_off_is_noticed(length: int) -> None:
    assert read(MARK, KEY, pack(MARK, KEY, PARTS)[:length]) is None


@pytest.mark.parametrize("content", [b"", b"no line", b"no JSON\n", b"3\n", b"[1]\n", b"\xff\n"])
def test_what_was_never_packed_is_refused_though_its_hash_is_right(content: bytes) -> None:
    assert read(MARK, KEY, MARK + hashlib.sha256(content).digest() + content) is None
