"""Sore knees: the shallow and middle part of the bend first, deeper only as it stays calm."""

import cmath
import math

from bot.core.drawing import scene, style, svg
from bot.core.drawing.looks import FOURTH
from bot.core.drawing.view import View
from bot.core.geometry import Pose
from bot.sentences import say

HEIGHT = 480
_ZONES = (
    (14.0, 50.0, style.GOOD, "start here"),
    (50.0, 84.0, "#E9B949", "then here"),
    (84.0, 116.0, style.CARE, "later"),
)
_REACH = 0.40


def draw() -> str:
    """Return the SVG."""
    shown = scene.posed(scene.setup_at("sled", backrest=25.0, foot_height=0.02, knee_bend=50))
    view = View(262, 300 + 352j)
    return svg.document(
        style.WIDTH,
        HEIGHT,
        [
            scene.panel(0, HEIGHT, style.CARD, scene.person_on_machine(view, shown, look=FOURTH)),
            *(_zone(view, shown, zone) for zone in _ZONES),
            svg.circle(view.at(shown.knee), 9, style.INK),
            scene.heading(26, "", say("pictures.drawn.title_knee_range")),
            scene.panel_foot(HEIGHT, say("pictures.knee_range.only_as_far_as_next_morning")),
        ],
    )


def _zone(view: View, shown: Pose, zone: tuple[float, float, str, str]) -> str:
    """Return the part of the knee's way between two bends, as an arc that the shin sweeps over, and its name."""
    least, most, fill, name = zone
    knee, radius = view.at(shown.knee), view.size(_REACH)
    thigh = view.direction(shown.knee - shown.hip)

    def at(bend: float, reach: float = radius) -> complex:
        return knee + svg.unit(thigh) * cmath.rect(reach, math.radians(bend))

    start, end = at(least), at(most)
    rim = f"M{svg.at(start)}A{svg.number(radius)} {svg.number(radius)} 0 0 1 {svg.at(end)}"
    return (
        svg.path(rim, stroke=style.CARD, width=30, dashes="0")
        + svg.path(rim, stroke=fill, width=22, dashes="0")
        + svg.words(at((least + most) / 2, radius + 34) + 12j, name, bold=True, size=style.SMALL + 2, halo=style.CARD)
    )
