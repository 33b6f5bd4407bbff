"""What people say around a question weighs nothing, and what they ask stays whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bootstrap import load_language
from bot.core.matching import Matcher
from bot.core.matching.english import is_ordinary
from bot.core.matching.weightless import Heard, Spoken, Weightless
from bot.core.text import clean
from bot.store.cache import FileCache

KNOWN = frozenset(
    [
        "how",
        "deep",
        "should",
        "i",
        "go",
        "is",
        "it",
        "bad",
        "to",
        "lock",
        "my",
        "knees",
        "left",
        "leg",
        "at",
        "the",
        "of",
        "feet",
        "trainer",
        "says",
        "lower",
        "back",
        "dead",
        "mill",
        "mate",
    ]
)


@pytest.fixture(scope="module")
def shipped_words(cache: FileCache) -> Weightless:
    return Weightless(load_language(cache).weightless)


def heard(weightless: Weightless, text: str) -> Heard:
    return weightless.without(clean(text), lambda word: word in KNOWN or is_ordinary(word))


@pytest.mark.parametrize(
    "said",
    [
        "Hi, how deep should i go",
        "good evening lads, how deep should i go",
        "hey bot how deep should i go?",
        "heyyy bot!! how deep should i go",
        "how deep should i go, thanks in advance",
        "How deep should I go? Cheers, Nigel from Grimsby",
        "namaste, Ganesh this side. how deep should i go",
        "how far, how deep should i go abeg",
        "good morning po, how deep should i go, salamat po",
        "g'day, quick q: how deep should i go mate",
        "i train at a small gym in Kaduna. how deep should i go",
        "sorry if this has been asked before, how deep should i go",
        "how deep should i go (Thandeka, Port Harcourt)",
        "forgive me if that was covered, how deep should i go",
        "my name is Rose, how deep should i go",
        "how deep should i go - any advice much appreciated. Kind regards, Mary",
        "hi hello guys, sir, boss: how deep should i go yaar",
    ],
)
def test_what_asks_nothing_is_left_out_in_any_place_and_number(shipped_words: Weightless, said: str) -> None:
    assert heard(shipped_words, said).text.strip(" -.?") == "how deep should i go"


@pytest.mark.parametrize(
    "asked",
    [
        "my mate says it is bad to lock my knees",
        "should i go how far",
        "how far should i lower it",
        "my left leg, is it bad",
        "told off by my mates",
        "no lockout",
        "not deep enough",
        "is it bad for my sister",
        "trainer from the gym says lower",
        "how do i warm-up",
        "warm-up sets?",
    ],
)
def test_what_is_asked_stays_whole(shipped_words: Weightless, asked: str) -> None:
    assert heard(shipped_words, asked) == Heard(asked)


@pytest.mark.parametrize("only", ["hi", "thanks mate", "hey bot", "cheers, Nigel from Grimsby", "", "?!", "lol"])
def test_where_nothing_else_is_said_the_text_stays(shipped_words: Weightless, only: str) -> None:
    assert heard(shipped_words, only).text == clean(only)


def test_what_was_left_out_is_told_in_order(shipped_words: Weightless) -> None:
    assert heard(shipped_words, "hi all, how deep should i go, thanks mate").left_out == ("hi all", "thanks mate")


def test_a_comma_in_an_entry_asks_for_punctuation() -> None:
    words = Weightless(Spoken(opening=("morning,",), closing=(", right",)))
    assert heard(words, "morning, how deep").text == "how deep"
    assert heard(words, "morning deep").text == "morning deep"
    assert heard(words, "how deep, right?").text == "how deep?"
    assert heard(words, "my left or right").text == "my left or right"


def test_a_name_is_what_nobody_knows_or_what_is_listed() -> None:
    words = Weightless(Spoken(opening=("i am NAME",), names=("rose", "new york")))
    assert heard(words, "i am chukwuemeka how deep").text == "how deep"
    assert heard(words, "i am rose how deep").text == "how deep"
    assert heard(words, "i am new york how deep").text == "how deep"
    assert heard(words, "i am bad how deep").text == "i am bad how deep"


def test_without_entries_every_text_stays() -> None:
    assert Weightless().without("hi, how deep", lambda _: False) == Heard("hi, how deep")


@given(st.text(max_size=80))
def test_no_text_breaks_it_and_none_grows(text: str) -> None:
    words = Weightless(
        Spoken(
            ("thanks", "NAME here"),
            ("hi ALL", "i am NAME"),
            ("cheers NAME",),
            ("mate", "my friend"),
            ("sorry",),
            ("x",),
        )
    )
    cleaned = clean(text)
    left = words.without(cleaned, lambda word: len(word) < 4)
    assert len(left.text) <= len(cleaned)
    assert left.text or not cleaned.strip()


@pytest.mark.parametrize("around", ["{} qwvarnok", "zzorblax: {}", "{} (mbakwe)", "hey {} thx"])
def test_a_word_that_nobody_has_seen_is_no_proof_of_another_subject(shipped_matcher: Matcher, around: str) -> None:
    plain = shipped_matcher.rank("is it bad to lock my knees at the top").matches[0]
    said = shipped_matcher.rank(around.format("is it bad to lock my knees at the top")).matches[0]
    assert said.claim == plain.claim
    assert abs(said.confidence - plain.confidence) < 0.1


def test_without_examples_of_what_is_out_of_scope_strange_words_still_tell_it(small: Matcher) -> None:
    plain = small.rank("how deep should i go").matches[0].confidence
    assert small.rank("how deep should i go grommet flange sprocket").matches[0].confidence < plain


def test_the_explanation_names_what_asked_nothing(shipped_matcher: Matcher) -> None:
    assert shipped_matcher.explain("hi bot, how deep should i go").weightless == ("hi bot",)
