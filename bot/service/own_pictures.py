"""Moderators' own pictures on claims: prepared as drafts like every other change, and read when a card shows one."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from cachetools import LRUCache

from bot.core.bounds import LEAST_ALT, MOST_ALT
from bot.core.model import OwnPicture
from bot.core.overlay import NOTHING, Entry, claim_of, from_plain
from bot.core.visible import as_kept
from bot.errors import UserError
from bot.sentences import say
from bot.service.access import Actor
from bot.service.draft_values import Draft
from bot.service.drafts import DraftDesk, require_changeable
from bot.service.retention import PICTURE_DAYS
from bot.store.pictures import MOST_PICTURES
from bot.store.store import Store

MOST_BYTES = 60_000
"""Of one picture as it is kept and sent: what a phone in a cellar gym still loads at once."""
MOST_HELD = 3_000_000
"""Bytes of pictures in memory, for cards that are shown again and again."""

NO_CLAIM = say("moderators.curation.no_claim")
NO_PICTURE = say("moderators.own_pictures.no_picture")
FULL = say("moderators.own_pictures.full", most_pictures=MOST_PICTURES, picture_days=PICTURE_DAYS)


class OwnPictures:
    """Own pictures of all servers, one server at a time. Everything may raise UserError and StoreError."""

    def __init__(
        self, store: Store, drafts: DraftDesk, clock: Callable[[], datetime], *, memory: int = MOST_HELD
    ) -> None:
        """Keep pictures in `store`, and show them by `drafts`; `clock` gives the time with its zone.

        `memory`: how many bytes of them are held at most, for cards that are shown again.
        """
        self._store = store
        self._drafts = drafts
        self._clock = clock
        self._held: LRUCache[tuple[int, str], bytes] = LRUCache(memory, getsizeof=len)

    async def begin(
        self, guild: int, by: Actor, claim_id: str, content: bytes, *, kind: str, alt: str, why: str = ""
    ) -> Draft:
        """Open a draft that puts a picture on a claim, a shipped one or the server's own, in the place of any other.

        `content` is of the `kind` ("png" or "jpg") and cleaned already: at most MOST_BYTES, nothing in it but the picture.
        """
        await self._drafts.require_editor(guild, by)
        entry = await self._entry(guild, claim_id)
        if not 0 < len(content) <= MOST_BYTES:
            raise UserError(say("moderators.own_pictures.too_big", most_bytes=MOST_BYTES // 1000))
        words = _words(alt)
        digest = hashlib.sha256(content).hexdigest()
        now = self._clock()
        kept = await self._store.pictures.add(
            guild,
            digest,
            content,
            kind=kind,
            at=int(now.timestamp()),
            idle_before=int((now - timedelta(days=PICTURE_DAYS)).timestamp()),
            most=MOST_PICTURES,
        )
        if not kept:
            raise UserError(FULL)
        after = replace(entry, picture=OwnPicture(digest, kind, words))
        return await self._drafts.begin(guild, by, "picture", {claim_id: after}, why=why)

    async def begin_words(self, guild: int, by: Actor, claim_id: str, alt: str, why: str = "") -> Draft:
        """Open a draft that describes a claim's own picture in other words. Raises UserError where it has none."""
        await self._drafts.require_editor(guild, by)
        entry = await self._entry(guild, claim_id)
        if entry.picture is None:
            raise UserError(NO_PICTURE)
        after = replace(entry, picture=replace(entry.picture, alt=_words(alt)))
        return await self._drafts.begin(guild, by, "picture", {claim_id: after}, why=why)

    async def begin_removal(self, guild: int, by: Actor, claim_id: str, why: str = "") -> Draft:
        """Open a draft that takes a claim's own picture away; a shipped claim then shows its drawing again."""
        await self._drafts.require_editor(guild, by)
        entry = await self._entry(guild, claim_id)
        if entry.picture is None:
            raise UserError(say("moderators.own_pictures.nothing_to_take_away"))
        after = replace(entry, picture=None)
        return await self._drafts.begin(guild, by, "no picture", {claim_id: after}, why=why)

    async def erase(self, guild: int, by: Actor, claim_id: str, why: str = "") -> int:
        """Take a claim's own picture off, and delete for good all that it ever had; return how many that were.

        One that another claim shows now stays. Going back to a revision brings none of them back.
        """
        await self._drafts.require_editor(guild, by)
        if (await self._entry(guild, claim_id)).picture is not None:
            draft = await self.begin_removal(guild, by, claim_id, why or "deleted for good")
            await self._drafts.publish(guild, by, draft.id)
        erased = await self._store.pictures.erase(guild, claim_id)
        await self._store.leave_no_trace()
        for key in [key for key in self._held if key[0] == guild]:
            self._held.pop(key, None)
        return erased

    async def require_claim(self, guild: int, claim_id: str) -> None:
        """Raise UserError where there is no such claim, or it belongs to the safety net."""
        await self._entry(guild, claim_id)

    async def content(self, guild: int, digest: str) -> bytes | None:
        """Return a picture's bytes, None where the server has no such one (any more)."""
        key = (guild, digest)
        held = self._held.get(key)
        if held is not None:
            return held
        found = await self._store.pictures.get(guild, digest)
        if found is not None:
            self._held[key] = found
        return found

    async def _entry(self, guild: int, claim_id: str) -> Entry:
        """Return what the server did to a claim. Raises UserError where there is no such claim, or it is protected."""
        require_changeable(claim_id)
        row = (await self._drafts.rows(guild)).get(claim_id)
        entry = from_plain(row.state) if row else NOTHING
        if claim_of(claim_id, entry, self._drafts.base) is None and claim_id not in self._drafts.base.claims:
            raise UserError(NO_CLAIM)
        return entry


def _words(alt: str) -> str:
    tidy = " ".join(as_kept(alt).split())
    if not LEAST_ALT <= len(tidy) <= MOST_ALT:
        raise UserError(say("moderators.own_pictures.words_needed", least_alt=LEAST_ALT, most_alt=MOST_ALT))
    return tidy
