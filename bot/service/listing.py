"""A server's claims as moderators look for them: by words, by topic, and by what members made of them."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from rapidfuzz import fuzz

from bot.core.overlay import Standing
from bot.core.stats import rating
from bot.core.text import clean, words
from bot.errors import UserError
from bot.service.access import Actor, Right
from bot.service.curation import Curation, Listed
from bot.service.inbox import NO_CONSENT
from bot.service.recording import HELPFUL, UNHELPFUL, Recording
from bot.service.server_settings import SettingsDesk
from bot.service.statistics import MOST_DAYS
from bot.store.inbox import FEWEST_ASKERS
from bot.store.store import Store

RATED_DAYS = 90
ALIKE = 65
"""From which likeness (of 100) a title is offered where no claim has the words themselves."""


class View(StrEnum):
    """Which claims are listed, and in which order: all, those of one standing, or by what members made of them."""

    ANY = "any"
    SHIPPED = "shipped"
    ADDED = "added"
    REPLACED = "replaced"
    EXTENDED = "extended"
    HIDDEN = "hidden"
    WORST = "worst"
    NEVER = "never"
    MISSED = "missed"


COUNTED = frozenset({View.WORST, View.NEVER, View.MISSED})
"""Those that rest on counts, which editors see alone."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: a view, a topic and words, "" for any."""

    view: View = View.ANY
    topic: str = ""
    words: str = ""


ALL = Sought()


@dataclass(frozen=True, slots=True)
class Row:
    """A claim of a list, with the presses of ninety days, or how often what was asked near it was missed."""

    claim: Listed
    up: int = 0
    down: int = 0
    missed: int = 0


class Listing:
    """Lists of all servers, one server at a time. Everything may raise UserError and StoreError."""

    def __init__(
        self,
        store: Store,
        curation: Curation,
        settings: SettingsDesk,
        recording: Recording,
        clock: Callable[[], datetime],
    ) -> None:
        """Look through what `curation` lists, with the counts of `store`, after `recording` wrote what waits."""
        self._store = store
        self._curation = curation
        self._settings = settings
        self._recording = recording
        self._clock = clock

    async def rows(self, guild: int, by: Actor, sought: Sought = ALL) -> list[Row]:
        """Return the claims that are sought, in the order of the view, or the likeliest first where words are given.

        Raises UserError where the view rests on counts that `by` may not see, or that the server does not keep.
        """
        counted = sought.view in COUNTED
        if counted:
            await self._settings.require(guild, by, Right.EDIT)
            await self._recording.flush()
        standing = None if counted or sought.view is View.ANY else Standing(sought.view)
        listed = await self._curation.listed(guild, standing=standing)
        if sought.topic:
            listed = [each for each in listed if each.topic == sought.topic]
        if counted:
            listed = [each for each in listed if each.standing is not Standing.HIDDEN]
        if sought.words:
            listed = _with_words(listed, sought.words)
        if sought.view is View.WORST:
            return await self._worst(guild, listed)
        if sought.view is View.NEVER:
            asked = {claim for _, claim, _ in await self._store.tallies.totals(guild, self._since(MOST_DAYS), "claim")}
            return [Row(each) for each in listed if each.id not in asked]
        if sought.view is View.MISSED:
            return await self._missed(guild, listed)
        return [Row(each) for each in listed]

    async def _worst(self, guild: int, listed: list[Listed]) -> list[Row]:
        presses: dict[str, Counter[str]] = {f"press:{HELPFUL}": Counter(), f"press:{UNHELPFUL}": Counter()}
        for kind, claim, count in await self._store.tallies.totals(guild, self._since(RATED_DAYS), "press:"):
            if kind in presses:
                presses[kind][claim] += count
        up, down = presses.values()
        rows = [Row(each, up[each.id], down[each.id]) for each in listed if down[each.id]]
        return sorted(rows, key=lambda row: (rating(row.up, row.down), -row.down, row.claim.id))

    async def _missed(self, guild: int, listed: list[Listed]) -> list[Row]:
        if not (await self._settings.certain(guild)).keep_questions:
            raise UserError(NO_CONSENT)
        missed: Counter[str] = Counter()
        for row in await self._store.inbox.all(guild):
            if row.most_askers >= FEWEST_ASKERS and row.nearest is not None:
                missed[row.nearest] += row.times
        rows = [Row(each, missed=missed[each.id]) for each in listed if missed[each.id]]
        return sorted(rows, key=lambda row: (-row.missed, row.claim.id))

    def _since(self, days: int) -> str:
        return (self._clock().date() - timedelta(days=days)).isoformat()


def _with_words(listed: list[Listed], typed: str) -> list[Listed]:
    """Return the claims that have every word that was typed, those with it in their title first; else those titled alike."""
    wanted = words(clean(typed))
    found: list[tuple[float, int, Listed]] = []
    for at, each in enumerate(listed):
        title = set(words(clean(f"{each.title} {each.id.replace('-', ' ')} {each.id}")))
        text = title | set(words(clean(each.text)))
        if wanted and all(_begins(text, word) for word in wanted):
            found.append((-sum(_begins(title, word) for word in wanted), at, each))
    if not found:
        like = [(-fuzz.WRatio(typed.lower(), each.title.lower()), at, each) for at, each in enumerate(listed)]
        found = [one for one in like if one[0] <= -ALIKE]
    return [each for _, _, each in sorted(found, key=lambda one: one[:2])]


def _begins(held: set[str], word: str) -> bool:
    return any(each.startswith(word) for each in held)
