"""The safety gate: a stop rule with fixed texts (`docs/safety.md`). It names no condition, scores nothing, clears nobody."""

from bot.core.safety.gate import Gate
from bot.core.safety.values import SafetyRules, Screening, Trace, fingerprint
from bot.core.safety.wording import safety_line, stop_text

__all__ = [
    "Gate",
    "SafetyRules",
    "Screening",
    "Trace",
    "build",
    "fingerprint",
    "safety_line",
    "stop_text",
]


def build(rules: SafetyRules, *, fitted: bytes | None = None) -> Gate:
    """Return a gate. `fitted` is what `Gate.dump` gave for the same rules; anything else is ignored and fitted anew."""
    if fitted is not None:
        try:
            if fitted.partition(b"\n")[0].decode() == fingerprint(rules):
                return Gate(rules, fitted)
        except (ValueError, TypeError, KeyError):
            pass  # a broken cache is no reason to be without a gate: fit anew
    return Gate(rules)
