"""A short and a tall person on the same machine: each has a stop of their own."""

from bot.core.drawing import scene, style, svg
from bot.core.drawing.looks import SECOND, THIRD
from bot.core.drawing.view import View
from bot.core.geometry import MACHINES, Person, Pose, Setup, distance_at_knee_bend, pose
from bot.sentences import say

HEIGHT = 480


def draw() -> str:
    """Return the SVG."""
    short, tall = _at_stop(Person(1.55)), _at_stop(Person(1.95))
    left, right = View(226, 190 + 338j), View(226, 596 + 338j)
    return svg.document(
        style.WIDTH,
        HEIGHT,
        [
            scene.panel(0, HEIGHT, style.CARD, scene.person_on_machine(left, short, look=SECOND)),
            scene.panel(402, HEIGHT, style.PANEL, scene.person_on_machine(right, tall, look=THIRD)),
            scene.heading(26, "", "Short", say("pictures.two_bodies.sled_comes_closer")),
            scene.heading(428, "", "Tall", say("pictures.two_bodies.it_stops_further_away")),
            scene.footer(HEIGHT, say("pictures.two_bodies.same_machine")),
        ],
    )


def _at_stop(person: Person) -> Pose:
    seat = Setup(MACHINES["sled"], 22.0, 0.0, 0.03)
    distance = distance_at_knee_bend(person, seat, 78)
    assert distance is not None
    return pose(person, seat.at(distance))
