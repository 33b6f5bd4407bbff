"""Which complaints of a body are everyday, and what of a text complains of anything else."""

from pathlib import Path

import pytest

from bot.core.complaints import NO_COMPLAINTS, Listener
from bot.core.knowledge.folder import read_language_files
from bot.core.knowledge.language_loader import load_language

SHIPPED = Path(__file__).parents[2] / "knowledge"
SPELT = frozenset(
    [
        "my",
        "the",
        "is",
        "are",
        "a",
        "of",
        "in",
        "on",
        "at",
        "and",
        "it",
        "after",
        "with",
        "fine",
        "then",
        "press",
        "next",
        "set",
        "you",
        "your",
        "for",
        "to",
    ]
)


@pytest.fixture(scope="module")
def listener() -> Listener:
    return Listener(load_language(read_language_files(SHIPPED)).complaints, SPELT.__contains__)


@pytest.mark.parametrize(
    "text",
    [
        "Sore quads",
        "My knee grumbles",
        "Clicks in the knee",
        "A stiff back",
        "Shaky legs after a set",
        "Burning thighs",
    ],
)
def test_an_everyday_complaint_is_none(listener: Listener, text: str) -> None:
    assert listener.is_everyday(text)
    assert listener.complaint(text) == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A numb calf is fine", "numb"),
        ("Swelling is fine", "swelling"),
        ("Pain in the chest", "pain ... chest"),
        ("Your legs feel like somebody else", "feel like somebody else"),
        ("Your foot feels like paper", "foot feels ... paper"),
        ("Your face", "face"),
    ],
)
def test_any_other_is_told_by_its_words(listener: Listener, text: str, words: str) -> None:
    assert words in listener.complaint(text)


@pytest.mark.parametrize(
    "text", ["Sudden ache in the back", "Sore knees that keep you awake", "A sore back since the fall"]
)
def test_a_grave_word_takes_the_everyday_away(listener: Listener, text: str) -> None:
    assert listener.complaint(text)


@pytest.mark.parametrize(
    "text", ["Knees to chest", "The head rest", "A dead stop", "Bleed the hydraulics", "Toilet paper"]
)
def test_what_only_sounds_of_a_body_is_passed_over(listener: Listener, text: str) -> None:
    assert listener.complaint(text) == ""
    assert not listener.is_everyday(text)


@pytest.mark.parametrize("text", ["Swelilng is fine", "Swel ling is fine", "n.u.m.b legs"])
def test_hidden_and_misspelt_words_are_heard(listener: Listener, text: str) -> None:
    assert listener.complaint(text)


def test_a_complaint_that_is_denied_is_none(listener: Listener) -> None:
    assert listener.complaint("Sore, no swelling") == ""
    assert listener.complaint("No swelling is worth a stop")


def test_an_everyday_phrase_swallows_no_complaint_in_its_gap(listener: Listener) -> None:
    assert listener.complaint("Hands swollen and numb")


def test_a_body_in_another_language_is_told(listener: Listener) -> None:
    assert listener.complaint("Das Bein ist nach dem Training taub")
    assert listener.complaint("Das Handtuch ist nach dem Training nass") == ""


def test_what_makes_light_of_something_unnamed_is_told(listener: Listener) -> None:
    assert listener.implied("It comes back by itself.")
    assert listener.implied("Put the plates back.") == ""


def test_without_words_nothing_is_heard() -> None:
    assert Listener(NO_COMPLAINTS, SPELT.__contains__).complaint("Numb legs are fine") == ""
