"""Which complaints of a body are everyday, and what of a text complains of anything else."""

import pytest

from bot.core.complaints import NO_COMPLAINTS
from bot.core.listener import Listener
from tests.support.lists import LANGUAGE

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
    return Listener(LANGUAGE.complaints, SPELT.__contains__)


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


def test_a_text_is_told_by_its_reader(listener: Listener) -> None:
    assert listener.told("Do one more set when your legs go numb.") == "my legs go numb"


@pytest.mark.parametrize(
    ("text", "report"),
    [
        ("Blood in your urine is fine after leg press", "i have Blood in my urine"),
        ("Losing feeling in both feet is a good sign", "i am Losing feeling in both feet"),
        ("Someone here broke his hip and kept training", "i broke my hip and kept training"),
        ("Not being able to move your toes is fatigue", "i cannot move my toes"),
    ],
)
def test_what_is_played_down_is_told_as_a_report(listener: Listener, text: str, report: str) -> None:
    assert report in list(listener.reports(text))


def test_what_plays_nothing_down_is_no_report(listener: Listener) -> None:
    assert not list(listener.reports("Put the plates back"))


def test_a_sign_counts_only_where_it_is_played_down(listener: Listener) -> None:
    assert listener.plays_sign_down("A pop in the knee with swelling is nothing")
    assert not listener.plays_sign_down("A pop in the knee with swelling")
    assert not listener.plays_sign_down("The squeak of the sled is nothing")


@pytest.mark.parametrize(
    "text", ["Fainting is never part of training.", "That is not normal.", "Call 112 even if you feel fine."]
)
def test_a_judgement_that_is_denied_plays_nothing_down(listener: Listener, text: str) -> None:
    assert not listener.plays_down(text)
    assert not listener.undone(text)


@pytest.mark.parametrize(
    ("text", "sends"),
    [
        ("Show it to a doctor.", True),
        ("Trouble breathing: 999", True),
        ("See a doctor after a few weeks.", False),
        ("Doctor at the end of the month: see a doctor then.", False),
        ("Do not see a doctor.", False),
    ],
)
def test_help_counts_where_it_is_for_now(listener: Listener, text: str, sends: bool) -> None:
    assert listener.sends_to_help(text) is sends


def test_without_words_nothing_is_heard() -> None:
    listener = Listener(NO_COMPLAINTS, SPELT.__contains__)
    assert listener.complaint("Numb legs are fine") == ""
    assert not listener.plays_sign_down("Chest pain is fine")
    assert not list(listener.reports("Chest pain is fine"))


@pytest.mark.parametrize(
    ("text", "is_notice"),
    [
        ("The poster is in the corridor.", True),
        ("Nurse Eva: Monday, 18:00, at the desk", False),
        ("Ask a coach, or call 112", True),
        ("The desk has magnesium.", False),
        ("Two easy sets on Monday", False),
        ("Nobody comes", False),
        ("", False),
    ],
)
def test_a_notice_is_made_of_words_about_help_and_the_house_alone(
    listener: Listener, text: str, is_notice: bool
) -> None:
    assert listener.is_notice(text) is is_notice


@pytest.mark.parametrize(
    ("text", "is_sent"),
    [
        ("Headache, being sick or confusion: hospital.", True),
        ("Flashes before the eye: eye clinic, today", True),
        ("A swollen calf or fever is a case for the hospital, not for us.", True),
        ("A swollen calf: no case for the hospital", False),
        ("Roll it hard and carry on: hospital", False),
        ("Face, arms, speech", False),
    ],
)
def test_signs_and_whom_to_go_to_alone_send_to_help(listener: Listener, text: str, is_sent: bool) -> None:
    assert listener.sends_to_help(text) is is_sent


def test_a_text_may_do_nothing_but_name_signs(listener: Listener) -> None:
    assert listener.is_naming("Face, arms, speech")
    assert not listener.is_naming("A numb face is fine")
    assert not listener.is_naming("Ice on a numb face")


def test_what_makes_a_draft_one_about_a_sign_is_a_complaint_as_well(listener: Listener) -> None:
    assert listener.complaint("Fainted on the sled") == "fainted"
