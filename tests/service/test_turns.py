"""Whose work comes next."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Hashable, Sequence

import pytest

from bot.errors import UserError
from bot.service.allowance import Pace, Paces
from bot.service.answer_room import MOST_AT_ONCE_OF_A_MEMBER, MOST_EACH, AnswerRoom
from bot.service.turns import Turns

Looks = Callable[[], Awaitable[bool]]


async def _order(turns: Turns, wanted: Sequence[tuple[Hashable, Hashable]]) -> list[tuple[Hashable, Hashable]]:
    done: list[tuple[Hashable, Hashable]] = []

    async def work(server: Hashable, member: Hashable) -> None:
        async with turns.turn(server, member):
            await asyncio.sleep(0)
            done.append((server, member))

    await asyncio.gather(*(work(*each) for each in wanted))
    return done


async def test_servers_take_turns_and_so_do_their_members() -> None:
    crowd = [("a", 1)] * 5 + [("a", 2), ("b", 3)]
    done = await _order(Turns(1), crowd)
    assert done == [("a", 1), ("a", 1), ("b", 3), ("a", 2), ("a", 1), ("a", 1), ("a", 1)]


async def test_no_more_run_at_once_than_may() -> None:
    turns, running, most = Turns(2), 0, 0

    async def work(server: int) -> None:
        nonlocal running, most
        async with turns.turn(server, 0):
            running += 1
            most = max(most, running)
            await asyncio.sleep(0)
            running -= 1

    await asyncio.gather(*(work(i % 3) for i in range(12)))
    assert most == 2
    assert running == 0


async def test_what_is_called_off_gives_its_turn_away() -> None:
    turns, free = Turns(1), asyncio.Event()

    async def hold(server: int) -> int:
        async with turns.turn(server, 0):
            await free.wait()
            return server

    first, second, third = (asyncio.create_task(hold(i)) for i in range(3))
    await asyncio.sleep(0)
    second.cancel()
    await asyncio.sleep(0)
    free.set()
    assert [await first, await third] == [0, 2]
    first = asyncio.create_task(hold(0))
    await asyncio.sleep(0)
    first.cancel()
    assert await asyncio.wait_for(hold(5), 5) == 5


async def test_beyond_the_limit_of_a_server_comes_a_sentence_and_others_are_let_in() -> None:
    turns, free = Turns(1, most_waiting=2, refusal="Three wait."), asyncio.Event()

    async def hold(server: int) -> int:
        async with turns.turn(server, 0):
            await free.wait()
            return server

    tasks = [asyncio.create_task(hold(1)) for _ in range(3)]
    await asyncio.sleep(0)
    with pytest.raises(UserError, match="Three wait"):
        await hold(1)
    other = asyncio.create_task(hold(2))
    await asyncio.sleep(0)
    free.set()
    assert await asyncio.gather(*tasks, other) == [1, 1, 1, 2]
    assert await hold(1) == 1


async def test_a_flood_of_one_member_is_refused_and_nobody_elses_question_is() -> None:
    room, free = AnswerRoom(), asyncio.Event()

    async def prepared(_: Looks) -> str:
        await free.wait()
        return "ready"

    flood = [asyncio.create_task(room.run(1, 5, prepared, str.upper)) for _ in range(MOST_EACH)]
    await asyncio.sleep(0)
    with pytest.raises(UserError, match="faster than I can read"):
        await room.run(1, 5, prepared, str.upper)
    other = asyncio.create_task(room.run(1, 6, prepared, str.upper))
    await asyncio.sleep(0)
    free.set()
    assert await other == "READY"
    assert set(await asyncio.gather(*flood)) == {"READY"}
    assert await room.run(1, 5, prepared, str.upper) == "READY"


async def test_an_alarm_in_a_members_flood_gets_its_turn_before_the_flood() -> None:
    room, free = AnswerRoom(), asyncio.Event()

    async def prepared(_: Looks) -> str:
        await free.wait()
        return "ready"

    async def at_once(_: Looks) -> str:
        return "stop"

    flood = [asyncio.create_task(room.run(1, 5, prepared, str.upper)) for _ in range(MOST_EACH)]
    await asyncio.sleep(0)
    looked: list[int] = []

    def looks(number: int) -> bool:
        looked.append(number)
        return number == 300

    later = [
        asyncio.create_task(room.run(1, 5, at_once, str.upper, alarms=lambda number=i: looks(number)))  # type: ignore[misc]
        for i in range(301)
    ]
    told = await asyncio.wait_for(later[300], 5)
    assert told == "STOP"
    assert len(looked) < 20, "the alarm came last and was looked at last"
    free.set()
    refused = await asyncio.gather(*later[:300], return_exceptions=True)
    assert {type(each) for each in refused} == {UserError}
    assert set(await asyncio.gather(*flood)) == {"READY"}


async def test_newest_first_lets_in_the_newest_of_a_member() -> None:
    turns = Turns(1, newest_first=True)
    done: list[int] = []

    async def work(number: int) -> None:
        async with turns.turn(0, 0):
            await asyncio.sleep(0)
            done.append(number)

    waiting = [asyncio.create_task(work(number)) for number in range(5)]
    await asyncio.sleep(0)
    waiting[4].cancel()
    waiting[1].cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    assert done == [0, 3, 2]


async def test_whether_a_text_is_an_alarm_is_looked_at_beside_the_event_loop() -> None:
    room, looked = AnswerRoom(), []

    def look() -> bool:
        looked.append(threading.current_thread())
        return True

    async def prepared(alarms: Looks) -> str:
        return "stop" if await alarms() else "answer"

    assert await room.run(1, 5, prepared, str.upper, alarms=look) == "STOP"
    assert looked != [threading.current_thread()]


async def test_what_comes_too_fast_is_refused_unless_it_is_an_alarm_and_others_are_not_touched() -> None:
    room = AnswerRoom()
    paces = Paces(Pace(2, 60.0, lambda: 0.0), Pace(100, 1.0))

    async def prepared(_: Looks) -> str:
        return "ready"

    async def ask(member: int, *, alarm: bool = False, short: bool = True) -> str:
        return await room.run(1, member, prepared, str.upper, alarms=lambda: alarm, short=short, paces=paces)

    assert [await ask(5), await ask(5)] == ["READY", "READY"]
    for short in (True, False):
        with pytest.raises(UserError, match="Come back in 60 seconds"):
            await ask(5, short=short)
        assert await ask(5, alarm=True, short=short) == "READY"
    assert await ask(6) == "READY"


async def test_a_short_question_changes_no_thread_unless_its_member_asks_much() -> None:
    room = AnswerRoom()

    async def prepared(_: Looks) -> str:
        return ""

    async def thread(member: int, *, short: bool) -> str:
        return await room.run(1, member, prepared, lambda _: threading.current_thread().name, short=short)

    here = threading.current_thread().name
    assert await thread(5, short=False) != here
    found = [await thread(6, short=True) for _ in range(MOST_AT_ONCE_OF_A_MEMBER + 2)]
    assert found[0] == here
    assert found.count(here) <= 2 * MOST_AT_ONCE_OF_A_MEMBER  # a second may have passed in between
