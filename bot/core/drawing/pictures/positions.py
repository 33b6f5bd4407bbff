"""The founding post's two pictures beside each other: a good stopping position, and the knees at the chest.

No degrees are written: nobody may take an angle of a drawing for theirs. The good stop lies on the safe side of every
figure that the knowledge gives (a right angle at the knee, and what hips gave in the studies of `evidence.md` topic 8).
"""

from bot.core.drawing import scene, style, svg
from bot.core.drawing.looks import FOURTH
from bot.core.drawing.view import View
from bot.core.geometry import Pose, Setup, with_hip_limit

HEIGHT = 490
LOOK = FOURTH
_HIP_LIMIT = 122.0
"""How far the illustrated person's hips bend before the pelvis rolls, degrees: one body's, chosen for the drawing."""
_SEAT = {"backrest": 14.0, "foot_height": 0.10}
_GOOD_KNEES = 54.0
_AT_THE_CHEST = 0.344
"""Metres from hip to plate at which the thighs touch the chest in that set-up."""


def draw() -> str:
    """Return the SVG."""
    return svg.document(style.WIDTH, HEIGHT, [scene_parts()])


def good_stop() -> Pose:
    """Return the pose that is shown as a good stop."""
    return scene.posed(scene.setup_at("sled", knee_bend=_GOOD_KNEES, **_SEAT))


def at_the_chest() -> Pose:
    """Return the pose with the knees at the chest, in the same seat."""
    seat: Setup = scene.setup_at("sled", knee_bend=_GOOD_KNEES, **_SEAT)
    return with_hip_limit(scene.ILLUSTRATED, seat.at(_AT_THE_CHEST), _HIP_LIMIT)


def scene_parts() -> str:
    """Return what the card holds, for a page that lays it elsewhere."""
    stop, deep = good_stop(), at_the_chest()
    left, right = View(262, 218 + 326j), View(262, 620 + 326j)
    hip, back = right.at(deep.hip), right.at(deep.lumbosacral)
    return "".join(
        [
            scene.panel(0, HEIGHT, style.GOOD_SOFT, scene.person_on_machine(left, stop, lumbar=style.GOOD, look=LOOK)),
            svg.words(
                left.at(stop.hip) + 12 + 92j,
                "hips stay down",
                fill=style.GOOD,
                bold=True,
                anchor="middle",
                halo=style.GOOD_SOFT,
            ),
            scene.panel(
                402,
                HEIGHT,
                style.CARE_SOFT,
                scene.person_on_machine(
                    right, deep, lumbar=style.CARE, look=LOOK, between=scene.gap_below(right, deep)
                ),
            ),
            svg.arrow([hip + 40 + 76j, hip + 44 + 46j, hip + 34 + 16j], style.CARE),
            svg.words(hip + 56 + 84j, "hips lift", fill=style.CARE, bold=True, halo=style.CARE_SOFT),
            svg.arrow([back - 4 + 10j, back - 22 + 34j, back - 40 + 66j], style.CARE),
            svg.words(
                back - 62 + 96j, "back rounds", fill=style.CARE, bold=True, anchor="middle", halo=style.CARE_SOFT
            ),
            scene.heading(26, "tick", "Good stop"),
            scene.heading(426, "cross", "Knees to chest"),
            scene.footer(HEIGHT, "One body on one machine: yours stops elsewhere"),
        ]
    )
