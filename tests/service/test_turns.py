"""Whose work comes next."""

import asyncio
from collections.abc import Hashable, Sequence

import pytest

from bot.errors import UserError
from bot.service.turns import Turns


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
