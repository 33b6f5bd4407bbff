"""Power: push fast with a light weight, ease off before straight, lower slowly."""

from bot.core.drawing import machine, scene, style, svg
from bot.core.drawing.looks import THIRD
from bot.core.drawing.view import View
from bot.sentences import say

HEIGHT = 480


def draw() -> str:
    """Return the SVG."""
    seat = {"backrest": 25.0, "foot_height": 0.02}
    low = scene.posed(scene.setup_at("sled", knee_bend=72, **seat))
    high = scene.posed(scene.setup_at("sled", knee_bend=40, **seat))
    left, right = View(236, 190 + 338j), View(236, 592 + 338j)
    light = machine.Rig(discs=0.6)
    rail = left.direction(low.rail_direction)
    up = left.at(low.ankle) - rail * 1j * 116 - rail * 60
    down = right.at(high.ankle) - rail * 1j * 116 + rail * 16
    return svg.document(
        style.WIDTH,
        HEIGHT,
        [
            scene.panel(0, HEIGHT, style.CARD, scene.person_on_machine(left, low, look=THIRD, rig=light)),
            svg.arrow([up, up + rail * 50, up + rail * 108], style.GOOD, 15),
            scene.panel(402, HEIGHT, style.PANEL, scene.person_on_machine(right, high, look=THIRD, rig=light)),
            svg.arrow([down, down - rail * 40, down - rail * 84], style.CARE, 6),
            scene.heading(26, "one", "Push fast", say("pictures.fast_push.ease_off_before_straight")),
            scene.heading(428, "two", "Back slowly", "under control"),
            scene.footer(HEIGHT, say("pictures.fast_push.light_weight_that_still_moves_fast")),
        ],
    )
