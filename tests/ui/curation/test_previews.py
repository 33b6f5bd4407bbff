"""Previews at their limits: the longest claim, many checks, many claims at once, nothing to show."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from discord import ui

from bot.core.diff import FieldDiff, ItemDiff
from bot.core.fields import FieldFault, to_fields
from bot.core.model import Outcome
from bot.core.overlay import NOTHING, Entry
from bot.service import Service
from bot.service.checks import Findings, Moved, QuestionCheck
from bot.service.draft_values import Draft, DraftItem, Revision
from bot.service.previews import Preview
from bot.ui.curation.previews import check_lines, faulty, preview, published
from bot.ui.kit.buttons import Press
from bot.ui.kit.layout import Layout
from bot.ui.kit.limits import faults
from bot.ui.kit.picks import Pick

LONG = "how does one press when the question goes on and on and does not end " * 12
NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def huge(fixed_service: Service) -> Preview:
    """A preview of the longest claim, with as many findings as there can be."""
    claim = fixed_service.knowledge.claims["huge"]
    answer = fixed_service.show_claim("huge")
    assert answer is not None
    fields = tuple(FieldDiff("questions", "Q" * 50, (), ("x",) * 99) for _ in range(15))
    draft = Draft(
        10**15 - 1, 1, 1, "edit", (DraftItem("huge", 0, NOTHING, Entry(claim)),), "w" * 300, NOW,
        differences=(ItemDiff("huge", claim.title, "changed", fields),), fields=to_fields(claim),
    )  # fmt: skip
    checks = tuple(
        QuestionCheck(LONG, "huge", Outcome.DECLINE, None, 0.1, False, "Would get no answer.") for _ in range(100)
    )
    moved = tuple(Moved(f"{number} {LONG}", "find-depth", "find-depth", None) for number in range(20))
    return Preview(draft, fixed_service, (answer,), Findings(checks, moved, 999, ("A note. " * 40,) * 30))


def test_the_fullest_preview_is_one_that_discord_takes(huge: Preview) -> None:
    shown = preview(huge)
    assert faults(shown.layout) == []
    text = shown.whole.decode()
    assert text.count("Would get no answer.") == 100
    assert "19 how does one press" in text


def test_the_fullest_import_is_one_that_discord_takes(huge: Preview) -> None:
    assert huge.answers
    items = tuple(replace(huge.draft.differences[0], item=f"claim-{number}") for number in range(300))
    draft = replace(huge.draft, action="import", differences=items, fields=None)
    every = [huge.service.show_claim(claim) for claim in huge.service.knowledge.claims]
    answers = tuple(answer for answer in every if answer is not None)[:5]
    assert len(answers) == 5
    shown = preview(replace(huge, draft=draft, answers=answers))
    assert faults(shown.layout) == []


def _buttons_of(layout: Layout) -> tuple[list[list[Press]], list[list[ui.Item[Any]]]]:
    """Return the buttons of a preview in their rows, and all rows."""
    rows = [each.children for each in layout.walk_children() if isinstance(each, ui.ActionRow)]
    buttons = [[each for each in row if isinstance(each, Press)] for row in rows]
    return [row for row in buttons if row and not row[0].item.disabled], rows


def test_what_can_be_done_with_a_draft_fits_a_phone_and_publishing_comes_first(huge: Preview) -> None:
    missed = tuple(
        QuestionCheck(f"wording {number}", "huge", Outcome.DECLINE, None, 0.1, False, "No.") for number in range(12)
    )
    found = replace(huge.findings, likely=missed)
    made = replace(huge, findings=found)
    few, rows = _buttons_of(preview(made).layout)
    assert [[each.item.label for each in row] for row in few] == [
        ["Publish", "Add all 12", "Edit"],
        ["More to do", "Discard"],
    ]
    buttons, rows = _buttons_of(preview(made, more=True).layout)
    assert [each.item.label for each in buttons[0]] == ["Publish", "Add all 12", "Edit"]
    assert {each.kind for row in buttons for each in row} == {
        "kpublish", "kfinds", "kfirst", "ksecond", "kthird", "kfourth", "ksource", "ktry", "kdiff", "ksay", "kdrop",
    }  # fmt: skip
    assert all(sum(len(each.item.label or "") for each in row) <= 24 for row in buttons)
    [pick] = [each for row in rows for each in row if isinstance(each, Pick)]
    assert pick.item.max_values == 12, "those that fit are picked in one go"


def test_a_preview_of_nothing_to_see_still_says_what_it_checked(huge: Preview) -> None:
    shown = preview(replace(huge, answers=(), findings=Findings((), (), 0, ())))
    said = "\n".join(getattr(each, "content", "") for each in shown.layout.walk_children())
    assert "No known question would go elsewhere." in said
    assert shown.whole == b""


def test_many_faults_are_cut_and_counted(huge: Preview) -> None:
    found = tuple(FieldFault("questions", f"fault {number} " + "x" * 500) for number in range(60))
    layout = faulty(replace(huge.draft, faults=found))
    assert faults(layout) == []
    said = "\n".join(getattr(each, "content", "") for each in layout.walk_children())
    assert re.search(r"… and \d+ more", said)
    kinds = [each.kind for each in layout.walk_children() if isinstance(each, Press)]
    assert kinds == ["kfirst", "ksecond", "kthird", "kfourth", "ksource", "kdrop"]


def test_what_was_published_names_the_way_back(huge: Preview) -> None:
    layout = published(Revision(9, 1, NOW, "edit", "", ("huge",)), huge.draft)
    pressed = [(each.kind, each.claim_id) for each in layout.walk_children() if isinstance(each, Press)]
    assert pressed == [("kback", "8.huge"), ("kview", "huge"), ("khist", "0.huge")]


def test_a_claim_that_answers_several_of_the_wordings_is_named(huge: Preview) -> None:
    def found(*matched: str | None) -> Preview:
        likely = tuple(
            QuestionCheck(f"wording {number}", "huge", Outcome.ANSWER, claim, 0.9, True, "Goes here.")
            for number, claim in enumerate(matched)
        )
        return replace(huge, findings=Findings((), (), 0, (), likely))

    named = [line for line in check_lines(found("find-depth", "huge", "find-depth")) if line.startswith("🔗")]
    title = huge.service.knowledge.claims["find-depth"].title
    assert named == [f"🔗 **{title}** answers 2 of 3 of these wordings, too: look whether yours adds to it."]
    assert not [line for line in check_lines(found("find-depth", "huge", None)) if line.startswith("🔗")]


def _tried(*good: bool) -> tuple[QuestionCheck, ...]:
    return tuple(
        QuestionCheck(f"wording {number}", "huge", Outcome.DECLINE, None, 0.1, each, "Would get no answer.")
        for number, each in enumerate(good)
    )


def test_wordings_made_from_the_claims_own_words_are_no_promise(huge: Preview) -> None:
    made = replace(huge, findings=Findings((), (), 0, (), _tried(True, True), _tried(True, False, False)))
    said = "\n".join(check_lines(made))
    assert "All 2 wordings that I made from your words come here. That proves little" in said
    assert "In words that are not yours, 1 of 3 come here" in said
    assert "“wording 1”: Would get no answer." in said
    assert "Members would find it" not in said


def test_where_nothing_in_other_words_can_be_tried_the_preview_says_so(huge: Preview) -> None:
    said = "\n".join(check_lines(replace(huge, findings=Findings((), (), 0, (), _tried(True)))))
    assert "I know no other words to try" in said
    assert not [
        line
        for line in check_lines(replace(huge, findings=Findings((), (), 0, ())))
        if "not yours" in line or "other words" in line
    ]
