"""Stuck under a sled: lower it onto the stops, which hold it, and slide out."""

from bot.core.drawing import figure, machine, scene, style, svg
from bot.core.drawing.looks import FIRST
from bot.core.drawing.view import View
from bot.sentences import say

HEIGHT = 480


def draw() -> str:
    """Return the SVG."""
    seat = {"backrest": 25.0, "foot_height": 0.02}
    held = scene.posed(scene.setup_at("sled", knee_bend=84, **seat))
    rig = machine.Rig(stop=held.setup.plate_distance - 0.035, stop_colour=style.GOOD)
    left, right = View(236, 190 + 338j), View(236, 592 + 338j)
    out = figure.Leg(held.hip, complex(0.41, 0.06), complex(0.47, -0.285), 1 + 0j)
    pin = left.at(machine.stop_place(held, rig.stop or 0.0))
    down = left.at(held.ankle) - left.direction(held.rail_direction) * 1j * 112
    rail = left.direction(held.rail_direction)
    return svg.document(
        style.WIDTH,
        HEIGHT,
        [
            scene.panel(0, HEIGHT, style.CARD, scene.person_on_machine(left, held, look=FIRST, rig=rig)),
            svg.arrow([down + rail * 40, down + rail * 6, down - rail * 36], style.CARE),
            svg.arrow([pin + 4 + 70j, pin + 6 + 48j, pin + 6 + 24j], style.GOOD),
            svg.words(complex(388, pin.imag + 98), "stop", fill=style.GOOD, bold=True, anchor="end", halo=style.CARD),
            scene.panel(
                402, HEIGHT, style.GOOD_SOFT, scene.person_on_machine(right, held, look=FIRST, rig=rig, near=out)
            ),
            scene.heading(26, "one", "Lower slowly", "onto the stops"),
            scene.heading(428, "two", "Slide out", "to the side"),
            scene.footer(HEIGHT, say("pictures.if_you_get_stuck.what_stops_are_for")),
        ],
    )
