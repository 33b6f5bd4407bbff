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
    stop, tier = screening.stop, screening.stop.tier.value
    place = rules.regions.get(region) or rules.regions["neutral"]
    form = "_again" if repeated else "_proxy" if stop.proxy else ""
    names = [f"{stop.route}{form}", f"{tier}{form}"]
    if not repeated and stop.route != tier and not stop.route.startswith(f"{tier}_"):
        names.insert(1, stop.route)
    name = next(name for name in names if name in rules.texts)
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
