"""What to look at again: old searches, links that may not last, hard reading."""

from dataclasses import replace

import pytest

from bot.core.knowledge.upkeep import fragile, grades, stale
from bot.core.model import Knowledge, Source
from tests.core.matching.samples import claim
from tests.support.lists import LISTS

ONE = replace(claim("one", "depth", "q"), lead="Press.", do=("Sit.", "Push."), why="It grows [s1].", sources=("s1",))


def known(**changed: object) -> Knowledge:
    return Knowledge({"one": ONE}, {}, {"s1": replace(Source("s1", "T", cite_ready=True), **changed)})  # type: ignore[arg-type]


@pytest.mark.parametrize(("checked", "found"), [("", []), ("2025-11", []), ("2025-10", ["one"]), ("2026-11", [])])
def test_a_search_is_stale_after_more_than_so_many_months(checked: str, found: list[str]) -> None:
    knowledge = Knowledge({"one": replace(ONE, checked=checked)}, {})
    assert [each.id for each in stale(knowledge, (2026, 11), 12)] == found


@pytest.mark.parametrize(
    ("changed", "lasts"),
    [
        ({"doi": "10.1/x", "url": "https://scribd.com/1"}, True),
        ({"pmid": "1", "url": "https://scribd.com/1"}, True),
        ({"url": "https://www.nice.org.uk/guidance/x"}, True),
        ({"url": "https://scribd.com/document/1"}, False),
        ({"url": "https://nice.org.uk.example.org/x"}, False),
        ({"url": ""}, False),
    ],
)
def test_a_link_lasts_with_a_number_a_publisher_or_a_health_service(changed: dict[str, str], lasts: bool) -> None:
    assert [each.id for each in fragile(known(**changed), LISTS.lasting)] == ([] if lasts else ["s1"])


def test_grades_say_median_worst_and_whose() -> None:
    hard = replace(ONE, id="hard", lead="Individualised periodisation necessitates considerable deliberation.")
    middle, worst, whose = grades(Knowledge({"one": ONE, "hard": hard}, {}))["lead"]
    assert whose == "hard"
    assert worst > middle
