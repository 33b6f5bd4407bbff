"""Scoring labelled sentences."""

import pytest

from bot.core.model import Stop, Tier
from bot.core.safety import Screening
from bot.evaluation.safety import Sentence, score


class Echo:
    """Screens by the first word: a tier stops, "line" gives the line."""

    def check(self, text: str) -> Screening:
        word = text.split(maxsplit=1)[0]
        if word in {tier.value for tier in Tier}:
            return Screening(stop=Stop(Tier(word), ("R",)))
        return Screening(line=word == "line")


SENTENCES = [
    Sentence("emergency a", Tier.EMERGENCY),
    Sentence("soon b", Tier.EMERGENCY),
    Sentence("line c", Tier.EMERGENCY),
    Sentence("pass d", Tier.SAME_DAY),
    Sentence("emergency e", None),
    Sentence("line f", None),
    Sentence("pass g", None),
]


def test_recall_alarms_and_lines_are_counted_by_tier() -> None:
    result = score(SENTENCES, Echo())
    emergency = result.tiers[0]
    assert (emergency.stopped.count, emergency.urgent_enough.count, emergency.covered.count, emergency.stopped.of) == (
        2,
        1,
        3,
        3,
    )
    assert (result.false_alarms.count, result.false_lines.count, result.false_alarms.of) == (1, 1, 3)
    assert result.missed == ("pass d",)
    assert result.unstopped == ("line c",)
    assert result.too_low == ("soon b",)
    assert result.alarmed == ("emergency e",)


def test_lines_for_a_terminal_show_intervals_and_on_wish_the_sentences() -> None:
    result = score(SENTENCES, Echo())
    shown = "\n".join(result.render())
    assert "2/3 = 66.7% [21-94]" in shown
    assert "neither stop nor line: pass d" in shown
    assert "pass d" not in "\n".join(result.render(sentences=False))


def test_nothing_to_score_is_no_certainty() -> None:
    assert score([], Echo()).stopped.interval == (0.0, 1.0)


@pytest.mark.parametrize(
    ("text", "tier", "positive", "says"),
    [
        ("", "soon", None, "`text`"),
        (3, "soon", None, "`text`"),
        ("a", "urgent", None, "write one of"),
        ("a", None, None, "`tier` is missing; write one of"),
        ("a", "none", True, "`positive`"),
    ],
)
def test_a_faulty_row_says_what_to_write(text: object, tier: object, positive: object, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Sentence.of(text, tier, positive)


def test_a_negative_keeps_no_tier() -> None:
    assert Sentence.of("a", "none").tier is None
    assert Sentence.of("a", "soon", positive=False).tier is None
    assert Sentence.of("a", "soon").tier is Tier.SOON
