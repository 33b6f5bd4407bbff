"""What a server's members ask most."""

import pytest

from bot.bootstrap import build_service
from bot.service.popular import FEWEST_TIMES, MOST
from bot.service.workshop import Workshop
from bot.store.tallies import TallyKey
from tests.support.postgres import Clock
from tests.support.workshop import HERE, THERE

pytestmark = pytest.mark.both_databases


async def given(workshop: Workshop, clock: Clock, guild: int = HERE, **times: int) -> None:
    """Count answers of today."""
    day = clock().date().isoformat()
    await workshop.store.tallies.add({TallyKey(guild, day, "claim", claim): count for claim, count in times.items()})


async def test_the_most_given_comes_first_and_another_servers_is_none_of_it(workshop: Workshop, clock: Clock) -> None:
    await given(workshop, clock, depth=7, lockout=20)
    await given(workshop, clock, THERE, stance=90)
    assert await workshop.popular.of(HERE) == ("lockout", "depth")
    assert await workshop.popular.of(None) == ()


async def test_what_was_given_less_than_five_times_is_not_popular(workshop: Workshop, clock: Clock) -> None:
    await given(workshop, clock, depth=FEWEST_TIMES - 1, lockout=FEWEST_TIMES)
    assert await workshop.popular.of(HERE) == ("lockout",)


async def test_it_is_looked_up_again_after_an_hour_and_forgets_what_is_old(workshop: Workshop, clock: Clock) -> None:
    assert await workshop.popular.of(HERE) == ()
    await given(workshop, clock, depth=9)
    assert await workshop.popular.of(HERE) == ()
    clock.forward(hours=1)
    assert await workshop.popular.of(HERE) == ("depth",)
    clock.forward(days=30)
    assert await workshop.popular.of(HERE) == ()


async def test_a_dozen_are_enough(workshop: Workshop, clock: Clock) -> None:
    await given(workshop, clock, **{f"claim{number}": 10 + number for number in range(30)})
    assert len(await workshop.popular.of(HERE)) == MOST


async def test_without_a_database_nothing_is_popular(workshop: Workshop) -> None:
    await workshop.store.close()
    assert await workshop.popular.of(HERE) == ()


def test_what_is_offered_as_popular_is_about_no_condition() -> None:
    service = build_service()
    card = service.knowledge.about_them.conditions[0].claim
    popular = (card, "stance-width")
    offered = [choice.value for choice in service.suggest_choices("", popular=popular)]
    assert offered[0] == "claim:stance-width"
    assert f"claim:{card}" not in offered[:4]
    declined, _ = service.ask("what is the weather in paris today")
    assert declined.unlike
    asked = service.offering(declined, popular)
    assert asked.suggestions[0] == "stance-width"
    assert card not in asked.suggestions
    assert "People here ask most about" in asked.text


def test_an_answer_is_left_as_it_is() -> None:
    service = build_service()
    answer, _ = service.ask("how deep should i go")
    assert service.offering(answer, ("stance-width",)) is answer
