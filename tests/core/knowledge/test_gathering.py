"""Faults told once."""

from bot.core.knowledge.gathering import MOST_FAULTS, MOST_OF_A_KIND, gathered
from bot.errors import Fault


def test_a_few_alike_are_told_one_by_one_in_their_order() -> None:
    faults = [Fault("a.yaml", line, 1, "'title' is missing") for line in (9, 3, 5)]
    assert [fault.line for fault in gathered(faults)] == [3, 5, 9]


def test_many_alike_are_told_once_with_count_and_lines() -> None:
    faults = [Fault("a.yaml", 10 * i, 1, f"entry {i} must be text") for i in range(1, 101)]
    [told] = gathered(faults)
    assert told.line == 10
    assert told.message == (
        "entry 1 must be text; the same 99 times more, at lines 20, 30, 40, 50, 60, 70, 80, 90, ..."
    )


def test_the_same_place_is_told_once() -> None:
    assert gathered([Fault("a.yaml", 2, 1, "no topic 'x'")] * 1000) == [Fault("a.yaml", 2, 1, "no topic 'x'")]


def test_of_one_kind_the_first_are_told_and_the_rest_counted() -> None:
    found = gathered(Fault("a.yaml", i + 1, 1, f"unknown key 'k{i}'") for i in range(500))
    assert len(found) == MOST_OF_A_KIND
    assert (
        found[-1].message
        == f"unknown key 'k{MOST_OF_A_KIND - 1}'; {500 - MOST_OF_A_KIND} more of this kind come after it"
    )


def test_files_are_kept_apart_and_bounded() -> None:
    faults = [Fault(file, i, 1, "fault " + "abcdefghij"[i % 10] * (i // 10 + 1)) for file in "ab" for i in range(300)]
    found = gathered(faults)
    assert [sum(fault.file == file for fault in found) for file in "ab"] == [MOST_FAULTS, MOST_FAULTS]
    assert "other faults come after it" in found[-1].message
