"""Reading messages that only point at what was said."""

import pytest

from bot.core.following import Listed
from bot.core.pointing import SETS_AND_REPS, Pointed, Pointing, Points, lies_in
from tests.support.lists import LANGUAGE

POINTING = Pointing(Listed(LANGUAGE.following))


@pytest.mark.parametrize(
    ("text", "pointed"),
    [
        ("my mate says just push thru it", Pointed(Points.HEARSAY)),
        ("a guy at my gym said its safe", Pointed(Points.HEARSAY)),
        ("i read online that its bad for discs", Pointed(Points.HEARSAY, ("discs",))),
        ("so no?", Pointed(Points.CONFIRMS)),
        ("ok so none of it then?", Pointed(Points.CONFIRMS)),
        ("is that a yes", Pointed(Points.CONFIRMS)),
        ("so i shouldn't?", Pointed(Points.CONFIRMS)),
        ("ok so 3x10?", Pointed(Points.FIGURE, units=SETS_AND_REPS, sets=(3, 10))),
        ("3 sets of 12 reps", Pointed(Points.FIGURE, units=SETS_AND_REPS, sets=(3, 12))),
        ("is 90 degrees enough", Pointed(Points.FIGURE, units=("degrees",))),
        ("what can i do instead", Pointed(Points.INSTEAD)),
        ("any alternatives?", Pointed(Points.INSTEAD)),
        ("and the other one?", Pointed(Points.OTHER)),
        ("3 days in a row?", Pointed(Points.FIGURE, units=("days",))),
        ("my mate with the same does it", Pointed(Points.HEARSAY)),
        ("so its optional?", Pointed(Points.CONFIRMS)),
        ("every time", Pointed(Points.RETURNS)),
        ("it went down my leg today", Pointed(Points.RADIATES)),
        ("now it shoots into my calf", Pointed(Points.RADIATES)),
        ("next day too", Pointed(Points.RETURNS)),
        ("so the leg press?", Pointed(Points.SETTLES, ("press",))),
        ("my coach says max out", Pointed(Points.HEARSAY, coach=True)),
        ("only sometimes", Pointed(Points.RETURNS)),
        ("is it lack of salt", Pointed(Points.GUESSES, ("lack", "salt"))),
        ("maybe my socks", Pointed(Points.GUESSES, ("socks",))),
        ("is it the leg press?", Pointed(Points.GUESSES)),
    ],
)
def test_what_a_message_points_at_is_read(text: str, pointed: Pointed) -> None:
    assert POINTING.read(text) == pointed


@pytest.mark.parametrize(
    "text",
    [
        "my physio says never",
        "what does my friend say",
        "no",
        "ok then",
        "so how do i do it",
        "what can i eat instead of rice",
        "the other leg is weaker",
        "i press 100 kg",
        "3x10 with a belt",
        "is it the same for women",
        "maybe later",
        "how do i push with my leg",
        "every time i squat",
        "",
        "word " * 13,
    ],
)
def test_other_messages_stand_by_themselves(text: str) -> None:
    assert POINTING.read(text) is None


@pytest.mark.parametrize(
    ("sets", "inside"), [((3, 10), True), ((2, 8), True), ((3, 5), False), ((8, 10), False), ((2, 3), False)]
)
def test_so_many_sets_of_so_many_reps_lie_in_a_line_or_not(sets: tuple[int, int], inside: bool) -> None:
    assert (
        lies_in(sets, "Do 2 sets the first time, then 3, of 8 to 12; rest 2-3 minutes.", LANGUAGE.following.units)
        is inside
    )
