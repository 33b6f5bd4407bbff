"""The fixed texts of the gate: no condition's name, no score, no quoting, no technique, no all-clear (`safety.md` 3)."""

from bot.core.model import Tier
from bot.core.safety.values import SafetyRules, Screening


def stop_text(rules: SafetyRules, screening: Screening, *, region: str = "", repeated: bool = False) -> str:
    """Return what a member reads instead of an answer.

    `region` is one of `rules.regions` (another value, or "", gives the neutral text); `repeated` gives the short form
    for a further alarm within ten minutes. Raises ValueError where the screening holds no stop.
    """
    if screening.stop is None:
        message = "a text for a stop was asked for where the gate did not stop"
        raise ValueError(message)
    tier = screening.stop.tier
    place = rules.regions.get(region) or rules.regions["neutral"]
    if screening.pointer:
        name = screening.pointer
    elif screening.proxy:
        name = f"{tier.value}_proxy"
    else:
        name = tier.value
    if screening.stop.rules and not screening.pointer and not screening.proxy:
        special = f"{tier.value}_{screening.stop.rules[0]}"
        if special in rules.texts:
            name = special
    if repeated:
        name = f"{screening.pointer or tier.value}_again"
    return rules.texts[name].format(emergency=place.emergency, same_day=place.same_day)


def safety_line(rules: SafetyRules) -> str:
    """Return the one sentence that ends every answer about pain, and stands alone where the gate is unsure."""
    return rules.texts["line"]


TEXTS = (
    "line",
    *(f"{tier.value}{form}" for tier in Tier for form in ("", "_proxy", "_again")),
    *(f"{pointer}{form}" for pointer in ("self_harm", "heat", "head_injury") for form in ("", "_again")),
)
"""The texts that the data must hold."""
