"""Segment lengths of a person, as fractions of body height."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.errors import UserError
from bot.sentences import say

FRACTIONS: Mapping[str, float] = MappingProxyType(
    {
        "thigh": 0.245,  # hip 0.530 minus knee 0.285
        "shank": 0.246,  # knee 0.285 minus ankle 0.039
        "ankle": 0.039,  # ankle joint above the sole
        "foot": 0.152,
        "trunk": 0.288,  # shoulder 0.818 minus hip 0.530
        "upper_arm": 0.186,
        "forearm": 0.146,
        "hand": 0.108,
        "head": 0.130,  # top of the head 1.000 minus chin 0.870
        "neck": 0.052,  # chin 0.870 minus shoulder 0.818
        "pelvis": 0.100,  # hip joint to the top of the sacrum: our own assumption, the figure does not give it
    }
)
"""Segment length / body height.

Source: Drillis R, Contini R (1966), Body Segment Parameters, as the average proportions are reproduced in the chapter on
anthropometry of D. A. Winter's textbook Biomechanics and Motor Control of Human Movement. Textbook averages, used for
drawing only. `pelvis` is this project's own assumption.
"""

MIN_HEIGHT = 1.20
MAX_HEIGHT = 2.30


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of a given body height in metres.

    Raises UserError where the height is outside `MIN_HEIGHT` to `MAX_HEIGHT`.
    """

    height: float = 1.75

    def __post_init__(self) -> None:
        if not MIN_HEIGHT <= self.height <= MAX_HEIGHT:
            raise UserError(say("my_depth.body.heights", least=MIN_HEIGHT * 100, most=MAX_HEIGHT * 100))

    def length(self, segment: str) -> float:
        """Length in metres of a segment named in `FRACTIONS`."""
        return FRACTIONS[segment] * self.height

    @property
    def thigh(self) -> float:
        """Hip to knee, metres."""
        return self.length("thigh")

    @property
    def shank(self) -> float:
        """Knee to ankle, metres."""
        return self.length("shank")
