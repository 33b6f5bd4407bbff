"""How much a count can be trusted: Wilson intervals, and McNemar's test for two runs."""

from dataclasses import dataclass
from math import comb, sqrt

Z = 1.959963984540054
"""The normal deviate that leaves 2.5% on each side."""


@dataclass(frozen=True, slots=True)
class Share:
    """`count` out of `of`. Of nothing, the share is 0 and its interval the whole of 0 to 1."""

    count: int
    of: int

    @property
    def share(self) -> float:
        """The plain proportion, 0 to 1."""
        return self.count / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The 95% score interval."""
        return self.within(Z)

    def within(self, z: float) -> tuple[float, float]:
        """Return the score interval that leaves out what lies beyond the normal deviate `z` on each side.

        Unlike the usual plus-or-minus it stays within 0 to 1, and a count of none does not claim certainty (Wilson, Journal of
        the American Statistical Association 22, 1927, 209-212).
        """
        if not self.of:
            return 0.0, 1.0
        spread = z * z / self.of
        centre = (self.share + spread / 2) / (1 + spread)
        half = z * sqrt(self.share * (1 - self.share) / self.of + spread / (4 * self.of)) / (1 + spread)
        # At the ends the bound is exactly 0 or 1; rounding must not leave a hair of doubt there.
        low = 0.0 if self.count == 0 else max(0.0, centre - half)
        high = 1.0 if self.count == self.of else min(1.0, centre + half)
        return low, high

    def __str__(self) -> str:
        """Return it for a table: `56/60 = 93.3% [84-97]`."""
        low, high = self.interval
        return f"{self.count}/{self.of} = {self.share:.1%} [{100 * low:.0f}-{100 * high:.0f}]"


def mcnemar(gained: int, lost: int) -> float:
    """Return the exact two-sided p-value for `gained` and `lost` questions between two runs on the same questions.

    Only questions that changed sides count; with no difference between the runs each would be a fair coin (McNemar,
    Psychometrika 12, 1947, 153-157, with the binomial in place of its approximation). 1.0 where none changed.
    """
    changed = gained + lost
    tail = sum(comb(changed, i) for i in range(min(gained, lost) + 1))
    return float(min(1, 2 * tail / 2**changed))
