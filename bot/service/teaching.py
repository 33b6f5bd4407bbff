"""Teaching from messages: a draft of what stands there, and the word of whoever wrote it on being told of."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.fields import Fields
from bot.core.overlay import NOTHING, Entry, from_plain, print_of, to_plain
from bot.core.teaching import Taught, taught
from bot.core.text import clean
from bot.errors import UserError
from bot.sentences import say
from bot.service.access import Actor, Right
from bot.service.curation import Curation
from bot.service.draft_values import Draft, Origin
from bot.service.drafts import DraftDesk
from bot.service.harmless import advice_in, speaks_of_alarm, told
from bot.service.overlays import Overlays
from bot.service.privacy import Privacy
from bot.service.screening import Kind
from bot.service.server_settings import SettingsDesk
from bot.service.service import Service
from bot.store.revisions import ItemChange, StaleError
from bot.store.store import Store

ACTION = "voice"
"""What the history calls a writer's word."""
FROM_MESSAGE = "from a message"
NO_WORDS = say("moderators.teaching.no_words")
ALARM = say("moderators.teaching.alarm")
NOTHING_TAKEN = say("moderators.teaching.nothing_taken")
CHANGED = say("moderators.teaching.changed")


def _objection(service: Service, question: str, answer: str) -> str:
    """Return why nothing may be taught from an answer to a question, "" where it may."""
    if not answer:
        return ""
    if speaks_of_alarm(service, answer):
        return ALARM
    found = advice_in(service, (question, answer))
    if found is None or found.kind is Kind.SIGN:
        return ALARM if found else ""
    return f"{told(found)}. {NOTHING_TAKEN}"


@dataclass(frozen=True, slots=True)
class Words:
    """What a writer was shown and asked about: a draft, or the claim that it became, and the print of its text."""

    draft: int
    item: str
    text: str


class Teaching:
    """Drafts from messages of all servers, one server at a time. Everything may raise UserError and StoreError."""

    def __init__(
        self,
        store: Store,
        *,
        drafts: DraftDesk,
        curation: Curation,
        overlays: Overlays,
        settings: SettingsDesk,
        privacy: Privacy,
        clock: Callable[[], datetime],
    ) -> None:
        """Draft through `curation`; `clock` gives the time with its zone."""
        self._store = store
        self._drafts = drafts
        self._curation = curation
        self._overlays = overlays
        self._settings = settings
        self._privacy = privacy
        self._clock = clock

    async def drafted(self, guild: int, by: Actor, answer: str, question: str = "") -> Taught:
        """Return what a message says, as the fields of a claim; nothing is kept. `answer` "" drafts from the question alone.

        Raises UserError for whoever may not edit, for an answer without words, and for one that speaks of an alarm.
        """
        await self._settings.require(guild, by, Right.EDIT)
        service = await self._overlays.for_server(guild)
        objection = await self._drafts.look(guild, by, lambda _: _objection(service, question, answer))
        if objection:
            raise UserError(objection)
        title = await asyncio.to_thread(service.matcher.asked, question) if question else ""
        found = taught(answer, question, title, service.shapes)
        if answer and not found.fields.claim:
            raise UserError(NO_WORDS)
        return found

    async def begin(self, guild: int, by: Actor, fields: Fields) -> Draft:
        """Open a draft of a new claim from a message; publishing it settles the same question in the inbox."""
        group = await self._asked_in_vain(guild, fields.questions.splitlines())
        return await self._curation.begin_add(guild, by, fields, FROM_MESSAGE, origin=Origin(gap_group=group))

    def may_be_asked(self, member: int) -> bool:
        """Say whether a member may be asked in a channel: not who wants to be ignored."""
        return not self._privacy.is_ignored(member)

    async def words(self, guild: int, draft_id: int) -> Words:
        """Return what the writer of a draft's text is asked about. Raises UserError where it has none to show."""
        draft = await self._drafts.get(guild, draft_id)
        claim = draft.items[0].after.claim
        if draft.faults or claim is None:
            raise UserError(say("moderators.teaching.mend_first"))
        return Words(draft.id, draft.items[0].item, print_of(claim))

    async def standing(self, guild: int, draft_id: int, item: str) -> list[Words]:
        """Return what stands there now: in the draft, where it is there, else in the claim that was published."""
        if await self._store.drafts.get(guild, draft_id) is not None:
            draft = await self._drafts.get(guild, draft_id)
            claims = [(each.item, each.after.claim) for each in draft.items]
        else:
            row = (await self._drafts.rows(guild)).get(item)
            claims = [(item, from_plain(row.state).claim if row is not None else None)]
        return [Words(draft_id, item, print_of(claim)) for name, claim in claims if claim is not None and name == item]

    async def say(self, guild: int, words: Words, *, agreed: bool) -> None:
        """Let the card say that somebody of the server said it, or not: the word of whoever wrote it.

        It counts for the text that they were shown alone: in its draft, and where that was published, in the claim. Of them
        nothing is kept. Raises UserError where they agree to what is not there any more.
        """
        said = words.text if agreed else ""
        row = await self._store.drafts.get(guild, words.draft)
        if row is not None:
            draft = await self._drafts.get(guild, words.draft)
            claim = draft.items[0].after.claim
            if claim is not None and print_of(claim) == words.text:
                await self._drafts.give_voice(guild, words.draft, said)
                return
        elif await self._say_live(guild, words, said):
            return
        if agreed:
            raise UserError(CHANGED)

    async def _say_live(self, guild: int, words: Words, said: str) -> bool:
        """Change what a published claim says of its writer, and say whether it is the one that they were shown."""
        while True:
            held = (await self._drafts.rows(guild)).get(words.item)
            entry = from_plain(held.state) if held is not None else NOTHING
            if held is None or entry.claim is None or print_of(entry.claim) != words.text:
                return False
            if entry.said == said:
                return True
            try:
                await self._write(guild, words.item, held.revision, replace(entry, said=said))
            except StaleError:
                continue  # a moderator published meanwhile: look again
            return True

    async def _write(self, guild: int, item: str, expected: int, entry: Entry) -> None:
        picture = None if entry.picture is None else entry.picture.digest
        change = ItemChange(item, expected, to_plain(entry), picture)
        at = int(self._clock().timestamp())
        await self._store.revisions.commit(guild, [change], author=None, at=at, action=ACTION, why="")
        await self._overlays.published(guild)

    async def _asked_in_vain(self, guild: int, questions: list[str]) -> int | None:
        """Return the group of the inbox that has one of the questions word for word, None for none."""
        if not questions or not (await self._settings.certain(guild)).keep_questions:
            return None
        wanted = {clean(each).strip(" ?!.") for each in questions}
        rows = await self._store.inbox.all(guild)
        return next((row.group for row in rows if clean(row.wording).strip(" ?!.") in wanted), None)
