"""A message about a thing and nobody stops nobody; the same words with somebody in them do."""

import pytest

from tests.safety.shipped import shipped_gate


@pytest.mark.parametrize(
    "text",
    [
        "the hook wont open, it's trapped under the stack",
        "neck rest came off and hit the floor",
        "watch strap is pinned under the plates, cant get it out",
        "i dropped my card under the machine and cant reach it",
        "the belt came off and now it's caught in the roller",
        "the wire snapped clean in two, it went off like a gun",
        "keys are stuck under the sled, how do i get them out",
        "a clip got wedged between the rails, they wont move, should i tell anyone at the desk",
    ],
)
def test_a_thing_that_is_trapped_or_broken_is_no_alarm(text: str) -> None:
    assert shipped_gate().check(text).stop is None


@pytest.mark.parametrize(
    "text",
    [
        "sled fell and im pinned under it",
        "the sled came down, stuck under it",  # whoever writes left themselves out
        "sled fell. cant move",
        "bar came down, cant get it off",
        "sled came down. trapped",
        "the machine tipped over and now its on top, cant get out",
        "the carriage fell, its on top of him",
        "stack came down on my leg",
        "cable snapped, went into my eye",
        "pin slipped, cant feel my hand",
        "pin slipped, it went right through, blood is pouring out",
        "phone fell on the floor and now i cant breathe",
        "strap tore, the bar is on my chest, help",
    ],
)
def test_somebody_under_or_beside_it_still_is(text: str) -> None:
    assert shipped_gate().check(text).stop is not None


def test_a_thing_still_gets_the_safety_line() -> None:
    assert shipped_gate().check("the hook wont open, it's trapped under the stack").line


def test_a_long_story_is_no_word_about_a_thing() -> None:
    story = "the pin is bent and " * 14 + "it's trapped under the stack"
    assert shipped_gate().check(story).stop is not None


@pytest.mark.parametrize(
    "text",
    [
        "pain in my tailbone when i sit, two days now",
        "neck pain two days now",
        "scans, bulges and back pain pls",
        "knees, hips and back pain pls",
    ],
)
def test_a_plain_pain_and_a_list_of_topics_get_the_line_at_most(text: str) -> None:
    assert shipped_gate().check(text).stop is None


@pytest.mark.parametrize(
    "text",
    [
        "back pain two days now and cant pee",
        "neck pain two days now, fever",
        "i do not feel my feet",
        "pain in my chest when i sit",
    ],
)
def test_more_than_a_plain_pain_is_heard(text: str) -> None:
    assert shipped_gate().check(text).stop is not None


@pytest.mark.parametrize("text", ["My wife is pregnant 20 weeks", "my wife is 20 weeks pregnant"])
def test_a_pregnancy_told_of_somebody_gets_the_midwife(text: str) -> None:
    stop = shipped_gate().check(text).stop
    assert stop is not None
    assert stop.route == "soon_R31"


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        ("caught my temple on the upright, headache ever since", "emergency"),
        ("banged heads with a mate at the rack and my head is killing me, dizzy", "emergency"),
        ("cant put weight on my leg, it buckles, all started in my back", "emergency"),
        ("leg gets weaker and weaker, cant put weight on it", "emergency"),
        ("popped my knee, cant put weight on my leg", "same_day"),
    ],
)
def test_what_makes_an_emergency_of_it_is_read(text: str, tier: str) -> None:
    stop = shipped_gate().check(text).stop
    assert stop is not None
    assert stop.tier == tier
