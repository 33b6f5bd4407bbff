"""Which lines of a claim speak of what a message names."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core.claim_lines import ClaimWords, all_texts, literally, said_to, speaks_of, steps_left
from tests.support.hips import LAST


def test_steps_that_name_what_is_lacking_are_left_out_but_the_last_resort() -> None:
    assert steps_left(LAST, ("seat", "recline"), literally) == (
        "Put your feet lower.",
        "Still lifting? Another seat.",
    )
    assert steps_left(LAST, (), literally) == LAST.do[1:]


def test_other_words_for_the_same_thing_count() -> None:
    assert speaks_of(["Recline it."], ("tilt",), literally) == 0
    assert speaks_of(["Recline it."], ("tilt",), lambda line: frozenset({"lean"} & {"lean"} if line else ())) == 1


def test_two_words_that_name_one_thing_count() -> None:
    def means(line: Sequence[str]) -> frozenset[str]:
        return frozenset({"curl-up"} if {"sit", "ups"} <= set(line) or {"curl", "ups"} <= set(line) else ())

    assert speaks_of(["Curl-ups made it stronger."], ("sit", "ups"), means) == 2
    assert speaks_of(["Curl-ups made it stronger."], ("sit", "tall"), means) == 0


def test_a_sentence_that_leans_is_said_behind_the_one_before_it() -> None:
    claim = replace(
        LAST, why="Two studies looked at people who sat. Neither used a leg press or any weight. A third used a press."
    )
    said = said_to(claim, ("weight",), None, literally, why=False, leans=("neither",))
    assert said.lines == ("Two studies looked at people who sat. Neither used a leg press or any weight.",)
    assert said_to(claim, ("third",), None, literally, why=False, leans=("neither",)).lines == (
        "A third used a press.",
    )


def test_a_sentence_that_leans_on_too_much_is_not_said() -> None:
    claim = replace(LAST, why=f"{'One of many long lines of studies, ' * 7}of men who sat. Neither used a weight.")
    assert said_to(claim, ("weight",), None, literally, why=False, leans=("neither",)).lines == ()


def test_what_is_said_within_another_line_is_not_said_twice() -> None:
    claim = replace(LAST, why="A weight was held by some. They lifted the weight.")
    said = said_to(claim, ("weight",), None, literally, why=False, leans=("they",))
    assert said.lines == ("A weight was held by some. They lifted the weight.",)


def test_the_words_of_a_claim_are_read_once_and_read_anew_where_it_changed() -> None:
    read = []

    def means(line: Sequence[str]) -> frozenset[str]:
        read.append(line)
        return frozenset({"lean"} if not {"recline", "tilt"}.isdisjoint(line) else ())

    said = ClaimWords(means)
    for named in (("tilt",), ("seat", "tilt"), ("pizza",)):
        assert said.speaks_of(LAST, named) == speaks_of(all_texts(LAST), named, means)
        assert said.names(LAST, named) == speaks_of(all_texts(LAST), named, literally)
    read.clear()
    assert said.names(LAST, ("recline",)) == 1
    assert not read
    assert said.names(replace(LAST, do=("Put your feet lower, on a pizza.",)), ("pizza",)) == 1
