"""The machine around a pose: frame, rails, sled with foot plate and weights, seat and back pad."""

import cmath
import math
from dataclasses import dataclass

from bot.core.drawing import style, svg
from bot.core.drawing.figure import BACK, SEAT
from bot.core.drawing.view import View
from bot.core.geometry import Machine, Pose

_SEAT_TILT = {"sled": 14.0, "horizontal": 4.0, "vertical": 24.0}
_PLATE_BELOW, _PLATE_ABOVE, _PLATE_THICK = 0.24, 0.34, 0.05
_DISC = 0.185
"""Metres from the middle of the weights to their edge."""
_PAD = 0.075
_CARRIAGE = 0.30
"""Metres from the plate to the far end of what carries it along the rail."""


@dataclass(frozen=True, slots=True)
class Rig:
    """How the machine is drawn: how large the weights on the sled are (0: none), and where its stop stands.

    `stop`: the plate distance in metres that the stop holds the sled at, None for the lowest place. `stop_colour`: what
    the stop is pointed out in. `holes`: whether the places where it can stand are seen. `plate_below`: how far the foot
    plate reaches down, metres. `stops`: whether the machine has stops at all.
    """

    discs: float = 1.0
    stop: float | None = None
    stop_colour: str = style.IRON
    holes: bool = False
    plate_below: float = _PLATE_BELOW
    stops: bool = True


USUAL = Rig()
EMPTY = Rig(discs=0.0)


def seat_direction(machine: Machine) -> complex:
    """Return unit vector along the seat pad, away from the back pad."""
    return cmath.rect(1.0, math.radians(_SEAT_TILT[machine.key]))


def floor(pose: Pose) -> float:
    """Height of the floor in metres, the hip being at 0."""
    return {"sled": -0.36, "horizontal": -0.52, "vertical": -0.42}[pose.setup.machine.key]


def grip(pose: Pose) -> complex:
    """Where the handle beside the seat is, metres."""
    along = seat_direction(pose.setup.machine)
    return along * 0.19 - along * 1j * 0.07


def behind(view: View, pose: Pose, rig: Rig = USUAL) -> str:
    """All of the machine that lies behind the person."""
    if pose.setup.machine.key == "horizontal":
        weighted = _tower(view, pose) + _seat_rail(view, pose) + _fixed_plate(view, pose)
    else:
        weighted = _rails(view, pose, rig) + _sled(view, pose, rig)
    return _frame(view, pose) + weighted + _seat(view, pose) + _back_pad(view, pose)


def in_front(view: View, pose: Pose) -> str:
    """Return the handle, which the hand closes on."""
    along = seat_direction(pose.setup.machine)
    hold = grip(pose)
    foot = hold - along * 1j * 0.15 - along * 0.03
    return svg.line([view.at(foot), view.at(hold)], style.STEEL_DARK, view.size(0.030)) + svg.line(
        [view.at(hold - along * 0.012), view.at(hold + along * 0.045)], style.IRON, view.size(0.042)
    )


def _pad(view: View, start: complex, end: complex, outward: complex) -> str:
    """Return an upholstered pad whose skin runs from start to end, its body `outward` of it."""
    inset = svg.unit(end - start) * _PAD / 2
    middle, top = outward * _PAD / 2, outward * _PAD * 0.24
    return svg.line(
        [view.at(start + inset + middle), view.at(end - inset + middle)], style.PAD, view.size(_PAD)
    ) + svg.line([view.at(start + inset + top), view.at(end - inset + top)], style.PAD_TOP, view.size(_PAD) * 0.26)


def _seat(view: View, pose: Pose) -> str:
    height = pose.person.height
    along = seat_direction(pose.setup.machine)
    below = -along * 1j
    surface = below * SEAT * height
    length = 0.34 if pose.setup.machine.key != "vertical" else 0.24
    start, end = surface - along * 0.10, surface + along * (length - 0.10)
    foot = complex((start + end).real / 2, floor(pose))
    post = svg.line([view.at((start + end) / 2 + below * 0.05), view.at(foot)], style.STEEL_DARK, view.size(0.06))
    return post + _pad(view, start, end, below)


def _back_pad(view: View, pose: Pose) -> str:
    height = pose.person.height
    along = pose.trunk_direction
    back = along * 1j
    surface = back * BACK * height
    start, end = surface + along * 0.02, surface + along * 0.455 * height
    hinge = surface + along * 0.05 + back * 0.10
    strut_top = surface + along * 0.36 * height + back * 0.09
    strut_foot = complex(min(strut_top.real, hinge.real) + 0.10, floor(pose) + 0.03)
    if pose.setup.backrest > 40:  # noqa: PLR2004 - an upright pad is propped from behind
        strut_foot = complex(strut_top.real - 0.16, floor(pose) + 0.03)
    strut = svg.line([view.at(strut_top), view.at(strut_foot)], style.STEEL_DARK, view.size(0.045))
    return strut + _pad(view, start, end, back)


def corner(pose: Pose) -> tuple[complex, ...]:
    """Return the room in the corner of seat and back pad as far as a body fills it, metres."""
    height = pose.person.height
    back = pose.trunk_direction * 1j * BACK * height
    along = seat_direction(pose.setup.machine)
    seat = -along * 1j * SEAT * height
    return (
        back + pose.trunk_direction * 0.15 * height,
        back - pose.trunk_direction * 0.01,
        seat - along * 0.08,
        seat + along * 0.10,
        seat + along * 0.10 + 0.06j,
    )


def _frame(view: View, pose: Pose) -> str:
    level = floor(pose)
    left, right = frame_span(pose)
    beam = svg.line(
        [view.at(complex(left, level + 0.02)), view.at(complex(right, level + 0.02))], style.STEEL_DARK, view.size(0.05)
    )
    feet = "".join(
        svg.line(
            [view.at(complex(x - 0.05, level - 0.015)), view.at(complex(x + 0.05, level - 0.015))],
            style.IRON,
            view.size(0.03),
        )
        for x in (left + 0.04, right - 0.04)
    )
    return feet + beam


def frame_span(pose: Pose) -> tuple[float, float]:
    """Left and right end of the frame on the floor, metres; the post of the rail stands on it."""
    key = pose.setup.machine.key
    left, right = {"sled": (-0.62, 0.86), "horizontal": (-1.00, 1.0), "vertical": (-0.70, 0.62)}[key]
    reach = _rail_line(pose)[1].real if key != "horizontal" else pose.setup.plate_distance + 0.3
    return left, max(right, reach)


def highest(pose: Pose) -> float:
    """Return how far above the hip the machine reaches, metres: plate, weights, rail or back pad."""
    key = pose.setup.machine.key
    plate = pose.rail_direction * pose.setup.plate_distance + pose.plate_direction * (_PLATE_ABOVE + _PLATE_THICK / 2)
    pad = pose.trunk_direction * (0.455 * pose.person.height + 1j * BACK * pose.person.height)
    if key == "horizontal":
        return max(plate.imag, pad.imag, 0.62)
    return max(plate.imag, _weights(pose).imag + _DISC, _rail_line(pose)[1].imag, pad.imag)


def _weights(pose: Pose) -> complex:
    """Return the middle of the weights, metres."""
    return _on_rail(pose) + pose.rail_direction * (0.10 + 0.30j)


def _on_rail(pose: Pose) -> complex:
    """Return the point of the rail that the sled stands on, metres."""
    rail = pose.rail_direction
    low, _ = _rail_line(pose)
    return low + rail * ((rail * pose.setup.plate_distance - low) * rail.conjugate()).real + rail * 0.10


def _rail_line(pose: Pose) -> tuple[complex, complex]:
    """Lower and upper end of the rail, which runs under the sled and on to where long legs push it."""
    rail = pose.rail_direction
    aside = -rail * 1j
    low, high = {"sled": (0.26, 0.95), "horizontal": (0.30, 1.22), "vertical": (0.10, 1.18)}[pose.setup.machine.key]
    offset = aside * 0.36
    return rail * low + offset, rail * max(high, pose.setup.plate_distance + _CARRIAGE) + offset


def stop_place(pose: Pose, distance: float) -> complex:
    """Return where the stop stands that holds the sled at a plate distance, metres."""
    rail = pose.rail_direction
    low, _ = _rail_line(pose)
    along = ((rail * distance - low) * rail.conjugate()).real
    return low + rail * (along - 0.05) + rail * 1j * 0.025


def _rails(view: View, pose: Pose, rig: Rig) -> str:
    low, high = _rail_line(pose)
    level = floor(pose)
    rail = pose.rail_direction
    post_top = high - rail * 0.06
    posts = svg.line([view.at(post_top), view.at(complex(post_top.real, level))], style.STEEL_DARK, view.size(0.05))
    foot = low + rail * 0.04
    posts += svg.line([view.at(foot), view.at(complex(foot.real, level))], style.STEEL_DARK, view.size(0.05))
    stop = low + rail * 0.13 + rail * 1j * 0.025 if rig.stop is None else stop_place(pose, rig.stop)
    places = [low + rail * (0.06 + 0.08 * number) for number in range(7)] if rig.holes else []
    held = svg.line(
        [view.at(stop - rail * 1j * 0.02), view.at(stop + rail * 1j * 0.06)], rig.stop_colour, view.size(0.045)
    )
    return (
        posts
        + svg.line([view.at(low), view.at(high)], style.STEEL, view.size(0.055))
        + "".join(svg.circle(view.at(place), view.size(0.014), style.CARD) for place in places)
        + (held if rig.stops else "")
    )


_TOWER = (-0.98, -0.70)
_STACK = 9


def _tower(view: View, pose: Pose) -> str:
    """Return the weight stack of a seated machine, with its pin, in a frame behind the back rest."""
    left, right = _TOWER
    level, top = floor(pose) + 0.03, 0.62
    middle = (left + right) / 2
    frame = [
        view.at(complex(left, level)),
        view.at(complex(left, top)),
        view.at(complex(right, top)),
        view.at(complex(right, level)),
    ]
    plates = "".join(
        svg.line(
            [
                view.at(complex(left + 0.06, level + 0.06 + 0.066 * row)),
                view.at(complex(right - 0.06, level + 0.06 + 0.066 * row)),
            ],
            style.IRON if row < _STACK - 2 else style.DISC,
            view.size(0.052),
        )
        for row in range(_STACK)
    )
    pinned = level + 0.06 + 0.066 * (_STACK - 3)
    pin = svg.line(
        [view.at(complex(right - 0.07, pinned)), view.at(complex(right + 0.03, pinned))], style.CARE, view.size(0.026)
    )
    rod = svg.line(
        [view.at(complex(middle, top)), view.at(complex(middle, level + 0.06 * _STACK))],
        style.STEEL_LIGHT,
        view.size(0.02),
    )
    cable = svg.line(
        [view.at(complex(right, level + 0.02)), view.at(complex(-0.30, level + 0.05))],
        style.STEEL_DARK,
        view.size(0.012),
    )
    return cable + rod + plates + svg.line(frame, style.STEEL, view.size(0.05)) + pin


def _seat_rail(view: View, pose: Pose) -> str:
    """Return the rail that the seat of a seated machine slides on."""
    level = floor(pose) + 0.13
    rail = pose.rail_direction
    low, high = complex(-0.34, level), complex(-0.34, level) + rail * 0.92
    posts = "".join(
        svg.line([view.at(end), view.at(complex(end.real, floor(pose)))], style.STEEL_DARK, view.size(0.04))
        for end in (low, high)
    )
    rollers = "".join(
        svg.circle(view.at(low + rail * (0.26 + 0.18 * place) + 0.03j), view.size(0.03), style.IRON) for place in (0, 1)
    )
    return posts + svg.line([view.at(low), view.at(high)], style.STEEL, view.size(0.05)) + rollers


def _fixed_plate(view: View, pose: Pose) -> str:
    """Return the foot plate of a seated machine, which stands still: the seat moves."""
    up = pose.plate_direction
    centre = pose.rail_direction * pose.setup.plate_distance
    away = -up * 1j * _PLATE_THICK / 2
    bottom, top = centre - up * _PLATE_BELOW + away, centre + up * _PLATE_ABOVE + away
    behind_it = centre + away * 5
    foot = complex(behind_it.real + 0.14, floor(pose) + 0.02)
    return (
        svg.line([view.at(centre + away), view.at(behind_it), view.at(foot)], style.STEEL, view.size(0.07))
        + svg.line([view.at(bottom), view.at(top)], style.STEEL_DARK, view.size(_PLATE_THICK))
        + svg.line([view.at(bottom - away * 0.7), view.at(top - away * 0.7)], style.STEEL_LIGHT, view.size(0.014))
    )


def _sled(view: View, pose: Pose, rig: Rig) -> str:
    rail = pose.rail_direction
    up = pose.plate_direction
    centre = rail * pose.setup.plate_distance
    away = -up * 1j * _PLATE_THICK / 2
    bottom, top = centre - up * rig.plate_below + away, centre + up * _PLATE_ABOVE + away
    on_rail, horn = _on_rail(pose), _weights(pose)
    carriage = [
        view.at(bottom + away), view.at(top + away), view.at(horn + rail * 0.05 + rail * 1j * 0.02),
        view.at(on_rail + rail * 0.16 + rail * 1j * 0.03), view.at(on_rail - rail * 0.08 + rail * 1j * 0.03),
    ]  # fmt: skip
    discs = (
        svg.circle(view.at(horn), view.size(_DISC * rig.discs), style.IRON)
        + svg.circle(view.at(horn), view.size(0.135 * rig.discs), style.DISC)
        + svg.circle(view.at(horn), view.size(0.050), style.STEEL_LIGHT)
    )
    rollers = "".join(
        svg.circle(view.at(on_rail + rail * offset), view.size(0.034), style.IRON) for offset in (-0.06, 0.14)
    )
    return (
        svg.polygon(carriage, style.STEEL, stroke=style.STEEL, width=view.size(0.03))
        + discs
        + rollers
        + svg.line([view.at(bottom), view.at(top)], style.STEEL_DARK, view.size(_PLATE_THICK))
        + svg.line([view.at(bottom - away * 0.7), view.at(top - away * 0.7)], style.STEEL_LIGHT, view.size(0.014))
    )
