"""Whatever is wrong with an import, all of it is told at once, and nothing ever breaks on it."""

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.bootstrap import load_knowledge, shipped_state
from bot.core.model import Knowledge
from bot.core.server_file import read
from bot.store.cache import FileCache
from tests.support.examples import examples
from tests.support.workshop import KNOWLEDGE

GOOD: dict[str, Any] = {
    "id": "our-depth",
    "title": "Our depth rule",
    "claim": "Stop at the sticker.",
    "verdict": "opinion",
    "confidence": "low",
    "answer": "The sticker marks it.",
    "questions": ["what is the sticker for"],
}
KEYS = [*GOOD, "why", "unknown", "do", "avoid", "not", "sources", "related", "picture", "colour"]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["", " ", "warning-signs", "find-depth", "Bad Name", "x" * 2000]),
    lambda inner: st.lists(inner, max_size=9) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
CLAIMS = st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=4).map(lambda changed: {**GOOD, **changed}) | VALUES
SERVER_FILES = st.fixed_dictionaries(
    {},
    optional={
        "claims": st.dictionaries(st.sampled_from(["depth", "nowhere", "this-server"]), st.lists(CLAIMS, max_size=4) | VALUES)
        | VALUES,
        "questions": st.dictionaries(st.sampled_from(["find-depth", "warning-signs", "no"]), VALUES) | VALUES,
        "hidden": VALUES,
        "out_of_scope": VALUES,
        "pictures": VALUES,
        "hiden": VALUES,
    },
)  # fmt: skip


@pytest.fixture(scope="module")
def base() -> Knowledge:
    return load_knowledge(KNOWLEDGE, FileCache(None, shipped_state()))


@examples(50)
@given(data=SERVER_FILES | st.lists(CLAIMS, max_size=5))
def test_any_data_is_read_or_refused_with_faults_in_the_order_of_the_file(base: Knowledge, data: Any) -> None:
    found = read(yaml.safe_dump(data).encode(), "f.yaml", base, {})
    places = [(fault.line, fault.column) for fault in found.faults]
    assert places == sorted(places)
    assert not any("stand-in" in fault.message for fault in found.faults)


@examples(50)
@given(raw=st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode(errors="replace")))
def test_any_bytes_are_read_or_refused(base: Knowledge, raw: bytes) -> None:
    found = read(raw, "f.yaml", base, {})
    assert all(fault.line >= 1 and fault.column >= 1 for fault in found.faults)


@pytest.mark.parametrize("key", [key for key in GOOD if key != "id"])
def test_a_fault_of_shape_hides_no_fault_of_content(base: Knowledge, key: str) -> None:
    faulty = {**{name: value for name, value in GOOD.items() if name != key}, "sources": ["nobody1999"]}
    found = read(yaml.safe_dump([faulty], sort_keys=False).encode(), "f.yaml", base, {})
    said = [fault.message for fault in found.faults]
    assert any(f"'{key}' is missing" in each for each in said)
    assert any("no source 'nobody1999'" in each for each in said)
