"""Which kind a message is like, by words of examples."""

import pytest

from bot.core.safety import next_messages
from bot.core.safety.next_likeness import NextLikeness, Words
from tests.safety.shipped import bank_rules


def _said(text: str, *classes: str) -> Words:
    return Words(text.split(), classes)


LIKENESS = NextLikeness(
    {
        "cost": [
            _said("the bill will ruin me"),
            _said("who pays for that", "MONEY"),
            _said("too dear for us", "MONEY"),
        ],
        "waiting": [_said("they are coming"), _said("mum is dialling"), _said("the crew is coming")],
    }
)


@pytest.mark.parametrize(
    ("text", "classes", "kind"),
    [
        ("that bill ruins us", (), "cost"),
        ("dad is dialling", (), "waiting"),
        ("zloty zloty", ("MONEY",), "cost"),  # a word that no example has, of a class that some have
        ("dialled", (), "waiting"),  # by its beginning
    ],
)
def test_a_message_is_like_what_shares_its_words(text: str, classes: tuple[str, ...], kind: str) -> None:
    like = LIKENESS.of(_said(text, *classes))
    assert like is not None
    assert like.kind == kind
    assert like.ahead[kind] == 0
    assert all(ahead > 0 for other, ahead in like.ahead.items() if other != kind)


def test_words_that_no_example_has_are_like_nothing() -> None:
    assert LIKENESS.of(_said("purple elephants")) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("we've got four kids under ten", "scared"),
        ("the receptionist is on to them", "waiting"),
        ("a ride in one of those is half my wages", "cost"),
        ("there isn't a soul in the building", "alone"),
        ("he's opened his eyes and he's talking", "better"),
    ],
)
def test_what_no_example_says_gets_its_row(text: str, kind: str) -> None:
    assert next_messages(bank_rules()).likely(text, "emergency") == kind


def test_no_likeness_counts_after_talk_of_self_harm() -> None:
    messages = next_messages(bank_rules())
    for text in ("what would anybody care", "my aunt's somewhere about", "was a bit of fun"):
        assert messages.likely(text, "self_harm") == messages.kind(text)


def test_a_question_about_training_stays_one() -> None:
    messages = next_messages(bank_rules())
    assert messages.likely("can i still hit calves after", "emergency", trains=True) == "technique"
    assert messages.likely("how far down should i go", "emergency", trains=True) == "technique"
