"""Feet high, in the middle and low on the plate, the sled in one place; a smaller angle is more bend, at hip and knee alike."""

from dataclasses import replace

from bot.core.drawing import looks, scene, style, svg
from bot.core.drawing.view import View
from bot.core.geometry import FootHeight, Pose, pose

HEIGHT = 420


def draw() -> str:
    """Return the SVG."""
    middle = scene.setup_at("sled", backrest=20, foot_height=0.02, knee_bend=72)
    parts = []
    shown = (
        (FootHeight.HIGH, "Feet high", style.PANEL),
        (FootHeight.MIDDLE, "Middle", style.CARD),
        (FootHeight.LOW, "Feet low", style.PANEL),
    )
    for index, (where, title, tint) in enumerate(shown):
        x = 267 * index
        view = View(160, complex(x + 124, 304))
        found = pose(scene.ILLUSTRATED, replace(middle, foot_height=middle.machine.foot_height(where)))
        parts += [
            scene.panel(x, HEIGHT, tint, scene.person_on_machine(view, found, look=looks.EVERYBODY[index])),
            scene.trunk_thigh_label(view, found, style.GOOD, radius=0.34),
            _knee(view, found, tint),
            scene.heading(x + 24, "", title),
        ]
    parts.append(scene.footer(HEIGHT, "The smaller the angle, the more bend. This drawing only"))
    return svg.document(style.WIDTH, HEIGHT, parts)


def _knee(view: View, shown: Pose, tint: str) -> str:
    """Return the angle at the knee between thigh and shin, its degrees above it."""
    knee = view.at(shown.knee)
    thigh, shin = view.direction(shown.hip - shown.knee), view.direction(shown.ankle - shown.knee)
    return svg.angle(knee, view.size(0.19), thigh, shin, style.CARE) + svg.words(
        knee - 4 - 26j,
        scene.degrees(180 - shown.knee_bend),
        size=32,
        fill=style.CARE,
        bold=True,
        anchor="middle",
        halo=tint,
    )
