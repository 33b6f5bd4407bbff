"""Which name somebody meant who mistyped one."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process

ALIKE = 60
"""Of 100: from here on a name is offered for another. "seat-hight" and "seat-height" have 95, "seat-distance" and "seat-height" 58."""


def nearest_name(name: str, choices: Iterable[str]) -> str:
    """Return the one of `choices` that is spelt most like `name`; "" where none is near."""
    found = process.extractOne(name, list(choices), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return found[0] if found else ""


def did_you_mean(name: str, choices: Iterable[str]) -> str:
    """Return a question after the nearest name, to stand behind a fault; "" where none is near."""
    near = nearest_name(name, choices)
    return f" (did you mean '{near}'?)" if near else ""
