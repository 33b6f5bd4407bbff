"""Finding one's own stop by taps."""

import re
from dataclasses import replace

import pytest

from bot.bootstrap import default_cache, load_knowledge, shipped_knowledge
from bot.core.checklist import PRESSES, Press
from bot.core.drawing.pictures import positions
from bot.core.my_depth.spot import (
    AGAIN,
    CANNOT_TELL,
    MOST_MARKS,
    NEVER,
    NO_ROOM,
    STAY_DOWN,
    UNSURE,
    spot_found,
    spot_test,
    spot_text,
)
from bot.core.my_depth.words import TWO_MINUTE_TEST
from bot.errors import UserError

SHIPPED = load_knowledge(shipped_knowledge(), default_cache())
EVERY = pytest.mark.parametrize("press", PRESSES.values(), ids=PRESSES)


@EVERY
def test_the_test_is_what_the_checklist_does_while_the_machine_is_empty(press: Press) -> None:
    test = spot_test(SHIPPED, press)
    assert any("until the hips start to roll" in step or "Hips not heavy" in step for step in test.steps)
    assert len(test.answers) <= 25  # Discord's limit of a select
    assert [value for value, _ in test.answers[-2:]] == [NEVER, UNSURE]


@EVERY
def test_no_length_is_told_to_whom_nobody_has_measured(press: Press) -> None:
    said = [spot_text(spot_test(SHIPPED, press))]
    said += [" ".join(spot_found(press, value).lines) for value, _ in spot_test(SHIPPED, press).answers]
    for text in said:
        assert not re.search(r"\d+ (cm|in)\b|\d+°|women|average", text)


@EVERY
def test_every_answer_ends_in_one_number_or_in_what_to_try(press: Press) -> None:
    for value, _ in spot_test(SHIPPED, press).answers:
        found = spot_found(press, value)
        if found.number:
            assert re.fullmatch(r"(Stop|Hand width|Seat notch) \d+", found.number)
            assert AGAIN in found.lines
        else:
            assert found.lines in {(STAY_DOWN,), (CANNOT_TELL,), (NO_ROOM,)}


def test_the_stop_goes_one_above_where_the_hips_roll() -> None:
    assert spot_found(PRESSES["sled"], "5").number == "Stop 4"
    assert spot_found(PRESSES["vertical"], "2").number == "Stop 1"
    assert spot_found(PRESSES["sled"], "1").lines == (NO_ROOM,)


def test_a_tape_and_a_seat_stay_where_the_test_put_them() -> None:
    assert spot_found(PRESSES["nostops"], "3").number == "Hand width 3"
    assert spot_found(PRESSES["horizontal"], "6").number == "Seat notch 6"


@pytest.mark.parametrize("answer", ["", "0", "-1", "17", "x", "²", str(MOST_MARKS + 1)])
def test_an_answer_that_was_never_offered_gets_a_sentence(answer: str) -> None:
    with pytest.raises(UserError, match="Tap one of the numbers"):
        spot_found(PRESSES["sled"], answer)


def test_knowledge_without_a_checklist_has_the_two_minute_test() -> None:
    bare = replace(SHIPPED, checklist=(), claims={}, topics={})
    assert spot_test(bare, PRESSES["sled"]).steps == TWO_MINUTE_TEST


def test_the_picture_of_a_good_stop_is_on_the_safe_side_of_every_figure() -> None:
    stop = positions.good_stop()
    assert stop.knee_bend < 60  # a right angle at the knee, and the rule of thumb for a shallow one
    assert stop.trunk_thigh > 180 - 107.3 + 8.6  # what women's hips gave in the one study, and its spread
    assert stop.pelvis_roll == 0
    deep = positions.at_the_chest()
    assert deep.setup.backrest == stop.setup.backrest
    assert deep.setup.foot_height == stop.setup.foot_height


@pytest.mark.parametrize(
    ("key", "answer", "said"),
    [
        ("sled", "5", "A sore back? Stop 3 or higher"),
        ("sled", "2", "A sore back? There is no room for one here"),
        ("vertical", "5", "A sore back? Take a sloped or a seated press instead."),
        ("nostops", "4", "A sore back? Hand width 3 or higher up"),
        ("horizontal", "4", "A sore back? Seat notch 5 or further away"),
    ],
)
def test_a_sore_back_is_told_a_mark_of_its_own(key: str, answer: str, said: str) -> None:
    assert [line for line in spot_found(PRESSES[key], answer).lines if line.startswith(said)]
