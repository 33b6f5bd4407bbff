"""What the leg press works: thigh and buttocks most, the back of the thigh and the calf little."""

from bot.core.drawing import scene, style, svg
from bot.core.drawing.looks import SECOND
from bot.core.drawing.view import View
from bot.core.geometry import Pose
from bot.sentences import say

HEIGHT = 470
_LESS = "#E9B949"


def draw() -> str:
    """Return the SVG."""
    pose = scene.posed(scene.setup_at("sled", backrest=25.0, foot_height=0.02, knee_bend=76))
    view = View(330, 300 + 366j)
    quads, hams = _along(view, pose, 0.50, 0.036), _along(view, pose, 0.58, -0.036)
    buttock = view.at(pose.hip - 0.02 - 0.052j * pose.person.height)
    calf = _calf(view, pose)
    return svg.document(
        style.WIDTH,
        HEIGHT,
        [
            scene.panel(0, HEIGHT, style.CARD, scene.person_on_machine(view, pose, look=SECOND)),
            _muscle(view, pose, (0.10, 0.94), (0.002, 0.052), style.GOOD),
            _muscle(view, pose, (0.16, 0.90), (-0.054, -0.012), _LESS),
            svg.circle(buttock, view.size(0.056), style.GOOD, extra='stroke="#FBF8F1" stroke-width="3"'),
            svg.circle(calf, view.size(0.030), _LESS, extra='stroke="#FBF8F1" stroke-width="3"'),
            _label(quads, (60 + 116j, 170 + 160j), (say("pictures.what_it_works.front_of_thigh"), "most"), style.GOOD),
            _label(buttock, (26 + 426j, 150 + 396j), ("Buttocks", "much"), style.GOOD),
            _label(hams, (560 + 388j, 552 + 380j), ("Back of thigh", "little"), style.INK),
            _label(calf, (600 + 292j, 590 + 286j), ("Calf", "little"), style.INK),
            scene.heading(26, "", "What it works"),
        ],
    )


def _along(view: View, pose: Pose, share: float, aside: float) -> complex:
    line = svg.unit(pose.knee - pose.hip) * 1j
    return view.at(pose.hip + (pose.knee - pose.hip) * share + line * aside * pose.person.height)


def _calf(view: View, pose: Pose) -> complex:
    line = svg.unit(pose.ankle - pose.knee) * 1j
    return view.at(pose.knee + (pose.ankle - pose.knee) * 0.34 - line * 0.022 * pose.person.height)


def _muscle(view: View, pose: Pose, length: tuple[float, float], width: tuple[float, float], fill: str) -> str:
    """Return a muscle along the thigh: from where to where (shares of it), between two distances from its middle."""
    (start, end), (one, other) = length, width
    middle = (one + other) / 2
    outline = [
        _along(view, pose, start, middle), _along(view, pose, start * 0.6 + end * 0.4, other), _along(view, pose, start * 0.3 + end * 0.7, other * 0.92 + middle * 0.08),
        _along(view, pose, end, middle), _along(view, pose, start * 0.3 + end * 0.7, one * 0.92 + middle * 0.08), _along(view, pose, start * 0.6 + end * 0.4, one),
    ]  # fmt: skip
    return svg.path(svg.curve(outline, closed=True), fill, stroke=style.CARD, width=3)


def _label(spot: complex, places: tuple[complex, complex], words: tuple[str, str], fill: str) -> str:
    """Return a name with how much below it, and a line from what it names; `places`: of the words, and of the line's end."""
    (place, towards), (name, how_much) = places, words
    return (
        svg.line([spot, towards], style.INK, 3)
        + svg.circle(spot, 6, style.INK)
        + svg.words(place, name, size=style.SMALL + 2, bold=True, halo=style.CARD)
        + svg.words(place + 30j, how_much, size=style.SMALL + 2, fill=fill, bold=True, halo=style.CARD)
    )
