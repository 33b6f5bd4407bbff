"""What autocomplete offers, and what its values stand for."""

import pytest

from bot.core.model import Stop, Tier
from bot.service import Service
from bot.service.choices import MOST, Titles, as_value, from_value, stop_choice


@pytest.mark.parametrize(
    "stop",
    [
        Stop(Tier.EMERGENCY, ("R1", "R2"), "cauda", proxy=True, minor=True, language="de"),
        Stop(Tier.SAME_DAY, ()),
        Stop(Tier.SOON, ("R31",), "", minor=True),
    ],
)
def test_the_value_of_a_stop_is_read_as_that_stop(stop: Stop) -> None:
    assert from_value(as_value(stop)) == stop


@pytest.mark.parametrize("value", ["", "claim:depth", "stop:never:::", "stop:emergency:a b::", "an ordinary question"])
def test_what_stands_for_no_stop_is_none(value: str) -> None:
    assert from_value(value) is None


def test_the_value_of_an_older_stop_holds_its_tier_alone() -> None:
    assert from_value("stop:emergency") == Stop(Tier.EMERGENCY, ())


def test_a_long_label_ends_within_what_discord_takes() -> None:
    choice = stop_choice("word " * 50, Stop(Tier.SOON, tuple(f"R{i}" for i in range(40))))
    assert len(choice.label) <= MOST
    assert choice.label.endswith("…")
    assert len(choice.value) == MOST


def test_half_a_title_finds_its_claim_and_nothing_typed_offers_each_topics_leading_claim(
    fixed_service: Service,
) -> None:
    knowledge = fixed_service.knowledge
    titles = Titles(knowledge, fixed_service.rank, lambda _: False)
    claim = next(iter(knowledge.claims.values()))
    assert f"claim:{claim.id}" in [each.value for each in titles.choices(claim.title[:-2], 5)]
    leading = [f"claim:{topic.leading}" for topic in knowledge.topics.values()]
    assert [each.value for each in titles.choices(" ", 25)] == leading[:25]
