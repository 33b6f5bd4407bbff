"""What publishing a draft would do: shown before it does."""

from dataclasses import replace

from bot.core.model import Outcome
from bot.service.workshop import Workshop
from tests.support.workshop import CREATINE, HERE, MODERATOR, add


async def test_a_preview_shows_the_card_and_where_the_new_questions_go(workshop: Workshop) -> None:
    draft = await workshop.curation.begin_add(
        HERE, MODERATOR, replace(CREATINE, questions=f"{CREATINE.questions}\nmy crotch is numb and I can't pee")
    )
    preview = await workshop.curation.preview(HERE, MODERATOR, draft.id)
    assert [answer.claim for answer in preview.answers] == [draft.claim]
    assert draft.claim in preview.service.knowledge.claims
    assert draft.claim not in (await workshop.overlays.for_server(HERE)).knowledge.claims
    *good, alarming = preview.findings.questions
    assert all(check.good and check.matched == draft.claim for check in good)
    assert (alarming.outcome, alarming.good) == (Outcome.STOP, False)
    assert "safety stop" in alarming.sentence


async def test_a_preview_tells_which_known_questions_would_go_elsewhere(workshop: Workshop) -> None:
    shipped = workshop.overlays.base().knowledge.claims["knees-to-chest"]
    thief = replace(CREATINE, questions="\n".join(shipped.questions))
    preview = await workshop.curation.preview(
        HERE, MODERATOR, (await workshop.curation.begin_add(HERE, MODERATOR, thief)).id
    )
    assert any("already stands under" in note for note in preview.notes)
    hiding = await workshop.curation.begin_hide(HERE, MODERATOR, "knees-to-chest")
    moved = (await workshop.curation.preview(HERE, MODERATOR, hiding.id)).findings.moved
    assert moved
    assert {each.owner for each in moved} == {"knees-to-chest"}
    assert all(each.after != "knees-to-chest" for each in moved)


async def test_a_second_look_at_the_same_draft_is_not_worked_out_again(workshop: Workshop) -> None:
    curation = workshop.curation
    draft = await curation.begin_add(HERE, MODERATOR, CREATINE)
    made = await curation.preview(HERE, MODERATOR, draft.id)
    assert await curation.preview(HERE, MODERATOR, draft.id) is made
    await curation.change(HERE, MODERATOR, draft.id, replace(CREATINE, answer="Not in one session."))
    changed = await curation.preview(HERE, MODERATOR, draft.id)
    assert changed is not made
    await add(workshop, title="Another one", questions="zebra crossing near the gym")
    assert await curation.preview(HERE, MODERATOR, draft.id) is not changed, "others published meanwhile"


async def test_a_preview_tries_a_wording_of_the_claim_as_if_the_claim_had_it_not(workshop: Workshop) -> None:
    own = replace(CREATINE, questions="does creatine help my sled numbers\ncan i bring my zebra")
    draft = await workshop.curation.begin_add(HERE, MODERATOR, own)
    findings = (await workshop.curation.preview(HERE, MODERATOR, draft.id)).findings
    assert all(each.good for each in findings.questions), "the claim knows both"
    tried = {each.question: each.good for each in findings.unlike}
    assert tried["can i bring my zebra"] is False, "without it nothing of the claim says so"
    assert "does creatine help my sled numbers" not in tried, "its words stand in the title"
