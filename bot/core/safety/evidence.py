"""Where evidence short of a rule is weighed: the model, the nearest wordings on both sides, nets, and what takes back.

A rule that fires needs no weighing (`safety2.md` 14.2, steps 2 and 3). Everything else is one sum: each piece of evidence
times its weight from `knowledge/safety.yaml`, where `python -m tests.safety.crossvalidate --weights` says what the held-out
wordings support.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.core.odds import chance

PIECES: Final = ("model", "twin", "calm", "net", "telling", "taken", "joking", "asking", "short", "part", "strange")
"""The pieces of evidence, in order; each has a weight, and there is a constant, `bias`."""

_STEEPEST = 6.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a stretch of a message that no rule stops.

    `model`: the model's log-odds of an alarm. `twin`, `calm`: how close (0 to 1) the nearest
    alarming and the nearest harmless wording are. `net`: whether a net fires there. `telling`: whether a body part,
    sensation or function stands there that nothing takes back; `taken`: whether one stands there that is negated, past or
    somebody's story. `joking`: laughter without anything that lasts. `asking`: a general question. `words`: how many. `part`:
    more was said around them. `strange`: the share (0 to 1) of words that stand in no wording that the model learnt from.
    """

    model: float
    twin: float
    calm: float
    net: bool = False
    telling: bool = False
    taken: bool = False
    joking: bool = False
    asking: bool = False
    words: int = 0
    part: bool = False
    strange: float = 0.0

    def pieces(self) -> tuple[float, ...]:
        """Return the numbers that are weighed, in the order of `PIECES`."""
        return (
            max(-_STEEPEST, min(_STEEPEST, self.model)),
            self.twin,
            self.calm,
            float(self.net),
            float(self.telling),
            float(self.taken),
            float(self.joking),
            float(self.asking),
            1.0 / max(1, self.words),
            float(self.part),
            self.strange,
        )

    def weigh(self, weights: Mapping[str, float]) -> float:
        """Return the probability (0 to 1) that this is an alarm. Raises KeyError where a weight is missing."""
        total = weights["bias"]
        for name, piece in zip(PIECES, self.pieces(), strict=True):
            total += weights[name] * piece
        return chance(total)
