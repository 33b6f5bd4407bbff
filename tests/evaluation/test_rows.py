"""Labelled lines: read as they are meant, or every fault at its line."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import KnowledgeError
from bot.evaluation import Labelled, read_rows

TOPICS = ("depth", "lockout")


def faults(content: str) -> list[str]:
    with pytest.raises(KnowledgeError) as raised:
        read_rows(content, "q.jsonl", TOPICS)
    return [str(fault) for fault in raised.value.faults]


def test_a_line_is_read_with_what_it_says_and_further_keys_are_ignored() -> None:
    line = {
        "id": "d1", "text": "how deep", "label": "depth", "also": ["red-flag"], "style": "short", "lookalike": True,
        "source": "own", "n": 3,
    }  # fmt: skip
    assert read_rows(json.dumps(line), "q.jsonl", TOPICS) == (
        Labelled("how deep", "depth", ("red-flag",), "short", lookalike=True, id="d1"),
    )


def test_text_and_label_are_enough() -> None:
    assert read_rows('{"text": "", "label": "out-of-scope"}', "q.jsonl", TOPICS) == (Labelled("", "out-of-scope"),)


def test_blank_lines_a_byte_order_mark_and_windows_line_ends_are_passed_over() -> None:
    content = '\ufeff\n{"text": "a", "label": "depth"}\r\n\r\n{"text": "b", "label": "depth"}\r\n'
    assert [row.text for row in read_rows(content, "q.jsonl", TOPICS)] == ["a", "b"]


def test_only_a_newline_ends_a_line() -> None:
    content = json.dumps({"text": "one\u2028line\x85", "label": "depth"}, ensure_ascii=False)
    assert [row.text for row in read_rows(content, "q.jsonl", TOPICS)] == ["one\u2028line\x85"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{'text': 1}", "q.jsonl:2:2: this is not JSON ("),
        ("[1, 2]", 'q.jsonl:2:1: this is not an object; write {"text": "...", "label": "..."}'),
        ('{"label": "depth"}', 'q.jsonl:2:1: the question is missing; add "text": "..."'),
        ('{"text": 5, "label": "depth"}', 'q.jsonl:2:1: "text" must be text, in double quotes'),
        (
            '{"text": "a"}',
            'q.jsonl:2:1: the label is missing; add "label": a topic, "out-of-scope", "red-flag" or "uncovered"',
        ),
        ('{"text": "a", "label": "dept"}', "q.jsonl:2:1: 'dept' is no label here; did you mean 'depth'?"),
        (
            '{"text": "a", "label": "zzz"}',
            "q.jsonl:2:1: 'zzz' is no label here; the labels are depth, lockout, out-of-scope, red-flag, uncovered",
        ),
        ('{"text": "a", "label": ["depth"]}', "q.jsonl:2:1: '['depth']' is no label here; did you mean 'depth'?"),
        ('{"text": "a", "label": "depth", "also": ["lock out"]}', "did you mean 'lockout'?"),
        ('{"text": "a", "label": "depth", "also": "lockout"}', '"also" must be a list of labels, such as ["depth"]'),
        ("[" * 200_000, "q.jsonl:2:1: this JSON is too deep or too long to read"),
        ('{"n": ' + "9" * 5000 + "}", "q.jsonl:2:1: this JSON is too deep or too long to read"),
    ],
)
def test_a_faulty_line_is_told_with_its_place_and_what_to_write(line: str, message: str) -> None:
    (fault,) = faults('{"text": "good", "label": "depth"}\n' + line)
    assert message in fault
    assert fault.startswith("q.jsonl:2:")
    assert "\n" not in fault


def test_every_faulty_line_is_told_and_a_flood_is_counted() -> None:
    found = faults("nonsense\n" * 50)
    assert [fault.split(":")[1] for fault in found] == [str(line) for line in range(1, 22)]
    assert found[-1] == "q.jsonl:21:1: and 30 more from here on"


@pytest.mark.parametrize("content", ["", "\n \n", "\ufeff"])
def test_a_file_without_questions_is_told(content: str) -> None:
    assert faults(content) == [
        'q.jsonl:1:1: there is no question in this file; write one {"text": "...", "label": "..."} a line'
    ]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["text", "label", "also", "style", "id"]), inner, max_size=5)
    ),
    max_leaves=8,
)


@given(st.lists(_JSON.map(json.dumps) | st.text(max_size=20), max_size=6).map("\n".join))
def test_any_file_is_read_or_its_faults_are_told(content: str) -> None:
    told: tuple[object, ...] = ()
    rows: tuple[Labelled, ...] = ()
    try:
        rows = read_rows(content, "q.jsonl", TOPICS)
    except KnowledgeError as error:
        told = error.faults
    assert bool(rows) != bool(told)


CLAIMS = {"deep": "depth", "straight": "lockout", "hips": "depth"}


def read(line: object) -> tuple[Labelled, ...]:
    return read_rows(json.dumps(line), "q.jsonl", TOPICS, CLAIMS)


def test_right_claims_give_the_label_where_there_is_none() -> None:
    assert read({"text": "a", "claims": ["deep", "straight"]}) == (
        Labelled("a", "depth", ("depth", "lockout"), claims=("deep", "straight")),
    )
    assert read({"text": "a", "label": "lockout", "claims": ["deep"]})[0].label == "lockout"


def test_several_questions_and_grades_are_read() -> None:
    (row,) = read({"text": "a, and b", "parts": [["deep", "hips"], ["straight"]], "useful": {"deep": 1, "hips": 0.5}})
    assert row.parts == (("deep", "hips"), ("straight",))
    assert row.useful == {"deep": 1, "hips": 0.5}
    assert row.label == "depth"


def test_each_turn_of_a_conversation_that_says_what_is_right_is_a_row() -> None:
    turns = [
        "hi",
        {"text": "how deep", "claims": ["deep"]},
        {"text": "ok"},
        {"text": "and at the top", "claims": ["straight"]},
    ]
    rows = read({"turns": turns, "style": "chatty", "id": "c1"})
    assert rows == (
        Labelled("how deep", "depth", ("depth",), "chatty", id="c1", before=("hi",), claims=("deep",)),
        Labelled("and at the top", "lockout", ("lockout",), "chatty", id="c1", before=("hi", "how deep", "ok"), claims=("straight",)),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ({"text": "a", "claims": "deep"}, '"claims" must be a list of claims, such as ["locking-out"]'),
        ({"text": "a", "claims": ["dep"]}, "there is no claim 'dep'; did you mean 'deep'?"),
        ({"text": "a", "parts": [["deep"], []]}, '"parts" must be a list with a list of claims for each question'),
        ({"text": "a", "parts": ["deep"]}, '"parts" must be a list with a list of claims for each question'),
        ({"text": "a", "useful": {"deep": 7}}, '"useful" must give claims a grade each'),
        ({"text": "a", "label": "depth", "before": "b"}, '"before" must be a list of texts'),
        ({"turns": "a"}, '"turns" must be a list of texts'),
        ({"turns": ["a", 5]}, '"turns" must be a list of texts'),
        ({"turns": ["a", "b"]}, 'no turn says what is right for it; add "claims" to one'),
        ({"turns": []}, 'no turn says what is right for it; add "claims" to one'),
        ({"turns": ["a", {"text": "b", "claims": ["zzzzzz"]}]}, "there is no claim 'zzzzzz'"),
    ],
)
def test_faulty_claims_parts_and_turns_are_told(line: object, message: str) -> None:
    with pytest.raises(KnowledgeError) as raised:
        read(line)
    assert str(raised.value.faults[0]).startswith(f"q.jsonl:1:1: {message}")
