"""What was asked and not answered, as moderators see it: groups, and one click to each of three ends."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.fields import Fields
from bot.core.model import Outcome
from bot.errors import UserError
from bot.sentences import say
from bot.service.access import Actor, Right
from bot.service.curation import Curation
from bot.service.draft_values import Draft, Origin
from bot.service.recording import Recording
from bot.service.server_settings import SettingsDesk
from bot.store.inbox import FEWEST_ASKERS, InboxRow
from bot.store.store import Store

MOST_WORDINGS_SHOWN = 5
_GONE = say("moderators.inbox.gone")
NO_CONSENT = say("moderators.inbox.no_consent")


@dataclass(frozen=True, slots=True)
class Group:
    """One thing that people asked, in its most asked wordings.

    `count`: how often, where a member counts once a day for each wording; `askers`: the most different members that
    asked it within seven days; `nearest`: the claim that the bot was near, if any.
    """

    id: int
    wording: str
    wordings: tuple[str, ...]
    count: int
    askers: int
    first: date
    last: date
    outcome: Outcome
    nearest: str | None


class KeptQuestions:
    """The questions that servers keep because nothing answered them, as plain texts."""

    def __init__(self, store: Store, settings: SettingsDesk) -> None:
        """Read from `store` where `settings` say that the server agreed."""
        self._store = store
        self._settings = settings

    async def wordings(self, guild: int) -> list[str]:
        """Return what enough members of a server asked; nothing where it did not agree to keep questions."""
        if not (await self._settings.certain(guild)).keep_questions:
            return []
        return [row.wording for row in await self._store.inbox.all(guild) if row.most_askers >= FEWEST_ASKERS]


class Inbox:
    """Unanswered questions of all servers, one server at a time. Everything may raise UserError and StoreError."""

    def __init__(self, store: Store, curation: Curation, settings: SettingsDesk, recording: Recording) -> None:
        """Read from `store` what `recording` wrote there, and act through `curation`."""
        self._store = store
        self._curation = curation
        self._settings = settings
        self._recording = recording

    async def groups(self, guild: int, by: Actor, *, limit: int = 25) -> list[Group]:
        """Return what was asked in vain so far, what most members asked first. Takes a moment: what waits is written first.

        Raises UserError without the server's consent.
        """
        await self._settings.require(guild, by, Right.EDIT)
        await self._recording.flush()
        return (await self._shown(guild, by))[:limit]

    async def group(self, guild: int, by: Actor, group_id: int) -> Group:
        """Return one group. Raises UserError where it is gone."""
        for each in await self._shown(guild, by):
            if each.id == group_id:
                return each
        raise UserError(_GONE)

    async def begin_question(
        self, guild: int, by: Actor, group_id: int, claim_id: str, wordings: Sequence[str] | None = None
    ) -> Draft:
        """Open a draft that makes the group's wordings (or some of them) questions of a claim."""
        group = await self.group(guild, by, group_id)
        texts = group.wordings if wordings is None else wordings
        return await self._curation.begin_questions(
            guild, by, claim_id, texts, f"asked {group.count} times", origin=Origin(gap_group=group.id)
        )

    async def begin_claim(self, guild: int, by: Actor, group_id: int) -> Draft:
        """Open a draft of a new claim with the group's wordings as its questions."""
        group = await self.group(guild, by, group_id)
        title = group.wording[:60].strip().capitalize()
        fields = Fields(title=title, questions="\n".join(group.wordings))
        return await self._curation.begin_add(
            guild, by, fields, f"asked {group.count} times", origin=Origin(gap_group=group.id)
        )

    async def begin_out_of_scope(self, guild: int, by: Actor, group_id: int) -> Draft:
        """Open a draft that marks the group's wordings as out of scope."""
        group = await self.group(guild, by, group_id)
        return await self._curation.begin_out_of_scope(
            guild, by, group.wordings, f"asked {group.count} times", origin=Origin(gap_group=group.id)
        )

    async def dismiss(self, guild: int, by: Actor, group_id: int) -> None:
        """Forget a group."""
        group = await self.group(guild, by, group_id)
        if not await self._store.inbox.drop_groups(guild, [group.id]):
            raise UserError(_GONE)

    async def _shown(self, guild: int, by: Actor) -> list[Group]:
        settings = await self._settings.require(guild, by, Right.EDIT)
        if not settings.keep_questions:
            raise UserError(NO_CONSENT)
        groups: dict[int, list[InboxRow]] = defaultdict(list)
        for row in await self._store.inbox.all(guild):
            if row.most_askers >= FEWEST_ASKERS:
                groups[row.group].append(row)
        return sorted(
            (_group(rows) for rows in groups.values()), key=lambda group: (-group.askers, -group.count, group.id)
        )


def _group(rows: list[InboxRow]) -> Group:
    """Return a group's rows, the most asked first, as one line."""
    nearest = next((row.nearest for row in rows if row.nearest), None)
    suggested = any(row.outcome == Outcome.SUGGEST for row in rows)
    return Group(
        rows[0].group,
        rows[0].wording,
        tuple(row.wording for row in rows[:MOST_WORDINGS_SHOWN]),
        sum(row.times for row in rows),
        rows[0].most_askers,
        min(date.fromisoformat(row.first_day) for row in rows),
        max(date.fromisoformat(row.last_day) for row in rows),
        Outcome.SUGGEST if suggested else Outcome.DECLINE,
        nearest,
    )
