"""Registers the commands with Discord, beside the connection, where they changed since last time."""

import asyncio
import contextlib
import hashlib
import json
import logging
from collections.abc import Callable
from pathlib import Path

import aiohttp
import discord
from discord.ext import commands

from bot.client.reaching import pauses
from bot.errors import StoreError
from bot.private_files import make_folder, write_whole
from bot.store.registered import Registered
from bot.ui.kit import faults

log = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 5.0, 3600.0
"""Seconds before a refused registration is tried again; the daily limit of Discord's passes in a day at most."""


class Registering:
    """Tells Discord the commands until it takes them; meanwhile those of last time work."""

    def __init__(
        self,
        bot: commands.AutoShardedBot,
        state_dir: Path | None,
        *,
        shared: Callable[[], Registered | None] = lambda: None,
        first_pause: float = FIRST_PAUSE,
    ) -> None:
        """Keep the digest of what was registered last in `state_dir`; None: nothing is remembered.

        `shared` gives what keeps it for several processes, and goes before that folder; None where there is nothing such.
        """
        self._bot = bot
        self._state_dir = state_dir
        self._shared = shared
        self._first_pause = first_pause
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to register what there is now, in the place of what is being registered."""
        self.stop()
        self._task = asyncio.create_task(self._until_taken(), name="registering the commands")

    def stop(self) -> None:
        """Register nothing more."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def once(self, *, always: bool = False) -> bool:
        """Register the commands where they changed, or `always`, and say whether that was done. A refusal is logged."""
        self.stop()
        try:
            return await self._register(always=always)
        except (discord.HTTPException, aiohttp.ClientError, OSError) as fault:
            faults.note("registering the commands", fault)
            return False

    async def _until_taken(self) -> None:
        refused = False
        for pause in pauses(self._first_pause, LONGEST_PAUSE):
            try:
                await self._register(always=False)
            except Exception as fault:  # noqa: BLE001 -- nobody awaits this
                if not refused:
                    faults.note("registering the commands", fault)
                refused = True
            else:
                if refused:
                    log.warning("the commands are registered now")
                return
            await asyncio.sleep(pause)

    async def _register(self, *, always: bool) -> bool:
        tree = self._bot.tree
        payload = [command.to_dict(tree) for command in tree.get_commands()]
        now = hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()
        application = self._bot.application_id or 0
        file = self._state_dir / f"commands-{application}.json" if self._state_dir else None
        shared = self._shared()
        if not always and await self._known(application, file, shared) == now:
            return False
        # Past the tree's own `sync`, which makes the same lists again, and objects of Discord's answer that nobody reads.
        await self._bot.http.bulk_upsert_global_commands(application, payload=payload)
        _keep(file, now)
        if shared is not None:
            with contextlib.suppress(StoreError):  # the database has logged it
                await shared.keep(application, now)
        return True

    async def _known(self, application: int, file: Path | None, shared: Registered | None) -> str:
        """Return the digest of what was registered last, as far as it is known: without the database this process's own."""
        if shared is not None:
            with contextlib.suppress(StoreError):
                return await shared.digest(application)
        return _kept(file)


def _kept(file: Path | None) -> str:
    """Return the digest kept from last time; "" where there is none, or none that can be read."""
    try:
        kept = json.loads(file.read_text(encoding="utf-8")) if file else {}
    except (OSError, ValueError):
        return ""
    return str(kept.get("commands", "")) if isinstance(kept, dict) else ""


def _keep(file: Path | None, digest: str) -> None:
    """Keep `digest` for next time. A folder that cannot be written is logged: the commands are registered anyway."""
    if file is None:
        return
    try:
        make_folder(file.parent)
        write_whole(file, json.dumps({"commands": digest}).encode())
    except OSError as fault:
        log.warning("The state folder %s cannot be written (%s).", file.parent, type(fault).__name__)
