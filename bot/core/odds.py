"""From log odds to a probability: the logistic function."""

from math import exp

FAR = 50.0
"""Log odds beyond it count as it: `exp` would run over from 710 on, and a probability is 1 in 53 bits from 37 on."""


def chance(odds: float) -> float:
    """Return the probability of log odds, from 0 to 1: the least there is for what is not a number, never NaN."""
    return 1 / (1 + exp(-min(FAR, max(-FAR, odds))))  # in this order: `max` keeps its first where the second is NaN
