"""All drawings by the name that a claim's `picture` gives."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.core.drawing.pictures import (
    a_week,
    backrest,
    breathing,
    calf_raise,
    fast_push,
    feet,
    getting_in_and_out,
    half_reps,
    hands,
    heels,
    if_you_get_stuck,
    knee_range,
    knees,
    knees_in_line,
    machines,
    one_leg,
    plate_sums,
    positions,
    press_and_extension,
    press_and_squat,
    quads,
    room_for_the_belly,
    seat_distance,
    setting_the_stop,
    small_steps,
    sore_or_injured,
    stance,
    tempo,
    towel,
    two_bodies,
    two_left,
    two_up_one_down,
    warm_up,
    what_it_works,
)
from bot.sentences import say

MAX_ALT = 1024
"""Discord's limit for the description of a picture, characters."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing: its name, a title, what it shows in words for whoever cannot see it, and what draws its SVG."""

    name: str
    title: str
    alt: str
    draw: Callable[[], str]

    @property
    def svg(self) -> str:
        """The drawing as SVG text."""
        return self.draw()


PICTURES: Mapping[str, Picture] = MappingProxyType(
    {
        picture.name: picture
        for picture in (
            Picture(
                "positions",
                say("pictures.drawn.title_positions"),
                say("pictures.drawn.alt_positions"),
                positions.draw,
            ),
            Picture(
                "setting-the-stop",
                say("pictures.drawn.title_setting_the_stop"),
                say("pictures.drawn.alt_setting_the_stop"),
                setting_the_stop.draw,
            ),
            Picture(
                "backrest",
                say("pictures.drawn.title_backrest"),
                say("pictures.drawn.alt_backrest"),
                backrest.draw,
            ),
            Picture(
                "feet",
                say("pictures.drawn.title_feet"),
                say("pictures.drawn.alt_feet"),
                feet.draw,
            ),
            Picture(
                "knees",
                say("pictures.drawn.title_knees"),
                say("pictures.drawn.alt_knees"),
                knees.draw,
            ),
            Picture(
                "two-up-one-down",
                say("pictures.drawn.title_two_up_one_down"),
                say("pictures.drawn.alt_two_up_one_down"),
                two_up_one_down.draw,
            ),
            Picture(
                "quads",
                say("pictures.drawn.title_quads"),
                say("pictures.drawn.alt_quads"),
                quads.draw,
            ),
            Picture(
                "stance",
                say("pictures.drawn.title_stance"),
                say("pictures.drawn.alt_stance"),
                stance.draw,
            ),
            Picture(
                "machines",
                say("pictures.drawn.title_machines"),
                say("pictures.drawn.alt_machines"),
                machines.draw,
            ),
            Picture(
                "getting-in-and-out",
                say("pictures.drawn.title_getting_in_and_out"),
                say("pictures.drawn.alt_getting_in_and_out"),
                getting_in_and_out.draw,
            ),
            Picture(
                "if-you-get-stuck",
                say("pictures.drawn.title_if_you_get_stuck"),
                say("pictures.drawn.alt_if_you_get_stuck"),
                if_you_get_stuck.draw,
            ),
            Picture(
                "hands",
                say("pictures.drawn.title_hands"),
                say("pictures.drawn.alt_hands"),
                hands.draw,
            ),
            Picture(
                "seat-distance",
                say("pictures.drawn.title_seat_distance"),
                say("pictures.drawn.alt_seat_distance"),
                seat_distance.draw,
            ),
            Picture(
                "two-bodies",
                say("pictures.drawn.title_two_bodies"),
                say("pictures.drawn.alt_two_bodies"),
                two_bodies.draw,
            ),
            Picture(
                "room-for-the-belly",
                say("pictures.drawn.title_room_for_the_belly"),
                say("pictures.drawn.alt_room_for_the_belly"),
                room_for_the_belly.draw,
            ),
            Picture(
                "heels",
                say("pictures.drawn.title_heels"),
                say("pictures.drawn.alt_heels"),
                heels.draw,
            ),
            Picture(
                "knees-in-line",
                say("pictures.drawn.title_knees_in_line"),
                say("pictures.drawn.alt_knees_in_line"),
                knees_in_line.draw,
            ),
            Picture(
                "one-leg",
                say("pictures.drawn.title_one_leg"),
                say("pictures.drawn.alt_one_leg"),
                one_leg.draw,
            ),
            Picture(
                "breathing",
                say("pictures.drawn.title_breathing"),
                say("pictures.drawn.alt_breathing"),
                breathing.draw,
            ),
            Picture(
                "tempo",
                say("pictures.drawn.title_tempo"),
                say("pictures.drawn.alt_tempo"),
                tempo.draw,
            ),
            Picture(
                "fast-push",
                say("pictures.drawn.title_fast_push"),
                say("pictures.drawn.alt_fast_push"),
                fast_push.draw,
            ),
            Picture(
                "towel",
                say("pictures.drawn.title_towel"),
                say("pictures.drawn.alt_towel"),
                towel.draw,
            ),
            Picture(
                "knee-range",
                say("pictures.drawn.title_knee_range"),
                say("pictures.drawn.alt_knee_range"),
                knee_range.draw,
            ),
            Picture(
                "warm-up",
                say("pictures.drawn.title_warm_up"),
                say("pictures.drawn.alt_warm_up"),
                warm_up.draw,
            ),
            Picture(
                "plate-sums",
                say("pictures.drawn.title_plate_sums"),
                say("pictures.drawn.alt_plate_sums"),
                plate_sums.draw,
            ),
            Picture(
                "small-steps",
                say("pictures.drawn.title_small_steps"),
                say("pictures.drawn.alt_small_steps"),
                small_steps.draw,
            ),
            Picture(
                "two-left",
                say("pictures.drawn.title_two_left"),
                say("pictures.drawn.alt_two_left"),
                two_left.draw,
            ),
            Picture(
                "a-week",
                say("pictures.drawn.title_a_week"),
                say("pictures.drawn.alt_a_week"),
                a_week.draw,
            ),
            Picture(
                "what-it-works",
                say("pictures.drawn.title_what_it_works"),
                say("pictures.drawn.alt_what_it_works"),
                what_it_works.draw,
            ),
            Picture(
                "press-and-extension",
                say("pictures.drawn.title_press_and_extension"),
                say("pictures.drawn.alt_press_and_extension"),
                press_and_extension.draw,
            ),
            Picture(
                "press-and-squat",
                say("pictures.drawn.title_press_and_squat"),
                say("pictures.drawn.alt_press_and_squat"),
                press_and_squat.draw,
            ),
            Picture(
                "calf-raise",
                say("pictures.drawn.title_calf_raise"),
                say("pictures.drawn.alt_calf_raise"),
                calf_raise.draw,
            ),
            Picture(
                "sore-or-injured",
                say("pictures.drawn.title_sore_or_injured"),
                say("pictures.drawn.alt_sore_or_injured"),
                sore_or_injured.draw,
            ),
            Picture(
                "half-reps",
                say("pictures.drawn.title_half_reps"),
                say("pictures.drawn.alt_half_reps"),
                half_reps.draw,
            ),
        )
    }
)


def picture_named(name: str) -> Picture | None:
    """Return the drawing of that name, or None."""
    return PICTURES.get(name)
