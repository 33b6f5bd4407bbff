"""What members suggest, and what moderators make of it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from bot.core.addresses import AddressError, named
from bot.core.model import Answer, Outcome
from bot.core.stats import rating
from bot.core.teaching import heading, taught
from bot.core.visible import as_kept
from bot.errors import UserError
from bot.sentences import say
from bot.service.access import Actor, Right
from bot.service.curation import Curation
from bot.service.draft_values import Draft, Origin
from bot.service.drafts import MOST_WHY, DraftDesk
from bot.service.history import History, ReleaseNotice
from bot.service.orphans import Orphan, Orphans
from bot.service.overlays import Overlays
from bot.service.recording import Recording
from bot.service.server_settings import SettingsDesk
from bot.store.marks import Deed
from bot.store.store import Store
from bot.store.suggestions import SuggestionRow

MOST_OPEN = 200
MOST_A_DAY = 5
MOST_QUESTION, MOST_ANSWER, MOST_LINK = 200, 350, 300
RATED_DAYS = 90
POOR = 0.7
"""Claims rated below this are for the queue: with no praise at all, that takes two members who dislike it."""
DECIDED = say("moderators.drafts.decided")


@dataclass(frozen=True, slots=True)
class Suggested:
    """What became of a suggestion: kept under `id`, or not kept since it alarms (`stop` is what to say)."""

    stop: Answer | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An open suggestion, without who made it. `ready`: one click publishes it; else it has to be amended."""

    id: int
    question: str
    answer: str
    link: str
    claim: str
    at: datetime
    ready: bool


@dataclass(frozen=True, slots=True)
class Rated:
    """A claim that members found poor, with the presses of ninety days and why."""

    claim: str
    title: str
    up: int
    down: int
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits for moderators: poorly rated claims, what releases changed, what they left over, suggestions."""

    worst: tuple[Rated, ...]
    notices: tuple[ReleaseNotice, ...]
    orphans: tuple[Orphan, ...]
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided; `text` is for the member `tell`, where they wished to be told."""

    tell: int | None
    text: str


class Review:
    """Suggestions of all servers, one server at a time. Everything may raise UserError and StoreError."""

    def __init__(
        self,
        store: Store,
        *,
        drafts: DraftDesk,
        curation: Curation,
        history: History,
        orphans: Orphans,
        settings: SettingsDesk,
        overlays: Overlays,
        recording: Recording,
        clock: Callable[[], datetime],
    ) -> None:
        """Keep suggestions in `store`; publish them through `curation`. Presses are counted by `recording`."""
        self._store = store
        self._drafts = drafts
        self._curation = curation
        self._history = history
        self._orphans = orphans
        self._settings = settings
        self._overlays = overlays
        self._recording = recording
        self._clock = clock

    async def suggest(
        self,
        guild: int,
        by: Actor,
        question: str,
        answer: str = "",
        *,
        link: str = "",
        claim_id: str = "",
        tell: bool = False,
    ) -> Suggested:
        """Keep what a member suggests, without who it was. Their id is kept only where they wish to be told, until then."""
        await self._settings.require(guild, by, Right.SUGGEST)
        question, link = (" ".join(as_kept(text).split()) for text in (question, link))
        lines = (" ".join(line.split()) for line in as_kept(answer).splitlines())
        answer = "\n".join(filter(None, lines))  # what is listed line by line becomes steps
        if not question:
            raise UserError(say("moderators.review.no_question"))
        for text, most, what in (
            (question, MOST_QUESTION, "question"),
            (answer, MOST_ANSWER, "answer"),
            (link, MOST_LINK, "link"),
        ):
            if len(text) > most:
                raise UserError(say("moderators.review.too_long", what=what, count=len(text), most=most))
        if link:
            _require_address(link)
        screened, _ = self._overlays.base().ask(f"{question}\n{answer}".strip())
        if screened.outcome is Outcome.STOP:
            return Suggested(stop=screened)
        service = await self._overlays.for_server(guild)
        if claim_id and claim_id not in service.knowledge.claims:
            claim_id = ""
        now = self._clock()
        await self._require_less_than_many(guild, now, by.id)
        made = await self._store.suggestions.add(
            guild,
            at=int(now.timestamp()),
            data={"question": question, "answer": answer, "link": link, "claim": claim_id},
            tell=by.id if tell else None,
            most=MOST_OPEN,
        )
        if made is None:
            raise UserError(say("moderators.review.queue_full"))
        return Suggested(id=made)

    async def queue(self, guild: int, by: Actor) -> Queue:
        """Return what waits for a decision, with every press so far. Takes a moment: presses that wait are written."""
        await self._settings.require(guild, by, Right.APPROVE)
        await self._recording.flush()
        rows = await self._store.suggestions.open(guild)
        notices = await self._history.release_notices(guild)
        orphans = tuple(await self._orphans.all(guild))
        return Queue(await self._worst(guild), tuple(notices), orphans, tuple(_suggestion(row) for row in rows))

    async def suggestion(self, guild: int, by: Actor, suggestion_id: int) -> Suggestion:
        """Return an open suggestion. Raises UserError where it is decided."""
        await self._settings.require(guild, by, Right.APPROVE)
        row = await self._store.suggestions.get(guild, suggestion_id)
        if row is None:
            raise UserError(DECIDED)
        return _suggestion(row)

    async def begin_amend(self, guild: int, by: Actor, suggestion_id: int) -> Draft:
        """Open a draft of a new claim from a suggestion, sorted as a message is; publishing it approves the suggestion.

        Its link becomes a source of the server's own.
        """
        suggestion = await self.suggestion(guild, by, suggestion_id)
        service = await self._overlays.for_server(guild)
        fields = taught(suggestion.answer, suggestion.question, shapes=service.shapes).fields
        fields = replace(
            fields,
            title=heading(suggestion.question),
            claim=fields.claim or suggestion.question,
            questions=suggestion.question,
            sources=suggestion.link,
        )
        return await self._curation.begin_add(
            guild,
            _editing(by),
            fields,
            say("moderators.review.suggested_by_member"),
            origin=Origin(suggestion_id),
            action="suggestion",
        )

    async def begin_as_question(self, guild: int, by: Actor, suggestion_id: int, claim_id: str) -> Draft:
        """Open a draft that makes a suggestion's question one of a claim's."""
        suggestion = await self.suggestion(guild, by, suggestion_id)
        return await self._curation.begin_questions(
            guild,
            _editing(by),
            claim_id,
            [suggestion.question],
            say("moderators.review.suggested_by_member"),
            origin=Origin(suggestion_id),
        )

    async def begin_approval(self, guild: int, by: Actor, suggestion_id: int) -> Draft:
        """Open a draft of a suggestion as it is; publishing it approves the suggestion.

        Raises UserError where it has to be amended first, or is decided.
        """
        suggestion = await self.suggestion(guild, by, suggestion_id)
        if not suggestion.ready:
            raise UserError(say("moderators.review.no_answer_yet"))
        if suggestion.answer:
            return await self.begin_amend(guild, by, suggestion_id)
        return await self.begin_as_question(guild, by, suggestion_id, suggestion.claim)

    async def refuse(self, guild: int, by: Actor, suggestion_id: int, why: str = "") -> Decision:
        """Decide against a suggestion; `why` is for the member who wished to be told, and kept nowhere."""
        suggestion = await self.suggestion(guild, by, suggestion_id)
        tell = await self._store.suggestions.tell(guild, suggestion_id)
        if not await self._store.suggestions.refuse(guild, suggestion_id):
            raise UserError(DECIDED)
        text = say("moderators.review.refused", question=suggestion.question)
        why = " ".join(why.replace("\x00", "").split())[:MOST_WHY]
        return Decision(tell, f"{text} The moderators say: {why}" if why else text)

    async def to_tell(self, guild: int, draft_id: int) -> int | None:
        """Return whom to tell when a draft is published that amends a suggestion; ask before publishing."""
        draft = await self._drafts.get(guild, draft_id)
        if draft.origin.suggestion is None:
            return None
        return await self._store.suggestions.tell(guild, draft.origin.suggestion)

    async def _worst(self, guild: int) -> tuple[Rated, ...]:
        since = (self._clock().date() - timedelta(days=RATED_DAYS)).isoformat()
        up: Counter[str] = Counter()
        down: Counter[str] = Counter()
        for kind, claim, count in await self._store.tallies.totals(guild, since, "press:"):
            (up if kind == "press:helpful" else down)[claim] += count
        reasons: dict[str, list[tuple[str, int]]] = {}
        for kind, claim, count in await self._store.tallies.totals(guild, since, "reason:"):
            reasons.setdefault(claim, []).append((kind.removeprefix("reason:"), count))
        claims = (await self._overlays.for_server(guild)).knowledge.claims
        poor = [claim for claim in down if claim in claims and rating(up[claim], down[claim]) < POOR]
        poor.sort(key=lambda claim: (rating(up[claim], down[claim]), -down[claim], claim))
        return tuple(
            Rated(
                claim,
                claims[claim].title,
                up[claim],
                down[claim],
                tuple(sorted(reasons.get(claim, ()), key=lambda pair: (-pair[1], pair[0]))),
            )
            for claim in poor
        )

    async def _require_less_than_many(self, guild: int, now: datetime, member: int) -> None:
        """Count a member's suggestions of today by marks, which name nobody."""
        day: date = now.date()
        for number in range(MOST_A_DAY):
            if await self._store.marks.first_today(Deed(guild, day.isoformat(), f"suggest:{number}"), member):
                return
        raise UserError(say("moderators.review.enough_today", most_a_day=MOST_A_DAY))


def _require_address(link: str) -> None:
    """Raise UserError for a link that could not become a source."""
    try:
        named(link)
    except AddressError as wrong:
        raise UserError(say("moderators.review.link_refused", wrong=wrong)) from None


def _suggestion(row: SuggestionRow) -> Suggestion:
    data = row.data
    at = datetime.fromtimestamp(row.at, UTC)
    ready = bool(data["answer"] or data["claim"])
    return Suggestion(row.id, data["question"], data["answer"], data["link"], data["claim"], at, ready)


def _editing(by: Actor) -> Actor:
    """Return `by` with the right to publish what they may approve."""
    return Actor(by.id, by.roles, manages=True)
