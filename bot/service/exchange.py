"""A server's knowledge as a YAML file, out and in."""

import asyncio
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from bot.core.overlay import Overlay, from_plain
from bot.errors import Fault, KnowledgeError, UserError
from bot.memory import building, keep_too
from bot.sentences import say
from bot.service.access import Actor
from bot.service.draft_values import Draft
from bot.service.drafts import DraftDesk
from bot.service.turns import Turns
from bot.worker import READER, Worker, WorkerError, WorkerTimeoutError

MOST_IMPORT_BYTES = 1_000_000
"""An import is moderators' text; the whole shipped knowledge has half of that."""
IMPORT_SECONDS = 10.0
"""The worst file of that size takes two seconds; what takes longer is stopped."""
MOST_WAITING = 3
"""Imports of one server that wait their turn."""
_TOO_MANY = say("moderators.exchange.too_many")
_TOO_LONG = say("moderators.exchange.too_long")
_NOT_NOW = say("moderators.exchange.not_now")
_READER = "bot.core.server_file"


def reader() -> Callable[..., Any]:
    """Return what reads a file. It is imported when first needed: a third of a second, not for an event loop.

    The garbage collector is spared what comes with it, else its next look through that holds the loop.
    """
    if _READER not in sys.modules:
        with building():
            import_module(_READER)
            keep_too()
    read: Callable[..., Any] = import_module(_READER).read
    return read


class Exchange:
    """Import and export. Everything may raise UserError and StoreError."""

    def __init__(self, drafts: DraftDesk, reader: Worker = READER) -> None:
        """Import as `drafts`, reading files in the process of `reader`."""
        self._drafts = drafts
        self._reader = reader
        self._turns = Turns(1, most_waiting=MOST_WAITING, refusal=_TOO_MANY)

    async def export(self, guild: int) -> bytes:
        """Return all of a server's own knowledge as one YAML file."""
        from bot.core.server_file import (
            written,
        )  # brings in pydantic, which a bot does without until a file comes or goes

        return written(await self._overlay(guild), self._drafts.base)

    async def export_topic(self, guild: int, topic: str) -> bytes:
        """Return a server's own claims of one topic as a file of knowledge/claims. Raises UserError where it has none."""
        from bot.core.server_file import written_topic

        content = written_topic(await self._overlay(guild), topic)
        if content is None:
            raise UserError(say("moderators.exchange.no_claim_there", topic=topic))
        return content

    async def begin_import(
        self, guild: int, by: Actor, raw: bytes, name: str = "import.yaml", topic: str = "", *, why: str = ""
    ) -> Draft:
        """Open a draft of what a file says. Raises KnowledgeError with every fault, each at its line and column."""
        await self._drafts.require_editor(guild, by)
        read = await asyncio.to_thread(reader)
        if len(raw) > MOST_IMPORT_BYTES:
            message = say(
                "moderators.exchange.too_big",
                size=len(raw) / 1e6,
                most_import_bytes=MOST_IMPORT_BYTES // 10**6,
            )
            raise KnowledgeError([Fault(name, 1, 1, message)])
        if topic and topic not in self._drafts.base.topics:
            raise UserError(say("moderators.exchange.no_topic", topic=topic))
        live = (await self._overlay(guild)).entries
        try:
            async with self._turns.turn(guild, by.id):
                found = await self._reader.run(IMPORT_SECONDS, read, raw, name, self._drafts.base, live, topic)
        except WorkerTimeoutError:
            raise UserError(_TOO_LONG) from None
        except WorkerError:
            raise UserError(_NOT_NOW) from None
        if found.faults:
            raise KnowledgeError(found.faults)
        # What the file leaves as it is, is no part of the change: nobody's edit of it stands in the way.
        changed = {item: entry for item, entry in found.entries.items() if live.get(item) != entry}
        return await self._drafts.begin(guild, by, "import", changed, why=why or f"from {name}", notes=found.notes)

    async def _overlay(self, guild: int) -> Overlay:
        rows = await self._drafts.rows(guild)
        return Overlay({item: from_plain(row.state) for item, row in rows.items() if row.state is not None})
