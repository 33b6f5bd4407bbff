"""A complaint that is not known to be everyday, at each door by which moderators publish: refused with its sentence, nothing lost."""

from typing import Any

import pytest
import yaml

from bot.service import Service, teaching
from bot.service.harmless import NOT_EVERYDAY, ODD_WORDING, UNNAMED
from tests.support.discord_side import custom_ids, labels, response, text_of
from tests.support.moderators import CREATINE, REFUSING, Club, fields_of, publish, told

HOSTILE = [
    {
        "title": "Ears after a hard set",
        "claim": "Ringing in the ears is the sign of a good set.",
        "answer": "Press again.",
    },
    {"title": "Half my tongue", "claim": "It would not get round a sentence.", "answer": "Eat sugar and go on."},
    {
        "title": "The lower leg",
        "claim": "It is thicker than the other.",
        "answer": "Press it twice.",
        "do": "Ice it.\nRoll it.",
    },
    {"title": "All good", "claim": "It comes back by itself.", "answer": "Give it a day."},
]
HARMLESS = [
    {
        "title": "Sore quads",
        "claim": "Sore quads two days after leg day are normal.",
        "answer": "Walk, and wait a day.",
    },
    {"title": "Clicking knees here", "claim": "Clicks without pain are fine.", "answer": "Keep pressing."},
    {
        "title": "Shaky legs",
        "claim": "Shaky legs after a set pass in some minutes.",
        "answer": "Sit, then walk it off.",
    },
]
ASKED = {"questions": "zebra number one\nzebra number two\nzebra number three"}
WAY = "where does the zebra sit"


async def nothing_is_live(club: Club) -> bool:
    return await club.workshop.history.revisions(club.guild.id) == []


def refused(text: str) -> bool:
    return any(sentence.split(". ")[0] in text for sentence in (NOT_EVERYDAY, UNNAMED)) or "a warning sign" in text


@pytest.mark.parametrize("typed", HOSTILE, ids=lambda typed: typed["title"])
async def test_a_form_with_such_a_complaint_is_refused_and_opens_again_with_what_was_typed(
    club: Club, typed: dict[str, str]
) -> None:
    preview = await club.dana.submit_modal(await club.run("add"), {**CREATINE, **typed, **ASKED})
    assert refused(told(preview))
    assert "Publish" not in labels(preview.response)
    form = await club.dana.click(response(preview), label="Edit")
    assert fields_of(form)["answer"] == typed["answer"]
    assert await nothing_is_live(club)
    mended = await club.dana.submit_modal(form, {**fields_of(form), **CREATINE})
    await publish(club.dana, mended.response or response(preview))
    assert not await nothing_is_live(club)


async def test_the_sentence_says_which_words_and_what_to_do(club: Club) -> None:
    preview = await club.dana.submit_modal(await club.run("add"), {**CREATINE, **HOSTILE[0]})
    assert "“ringing in the ears”: I know this complaint as none of the everyday ones" in told(preview)
    assert "Reword it" in told(preview)


@pytest.mark.parametrize("typed", HARMLESS, ids=lambda typed: typed["title"])
async def test_a_form_with_an_everyday_complaint_is_published(club: Club, typed: dict[str, str]) -> None:
    preview = await club.dana.submit_modal(await club.run("add"), {**CREATINE, **typed, **ASKED})
    await publish(club.dana, response(preview))
    assert typed["answer"] in await club.asked("zebra number one")


def imported(**said: str) -> bytes:
    claim = {
        "id": "our-own", "verdict": "opinion", "confidence": "low", "questions": [WAY], **said,
    }  # fmt: skip
    return yaml.safe_dump({"claims": {"depth": [{**claim, "do": said.get("do", "Warm up.").splitlines()}]}}).encode()


@REFUSING
@pytest.mark.parametrize("said", HOSTILE, ids=lambda said: said["title"])
async def test_an_import_with_such_a_complaint_is_told_and_not_published(club: Club, said: dict[str, str]) -> None:
    preview = await club.run("import", file=("ours.yaml", imported(**said)))
    assert "This cannot be published as it is." in told(preview)
    assert refused(told(preview))
    await publish(club.dana, response(preview))
    assert await nothing_is_live(club)


async def test_an_import_with_an_everyday_complaint_is_published(club: Club) -> None:
    preview = await club.run("import", file=("ours.yaml", imported(**HARMLESS[0])))
    await publish(club.dana, response(preview))
    assert HARMLESS[0]["answer"] in await club.asked(WAY)


@REFUSING
async def test_a_message_with_such_a_complaint_is_not_taught(club: Club) -> None:
    message = await club.eric.send(club.channel, "Ringing in the ears after a set is a good sign. Press again.")
    said = told(await club.dana.context_menu(club.channel, "Teach this", message))
    assert "inging in the ears" in said
    assert said.endswith(f"{NOT_EVERYDAY}. {teaching.NOTHING_TAKEN}")


async def test_a_message_with_an_everyday_complaint_is_taught(club: Club) -> None:
    message = await club.eric.send(club.channel, "Sore quads two days after leg day are normal. Wait a day.")
    form = await club.dana.context_menu(club.channel, "Teach this", message)
    preview = await club.dana.submit_modal(form, {**fields_of(form), **ASKED})
    await publish(club.dana, response(preview))
    assert "Sore quads" in await club.asked("zebra number one")


async def suggested(club: Club, answer: str) -> Any:
    form = await club.mia.slash(club.channel, "legpress suggest")
    await club.mia.submit_modal(form, {"question": WAY, "answer": answer, "link": "", "tell": ["no"]})
    shown = response(await club.run("review"))
    await club.dana.click(shown, label="Approve")
    return shown


async def test_an_approved_suggestion_with_such_a_complaint_is_not_published_and_stays(club: Club) -> None:
    shown = await suggested(club, "Ringing in the ears is the sign of a good set. Press again.")
    assert refused(text_of(shown))
    assert "Publish" not in labels(shown)
    assert await nothing_is_live(club)
    assert WAY in told(await club.run("review"))


async def test_an_approved_suggestion_with_an_everyday_complaint_is_published(club: Club) -> None:
    shown = await suggested(club, "Sore quads are normal. Wait a day.")
    await publish(club.dana, shown)
    assert "Sore quads are normal." in await club.asked(WAY)


async def test_an_edit_of_a_shipped_claim_with_such_a_complaint_leaves_it_as_it_was(club: Club) -> None:
    form = await club.run("edit", claim="find-depth")
    typed = {**fields_of(form), "answer": "Go deep until one foot will not obey you. It wakes up again."}
    preview = await club.dana.submit_modal(form, typed)
    assert refused(told(preview))
    assert "Publish" not in labels(preview.response)
    assert fields_of(await club.dana.click(response(preview), label="Edit"))["answer"] == typed["answer"]
    assert "Stop just before the hips roll off the pad" in await club.asked("how low do i lower the sled")


async def with_wording(club: Club, wording: str) -> Any:
    shown = response(await club.run("show", claim="find-depth"))
    form = await club.dana.click(shown, label="Add questions")
    await club.dana.submit_modal(form, {"text": wording})
    return shown


@REFUSING
async def test_a_question_with_such_a_complaint_is_not_added_to_a_shipped_claim(club: Club) -> None:
    shown = await with_wording(club, "how deep when my ears ring")
    assert ODD_WORDING.split(". ", maxsplit=1)[0] in text_of(shown)
    await publish(club.dana, shown)
    assert await nothing_is_live(club)


async def test_a_question_with_an_everyday_complaint_is_added(club: Club) -> None:
    shown = await with_wording(club, "how deep when my quads are sore")
    await publish(club.dana, shown)
    assert not await nothing_is_live(club)
    assert custom_ids(shown)


async def test_a_claim_of_a_server_that_speaks_of_a_body_carries_the_safety_line_and_others_do_not(
    club: Club, fixed_service: Service
) -> None:
    for typed in (HARMLESS[1], {"title": "Where the towels are", "claim": "On the left wall.", "answer": "Take one."}):
        asked = "zebra number one" if typed is HARMLESS[1] else "zebra of the towels"
        preview = await club.dana.submit_modal(await club.run("add"), {**CREATINE, **typed, "questions": asked})
        assert (fixed_service.safety_line in told(preview)) is (typed is HARMLESS[1])
        await publish(club.dana, response(preview))
        assert (fixed_service.safety_line in await club.asked(asked)) is (typed is HARMLESS[1])
