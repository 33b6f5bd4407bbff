"""Wordings made from a claim's own words."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bootstrap import default_cache, load_language
from bot.core.likely_wordings import (
    LONGEST,
    MOST,
    MOST_UNLIKE,
    NO_SHAPES,
    Shapes,
    likely_wordings,
    unlike_wordings,
)
from bot.core.model import Claim, Confidence, Verdict, WordGroup
from bot.core.text import clean


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return load_language(default_cache()).shapes


def claim(title: str, says: str = "", lead: str = "", questions: tuple[str, ...] = ()) -> Claim:
    return Claim("x", "setup", title, says, Verdict.OPINION, Confidence.LOW, lead or "Yes.", questions, lead=lead)


@pytest.mark.parametrize(
    ("title", "made"),
    [
        ("The new chalk rule", "what about the new chalk"),
        ("Wipe your bench down", "should i wipe my bench down"),
        ("Chalk or straps", "which is better chalk or straps"),
        ("How long is your shower open?", "how long is my shower open"),
    ],
)
def test_a_title_is_asked_for_by_what_it_is(shapes: Shapes, title: str, made: str) -> None:
    assert made in likely_wordings(claim(title), shapes)


@pytest.mark.parametrize("title", ["The leg press, day by day", "Sled", "Our gym: what is new"])
def test_the_machine_alone_is_nothing_that_is_asked_about(shapes: Shapes, title: str) -> None:
    found = likely_wordings(claim(title, "On Mondays it is full, so come on Tuesdays."), shapes)
    assert not {"is leg press bad", "is leg press good", "leg press when", "sled when", "gym when"}.intersection(found)
    assert not any(each.endswith((" good", " bad", " matter")) for each in found), "such a question is another claim's"
    assert len(found) > 1


def test_the_statement_and_the_first_line_are_asked_for(shapes: Shapes) -> None:
    found = likely_wordings(
        claim("Chalk", "Chalk makes grips dry.", "Use liquid chalk only, since dust is banned."), shapes
    )
    assert "chalk makes grips dry" in found
    assert "is it true that chalk makes grips dry" in found
    assert "should i use liquid chalk only, since dust is banned" in found


def test_a_kept_question_comes_first_where_it_speaks_of_the_claim(shapes: Shapes) -> None:
    kept = ["wheres the parking", "is chalk banned in here"]
    found = likely_wordings(claim("Chalk", "Chalk is banned."), shapes, kept)
    assert found[0] == "is chalk banned in here"
    assert "wheres the parking" not in found


def test_words_are_mistyped_and_exchanged_for_others_that_mean_the_same(shapes: Shapes) -> None:
    group = WordGroup("towel", ("flannel",))
    found = likely_wordings(claim("Towels", questions=("do i need a towel",)), shapes, (), [group])
    assert "do i need a flannel" in found
    assert any(each in found for each in ("toewls", "tovels", "twoels", "towles", "toewls"))


def test_what_the_claim_has_already_is_not_made_again(shapes: Shapes) -> None:
    first = likely_wordings(claim("Chalk", "Chalk is banned."), shapes)
    again = likely_wordings(claim("Chalk", "Chalk is banned.", questions=first), shapes)
    assert not set(first) & set(again)


def test_without_shapes_the_claims_own_words_are_left() -> None:
    assert "chalk is banned" in likely_wordings(claim("Chalk", "Chalk is banned."), NO_SHAPES)


@pytest.mark.parametrize(
    ("says", "made"),
    [
        ("A belt costs two euros.", "knee belt how much"),
        ("Only on Fridays.", "when is knee belt"),
        ("Knee belts are banned.", "what is the rule about knee belt"),
    ],
)
def test_what_a_statement_speaks_of_is_asked_for(shapes: Shapes, says: str, made: str) -> None:
    assert made in likely_wordings(claim("Knee belt", says), shapes)


@pytest.mark.parametrize(
    ("title", "says", "made", "never"),
    [
        ("Don't slam the sled", "The sled stays quiet.", "can i slam the sled", "how do i don't slam the sled"),
        ("Zorb talk", "Never sing to it.", "is it ok to sing to it", "someone told me never sing to it"),
        ("Rude words", "Whoever is rude to you leaves.", "whoever is rude to me leaves", "whoever is rude to i leaves"),
        ("The zorb", "Push it slowly.", "how do i push it slowly", "is it true that push it slowly"),
        ("Zorbs", "Zorbs are large.", "are zorbs good", "is zorbs good"),
        ("Zorbs", "Zorbs are banned.", "are zorbs allowed", "are zorbs good"),
        ("Replacing a zorb", "It costs ten euros.", "do i have to pay for replacing a zorb", "replacing"),
        ("Gum and spitting", "Both are banned.", "are gum and spitting allowed", "gum"),
        ("What you may bring", "You are welcome.", "i am welcome", "i are welcome"),
        ("Zorbs", "Zorbs leave at 6.", "zorbs leave", "zorbs leave 6"),
        ("Zorbs stay outside", "It is full.", "do zorbs stay outside", "what about zorbs stay outside"),
        ("Zorbing takes weeks", "It is slow.", "does zorbing take weeks", "whats the deal with zorbing takes weeks"),
        ("Zorbs are loud", "It is loud.", "are zorbs loud", "are zorbs good"),
        ("Zorbs that are loud", "It is loud.", "what about zorbs", "are zorbs that loud"),
        ("Zorb", "The hall has a zorb.", "does the hall have a zorb", "does the hall has a zorb"),
        ("Manual of the zorb", "It hangs there.", "what about the manual", "what about manual"),
        ("The leg press, day by day", "It is full.", "what about the leg press day by day", "what about leg press, day by day"),
        ("Zorbs", "In May it rolls.", "what about zorbs", "are zorbs allowed"),
        ("Zorbs", "It closes on 3 May.", "what about zorbs", "are zorbs allowed"),
        ("Zorbs", "Zorbs may roll.", "are zorbs allowed", "are zorbs good"),
    ],
)  # fmt: skip
def test_a_wording_is_english_that_somebody_would_type(
    shapes: Shapes, title: str, says: str, made: str, never: str
) -> None:
    found = likely_wordings(claim(title, says), shapes)
    assert made in found
    assert never not in found


def test_no_word_stands_twice_where_another_takes_its_place(shapes: Shapes) -> None:
    group = WordGroup("trainer", ("personal trainer", "coach"))
    found = likely_wordings(
        claim("Zorb", questions=("may my personal trainer roll a zorb",)), shapes, vocabulary=[group]
    )
    assert "may my personal coach roll a zorb" in found
    assert not any("personal personal" in each for each in found)


def test_a_subject_is_asked_about_in_words_that_its_claim_has_not(shapes: Shapes) -> None:
    found = likely_wordings(claim("Parking behind the building", "Members park free."), shapes)
    assert "where do i leave my car" in found
    assert "what about parking" in found, "a name ends before the first small word"
    assert "where do i leave my car" not in likely_wordings(claim("Towels", "Members park free."), shapes)


@given(st.text(max_size=120), st.text(max_size=200), st.text(max_size=120), st.lists(st.text(max_size=60), max_size=5))
def test_whatever_is_typed_few_short_and_different_wordings_come(
    title: str, says: str, lead: str, kept: list[str]
) -> None:
    shapes = load_language(default_cache()).shapes
    found = likely_wordings(claim(title, says, lead), shapes, kept)
    assert len(found) <= MOST
    assert all(0 < len(each) <= LONGEST and "\n" not in each for each in found)
    assert len({clean(each).strip() for each in found}) == len(found)


def test_what_is_tried_in_other_words_is_not_made_from_the_claims_own(shapes: Shapes) -> None:
    asked = ("is chalk banned", "what about the chalk", "chalk banned is", "may i powder my palms", "is cahlk banned")
    chalk = claim("The chalk rule", "Chalk is banned.", questions=asked)
    found = unlike_wordings(chalk, shapes, ["wheres the parking", "who banned chalk in here"])
    assert found[0] == "who banned chalk in here"
    assert "may i powder my palms" in found
    assert "is powder ok" in found, "what gyms are asked about chalk"
    assert not {"wheres the parking", "what about the chalk", "chalk banned is"}.intersection(found)
    assert len(found) <= MOST_UNLIKE


def test_what_was_asked_and_is_the_claims_own_wording_by_now_is_not_tried_without_it(shapes: Shapes) -> None:
    zorb = claim(
        "Can I roll my zorb in", "Zorbs stay outside.", questions=("can i roll my zorb in", "may the ball come")
    )
    kept = ["can i roll my zorb in?", "who may roll a zorb in here"]
    assert unlike_wordings(zorb, shapes, kept) == ("who may roll a zorb in here", "may the ball come")
    assert "can i roll my zorb in?" in unlike_wordings(replace(zorb, questions=()), shapes, kept)


def test_of_a_subject_that_nobody_knows_nothing_is_tried_in_other_words(shapes: Shapes) -> None:
    zorb = claim("The zorb rule", "Zorbs stay outside.", questions=("outside zorb rule",))
    assert unlike_wordings(zorb, shapes) == ()
    assert unlike_wordings(replace(zorb, questions=("may it roll in",)), shapes) == ("may it roll in",)
