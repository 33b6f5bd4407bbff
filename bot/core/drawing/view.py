"""From metres (y up) to pixels (y down)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class View:
    """`scale` pixels a metre; `origin` is where the unrolled hip lies, in pixels."""

    scale: float
    origin: complex

    def at(self, point: complex) -> complex:
        """Return a point in metres as pixels."""
        return self.origin + self.scale * point.conjugate()

    def direction(self, vector: complex) -> complex:
        """Return a direction in metres as a direction in pixels."""
        return vector.conjugate()

    def size(self, metres: float) -> float:
        """Return a length in metres as pixels."""
        return metres * self.scale
