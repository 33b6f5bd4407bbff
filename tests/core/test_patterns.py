"""No pattern that reads what others hand in is made slow by what is handed in. `python -m tests.benchmarks.patterns` tries all."""

import pytest

from tests.benchmarks.patterns import FIELD, IMPORT, MESSAGE, MOST_TIMES, WORDING, held, slowest

MODULES = (
    "bot.core.scrub",
    "bot.core.references",
    "bot.core.visible",
    "bot.core.fields",
    "bot.core.knowledge.yaml_reader",
    "bot.core.knowledge.gathering",
    "bot.core.knowledge.loader",
    "bot.core.knowledge.validate",
    "bot.core.knowledge.reading",
    "bot.core.knowledge.honesty",
    "bot.core.entries",
    "bot.core.followup",
    "bot.core.listener",
    "bot.core.several",
    "bot.core.teaching",
    "bot.core.telling",
    "bot.ui.kit.limits",
)


@pytest.mark.parametrize(("most", "size"), [(WORDING, WORDING), (FIELD, FIELD), (MESSAGE, MESSAGE), (IMPORT, 30_000)])
def test_no_pattern_takes_many_times_as_long_on_hostile_text(most: int, size: int) -> None:
    ordinary, worst = slowest(held(MODULES), most, at_most=size)
    assert len(worst) > 4
    # Below a millisecond a busy machine's clock says little.
    assert worst[0].seconds < MOST_TIMES * max(ordinary.seconds, 0.000_2), worst[0]


def test_a_pattern_that_runs_away_would_be_found() -> None:
    _, worst = slowest({(r"(?:[a-z]+\s*)+!", 0): "bot.core.scrub"}, WORDING, at_most=20)
    assert worst[0].seconds > 0.005
