"""A server's week: asked, missed, disliked, and what changed since the week before."""

from datetime import timedelta

import pytest

from bot.core.model import Answer, Outcome
from bot.errors import UserError
from bot.service.presence import GREETED
from bot.service.server_values import NAMES
from bot.service.weekly import SENT, Disliked, Given
from bot.service.workshop import Workshop
from bot.store.tallies import TallyKey
from tests.support.postgres import Clock
from tests.support.workshop import HERE, MEMBER, MODERATOR, THERE

LOG = 77


async def count(workshop: Workshop, clock: Clock, back: int, **times: int) -> None:
    """Count something of so many days ago; `kind__name` is a count's kind and name, with "-" written "_"."""
    day = (clock().date() - timedelta(days=back)).isoformat()
    counts = {}
    for name, value in times.items():
        kind, _, what = name.partition("__")
        counts[
            TallyKey(
                HERE, day, kind.replace("_down", ":not helpful").replace("_up", ":helpful"), what.replace("_", "-")
            )
        ] = value
    await workshop.store.tallies.add(counts)


@pytest.mark.both_databases
async def test_it_says_what_was_asked_most_and_how_that_was_the_week_before(workshop: Workshop, clock: Clock) -> None:
    await count(workshop, clock, 0, claim__find_depth=3, outcome__answer=5, outcome__decline=5)
    await count(workshop, clock, 6, claim__find_depth=2, claim__straight_knees=9)
    await count(workshop, clock, 7, claim__find_depth=4, outcome__answer=1, outcome__decline=3)
    await count(workshop, clock, 14, claim__find_depth=50, outcome__answer=50)
    week = await workshop.weekly.week(HERE, MODERATOR)
    knowledge = workshop.overlays.base().knowledge
    assert week.most == (
        Given("straight-knees", knowledge.claims["straight-knees"].title, 9, 0),
        Given("find-depth", knowledge.claims["find-depth"].title, 5, 4),
    )
    assert (week.asked, week.answered, week.asked_before, week.answered_before) == (10, 5, 4, 1)
    assert (await workshop.weekly.week(THERE, MODERATOR)).asked == 0


@pytest.mark.both_databases
async def test_thumbs_down_come_with_the_reasons(workshop: Workshop, clock: Clock) -> None:
    await count(workshop, clock, 1, press_down__find_depth=3, press_up__find_depth=1, press_up__straight_knees=5)
    await count(workshop, clock, 2, **{"reason:wrong__find_depth": 2, "reason:long__find_depth": 1})
    await count(workshop, clock, 9, press_down__find_depth=30)
    [found] = (await workshop.weekly.week(HERE, MODERATOR)).disliked
    assert found == Disliked("find-depth", found.title, 3, 1, (("wrong", 2), ("long", 1)))


@pytest.mark.both_databases
async def test_what_was_missed_needs_the_servers_consent_and_three_members(workshop: Workshop, clock: Clock) -> None:
    assert (await workshop.weekly.week(HERE, MODERATOR)).missed is None
    await workshop.settings.change(HERE, MODERATOR, keep_questions=True)
    declined = Answer("", Outcome.DECLINE, "?")
    for member, text in (
        (1, "creatine any good"),
        (2, "creatine any good"),
        (3, "creatine any good"),
        (4, "which towels"),
    ):
        workshop.recording.answered(HERE, member, declined, text)
    missed = (await workshop.weekly.week(HERE, MODERATOR)).missed
    assert missed is not None
    assert [(each.wording, each.times) for each in missed] == [("creatine any good", 3)]
    clock.forward(days=8)
    assert (await workshop.weekly.week(HERE, MODERATOR)).missed == ()


async def test_members_are_refused(workshop: Workshop) -> None:
    with pytest.raises(UserError):
        await workshop.weekly.week(HERE, MEMBER)


class TestDigest:
    async def test_it_is_off_unless_a_server_chose_it_and_a_channel(self, workshop: Workshop, clock: Clock) -> None:
        await count(workshop, clock, 1, outcome__answer=9)
        assert await workshop.weekly.due(HERE) is None
        await workshop.settings.change(HERE, MODERATOR, digest=True)
        assert await workshop.weekly.due(HERE) is None
        await workshop.settings.change(HERE, MODERATOR, log_channel=LOG)
        week = await workshop.weekly.due(HERE)
        assert week is not None
        assert week.asked == 9

    async def test_it_comes_once_a_week(self, workshop: Workshop, clock: Clock) -> None:
        clock.forward(days=7 - clock().weekday())  # a Monday
        await workshop.settings.change(HERE, MODERATOR, digest=True, log_channel=LOG)
        await count(workshop, clock, 1, outcome__answer=9)
        assert await workshop.weekly.due(HERE) is not None
        assert await workshop.weekly.due(HERE) is None
        clock.forward(days=6)
        await count(workshop, clock, 1, outcome__answer=9)
        assert await workshop.weekly.due(HERE) is None
        clock.forward(days=1)
        assert await workshop.weekly.due(HERE) is not None

    async def test_switched_off_and_on_again_it_is_sent_once_a_week_too(self, workshop: Workshop, clock: Clock) -> None:
        await workshop.settings.change(HERE, MODERATOR, digest=True, log_channel=LOG)
        await count(workshop, clock, 1, outcome__answer=9)
        sent = []
        for day in range(22):
            await count(workshop, clock, 1, outcome__answer=9)
            for _ in range(2):
                await workshop.settings.change(HERE, MODERATOR, digest=False)
                assert await workshop.weekly.due(HERE) is None
                await workshop.settings.change(HERE, MODERATOR, digest=True, log_channel=LOG)
                if await workshop.weekly.due(HERE):
                    sent.append(day)
            clock.forward(days=1)
        assert sent == [0, 7, 14, 21], "on whatever day of the week it began"

    async def test_after_it_was_sent_it_can_be_switched_off_and_stays_so(
        self, workshop: Workshop, clock: Clock
    ) -> None:
        await workshop.settings.change(HERE, MODERATOR, digest=True, log_channel=LOG)
        await count(workshop, clock, 1, outcome__answer=9)
        assert await workshop.weekly.due(HERE) is not None
        workshop.settings.forget(HERE)
        assert (await workshop.settings.certain(HERE)).digest is True
        await workshop.settings.change(HERE, MODERATOR, digest=False)
        workshop.settings.forget(HERE)
        assert (await workshop.settings.certain(HERE)).digest is False

    @pytest.mark.parametrize("days", [1, 6, 8, 400])
    async def test_a_clock_that_jumps_ahead_and_back_sends_no_second_one_and_silences_none(
        self, workshop: Workshop, clock: Clock, days: int
    ) -> None:
        await workshop.settings.change(HERE, MODERATOR, digest=True, log_channel=LOG)
        clock.forward(days=days)
        await count(workshop, clock, 1, outcome__answer=9)
        assert await workshop.weekly.due(HERE) is not None
        clock.forward(days=-days)
        for _ in range(7):
            await count(workshop, clock, 1, outcome__answer=9)
            assert await workshop.weekly.due(HERE) is None
            clock.forward(days=1)
        await count(workshop, clock, 1, outcome__answer=9)
        assert await workshop.weekly.due(HERE) is not None, "seven days later it comes"

    async def test_what_an_older_version_noted_in_the_place_of_the_switch_counts(
        self, workshop: Workshop, clock: Clock
    ) -> None:
        year, week, weekday = clock().isocalendar()
        await workshop.settings.change(HERE, MODERATOR, log_channel=LOG)
        await workshop.store.servers.change(HERE, {"digest": f"{year}-{week:02}"})
        workshop.settings.forget(HERE)
        await count(workshop, clock, 1, outcome__answer=9)
        assert (await workshop.settings.certain(HERE)).digest is True
        assert await workshop.weekly.due(HERE) is None
        await workshop.settings.change(HERE, MODERATOR, digest=False)
        await workshop.settings.change(HERE, MODERATOR, digest=True)
        assert await workshop.weekly.due(HERE) is None
        clock.forward(days=8 - weekday)  # the Monday after
        assert await workshop.weekly.due(HERE) is not None

    @pytest.mark.parametrize("note", ["", "x", "2026-99", "2026-11-31", "0-0", "9" * 5000, 7, [], {}])
    async def test_a_note_that_names_no_day_is_none(self, workshop: Workshop, clock: Clock, note: object) -> None:
        await workshop.settings.change(HERE, MODERATOR, digest=True, log_channel=LOG)
        await workshop.store.servers.change(HERE, {SENT: note})
        await count(workshop, clock, 1, outcome__answer=9)
        assert await workshop.weekly.due(HERE) is not None
        assert await workshop.weekly.due(HERE) is None

    def test_no_note_stands_in_the_place_of_a_setting(self) -> None:
        assert not {SENT, GREETED} & set(NAMES)

    async def test_of_a_quiet_week_there_is_none(self, workshop: Workshop) -> None:
        await workshop.settings.change(HERE, MODERATOR, digest=True, log_channel=LOG)
        assert await workshop.weekly.due(HERE) is None

    async def test_a_digest_names_no_answer_that_was_given_less_than_three_times(
        self, workshop: Workshop, clock: Clock
    ) -> None:
        await workshop.settings.change(HERE, MODERATOR, digest=True, log_channel=LOG)
        await count(workshop, clock, 1, claim__find_depth=2, claim__straight_knees=3, outcome__answer=5)
        week = await workshop.weekly.due(HERE)
        assert week is not None
        assert [each.claim for each in week.most] == ["straight-knees"]
