"""The lists of how people go on, looked up by their names."""

import ast
import inspect
from collections.abc import Iterator
from dataclasses import fields
from types import ModuleType

import pytest

from bot.core import adding, few_words, going_on, pointing
from bot.core.adding import _ALONE
from bot.core.following import Following, Listed, lines_of
from tests.support.lists import LANGUAGE

LISTED = Listed(LANGUAGE.following)
LOOKS_UP = {"says", "is_all_of", "begins", "stems", "besides"}
NAMES = {each.name for each in fields(Following)}


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
    assert {name for phrases, beside in _ALONE.values() for name in (phrases, *beside)} <= NAMES


def _names_looked_up(module: ModuleType) -> Iterator[str]:
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LOOKS_UP:
            yield from (str(each.value) for each in node.args if isinstance(each, ast.Constant))


@pytest.mark.parametrize("module", [adding, few_words, going_on, pointing])
def test_whatever_is_looked_up_by_name_is_a_list(module: ModuleType) -> None:
    named = set(_names_looked_up(module))
    assert named
    assert named <= NAMES
