"""Letting go of the servers that the bot left: the most careful thing that it does."""

import asyncio
import json
import logging
from datetime import datetime, timedelta

from bot.errors import KnowledgeError, StoreError, UserError
from bot.sentences import say
from bot.service.overlays import Overlays, overlay_of
from bot.service.presence import Presence
from bot.service.server_settings import SettingsDesk
from bot.store.copies import Copies
from bot.store.store import Store

log = logging.getLogger(__name__)

LEFT_DAYS = 30
BETWEEN_CHECKS = timedelta(days=1)
"""A server is deleted when two looks at Discord, so far apart, both found the bot away from it, and none between them there."""


class Departed:
    """Deletes servers that the bot left, by the time at Discord."""

    def __init__(
        self,
        store: Store,
        overlays: Overlays,
        settings: SettingsDesk,
        presence: Presence,
        copies: Copies,
    ) -> None:
        """Delete from `store` what `presence` finds away, after a copy went to `copies`."""
        self._store = store
        self._overlays = overlays
        self._settings = settings
        self._presence = presence
        self._copies = copies

    async def run_once(self) -> int:
        """Note which servers are away, delete those that were for long, and return how many these were.

        Nothing is deleted where nothing is known of Discord; of a server whose copy cannot be written nothing is, and the
        others go. Raises StoreError.
        """
        if not await self._presence.reconcile():
            return 0
        now = self._presence.now()
        left_before = int((now - timedelta(days=LEFT_DAYS)).timestamp())
        absent_before = int((now - BETWEEN_CHECKS).timestamp())
        self._copies.drop_old(now)
        deleted = 0
        for away in (await self._store.servers.away()).values():
            long_ago = away.left_at < left_before and away.absent_at is not None and away.absent_at < absent_before
            if long_ago and self._presence.is_absent(away.guild):
                deleted += await self._delete(away.guild, now, left_before, absent_before)
        return deleted

    async def _delete(self, guild: int, now: datetime, left_before: int, absent_before: int) -> bool:
        held = await self._store.servers.belongings(guild)
        log.info(
            "About to delete all that is kept of a server that the bot left over %d days ago: %s.", LEFT_DAYS, held
        )
        try:
            await self._copy(guild, now)
        except (StoreError, OSError, KnowledgeError, UserError) as fault:
            # One that cannot be let go keeps nobody else's data from going.
            log.warning("That server is kept, since its copy cannot be made: %s", fault)
            return False
        if not self._presence.is_absent(guild):
            log.info("The bot is in that server again, so nothing of it is deleted.")
            return False
        gone = await self._store.servers.drop(guild, left_before=left_before, absent_before=absent_before)
        if gone is None:
            log.info("There was a sign of life from that server, so nothing of it is deleted.")
            return False
        self._settings.drop(guild)
        self._overlays.drop(guild)
        kept = say("moderators.departed.copy_stays", days=self._copies.days) if self._copies.days else ""
        log.info("Deleted all that was kept of that server: %s%s.", gone, kept)
        return True

    async def _copy(self, guild: int, now: datetime) -> None:
        if not self._copies.days:
            return
        from bot.core.server_file import written  # late: it brings in pydantic, which an idle bot does without

        entries = await self._overlays.read(guild)
        content = await asyncio.to_thread(written, overlay_of(entries), self._overlays.base().knowledge)
        files = {"knowledge.yaml": content}
        for entry in entries.values():
            if entry.picture is not None:
                picture = await self._store.pictures.get(guild, entry.picture.digest)
                if picture is not None:
                    files[f"pictures/{entry.picture.file}"] = picture
        # Whoever agreed to something stays out: nobody's id is in a copy.
        settings = {k: v for k, v in (await self._store.servers.settings(guild)).items() if k != "consent_by"}
        files["settings.json"] = json.dumps(settings, indent=1).encode()
        await asyncio.to_thread(self._copies.keep, guild, now, files)
