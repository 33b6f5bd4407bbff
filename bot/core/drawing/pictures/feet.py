"""Feet high, in the middle and low on the plate, the sled in one place."""

from dataclasses import replace

from bot.core.drawing import scene, style, svg
from bot.core.drawing.view import View
from bot.core.geometry import FootHeight, pose

HEIGHT = 420


def draw() -> str:
    """Return the SVG."""
    middle = scene.setup_at("sled", backrest=20, foot_height=0.02, knee_bend=72)
    parts = []
    shown = (
        (FootHeight.HIGH, "Feet high", style.PANEL),
        (FootHeight.MIDDLE, "Feet middle", style.CARD),
        (FootHeight.LOW, "Feet low", style.PANEL),
    )
    for index, (where, title, tint) in enumerate(shown):
        x = 267 * index
        view = View(180, complex(x + 146, 290))
        found = pose(scene.ILLUSTRATED, replace(middle, foot_height=middle.machine.foot_height(where)))
        parts += [
            scene.panel(x, HEIGHT, tint, scene.person_on_machine(view, found)),
            scene.trunk_thigh_label(view, found, style.GOOD, radius=0.32),
            scene.knee_label(view, found, style.CARE, offset=-6 - 24j),
            scene.heading(x + 24, "", title),
        ]
    parts.append(scene.footer(HEIGHT, "At the hip: trunk to thigh. At the knee: its bend. This drawing only"))
    return svg.document(style.WIDTH, HEIGHT, parts)
