"""What is kept of a member, being left alone, and getting it deleted."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.errors import StoreError
from bot.sentences import say
from bot.store.store import Store

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """How much is kept with a member's id; `lines` say it in words."""

    ignored: bool
    edits: int
    drafts: int
    waiting_suggestions: int
    consents: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deleted:
    """What a member's id was taken out of; `lines` say it in words."""

    edits_anonymised: int
    drafts: int
    suggestions: int
    lines: tuple[str, ...]


class Privacy:
    """The rights of members. Everything but `is_ignored` may raise StoreError."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        """Keep wishes in `store`; `load` reads them."""
        self._store = store
        self._clock = clock
        self._ignored: set[int] = set()
        self._outdated = asyncio.Event()
        self.forgetting: list[Callable[[int], Awaitable[None]]] = []
        """Each drops what waits in memory of a member, and is awaited before anything of theirs is deleted or ignored."""
        self.settings_changed: list[Callable[[int], None]] = []
        """Called with each server's id whose settings no longer name a member."""

    async def load(self) -> None:
        """Read who wants to be left alone; where the store is down, those known last stay."""
        try:
            self._ignored = await self._store.members.ignored()
        except StoreError as error:
            log.warning("Who wants to be ignored could not be read: %s", error)

    def outdated(self) -> None:
        """Have who wants to be left alone read anew, by `run`."""
        self._outdated.set()

    async def run(self) -> None:
        """Read who wants to be left alone whenever that is outdated, for ever. Cancel it to end it."""
        while True:
            await self._outdated.wait()
            self._outdated.clear()
            await self.load()

    def is_ignored(self, member: int) -> bool:
        """Say whether a member wants to be left alone: nothing of theirs is counted, and they get no unasked answer."""
        return member in self._ignored

    async def ignore(self, member: int) -> None:
        """Leave a member alone from now on. What waits of them is dropped even where the wish cannot be written.

        Raises StoreError: then they are left alone no longer than before.
        """
        was_ignored = self.is_ignored(member)
        self._ignored.add(member)  # first: a database that hangs may be writing what waits of them
        for forget in self.forgetting:
            await forget(member)
        try:
            await self._store.members.ignore(member, int(self._clock().timestamp()))
        except StoreError:
            if not was_ignored:
                self._ignored.discard(member)
            raise
        self._ignored.add(member)  # again: who is ignored may have been read from the store meanwhile

    async def heed(self, member: int) -> None:
        """Take `ignore` back."""
        await self._store.members.heed(member)
        self._ignored.discard(member)

    async def kept(self, member: int) -> Kept:
        """Return what is kept with a member's id, in all servers."""
        row = await self._store.members.kept(member)
        lines = [say("card.privacy.questions_not_kept")]
        if row.edits:
            lines.append(say("card.privacy.changes_made", count=_count(row.edits, "change")))
        if row.drafts:
            lines.append(say("card.privacy.drafts_wait", count=_count(row.drafts, "draft")))
        if row.waiting:
            lines.append(say("card.privacy.to_be_told", count=_count(row.waiting, "suggestion")))
        if row.consents:
            lines.append(say("card.privacy.consents", count=_count(row.consents, "server")))
        if row.ignored:
            lines.append(say("card.privacy.ignored"))
        if not (row.edits or row.drafts or row.waiting or row.consents or row.ignored):
            lines.append(say("card.privacy.nothing_else"))
        return Kept(row.ignored, row.edits, row.drafts, row.waiting, row.consents, tuple(lines))

    async def delete(self, member: int) -> Deleted:
        """Take a member's id out of all that is kept, and of what waits to be written.

        Their changes stay, as a former moderator's; so does `ignore`.
        """
        for forget in self.forgetting:
            await forget(member)
        row, servers = await self._store.members.delete(member)
        for guild in servers:
            for tell in self.settings_changed:
                tell(guild)
        await self._store.marks.forget(member)
        await self._store.leave_no_trace()
        lines = []
        if row.edits:
            lines.append(say("card.privacy.changes_forgotten", count=_count(row.edits, "change")))
        if row.drafts:
            lines.append(say("card.privacy.drafts_deleted", count=_count(row.drafts, "draft")))
        if row.waiting:
            lines.append(say("card.privacy.suggestions_forgotten", count=_count(row.waiting, "suggestion")))
        if row.consents:
            lines.append(say("card.privacy.consents_forgotten", count=_count(row.consents, "server")))
        if row.ignored:
            lines.append(say("card.privacy.still_ignored"))
        return Deleted(row.edits, row.drafts, row.waiting, tuple(lines or [say("card.privacy.nothing_kept")]))


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
