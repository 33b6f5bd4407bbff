"""Seals of what stands in a custom_id: only this bot makes them, so that a made-up one has no effect."""

from hashlib import blake2b

import discord

LETTERS = 12


def seal(client: discord.Client, *parts: object) -> str:
    """Return a MAC (12 hexadecimal digits, so 48 bits) over `parts` under the bot's token, which all its processes share.

    A new token ends what was sealed under the old one.
    """
    key = blake2b((client.http.token or "").encode(), digest_size=32).digest()
    text = "\n".join(map(str, parts))
    return blake2b(text.encode(), key=key, person=b"legpress", digest_size=LETTERS // 2).hexdigest()
