"""Reading YAML: 1.2 meaning, positions, and one clear fault for whatever cannot be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.knowledge.folder import MOST_BYTES
from bot.core.knowledge.yaml_reader import Document, parse


def read(text: str | bytes) -> Document:
    return parse(text.encode() if isinstance(text, str) else text, "f.yaml")


def only_fault(text: str | bytes) -> str:
    faults = read(text).faults
    assert len(faults) == 1, faults
    return str(faults[0])


@pytest.mark.parametrize("text", ["no", "on", "yes", "off", "1:30", "010", "2026-11-22", "0x1F", ".inf", "1_000", "y"])
def test_what_yaml_1_1_would_convert_stays_text(text: str) -> None:
    assert read(f"key: {text}").data == {"key": text}


@pytest.mark.parametrize(
    ("text", "value"),
    [("true", True), ("False", False), ("5", 5), ("-3", -3), ("1.5", 1.5), ("~", None), ("", None), ("null", None)],
)
def test_the_few_types_of_yaml_1_2_are_read(text: str, value: object) -> None:
    assert read(f"key: {text}").data == {"key": value}


def test_quotes_keep_a_number_text() -> None:
    assert read("key: '5'").data == {"key": "5"}


def test_every_value_and_key_has_its_place() -> None:
    document = read("- id: a\n  do:\n    - one\n    - two\n")
    assert document.place((0, "id")) == (1, 7)
    assert document.place((0, "do", 1)) == (4, 7)
    assert document.place((0, "do"), key=True) == (2, 3)
    assert document.place((0, "nowhere")) == document.place((0,))


def test_a_duplicate_key_names_its_first_line() -> None:
    assert only_fault("a: 1\nb: 2\na: 3") == "f.yaml:3:1: 'a' stands twice (first at line 1); keep one of them"


def test_aliases_are_refused_where_they_stand() -> None:
    assert only_fault("a: &x [1]\nb: *x").startswith("f.yaml:2:4: aliases (*name) are not used here")


def test_an_alias_bomb_is_refused_line_by_line() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(9)
    )
    assert all("aliases" in fault.message for fault in read(bomb).faults)


def test_merge_keys_are_refused() -> None:
    assert "merge keys" in only_fault("<<: {a: 1}\nb: 2")


def test_foreign_tags_are_refused_and_nothing_is_built_from_them() -> None:
    document = read("a: !!python/object/apply:os.system ['true']")
    assert "is not used here" in document.faults[0].message
    assert document.data == {"a": ["true"]}


def test_two_documents_are_refused() -> None:
    assert "one document a file" in only_fault("- a\n---\n- b\n")


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
@pytest.mark.parametrize("depth", [42, 1_000, 1_001, 100_000])  # PyYAML 6.0.4 itself stops beyond 1,000
def test_deep_nesting_is_told_at_its_place_by_every_pyyaml(opening: str, depth: int) -> None:
    *_, last = read(opening * depth).faults  # a mapping as a key is a fault of its own at each level

    assert str(last) == f"f.yaml:1:{41 * len(opening) + 1}: lists within lists go too deep here; flatten them"


def test_what_stands_before_deep_nesting_is_told_once() -> None:
    told = [str(fault) for fault in read("b: 1\nb: 2\nc: " + "[" * 5_000).faults]

    assert [fault.split(": ")[0] for fault in told] == ["f.yaml:2:1", "f.yaml:3:44"]


@pytest.mark.parametrize(
    ("raw", "place", "words"),
    [
        (b"a: b\nc: \xff\n", "f.yaml:2:4", "not UTF-8"),
        ("a: b".encode("utf-16"), "f.yaml:1:1", "not UTF-8"),
        (b"a: b\x00c", "f.yaml:1:5", "cannot stand in YAML"),
        (b"\x89PNG\r\n\x1a\n", "f.yaml:1:1", "not UTF-8"),
        (b"a: b: c", "f.yaml:1:5", "put quotes round"),
        (b"a: 'b", "f.yaml:1:6", "not closed"),
        (b"\ta: 1", "f.yaml:1:1", "spaces, not tabs"),
    ],
)
def test_what_is_no_yaml_gets_one_fault_that_says_what_to_do(raw: bytes, place: str, words: str) -> None:
    fault = only_fault(raw)
    assert fault.startswith(place)
    assert words in fault


def test_a_huge_file_is_refused_unread() -> None:
    assert "keep a knowledge file under" in only_fault(b"a" * (MOST_BYTES + 1))


def test_a_byte_order_mark_is_no_fault() -> None:
    assert read(b"\xef\xbb\xbfa: b").data == {"a": "b"}


@given(st.binary(max_size=200))
def test_no_bytes_whatsoever_raise(raw: bytes) -> None:
    document = parse(raw, "f.yaml")
    assert all(fault.line >= 1 and fault.column >= 1 for fault in document.faults)


@given(st.text(alphabet="-:[]{}&*!#|>'\"?%@, \n\tab1", max_size=60))
def test_no_yaml_like_text_raises(text: str) -> None:
    parse(text.encode(), "f.yaml")


def test_line_separators_and_escapes_of_json_and_terminals_are_read_as_meant() -> None:
    raw = 'a: "one\u2028two \\ud83d\\ude00"\nb: "\\e[31mred"\nc: d\u202ee\n'
    document = parse(raw.encode(), "f.yaml")
    assert document.faults == []
    assert document.data == {"a": "one two 😀", "b": "[31mred", "c": "de"}
    assert document.place(("c",)) == (3, 4)
