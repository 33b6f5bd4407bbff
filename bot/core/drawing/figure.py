"""The person, drawn around the joints of a pose. Thicknesses are fractions of body height, chosen by eye for drawing."""

import cmath
import math
from dataclasses import dataclass
from itertools import pairwise

from bot.core.drawing import style, svg
from bot.core.drawing.looks import FIRST, Look
from bot.core.drawing.view import View
from bot.core.geometry import Pose

BACK = 0.062
"""Half the depth of the trunk, from its line to the skin of the back."""
SEAT = 0.066
"""From the hip joint to the skin that sits on the pad."""

Profile = tuple[tuple[float, float, float], ...]
"""How thick a limb is: fraction of the way, to its left, to its right (fractions of body height)."""

_NOD = cmath.rect(1.0, math.radians(-16))
"""The head against the trunk."""

_BEADS = 13
_LUMBAR = (2, 7)  # the beads of the lower back, from the tail upwards

_DIAGONAL = math.sqrt(0.5)
_THIGH: Profile = (
    (0.0, 0.056, 0.060),
    (0.25, 0.054, 0.056),
    (0.6, 0.047, 0.044),
    (0.9, 0.035, 0.034),
    (1.0, 0.032, 0.032),
)
_SHORTS: Profile = ((0.0, 0.058, 0.063), (0.4, 0.058, 0.059), (1.0, 0.053, 0.052))
_SHANK: Profile = (
    (0.0, 0.031, 0.031), (0.12, 0.029, 0.034), (0.3, 0.027, 0.041), (0.5, 0.024, 0.035), (0.8, 0.019, 0.022),
    (1.0, 0.019, 0.019),
)  # fmt: skip
_UPPER_ARM: Profile = ((0.0, 0.032, 0.032), (0.4, 0.028, 0.028), (1.0, 0.021, 0.021))
_FOREARM: Profile = ((0.0, 0.021, 0.021), (0.3, 0.023, 0.022), (1.0, 0.014, 0.014))


@dataclass(frozen=True, slots=True)
class Leg:
    """Hip, knee and ankle of one leg, metres, and the direction of its sole from heel to toe."""

    hip: complex
    knee: complex
    ankle: complex
    toe: complex


def leg_of(pose: Pose) -> Leg:
    """Return the leg of a pose (both legs of a pose are alike)."""
    return Leg(pose.hip, pose.knee, pose.ankle, pose.plate_direction)


def limb(
    view: View, start: complex, end: complex, profile: Profile, height: float, *, hem: bool = False
) -> list[complex]:
    """Outline in pixels of a limb: at each fraction of the way, so thick to its left and to its right.

    Its ends are round; with `hem` the far one is cut off straight, as cloth is.
    """
    along = svg.unit(end - start)
    left = along * 1j
    points = [start + (end - start) * t + left * one * height for t, one, _ in profile]
    points += _cap(end, along, profile[-1], height, hem=hem)
    points += [start + (end - start) * t - left * other * height for t, _, other in reversed(profile)]
    _, one, other = profile[0]
    points += _cap(start, -along, (0.0, other, one), height, hem=False)
    return [view.at(point) for point in points]


def _cap(end: complex, along: complex, last: tuple[float, float, float], height: float, *, hem: bool) -> list[complex]:
    _, one, other = last
    left = along * 1j
    if hem:
        return [end]
    middle = (one + other) / 2
    return [
        end + (left * one + along * middle) * _DIAGONAL * height,
        end + along * middle * height,
        end + (along * middle - left * other) * _DIAGONAL * height,
    ]


def leg(view: View, pose: Pose, drawn: Leg, *, far: bool = False, look: Look = FIRST) -> str:
    """One leg with sock, shoe and shorts; the far one in shade."""
    height = pose.person.height
    skin = look.skin_shade if far else look.skin
    shorts = look.shorts_shade if far else look.shorts
    thick = height * look.girth
    down = svg.unit(drawn.ankle - drawn.knee)
    sock_top = drawn.ankle - down * 0.055 * height
    sock = limb(view, sock_top, drawn.ankle, ((0.0, 0.021, 0.023), (1.0, 0.021, 0.022)), height)
    hem = drawn.hip + (drawn.knee - drawn.hip) * 0.64
    return (
        svg.smooth(limb(view, drawn.knee, drawn.ankle, _SHANK, thick), skin)
        + svg.smooth(sock, style.SOCK)
        + _shoe(view, drawn, height, far=far)
        + svg.smooth(limb(view, drawn.hip, drawn.knee, _THIGH, thick), skin)
        + svg.smooth(limb(view, drawn.hip, hem, _SHORTS, thick, hem=True), shorts)
    )


def _shoe(view: View, drawn: Leg, height: float, *, far: bool) -> str:
    up, away = drawn.toe, drawn.toe * 1j  # away from the plate, towards the person
    ground = drawn.ankle - away * 0.039 * height

    def spot(along: float, off: float) -> complex:
        return view.at(ground + up * along * height + away * off * height)

    upper = [
        spot(-0.040, 0.010), spot(-0.040, 0.036), spot(-0.022, 0.060), spot(0.022, 0.060), spot(0.050, 0.042),
        spot(0.095, 0.030), spot(0.116, 0.016), spot(0.112, 0.006), spot(0.04, 0.005), spot(-0.03, 0.005),
    ]  # fmt: skip
    sole = [spot(-0.040, 0.006), spot(0.112, 0.006)]
    fill = "#B98F2E" if far else style.SHOE
    return svg.smooth(upper, fill) + svg.line(sole, style.SOLE, view.size(0.013 * height))


def spine(pose: Pose) -> list[complex]:
    """Return the drawn spine in metres, from the tail of the pelvis to the neck: a light hollow that rounds as the pelvis rolls."""
    height = pose.person.height
    along = pose.trunk_direction
    back = along * 1j
    pelvis = svg.unit(pose.lumbosacral - pose.hip)
    pelvis_back = pelvis * 1j
    rounding = min(pose.pelvis_roll / 25.0, 1.4)
    base, shoulder = pose.lumbosacral, pose.shoulder

    def spot(fraction: float, backwards: float) -> complex:
        return base + (shoulder - base) * fraction + back * backwards * height

    return [
        pose.hip - pelvis * 0.018 * height + pelvis_back * 0.036 * height,
        pose.hip + pelvis * 0.040 * height + pelvis_back * 0.044 * height,
        base + (back + pelvis_back) / 2 * (0.028 + 0.006 * rounding) * height,
        spot(0.17, 0.014 + 0.022 * rounding),
        spot(0.36, 0.014 + 0.024 * rounding),
        spot(0.56, 0.026 + 0.010 * rounding),
        spot(0.80, 0.030),
        spot(1.02, 0.020),
    ]


def trunk(view: View, pose: Pose, look: Look = FIRST) -> str:
    """Shirt and hips as one shape along pelvis and spine: it rounds where the pelvis rolls."""
    height = pose.person.height
    along = pose.trunk_direction
    back = along * 1j
    pelvis = svg.unit(pose.lumbosacral - pose.hip)
    pelvis_back = pelvis * 1j
    shoulder, base = pose.shoulder, pose.lumbosacral
    backbone = spine(pose)
    behind = 0.030 * height  # from the drawn spine to the skin

    def belly(fraction: float, forward: float) -> complex:
        return base + (shoulder - base) * fraction - back * forward * height

    waist_back = backbone[2] + (back + pelvis_back) / 2 * behind * 0.9
    waist_front = base - (back + pelvis_back) / 2 * 0.058 * height
    seat = [
        pose.hip + pelvis * 0.050 * height + pelvis_back * 0.064 * height,
        pose.hip + pelvis_back * 0.066 * height - pelvis * 0.008 * height,
        pose.hip + pelvis_back * 0.040 * height - pelvis * 0.054 * height,
        pose.hip - pelvis * 0.064 * height - pelvis_back * 0.010 * height,
        pose.hip - pelvis_back * 0.058 * height - pelvis * 0.010 * height,
        pose.hip + pelvis * 0.060 * height - pelvis_back * 0.060 * height,
    ]
    outline = [
        shoulder + along * 0.036 * height,
        shoulder + along * 0.020 * height + back * 0.042 * height,
        backbone[6] + back * behind,
        backbone[5] + back * behind,
        backbone[4] + back * behind * 0.95,
        backbone[3] + back * behind * 0.90,
        waist_back,
        *seat,
        waist_front,
        belly(0.30, 0.064 + look.belly),
        belly(0.62, 0.070 + look.belly * 0.6),
        belly(0.90, 0.058),
        shoulder + along * 0.026 * height - back * 0.030 * height,
    ]
    return svg.smooth([view.at(point) for point in outline], look.shirt) + svg.smooth(
        [view.at(point) for point in (waist_back, *seat, waist_front)], look.shorts
    )


def backbone(view: View, pose: Pose, lumbar: str) -> str:
    """Return the spine drawn over the body as a pale line, the lower back's part of it beaded and coloured `lumbar`."""
    dense = _resampled([view.at(point) for point in spine(pose)], _BEADS)
    width = view.size(0.019 * pose.person.height)
    low, high = _LUMBAR
    return svg.path(svg.curve(dense), stroke="#FFFFFF", width=width) + "".join(
        svg.circle(bead, width * 0.68, lumbar) for bead in dense[low:high]
    )


def _resampled(points: list[complex], count: int) -> list[complex]:
    """`count` points evenly spaced along the straight pieces between `points`."""
    lengths = [abs(after - before) for before, after in pairwise(points)]
    step = sum(lengths) / (count - 1)
    found, index, done = [points[0]], 0, 0.0
    for number in range(1, count - 1):
        target = number * step
        while done + lengths[index] < target:
            done += lengths[index]
            index += 1
        share = (target - done) / lengths[index]
        found.append(points[index] + (points[index + 1] - points[index]) * share)
    return [*found, points[-1]]


def crown(pose: Pose) -> complex:
    """Return where the hair is highest, metres."""
    return _middle_of_head(pose) + 0.074j * pose.person.height


def toes(pose: Pose) -> complex:
    """Return where the shoe ends, up the plate, metres."""
    return pose.ankle + pose.plate_direction * (0.122 - 0.039j) * pose.person.height


def _middle_of_head(pose: Pose) -> complex:
    trunk = pose.trunk_direction
    return pose.shoulder + (0.030 * trunk + 0.082 * trunk * _NOD) * pose.person.height


def head(view: View, pose: Pose, look: Look = FIRST) -> str:
    """Neck, head, hair, ear and a calm face, looking over the knees."""
    height = pose.person.height
    up = pose.trunk_direction * _NOD
    front = -up * 1j
    neck = pose.shoulder + pose.trunk_direction * 0.014 * height
    centre = _middle_of_head(pose)

    def spot(forward: float, above: float) -> complex:
        return view.at(centre + front * forward * height + up * above * height)

    skull = [
        spot(0.050, 0.028), spot(0.052, 0.006), spot(0.063, -0.012), spot(0.052, -0.022), spot(0.050, -0.042),
        spot(0.032, -0.060), spot(0.004, -0.048), spot(-0.034, -0.034), spot(-0.053, 0.004), spot(-0.046, 0.042),
        spot(-0.010, 0.066), spot(0.030, 0.056),
    ]  # fmt: skip
    hair = [
        spot(0.052, 0.034), spot(0.036, 0.030), spot(0.012, 0.034), spot(0.006, 0.010), spot(-0.012, 0.008),
        spot(-0.020, -0.024), spot(-0.040, -0.036), spot(-0.060, 0.004), spot(-0.052, 0.048), spot(-0.012, 0.074),
        spot(0.034, 0.064),
    ]  # fmt: skip
    neck_shape = limb(view, neck, centre - up * 0.02 * height, ((0.0, 0.034, 0.034), (1.0, 0.031, 0.031)), height)
    bun = svg.circle(spot(-0.066, 0.036), view.size(0.027 * height), look.hair) if look.bun else ""
    return (
        svg.smooth(neck_shape, look.skin_shade)
        + bun
        + svg.smooth(skull, look.skin)
        + svg.smooth(hair, look.hair)
        + svg.circle(spot(-0.002, -0.006), view.size(0.0105 * height), look.skin_shade)
        + svg.circle(spot(0.036, 0.004), view.size(0.0062 * height), style.INK)
        + svg.path(
            svg.curve([spot(0.050, -0.034), spot(0.042, -0.037), spot(0.034, -0.034)]),
            stroke=style.INK,
            width=view.size(0.005 * height),
        )
    )


def arm(view: View, pose: Pose, grip: complex, *, look: Look = FIRST, far: bool = False) -> str:
    """Shoulder to a handle at `grip` (metres), the elbow towards the pad; the far arm in shade."""
    person = pose.person
    height = person.height
    shoulder = pose.shoulder - pose.trunk_direction * (0.018 + 0.022j) * height
    upper, lower = person.length("upper_arm"), person.length("forearm") + 0.03 * height
    reach = min(abs(grip - shoulder), (upper + lower) * 0.999)
    line = svg.unit(grip - shoulder)
    cosine = (upper**2 + reach**2 - lower**2) / (2 * upper * reach)
    bend = math.acos(max(-1.0, min(1.0, cosine)))
    elbow = shoulder + line * cmath.rect(upper, -bend)
    wrist = elbow + svg.unit(grip - elbow) * person.length("forearm")
    sleeve = shoulder + (elbow - shoulder) * 0.55
    skin = look.skin_shade if far else look.skin
    thick = height * look.girth
    return (
        svg.smooth(limb(view, elbow, wrist, _FOREARM, thick), skin)
        + svg.circle(view.at(grip), view.size(0.024 * height), skin)
        + svg.smooth(limb(view, shoulder, elbow, _UPPER_ARM, thick), skin)
        + svg.smooth(
            limb(view, shoulder, sleeve, ((0.0, 0.036, 0.036), (0.5, 0.033, 0.033), (1.0, 0.031, 0.031)), thick),
            look.shirt_shade,
        )
    )
