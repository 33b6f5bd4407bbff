"""Two runs over the same questions, and results saved and read again."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.model import Outcome
from bot.errors import KnowledgeError
from bot.evaluation import Result, as_data, compare, read_saved

ANSWER, SUGGEST, DECLINE = Outcome.ANSWER, Outcome.SUGGEST, Outcome.DECLINE


def answered(text: str, topic: str, label: str = "depth") -> Result:
    return Result(text, label, ANSWER, topic=topic, ranked=(topic,))


def declined(text: str, label: str = "depth", ranked: str = "depth") -> Result:
    return Result(text, label, DECLINE, ranked=(ranked,))


def test_gained_lost_and_moved_are_told_apart() -> None:
    before = [declined("a"), answered("b", "depth"), answered("c", "load"), answered("d", "depth"), declined("e")]
    after = [answered("a", "depth"), answered("b", "load"), declined("c"), answered("d", "depth"), declined("e")]
    found = compare(before, after)
    assert [change.after.text for change in found.gained] == ["a"]
    assert [change.after.text for change in found.lost] == ["b"]
    assert [(change.before.text, change.after.text) for change in found.moved] == [("c", "c")]
    assert (found.both, found.only_before, found.only_after, found.p_value) == (5, 0, 0, 1.0)


def test_the_rankings_own_changes_are_counted_for_topics_only() -> None:
    before = [declined("a", ranked="load"), declined("b"), declined("x", "out-of-scope", ranked="load")]
    after = [declined("a"), declined("b"), declined("x", "out-of-scope")]
    found = compare(before, after)
    assert (found.ranked_gained, found.ranked_lost, found.gained, found.lost) == (1, 0, (), ())


def test_the_p_value_is_mcnemars_over_the_questions_that_changed() -> None:
    before = [declined(str(i)) for i in range(20)]
    after = [answered(str(i), "depth") if i < 6 else declined(str(i)) for i in range(20)]
    assert compare(before, after).p_value == pytest.approx(2 / 2**6)


def test_questions_in_one_run_only_and_those_labelled_anew_are_left_out() -> None:
    before = [declined("a"), declined("b"), declined("c", "load")]
    after = [answered("a", "depth"), answered("c", "depth"), answered("new", "depth")]
    found = compare(before, after)
    assert (found.both, found.only_before, found.only_after) == (1, 2, 2)
    assert len(found.gained) == 1


def test_a_question_asked_twice_is_matched_in_order() -> None:
    before = [declined("a"), answered("a", "depth")]
    after = [answered("a", "depth"), answered("a", "depth")]
    found = compare(before, after)
    assert (found.both, len(found.gained), len(found.lost)) == (2, 1, 0)


_names = st.sampled_from(["depth", "load", "out-of-scope", "red-flag"])
_texts = st.text(max_size=12)
RESULTS = st.builds(
    Result, text=_texts, label=_names, outcome=st.sampled_from(Outcome), also=st.lists(_names, max_size=2).map(tuple),
    style=_texts, lookalike=st.booleans(), id=_texts, topic=st.none() | _names, claim=st.none() | _texts,
    confidence=st.floats(0, 1), ranked=st.lists(_names, max_size=3).map(tuple),
    suggested=st.lists(_names, max_size=3).map(tuple), tier=_texts, safety_line=st.booleans(),
)  # fmt: skip


@given(st.lists(RESULTS, min_size=1, max_size=6))
def test_what_was_saved_is_read_again_and_differs_in_nothing(results: list[Result]) -> None:
    content = "".join(f"{json.dumps(as_data(result))}\n" for result in results)
    again = read_saved(content, "old.jsonl")
    assert list(again) == results
    found = compare(results, again)
    assert (found.both, found.gained, found.lost, found.moved) == (len(results), (), (), ())


@pytest.mark.parametrize(
    "change",
    [{"outcome": "maybe"}, {"ranked": "depth"}, {"ranked": [1]}, {"confidence": "high"}, {"text": None}, {"topic": 3}],
)
def test_a_line_that_is_no_saved_result_is_told_with_its_line(change: dict[str, object]) -> None:
    good = as_data(answered("a", "depth"))
    with pytest.raises(KnowledgeError) as raised:
        read_saved(f"{json.dumps(good)}\n{json.dumps(good | change)}\n", "old.jsonl")
    assert str(raised.value) == (
        "old.jsonl:2:1: this is no saved result; give --compare a file that `legpress eval --save` wrote"
    )


def test_a_file_of_another_kind_is_told_once() -> None:
    with pytest.raises(KnowledgeError) as raised:
        read_saved('{"text": "a", "label": "depth"}\n' * 3, "questions.jsonl")
    assert str(raised.value).splitlines() == [
        "questions.jsonl:1:1: this is no saved result; give --compare a file that `legpress eval --save` wrote"
    ]
