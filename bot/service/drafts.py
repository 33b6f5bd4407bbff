"""Prepared changes of a server's knowledge: kept as drafts, compared with what is live, published as one revision."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.core.bounds import MOST_ADDED_QUESTIONS, MOST_CLAIMS
from bot.core.diff import entry_diff, overlay_diff
from bot.core.fields import FieldFault, Fields, form_of, made_id, to_fields
from bot.core.matching.overlay import MOST_PHRASINGS
from bot.core.model import Claim, Knowledge
from bot.core.overlay import (
    NOTHING,
    PROTECTED,
    Entry,
    Overlay,
    from_plain,
    most_questions,
    rebased,
    same_titles,
)
from bot.core.visible import as_kept
from bot.errors import UserError
from bot.sentences import say
from bot.service.access import Actor, Right, may, require
from bot.service.draft_values import (
    NOWHERE,
    Conflict,
    Draft,
    DraftItem,
    Origin,
    Revision,
    change_of,
    draft_of,
    kept_of,
    revision_of,
)
from bot.service.harmless import MOST_LOOKED_THROUGH, Change, alarms, faults_of_changes, in_few, says_anything
from bot.service.looking import Looking, T
from bot.service.overlays import Overlays
from bot.service.server_settings import SettingsDesk
from bot.store.drafts import DraftRow
from bot.store.revisions import Closing, EntryRow, GoneError, StaleError
from bot.store.store import Store

MOST_WHY = 300
DRAFT_GONE = say("moderators.drafts.draft_gone")
NO_CHANGE = say("moderators.drafts.no_change")


class DraftDesk:
    """Drafts of all servers, one server at a time. Everything raises StoreError where the store is down."""

    def __init__(self, store: Store, overlays: Overlays, settings: SettingsDesk, clock: Callable[[], datetime]) -> None:
        """Keep drafts in `store`; `clock` gives the time with its zone."""
        self._store = store
        self._overlays = overlays
        self._settings = settings
        self._clock = clock
        self._looking = Looking()

    def close(self) -> None:
        """End the thread that looks through what servers wrote."""
        self._looking.close()

    @property
    def base(self) -> Knowledge:
        """The shipped knowledge of this moment."""
        return self._overlays.base().knowledge

    async def rows(self, guild: int) -> dict[str, EntryRow]:
        """Return a server's items as they are now, with their revisions."""
        return {row.item: row for row in await self._store.revisions.entries(guild)}

    async def require_editor(self, guild: int, by: Actor) -> None:
        """Raise UserError where `by` may not edit there."""
        await self._settings.require(guild, by, Right.EDIT)

    async def require_reader(self, guild: int, by: Actor) -> None:
        """Raise UserError for whoever may neither edit nor review there, and so sees nothing of its drafts."""
        settings = await self._settings.certain(guild)
        if not may(settings, by, Right.APPROVE):
            require(settings, by, Right.EDIT)

    async def require_worker(self, guild: int, by: Actor, draft: int) -> None:
        """Raise UserError where `by` may not work on a draft: editors may, and on one of a suggestion its reviewers."""
        settings = await self._settings.certain(guild)
        if may(settings, by, Right.EDIT):
            return
        row = await self._store.drafts.get(guild, draft)
        of_suggestion = row is not None and row.data.get("origin", {}).get("suggestion") is not None
        require(settings, by, Right.APPROVE if of_suggestion else Right.EDIT)

    async def begin(
        self,
        guild: int,
        by: Actor,
        action: str,
        after: Mapping[str, Entry],
        *,
        why: str = "",
        typed: Fields | None = None,
        notes: Sequence[str] = (),
        origin: Origin = NOWHERE,
    ) -> Draft:
        """Keep a draft that would bring the items named in `after` into those states.

        With `typed` the one item's claim is what the fields say, checked again whenever the draft is looked at.
        """
        rows = await self.rows(guild)
        live = {item: from_plain(row.state) for item, row in rows.items()}
        now = self._clock()
        # What somebody took back, no way back brings again: only they say that a card may tell of them.
        after = {
            item: entry if entry.said in {"", live.get(item, NOTHING).said} else replace(entry, said="")
            for item, entry in after.items()
        }
        after, missing = await self._with_pictures(guild, after, live, int(now.timestamp()))
        items = [
            DraftItem(item, rows[item].revision if item in rows else 0, live.get(item, NOTHING), entry)
            for item, entry in after.items()
        ]
        notes = (*notes, *missing)
        # A form names the field itself.
        few = typed is None and sum(item.after.claim is not None for item in items) <= MOST_LOOKED_THROUGH
        if few and (found := await self._looked(guild, by, items)):
            notes = (*notes, say("moderators.drafts.not_as_it_is", in_few=in_few(found)))
        new = Draft(
            0, guild, by.id, action, tuple(items), _why(why), now, notes=tuple(notes), fields=typed, origin=origin
        )
        made = await self._store.drafts.add(guild, author=by.id, at=int(now.timestamp()), data=kept_of(new))
        return await self.get(guild, made)

    async def get(self, guild: int, draft: int) -> Draft:
        """Return a draft against what is live now. Raises UserError where it is gone."""
        row = await self._store.drafts.get(guild, draft)
        if row is None:
            raise UserError(DRAFT_GONE)
        rows = await self.rows(guild)
        if row.data.get("fields") is None:
            return self._read(guild, row, rows)
        # What was typed is held against the gate.
        return await self._looking.through(guild, row.author, lambda pause: self._read(guild, row, rows, pause))

    async def change(self, guild: int, draft: int, typed: Fields) -> Draft:
        """Give a draft other fields. Raises UserError where it is gone or has no fields.

        Its claim's name stays, but for a new claim's that was made from its title: that goes with the title.
        """
        held = await self.get(guild, draft)
        if held.fields is None:
            raise UserError(say("moderators.drafting.not_about_a_text"))
        item = held.items[0]
        if item.item not in self.base.claims and item.before.is_empty:
            taken = {*self.base.claims, *await self.rows(guild)}
            if item.item == made_id(held.fields.title, taken):
                item = replace(item, item=made_id(typed.title, taken))
        await self._rewrite(guild, held, (item,), replace(typed, id=item.item))
        return await self.get(guild, draft)

    async def add_wordings(self, guild: int, draft: int, wordings: Sequence[str]) -> Draft:
        """Give a draft of one claim more wordings. Raises UserError where it is gone, is not of one claim, or has no room."""
        held = await self.get(guild, draft)
        if held.fields is not None:
            lines = [*held.fields.questions.splitlines(), *wordings]
            typed = replace(held.fields, questions="\n".join(dict.fromkeys(line for line in lines if line.strip())))
            await self._rewrite(guild, held, held.items, typed)
            return await self.get(guild, draft)
        if held.claim is None:
            raise UserError(say("moderators.drafts.not_about_a_claim"))
        item = held.items[0]
        claim = item.after.claim
        if claim is not None:
            merged = tuple(dict.fromkeys((*claim.questions, *wordings)))
            after = replace(item.after, claim=replace(claim, questions=merged))
            most = most_questions(item.item, self.base)
        else:
            merged = tuple(dict.fromkeys((*item.after.questions, *wordings)))
            after, most = replace(item.after, questions=merged), MOST_ADDED_QUESTIONS
        if len(merged) > most:
            raise UserError(say("moderators.curation.wordings_are_too_many", count=len(merged), most=most))
        await self._rewrite(guild, held, (replace(item, after=after),), None)
        return await self.get(guild, draft)

    async def give_voice(self, guild: int, draft: int, said: str) -> Draft:
        """Note of which text its writer agreed that the card tells of them ("": of none). Raises UserError where it is gone."""
        held = await self.get(guild, draft)
        await self._rewrite(guild, replace(held, said=said), held.items, held.fields)
        return await self.get(guild, draft)

    async def give_reason(self, guild: int, draft: int, why: str) -> Draft:
        """Give a draft the reason that the history will name. Raises UserError where it is gone."""
        held = await self.get(guild, draft)
        await self._rewrite(guild, replace(held, why=_why(why)), held.items, held.fields)
        return await self.get(guild, draft)

    async def drop(self, guild: int, draft: int) -> None:
        """Forget a draft; nothing happens where it is gone already."""
        await self._store.drafts.drop(guild, draft)

    async def publish(self, guild: int, by: Actor, draft: int, why: str = "") -> Revision:
        """Make a draft live, whole, and return its revision; the next question is answered with it.

        Raises Conflict where somebody was faster, UserError where it is gone, faulty or changes nothing.
        """
        held = await self.get(guild, draft)
        if held.faults:
            raise UserError(say("moderators.drafts.not_yet", listed=" ".join(f"{fault}." for fault in held.faults[:3])))
        if held.changes_nothing:
            raise UserError(NO_CHANGE)
        await self.require_room(guild, held)
        if found := await self._looked(guild, by, held.items):
            raise UserError(say("moderators.drafts.not_published", in_few=in_few(found)))
        for fault in self._alike(held.items, await self.rows(guild)):
            raise UserError(say("moderators.drafts.not_published_for", fault=fault))
        now = self._clock()
        reason = _why(why) or held.why
        changes = [change_of(item) for item in held.items]
        closing = Closing(draft, held.origin.suggestion, held.origin.gap_group)
        try:
            number = await self._store.revisions.commit(
                guild, changes, author=by.id, at=int(now.timestamp()), action=held.action, why=reason, closing=closing
            )
        except StaleError as stale:
            raise await self._conflict(guild, held, stale) from None
        except GoneError as gone:
            raise UserError(_gone(gone.what)) from None
        await self._overlays.published(guild)
        items = tuple(sorted(item.item for item in held.items))
        return Revision(number, by.id, now.replace(microsecond=0), held.action, reason, items)

    async def rebase(self, guild: int, draft: int) -> Draft:
        """Put a draft on top of what is live now: what only others changed stays, what both changed is the draft's."""
        held = await self.get(guild, draft)
        rows = await self.rows(guild)
        items: list[DraftItem] = []
        typed = held.fields
        for item in held.items:
            row = rows.get(item.item)
            now = from_plain(row.state) if row else NOTHING
            mine = item.after
            shipped = self.base.claims.get(item.item)
            ancestor = None if shipped is None else self._as_form(shipped, item.before.questions)
            after = rebased(item.before, mine, now, ancestor)
            if typed is not None and after.claim is not None and not held.faults:
                typed = to_fields(after.claim)
            items.append(DraftItem(item.item, row.revision if row else 0, now, after))
        await self._rewrite(guild, held, tuple(items), typed)
        return await self.get(guild, draft)

    async def _rewrite(self, guild: int, held: Draft, items: Sequence[DraftItem], typed: Fields | None) -> None:
        # A form's notes are made anew whenever it is read.
        changed = replace(held, items=tuple(items), fields=typed, notes=() if typed else held.notes)
        if not await self._store.drafts.replace(guild, held.id, kept_of(changed)):
            raise UserError(DRAFT_GONE)

    async def require_room(self, guild: int, held: Draft) -> None:
        """Raise UserError where publishing a draft would make more of a server's own than the matcher takes."""
        rows = await self.rows(guild)
        before = {item: from_plain(row.state) for item, row in rows.items()}
        after = {**before, **{item.item: item.after for item in held.items}}
        claims = sum(1 for entry in after.values() if entry.claim is not None)
        wordings = Overlay(after).wordings
        if claims > MOST_CLAIMS and claims > sum(1 for entry in before.values() if entry.claim is not None):
            raise UserError(say("moderators.drafts.too_many_claims", most_claims=MOST_CLAIMS))
        if wordings > MOST_PHRASINGS and wordings > Overlay(before).wordings:
            raise UserError(
                say(
                    "moderators.drafts.too_many_questions",
                    wordings=wordings,
                    most_phrasings=MOST_PHRASINGS,
                )
            )

    async def _looked(self, guild: int, by: Actor, items: Sequence[DraftItem]) -> list[str]:
        """Return what of a change speaks of an alarm, a sentence each."""
        changes = [Change(item.item, item.before, item.after) for item in items if says_anything(item.after)]
        if not changes:
            return []
        return await self.look(guild, by, lambda pause: faults_of_changes(self._overlays.base(), changes, pause))

    async def look(self, guild: int, by: Actor, look: Callable[[Callable[[], None]], T]) -> T:
        """Return what a look through what a server wrote finds, in its turn and apart from what anybody waits for."""
        return await self._looking.through(guild, by.id, look)

    def _alike(self, items: Iterable[DraftItem], rows: Mapping[str, EntryRow]) -> Iterator[FieldFault]:
        """Yield a fault for each new title that cannot be told from another claim's."""
        items = list(items)
        titled = {each.item: each.after.claim.title for each in items if each.after.claim is not None}
        if not titled:
            return
        leaving = {each.item for each in items if each.after.claim is None and each.item not in self.base.claims}
        live = {item: from_plain(row.state) for item, row in rows.items() if item not in leaving}
        for _, other, shown in same_titles(titled, self.base, live):
            yield FieldFault("title", say("moderators.drafts.same_title", shown=shown, other=other))

    async def _conflict(self, guild: int, held: Draft, stale: StaleError) -> Conflict:
        mine = next(item for item in held.items if item.item == stale.item)
        row = (await self.rows(guild)).get(stale.item)
        theirs = from_plain(row.state) if row else NOTHING
        found = await self._store.revisions.revisions(guild, stale.item, limit=1)
        return Conflict(
            stale.item,
            entry_diff(stale.item, mine.before, mine.after, self.base),
            entry_diff(stale.item, mine.before, theirs, self.base),
            revision_of(found[0]),
        )

    async def _with_pictures(
        self, guild: int, after: Mapping[str, Entry], live: Mapping[str, Entry], at: int
    ) -> tuple[dict[str, Entry], list[str]]:
        """Return entries with the present picture where the server has not kept the one they name, and what to say of it."""
        wanted = {entry.picture.digest for entry in after.values() if entry.picture is not None}
        held = await self._store.pictures.named(guild, wanted, at) if wanted else set()
        found, notes = {}, []
        for item, entry in after.items():
            found[item] = entry
            if entry.picture is not None and entry.picture.digest not in held:
                found[item] = replace(entry, picture=live.get(item, NOTHING).picture)
                notes.append(say("moderators.drafts.picture_gone", item=item))
        # What thereby stays as it is, is no part of the change.
        changed = {item: entry for item, entry in found.items() if not notes or entry != live.get(item, NOTHING)}
        return changed or found, notes

    def _read(
        self, guild: int, row: DraftRow, rows: Mapping[str, EntryRow], pause: Callable[[], None] = lambda: None
    ) -> Draft:
        """Return a draft, its fields checked, against what is live."""
        held = draft_of(guild, row)
        items, faults, notes = list(held.items), held.faults, held.notes
        if held.fields is not None:
            from bot.core.vetting import vet  # late: it brings in pydantic, which an idle bot does without

            live = {item for item, entry in rows.items() if entry.state is not None}
            vetted = vet(held.fields, self.base, live | {items[0].item})
            faults, notes = vetted.faults, (*notes, *vetted.notes)
            if vetted.claim is not None:
                before = (self.base.claims.get(items[0].item), items[0].before.claim)
                alarming = alarms(self._overlays.base(), vetted.claim, before, pause)
                titled = replace(items[0], after=Entry(vetted.claim))
                faults = (*faults, *alarming, *self._alike([titled], rows))
            after = self._with_claim(items[0], vetted.claim)
            items[0] = replace(items[0], after=replace(after, said=held.said) if held.said else after)
        else:
            told = (say("moderators.drafts.not_published_for", fault=fault) for fault in self._alike(items, rows))
            notes = (*notes, *told)
        now = {item.item: from_plain(rows[item.item].state) if item.item in rows else NOTHING for item in items}
        differences = overlay_diff(now, {item.item: item.after for item in items}, self.base)
        return replace(held, items=tuple(items), faults=faults, notes=notes, differences=tuple(differences))

    def _with_claim(self, item: DraftItem, claim: Claim | None) -> Entry:
        """Return the entry that a form's claim makes: in a shipped one's place it remembers which one that was."""
        if claim is None:
            return item.before
        shipped = self.base.claims.get(item.item)
        if item.before.claim is not None:
            return replace(item.before, claim=claim, questions=())
        if shipped is not None and claim == self._as_form(shipped, item.before.questions):
            return item.before
        return Entry(claim, shipped, item.before.hidden, picture=item.before.picture)

    def _as_form(self, shipped: Claim, extra: Sequence[str]) -> Claim | None:
        """Return a shipped claim as its own form would give it back unchanged."""
        from bot.core.vetting import vet  # as above

        whole = replace(shipped, questions=tuple(dict.fromkeys((*shipped.questions, *extra))))
        return vet(form_of(whole, self.base), self.base, self.base.claims).claim


def require_changeable(item: str) -> None:
    """Raise UserError for a claim that belongs to the safety net."""
    if item in PROTECTED:
        raise UserError(say("moderators.drafts.warning_signs_stay"))


def _why(text: str) -> str:
    return " ".join(as_kept(text).split())[:MOST_WHY]


def _gone(what: str) -> str:
    return {
        "draft": DRAFT_GONE,
        "suggestion": say("moderators.drafts.decided"),
    }.get(what, say("moderators.drafts.settled"))
