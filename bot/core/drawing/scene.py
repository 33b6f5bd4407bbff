"""A person on a machine with what is pointed out about them: the building blocks of the side views."""

from collections.abc import Callable, Mapping
from functools import partial

from bot.core.drawing import figure, machine, style, svg
from bot.core.drawing.looks import FIRST, Look
from bot.core.drawing.view import View
from bot.core.geometry import MACHINES, Person, Pose, Setup, distance_at_knee_bend, pose
from bot.sentences import say

ILLUSTRATED = Person(1.75)
"""Who is drawn in the general pictures."""


def setup_at(key: str, *, backrest: float, foot_height: float, knee_bend: float) -> Setup:
    """Return a set-up of the illustrated person with the sled where the knees are bent by `knee_bend` degrees."""
    seat = Setup(MACHINES[key], backrest, 0.0, foot_height)
    distance = distance_at_knee_bend(ILLUSTRATED, seat, knee_bend)
    if distance is None:
        raise ValueError(say("pictures.scene.illustrated_person_cannot_bend_knees_by", knee_bend=knee_bend))
    return seat.at(distance)


def person_on_machine(
    view: View,
    shown: Pose,
    *,
    lumbar: str = "",
    far: figure.Leg | None = None,
    look: Look = FIRST,
    rig: machine.Rig = machine.USUAL,
    between: str = "",
    grip: complex | None = None,
    near: figure.Leg | None = None,
) -> str:
    """Return the whole scene. `lumbar` colours the lower back's part of the spine, "" leaves the spine out.

    `far`: the other leg where it is not hidden behind the near one. `between`: what is drawn behind the person and before
    the machine. `grip`: where the hand is (metres), None for the handle. `near`: the near
    leg where it is not as the pose has it. With the spine drawn the arm is the far one, so
    that it hides nothing of the back.
    """
    hand = machine.grip(shown) if grip is None else grip
    arm = figure.arm(view, shown, hand, look=look, far=bool(lumbar))
    return "".join(
        [
            machine.behind(view, shown, rig),
            between,
            arm if lumbar else "",
            figure.leg(view, shown, far, far=True, look=look) if far else "",
            figure.trunk(view, shown, look),
            figure.head(view, shown, look),
            figure.leg(view, shown, near or figure.leg_of(shown), look=look),
            machine.in_front(view, shown),
            "" if lumbar else arm,
            figure.backbone(view, shown, lumbar) if lumbar else "",
        ]
    )


def gap_below(view: View, shown: Pose) -> str:
    """Return the wedge between the pads and a body that has come off them, to be drawn behind the body."""
    return svg.polygon([view.at(point) for point in machine.corner(shown)], style.GAP)


def highest(shown: Pose) -> float:
    """Return how far above the hip the scene reaches, metres."""
    return max(machine.highest(shown), figure.crown(shown).imag, figure.toes(shown).imag)


def trunk_thigh_label(view: View, shown: Pose, colour: str, *, radius: float = 0.30) -> str:
    """Return the angle between trunk and thigh: its arms and arc at the hip, and its degrees between them."""
    trunk, thigh = view.direction(shown.trunk_direction), view.direction(shown.knee - shown.hip)
    return svg.angle(view.at(shown.hip), view.size(radius), trunk, thigh, colour) + svg.words(
        trunk_thigh_place(view, shown, radius),
        degrees(shown.trunk_thigh),
        size=32,
        fill=colour,
        bold=True,
        anchor="middle",
        halo=style.CARD,
    )


def trunk_thigh_arc(view: View, shown: Pose, colour: str, *, radius: float = 0.30) -> str:
    """Return the angle between trunk and thigh without its degrees, where only more or less of it counts."""
    trunk, thigh = view.direction(shown.trunk_direction), view.direction(shown.knee - shown.hip)
    return svg.angle(view.at(shown.hip), view.size(radius), trunk, thigh, colour)


def trunk_thigh_place(view: View, shown: Pose, radius: float) -> complex:
    """Return where the degrees of the angle between trunk and thigh stand, in pixels."""
    trunk, thigh = view.direction(shown.trunk_direction), view.direction(shown.knee - shown.hip)
    return view.at(shown.hip) + svg.unit(svg.unit(trunk) + svg.unit(thigh)) * (view.size(radius) + 24) + 10j


def knee_label(view: View, shown: Pose, colour: str, *, offset: complex) -> str:
    """Return the knee's bend in degrees beside the knee; `offset` in pixels from the joint."""
    knee = view.at(shown.knee)
    return svg.circle(knee, 6, colour) + svg.words(
        knee + offset, degrees(shown.knee_bend), size=32, fill=colour, bold=True, anchor="middle", halo=style.CARD
    )


def degrees(angle: float) -> str:
    """Return an angle as it is written in the drawings: whole degrees."""
    return f"{angle:.0f}°"


def heading(x: float, mark: str, title: str, below: str = "") -> str:
    """Return a panel's heading with a tick, a cross, a number or nothing in front, and a line below it."""
    drawn = _MARKS[mark](complex(x + 20, 44), 20) if mark else ""
    start = x + 54 if mark else x
    under = svg.words(complex(x, 92), below, size=style.SMALL, fill=style.MUTED) if below else ""
    return drawn + svg.words(complex(start, 56), title, size=style.TITLE, bold=True) + under


_MARKS: Mapping[str, Callable[[svg.Pixel, float], str]] = {
    "tick": svg.check_mark,
    "cross": svg.cross_mark,
    "care": svg.care_mark,
    "one": partial(svg.number_mark, "1"),
    "two": partial(svg.number_mark, "2"),
    "three": partial(svg.number_mark, "3"),
}


def footer(height: float, text: str) -> str:
    """Return the line at the bottom."""
    return svg.words(complex(style.WIDTH / 2, height - 20), text, size=style.SMALL, fill=style.MUTED, anchor="middle")


def panel_foot(height: float, text: str) -> str:
    """Return the line at the bottom on a strip of its own, where what is drawn reaches down to it."""
    top = height - 54
    ground = f"M0 {svg.number(top)}H{style.WIDTH}V{svg.number(height - 28)}q0 28 -28 28H28q-28 0 -28 -28Z"
    return svg.path(ground, style.PANEL) + footer(height, text)


def panel(x: float, height: float, tint: str, content: str) -> str:
    """Return a part of the card, from `x` to the right edge, with its own ground; the next panel covers what runs over.

    Cutting with a clip path would cost resvg a mask; painting over costs nothing.
    """
    round_left = 28 if x == 0 else 0
    edge = svg.number(style.WIDTH - 28)
    ground = (
        f"M{svg.number(x + round_left)} 0H{edge}q28 0 28 28V{svg.number(height - 28)}q0 28 -28 28"
        f"H{svg.number(x + round_left)}"
    )
    ground += "q-28 0 -28 -28V28q0 -28 28 -28Z" if round_left else "Z"
    return svg.path(ground, tint) + content


def posed(setup: Setup) -> Pose:
    """Return the illustrated person in a set-up, the pelvis on the pad."""
    return pose(ILLUSTRATED, setup)
