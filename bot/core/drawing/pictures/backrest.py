"""The same sled position with the back rest upright and reclined."""

from dataclasses import replace

from bot.core.drawing import scene, style, svg
from bot.core.drawing.view import View
from bot.core.geometry import pose
from bot.sentences import say

HEIGHT = 480


def draw() -> str:
    """Return the SVG."""
    reclined_setup = scene.setup_at("sled", backrest=20, foot_height=0.02, knee_bend=76)
    reclined = scene.posed(reclined_setup)
    upright = pose(scene.ILLUSTRATED, replace(reclined_setup, backrest=45))
    left, right = View(270, 214 + 318j), View(270, 616 + 318j)
    return svg.document(
        style.WIDTH,
        HEIGHT,
        [
            scene.panel(0, HEIGHT, style.CARD, scene.person_on_machine(left, upright)),
            scene.trunk_thigh_label(left, upright, style.INK),
            scene.panel(402, HEIGHT, style.PANEL, scene.person_on_machine(right, reclined)),
            scene.trunk_thigh_label(right, reclined, style.INK),
            scene.heading(26, "", "Upright", "hips more bent"),
            scene.heading(428, "", "Reclined", "more hip room"),
            scene.footer(HEIGHT, say("pictures.backrest.same_sled")),
        ],
    )
