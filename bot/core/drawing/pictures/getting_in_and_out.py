"""Getting in and out of a sled: feet on and push before the handles open, handles locked before the feet go down."""

from bot.core.drawing import figure, machine, scene, style, svg
from bot.core.drawing.looks import FOURTH, THIRD
from bot.core.drawing.view import View
from bot.sentences import say

HEIGHT = 480


def draw() -> str:
    """Return the SVG."""
    seat = {"backrest": 25.0, "foot_height": 0.02}
    pushed = scene.posed(scene.setup_at("sled", knee_bend=26, **seat))
    down = figure.Leg(pushed.hip, complex(0.41, 0.06), complex(0.47, -0.285), 1 + 0j)
    other = figure.Leg(pushed.hip, complex(0.43, 0.10), complex(0.55, -0.270), 1 + 0j)
    left, right = View(238, 190 + 332j), View(238, 592 + 332j)
    held = machine.Rig(discs=0.0, stop=pushed.setup.plate_distance - 0.035, stop_colour=style.GOOD)
    return svg.document(
        style.WIDTH,
        HEIGHT,
        [
            scene.panel(0, HEIGHT, style.CARD, scene.person_on_machine(left, pushed, look=THIRD, rig=machine.EMPTY)),
            _lock(left.at(machine.grip(pushed)) + 34 - 46j, is_open=True),
            scene.panel(
                402,
                HEIGHT,
                style.PANEL,
                scene.person_on_machine(right, pushed, look=FOURTH, rig=held, near=down, far=other),
            ),
            _lock(right.at(machine.stop_place(pushed, held.stop or 0.0)) - 26 - 60j, is_open=False),
            scene.heading(26, "one", "In", say("pictures.getting_in_and_out.feet_on")),
            scene.heading(428, "two", "Out", say("pictures.getting_in_and_out.lock_it")),
            scene.footer(HEIGHT, say("pictures.getting_in_and_out.sit_moment_before_you_stand_up")),
        ],
    )


def _lock(centre: complex, *, is_open: bool) -> str:
    """Return a padlock; an open one has its shackle aside, so that shape tells them apart."""
    colour = style.CARE if is_open else style.GOOD
    aside = 12 if is_open else 0
    top = centre - 12j
    shackle = [top - 11 + aside, top - 11 + aside - 14j, top + aside - 26j, top + 11 + aside - 14j, top + 11 + aside]
    shackle = shackle[:4] if is_open else shackle
    return (
        svg.circle(centre - 6j, 36, style.CARD)
        + svg.path(svg.curve(shackle), stroke=colour, width=7)
        + svg.box(centre.real - 19, centre.imag - 14, 38, 30, colour, radius=6)
        + svg.circle(centre + 1j, 5, "#FFFFFF")
    )
