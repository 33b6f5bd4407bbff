"""What moderators do with single claims: look, prepare, preview, publish."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rapidfuzz import fuzz, process

from bot.core.addresses import gathered
from bot.core.bounds import MOST_ADDED_QUESTIONS, MOST_OUT_OF_SCOPE
from bot.core.fields import Fields, form_of, made_id, one_lines
from bot.core.model import Answer, Claim
from bot.core.overlay import (
    NOTHING,
    OUT_OF_SCOPE,
    PROTECTED,
    Entry,
    Standing,
    changed_in_release,
    claim_of,
    from_plain,
    most_questions,
    standing_of,
)
from bot.core.visible import as_kept
from bot.errors import StoreError, UserError
from bot.sentences import say
from bot.service.access import Actor
from bot.service.choices import Choice
from bot.service.draft_values import NOWHERE, Draft, Origin, Revision
from bot.service.drafts import DraftDesk, require_changeable
from bot.service.overlays import Overlays
from bot.service.previews import Kept, Preview, Previews
from bot.service.service import Service

NO_CLAIM = say("moderators.curation.no_claim")
LONGEST_QUESTION = 1000


class Act(StrEnum):
    """What somebody looks for a claim to do with it."""

    LOOK = "look"
    EDIT = "edit"
    HIDE = "hide"
    RESTORE = "restore"
    REMOVE = "remove"
    TAKE_PICTURE_OFF = "take picture off"


@dataclass(frozen=True, slots=True)
class Listed:
    """A claim in a list, with the words by which it is found.

    `release_notice`: a release changed the shipped claim in whose place the server's own stands.
    """

    id: str
    title: str
    topic: str
    standing: Standing
    revision: int
    release_notice: bool
    text: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A claim as a server has it, hidden or not; `answer` and `service` show it as members would see it.

    `release_notice`: a release changed the shipped claim in whose place the server's own stands.
    """

    claim: Claim
    standing: Standing
    entry: Entry | None
    shipped: Claim | None
    revision: int
    answer: Answer
    service: Service
    release_notice: bool


class Curation:
    """Editing by moderators. Everything may raise UserError and StoreError; what raised changed nothing."""

    def __init__(self, drafts: DraftDesk, overlays: Overlays, kept: Kept) -> None:
        """Prepare changes as `drafts` of what `overlays` show; `kept` gives the questions that a server keeps."""
        self._drafts = drafts
        self._overlays = overlays
        self._previews = Previews(drafts, overlays, kept)

    def close(self) -> None:
        """End what looks through drafts."""
        self._drafts.close()

    async def forget(self, _member: int) -> None:
        """Hold no preview any more: whoever wants to be forgotten may have made its draft."""
        self._previews.forget()

    async def listed(self, guild: int, *, standing: Standing | None = None) -> list[Listed]:
        """Return a server's claims, hidden ones too, in the order of topics; only of one standing where given."""
        rows = await self._drafts.rows(guild)
        base = self._drafts.base
        entries = {item: from_plain(row.state) for item, row in rows.items()}
        found = []
        for item in dict.fromkeys((*base.claims, *sorted(entries))):
            entry = entries.get(item)
            claim = claim_of(item, entry, base) if entry else None
            claim = claim or base.claims.get(item)
            if claim is None:
                continue
            where = standing_of(item, entry, base)
            if standing in {None, where}:
                notice = entry is not None and changed_in_release(item, entry, base)
                revision = rows[item].revision if item in rows else 0
                text = "\n".join((claim.claim, claim.lead, *claim.questions))
                found.append(Listed(item, claim.title, claim.topic, where, revision, notice, text))
        order = {topic: i for i, topic in enumerate(base.topics)}
        return sorted(found, key=lambda each: order.get(each.topic, len(order)))

    async def show(self, guild: int, claim_id: str) -> Shown:
        """Return one claim as a server has it. Raises UserError where there is none."""
        rows = await self._drafts.rows(guild)
        base = self._drafts.base
        row = rows.get(claim_id)
        entry = from_plain(row.state) if row and row.state is not None else None
        shipped = base.claims.get(claim_id)
        claim = (claim_of(claim_id, entry, base) if entry else None) or shipped
        if claim is None:
            raise UserError(NO_CLAIM)
        entries = {item: from_plain(held.state) for item, held in rows.items() if held.state is not None}
        if entry is not None and entry.hidden:
            entries[claim_id] = replace(entry, hidden=False)
        service = await self._overlays.joined(guild, entries)
        answer = service.show_claim(claim_id)
        assert answer is not None
        where = standing_of(claim_id, entry, base)
        notice = entry is not None and changed_in_release(claim_id, entry, base)
        return Shown(claim, where, entry, shipped, row.revision if row else 0, answer, service, notice)

    async def choices(self, guild: int, typed: str, limit: int = 25, *, to: Act = Act.LOOK) -> list[Choice]:
        """Return the claims that can be dealt with so, for autocomplete, best first; none where the store is down."""
        try:
            listed = await self.listed(guild)
        except StoreError:
            return []
        labels = {
            each.id: f"{each.title} ({each.standing})" if each.standing is not Standing.SHIPPED else each.title
            for each in listed
            if _allows(to, each, is_shipped=each.id in self._drafts.base.claims)
        }
        wanted = list(labels)[:limit]
        if typed.strip():
            names = {claim: f"{label} {claim}".lower() for claim, label in labels.items()}
            found = process.extract(typed.lower(), names, scorer=fuzz.WRatio, limit=limit, score_cutoff=45)
            wanted = [claim for _, _, claim in found]
        return [Choice(labels[claim][:100], claim) for claim in wanted]

    # Preparing

    async def begin_add(
        self, guild: int, by: Actor, fields: Fields, why: str = "", *, origin: Origin = NOWHERE, action: str = "add"
    ) -> Draft:
        """Open a draft of a new claim; without a name it gets one from its title."""
        await self._drafts.require_editor(guild, by)
        rows = await self._drafts.rows(guild)
        base = self._drafts.base
        taken = {*base.claims, *(item for item, row in rows.items() if row.state is not None)}
        name = fields.id.strip().lower()
        if name in taken:
            raise UserError(say("moderators.curation.name_taken", name=name))
        fields = replace(gathered(fields), id=name or made_id(fields.title, {*taken, *rows}))
        if len(fields.id) > 40:  # noqa: PLR2004 -- the schema's longest id, and what a button can carry
            raise UserError(say("moderators.curation.name_too_long"))
        return await self._drafts.begin(guild, by, action, {fields.id: NOTHING}, why=why, typed=fields, origin=origin)

    async def begin_edit(
        self, guild: int, by: Actor, claim_id: str, fields: Fields | None = None, why: str = ""
    ) -> Draft:
        """Open a draft of a claim's text; a shipped claim is replaced by the server's own when it is published."""
        await self._drafts.require_editor(guild, by)
        entry, claim = await self._found(guild, claim_id)
        typed = replace(gathered(fields), id=claim_id) if fields is not None else form_of(claim, self._drafts.base)
        return await self._drafts.begin(guild, by, "edit", {claim_id: entry}, why=why, typed=typed)

    async def begin_questions(
        self,
        guild: int,
        by: Actor,
        claim_id: str,
        questions: Sequence[str],
        why: str = "",
        *,
        origin: Origin = NOWHERE,
    ) -> Draft:
        """Open a draft that adds wordings to a claim; a shipped one stays as it is otherwise."""
        await self._drafts.require_editor(guild, by)
        entry, claim = await self._found(guild, claim_id)
        new = [text for text in _wordings(questions) if text not in claim.questions]
        if entry.claim is not None:
            merged = (*entry.claim.questions, *new)
            _require_at_most(merged, most_questions(claim_id, self._drafts.base))
            after = replace(entry, claim=replace(entry.claim, questions=merged))
        else:
            merged = (*entry.questions, *new)
            _require_at_most(merged, MOST_ADDED_QUESTIONS)
            after = replace(entry, questions=merged)
        return await self._drafts.begin(guild, by, "questions", {claim_id: after}, why=why, origin=origin)

    async def begin_out_of_scope(
        self, guild: int, by: Actor, wordings: Sequence[str], why: str = "", *, origin: Origin = NOWHERE
    ) -> Draft:
        """Open a draft that marks wordings as nothing the bot should answer here."""
        await self._drafts.require_editor(guild, by)
        rows = await self._drafts.rows(guild)
        entry = from_plain(rows[OUT_OF_SCOPE].state) if OUT_OF_SCOPE in rows else NOTHING
        merged = tuple(dict.fromkeys((*entry.questions, *_wordings(wordings))))
        _require_at_most(merged, MOST_OUT_OF_SCOPE)
        after = {OUT_OF_SCOPE: replace(entry, questions=merged)}
        return await self._drafts.begin(guild, by, "out of scope", after, why=why, origin=origin)

    async def begin_hide(self, guild: int, by: Actor, claim_id: str, why: str = "") -> Draft:
        """Open a draft that hides a claim."""
        await self._drafts.require_editor(guild, by)
        entry, _ = await self._found(guild, claim_id)
        if entry.hidden:
            raise UserError(say("moderators.curation.hidden_already"))
        return await self._drafts.begin(guild, by, "hide", {claim_id: replace(entry, hidden=True)}, why=why)

    async def begin_restore(self, guild: int, by: Actor, claim_id: str, why: str = "") -> Draft:
        """Open a draft that shows a hidden claim again, or else takes a changed one back to what is shipped."""
        await self._drafts.require_editor(guild, by)
        entry, _ = await self._found(guild, claim_id)
        if entry.hidden:
            after = replace(entry, hidden=False)
        elif claim_id in self._drafts.base.claims and not entry.is_empty:
            after = NOTHING
        else:
            raise UserError(say("moderators.curation.nothing_to_restore"))
        return await self._drafts.begin(guild, by, "restore", {claim_id: after}, why=why)

    async def begin_remove(self, guild: int, by: Actor, claim_id: str, why: str = "") -> Draft:
        """Open a draft that takes an added claim away; the history keeps it."""
        await self._drafts.require_editor(guild, by)
        await self._found(guild, claim_id)
        if claim_id in self._drafts.base.claims:
            raise UserError(say("moderators.curation.not_removed"))
        return await self._drafts.begin(guild, by, "remove", {claim_id: NOTHING}, why=why)

    # Drafts

    async def draft(self, guild: int, by: Actor, draft_id: int) -> Draft:
        """Return a draft against what is live now. Raises UserError where it is gone, and for whoever may see none."""
        await self._drafts.require_reader(guild, by)
        return await self._drafts.get(guild, draft_id)

    async def change(self, guild: int, by: Actor, draft_id: int, fields: Fields) -> Draft:
        """Give a draft other text, whole; faulty text is kept too."""
        await self._drafts.require_worker(guild, by, draft_id)
        return await self._drafts.change(guild, draft_id, gathered(fields))

    async def add_wordings(self, guild: int, by: Actor, draft_id: int, wordings: Sequence[str]) -> Draft:
        """Give a draft of one claim more wordings; those that it has already are left out."""
        await self._drafts.require_worker(guild, by, draft_id)
        return await self._drafts.add_wordings(guild, draft_id, _wordings(wordings))

    async def give_reason(self, guild: int, by: Actor, draft_id: int, why: str) -> Draft:
        """Give a draft the reason that stands in the history."""
        await self._drafts.require_worker(guild, by, draft_id)
        return await self._drafts.give_reason(guild, draft_id, why)

    async def drop(self, guild: int, by: Actor, draft_id: int) -> None:
        """Forget a draft."""
        await self._drafts.require_worker(guild, by, draft_id)
        await self._drafts.drop(guild, draft_id)

    async def rebase(self, guild: int, by: Actor, draft_id: int) -> Draft:
        """Put a draft on top of what others published meanwhile."""
        await self._drafts.require_worker(guild, by, draft_id)
        return await self._drafts.rebase(guild, draft_id)

    async def publish(self, guild: int, by: Actor, draft_id: int, why: str = "") -> Revision:
        """Make a draft live. Raises Conflict where somebody was faster."""
        await self._drafts.require_worker(guild, by, draft_id)
        return await self._drafts.publish(guild, by, draft_id, why)

    async def doubts(self, guild: int, by: Actor, draft: Draft) -> tuple[str, ...]:
        """Return why a draft is published only with a second yes: as its last preview found, or a new one where that is forgotten."""
        known = self._previews.known_doubts(guild, draft)
        return known if known is not None else (await self.preview(guild, by, draft.id)).doubts

    async def preview(self, guild: int, by: Actor, draft_id: int) -> Preview:
        """Return what publishing a draft would do. Takes up to some seconds, beside the event loop, one at a time.

        Raises UserError where too many of the server's wait already, and for whoever may see no draft.
        """
        await self._drafts.require_reader(guild, by)
        return await self._previews.of(guild, draft_id)

    async def hide(self, guild: int, claim_id: str, by: Actor, why: str = "") -> Revision:
        """Hide a claim at once."""
        draft = await self.begin_hide(guild, by, claim_id, why)
        return await self._drafts.publish(guild, by, draft.id)

    async def restore(self, guild: int, claim_id: str, by: Actor, why: str = "") -> Revision:
        """Show a hidden claim, or take a changed one back to what is shipped, at once."""
        draft = await self.begin_restore(guild, by, claim_id, why)
        return await self._drafts.publish(guild, by, draft.id)

    async def _found(self, guild: int, claim_id: str) -> tuple[Entry, Claim]:
        """Return what the server did to a claim, and the claim as it has it."""
        require_changeable(claim_id)
        base = self._drafts.base
        row = (await self._drafts.rows(guild)).get(claim_id)
        entry = from_plain(row.state) if row else NOTHING
        claim = claim_of(claim_id, entry, base) or base.claims.get(claim_id)
        if claim is None:
            raise UserError(NO_CLAIM)
        return entry, claim


def _allows(act: Act, claim: Listed, *, is_shipped: bool) -> bool:
    """Say whether a claim can be dealt with so, as far as its standing tells."""
    if act is not Act.LOOK and claim.id in PROTECTED:
        return False
    match act:
        case Act.HIDE:
            return claim.standing is not Standing.HIDDEN
        case Act.RESTORE:
            return claim.standing in {Standing.HIDDEN, Standing.REPLACED, Standing.EXTENDED}
        case Act.REMOVE:
            return not is_shipped
        case Act.TAKE_PICTURE_OFF:
            return claim.revision > 0  # one that was taken off can still be deleted for good
        case _:
            return True


def _wordings(texts: Sequence[str]) -> list[str]:
    """Return what is no empty line, once each. Raises UserError where nothing is left, or one is too long."""
    found = list(dict.fromkeys(text for text in one_lines(map(as_kept, texts)) if text))
    if not found:
        raise UserError(say("moderators.curation.no_question"))
    if any(len(text) > LONGEST_QUESTION for text in found):
        raise UserError(say("moderators.curation.question_too_long", longest_question=LONGEST_QUESTION))
    return found


def _require_at_most(texts: Sequence[str], most: int) -> None:
    if len(texts) > most:
        raise UserError(say("moderators.curation.wordings_are_too_many", count=len(texts), most=most))
