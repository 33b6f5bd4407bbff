"""The founding post's two pictures beside each other: a good stopping position, and the knees at the chest."""

from bot.core.drawing import scene, style, svg
from bot.core.drawing.view import View
from bot.core.geometry import with_hip_limit

HEIGHT = 490
_HIP_LIMIT = 108.0
"""How far the illustrated person's hips bend before the pelvis rolls, degrees: one body's, chosen for the drawing."""


def draw() -> str:
    """Return the SVG."""
    return svg.document(style.WIDTH, HEIGHT, [scene_parts()])


def scene_parts() -> str:
    """Return what the card holds, for a page that lays it elsewhere."""
    seat = {"backrest": 25.0, "foot_height": 0.04}
    stop = scene.posed(scene.setup_at("sled", knee_bend=72, **seat))
    deep = with_hip_limit(scene.ILLUSTRATED, scene.setup_at("sled", knee_bend=126, **seat), _HIP_LIMIT)
    left, right = View(282, 214 + 332j), View(282, 616 + 332j)
    hip = right.at(deep.hip)
    back = right.at(deep.lumbosacral)
    return "".join(
        [
            scene.panel(0, HEIGHT, style.GOOD_SOFT, scene.person_on_machine(left, stop, lumbar=style.GOOD)),
            scene.trunk_thigh_label(left, stop, style.GOOD),
            svg.words(
                left.at(stop.hip) + 8 + 84j,
                "hips stay down",
                fill=style.GOOD,
                bold=True,
                anchor="middle",
                halo=style.GOOD_SOFT,
            ),
            scene.panel(402, HEIGHT, style.CARE_SOFT, scene.person_on_machine(right, deep, lumbar=style.CARE)),
            scene.trunk_thigh_label(right, deep, style.CARE),
            svg.arrow([hip + 30 + 66j, hip + 36 + 30j, hip + 24 - 2j], style.CARE),
            svg.words(hip + 50 + 62j, "hips lift", fill=style.CARE, bold=True, halo=style.CARE_SOFT),
            svg.arrow([back - 4 - 4j, back - 22 + 26j, back - 40 + 58j], style.CARE),
            svg.words(
                back - 58 + 90j, "back rounds", fill=style.CARE, bold=True, anchor="middle", halo=style.CARE_SOFT
            ),
            scene.heading(26, "tick", "Good stop"),
            scene.heading(426, "cross", "Knees to chest"),
            scene.footer(HEIGHT, "Angles of this drawing, not a safe line"),
        ]
    )
