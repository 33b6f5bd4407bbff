"""Feet high, in the middle and low on the plate, the sled in one place, with the angle between trunk and thigh."""

from dataclasses import replace

from bot.core.drawing import looks, scene, style, svg
from bot.core.drawing.view import View
from bot.core.geometry import FootHeight, pose
from bot.sentences import say

HEIGHT = 420


def draw() -> str:
    """Return the SVG."""
    middle = scene.setup_at("sled", backrest=20, foot_height=0.02, knee_bend=72)
    parts = []
    shown = (
        (FootHeight.HIGH, "Feet high", "more hip bend", style.PANEL),
        (FootHeight.MIDDLE, "Middle", "", style.CARD),
        (FootHeight.LOW, "Feet low", "more knee bend", style.PANEL),
    )
    for index, (where, title, below, tint) in enumerate(shown):
        x = 267 * index
        view = View(160, complex(x + 124, 304))
        found = pose(scene.ILLUSTRATED, replace(middle, foot_height=middle.machine.foot_height(where)))
        parts += [
            scene.panel(x, HEIGHT, tint, scene.person_on_machine(view, found, look=looks.EVERYBODY[index])),
            scene.trunk_thigh_label(view, found, style.GOOD, radius=0.34),
            scene.heading(x + 24, "", title, below),
        ]
    parts.append(scene.footer(HEIGHT, say("pictures.feet.small_change")))
    return svg.document(style.WIDTH, HEIGHT, parts)
