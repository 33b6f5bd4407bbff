"""Reading and changing a server's settings."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.errors import StoreError, UserError
from bot.sentences import say
from bot.service.access import Actor, Right, require
from bot.service.recent import Recent
from bot.service.server_values import (
    DEFAULTS,
    LANGUAGES,
    LONGEST_RETENTION,
    NAMES,
    ServerSettings,
    from_plain,
    to_plain,
)
from bot.store.servers import Usage
from bot.store.store import Store

MOST_HELD = 20_000
MOST_NAMED = 50
"""Roles or channels that one setting names."""

_SET_BY_ITSELF = ("consent_by", "consent_at")


class SettingsDesk:
    """The settings of all servers, held in memory once read; `regions` are those that can be chosen."""

    def __init__(self, store: Store, regions: Sequence[str], clock: Callable[[], datetime]) -> None:
        """Keep settings in `store`."""
        self._store = store
        self.regions = tuple(regions)
        self._clock = clock
        self._held: Recent[int, ServerSettings] = Recent(MOST_HELD)
        self._reading: dict[int, asyncio.Task[ServerSettings]] = {}
        self.changed: list[Callable[[int], None]] = []
        """Called with a server's id after its settings changed here."""

    async def get(self, guild: int) -> ServerSettings:
        """Return a server's settings; where the store is down those known last, else the defaults."""
        held = self._held.get(guild)
        if held is not None:
            return held
        try:
            return await self.certain(guild)
        except StoreError:
            return self._held.outdated(guild) or DEFAULTS

    async def certain(self, guild: int) -> ServerSettings:
        """Return a server's settings, for what must not rest on a guess. Raises StoreError where the store is down."""
        held = self._held.get(guild)
        if held is not None:
            return held
        reading = self._reading.get(guild)
        if reading is None:  # of a thousand who ask at once, one reads for all
            reading = asyncio.create_task(self._read(guild))
            self._reading[guild] = reading
            reading.add_done_callback(lambda done: self._has_read(guild, done))
        return await asyncio.shield(reading)

    def known(self, guild: int) -> ServerSettings:
        """Return the settings that are in memory, else the defaults."""
        return self._held.get(guild) or self._held.outdated(guild) or DEFAULTS

    async def require(self, guild: int, actor: Actor, right: Right) -> ServerSettings:
        """Return a server's settings where `actor` has a right there. Raises UserError, StoreError."""
        settings = await self.certain(guild)
        require(settings, actor, right)
        return settings

    async def change(self, guild: int, by: Actor, **changes: Any) -> ServerSettings:
        """Set what is named and return the settings after it. Raises UserError for a value that cannot be, StoreError.

        Taking back the consent to keep questions deletes those that were kept.
        """
        before = await self.require(guild, by, Right.ADMIN)
        self._check(changes)
        if "keep_questions" in changes and bool(changes["keep_questions"]) != before.keep_questions:
            agreed = bool(changes["keep_questions"])
            changes["consent_by"] = by.id if agreed else None
            changes["consent_at"] = self._clock() if agreed else None
        settings = await self._written(guild, changes)
        if not settings.keep_questions and "keep_questions" in changes:
            await self._store.inbox.drop_all(guild)
        return settings

    async def usage(self, guild: int) -> Usage:
        """Return what a server takes of the room that it has. Raises StoreError."""
        return await self._store.servers.usage(guild)

    async def role_deleted(self, guild: int, role: int) -> None:
        """Take a role that is gone out of the settings: nobody has it, and its id comes never again."""
        settings = await self.certain(guild)
        names = ("suggest_roles", "edit_roles", "approve_roles")
        changes = {name: getattr(settings, name) - {role} for name in names if role in getattr(settings, name)}
        if "suggest_roles" in changes and not changes["suggest_roles"]:
            # No role at all would mean everybody, which nobody chose: what is left are the moderators.
            changes["suggest_roles"] = settings.edit_roles - {role} or frozenset({role})
        await self._take_out(guild, changes)

    async def channel_deleted(self, guild: int, channel: int) -> None:
        """Take a channel that is gone out of the settings."""
        settings = await self.certain(guild)
        changes: dict[str, Any] = {}
        if channel in settings.channels:
            changes["channels"] = settings.channels - {channel}
        if channel == settings.log_channel:
            changes["log_channel"] = None
        await self._take_out(guild, changes)

    def forget(self, guild: int | None = None) -> None:
        """Read a server's settings (None: everyone's) anew when they are next needed."""
        self._held.expire(guild)
        # What is being read now may be what was there before: whoever asks next does not join it.
        if guild is None:
            self._reading.clear()
        else:
            self._reading.pop(guild, None)

    def forget_consent(self, guild: int) -> None:
        """Hold nobody's id of who agreed for a server, and read its settings anew when they are next needed."""
        if (held := self._held.outdated(guild)) is not None:
            self._held.put(guild, replace(held, consent_by=None))
        self.forget(guild)

    def drop(self, guild: int) -> None:
        """Hold nothing of a server any more: what was kept of it is deleted."""
        self.forget(guild)
        self._held.drop(guild)

    async def _read(self, guild: int) -> ServerSettings:
        seen = self._held.expiries
        found = from_plain(await self._store.servers.settings(guild))
        self._held.put(guild, found, seen)
        return found

    def _has_read(self, guild: int, done: asyncio.Task[ServerSettings]) -> None:
        if self._reading.get(guild) is done:
            del self._reading[guild]
        if not done.cancelled():
            done.exception()  # whoever waited was told; that nobody did is no fault

    async def _take_out(self, guild: int, changes: dict[str, Any]) -> None:
        if changes:
            await self._written(guild, changes)

    async def _written(self, guild: int, changes: dict[str, Any]) -> ServerSettings:
        settings = from_plain(await self._store.servers.change(guild, to_plain(changes)))
        self.forget(guild)  # what was being read meanwhile may be from before
        self._held.put(guild, settings)
        for tell in self.changed:
            tell(guild)
        return settings

    def _check(self, changes: dict[str, Any]) -> None:
        unknown = [name for name in changes if name not in NAMES or name in _SET_BY_ITSELF]
        if unknown:
            raise UserError(say("moderators.server_settings.no_such_setting", unknown=unknown[0]))
        region = changes.get("region", "")
        if region and region not in self.regions:
            raise UserError(
                say("moderators.server_settings.unknown_region", region=region, regions=", ".join(self.regions))
            )
        language = changes.get("language", "")
        if language and language not in LANGUAGES:
            raise UserError(say("moderators.server_settings.languages", languages=", ".join(LANGUAGES)))
        days = changes.get("retention_days", LONGEST_RETENTION)
        if not 1 <= days <= LONGEST_RETENTION:
            raise UserError(say("moderators.settings.kept_days", longest_retention=LONGEST_RETENTION))
        for name in ("suggest_roles", "edit_roles", "approve_roles", "channels"):
            if len(changes.get(name, ())) > MOST_NAMED:
                raise UserError(say("moderators.server_settings.too_many_named", most_named=MOST_NAMED))
