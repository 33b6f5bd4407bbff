"""Suggestions of members, and what moderators make of them."""

from dataclasses import replace

import pytest

from bot.core.model import Outcome
from bot.errors import UserError
from bot.service.access import Actor
from bot.service.workshop import Workshop
from tests.support.postgres import Clock
from tests.support.workshop import CREATINE, HERE, MEMBER, MODERATOR, THERE

QUESTION, ANSWER = "does creatine help on the sled", "A little, over weeks."


async def _suggest(workshop: Workshop, answer: str = ANSWER, **how: object) -> int:
    made = await workshop.review.suggest(HERE, MEMBER, QUESTION, answer, **how)  # type: ignore[arg-type]
    assert made.id is not None
    return made.id


async def _approve(workshop: Workshop, suggestion: int) -> None:
    draft = await workshop.review.begin_approval(HERE, MODERATOR, suggestion)
    await workshop.curation.publish(HERE, MODERATOR, draft.id)


async def test_a_suggestion_without_a_link_is_this_servers_view(workshop: Workshop) -> None:
    await _approve(workshop, await _suggest(workshop))
    answer, _ = (await workshop.overlays.for_server(HERE)).ask(QUESTION)
    assert "This server's view." in answer.text


async def test_the_draft_of_a_suggestion_has_statement_first_line_and_steps_apart(workshop: Workshop) -> None:
    said = (
        "Creatine helps a little over weeks. Take it every day. It does nothing in one session.\n"
        "- drink water with it\n- weigh yourself after a month"
    )
    suggestion = await _suggest(workshop, said)
    for begin in (workshop.review.begin_approval, workshop.review.begin_amend):
        typed = (await begin(HERE, MODERATOR, suggestion)).fields
        assert typed is not None
        assert typed.claim == "Creatine helps a little over weeks."
        assert typed.lead == "Take it every day."
        assert typed.answer == "It does nothing in one session."
        assert typed.do == "Drink water with it.\nWeigh yourself after a month."
        assert typed.questions == QUESTION


async def test_the_title_of_a_suggestion_is_written_as_one_of_a_message_is(workshop: Workshop) -> None:
    made = await workshop.review.suggest(HERE, MEMBER, "can i bring chalk when i'm here?", "Liquid chalk, yes.")
    assert made.id is not None
    typed = (await workshop.review.begin_amend(HERE, MODERATOR, made.id)).fields
    assert typed is not None
    assert typed.title == "Can I bring chalk when I'm here"


async def test_an_approved_suggestion_is_this_servers_opinion(workshop: Workshop) -> None:
    suggestion = await _suggest(workshop, link="https://example.org/creatine")
    await _approve(workshop, suggestion)
    answer, _ = (await workshop.overlays.for_server(HERE)).ask(QUESTION)
    assert answer.outcome is Outcome.ANSWER
    assert "Added by this server" in answer.text
    assert "This server says: A little, over weeks." in answer.text
    assert "https://example.org/creatine (this server's source; nobody checked it for the bot)" in answer.text
    assert "https://example.org/creatine" in answer.text
    assert answer.sources == ()
    assert (await workshop.review.queue(HERE, MODERATOR)).suggestions == ()


@pytest.mark.both_databases
async def test_two_clicks_at_once_decide_once(workshop: Workshop) -> None:
    suggestion = await _suggest(workshop)
    first = await workshop.review.begin_amend(HERE, MODERATOR, suggestion)
    await _approve(workshop, suggestion)
    for again in (
        workshop.review.begin_approval(HERE, MODERATOR, suggestion),
        workshop.review.refuse(HERE, MODERATOR, suggestion),
        workshop.curation.publish(HERE, MODERATOR, first.id),
    ):
        with pytest.raises(UserError):
            await again
    assert len(await workshop.history.revisions(HERE)) == 1


async def test_whoever_wished_so_is_told_and_their_id_goes_with_the_decision(workshop: Workshop) -> None:
    suggestion = await _suggest(workshop, tell=True)
    assert (await workshop.privacy.kept(MEMBER.id)).waiting_suggestions == 1
    decision = await workshop.review.refuse(HERE, MODERATOR, suggestion, "We have that already.")
    assert decision.tell == MEMBER.id
    assert "We have that already." in decision.text
    assert (await workshop.privacy.kept(MEMBER.id)).waiting_suggestions == 0
    approved = await _suggest(workshop, tell=True)
    draft = await workshop.review.begin_amend(HERE, MODERATOR, approved)
    assert await workshop.review.to_tell(HERE, draft.id) == MEMBER.id
    await workshop.curation.publish(HERE, MODERATOR, draft.id)
    assert (await workshop.privacy.kept(MEMBER.id)).waiting_suggestions == 0


async def test_nobody_who_reviews_learns_who_suggested(workshop: Workshop) -> None:
    suggestion = await _suggest(workshop, tell=True)
    shown = await workshop.review.suggestion(HERE, MODERATOR, suggestion)
    draft = await workshop.review.begin_amend(HERE, MODERATOR, suggestion)
    assert str(MEMBER.id) not in repr(shown) + repr(draft).replace(f"id={draft.id}", "")


async def test_a_suggestion_that_alarms_gets_the_stop_and_is_not_kept(workshop: Workshop) -> None:
    made = await workshop.review.suggest(HERE, MEMBER, "my crotch is numb and I can't pee since leg press")
    assert made.id is None
    assert made.stop is not None
    assert made.stop.outcome is Outcome.STOP
    assert (await workshop.review.queue(HERE, MODERATOR)).suggestions == ()


async def test_a_question_without_an_answer_is_amended_or_given_to_a_claim(workshop: Workshop) -> None:
    suggestion = await _suggest(workshop, answer="")
    assert not (await workshop.review.suggestion(HERE, MODERATOR, suggestion)).ready
    with pytest.raises(UserError, match="no answer yet"):
        await workshop.review.begin_approval(HERE, MODERATOR, suggestion)
    draft = await workshop.review.begin_as_question(HERE, MODERATOR, suggestion, "find-depth")
    await workshop.curation.publish(HERE, MODERATOR, draft.id)
    assert (await workshop.curation.show(HERE, "find-depth")).claim.questions[-1] == QUESTION
    assert (await workshop.review.queue(HERE, MODERATOR)).suggestions == ()


async def test_a_reviewer_may_publish_suggestions_and_nothing_else(workshop: Workshop) -> None:
    reviewer = Actor(60, frozenset({8}))
    await workshop.settings.change(HERE, MODERATOR, approve_roles=frozenset({8}))
    draft = await workshop.review.begin_amend(HERE, reviewer, await _suggest(workshop))
    assert draft.fields is not None
    await workshop.curation.change(HERE, reviewer, draft.id, replace(draft.fields, title="Creatine"))
    await workshop.curation.publish(HERE, reviewer, draft.id)
    other = await workshop.curation.begin_add(HERE, MODERATOR, CREATINE)
    with pytest.raises(UserError, match="Editing knowledge"):
        await workshop.curation.publish(HERE, reviewer, other.id)
    with pytest.raises(UserError, match="Editing knowledge"):
        await workshop.curation.hide(HERE, "find-depth", reviewer)
    with pytest.raises(UserError, match="Reviewing is for moderators"):
        await workshop.review.queue(HERE, MEMBER)


async def test_only_named_roles_suggest_where_a_server_names_some(workshop: Workshop) -> None:
    await workshop.settings.change(HERE, MODERATOR, suggest_roles=frozenset({9}))
    with pytest.raises(UserError, match="certain roles"):
        await _suggest(workshop)
    assert (await workshop.review.suggest(HERE, Actor(1, frozenset({9})), QUESTION, ANSWER)).id is not None
    await workshop.settings.role_deleted(HERE, 9)
    with pytest.raises(UserError, match="certain roles"):
        await _suggest(workshop)


async def test_five_suggestions_a_day_are_enough(workshop: Workshop, clock: Clock) -> None:
    for _ in range(5):
        await _suggest(workshop)
    with pytest.raises(UserError, match="the next one tomorrow"):
        await _suggest(workshop)
    clock.forward(days=1)
    await _suggest(workshop)


@pytest.mark.parametrize(
    ("question", "answer", "link", "words"),
    [
        ("", "", "", "Write the question"),
        ("q" * 201, "", "", "shorten it to 200"),
        ("q", "a" * 351, "", "shorten it to 350"),
        ("q", "a", "javascript:alert(1)", "begins with https"),
    ],
)
async def test_text_past_its_limit_is_refused_in_words(
    workshop: Workshop, question: str, answer: str, link: str, words: str
) -> None:
    with pytest.raises(UserError, match=words):
        await workshop.review.suggest(HERE, MEMBER, question, answer, link=link)


@pytest.mark.both_databases
async def test_the_worst_rated_claims_come_first(workshop: Workshop) -> None:
    for member in range(6):
        workshop.recording.pressed(HERE, member, "find-depth", "not helpful")
        workshop.recording.pressed(HERE, member, "find-depth", "not helpful: wrong")
        workshop.recording.pressed(HERE, member, "knees-to-chest", "helpful" if member % 3 else "not helpful")
        workshop.recording.pressed(HERE, member, "straight-knees", "helpful")
    workshop.recording.pressed(HERE, 1, "why-sore", "not helpful")
    await workshop.recording.flush()
    worst = (await workshop.review.queue(HERE, MODERATOR)).worst
    assert [rated.claim for rated in worst] == ["find-depth"]
    assert (worst[0].up, worst[0].down, worst[0].reasons) == (0, 6, (("wrong", 6),))
    assert (await workshop.review.queue(THERE, MODERATOR)).worst == ()


@pytest.mark.both_databases
async def test_no_other_server_sees_or_decides_a_suggestion(workshop: Workshop) -> None:
    suggestion = await _suggest(workshop, tell=True)
    for cross in (
        workshop.review.suggestion(THERE, MODERATOR, suggestion),
        workshop.review.begin_approval(THERE, MODERATOR, suggestion),
        workshop.review.refuse(THERE, MODERATOR, suggestion),
        workshop.review.begin_amend(THERE, MODERATOR, suggestion),
    ):
        with pytest.raises(UserError, match="decided on this suggestion already"):
            await cross
    assert (await workshop.review.queue(HERE, MODERATOR)).suggestions[0].id == suggestion


@pytest.mark.both_databases
async def test_suggestions_go_after_thirty_days(workshop: Workshop, clock: Clock) -> None:
    await _suggest(workshop, tell=True)
    clock.forward(days=31)
    assert (await workshop.retention.run_once()).suggestions == 1
    assert (await workshop.privacy.kept(MEMBER.id)).waiting_suggestions == 0
