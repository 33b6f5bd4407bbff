"""Negation, past, "if", fiction and jokes, on the shipped words."""

import pytest

from bot.core.safety.assertion import ALMOST, FICTION, GENERAL, HYPOTHETICAL, INFORMATION, NEGATED, PAST, Assertion
from bot.core.safety.lexicon import Lexicon
from bot.core.safety.tokens import tokenise
from tests.safety.shipped import small_gate


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return small_gate()._lexicon


def read(lexicon: Lexicon, text: str) -> tuple[Assertion, list[str]]:
    words = tokenise(text)
    return small_gate()._reader.read(words, lexicon.find(words)), words.words


def bits(lexicon: Lexicon, text: str, word: str) -> int:
    meant, words = read(lexicon, text)
    return meant.bits[words.index(word)]


@pytest.mark.parametrize(
    ("text", "word", "bit"),
    [
        ("back is sore but no numbness", "numbness", NEGATED),
        ("no swelling, redness or heat", "redness", NEGATED),
        ("my calf is not swollen", "swollen", NEGATED),
        ("doc ruled out a hernia", "hernia", NEGATED),
        ("bladder is fine", "bladder", NEGATED),
        ("tore my knee in 2012", "knee", PAST),
        ("my foot was numb for a week, all better", "numb", PAST),
        ("used to faint a lot", "faint", PAST),
        ("if my pee ever turned brown id go", "brown", HYPOTHETICAL),
        ("scared of popping a knee", "knee", HYPOTHETICAL),
        ("saw a clip of a dislocated kneecap", "kneecap", FICTION),
        ("my dog pissed himself", "pissed", FICTION),
        ("almost shit myself", "shit", ALMOST),
        ("what does a hernia feel like", "hernia", INFORMATION),
        ("why does pee turn brown, it is for my biology essay", "brown", INFORMATION),
        ("i used to get numb feet on runs", "numb", PAST),
        ("had a dropped foot after my op, its gone now", "foot", PAST),
        ("the pin wont come out", "wont", GENERAL),
        ("the lever is bent and it wont move", "move", GENERAL),
        ("my clients pass out on hot days", "pass", GENERAL),
        ("half the class passed out on monday", "passed", GENERAL),
        ("for my essay, why does urine turn dark", "dark", GENERAL),
    ],
)
def test_a_cue_takes_back_what_it_is_about(lexicon: Lexicon, text: str, word: str, bit: int) -> None:
    assert bits(lexicon, text, word) & bit


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("no pain but my crotch is numb", "numb"),
        ("no numbness, but my back hurts", "hurts"),
        ("my crotch has no feeling", "feeling"),
        ("not just sore, numb", "numb"),
        ("had a disc in 2019, now my foot is numb", "numb"),
        ("physio cleared me but since monday my foot is numb", "numb"),
        ("is it ok to train if my pee has been brown since leg day", "brown"),
        ("not sure if it matters but my pee is brown", "brown"),
        ("no idea if it was the squats, my crotch went numb", "numb"),
        ("the bulge i used to push back is hard", "hard"),
        ("a gap where my thigh used to be and the foot hangs", "gap"),
        ("went to the car, it was swollen", "swollen"),
        ("zero to ten headache on rep five", "headache"),
        ("gone the colour of ash, chest tight", "tight"),
        ("saw a video and now my pee is brown", "brown"),
        ("is it normal that my crotch is numb", "numb"),
        ("what do we do his knee went backwards", "knee"),
        ("because of my exams i feel numb", "numb"),
        ("my boss and i saw his knee is swollen", "swollen"),
    ],
)
def test_what_only_looks_like_such_a_cue_takes_nothing_back(lexicon: Lexicon, text: str, word: str) -> None:
    assert bits(lexicon, text, word) == 0


def test_laughter_is_a_joke_only_where_nothing_lasts(lexicon: Lexicon) -> None:
    assert read(lexicon, "cant feel my legs lol")[0].joking
    assert not read(lexicon, "crotch still numb lol")[0].joking


@pytest.mark.parametrize(
    ("text", "proxy"),
    [
        ("my gf has a numb leg and she cant pee", True),
        ("bros knee just went backwards", True),
        ("my mate says its nothing but my crotch is numb", False),
        ("i cant pee", False),
    ],
)
def test_somebody_else_is_told_from_somebody_elses_opinion(lexicon: Lexicon, text: str, *, proxy: bool) -> None:
    assert read(lexicon, text)[0].proxy is proxy


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("the sled is on my chest and i cant move", "chest"),
        ("the bar hit his neck", "neck"),
        ("the bench tipped and my arm is numb", "numb"),
        ("people here are passing out", "passing"),
        ("half the team's pee is brown", "brown"),
        ("everybody says its fine but my foot is numb", "numb"),
    ],
)
def test_a_clause_that_a_person_stands_in_is_told_of_that_person(lexicon: Lexicon, text: str, word: str) -> None:
    assert not bits(lexicon, text, word) & GENERAL


@pytest.mark.parametrize(
    ("text", "word", "bit"),
    [
        ("saw a movie where a guy in a video went numb", "numb", FICTION),
        ("in the movie and in the video and my foot is numb", "numb", 0),
        ("i used to be numb and i used to be weak", "numb", PAST),
        ("i used to be numb and i used to be weak", "weak", PAST),
        ("bladder is fine and the bowel is fine", "bowel", NEGATED),
    ],
)
def test_several_cues_in_one_message_take_back_what_each_would(
    lexicon: Lexicon, text: str, word: str, bit: int
) -> None:
    assert bits(lexicon, text, word) & (FICTION | PAST | NEGATED) == bit
