"""Lists of claims by words, topic, and by what members made of them. On SQLite and on PostgreSQL."""

import pytest

from bot.core.model import Answer, Match, Outcome
from bot.errors import UserError
from bot.service.listing import COUNTED, Sought, View
from bot.service.workshop import Workshop
from tests.support.postgres import Clock
from tests.support.workshop import CREATINE, HERE, MEMBER, MODERATOR, THERE

pytestmark = pytest.mark.both_databases


async def listed(workshop: Workshop, **sought: str) -> list[str]:
    view = View(sought.pop("view", "any"))
    return [row.claim.id for row in await workshop.listing.rows(HERE, MODERATOR, Sought(view, **sought))]


def press(workshop: Workshop, claim: str, up: int, down: int) -> None:
    for member in range(up + down):
        workshop.recording.pressed(HERE, member, claim, "helpful" if member < up else "not helpful")


def miss(workshop: Workshop, question: str, near: str, members: int) -> None:
    answer = Answer("", Outcome.SUGGEST, "?", suggestions=(near,))
    for member in range(members):
        workshop.recording.answered(HERE, member, answer, question)


async def added(workshop: Workshop) -> str:
    draft = await workshop.curation.begin_add(HERE, MODERATOR, CREATINE)
    await workshop.curation.publish(HERE, MODERATOR, draft.id)
    assert draft.claim is not None
    return draft.claim


async def test_words_find_claims_by_title_statement_and_questions(workshop: Workshop) -> None:
    creatine = await added(workshop)
    assert await listed(workshop, words="creatin") == [creatine]
    assert (await listed(workshop, words="deep machine"))[0] == "find-depth", "words of a question"
    assert await listed(workshop, words="Find your own depht") == ["find-depth"], "misspelt, by the title"
    assert await listed(workshop, words="zzzz qqqq") == []
    assert creatine in await listed(workshop, words="?!") or await listed(workshop, words="?!") == []


async def test_a_topic_narrows_any_view(workshop: Workshop) -> None:
    creatine = await added(workshop)
    assert await listed(workshop, topic="this-server") == [creatine]
    assert "find-depth" in await listed(workshop, topic="depth")
    assert await listed(workshop, topic="depth", view="added") == []
    assert await listed(workshop, topic="this-server", view="added", words="creatine") == [creatine]


async def test_the_worst_rated_come_first_and_those_without_thumbs_down_not_at_all(
    workshop: Workshop, clock: Clock
) -> None:
    press(workshop, "find-depth", 9, 1)
    press(workshop, "straight-knees", 0, 6)
    press(workshop, "huge", 4, 0)
    rows = await workshop.listing.rows(HERE, MODERATOR, Sought(View.WORST))
    assert [(row.claim.id, row.up, row.down) for row in rows] == [("straight-knees", 0, 6), ("find-depth", 9, 1)]
    clock.forward(days=91)
    assert await listed(workshop, view="worst") == []


async def test_what_was_never_given_as_an_answer_is_listed(workshop: Workshop) -> None:
    everything = await listed(workshop)
    assert await listed(workshop, view="never") == everything
    given = Answer(
        "", Outcome.ANSWER, "!", claim="find-depth", topic="depth", candidates=(Match("find-depth", "depth", 0.9),)
    )
    workshop.recording.answered(HERE, 1, given, "how deep")
    assert await listed(workshop, view="never") == [each for each in everything if each != "find-depth"]
    await workshop.curation.hide(HERE, "straight-knees", MODERATOR)
    assert "straight-knees" not in await listed(workshop, view="never"), "nobody can get what is hidden"


async def test_what_was_asked_and_missed_stands_with_the_claim_that_was_near(workshop: Workshop) -> None:
    with pytest.raises(UserError, match="does not keep questions"):
        await listed(workshop, view="missed")
    await workshop.settings.change(HERE, MODERATOR, keep_questions=True)
    miss(workshop, "can i use the sled for rowing", "find-depth", 3)
    miss(workshop, "which shoes squeak on rubber floors", "straight-knees", 4)
    miss(workshop, "is chalk forbidden in summer", "huge", 2)
    rows = await workshop.listing.rows(HERE, MODERATOR, Sought(View.MISSED))
    assert [(row.claim.id, row.missed) for row in rows] == [("straight-knees", 4), ("find-depth", 3)], "two are too few"


@pytest.mark.parametrize("view", sorted(COUNTED))
async def test_counts_are_for_editors_of_that_server_alone(workshop: Workshop, view: View) -> None:
    await workshop.settings.change(THERE, MODERATOR, keep_questions=True)
    press(workshop, "find-depth", 0, 5)
    with pytest.raises(UserError):
        await workshop.listing.rows(HERE, MEMBER, Sought(view))
    there = [row for row in await workshop.listing.rows(THERE, MODERATOR, Sought(view)) if row.down or row.missed]
    assert there == []
