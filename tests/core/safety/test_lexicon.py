"""Finding concepts in words."""

import pytest

from bot.core.safety.lexicon import MASK, Compiled, Lexicon, expand
from bot.core.safety.state import State
from bot.core.safety.tokens import tokenise

CONCEPTS = {
    "BACK": ["(my )?(lower )?back"],
    "NUMB": ["numb(|ness)", "no feeling"],
    "NEGATION": ["no", "not"],
    "WAKES": ["hurt all night"],
    "PAIN": ["hurt"],
    "NIGHT": ["night"],
    "NO_PAIN": ["no pain"],
    "PAST": ["in #year", "# years ago"],
    "TINGLE": ["tingling"],
    "GIVEN_UP": ["cant do this $", "cant do this anymore", "be here( anymore| $)"],
}


CLOSED = ("NEGATION", "NO_PAIN", "PAST")


@pytest.fixture
def lexicon() -> Lexicon:
    names = (*CONCEPTS, MASK)
    return Lexicon(
        names, Compiled.of(names, CONCEPTS, ["back squat"], ["numbers", "tinkling"]), ["numb", "tingling"], CLOSED
    )


def found(lexicon: Lexicon, text: str) -> list[tuple[str, str]]:
    words = tokenise(text)
    return [(lexicon.names[hit.concept], " ".join(words.words[hit.start : hit.end])) for hit in lexicon.find(words)]


def test_brackets_write_out_alternatives_and_options() -> None:
    assert expand("numb(|ness) (my )?toe") == ["numb my toe", "numb toe", "numbness my toe", "numbness toe"]
    assert expand("a (b|c (d|e))") == ["a b", "a c d", "a c e"]


@pytest.mark.parametrize("pattern", ["numb(ness", "numb)ness", "(a|(b)"])
def test_brackets_that_do_not_pair_up_are_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="brackets"):
        expand(pattern)


def test_the_longest_phrase_wins_and_no_feeling_is_no_negation(lexicon: Lexicon) -> None:
    assert found(lexicon, "no feeling in my lower back") == [
        ("NUMB", "no feeling"),
        ("BACK", "my lower back"),
        ("BACK", "lower back"),
        ("BACK", "back"),
    ]


def test_a_mask_hides_the_words_in_it(lexicon: Lexicon) -> None:
    assert found(lexicon, "back squat hurt") == [("PAIN", "hurt")]


def test_a_phrase_leaves_its_words_their_own_meaning_unless_its_class_is_closed(lexicon: Lexicon) -> None:
    assert found(lexicon, "hurt all night") == [
        ("PAIN", "hurt"),
        ("WAKES", "hurt all night"),
        ("NIGHT", "night"),
    ]
    assert found(lexicon, "no pain") == [("NO_PAIN", "no pain")]


def test_phrases_that_hide_nothing_may_overlap(lexicon: Lexicon) -> None:
    assert found(lexicon, "not my back hurt all night") == [
        ("NEGATION", "not"),
        ("BACK", "my back"),
        ("BACK", "back"),
        ("PAIN", "hurt"),
        ("WAKES", "hurt all night"),
        ("NIGHT", "night"),
    ]


def test_numbers_and_years_stand_for_themselves(lexicon: Lexicon) -> None:
    assert found(lexicon, "in 2019, 3 years ago") == [("PAST", "in 2019"), ("PAST", "3 years ago")]


def test_a_phrase_does_not_reach_over_the_end_of_a_sentence(lexicon: Lexicon) -> None:
    assert found(lexicon, "no. feeling") == [("NEGATION", "no")]


@pytest.mark.parametrize(
    "slip", ["nubm", "nmub", "unmb", "jumb", "nunb", "xnumb", "tinglng", "tinglling", "tingking", "numbb", "ringling"]
)
def test_a_slip_of_an_alarm_word_is_read_as_it(lexicon: Lexicon, slip: str) -> None:
    assert [name for name, _ in found(lexicon, slip)] in (["NUMB"], ["TINGLE"])


@pytest.mark.parametrize("word", ["numbers", "tinkling", "dumb", "lumb", "nums"])
def test_known_words_and_other_first_letters_are_no_slips(lexicon: Lexicon, word: str) -> None:
    assert found(lexicon, word) == []


def test_what_is_dumped_comes_back_the_same(lexicon: Lexicon) -> None:
    names = (*CONCEPTS, MASK)
    compiled = Compiled.of(names, CONCEPTS, ["back squat"], ["numbers"])
    state = State()
    compiled.dump(state)
    assert Compiled.restore(state) == compiled


def test_a_phrase_that_the_text_breaks_off_is_not_found(lexicon: Lexicon) -> None:
    assert found(lexicon, "hurt all") == [("PAIN", "hurt")]
    assert found(lexicon, "3 years") == []


@pytest.mark.parametrize(
    "text",
    [
        "i cant do this",
        "cant do this, sorry",
        "cant do this and i mean it",
        "cant do this anymore lol",
        "dont want to be here",
    ],
)
def test_a_phrase_that_must_end_its_clause_is_found_at_its_end(lexicon: Lexicon, text: str) -> None:
    assert "GIVEN_UP" in dict(found(lexicon, text))


@pytest.mark.parametrize("text", ["i cant do this machine", "cant do this right", "dont want to be here at six"])
def test_a_phrase_that_must_end_its_clause_is_not_found_where_it_goes_on(lexicon: Lexicon, text: str) -> None:
    assert "GIVEN_UP" not in dict(found(lexicon, text))
