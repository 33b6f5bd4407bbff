"""The three kinds of machine, each with the way it pushes and its own person."""

from bot.core.drawing import looks, scene, style, svg
from bot.core.drawing.view import View

HEIGHT = 400


def draw() -> str:
    """Return the SVG."""
    parts = []
    shown = (
        ("sled", "45-degree sled", 60, 136, complex(112, 303), style.PANEL),
        ("horizontal", "Seated, stack", 70, 116, complex(134, 297), style.CARD),
        ("vertical", "Near-vertical", 58, 150, complex(138, 289), style.PANEL),
    )
    for index, (key, title, bend, scale, origin, tint) in enumerate(shown):
        x = 267 * index
        backrest = {"sled": 25.0, "horizontal": 55.0, "vertical": 5.0}[key]
        view = View(scale, origin + x)
        found = scene.posed(scene.setup_at(key, backrest=backrest, foot_height=0.02, knee_bend=bend))
        rail = view.direction(found.rail_direction)
        middle = (
            view.at(found.knee) - 1j * 44 + rail * (10 if key != "vertical" else 0) - (56 if key == "vertical" else 0)
        )
        parts += [
            scene.panel(x, HEIGHT, tint, scene.person_on_machine(view, found, look=looks.EVERYBODY[index])),
            svg.arrow([middle - rail * 30, middle, middle + rail * 34], style.GOOD, halo=tint),
            svg.words(complex(x + 20, 52), title, size=32, bold=True),
        ]
    return svg.document(style.WIDTH, HEIGHT, parts)
