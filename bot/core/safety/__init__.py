"""The safety gate: a stop rule with fixed texts (`docs/safety.md`). It names no condition, scores nothing, clears nobody."""

from bot.core.safety.gate import Gate
from bot.core.safety.state import State
from bot.core.safety.values import FORMAT, SafetyRules, Screening, Trace, fingerprint
from bot.core.safety.wording import safety_line, stop_text

__all__ = [
    "FORMAT",
    "Gate",
    "SafetyRules",
    "Screening",
    "Trace",
    "build",
    "fingerprint",
    "safety_line",
    "stop_text",
]


def build(rules: SafetyRules, *, fitted: bytes | None = None, key: str = "") -> Gate:
    """Return a gate. `fitted` is what `Gate.dump` gave for the same rules and key; anything else is fitted anew.

    `key` names what the rules were made from, where the caller knows that already: hashing them takes a while.
    """
    if fitted is not None:
        try:
            state = State.load(fitted, key or fingerprint(rules))
            if state is not None:
                return Gate(rules, state)
        except (ValueError, TypeError, KeyError):
            pass  # a broken cache is no reason to be without a gate: fit anew
    return Gate(rules)
