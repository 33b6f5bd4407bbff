"""What was changed, by whom and why; differences between any two states, and the way back to any."""

from dataclasses import dataclass, replace

from bot.core.diff import ItemDiff, claim_diff, overlay_diff
from bot.core.overlay import NOTHING, PROTECTED, Entry, changed_in_release, from_plain, most_questions, rebased
from bot.errors import UserError
from bot.sentences import say
from bot.service.access import Actor
from bot.service.draft_values import Conflict, Draft, Revision, revision_of
from bot.service.drafts import DraftDesk, require_changeable
from bot.store.revisions import MOST_HISTORY
from bot.store.store import Store

MOST_LISTED = 50
SETTLED = say("moderators.history.settled")


@dataclass(frozen=True, slots=True)
class ReleaseNotice:
    """A release changed a shipped claim in whose place the server's own stands.

    `shipped_change`: the claim as it was when it was replaced, against today's; `ours`: today's against the server's;
    `gone`: there is no such shipped claim any more; `successor`: the shipped claim that took its place then, "" where none
    is named.
    """

    claim: str
    title: str
    shipped_change: ItemDiff | None
    ours: ItemDiff | None
    gone: bool
    successor: str = ""


class History:
    """Revisions of all servers, one server at a time. Everything may raise UserError and StoreError."""

    def __init__(self, store: Store, drafts: DraftDesk) -> None:
        """Read from `store`, and go back by `drafts`."""
        self._store = store
        self._drafts = drafts

    async def revisions(
        self, guild: int, claim_id: str | None = None, *, before: int | None = None, limit: int = 10
    ) -> list[Revision]:
        """Return a server's revisions, newest first; of one claim where given, older than `before` where given."""
        rows = await self._store.revisions.revisions(guild, claim_id, before=before, limit=min(limit, MOST_LISTED))
        return [revision_of(row) for row in rows]

    async def revision(self, guild: int, number: int) -> Revision:
        """Return one revision. Raises UserError where the server has none of that number."""
        found = await self._store.revisions.revisions(guild, before=number + 1, limit=1)
        if not found or found[0].number != number:
            raise UserError(say("moderators.history.no_such_revision", number=number))
        return revision_of(found[0])

    async def difference(self, guild: int, older: int, newer: int, claim_id: str | None = None) -> list[ItemDiff]:
        """Return how the states after two revisions differ (0: before the first), of one claim or of all."""
        before = await self._state(guild, older, claim_id)
        after = await self._state(guild, newer, claim_id)
        return overlay_diff(before, after, self._drafts.base)

    async def begin_rollback(
        self, guild: int, by: Actor, number: int, claim_id: str | None = None, why: str = ""
    ) -> Draft:
        """Open a draft that brings one claim or all back to where they were after a revision (0: as shipped)."""
        await self._drafts.require_editor(guild, by)
        if claim_id is not None:
            require_changeable(claim_id)
        then = await self._state(guild, number, claim_id)
        rows = await self._drafts.rows(guild)
        now = {
            item: from_plain(row.state)
            for item, row in rows.items()
            if row.state is not None and claim_id in {None, item}
        }
        wanted = {item: then.get(item, NOTHING) for item in sorted({*then, *now}) if item not in PROTECTED}
        changed = {item: entry for item, entry in wanted.items() if entry != now.get(item, NOTHING)}
        if not changed:
            raise UserError(say("moderators.history.nothing_to_roll_back", number=number))
        return await self._drafts.begin(guild, by, "rollback", changed, why=why or f"back to revision {number}")

    async def begin_undo(self, guild: int, by: Actor, number: int, why: str = "") -> Draft:
        """Open a draft that takes back what one revision changed, and nothing that came after it.

        What a later revision changed as well is taken back to how it was before: the draft's notes name these revisions.
        """
        await self._drafts.require_editor(guild, by)
        await self.revision(guild, number)
        before, after = await self._state(guild, number - 1, None), await self._state(guild, number, None)
        rows = await self._drafts.rows(guild)
        wanted: dict[str, Entry] = {}
        notes = []
        for item in (await self.revision(guild, number)).items:
            was, made = before.get(item, NOTHING), after.get(item, NOTHING)
            now = from_plain(rows[item].state) if item in rows else NOTHING
            undone = was if now == made else rebased(made, was, now)
            if item in PROTECTED or undone == now:
                continue
            wanted[item] = undone
            if rows[item].revision != number:
                later = await self._store.revisions.revisions(guild, item, limit=MOST_LISTED)
                built_on = sorted(row.number for row in later if row.number > number)
                notes.append(
                    say(
                        "moderators.history.changed_later_too",
                        item=item,
                        listed=", ".join(map(str, built_on)),
                        number=number,
                    )
                )
        if not wanted:
            raise UserError(say("moderators.history.nothing_left", number=number))
        return await self._drafts.begin(
            guild, by, "undo", wanted, why=why or f"takes back revision {number}", notes=notes
        )

    async def release_notices(self, guild: int) -> list[ReleaseNotice]:
        """Return the server's claims of which the shipped ones have changed since they were replaced."""
        base = self._drafts.base
        notices = []
        for item, row in (await self._drafts.rows(guild)).items():
            entry = from_plain(row.state)
            if entry.claim is None or not changed_in_release(item, entry, base):
                continue
            shipped = base.claims.get(item)
            change = claim_diff(entry.based_on, shipped)
            ours = claim_diff(shipped, entry.claim)
            successor = base.successor(item) if shipped is None else ""
            known = successor if successor in base.claims else ""
            notices.append(ReleaseNotice(item, entry.claim.title, change, ours, shipped is None, known))
        return notices

    async def keep_ours(self, guild: int, by: Actor, claim_id: str, why: str = "") -> Revision:
        """Keep the server's claim in the place of the shipped one as it is today; the notice goes."""
        await self._drafts.require_editor(guild, by)
        entry = await self._noticed(guild, claim_id)
        kept = replace(entry, based_on=self._drafts.base.claims.get(claim_id))
        draft = await self._drafts.begin(guild, by, "kept ours", {claim_id: kept}, why=why)
        try:
            return await self._drafts.publish(guild, by, draft.id)
        except Conflict:
            await self._drafts.drop(guild, draft.id)
            raise UserError(SETTLED) from None

    async def begin_take_release(self, guild: int, by: Actor, claim_id: str, why: str = "") -> Draft:
        """Open a draft that puts the shipped claim back into its place; where none is shipped any more, the server's goes."""
        await self._drafts.require_editor(guild, by)
        await self._noticed(guild, claim_id)
        if claim_id not in self._drafts.base.claims:
            why = why or say("moderators.history.no_longer_shipped", item=claim_id)
            return await self._drafts.begin(guild, by, "remove", {claim_id: NOTHING}, why=why)
        return await self._drafts.begin(guild, by, "release", {claim_id: NOTHING}, why=why or "as shipped again")

    async def begin_move_to_successor(self, guild: int, by: Actor, claim_id: str) -> Draft:
        """Open a draft that puts the server's claim into the place of the one that a release names as its successor.

        The wordings that the server gave to the successor go with it. Raises UserError where the server has a claim of its
        own there.
        """
        await self._drafts.require_editor(guild, by)
        entry = await self._noticed(guild, claim_id)
        base = self._drafts.base
        to = base.successor(claim_id)
        shipped = base.claims.get(to)
        if entry.claim is None or shipped is None or claim_id in base.claims:
            raise UserError(SETTLED)
        require_changeable(to)
        row = (await self._drafts.rows(guild)).get(to)
        there = from_plain(row.state) if row else NOTHING
        if there.claim is not None:
            raise UserError(say("moderators.history.own_there_already", title=there.claim.title))
        questions = tuple(dict.fromkeys((*entry.claim.questions, *there.questions)))[: most_questions(to, base)]
        ours = replace(entry.claim, id=to, topic=shipped.topic, questions=questions)
        moved = replace(
            entry,
            claim=ours,
            based_on=shipped,
            hidden=entry.hidden or there.hidden,
            picture=entry.picture or there.picture,
        )
        return await self._drafts.begin(
            guild,
            by,
            "move",
            {to: moved, claim_id: NOTHING},
            why=say("moderators.history.from_no_longer_shipped", item=claim_id),
        )

    async def _noticed(self, guild: int, claim_id: str) -> Entry:
        row = (await self._drafts.rows(guild)).get(claim_id)
        entry = from_plain(row.state) if row else NOTHING
        if not changed_in_release(claim_id, entry, self._drafts.base):
            raise UserError(SETTLED)
        return entry

    async def _state(self, guild: int, number: int, claim_id: str | None) -> dict[str, Entry]:
        newest = await self._store.revisions.newest(guild)
        if not 0 <= number <= newest:
            raise UserError(say("moderators.history.newest_revision", number=number, newest=newest))
        oldest = await self._store.revisions.oldest(guild) if number else 0
        if number < oldest:
            raise UserError(say("moderators.history.folded", oldest=oldest, most_history=MOST_HISTORY // 1_000_000))
        states = await self._store.revisions.states_at(guild, number, claim_id)
        return {item: from_plain(state) for item, state in states.items() if state is not None}
