"""The lists of how people go on, looked up by their names."""

from dataclasses import fields

from bot.core.adding import _ALONE
from bot.core.following import Following, Listed, lines_of
from tests.support.lists import LANGUAGE

LISTED = Listed(LANGUAGE.following)


def test_an_empty_list_is_said_by_nothing() -> None:
    nothing = Listed(Following())
    assert not nothing.says("hearsay", lines_of("my mate says so"))
    assert not nothing.is_all_of("confirms", lines_of("so no?"))
    assert nothing.stems("little", "units") == frozenset()


def test_words_of_a_list_count_in_any_form() -> None:
    assert LISTED.besides(["weeks", "toes"], "units") == ("toes",)
    assert LISTED.subjects(["does", "it", "3", "belt"]) == ["belt"]


def test_a_line_begins_behind_words_that_say_nothing() -> None:
    word, phrase = LANGUAGE.following.around[0], LANGUAGE.following.whom[0]
    assert LISTED.begins("whom", f"{word} {phrase} else")
    assert not LISTED.begins("whom", f"press {phrase}")


def test_the_lists_that_tell_what_is_added_are_there() -> None:
    known = {each.name for each in fields(Following)}
    assert {name for phrases, beside in _ALONE.values() for name in (phrases, *beside)} <= known
