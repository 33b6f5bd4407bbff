"""Whether confidence means what it says: of the questions at 0.8, four in five should be right."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.intervals import Share

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """The questions whose confidence lies from `low` up to `high` (the last bin includes 1)."""

    low: float
    high: float
    confidence: float  # mean of what was claimed
    right: Share  # what came true


@dataclass(frozen=True, slots=True)
class Calibration:
    """A reliability table and two figures over it, both 0 at best.

    `error` is the expected calibration error: the mean gap between confidence and share right over ten bins of equal
    width, weighted by how many questions fall in each (Naeini, Cooper and Hauskrecht, AAAI 2015). `brier` is the mean
    squared gap, question by question (Brier, Monthly Weather Review 78, 1950, 1-3).
    """

    count: int
    error: float
    brier: float
    bins: tuple[Bin, ...]


def calibrate(points: Sequence[tuple[float, bool]], bins: int = BINS) -> Calibration:
    """Return the calibration of (confidence from 0 to 1, came true) pairs; all zeros where there are none."""
    sorted_in: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for confidence, right in points:
        sorted_in[min(bins - 1, max(0, int(confidence * bins)))].append((confidence, right))
    table = tuple(
        Bin(
            low=i / bins,
            high=(i + 1) / bins,
            confidence=sum(confidence for confidence, _ in inside) / len(inside),
            right=Share(sum(right for _, right in inside), len(inside)),
        )
        for i, inside in enumerate(sorted_in)
        if inside
    )
    count = len(points) or 1
    return Calibration(
        count=len(points),
        error=sum(b.right.of * abs(b.confidence - b.right.share) for b in table) / count,
        brier=sum((confidence - right) ** 2 for confidence, right in points) / count,
        bins=table,
    )


def separation(inside: Sequence[float], outside: Sequence[float]) -> float | None:
    """Return the chance that a question from `inside` has the higher confidence than one from `outside` (AUROC).

    Ties count half. None where either is empty.
    """
    if not inside or not outside:
        return None
    ranked = sorted([(value, 1) for value in inside] + [(value, 0) for value in outside])
    wins, below, start = 0.0, 0, 0
    while start < len(ranked):
        end = start
        while end < len(ranked) and ranked[end][0] == ranked[start][0]:
            end += 1
        ours = sum(which for _, which in ranked[start:end])
        theirs = end - start - ours
        wins += ours * (below + theirs / 2)
        below += theirs
        start = end
    return wins / (len(inside) * len(outside))
