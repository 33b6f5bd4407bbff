"""The safety gate: a stop rule with fixed texts (`docs/safety.md`). It names no condition, scores nothing, clears nobody."""

from bot.core.safety.gate import Gate
from bot.core.safety.mentions import Mentions
from bot.core.safety.next_messages import NextMessages
from bot.core.safety.state import State
from bot.core.safety.texts import StopTexts
from bot.core.safety.values import FORMAT, Ground, SafetyRules, Screening, Trace, fingerprint

__all__ = [
    "FORMAT",
    "Gate",
    "Ground",
    "Mentions",
    "NextMessages",
    "SafetyRules",
    "Screening",
    "StopTexts",
    "Trace",
    "build",
    "fingerprint",
    "next_messages",
    "safety_line",
    "stop_texts",
]


def stop_texts(rules: SafetyRules) -> StopTexts:
    """Return the fixed texts of the rules' data."""
    return StopTexts.from_data(rules.told)


def safety_line(rules: SafetyRules) -> str:
    """Return the one sentence that ends every answer about pain."""
    return str(rules.told["lines"]["line"])


def next_messages(rules: SafetyRules) -> NextMessages:
    """Return what reads the messages after a stop, by the rules' data."""
    places = {region: each.get("places") or () for region, each in rules.told["regions"].items()}
    return NextMessages(rules.told["next_messages"], places)


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
