"""How close to sit on a seated machine: too close folds the hips, further away they stay down."""

from bot.core.drawing import scene, style, svg
from bot.core.drawing.looks import FOURTH
from bot.core.drawing.view import View
from bot.sentences import say

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
            scene.heading(26, "care", "Seat too close", say("pictures.seat_distance.hips_folded_from_start")),
            scene.heading(428, "tick", "One notch back", say("pictures.seat_distance.hips_stay_on_pad")),
            scene.footer(HEIGHT, say("pictures.seat_distance.too_far_away")),
        ],
    )
