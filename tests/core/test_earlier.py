"""What a message points at in an earlier one of its member."""

import pytest

from bot.core.earlier import Earlier
from tests.support.lists import LANGUAGE

EARLIER = Earlier(LANGUAGE.following)
TOES = "knees cave in when its heavy and i get pins and needles in my toes, help"


@pytest.mark.parametrize(
    ("named", "part"),
    [
        (["toes"], "i get pins and needles in my toes"),
        (["knee"], "knees cave in when its heavy"),
        (["hips"], ""),
    ],
)
def test_the_one_part_that_holds_a_word_is_found(named: list[str], part: str) -> None:
    assert EARLIER.part_with(named, ["how deep do i go", TOES]) == part


def test_of_a_message_in_one_part_there_is_nothing_to_choose() -> None:
    assert EARLIER.part_with(["toes"], ["my toes go numb on the press"]) == ""


def test_a_word_in_two_parts_tells_neither() -> None:
    assert EARLIER.part_with(["knees"], ["my knees hurt on the press, and do my knees cave in"]) == ""


def test_what_is_named_again_is_called_it() -> None:
    asks = EARLIER.with_it("is the toes thing dangerous", ["toes", "dangerous"], "pins and needles in my toes")
    assert asks.split() == ["is", "it", "dangerous"]
