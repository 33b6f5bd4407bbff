"""The first line of a claim."""

from dataclasses import replace

import pytest

from bot.core.lead import LONGEST_LINE, beginning, lead_of, led
from bot.core.model import Knowledge
from bot.core.overlay import PROTECTED


@pytest.mark.parametrize(
    ("answer", "begins"),
    [
        ("No. It only looks like one. More follows.", "No. It only looks like one."),
        ("Stop where the hips begin to roll. Then push.", "Stop where the hips begin to roll."),
        ("Short.", "Short."),
        ("yes it is so", "yes it is so"),
        ("No. We keep it at notch five", "No. We keep it at notch five"),
        ("word " * 60 + ". Then.", ""),
        ("", ""),
    ],
)
def test_a_beginning_is_whole_sentences_that_say_something_in_a_line(answer: str, begins: str) -> None:
    found, rest = beginning(answer)
    assert found == begins
    assert len(found) <= LONGEST_LINE
    assert f"{found} {rest}".split() == answer.split()


def test_a_claims_own_lead_comes_before_the_beginning_of_its_answer(shipped: Knowledge) -> None:
    claim = next(each for each in shipped.claims.values() if each.id not in PROTECTED)
    assert lead_of(replace(claim, lead=" Own line. ")) == "Own line."
    assert lead_of(replace(claim, lead="", answer="It is a long enough beginning. Rest.")) == (
        "It is a long enough beginning."
    )


def test_the_warning_signs_keep_their_whole_words_whatever_first_line_is_chosen(shipped: Knowledge) -> None:
    for name in PROTECTED:
        claim = shipped.claims[name]
        assert led(claim, "Something else.") is claim
        assert len(lead_of(claim)) > LONGEST_LINE
