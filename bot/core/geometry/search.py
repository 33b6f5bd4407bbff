"""Where along the rail an angle is reached."""

from collections.abc import Callable

from bot.core.geometry.body import Person
from bot.core.geometry.machine import Setup
from bot.core.geometry.pose import ImpossibleSetupError, Pose, pose, straightest

_HALVINGS = 44


def nearest_distance(person: Person, setup: Setup) -> float:
    """Return the smallest plate distance in metres that a body fits into: the thighs at the chest, or the knees fully bent."""

    def fits(distance: float) -> bool:
        try:
            pose(person, setup.at(max(distance, setup.seat_distance)))
        except ImpossibleSetupError:
            return False
        return True

    return _first(fits, setup.seat_distance, straightest(person, setup))


def distance_at_trunk_thigh(person: Person, setup: Setup, angle: float) -> float | None:
    """Return the plate distance in metres at which the trunk-thigh angle is `angle` degrees; None where the rep never gets there."""
    return _crossing(person, setup, lambda found: found.trunk_thigh >= angle)


def distance_at_knee_bend(person: Person, setup: Setup, angle: float) -> float | None:
    """Return the plate distance in metres at which the knees are bent by `angle` degrees; None where the rep never gets there."""
    return _crossing(person, setup, lambda found: found.knee_bend <= angle)


def _crossing(person: Person, setup: Setup, is_above: Callable[[Pose], bool]) -> float | None:
    near, far = nearest_distance(person, setup), straightest(person, setup)
    if is_above(pose(person, setup.at(near))) or not is_above(pose(person, setup.at(far))):
        return None
    return _first(lambda distance: is_above(pose(person, setup.at(distance))), near, far)


def _first(holds: Callable[[float], bool], low: float, high: float) -> float:
    """Return the smallest value from `low` to `high` at which `holds`, which must stay true once it is true."""
    if holds(low):
        return low
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if holds(middle):
            high = middle
        else:
            low = middle
    return high
