"""Reaching Discord again and again, and saying so once."""

import itertools
import logging

import aiohttp
import discord
import pytest

from bot.client.reaching import Reaching, passes_by_itself, pauses


def test_pauses_grow_to_the_longest_and_spread_by_chance() -> None:
    found = list(itertools.islice(pauses(1.0, 8.0), 50))
    assert all(least <= each <= 2 * least for least, each in zip([0.5, 1.0, 2.0, *[4.0] * 47], found, strict=True))
    assert len(set(found[10:])) > 1


@pytest.mark.parametrize(
    ("fault", "passes"),
    [
        (ConnectionResetError(), True),
        (aiohttp.ClientConnectionError(), True),
        (discord.GatewayNotFound(), True),  # type: ignore[no-untyped-call]
        (discord.LoginFailure("no such token"), False),
        (ValueError(), False),
    ],
)
def test_only_what_ends_without_anybody_mending_it_is_tried_again(fault: Exception, passes: bool) -> None:
    assert passes_by_itself(fault) is passes


async def test_attempts_go_on_until_one_succeeds_and_two_lines_tell_of_it(caplog: pytest.LogCaptureFixture) -> None:
    left, waited = [OSError(), OSError(), OSError()], []

    async def attempt() -> None:
        if left:
            raise left.pop()

    async def paused(seconds: float) -> None:
        waited.append(seconds)

    with caplog.at_level(logging.WARNING):
        await Reaching(lambda: False, paused).insist(attempt)
    assert len(waited) == 3
    assert [record.getMessage().split(" ")[0:3] for record in caplog.records] == [
        ["Discord", "cannot", "be"],
        ["Discord", "is", "reached"],
    ]


async def test_an_ended_bot_and_a_fault_that_stays_are_not_tried_again() -> None:
    async def refused() -> None:
        raise ConnectionRefusedError

    async def wrong() -> None:
        raise KeyError

    with pytest.raises(ConnectionRefusedError):
        await Reaching(lambda: True).insist(refused)
    with pytest.raises(KeyError):
        await Reaching(lambda: False).insist(wrong)
