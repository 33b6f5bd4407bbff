"""Three kinds of leg press and how one can be set up."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from bot.errors import UserError
from bot.sentences import say


class FootHeight(StrEnum):
    """Where the feet are on the plate."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Machine:
    """A kind of leg press. Makers differ: these are round, typical values, chosen for drawing.

    `rail`: direction of the push above the floor, degrees. `plate_lean`: how far the plate's top leans away from square
    to the rail, degrees. `backrest_flat` to `backrest_upright`: the back pad above the floor, degrees.
    `feet`: low, middle and high, metres up the plate from where the rail's line through the hip meets it.
    """

    key: str
    name: str
    rail: float
    plate_lean: float
    backrest_flat: float
    backrest_upright: float
    backrest_usual: float
    feet: tuple[float, float, float]
    notches: int = 5

    def foot_height(self, where: FootHeight) -> float:
        """Metres up the plate for low, middle or high."""
        return self.feet[list(FootHeight).index(where)]

    def backrest_at(self, notch: int) -> float:
        """Angle of the back pad in degrees for a notch, counted from 1, the most reclined, evenly spaced.

        Raises UserError for a notch that this machine does not have.
        """
        if not 1 <= notch <= self.notches:
            raise UserError(say("my_depth.machine.notches", notches=self.notches, usual=self.backrest_usual))
        step = (self.backrest_upright - self.backrest_flat) / (self.notches - 1)
        return self.backrest_flat + (notch - 1) * step


MACHINES: Mapping[str, Machine] = MappingProxyType(
    {
        machine.key: machine
        for machine in (
            Machine("sled", "45-degree sled", 45, 15, 10, 50, 25, (-0.10, 0.02, 0.15)),
            Machine("horizontal", "horizontal press", 5, 10, 30, 80, 55, (-0.12, 0.0, 0.14)),
            Machine("vertical", "near-vertical press", 78, 8, 0, 20, 5, (-0.10, 0.0, 0.12)),
        )
    }
)
"""The machines by key, the commonest first."""

_NAMES: Mapping[str, str] = MappingProxyType({
    "sled": "sled", "45": "sled", "45 degree": "sled", "45 degrees": "sled", "45-degree": "sled", "45°": "sled",
    "45 degree sled": "sled", "45-degree sled": "sled", "incline": "sled", "inclined": "sled", "angled": "sled",
    "leg press": "sled", "plate loaded": "sled", "plate-loaded": "sled",
    "horizontal": "horizontal", "seated": "horizontal", "seated leg press": "horizontal", "cable": "horizontal",
    "horizontal press": "horizontal", "pin": "horizontal", "stack": "horizontal", "selectorized": "horizontal",
    "vertical": "vertical", "near-vertical": "vertical", "near vertical": "vertical", "lying": "vertical",
    "near-vertical press": "vertical", "vertical press": "vertical", "vertical leg press": "vertical",
})  # fmt: skip


def machine_named(text: str) -> Machine:
    """Return the machine that `text` names, in any of the usual words. Raises UserError where it names none."""
    key = _NAMES.get(" ".join(text.casefold().split()))
    if key is None:
        raise UserError(say("my_depth.machine.machines"))
    return MACHINES[key]


@dataclass(frozen=True, slots=True)
class Setup:
    """How a machine is set and where its sled is.

    `backrest`: degrees above the floor. `seat_distance`: metres from the hip to the plate, along the rail, with the sled
    on its lower stop. `sled`: metres the sled has moved up from there. `foot_height`: metres up the plate (see Machine).
    """

    machine: Machine
    backrest: float
    seat_distance: float
    foot_height: float
    sled: float = 0.0

    @property
    def plate_distance(self) -> float:
        """Metres from the hip to the plate along the rail: seat distance and sled position together."""
        return self.seat_distance + self.sled

    def at(self, plate_distance: float) -> "Setup":
        """Return the same seat with the sled where the plate is `plate_distance` metres from the hip, along the rail."""
        return replace(self, sled=plate_distance - self.seat_distance)
