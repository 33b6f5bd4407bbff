"""Sore knees on two machines: the press in the part of the bend nearer straight, the leg extension in the deep part."""

import cmath
import math

from bot.core.drawing import figure, scene, style, svg
from bot.core.drawing.looks import FOURTH
from bot.core.drawing.view import View
from bot.core.geometry import MACHINES, Pose, Setup
from bot.sentences import say

HEIGHT = 500
_REACH, _INNER = 0.40, 0.33
_TRUNK, _BEND = 108.0, 72.0
"""Degrees of the person on the extension: the trunk above the floor, leaning back, and how far the knee is bent."""

Zone = tuple[float, float, str, str]
_PRESS: tuple[Zone, ...] = ((14.0, 60.0, style.GOOD, "here"), (60.0, 112.0, style.CARE, "not yet"))
_UNDER = 100.0
_EXTENSION: tuple[Zone, ...] = ((6.0, 50.0, style.CARE, "not yet"), (50.0, _UNDER, style.GOOD, "here"))


def draw() -> str:
    """Return the SVG."""
    press = scene.posed(scene.setup_at("sled", backrest=25.0, foot_height=0.02, knee_bend=44))
    seated, leg = _seated()
    left, right = View(190, 164 + 348j), View(214, 500 + 304j)
    return svg.document(
        style.WIDTH,
        HEIGHT,
        [
            scene.panel(
                0,
                HEIGHT,
                style.CARD,
                scene.person_on_machine(left, press, look=FOURTH)
                + _arc(left, press.knee, press.knee - press.hip, _REACH, _PRESS),
            ),
            scene.panel(
                402,
                HEIGHT,
                style.PANEL,
                _machine(right, seated)
                + _arc(right, seated.knee, seated.knee - seated.hip, _INNER, _EXTENSION)
                + figure.trunk(right, seated, FOURTH)
                + figure.head(right, seated, FOURTH)
                + figure.leg(right, seated, leg, look=FOURTH)
                + svg.circle(right.at(seated.ankle + leg.toe * 0.085 + leg.toe * 0.06j), right.size(0.045), style.IRON)
                + figure.arm(right, seated, seated.hip + 0.02 + 0.03j, look=FOURTH)
                + svg.circle(right.at(seated.knee), 9, style.INK),
            ),
            scene.heading(26, "", "Leg press", "shallow to middle"),
            scene.heading(428, "", "Extension", "the deep half"),
            scene.footer(HEIGHT, say("pictures.press_and_extension.for_sore_knees")),
        ],
    )


def _seated() -> tuple[Pose, figure.Leg]:
    """Return a person on a leg extension, facing right, and their leg; on no machine of the model, so the pose is made by hand."""
    person = scene.ILLUSTRATED
    knee = complex(person.thigh, 0.0)
    ankle = knee + cmath.rect(person.shank, math.radians(-_BEND))
    trunk = cmath.rect(1.0, math.radians(_TRUNK))
    pose = Pose(
        person=person, setup=Setup(MACHINES["sled"], 180 - _TRUNK, 0.0, 0.0), hip=0j, knee=knee, ankle=ankle,
        lumbosacral=trunk * person.length("pelvis"), shoulder=trunk * person.length("trunk"), trunk_thigh=_TRUNK,
        knee_bend=_BEND, hip_bend=180 - _TRUNK, pelvis_roll=0.0, ankle_angle=0.0,
    )  # fmt: skip
    return pose, figure.Leg(0j, knee, ankle, cmath.rect(1.0, math.radians(90 - _BEND)))


def _machine(view: View, seated: Pose) -> str:
    """Return seat, back rest and frame below a person who sits."""
    height = seated.person.height
    under = -1j * (figure.SEAT + 0.012) * height
    trunk = svg.unit(seated.shoulder)
    behind = trunk * 1j * (figure.BACK + 0.034) * height
    front, back = seated.knee * 0.86 + under, under - 0.10
    floor = seated.knee.imag - 0.62
    post = (front + back) / 2
    return (
        svg.line([view.at(post), view.at(complex(post.real, floor))], style.STEEL_DARK, 16)
        + svg.line([view.at(complex(back.real - 0.05, floor)), view.at(complex(front.real + 0.10, floor))], style.STEEL_DARK, 12)
        + svg.line([view.at(back), view.at(front)], style.PAD, view.size(0.055))
        + svg.line([view.at(behind + trunk * 0.02), view.at(behind + seated.shoulder * 1.08)], style.PAD, view.size(0.055))
    )  # fmt: skip


def _arc(view: View, knee: complex, thigh: complex, reach: float, zones: tuple[Zone, ...]) -> str:
    """Return the parts of the knee's way, each an arc that the shin sweeps over and its name, and the joint."""
    middle, radius, along = view.at(knee), view.size(reach), svg.unit(view.direction(thigh))

    def at(bend: float, far: float) -> complex:
        return middle + along * cmath.rect(far, math.radians(bend))

    drawn = ""
    for least, most, fill, _ in zones:
        start, end = at(least, radius), at(most, radius)
        rim = f"M{svg.at(start)}A{svg.number(radius)} {svg.number(radius)} 0 0 1 {svg.at(end)}"
        drawn += svg.path(rim, stroke=style.CARD, width=28, dashes="0") + svg.path(
            rim, stroke=fill, width=20, dashes="0"
        )
    for least, most, fill, name in zones:
        under = most == _UNDER  # there the foot is in the way of a name beside the middle
        place = at(most, radius) + complex(-10, 14) if under else at((least + most) / 2, radius + 22) + 10j
        drawn += svg.words(
            place, name, fill=fill, bold=True, size=style.SMALL, anchor="end" if under else "start", halo=style.CARD
        )
    return drawn + svg.circle(middle, 9, style.INK)
