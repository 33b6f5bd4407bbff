"""An answer that Discord does not take at once: it is sent again, simpler where that was the reason, and a stop always."""

import asyncio
from typing import Any

import pytest

from tests.faults.conftest import SERVER, Running
from tests.support.payloads import walk
from tests.support.wire import ANSWERABLE_SECONDS
from tests.support.wire_members import said

pytestmark = pytest.mark.asyncio(loop_scope="module")

ALARM = "numb between my legs and i cannot pee since leg press"
STOP = "emergency"
QUESTION = "how low do i lower the sled"
OWN: dict[str, Any] = {"roll": "hip 82", "backrest": "30 degrees", "feet": "middle"}

PASSING: dict[str, list[dict[str, Any]]] = {
    "reset": [{"reset": True}],
    "reset after acting": [{"reset": True, "acts": True}],
    "two resets": [{"reset": True, "times": 2}],
    "429 without Via": [{"status": 429, "body": {"message": "limited", "retry_after": 0.2, "global": False}}],
    "429 with Via": [{"status": 429, "headers": {"Via": "1.1 discord"}, "body": {"message": "", "retry_after": 0.3}}],
    "429 for 5 s": [{"status": 429, "headers": {"Via": "1.1 discord"}, "body": {"message": "", "retry_after": 5.0}}],
    "429 from the edge": [{"status": 429, "body": "error code: 1015"}],
    "500": [{"status": 500}],
    "500 twice": [{"status": 500, "times": 2}],
    "502 after acting": [{"status": 502, "acts": True}],
    "503": [{"status": 503}],
    "504 three times": [{"status": 504, "times": 3}],
    "slow before acting": [{"wait": 1.6}],
    "slow after acting": [{"acts": True, "wait_after": 1.6, "status": 502}],
    "one after the other": [{"status": 500}, {"reset": True}, {"status": 503, "acts": True}],
}
REFUSED: dict[str, list[dict[str, Any]]] = {
    "not valid": [{"status": 400, "code": 50035}],
    "too large": [{"status": 413, "code": 40005}],
    "not allowed": [{"status": 403, "code": 50013}],
}


async def until_the_bot_knows(running: Running, path: str) -> None:
    """Wait until the bot was told that what it sent below `path` was taken: what it still repeats would meet the next test's fault."""
    taken = (200, 204, 400)  # 400: what the stand-in says of an interaction that was answered already
    await running.wire.until(
        lambda: [each for each in running.wire.told if each.path.startswith(path)][-1].status in taken
    )


@pytest.mark.parametrize("fault", PASSING)
@pytest.mark.parametrize("in_", [None, SERVER])
async def test_an_alarm_gets_its_stop_whatever_happens_to_the_first_sending(
    running: Running, fault: str, in_: int | None
) -> None:
    for rule in PASSING[fault]:
        running.wire.fault("POST", "/interactions/*/callback", **rule)
    asked = await running.members.slash("legpress ask", question=ALARM, by=1000 + list(PASSING).index(fault), in_=in_)
    await running.wire.until(lambda: asked.answered)
    assert STOP in said(asked.response).lower()
    await until_the_bot_knows(running, f"/interactions/{asked.id}/")
    await asyncio.sleep(0.3)
    assert asked.followups == []


@pytest.mark.parametrize("fault", REFUSED)
async def test_an_alarm_that_is_refused_as_it_is_goes_out_as_its_text(running: Running, fault: str) -> None:
    for rule in REFUSED[fault]:
        running.wire.fault("POST", "/interactions/*/callback", **rule)
    asked = await running.members.slash("legpress ask", question=ALARM, by=3000)
    await running.wire.until(lambda: asked.answered)
    assert STOP in said(asked.response).lower()


@pytest.mark.parametrize("status", [400, 401, 404, 409, 418])
async def test_an_alarm_never_says_that_something_went_wrong(running: Running, status: int) -> None:
    for times in (1, 2):
        for kind in ("slash", "form", "menu"):
            running.wire.fault("POST", "/interactions/*/callback", status=status, code=99, times=times)
            by = 6000 + status
            match kind:
                case "slash":
                    asked = await running.members.slash("legpress ask", question=ALARM, by=by)
                case "form":
                    asked = await running.members.submit("lp-form:ask:find-depth:1", {"text": ALARM}, by=by)
                case _:
                    asked = await running.members.menu("Answer this", ALARM, by=by)
            await running.wire.until(lambda asked=asked: asked.answered)  # type: ignore[misc]
            assert STOP in said(asked.response).lower(), kind
            running.wire.rules.clear()


async def test_an_alarm_that_is_limited_for_longer_than_there_is_time_is_tried_twice_more(running: Running) -> None:
    limited: dict[str, Any] = {"status": 429, "body": {"message": "", "retry_after": 5.0, "global": False}}
    running.wire.fault("POST", "/interactions/*/callback", times=2, **limited)
    asked = await running.members.slash("legpress ask", question=ALARM, by=6900)
    await running.wire.until(lambda: asked.answered)
    assert STOP in said(asked.response).lower()


@pytest.mark.parametrize("fault", [*PASSING, *REFUSED])
async def test_an_alarm_in_a_message_gets_its_stop_once(running: Running, fault: str) -> None:
    for rule in {**PASSING, **REFUSED}[fault]:
        running.wire.fault("POST", "/channels/*/messages", **rule)
    before = len(running.wire.messages)
    await running.members.say(ALARM, by=4000 + [*PASSING, *REFUSED].index(fault))
    await running.wire.until(lambda: len(running.wire.messages) > before)
    assert STOP in said(running.wire.messages[-1]["said"]).lower()
    await until_the_bot_knows(running, "/channels/")
    await asyncio.sleep(0.3)
    assert len(running.wire.messages) == before + 1


@pytest.mark.parametrize("fault", ["reset", "reset after acting", "429 without Via", "503", "500 twice"])
async def test_ordinary_answers_are_sent_again_likewise(running: Running, fault: str) -> None:
    for kind in ("slash", "press", "form", "typed", "menu"):
        for rule in PASSING[fault]:
            running.wire.fault("POST", "/interactions/*/callback", **rule)
        match kind:
            case "slash":
                asked = await running.members.slash("legpress ask", question=QUESTION)
            case "press":
                asked = await running.members.press("lp:why:find-depth")
            case "form":
                asked = await running.members.submit("lp-form:ask:find-depth:1", {"text": QUESTION})
            case "menu":
                asked = await running.members.menu("Answer this", QUESTION)
            case _:
                asked = await running.members.type("legpress ask", "question", "how deep")
        await running.wire.until(lambda asked=asked: asked.answered)  # type: ignore[misc]
        assert "went wrong" not in said(asked.response), kind
        running.wire.rules.clear()


async def test_a_picture_that_is_refused_leaves_its_words(running: Running) -> None:
    running.wire.fault("POST", "/interactions/*/callback", status=413, code=40005, times=1)
    asked = await running.members.slash("legpress ask", question="claim:find-depth")
    await running.wire.until(lambda: asked.answered)
    assert "Find your own depth" in said(asked.response)


@pytest.mark.parametrize("acts", [False, True])
async def test_a_picture_that_takes_too_long_leaves_its_words_in_time(running: Running, acts: bool) -> None:
    slow: dict[str, Any] = {"acts": True, "wait_after": 60.0} if acts else {"wait": 60.0}
    await running.members.until_it_knows(QUESTION)
    running.wire.answerable_seconds = 30.0  # the bot's own deadline counts; a busy machine lets an answer arrive later
    for name, options in (("legpress ask", {"question": QUESTION}), ("legpress my-depth", OWN)):
        running.wire.fault("POST", "/interactions/*/callback", **slow)
        asked = await running.members.slash(name, by=7000, **options)
        await running.wire.until(lambda asked=asked: asked.answered)  # type: ignore[misc]
        assert "went wrong" not in said(asked.response)
        assert len(said(asked.response)) > 100
        await asyncio.sleep(2.0)
        assert asked.followups == []
        running.wire.rules.clear()
    running.wire.answerable_seconds = ANSWERABLE_SECONDS


@pytest.mark.parametrize("fault", REFUSED)
async def test_whatever_is_refused_as_it_is_leaves_its_words(running: Running, fault: str) -> None:
    await running.members.until_it_knows(QUESTION)
    shown = await running.members.slash("legpress checklist")
    await running.wire.until(lambda: shown.answered)
    [rule] = REFUSED[fault]
    for kind in ("my-depth", "checklist", "why", "tick"):
        running.wire.fault("POST", "/interactions/*/callback", **rule)
        match kind:
            case "my-depth":
                asked = await running.members.slash("legpress my-depth", **OWN)
            case "checklist":
                asked = await running.members.slash("legpress checklist")
            case "why":
                asked = await running.members.press("lp:why:find-depth")
            case _:
                data = (shown.response or {})["data"]
                [tick, *_] = [each for each in walk(data["components"]) if "tick" in each.get("custom_id", "")]
                asked = await running.members.press(tick["custom_id"], data)
        await running.wire.until(lambda asked=asked: asked.answered)  # type: ignore[misc]
        assert "went wrong" not in said(asked.response), kind
        assert len(said(asked.response)) > 60, kind
        running.wire.rules.clear()


async def test_a_message_that_hangs_holds_up_neither_itself_nor_its_channel(running: Running) -> None:
    running.wire.fault("POST", "/channels/*/messages", wait=120.0)
    before = len(running.wire.messages)
    await running.members.say(ALARM, by=7500)
    await running.members.say(ALARM, by=7501)
    await running.wire.until(lambda: len(running.wire.messages) == before + 2, 45)
    assert all(STOP in said(each["said"]).lower() for each in running.wire.messages[before:])


async def test_what_discord_never_takes_costs_the_next_nothing(running: Running) -> None:
    rule = running.wire.fault("POST", "/interactions/*/callback", status=500, times=None)
    lost = await running.members.slash("legpress ask", question=ALARM, by=5000)
    await asyncio.sleep(3.2)
    assert not lost.answered
    tries = len([each for each in running.wire.told if each.path.startswith(f"/interactions/{lost.id}/")])
    assert 2 <= tries <= 8
    rule.times = 0
    asked = await running.members.slash("legpress ask", question=ALARM, by=5000)
    await running.wire.until(lambda: asked.answered)
    assert STOP in said(asked.response).lower()
