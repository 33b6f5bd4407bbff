"""Pictures on cards: with every way that a card goes out, and their words where there is none."""

import asyncio
import threading
import time
from dataclasses import replace
from typing import Any

import discord
import pytest

from bot.core.drawing import PICTURES
from bot.core.lead import beginning, lead_of
from bot.core.model import Answer, Claim, Confidence, Knowledge, Outcome, Topic, Verdict
from bot.core.my_depth import depth_request, my_depth
from bot.errors import UserError
from bot.pictures import PictureCache, RenderError
from bot.service import Service
from bot.ui.answer.card import Place
from bot.ui.answer.replies import reply
from bot.ui.answer.sections import bold
from bot.ui.kit.limits import assert_fits
from bot.ui.kit.pictures import MOST_BYTES, MOST_WAITING, NOT_SHOWN, Pictures, Shown, picture_of
from bot.ui.tools.depth_card import depth_layout
from tests.support.discord_side import Gym, Handed, components, press, response, text_of
from tests.support.payloads import PayloadChecker
from tests.ui.test_card import LINE, PLACES, Sent, payload_faults

POSITIONS = PICTURES["positions"]
PNG = b"\x89PNG\r\n\x1a\n as drawn IEND\xaeB`\x82"


@pytest.fixture
def drawn(handed: Handed, fixed_service: Service) -> Service:
    """The small knowledge, with a drawing on every claim."""
    knowledge = fixed_service.knowledge
    claims = {name: replace(claim, picture="positions") for name, claim in knowledge.claims.items()}
    service = fixed_service.over(replace(knowledge, claims=claims), fixed_service.matcher)
    handed.service = handed.conversations_service = lambda: service
    return service


def pictures(message: Any) -> list[str]:
    """The file names of a message's pictures; each picture has its words, and its file is there."""
    files = {each.filename: each for each in message.attachments}
    shown = []
    for each in components(message):
        for item in each.get("items", ()) if each.get("type") == 12 else ():
            name = item["media"]["url"].partition("?")[0].rpartition("/")[2]
            assert item["description"] == POSITIONS.alt
            assert files[name].description == POSITIONS.alt
            assert files[name].size <= MOST_BYTES
            shown.append(name)
    assert sorted(files) == sorted(shown)
    return shown


@pytest.mark.parametrize("place", PLACES)
def test_every_shipped_claims_card_fits_with_its_picture_and_with_the_words_instead(
    shipped: Knowledge, payload_checker: PayloadChecker, place: Place
) -> None:
    for claim in shipped.claims.values():
        drawing = PICTURES.get(claim.picture)
        if drawing is None:
            continue
        for focus in ("", "why", "do"):
            answer = Answer("", Outcome.ANSWER, "", topic="t", claim=claim.id, focus=focus, safety_line=True)
            for png in (PNG, None):
                shown = Shown("positions.png", drawing.alt, png)
                layout = reply(answer, shipped, place, safety_line=LINE, picture=shown)
                assert payload_faults(layout, payload_checker) == [], claim.id
                assert (drawing.alt[:60] in text_of(Sent(layout))) == (png is None)
                assert len(layout.files()) == (png is not None)


def test_two_cards_beside_the_longest_with_a_missing_picture_still_fit(shipped: Knowledge) -> None:
    longest = sorted(shipped.claims.values(), key=lambda claim: -len(str(claim.do) + claim.answer))[:3]
    answer = Answer("", Outcome.ANSWER, "", claim=longest[0].id, also=(longest[1].id, longest[2].id), safety_line=True)
    words = Shown("positions.png", "Long words. " * 80)
    assert_fits(reply(answer, shipped, Place(True, True), safety_line=LINE, picture=words))


def test_a_card_of_a_servers_own_longest_words_still_fits_with_a_missing_picture() -> None:
    claim = Claim(
        "x" * 60, "t", "T" * 100, "claim " * 80, Verdict.OPINION, Confidence.LOW, "answer " * 300, ("q",),
        do=("step " * 60,) * 12, avoid=("not " * 60,) * 12, related=("b",), picture="positions", added_by_server=True,
    )  # fmt: skip
    knowledge = Knowledge({claim.id: claim}, {"t": Topic("t", "T", "D", claim.id)})
    answer = Answer("", Outcome.ANSWER, "", claim=claim.id, safety_line=True)
    words = Shown("positions.png", "Words. " * 146)
    assert_fits(reply(answer, knowledge, Place(True, True), safety_line=LINE, picture=words))


async def test_the_card_of_a_command_shows_its_picture(gym: Gym, drawn: Service) -> None:
    result = await gym.alice.slash(gym.channel, "legpress depth")
    assert result.ephemeral
    assert pictures(result.response) == ["positions.png"]


async def test_the_card_of_a_mention_shows_its_picture_to_all(gym: Gym, drawn: Service) -> None:
    [said] = await gym.says(f"{gym.mention} how low do i lower the sled")
    assert pictures(said) == ["positions.png"]


async def test_a_shared_card_and_the_one_it_was_shared_from_keep_their_picture(gym: Gym, drawn: Service) -> None:
    shown = response(await gym.alice.slash(gym.channel, "legpress depth"))
    await gym.alice.click(shown, label="Share")
    [shared] = gym.public()
    assert pictures(shared) == ["positions.png"]
    assert pictures(shown) == ["positions.png"]


async def test_a_card_behind_a_button_shows_its_picture(gym: Gym, drawn: Service) -> None:
    shown = response(await gym.alice.slash(gym.channel, "legpress depth"))
    opened = await press(gym.alice, shown, "Knees to your chest")
    assert pictures(opened.response) == ["positions.png"]


async def test_a_renderer_that_fails_leaves_the_words(gym: Gym, drawn: Service) -> None:
    def broken(_svg: str) -> bytes:
        raise RenderError("no renderer here")

    bot: Any = gym.env.bot
    bot.desk.pictures = Pictures(PictureCache(render=broken))
    result = await gym.alice.slash(gym.channel, "legpress depth")
    assert pictures(result.response) == []
    assert NOT_SHOWN + POSITIONS.alt in text_of(result.response)
    [said] = await gym.says(f"{gym.mention} how low do i lower the sled")
    assert POSITIONS.alt in text_of(said)
    depth = await gym.alice.slash(gym.channel, "legpress my-depth", machine="sled")
    assert NOT_SHOWN in text_of(depth.response)


async def test_a_renderer_that_hangs_keeps_nobody_waiting(shipped: Knowledge) -> None:
    release = threading.Event()

    def slow(_svg: str) -> bytes:
        release.wait(300)
        return PNG

    pictures_ = Pictures(PictureCache(render=slow), seconds=0.2)
    answer = Answer("", Outcome.ANSWER, "", claim="find-your-depth")
    try:
        async with asyncio.timeout(60):
            shown = await picture_of(answer, shipped, pictures_)
    finally:
        release.set()
    assert shown == Shown("positions.png", POSITIONS.alt)


async def test_a_picture_is_drawn_beside_the_event_loop_and_once(shipped: Knowledge) -> None:
    threads = []

    def drawing(_svg: str) -> bytes:
        threads.append(threading.current_thread())
        return PNG

    pictures_ = Pictures(PictureCache(render=drawing))
    for claim_id in ("find-your-depth", "knees-to-chest", "hips-lift-off-pad"):
        shown = await picture_of(Answer("", Outcome.ANSWER, "", claim=claim_id), shipped, pictures_)
        assert shown is not None
        assert shown.png == PNG
    assert len(threads) == 1
    assert threads[0] is not threading.main_thread()


async def test_drawn_ahead_a_picture_is_there_at_once(shipped: Knowledge) -> None:
    drawn_ = []

    def drawing(svg: str) -> bytes:
        drawn_.append(svg)
        if len(drawn_) == 3:
            raise RenderError("this one not")
        return PNG

    pictures_ = Pictures(PictureCache(render=drawing))
    await pictures_.draw_all()
    assert sorted(drawn_) == sorted(each.svg for each in PICTURES.values())
    shown = await picture_of(Answer("", Outcome.ANSWER, "", claim="find-your-depth"), shipped, pictures_)
    assert shown is not None
    assert shown.png == PNG
    assert len(drawn_) == len(PICTURES)


async def test_where_the_bot_may_not_attach_files_the_words_stand_in(gym: Gym, drawn: Service) -> None:
    assert gym.env.bot.user is not None
    channel = gym.guild.create_text_channel(
        "no-files", overwrites={gym.env.bot.user: discord.PermissionOverwrite(attach_files=False)}
    )
    await gym.alice.send(channel, f"{gym.mention} how low do i lower the sled")
    said = [each for each in channel.history(viewer=gym.bob) if each.author == gym.env.bot.user][-1]
    assert POSITIONS.alt in text_of(said)
    assert said.attachments == []
    shown = response(await gym.alice.slash(channel, "legpress depth"))
    assert pictures(shown) == ["positions.png"]
    await gym.alice.click(shown, label="Share")
    shared = [each for each in channel.history(viewer=gym.bob) if each.author == gym.env.bot.user][-1]
    assert POSITIONS.alt in text_of(shared)
    assert shared.attachments == []


async def test_one_members_many_drawings_keep_nobody_waiting() -> None:
    drawn_: list[str] = []

    def slow(svg: str) -> bytes:
        time.sleep(0.02)
        drawn_.append(svg)
        return PNG

    pictures_ = Pictures(PictureCache(render=slow))
    many = [asyncio.create_task(pictures_.own("own.png", f"<svg>{i}", "Theirs.", (1, 5))) for i in range(60)]
    await asyncio.sleep(0)
    assert (await pictures_.own("own.png", "<svg>other", "Another's.", (2, 6))).png == PNG
    assert drawn_.index("<svg>other") <= 3, "the other member's came after the many"
    assert (await pictures_.named("positions")).png == PNG  # type: ignore[union-attr]
    assert len(drawn_) <= 5, "a shipped drawing waited for the many"
    found = await asyncio.gather(*many)
    assert [each.png for each in found[: 1 + MOST_WAITING]] == [PNG] * (1 + MOST_WAITING)
    assert all(each.png is None and each.alt == "Theirs." for each in found[1 + MOST_WAITING :])
    with pytest.raises(UserError, match="Too many"):
        await asyncio.gather(*(pictures_.worked_out(lambda: 1, (1, each)) for each in range(MOST_WAITING + 5)))


async def test_an_unknown_drawing_is_no_picture(shipped: Knowledge) -> None:
    claim = replace(next(iter(shipped.claims.values())), picture="rowing")
    assert await Pictures(PictureCache()).of(claim) is None


@pytest.mark.parametrize(
    ("answer", "line", "rest"),
    [
        ("Keep your heels down on it. Then push.", "Keep your heels down on it.", "Then push."),
        ("No. It does not do that at all. Really.", "No. It does not do that at all.", "Really."),
        ("Short.", "Short.", ""),
        ("x" * 300, "", "x" * 300),
    ],
)
def test_the_beginning_of_an_answer_stands_alone(answer: str, line: str, rest: str) -> None:
    assert beginning(answer) == (line, rest)


def test_a_lead_comes_before_the_answers_beginning(shipped: Knowledge) -> None:
    claim = replace(next(iter(shipped.claims.values())), lead="Stop one notch higher.")
    assert lead_of(claim) == "Stop one notch higher."
    assert [each.id for each in shipped.claims.values() if not lead_of(each)] == []


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("Stop there.", "**Stop there.**"),
        ("Stop *there*.", "Stop *there*."),
        ("a\nb", "**a**\n**b**"),
        ("Now:\n- a\nb", "**Now:**\n- a\n**b**"),
    ],
)
def test_the_line_is_bold_unless_markdown_in_it_would_come_out_garbled(line: str, shown: str) -> None:
    assert bold(line) == shown


@pytest.mark.parametrize("roll", ["hip 75", "knee 100", "30 cm"])
def test_the_depth_card_fits_with_and_without_its_picture(roll: str, payload_checker: PayloadChecker) -> None:
    for machine in ("sled", "horizontal", "vertical"):
        result = my_depth(depth_request(machine, height="6'1", roll=roll))
        for png in (PNG, None):
            for place in PLACES:
                layout = depth_layout(result, Shown("my-depth.png", result.alt, png), place, safety_line=LINE)
                assert payload_faults(layout, payload_checker) == []
