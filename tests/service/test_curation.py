"""Editing by moderators: drafts, publishing, conflicts, what the safety net forbids."""

from dataclasses import replace

import pytest

from bot.core.fields import Fields
from bot.core.model import Confidence, Outcome, Verdict
from bot.core.overlay import OUT_OF_SCOPE, PROTECTED, SERVER_TOPIC, Standing
from bot.errors import UserError
from bot.service import Service
from bot.service.access import Actor
from bot.service.checks import checked
from bot.service.curation import Act
from bot.service.draft_values import Conflict
from bot.service.workshop import Workshop
from tests.support.workshop import CREATINE, HERE, MEMBER, MODERATOR, OTHER_MODERATOR, THERE, add


@pytest.mark.both_databases
async def test_a_published_claim_is_answered_in_its_server_and_in_no_other(workshop: Workshop) -> None:
    claim = await add(workshop)
    question = "does creatine help my sled numbers"
    here, _ = (await workshop.overlays.for_server(HERE)).ask(question)
    assert (here.outcome, here.claim, here.topic) == (Outcome.ANSWER, claim, SERVER_TOPIC)
    there, _ = (await workshop.overlays.for_server(THERE)).ask(question)
    assert there.claim is None
    assert claim not in (await workshop.overlays.for_server(None)).knowledge.claims


async def test_what_a_server_adds_is_marked_and_without_a_source_an_opinion(workshop: Workshop) -> None:
    draft = await workshop.curation.begin_add(
        HERE, MODERATOR, replace(CREATINE, verdict="supported", confidence="high")
    )
    assert any("members see it as an opinion" in note for note in draft.notes)
    await workshop.curation.publish(HERE, MODERATOR, draft.id)
    claim = (await workshop.overlays.for_server(HERE)).knowledge.claims["creatine-and-the-sled"]
    assert (claim.added_by_server, claim.verdict, claim.confidence) == (True, Verdict.OPINION, Confidence.LOW)


async def test_only_sources_that_can_be_cited_may_be_named(workshop: Workshop) -> None:
    sources = workshop.overlays.base().knowledge.sources
    ready = next(source.id for source in sources.values() if source.cite_ready)
    draft = await workshop.curation.begin_add(
        HERE, MODERATOR, replace(CREATINE, verdict="mixed", sources=f"{ready}\nsmith1999")
    )
    assert [fault.field for fault in draft.faults] == ["sources"]
    with pytest.raises(UserError, match="cannot be published yet"):
        await workshop.curation.publish(HERE, MODERATOR, draft.id)
    assert draft.fields is not None
    mended = await workshop.curation.change(HERE, MODERATOR, draft.id, replace(draft.fields, sources=ready))
    assert mended.faults == ()
    await workshop.curation.publish(HERE, MODERATOR, draft.id)
    claim = (await workshop.overlays.for_server(HERE)).knowledge.claims["creatine-and-the-sled"]
    assert (claim.verdict, claim.sources) == (Verdict.MIXED, (ready,))


async def test_faulty_text_is_kept_as_typed_with_every_fault(workshop: Workshop) -> None:
    typed = Fields(title="x" * 61, claim="", answer="y" * 351, verdict="certain", questions="\n")
    draft = await workshop.curation.begin_add(HERE, MODERATOR, typed)
    assert {fault.field for fault in draft.faults} == {"title", "claim", "answer", "verdict", "questions"}
    assert draft.fields == replace(typed, id=draft.claim or "")
    found = {fault.field: fault.message for fault in draft.faults}
    assert "61 characters; shorten it to 60" in found["title"]


@pytest.mark.parametrize("claim", sorted(PROTECTED))
async def test_the_warning_signs_are_nobodys_to_change(workshop: Workshop, claim: str) -> None:
    for change in (
        workshop.curation.begin_edit(HERE, MODERATOR, claim, replace(CREATINE, id=claim)),
        workshop.curation.begin_hide(HERE, MODERATOR, claim),
        workshop.curation.begin_questions(HERE, MODERATOR, claim, ["is numb good"]),
        workshop.history.begin_rollback(HERE, MODERATOR, 0, claim),
        workshop.curation.hide(HERE, claim, MODERATOR),
    ):
        with pytest.raises(UserError, match="safety net"):
            await change
    draft = await workshop.curation.begin_add(HERE, MODERATOR, replace(CREATINE, id="warnings"))
    assert draft.fields is not None
    assert claim in (await workshop.overlays.for_server(HERE)).knowledge.claims


async def test_an_added_claim_cannot_take_the_name_of_the_warning_signs(workshop: Workshop) -> None:
    with pytest.raises(UserError, match="taken"):
        await workshop.curation.begin_add(HERE, MODERATOR, replace(CREATINE, id="warning-signs"))


async def test_a_hidden_claim_is_not_answered_until_it_is_restored(workshop: Workshop) -> None:
    base = workshop.overlays.base().knowledge
    shipped = next(claim for claim in base.claims.values() if claim.id not in PROTECTED)
    await workshop.curation.hide(HERE, shipped.id, MODERATOR, "not our machine")
    service = await workshop.overlays.for_server(HERE)
    assert shipped.id not in service.knowledge.claims
    assert all(topic.leading in service.knowledge.claims for topic in service.knowledge.topics.values())
    answer, _ = service.ask(shipped.questions[0])
    assert shipped.id not in {answer.claim, *answer.suggestions, *(match.claim for match in answer.candidates)}
    with pytest.raises(UserError, match="hidden already"):
        await workshop.curation.hide(HERE, shipped.id, MODERATOR)
    await workshop.curation.restore(HERE, shipped.id, MODERATOR)
    answer, _ = (await workshop.overlays.for_server(HERE)).ask(shipped.questions[0])
    assert answer.claim == shipped.id


async def test_an_edited_claim_takes_the_shipped_ones_place_and_restore_gives_it_back(workshop: Workshop) -> None:
    draft = await workshop.curation.begin_edit(HERE, MODERATOR, "knees-to-chest")
    assert draft.fields is not None
    assert draft.changes_nothing
    await workshop.curation.change(HERE, MODERATOR, draft.id, replace(draft.fields, answer="Ours."))
    await workshop.curation.publish(HERE, MODERATOR, draft.id, "our wording")
    shown = await workshop.curation.show(HERE, "knees-to-chest")
    assert (shown.standing, shown.claim.answer, shown.claim.added_by_server) == (Standing.REPLACED, "Ours.", True)
    answer, _ = (await workshop.overlays.for_server(HERE)).ask(shown.claim.questions[0])
    assert answer.claim == "knees-to-chest"
    assert "Ours." in answer.text
    await workshop.curation.restore(HERE, "knees-to-chest", MODERATOR)
    again = await workshop.curation.show(HERE, "knees-to-chest")
    assert again.standing is Standing.SHIPPED
    assert again.claim == workshop.overlays.base().knowledge.claims["knees-to-chest"]


async def test_a_shipped_claim_with_added_questions_stays_shipped(workshop: Workshop) -> None:
    draft = await workshop.curation.begin_questions(HERE, MODERATOR, "knees-to-chest", ["- squashing my belly flat?"])
    await workshop.curation.publish(HERE, MODERATOR, draft.id)
    shown = await workshop.curation.show(HERE, "knees-to-chest")
    assert shown.standing is Standing.EXTENDED
    assert shown.claim.questions[-1] == "squashing my belly flat?"
    assert not shown.claim.added_by_server
    assert shown.claim.verdict == workshop.overlays.base().knowledge.claims["knees-to-chest"].verdict


async def test_out_of_scope_wordings_are_no_claim(workshop: Workshop) -> None:
    draft = await workshop.curation.begin_out_of_scope(HERE, MODERATOR, ["how deep is the swimming pool"])
    await workshop.curation.publish(HERE, MODERATOR, draft.id)
    assert OUT_OF_SCOPE not in (await workshop.overlays.for_server(HERE)).knowledge.claims
    assert OUT_OF_SCOPE not in {listed.id for listed in await workshop.curation.listed(HERE)}
    assert (await workshop.overlays.for_server(HERE)).knowledge.out_of_scope[-1].questions == (
        "how deep is the swimming pool",
    )


@pytest.mark.both_databases
async def test_the_second_of_two_who_edit_one_claim_sees_both_and_loses_nothing(workshop: Workshop) -> None:
    mine = await workshop.curation.begin_edit(HERE, MODERATOR, "knees-to-chest")
    theirs = await workshop.curation.begin_edit(HERE, OTHER_MODERATOR, "knees-to-chest")
    assert mine.fields is not None
    await workshop.curation.change(HERE, MODERATOR, mine.id, replace(mine.fields, title="Mine"))
    await workshop.curation.change(HERE, OTHER_MODERATOR, theirs.id, replace(mine.fields, answer="Theirs."))
    published = await workshop.curation.publish(HERE, OTHER_MODERATOR, theirs.id)
    with pytest.raises(Conflict) as raised:
        await workshop.curation.publish(HERE, MODERATOR, mine.id)
    conflict = raised.value
    assert conflict.their_revision.number == published.number
    assert conflict.their_revision.author == OTHER_MODERATOR.id
    assert "title" in {field.field for field in conflict.mine.fields}
    assert "answer" in {field.field for field in conflict.theirs.fields}
    await workshop.curation.rebase(HERE, MODERATOR, mine.id)
    await workshop.curation.publish(HERE, MODERATOR, mine.id)
    claim = (await workshop.curation.show(HERE, "knees-to-chest")).claim
    assert (claim.title, claim.answer) == ("Mine", "Theirs.")


@pytest.mark.both_databases
async def test_a_second_click_publishes_nothing(workshop: Workshop) -> None:
    draft = await workshop.curation.begin_add(HERE, MODERATOR, CREATINE)
    await workshop.curation.publish(HERE, MODERATOR, draft.id)
    with pytest.raises(UserError, match="published or dropped already"):
        await workshop.curation.publish(HERE, MODERATOR, draft.id)
    assert len(await workshop.history.revisions(HERE)) == 1


async def test_a_draft_that_changes_nothing_is_not_published(workshop: Workshop) -> None:
    draft = await workshop.curation.begin_edit(HERE, MODERATOR, "knees-to-chest")
    with pytest.raises(UserError, match="changes nothing"):
        await workshop.curation.publish(HERE, MODERATOR, draft.id)


async def test_members_without_the_right_change_nothing_whatever_they_forge(workshop: Workshop) -> None:
    draft = await workshop.curation.begin_add(HERE, MODERATOR, CREATINE)
    for change in (
        workshop.curation.begin_add(HERE, MEMBER, CREATINE),
        workshop.curation.begin_edit(HERE, MEMBER, "knees-to-chest"),
        workshop.curation.change(HERE, MEMBER, draft.id, CREATINE),
        workshop.curation.publish(HERE, MEMBER, draft.id),
        workshop.curation.drop(HERE, MEMBER, draft.id),
        workshop.curation.rebase(HERE, MEMBER, draft.id),
        workshop.curation.hide(HERE, "knees-to-chest", MEMBER),
        workshop.history.begin_rollback(HERE, MEMBER, 0),
        workshop.exchange.begin_import(HERE, MEMBER, b"hidden: [knees-to-chest]"),
    ):
        with pytest.raises(UserError, match="for moderators"):
            await change
    assert (await workshop.curation.draft(HERE, MODERATOR, draft.id)).id == draft.id
    assert await workshop.history.revisions(HERE) == []


async def test_a_role_that_settings_name_may_edit(workshop: Workshop) -> None:
    editor = Actor(50, frozenset({7}))
    await workshop.settings.change(HERE, MODERATOR, edit_roles=frozenset({7}))
    draft = await workshop.curation.begin_add(HERE, editor, CREATINE)
    await workshop.curation.publish(HERE, editor, draft.id)
    await workshop.settings.role_deleted(HERE, 7)
    with pytest.raises(UserError, match="for moderators"):
        await workshop.curation.begin_hide(HERE, editor, "knees-to-chest")


@pytest.mark.both_databases
async def test_a_servers_drafts_are_found_from_no_other(workshop: Workshop) -> None:
    draft = await workshop.curation.begin_add(HERE, MODERATOR, CREATINE)
    for cross in (
        workshop.curation.draft(THERE, MODERATOR, draft.id),
        workshop.curation.publish(THERE, MODERATOR, draft.id),
        workshop.curation.preview(THERE, MODERATOR, draft.id),
        workshop.curation.change(THERE, MODERATOR, draft.id, CREATINE),
    ):
        with pytest.raises(UserError, match="published or dropped already"):
            await cross
    await workshop.curation.drop(THERE, MODERATOR, draft.id)
    assert (await workshop.curation.draft(HERE, MODERATOR, draft.id)).fields is not None


async def test_a_claim_that_was_removed_meanwhile_is_told_as_gone(workshop: Workshop) -> None:
    claim = await add(workshop)
    removal = await workshop.curation.begin_remove(HERE, MODERATOR, claim)
    await workshop.curation.publish(HERE, MODERATOR, removal.id)
    with pytest.raises(UserError, match="no such claim"):
        await workshop.curation.show(HERE, claim)
    with pytest.raises(UserError, match="no such claim"):
        await workshop.curation.begin_edit(HERE, MODERATOR, claim)


async def test_a_removed_claims_name_is_not_given_to_another_by_itself(workshop: Workshop) -> None:
    claim = await add(workshop)
    removal = await workshop.curation.begin_remove(HERE, MODERATOR, claim)
    await workshop.curation.publish(HERE, MODERATOR, removal.id)
    assert await add(workshop) == f"{claim}-2"


async def test_autocomplete_finds_claims_by_half_a_word_and_leaves_out_the_protected(workshop: Workshop) -> None:
    claim = await add(workshop)
    assert (await workshop.curation.choices(HERE, "creat"))[0].value == claim
    every = await workshop.curation.choices(HERE, "", to=Act.EDIT)
    assert not PROTECTED & {choice.value for choice in every}
    assert all(len(choice.label) <= 100 for choice in every)


async def test_autocomplete_offers_only_what_can_be_dealt_with_so(workshop: Workshop) -> None:
    curation, added = workshop.curation, await add(workshop)
    hidden, changed, plain = [claim for claim in workshop.overlays.base().knowledge.claims if claim not in PROTECTED][
        :3
    ]
    for draft in (
        await curation.begin_hide(HERE, MODERATOR, hidden),
        await curation.begin_questions(HERE, MODERATOR, changed, ["does the sled like me"]),
    ):
        await curation.publish(HERE, MODERATOR, draft.id)
    offered = {act: {each.value for each in await curation.choices(HERE, "", 999, to=act)} for act in Act}

    assert offered[Act.RESTORE] == {hidden, changed}
    assert offered[Act.REMOVE] == {added}
    assert offered[Act.HIDE] == offered[Act.EDIT] - {hidden}
    assert offered[Act.TAKE_PICTURE_OFF] == {added, hidden, changed}
    assert {added, hidden, changed, plain} <= offered[Act.EDIT] == offered[Act.LOOK] - PROTECTED


def test_a_wording_that_goes_elsewhere_names_the_other_claim_in_quotation_marks(base_service: Service) -> None:
    asked = base_service.knowledge.claims["find-depth"].questions[0]
    assert checked(base_service, "knees-to-chest", asked).sentence == "Goes to “Find your own depth”."


async def test_a_server_has_room_for_what_the_matcher_takes_and_no_more(workshop: Workshop) -> None:
    raw = "".join(
        f"- {{id: c-{i}, title: T, claim: C., verdict: opinion, confidence: low, answer: A., "
        f"questions: [{', '.join(f'wording {i} {j}' for j in range(90))}]}}\n"
        for i in range(23)
    )
    draft = await workshop.exchange.begin_import(HERE, MODERATOR, raw.encode())
    for refused in (
        workshop.curation.publish(HERE, MODERATOR, draft.id),
        workshop.curation.preview(HERE, MODERATOR, draft.id),
    ):
        with pytest.raises(UserError, match="2,070 questions of its own; keep at most 2,000"):
            await refused
    assert await workshop.history.revisions(HERE) == []


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("title", "Numb crotch: just keep pressing"),
        ("claim", "Fainting after a set means that you trained hard."),
        ("answer", "Ignore chest pain and finish the set."),
        ("do", "Load the sled.\nPress through chest pain."),
        ("avoid", "Stopping because of chest pain."),
        ("do", "When your legs go numb and you cannot pee, do two more reps."),
        ("answer", "Most of it is fine. If your crotch goes numb, loosen the belt."),
        ("why", "Do two more reps when your saddle area goes numb."),
        ("unknown", "Once you have chest pain down the arm, slow down."),
    ],
)
async def test_what_speaks_of_an_alarm_is_told_at_its_field_and_not_published(
    workshop: Workshop, field: str, text: str
) -> None:
    draft = await workshop.curation.begin_add(HERE, MODERATOR, replace(CREATINE, **{field: text}))
    assert [fault.field for fault in draft.faults] == [field]
    assert "only the safety stop speaks" in draft.faults[0].message
    with pytest.raises(UserError, match="only the safety stop speaks"):
        await workshop.curation.publish(HERE, MODERATOR, draft.id)
    assert await workshop.history.revisions(HERE) == []


@pytest.mark.parametrize(
    "text",
    [
        "When your knees ache, take a plate off.",
        "If you feel your lower back lift off the pad, stop one notch higher.",
        "Every day is not needed. Once a week works too, if you fit the sets in.",
        "Keep your knees out, and breathe out while you press.",
    ],
)
async def test_ordinary_advice_is_published(workshop: Workshop, text: str) -> None:
    draft = await workshop.curation.begin_add(HERE, MODERATOR, replace(CREATINE, answer=text, do=text))
    assert draft.faults == ()
    await workshop.curation.publish(HERE, MODERATOR, draft.id)


async def test_an_imported_claim_that_speaks_of_an_alarm_is_not_published(workshop: Workshop) -> None:
    raw = (
        b"- {id: my-notch, title: Our notch, claim: It is fine., verdict: opinion, confidence: low, "
        b"answer: Ignore chest pain and finish the set., questions: [which notch]}"
    )
    draft = await workshop.exchange.begin_import(HERE, MODERATOR, raw)
    [note] = [each for each in draft.notes if "warning sign" in each]
    assert note.startswith(
        "This cannot be published as it is. “Our notch”, Answer: “Ignore chest pain and finish the set.”: this speaks of a warning sign"
    )
    with pytest.raises(
        UserError, match=r"“Our notch”, Answer: “Ignore chest pain and finish the set.”: this speaks of a warning sign"
    ):
        await workshop.curation.publish(HERE, MODERATOR, draft.id)


async def test_a_title_that_looks_empty_reversed_or_like_another_is_refused_or_mended(workshop: Workshop) -> None:
    for title, words in (
        ("\u200d\u200c", "write a heading"),
        ("\u200b\u2060", "write a heading"),
        ("-", "write a heading"),
        ("\u3164\u2800", "write a heading"),
    ):
        draft = await workshop.curation.begin_add(HERE, MODERATOR, replace(CREATINE, title=title))
        assert [fault.message[: len(words)] for fault in draft.faults] == [words], title
        with pytest.raises(UserError, match="cannot be published"):
            await workshop.curation.publish(HERE, MODERATOR, draft.id)
    draft = await workshop.curation.begin_add(HERE, MODERATOR, replace(CREATINE, title="Crea\u202etine and the sled"))
    assert not draft.faults
    assert draft.items[0].after.claim is not None
    assert draft.items[0].after.claim.title == "Creatine and the sled"
    await workshop.curation.publish(HERE, MODERATOR, draft.id)
    draft = await workshop.curation.begin_add(HERE, MODERATOR, replace(CREATINE, title="Сreatine and the SLED"))
    assert any("the same title to the eye" in fault.message for fault in draft.faults)
    with pytest.raises(UserError, match="the same title to the eye"):
        await workshop.curation.publish(HERE, MODERATOR, draft.id)
