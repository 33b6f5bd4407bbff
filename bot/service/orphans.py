"""What servers hung on shipped claims that a release took away or renamed: kept, shown, and given a place again."""

from dataclasses import dataclass, replace

from bot.core.bounds import MOST_ADDED_QUESTIONS
from bot.core.fields import Fields
from bot.core.model import OwnPicture
from bot.core.overlay import NOTHING, Entry, from_plain, is_orphan, most_questions
from bot.errors import UserError
from bot.sentences import say
from bot.service.access import Actor
from bot.service.draft_values import Draft
from bot.service.drafts import DraftDesk, require_changeable

GONE = say("moderators.orphans.gone")
NO_CLAIM = say("moderators.curation.no_claim")


@dataclass(frozen=True, slots=True)
class Orphan:
    """What hangs on a claim that is gone; `successor`: the shipped claim that took its place, "" where none is named."""

    item: str
    questions: tuple[str, ...]
    hidden: bool
    picture: OwnPicture | None
    successor: str


class Orphans:
    """Orphans of all servers, one server at a time. Everything may raise UserError and StoreError."""

    def __init__(self, drafts: DraftDesk) -> None:
        """Give them a place by `drafts`."""
        self._drafts = drafts

    async def all(self, guild: int) -> list[Orphan]:
        """Return what a server hung on claims that are gone."""
        base = self._drafts.base
        entries = {item: from_plain(row.state) for item, row in (await self._drafts.rows(guild)).items()}
        return [
            Orphan(item, entry.questions, entry.hidden, entry.picture, self._successor(item))
            for item, entry in entries.items()
            if is_orphan(item, entry, base)
        ]

    async def begin_adopt(self, guild: int, by: Actor, item: str) -> Draft:
        """Open a draft that makes it a claim of the server's own, with its wordings; the text has to be written."""
        await self._drafts.require_editor(guild, by)
        entry = await self._orphan(guild, item)
        if not entry.questions and entry.picture is None:
            raise UserError(say("moderators.orphans.only_hidden"))
        fields = Fields(id=item, title=item.replace("-", " ").capitalize(), questions="\n".join(entry.questions))
        return await self._drafts.begin(
            guild,
            by,
            "adopt",
            {item: entry},
            why=say("moderators.history.no_longer_shipped", item=item),
            typed=fields,
        )

    async def begin_move(self, guild: int, by: Actor, item: str, to: str) -> Draft:
        """Open a draft that hangs it on another claim: its wordings, its hiding, and its picture where there is none."""
        await self._drafts.require_editor(guild, by)
        entry = await self._orphan(guild, item)
        require_changeable(to)
        row = (await self._drafts.rows(guild)).get(to)
        target = from_plain(row.state) if row else NOTHING
        shipped = self._drafts.base.claims.get(to)
        if shipped is None and target.claim is None:
            raise UserError(NO_CLAIM)
        known = (
            target.claim.questions
            if target.claim is not None
            else (*(shipped.questions if shipped else ()), *target.questions)
        )
        new = tuple(text for text in entry.questions if text not in known)
        if target.claim is not None:
            moved = replace(target, claim=replace(target.claim, questions=(*target.claim.questions, *new)))
            count, most = len(target.claim.questions) + len(new), most_questions(to, self._drafts.base)
        else:
            moved = replace(target, questions=(*target.questions, *new))
            count, most = len(moved.questions), MOST_ADDED_QUESTIONS
        if count > most:
            raise UserError(say("moderators.curation.wordings_are_too_many", count=count, most=most))
        moved = replace(moved, hidden=target.hidden or entry.hidden, picture=target.picture or entry.picture)
        return await self._drafts.begin(
            guild,
            by,
            "move",
            {to: moved, item: NOTHING},
            why=say("moderators.history.from_no_longer_shipped", item=item),
        )

    async def begin_drop(self, guild: int, by: Actor, item: str) -> Draft:
        """Open a draft that takes it away; the history keeps it."""
        await self._drafts.require_editor(guild, by)
        await self._orphan(guild, item)
        return await self._drafts.begin(
            guild, by, "remove", {item: NOTHING}, why=say("moderators.history.no_longer_shipped", item=item)
        )

    async def _orphan(self, guild: int, item: str) -> Entry:
        row = (await self._drafts.rows(guild)).get(item)
        entry = from_plain(row.state) if row else NOTHING
        if not is_orphan(item, entry, self._drafts.base):
            raise UserError(GONE)
        return entry

    def _successor(self, item: str) -> str:
        """Return the shipped claim at the end of a row of successors, "" where there is none."""
        now = self._drafts.base.successor(item)
        return now if now in self._drafts.base.claims else ""
