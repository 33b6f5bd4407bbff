"""From a set-up to joints and angles."""

import cmath
import math
from dataclasses import dataclass

from bot.core.geometry.body import Person
from bot.core.geometry.machine import Setup
from bot.errors import UserError
from bot.sentences import say

KNEES_TO_CHEST = 32.0
"""Trunk-thigh angle in degrees at which the drawn thighs touch the drawn chest: a property of our figure's thickness."""

MAX_KNEE_BEND = 150.0
"""The drawn calf meets the drawn thigh here, degrees."""

MIN_ANKLE_ANGLE = 30.0
"""Degrees between sole and shank with which the drawn heel still lies on the plate: our own round figure."""

MAX_PELVIS_ROLL = 60.0
_TOLERANCE = 1e-9  # metres and degrees: rounding at the very ends of the range is not a fault
_HALVINGS = 44  # 60 degrees halved 44 times is below 1e-11 degrees


class ImpossibleSetupError(UserError):
    """No body fits this set-up; the sentence says which setting to change and which way."""


@dataclass(frozen=True, slots=True)
class Pose:
    """Where the joints are (metres, x + iy, the unrolled hip at 0) and how far they bend (degrees).

    `trunk_thigh`: between the line of the back pad and the thigh; smaller is more folded. `knee_bend`: 0 is straight.
    `hip_bend`: what the hip joint itself gives, between pelvis and thigh; 0 is standing. `pelvis_roll`: how far the
    pelvis has rolled backwards from the line of the back pad, which is the part of the fold that the hip did not give.
    `ankle_angle`: between sole and shank; 90 is neutral, smaller is a shin further over the foot.
    """

    person: Person
    setup: Setup
    hip: complex
    knee: complex
    ankle: complex
    lumbosacral: complex
    shoulder: complex
    trunk_thigh: float
    knee_bend: float
    hip_bend: float
    pelvis_roll: float
    ankle_angle: float

    @property
    def trunk_direction(self) -> complex:
        """Unit vector from the hip up along the back pad."""
        return _unit(180 - self.setup.backrest)

    @property
    def rail_direction(self) -> complex:
        """Unit vector of the push."""
        return _unit(self.setup.machine.rail)

    @property
    def plate_direction(self) -> complex:
        """Unit vector up the plate, from heel to toe."""
        return _plate_direction(self.setup)


def _unit(degrees: float) -> complex:
    return cmath.rect(1.0, math.radians(degrees))


def _plate_direction(setup: Setup) -> complex:
    return _unit(setup.machine.rail + 90 - setup.machine.plate_lean)


def pose(person: Person, setup: Setup) -> Pose:
    """Return the pose of `person` in `setup`, the pelvis in line with the back pad.

    The ankle hangs on the plate, the hip on the seat; the knee follows from the law of cosines, always on the head's
    side of the line from hip to ankle. Raises ImpossibleSetupError where no leg fits.
    """
    _check_settings(setup)
    return _solve(person, setup, 0.0)


def with_hip_limit(person: Person, setup: Setup, hip_limit: float) -> Pose:
    """Return the pose in which the hip joint bends `hip_limit` degrees at most and the pelvis rolls for the rest.

    The pelvis turns about the top of the sacrum, which stays on the pad, so that the hip lifts. This is the plainest
    model of what `evidence.md` topic 8 describes: real pelves roll a little from the start. Raises ImpossibleSetupError
    where no leg fits, or where more than `MAX_PELVIS_ROLL` would be needed.
    """
    flat = pose(person, setup)
    if flat.hip_bend <= hip_limit:
        return flat
    low, high = 0.0, MAX_PELVIS_ROLL
    if _is_past(person, setup, high, hip_limit):
        raise ImpossibleSetupError(say("my_depth.pose.hip_too_deep"))
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if _is_past(person, setup, middle, hip_limit):
            low = middle
        else:
            high = middle
    return _solve(person, setup, high)


def _is_past(person: Person, setup: Setup, roll: float, hip_limit: float) -> bool:
    """Say whether the hip is still past its limit with the pelvis rolled by `roll`; where no leg fits, it is rolled too far."""
    try:
        return _solve(person, setup, roll).hip_bend > hip_limit
    except ImpossibleSetupError:
        return False


def straightest(person: Person, setup: Setup) -> float:
    """Return the plate distance in metres at which the leg would be quite straight."""
    up_plate, square = _plate_direction(setup), _square(setup)
    fixed = up_plate * setup.foot_height + square * person.length("ankle")
    along = (fixed * _unit(setup.machine.rail).conjugate()).real
    across = (fixed * _unit(setup.machine.rail).conjugate()).imag
    reach = person.thigh + person.shank
    if abs(across) >= reach:
        raise ImpossibleSetupError(say("my_depth.pose.feet_off_plate"))
    return math.sqrt(reach**2 - across**2) - along


def _square(setup: Setup) -> complex:
    """Return unit vector from the plate towards the person."""
    return _plate_direction(setup) * 1j


def _check_settings(setup: Setup) -> None:
    machine = setup.machine
    if not machine.backrest_flat <= setup.backrest <= machine.backrest_upright:
        raise ImpossibleSetupError(
            say(
                "my_depth.pose.back_rests",
                machine=machine.name,
                flat=machine.backrest_flat,
                upright=machine.backrest_upright,
            )
        )
    if setup.sled < 0:
        raise ImpossibleSetupError(say("my_depth.pose.below_lower_stop"))
    low, _, high = machine.feet
    if not low - 0.1 <= setup.foot_height <= high + 0.1:
        raise ImpossibleSetupError(say("my_depth.pose.feet_off_plate"))


def _solve(person: Person, setup: Setup, roll: float) -> Pose:
    trunk = _unit(180 - setup.backrest)
    rail = _unit(setup.machine.rail)
    up_plate = _plate_direction(setup)
    lumbosacral = trunk * person.length("pelvis")
    pelvis = trunk * _unit(roll)
    hip = lumbosacral - pelvis * person.length("pelvis")
    ankle = rail * setup.plate_distance + up_plate * setup.foot_height + _square(setup) * person.length("ankle")
    thigh, shank = person.thigh, person.shank
    line = ankle - hip
    reach = abs(line)
    if reach > thigh + shank + _TOLERANCE:
        raise ImpossibleSetupError(say("my_depth.pose.out_of_reach", missing=100 * (reach - thigh - shank)))
    shortest = math.sqrt(thigh**2 + shank**2 + 2 * thigh * shank * math.cos(math.radians(MAX_KNEE_BEND)))
    if reach < shortest:
        raise ImpossibleSetupError(say("my_depth.pose.too_close"))
    at_hip = math.acos(_within((thigh**2 + reach**2 - shank**2) / (2 * thigh * reach)))
    knee = hip + line / reach * cmath.rect(thigh, at_hip)
    at_knee = math.acos(_within((thigh**2 + shank**2 - reach**2) / (2 * thigh * shank)))
    signed = math.degrees(cmath.phase(trunk * (knee - hip).conjugate()))  # positive: the thigh is in front of the trunk
    if signed < KNEES_TO_CHEST - _TOLERANCE:
        raise ImpossibleSetupError(say("my_depth.pose.thighs_in_chest"))
    at_ankle = math.degrees(cmath.phase((knee - ankle) * up_plate.conjugate()))
    if at_ankle < MIN_ANKLE_ANGLE - _TOLERANCE:
        raise ImpossibleSetupError(say("my_depth.pose.heels_off_plate"))
    return Pose(
        person=person,
        setup=setup,
        hip=hip,
        knee=knee,
        ankle=ankle,
        lumbosacral=lumbosacral,
        shoulder=trunk * person.length("trunk"),
        trunk_thigh=signed,
        knee_bend=180 - math.degrees(at_knee),
        hip_bend=180 - math.degrees(cmath.phase(pelvis * (knee - hip).conjugate())),
        pelvis_roll=roll,
        ankle_angle=at_ankle,
    )


def _within(cosine: float) -> float:
    return max(-1.0, min(1.0, cosine))
