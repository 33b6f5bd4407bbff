"""Which phone numbers somebody must still dial or read live, and which were read too long ago."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.sentences import say

MOST_MONTHS = 12
"""After so many months a number has to be checked again (safety2.md 11.1)."""


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody has to look at: where it stands, and why."""

    where: str
    why: str

    def __str__(self) -> str:
        """Return one line for a terminal."""
        return f"{self.where}: {self.why}"


def notes(told: Mapping[str, Any], today: date) -> Iterator[Note]:
    """Yield a note for each string of a region or language that is not shown yet, or that is old on the day `today`.

    `told`: the `regions` and `language_lines` of the safety data.
    """
    for part in ("regions", "language_lines"):
        for key, each in told[part].items():
            for slot, string in each.items():
                if isinstance(string, Mapping):
                    yield from _of(f"{part} {key} {slot}", string, today)


def _of(where: str, string: Mapping[str, Any], today: date) -> Iterator[Note]:
    if string.get("verify_live") and not string.get("checked"):
        yield Note(where, say("stops.sourced.not_shown_until_somebody_has_verified", string=string["says"]))
    seen = max((str(string[key]) for key in ("read", "checked") if string.get(key)), default="")
    if seen and _months(date.fromisoformat(seen), today) >= MOST_MONTHS:
        yield Note(where, say("stops.sourced.last_read_or_checked_on", seen=seen, most_months=MOST_MONTHS))


def _months(since: date, today: date) -> int:
    return (today.year - since.year) * 12 + today.month - since.month - (today.day < since.day)
