"""Where a member's hips start to roll, and what would move that point."""

from dataclasses import dataclass
from enum import StrEnum

from bot.core.geometry import KNEES_TO_CHEST, Pose, pose
from bot.sentences import say


class End(StrEnum):
    """What comes first on the way down, after the hips have rolled."""

    CHEST = "Knees to chest"
    HEELS = say("my_depth.stop.heels_off_plate")
    KNEES = "Knees fully bent"


@dataclass(frozen=True, slots=True)
class Stop:
    """Where the hips start to roll.

    `travel` and `to_lowest` are metres of sled: from the soft top, and on to the lowest
    point that fits. `ends` is what ends the rep there.
    """

    pose: Pose
    travel: float
    to_lowest: float
    ends: End

    def knee_bend_above(self, clearance: float) -> float:
        """Return the knee bend in degrees `clearance` metres above the roll, where the work is done."""
        setup = self.pose.setup
        return pose(self.pose.person, setup.at(setup.plate_distance + min(clearance, self.travel))).knee_bend

    @property
    def room(self) -> float:
        """Degrees between trunk and thigh that are left until the thighs touch the chest."""
        return self.pose.trunk_thigh - KNEES_TO_CHEST


@dataclass(frozen=True, slots=True)
class Change:
    """A change of set-up that buys room.

    Reclining by degrees or lowering the feet by metres lets the sled go `gain`
    metres lower at the same trunk-thigh angle, to `knee_bend` degrees. `all_the_way`: the limit is not met at all then.
    """

    recline: float
    feet_lower: float
    gain: float
    knee_bend: float
    all_the_way: bool
