"""What publishing a draft would do: worked out once, one draft at a time, and held for the second look at it."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeAlias

from bot.core.likely_wordings import likely_wordings, unlike_wordings
from bot.core.model import Answer, Outcome
from bot.core.overlay import NOTHING, OUT_OF_SCOPE, Entry
from bot.sentences import say
from bot.service.checks import LEAST_FOUND, Findings, check, checked, checked_unlike
from bot.service.draft_values import Draft
from bot.service.drafts import DraftDesk
from bot.service.overlays import Overlays, join, overlay_of
from bot.service.recent import Recent
from bot.service.service import Service
from bot.service.turns import Turns

MOST_HELD = 8
"""Previews of all servers that are held for the second look at them."""
MOST_WAITING = 5
"""Previews of one server that wait their turn."""
_TOO_MANY = say("moderators.curation.too_many")
MOST_SHOWN = 5
MOST_SECONDS_UNLIKE = 1.0
"""After that long no further wording in other words than the claim's is tried."""

Kept: TypeAlias = Callable[[int], Awaitable[Sequence[str]]]
"""The questions of a server that nothing answered, where it agreed to keep them."""
NEEDS_FINDING = frozenset({"add", "edit", "questions", "suggestion"})
"""The changes of one claim after which members should find it."""
NEEDS_THOUGHT = NEEDS_FINDING | {"import", "rollback", "undo", "restore", "move", "adopt"}
"""The changes after which claims of the server's own answer what they did not: these, too, are thought over twice."""
MOST_LOOKED_FOR = 12
"""Of a change of many claims so many are looked for as members would."""
MOST_SECONDS_FINDING = 3.0
"""After that long no further claim of a change is looked for."""
MOST_NAMED = 3
"""Claims that are named as hard to find."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What publishing a draft would do, before it does. `service` answers as members would be answered."""

    draft: Draft
    service: Service
    answers: tuple[Answer, ...]
    findings: Findings
    doubts: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be said of the draft, and of what the checks found."""
        return (*self.draft.notes, *self.findings.notes)

    @property
    def missed(self) -> tuple[str, ...]:
        """What members are likely to type and would not get the claim for, but for what the safety stop answers."""
        return tuple(
            each.question for each in self.findings.likely if not each.good and each.outcome is not Outcome.STOP
        )


@dataclass(frozen=True, slots=True)
class _WorkedOut:
    """A preview that was worked out a moment ago, and what from: the second yes looks at the same again."""

    preview: Preview
    entries: Mapping[str, Entry]
    kept: tuple[str, ...]

    def is_of(self, draft: Draft, entries: Mapping[str, Entry], after: Service, kept: tuple[str, ...]) -> bool:
        """Say whether it would come out the same again. `after`: the service with the draft, one object as long as it stays."""
        made = self.preview
        return made.draft == draft and made.service is after and self.entries == entries and self.kept == kept


class Previews:
    """Works previews out, beside the event loop; everything may raise UserError and StoreError."""

    def __init__(self, drafts: DraftDesk, overlays: Overlays, kept: Kept) -> None:
        """Look through `drafts` of what `overlays` show; `kept` gives the questions that a server keeps."""
        self._kept = kept
        self._drafts = drafts
        self._overlays = overlays
        self._turns = Turns(1, most_waiting=MOST_WAITING, refusal=_TOO_MANY)
        self._worked_out: Recent[tuple[int, int], _WorkedOut] = Recent(MOST_HELD)

    def forget(self) -> None:
        """Hold no preview any more."""
        self._worked_out = Recent(MOST_HELD)

    def known_doubts(self, guild: int, draft: Draft) -> tuple[str, ...] | None:
        """Return why a draft is published only with a second yes, as its last preview found; None where that has to be worked out."""
        held = self._worked_out.get((guild, draft.id))
        if held is not None and held.preview.draft == draft:
            return held.preview.doubts
        if draft.action not in NEEDS_THOUGHT or draft.faults or draft.changes_nothing:
            return ()
        return None

    async def of(self, guild: int, draft_id: int) -> Preview:
        """Return what publishing a draft would do. Raises UserError where too many of the server's wait already."""
        async with self._turns.turn(guild, draft_id):
            return await self._previewed(guild, draft_id)

    async def _previewed(self, guild: int, draft_id: int) -> Preview:
        draft = await self._drafts.get(guild, draft_id)
        await self._drafts.require_room(guild, draft)
        entries = await self._overlays.read(guild)
        before = await self._overlays.joined(guild, entries)
        after = await self._overlays.joined(guild, {**entries, **{i.item: i.after for i in draft.items}}, keep=True)
        kept = tuple(await self._kept(guild))
        held = self._worked_out.get((guild, draft_id))
        if held is not None and held.is_of(draft, entries, after, kept):
            return held.preview
        after_it = {**entries, **{item.item: item.after for item in draft.items}}
        left_out = partial(_left_out, self._overlays.base(), after_it, draft.claim)
        made = await asyncio.to_thread(_previewed, draft, entries, before, after, kept, without=left_out)
        self._worked_out.put((guild, draft_id), _WorkedOut(made, dict(entries), kept))
        return made


def _left_out(base: Service, entries: Mapping[str, Entry], item: str | None, wording: str) -> Service:
    """Return the service with all entries, whose claim `item` has not that wording."""
    if item is None or (entry := entries.get(item)) is None or entry.claim is None:
        return join(base, overlay_of(entries))
    claim = replace(entry.claim, questions=tuple(each for each in entry.claim.questions if each != wording))
    return join(base, overlay_of({**entries, item: replace(entry, claim=claim)}))


def _previewed(
    draft: Draft,
    entries: Mapping[str, Entry],
    before: Service,
    after: Service,
    kept: Sequence[str],
    *,
    without: Callable[[str], Service],
) -> Preview:
    visible = [item.item for item in draft.items if item.item in after.knowledge.claims]
    new = {}
    for claim in visible:
        was = before.knowledge.claims.get(claim)
        known = was.questions if was is not None else ()
        new[claim] = [text for text in after.knowledge.claims[claim].questions if text not in known]
    outside = [text for item in draft.items if item.item == OUT_OF_SCOPE for text in item.after.questions]
    held = entries.get(OUT_OF_SCOPE, NOTHING).questions
    about = draft.claim if draft.claim in visible else None
    likely = {}
    if about is not None and draft.action in NEEDS_FINDING:
        knowledge = after.knowledge
        likely = {about: likely_wordings(knowledge.claims[about], after.shapes, kept, knowledge.vocabulary)}
    findings = check(before, after, new, [text for text in outside if text not in held], likely=likely)
    if about is not None and likely and draft.items[0].after.claim is not None:
        until = time.monotonic() + MOST_SECONDS_UNLIKE
        others = unlike_wordings(knowledge.claims[about], after.shapes, kept, knowledge.vocabulary)
        tried = checked_unlike(after, about, others, without, is_late=lambda: time.monotonic() > until)
        findings = replace(findings, unlike=tried)
    answers = (after.show_claim(claim) for claim in visible[:MOST_SHOWN])
    return Preview(
        draft,
        after,
        tuple(answer for answer in answers if answer is not None),
        findings,
        tuple(_doubts(draft, findings, after, kept, looked_at=about if likely else None)),
    )


def _doubts(
    draft: Draft, findings: Findings, after: Service, kept: Sequence[str], *, looked_at: str | None
) -> Iterator[str]:
    """Yield why a change is published only with a second yes. `looked_at`: the claim whose likely wordings `findings` have."""
    if draft.action not in NEEDS_THOUGHT:
        return
    if findings.is_hard_to_find:
        found = sum(each.good for each in findings.likely)
        yield say("moderators.curation.likely_ways", count=len(findings.likely), found=found)
    own = [item.item for item in draft.items if item.after.claim is not None and item.item in after.knowledge.claims]
    hard = _hard_to_find([each for each in own if each != looked_at], after, kept)
    for claim, found, count in hard[:MOST_NAMED]:
        title = after.knowledge.claims[claim].title
        yield say("moderators.curation.likely_ways_of", title=title, count=count, found=found)
    if len(hard) > MOST_NAMED:
        yield say("moderators.curation.hard_to_find_more", more=len(hard) - MOST_NAMED)
    if findings.takes_much and (own or draft.action in NEEDS_FINDING):
        what = "question" if findings.taken == 1 else "questions"
        yield say("moderators.curation.taken_from_others", taken=findings.taken, what=what)


def _hard_to_find(claims: Sequence[str], after: Service, kept: Sequence[str]) -> list[tuple[str, int, int]]:
    """Return the claims that answer less than two thirds of what members are likely to type: how many, of how many."""
    until = time.monotonic() + MOST_SECONDS_FINDING
    hard = []
    for claim in claims[:MOST_LOOKED_FOR]:
        if time.monotonic() > until:
            break
        made = likely_wordings(after.knowledge.claims[claim], after.shapes, kept, after.knowledge.vocabulary)
        found = sum(checked(after, claim, each).good for each in made)
        if found < LEAST_FOUND * len(made):
            hard.append((claim, found, len(made)))
    return hard
