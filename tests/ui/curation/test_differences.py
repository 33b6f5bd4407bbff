"""Differences as messages: broken for phones, cut at whole lines, with the whole beside."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.core.diff import FieldDiff, ItemDiff
from bot.service.draft_values import Conflict, Revision
from bot.ui.curation import words
from bot.ui.curation.differences import MOST_BLOCK, block, conflict_layout, difference_layout
from bot.ui.kit.limits import MOST_TEXT

wild = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=900)
fields = st.builds(
    FieldDiff,
    st.sampled_from(["answer", "questions"]),
    st.just("Answer"),
    st.lists(wild, max_size=5).map(tuple),
    st.lists(wild, max_size=5).map(tuple),
)
items = st.builds(ItemDiff, st.just("a-claim"), wild, st.just("changed"), st.lists(fields, max_size=4).map(tuple))


@given(st.lists(items, max_size=6))
def test_every_difference_fits_a_message_and_cannot_break_out_of_its_block(differences: list[ItemDiff]) -> None:
    shown = block(differences)
    assert len(shown.text) <= MOST_BLOCK
    if differences:
        assert shown.text.startswith("```diff\n")
        assert shown.text.endswith("\n```")
        assert shown.text.count("```") == 2
    assert difference_layout("### Heading", shown).content_length() <= MOST_TEXT


@given(items, items)
def test_every_conflict_fits_a_message(mine: ItemDiff, theirs: ItemDiff) -> None:
    revision = Revision(7, None, datetime(2026, 11, 22, tzinfo=UTC), "edit", "w" * 300, ("a-claim",))
    layout, _ = conflict_layout(10**15 - 1, Conflict("a-claim", mine, theirs, revision))
    assert layout.content_length() <= MOST_TEXT


def test_a_short_difference_needs_no_file() -> None:
    difference = ItemDiff("a", "A", "changed", (FieldDiff("answer", "Answer", ("Old.",), ("New.",)),))
    shown = block([difference])
    assert shown.text == "```diff\n@@ A (a) changes @@\n  Answer\n- Old.\n+ New.\n```"
    assert not shown.is_cut


def test_a_long_line_is_broken_and_each_part_keeps_its_mark() -> None:
    text = "one two three four five six seven eight nine ten eleven"
    shown = block([ItemDiff("a", "A", "changed", (FieldDiff("questions", "Questions", (), (text,)),))])
    marked = [line for line in shown.text.splitlines() if line.startswith("+")]
    assert len(marked) == 3
    assert marked[1].startswith("+  ")
    assert all(len(line) <= 27 for line in marked)


def test_what_does_not_fit_is_whole_in_the_file() -> None:
    questions = tuple(f"question number {number} goes on and on" for number in range(200))
    shown = block([ItemDiff("a", "A", "changed", (FieldDiff("questions", "Questions", (), questions),))])
    assert shown.is_cut
    assert "more lines in the file" in shown.text
    assert all(f"+ {each}".encode() in shown.whole for each in questions)


def test_no_difference_is_said() -> None:
    assert block([]).text == words.NO_DIFFERENCE
