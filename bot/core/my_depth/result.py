"""What the geometry makes of a member's set-up."""

from dataclasses import dataclass, replace

from bot.core.drawing.depth import own_depth
from bot.core.geometry import (
    KNEES_TO_CHEST,
    MIN_ANKLE_ANGLE,
    Pose,
    Setup,
    distance_at_knee_bend,
    distance_at_trunk_thigh,
    nearest_distance,
    pose,
)
from bot.core.my_depth import words
from bot.core.my_depth.inputs import DepthRequest, Measured, RollPoint
from bot.core.my_depth.stop import Change, End, Stop
from bot.errors import UserError
from bot.sentences import say

SOFT_TOP = 10.0
"""Degrees of knee bend at the top of a rep, from which sled travel is counted."""

CLEARANCE = 0.025
"""Metres above the roll at which to work: `evidence.md` topic 9 says 2 to 3 cm or one notch."""

RECLINE_STEP = 10.0
FEET_STEP = 0.05
_WORTH_SAYING = 0.005
_TOUCHING = 1.0  # degrees: nearer than this the limit is met


@dataclass(frozen=True, slots=True)
class DepthResult:
    """What the two-minute test of a member comes to in their set-up."""

    request: DepthRequest
    title: str
    text: str
    alt: str
    svg: str
    stop: Stop
    changes: tuple[Change, ...] = ()


def my_depth(request: DepthRequest) -> DepthResult:
    """Return the result of a member's own test; without one there is nothing to draw (`spot` says how to find the stop).

    Raises UserError where the set-up or the measured point fits no body of that height, and where there is no test.
    """
    if request.roll is None:
        raise UserError(words.NO_TEST)
    return _tested(request, request.roll)


def _setup(request: DepthRequest) -> Setup:
    return Setup(request.machine, request.backrest, 0.0, request.machine.foot_height(request.feet))


def _top(request: DepthRequest, setup: Setup) -> float:
    top = distance_at_knee_bend(request.person, setup, SOFT_TOP)
    if top is None:
        raise UserError(say("my_depth.result.at_the_chest"))
    return top


def _tested(request: DepthRequest, roll: RollPoint) -> DepthResult:
    person, setup = request.person, _setup(request)
    top, nearest = _top(request, setup), nearest_distance(person, setup)
    distance = _distance(request, setup, roll, top, nearest)
    lowest = pose(person, setup.at(nearest))
    stop = Stop(
        pose=pose(person, setup.at(distance)),
        travel=top - distance,
        to_lowest=distance - nearest,
        ends=_end(lowest),
    )
    changes = tuple(
        sorted(
            (change for change in (_reclined(request, stop), _feet_lower(request, stop)) if change),
            key=lambda change: -change.gain,
        )
    )
    title = words.title(request)
    return DepthResult(
        request=request,
        title=title,
        text=words.tested(request, stop, changes, CLEARANCE, whose="your"),
        alt=words.tested_alt(request, stop),
        svg=own_depth(stop.pose, lowest, title, words.tested_lines(request, stop, changes, CLEARANCE)),
        stop=stop,
        changes=changes,
    )


def _end(lowest: Pose) -> End:
    if lowest.trunk_thigh <= KNEES_TO_CHEST + _TOUCHING:
        return End.CHEST
    return End.HEELS if lowest.ankle_angle <= MIN_ANKLE_ANGLE + _TOUCHING else End.KNEES


def _distance(request: DepthRequest, setup: Setup, roll: RollPoint, top: float, nearest: float) -> float:
    person = request.person
    if roll.measured is Measured.TRAVEL:
        distance: float | None = top - roll.value
        if top - roll.value < nearest:
            distance = None
    elif roll.measured is Measured.KNEE_BEND:
        distance = distance_at_knee_bend(person, setup, roll.value)
    else:
        distance = distance_at_trunk_thigh(person, setup, roll.value)
    if distance is None or distance > top:
        first, last = pose(person, setup.at(top)), pose(person, setup.at(nearest))
        raise UserError(
            say(
                "my_depth.result.outside",
                travel=100 * (top - nearest),
                first_hip=first.trunk_thigh,
                last_hip=last.trunk_thigh,
                first_knee=first.knee_bend,
                last_knee=last.knee_bend,
            )
        )
    return distance


def _reclined(request: DepthRequest, stop: Stop) -> Change | None:
    by = min(RECLINE_STEP, request.backrest - request.machine.backrest_flat)
    if by < 1:
        return None
    return _change(stop, replace(stop.pose.setup, backrest=request.backrest - by), recline=by)


def _feet_lower(request: DepthRequest, stop: Stop) -> Change | None:
    lowest = request.machine.feet[0]
    by = min(FEET_STEP, stop.pose.setup.foot_height - lowest)
    if by < _WORTH_SAYING:
        return None
    lower = replace(stop.pose.setup, foot_height=stop.pose.setup.foot_height - by)
    return _change(stop, lower, feet_lower=by)


def _change(stop: Stop, setup: Setup, *, recline: float = 0.0, feet_lower: float = 0.0) -> Change | None:
    """Return the same body and trunk-thigh angle in another set-up; None where that buys nothing."""
    person = stop.pose.person
    free = replace(setup, seat_distance=0.0)
    found = distance_at_trunk_thigh(person, free, stop.pose.trunk_thigh)
    distance = nearest_distance(person, free) if found is None else found
    # Lower feet also move the top of the rep: gain is what the rep gets longer by, so both are counted from their tops.
    before = distance_at_knee_bend(person, stop.pose.setup, SOFT_TOP)
    after = distance_at_knee_bend(person, free, SOFT_TOP)
    if before is None or after is None:
        return None
    gain = (after - distance) - (before - stop.pose.setup.plate_distance)
    if gain < _WORTH_SAYING:
        return None
    return Change(recline, feet_lower, gain, pose(person, free.at(distance)).knee_bend, found is None)
