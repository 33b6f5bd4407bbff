"""How close to sit on a seated machine: too close folds the hips, further away they stay down."""

from bot.core.drawing import scene, style, svg
from bot.core.drawing.looks import FOURTH
from bot.core.drawing.view import View

HEIGHT = 470


def draw() -> str:
    """Return the SVG."""
    seat = {"backrest": 50.0, "foot_height": 0.02}
    close = scene.posed(scene.setup_at("horizontal", knee_bend=116, **seat))
    right_place = scene.posed(scene.setup_at("horizontal", knee_bend=78, **seat))
    left, right = View(194, 206 + 304j), View(194, 608 + 304j)
    return svg.document(
        style.WIDTH,
        HEIGHT,
        [
            scene.panel(0, HEIGHT, style.CARE_SOFT, scene.person_on_machine(left, close, look=FOURTH)),
            scene.trunk_thigh_arc(left, close, style.CARE),
            scene.panel(402, HEIGHT, style.GOOD_SOFT, scene.person_on_machine(right, right_place, look=FOURTH)),
            scene.trunk_thigh_arc(right, right_place, style.GOOD),
            scene.heading(26, "care", "Seat too close", "hips folded from the start"),
            scene.heading(428, "tick", "One notch back", "hips stay on the pad"),
            scene.footer(HEIGHT, "Too far away, and only the easy top is left"),
        ],
    )
