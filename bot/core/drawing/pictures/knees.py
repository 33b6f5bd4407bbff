"""The top of a rep: a soft end, and knees slammed straight."""

from bot.core.drawing import scene, style, svg
from bot.core.drawing.view import View

HEIGHT = 490


def draw() -> str:
    """Return the SVG."""
    seat = {"backrest": 25.0, "foot_height": 0.02}
    soft = scene.posed(scene.setup_at("sled", knee_bend=14, **seat))
    locked = scene.posed(scene.setup_at("sled", knee_bend=0.4, **seat))
    left, right = View(240, 194 + 340j), View(240, 596 + 340j)
    knee = right.at(locked.knee)
    across = svg.unit(right.direction(locked.knee - locked.hip)) * 1j
    return svg.document(
        style.WIDTH,
        HEIGHT,
        [
            scene.panel(0, HEIGHT, style.GOOD_SOFT, scene.person_on_machine(left, soft)),
            scene.knee_label(left, soft, style.GOOD, offset=-44 - 26j),
            scene.panel(402, HEIGHT, style.CARE_SOFT, scene.person_on_machine(right, locked)),
            svg.arrow([knee - across * 76, knee - across * 50, knee - across * 20], style.CARE),
            scene.knee_label(right, locked, style.CARE, offset=across * 54 + 10j),
            scene.heading(26, "tick", "Soft end", "straight, not snapped"),
            scene.heading(428, "care", "Slammed straight", "fast and heavy is the hazard"),
            scene.footer(HEIGHT, "A slow, easy straightening is not known to do harm"),
        ],
    )
