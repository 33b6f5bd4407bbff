"""All drawings by the name that a claim's `picture` gives."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.core.drawing.pictures import (
    backrest,
    feet,
    knees,
    machines,
    positions,
    quads,
    setting_the_stop,
    stance,
    two_up_one_down,
)

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
                "A good stop, and knees to chest",
                "Two side views of a person on a 45-degree leg press. Left, with a tick, a good stop: the thighs stay clear of "
                "the chest, hips and lower back stay down on the pads. Right, with a cross, knees to chest: the sled is lower, "
                "the thighs touch the chest, and a coloured wedge shows the gap under the hips. One arrow shows the hips "
                "lifting off the seat, another the lower back rounding. One body on one machine: yours stops elsewhere.",
                positions.draw,
            ),
            Picture(
                "setting-the-stop",
                "Finding and setting the stop",
                "Two side views of a person on a 45-degree sled with no weights on it and a row of places for the stop along "
                "its rail. One: lower it empty, to where the hips start to roll. Two: one notch up, where the hips lie still, "
                "and the safety stop, pointed out by an arrow, stands just below the sled. Below: then put the weight on.",
                setting_the_stop.draw,
            ),
            Picture(
                "backrest",
                "Back rest upright and reclined",
                "Two side views of the same person on the same 45-degree leg press, the sled in the same place. Left, the back "
                "rest is upright and the hips are more bent: 49° between trunk and thigh. Right, the back rest is reclined and "
                "leaves more room at the hips: 74°. The angles are those of this drawing only.",
                backrest.draw,
            ),
            Picture(
                "feet",
                "Feet high, in the middle, low",
                "Three side views of the same person on a 45-degree leg press, the sled in the same place. Feet high on the "
                "plate: 73° between trunk and thigh, knees bent by 60°. Feet in the middle: 76° and 72°. Feet low: 83° and 78°. "
                "Higher feet bend the hips more and the knees less. The angles are those of this drawing only.",
                feet.draw,
            ),
            Picture(
                "knees",
                "The soft end of a rep, and a knee slammed straight",
                "Two side views of the top of a rep on a 45-degree leg press. Left, with a tick, a soft end: the knees are "
                "almost straight, bent by 14°, and not snapped. Right, with a warning triangle, knees slammed straight, 0°, an "
                "arrow pushing on the knee: fast and heavy is the hazard. Below: a slow, easy straightening is not known to do "
                "harm.",
                knees.draw,
            ),
            Picture(
                "two-up-one-down",
                "Two legs up, one leg down",
                "Two side views of a person on a 45-degree leg press. Left: both feet on the plate, an arrow along the rails "
                "away from the person, push with both legs. Right: one foot on the plate, the other hovering just off it, an "
                "arrow back towards the person, lower slowly with one leg and swap legs. Below: one leg may not push it back up.",
                two_up_one_down.draw,
            ),
            Picture(
                "quads",
                "The four heads of the quadriceps",
                "The front of a right thigh, twice. Left, the three heads at the surface: vastus lateralis on the outer side, "
                "vastus medialis low on the inner side, rectus femoris down the middle. Right, one layer deeper, with the rectus "
                "femoris taken away: vastus intermedius between the other two. Below: the rectus femoris crosses the hip as well "
                "as the knee.",
                quads.draw,
            ),
            Picture(
                "stance",
                "Stance: narrow, shoulder width, wide",
                "The foot plate as seen from the seat, three times, with a bar below that is as wide as the shoulders. Narrow: "
                "the shoes nearly touch, toes straight. Shoulder width, with a tick as the one to start from: toes slightly out. "
                "Wide: feet near the edges, toes further out. Below: mostly comfort, not which part of the quads works.",
                stance.draw,
            ),
            Picture(
                "machines",
                "Three kinds of leg press",
                "Three side views of the same person, an arrow in each for the way they push. A 45-degree sled: lying back, "
                "pushing up and away along slanted rails. A horizontal press: sitting, pushing straight ahead. A near-vertical "
                "press: lying flat, pushing up.",
                machines.draw,
            ),
        )
    }
)


def picture_named(name: str) -> Picture | None:
    """Return the drawing of that name, or None."""
    return PICTURES.get(name)
