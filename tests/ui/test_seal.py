"""Seals of what stands in a custom_id."""

import discord

from bot.ui.kit.seal import LETTERS, seal


def client(token: str) -> discord.Client:
    made = discord.Client(intents=discord.Intents.none())
    made.http.token = token
    return made


async def test_a_seal_is_the_same_in_every_process_of_a_bot_and_another_for_all_else() -> None:
    one = seal(client("a token"), 1, 2, "item")
    assert len(one) == LETTERS
    assert one == seal(client("a token"), 1, 2, "item")
    others = {
        seal(client("a token"), *parts) for parts in ((1, 2, "item2"), (1, 3, "item"), (12, "item"), (2, 1, "item"))
    }
    assert one not in {*others, seal(client("another token"), 1, 2, "item")}
