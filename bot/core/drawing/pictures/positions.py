"""The founding post's two pictures beside each other: a good stopping position, and the knees at the chest.

No degrees are written: nobody may take an angle of a drawing for theirs. The good stop lies on the safe side of every
figure that the knowledge gives (a right angle at the knee, and what hips gave in the studies of `evidence.md` topic 8).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.core.drawing import scene, style, svg
from bot.core.drawing.looks import FOURTH
from bot.core.drawing.machine import Rig
from bot.core.drawing.view import View
from bot.core.geometry import Pose, with_hip_limit
from bot.sentences import say

HEIGHT = 490
LOOK = FOURTH
_HIP_LIMIT = 122.0
"""How far the illustrated person's hips bend before the pelvis rolls, degrees: one body's, chosen for the drawing."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """How the two positions look on one machine.

    `backrest` in degrees, `foot_height` in metres. `good_knees`: the knee bend of the good stop, degrees. `at_the_chest`:
    metres from hip to plate at which the knees are at the chest. `scale`: pixels a metre. `left`, `right`: where the hips
    are, in pixels. `good`, `fault`: the headings. `hips_at`, `back_at`: where the words of the right half stand, in pixels
    from hip and back.
    """

    backrest: float
    foot_height: float
    good_knees: float
    at_the_chest: float
    scale: float
    left: complex
    right: complex
    good: str = "Good stop"
    fault: str = "Knees to chest"
    hips_at: complex = 56 + 84j
    back_at: complex = -62 + 96j


_DRAWN: Mapping[str, _Drawn] = MappingProxyType(
    {
        "sled": _Drawn(14.0, 0.10, 54.0, 0.344, 262, 218 + 326j, 620 + 326j),
        "horizontal": _Drawn(62.0, 0.08, 66.0, 0.41, 190, 206 + 304j, 608 + 304j, "Good seat", "Seat too close"),
        "vertical": _Drawn(5.0, 0.02, 46.0, 0.512, 218, 226 + 334j, 626 + 334j, hips_at=46 + 92j),
    }
)


def draw() -> str:
    """Return the SVG."""
    return svg.document(style.WIDTH, HEIGHT, [scene_parts()])


def good_stop(key: str = "sled") -> Pose:
    """Return the pose that is shown as a good stop on a machine."""
    shown = _DRAWN[key]
    return scene.posed(
        scene.setup_at(key, backrest=shown.backrest, foot_height=shown.foot_height, knee_bend=shown.good_knees)
    )


def at_the_chest(key: str = "sled") -> Pose:
    """Return the pose with the knees at the chest, on the same machine."""
    return with_hip_limit(scene.ILLUSTRATED, good_stop(key).setup.at(_DRAWN[key].at_the_chest), _HIP_LIMIT)


def scene_parts(key: str = "sled", *, stops: bool = True) -> str:
    """Return what the card holds, for a page that lays it elsewhere. `stops`: whether the machine has any."""
    shown, stop, deep = _DRAWN[key], good_stop(key), at_the_chest(key)
    rig = Rig(stops=stops)
    left, right = View(shown.scale, shown.left), View(shown.scale, shown.right)
    hip, back = right.at(deep.hip), right.at(deep.lumbosacral)
    return "".join(
        [
            scene.panel(
                0, HEIGHT, style.GOOD_SOFT, scene.person_on_machine(left, stop, lumbar=style.GOOD, look=LOOK, rig=rig)
            ),
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
                    right, deep, lumbar=style.CARE, look=LOOK, rig=rig, between=scene.gap_below(right, deep)
                ),
            ),
            svg.arrow([hip + 40 + 76j, hip + 44 + 46j, hip + 34 + 16j], style.CARE),
            svg.words(hip + shown.hips_at, "hips lift", fill=style.CARE, bold=True, halo=style.CARE_SOFT),
            svg.arrow([back - 4 + 10j, back - 22 + 34j, back - 40 + 66j], style.CARE),
            svg.words(
                back + shown.back_at, "back rounds", fill=style.CARE, bold=True, anchor="middle", halo=style.CARE_SOFT
            ),
            scene.heading(26, "tick", shown.good),
            scene.heading(426, "cross", shown.fault),
            scene.footer(HEIGHT, say("pictures.positions.one_body_on_one_machine")),
        ]
    )
