"""Finding one's own stop by taps: the test on each machine, what is asked after it, and the one number to remember.

Nothing here is computed from a body: the test is the only thing that knows where somebody's hips roll.
"""

from dataclasses import dataclass

from bot.core.checklist import Phase, Press, checklist
from bot.core.model import Knowledge
from bot.core.my_depth.words import TWO_MINUTE_TEST
from bot.errors import UserError
from bot.sentences import say

NEVER, UNSURE = "never", "unsure"
MOST_MARKS = 16
"""Stops, notches or hand widths that are offered; with the two other answers well under Discord's 25."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a machine's depth is counted in: its name, where counting begins, and how the stop is kept there.

    `above`: how many marks above the one where the hips start to roll the stop belongs. `sore`: what a sore back adds to the
    number, and `beyond`: which way it may go on.
    """

    name: str
    asked: str
    first: str
    above: int
    sore: int
    beyond: str
    kept: str


MARKS = {
    "stop": Mark(
        "Stop",
        say("my_depth.spot.stop_asked"),
        say("my_depth.spot.stop_where"),
        1,
        -1,
        "or higher",
        say("my_depth.spot.stop_kept"),
    ),
    "hands": Mark(
        "Hand width",
        say("my_depth.spot.hands_asked"),
        say("my_depth.spot.hands_where"),
        0,
        -1,
        "or higher up",
        say("my_depth.spot.hands_kept"),
    ),
    "seat": Mark(
        "Seat notch",
        say("my_depth.spot.seat_asked"),
        say("my_depth.spot.seat_where"),
        0,
        1,
        "or further away",
        say("my_depth.spot.seat_kept"),
    ),
}
_COUNTED_IN = {"sled": "stop", "vertical": "stop", "nostops": "hands", "horizontal": "seat"}
"""Which mark each machine of the checklist has."""

NO_ROOM_FOR_A_SORE_BACK = say("my_depth.spot.no_room_for_a_sore_back")
SORE_BACK_ELSEWHERE = {"vertical": say("my_depth.spot.sore_back_elsewhere_vertical")}
"""What a sore back is told where the claims send it to another machine."""
AGAIN = say("my_depth.spot.again")
WRITE = say("my_depth.spot.write")
NO_ROOM = say("my_depth.spot.no_room")
STAY_DOWN = say("my_depth.spot.stay_down")
CANNOT_TELL = say("my_depth.spot.cannot_tell")


@dataclass(frozen=True, slots=True)
class SpotTest:
    """The test on one machine: its steps in order, and the answers that can be tapped, as value and label."""

    press: Press
    mark: Mark
    steps: tuple[str, ...]
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SpotFound:
    """What an answer comes to: `number` is what to remember ("" where there is none yet), `lines` what to do with it."""

    number: str
    lines: tuple[str, ...]


def spot_test(knowledge: Knowledge, press: Press) -> SpotTest:
    """Return the test for a machine, in the words of the knowledge's own checklist where it has one."""
    mark = MARKS[_COUNTED_IN[press.key]]
    numbers = [(str(number), f"{mark.name} {number}") for number in range(1, MOST_MARKS + 1)]
    others = [(NEVER, "They never roll"), (UNSURE, "I can't tell")]
    return SpotTest(press, mark, _steps(knowledge, press), (*numbers, *others))


def _steps(knowledge: Knowledge, press: Press) -> tuple[str, ...]:
    try:
        items = checklist(knowledge, press).items
    except UserError:
        return TWO_MINUTE_TEST
    return tuple(item.text for item in items if item.phase is Phase.STOP) or TWO_MINUTE_TEST


def spot_found(press: Press, answer: str) -> SpotFound:
    """Return what a tapped answer comes to. Raises UserError for one that was never offered."""
    mark = MARKS[_COUNTED_IN[press.key]]
    if answer in {NEVER, UNSURE}:
        return SpotFound("", (STAY_DOWN if answer == NEVER else CANNOT_TELL,))
    if not answer.isdecimal() or not 1 <= int(answer) <= MOST_MARKS:
        raise UserError(say("my_depth.spot.tap_one_of_numbers_from_to", most_marks=MOST_MARKS))
    number = int(answer) - mark.above
    if number < 1:
        return SpotFound("", (NO_ROOM,))
    one_higher = (say("my_depth.spot.one_above"),) if mark.above else ()
    return SpotFound(f"{mark.name} {number}", (*one_higher, _sore_back(press, mark, number), mark.kept, AGAIN, WRITE))


def _sore_back(press: Press, mark: Mark, number: int) -> str:
    """Say which mark a sore back needs where others work at `number`: the claims keep it two stops or more above the roll."""
    if press.key in SORE_BACK_ELSEWHERE:
        return SORE_BACK_ELSEWHERE[press.key]
    sore = number + mark.sore
    return (
        say("my_depth.spot.sore_back", number=f"{mark.name} {sore}", beyond=mark.beyond)
        if sore > 0
        else NO_ROOM_FOR_A_SORE_BACK
    )


def to_remember(test: SpotTest) -> tuple[str, ...]:
    """Return what is asked and kept after the test, a sentence or two a line."""
    counted = say("my_depth.spot.count", first=test.mark.first)
    remember = f"{test.mark.asked} {counted}"
    if test.mark.above:
        remember += say("my_depth.spot.remember_the_next")
    if test.press.key in SORE_BACK_ELSEWHERE:
        remember += f" {SORE_BACK_ELSEWHERE[test.press.key]}"
    elif test.mark.above:
        remember += say("my_depth.spot.sore_back_higher")
    else:
        remember += say(
            "my_depth.spot.sore_back_more",
            mark=test.mark.name.lower(),
            beyond=test.mark.beyond.removeprefix("or "),
        )
    return remember, WRITE, AGAIN


def spot_text(test: SpotTest) -> str:
    """Return the test as plain text, for a terminal."""
    steps = [f"{number}. {step}" for number, step in enumerate(test.steps, start=1)]
    return "\n".join([*steps, "", *to_remember(test)])
