"""Finding and setting the safety stop: the empty sled down to where the hips roll, one notch up, the stop just below."""

from bot.core.drawing import machine, scene, style, svg
from bot.core.drawing.looks import SECOND
from bot.core.drawing.machine import Rig
from bot.core.drawing.view import View
from bot.sentences import say

HEIGHT = 500
_SEAT = {"backrest": 22.0, "foot_height": 0.03}
_ROLLS, _STOPS = 92.0, 76.0
"""Degrees of knee bend: where the drawn person's hips start to roll, and one notch above it."""


def draw() -> str:
    """Return the SVG."""
    rolls = scene.posed(scene.setup_at("sled", knee_bend=_ROLLS, **_SEAT))
    stops = scene.posed(scene.setup_at("sled", knee_bend=_STOPS, **_SEAT))
    left, right = View(226, 194 + 340j), View(226, 592 + 340j)
    lowest = Rig(discs=0.0, holes=True, stop=0.30)
    held = Rig(discs=0.0, holes=True, stop=stops.setup.plate_distance - 0.035, stop_colour=style.GOOD)
    rail = left.direction(rolls.rail_direction)
    down = left.at(rolls.ankle) - rail * 1j * 128 + rail * 36
    up = right.at(stops.ankle) - rail * 1j * 128 - rail * 30
    pin = right.at(machine.stop_place(stops, held.stop or 0.0))
    place = pin + 6 + 62j
    return svg.document(
        style.WIDTH,
        HEIGHT,
        [
            scene.panel(
                0, HEIGHT, style.CARD, scene.person_on_machine(left, rolls, lumbar=style.CARE, look=SECOND, rig=lowest)
            ),
            svg.arrow([down, down - rail * 40, down - rail * 84], style.CARE),
            svg.words(
                complex(196, 96),
                say("pictures.setting_the_stop.hips_start_to_roll"),
                fill=style.CARE,
                bold=True,
                anchor="middle",
                halo=style.CARD,
            ),
            scene.panel(
                402,
                HEIGHT,
                style.GOOD_SOFT,
                scene.person_on_machine(right, stops, lumbar=style.GOOD, look=SECOND, rig=held),
            ),
            svg.arrow([up, up + rail * 26, up + rail * 56], style.GOOD, halo=style.GOOD_SOFT),
            svg.arrow([place + 10j, place - 8j, pin + 8 + 22j], style.GOOD, halo=style.GOOD_SOFT),
            svg.words(
                complex(784, place.imag + 40),
                "the stop",
                fill=style.GOOD,
                bold=True,
                anchor="end",
                halo=style.GOOD_SOFT,
            ),
            scene.heading(26, "one", "Down, empty"),
            scene.heading(428, "two", "One notch up"),
            scene.footer(HEIGHT, say("pictures.setting_the_stop.sore_back")),
        ],
    )
