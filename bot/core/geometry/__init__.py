"""A person on a leg press, seen from the side: lengths in metres, angles in degrees, plane trigonometry only.

It says where joints are and how far they bend. It knows no load, no muscle and no risk. The axes: x points from the
seat towards the plate's side of the machine, y points up; points are complex numbers, so that a rotation is a product.
`docs/geometry.md` holds the formulas, the source of the proportions and set-ups computed by hand.
"""

from bot.core.geometry.body import FRACTIONS, MAX_HEIGHT, MIN_HEIGHT, Person
from bot.core.geometry.machine import MACHINES, FootHeight, Machine, Setup, machine_named
from bot.core.geometry.pose import (
    KNEES_TO_CHEST,
    MAX_KNEE_BEND,
    MIN_ANKLE_ANGLE,
    ImpossibleSetupError,
    Pose,
    pose,
    straightest,
    with_hip_limit,
)
from bot.core.geometry.search import distance_at_knee_bend, distance_at_trunk_thigh, nearest_distance

__all__ = [
    "FRACTIONS",
    "KNEES_TO_CHEST",
    "MACHINES",
    "MAX_HEIGHT",
    "MAX_KNEE_BEND",
    "MIN_ANKLE_ANGLE",
    "MIN_HEIGHT",
    "FootHeight",
    "ImpossibleSetupError",
    "Machine",
    "Person",
    "Pose",
    "Setup",
    "distance_at_knee_bend",
    "distance_at_trunk_thigh",
    "machine_named",
    "nearest_distance",
    "pose",
    "straightest",
    "with_hip_limit",
]
