"""Where an answer is thought: at once, beside the event loop, or not at all."""

import asyncio
import threading
from collections.abc import Awaitable, Callable

import pytest

from bot.errors import UserError
from bot.service.allowance import Pace, Paces
from bot.service.answer_room import MOST_AT_ONCE_OF_A_MEMBER, MOST_EACH, SHORT, AnswerRoom

Looks = Callable[[], Awaitable[bool]]
LONG = "x" * (SHORT + 1)
"""A text of which nobody knows how long it takes."""


async def test_a_flood_of_one_member_is_refused_and_nobody_elses_question_is() -> None:
    room, free = AnswerRoom(), asyncio.Event()

    async def prepared(_: Looks) -> str:
        await free.wait()
        return "ready"

    flood = [asyncio.create_task(room.run(1, 5, prepared, str.upper, text=LONG)) for _ in range(MOST_EACH)]
    await asyncio.sleep(0)
    with pytest.raises(UserError, match="faster than I can read"):
        await room.run(1, 5, prepared, str.upper, text=LONG)
    other = asyncio.create_task(room.run(1, 6, prepared, str.upper, text=LONG))
    await asyncio.sleep(0)
    free.set()
    assert await other == "READY"
    assert set(await asyncio.gather(*flood)) == {"READY"}
    assert await room.run(1, 5, prepared, str.upper, text=LONG) == "READY"


async def test_an_alarm_in_a_members_flood_gets_its_turn_before_the_flood() -> None:
    room, free = AnswerRoom(), asyncio.Event()

    async def prepared(_: Looks) -> str:
        await free.wait()
        return "ready"

    async def at_once(_: Looks) -> str:
        return "stop"

    flood = [asyncio.create_task(room.run(1, 5, prepared, str.upper, text=LONG)) for _ in range(MOST_EACH)]
    await asyncio.sleep(0)
    looked: list[int] = []

    def looks(number: int) -> bool:
        looked.append(number)
        return number == 300

    later = [
        asyncio.create_task(room.run(1, 5, at_once, str.upper, text=LONG, alarms=lambda _, number=i: looks(number)))  # type: ignore[misc]
        for i in range(301)
    ]
    told = await asyncio.wait_for(later[300], 5)
    assert told == "STOP"
    assert len(looked) < 20, "the alarm came last and was looked at last"
    free.set()
    refused = await asyncio.gather(*later[:300], return_exceptions=True)
    assert {type(each) for each in refused} == {UserError}
    assert set(await asyncio.gather(*flood)) == {"READY"}


async def test_whether_a_text_is_an_alarm_is_looked_at_beside_the_event_loop() -> None:
    room, looked = AnswerRoom(), []

    def look(_: str) -> bool:
        looked.append(threading.current_thread())
        return True

    async def prepared(alarms: Looks) -> str:
        return "stop" if await alarms() else "answer"

    assert await room.run(1, 5, prepared, str.upper, text=LONG, alarms=look) == "STOP"
    assert looked != [threading.current_thread()]


async def test_what_comes_too_fast_is_refused_unless_it_is_an_alarm_and_others_are_not_touched() -> None:
    room = AnswerRoom()
    paces = Paces(Pace(2, 60.0, lambda: 0.0), Pace(100, 1.0))

    async def prepared(_: Looks) -> str:
        return "ready"

    async def ask(member: int, *, alarm: bool = False, text: str = "short") -> str:
        return await room.run(1, member, prepared, str.upper, text=text, alarms=lambda _: alarm, paces=paces)

    assert [await ask(5), await ask(5)] == ["READY", "READY"]
    for text in ("short", LONG):
        with pytest.raises(UserError, match="Come back in 60 seconds"):
            await ask(5, text=text)
        assert await ask(5, alarm=True, text=text) == "READY"
    assert await ask(6) == "READY"


async def test_a_short_question_changes_no_thread_unless_its_member_asks_much() -> None:
    room = AnswerRoom()

    async def prepared(_: Looks) -> str:
        return ""

    async def thread(member: int, text: str) -> str:
        return await room.run(1, member, prepared, lambda _: threading.current_thread().name, text=text)

    here = threading.current_thread().name
    assert await thread(5, LONG) != here
    found = [await thread(6, LONG[:SHORT]) for _ in range(MOST_AT_ONCE_OF_A_MEMBER + 2)]
    assert found[0] == here
    assert found.count(here) <= 2 * MOST_AT_ONCE_OF_A_MEMBER  # a second may have passed in between
