"""YAML that means the same to every reader."""

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.core.knowledge.yaml_reader import parse
from bot.core.yaml_text import WIDTH, dump, scalar
from tests.support.examples import examples

_WORDS = st.sampled_from(
    ["yes", "No", "on", "OFF", "null", "~", "true", ".inf", "a-b", "1:30", "0x1F", "1e3", ":", "#", "-", "?", "!", "&", "*", "'x'", '"q"', "{a", "[b", ">-", "|", "%d", "@x", "`y", "knees,", "a:", "b#c", "---", "...", "ü", "é", "腰", "long_word"]
)  # fmt: skip
TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf"], max_codepoint=0xDFFFF, include_characters="\n"), max_size=200
) | st.lists(_WORDS, max_size=60).map(" ".join)
VALUES = st.lists(
    st.dictionaries(st.sampled_from(["id", "title", "why"]), TEXTS | st.lists(TEXTS, max_size=4), max_size=3),
    max_size=3,
)


@examples(100)
@given(VALUES)
def test_what_is_written_is_read_back_by_readers_of_either_version(value: list[dict[str, Any]]) -> None:
    written = dump(value)
    read = parse(written.encode(), "x.yaml")
    assert read.faults == []
    assert read.data == value  # our reader: YAML 1.2
    assert yaml.safe_load(written) == value  # PyYAML: YAML 1.1


@pytest.mark.parametrize(
    "text", ["yes", "No", "null", "~", "1:30", "2026-11-22", "010", "", " x", "x ", "a: b", "- a", "y"]
)
def test_a_text_that_some_reader_takes_for_something_else_is_quoted(text: str) -> None:
    assert scalar(text).startswith('"')


def test_a_text_that_reads_as_it_stands_is_left_alone() -> None:
    assert scalar("How deep should I go (on a sled)?") == "How deep should I go (on a sled)?"


def test_a_long_text_is_folded_at_spaces() -> None:
    text = " ".join(["word"] * 60)
    written = dump({"why": text})
    assert written.startswith("why: >-\n  word")
    assert max(map(len, written.splitlines())) <= WIDTH
    assert yaml.safe_load(written) == {"why": text}
