"""References in a claim's texts, such as "[bohannon1985]" after a figure: found, and shown as small numbers."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace

from bot.core.model import Claim, Knowledge

TEXTS = ("answer", "why", "unknown")
"""The texts of a claim that may hold references."""

_BRACKETS = re.compile(r"\s{0,4}\[([A-Za-z0-9_.-]+(?:,\s*[A-Za-z0-9_.-]+)*)\](?!\()")
_ID = re.compile(r"(?=[^0-9_]*[0-9_])(?=.*[A-Za-z])[A-Za-z0-9_.-]+")
"""What looks like a source's id: letters with a digit or an underscore, so that "[sic]" and "[1]" stay what they are."""
_SMALL = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def references(text: str, known: Collection[str] = ()) -> Iterator[str]:
    """Yield the ids that `text` refers to, in order; `known` ids count whatever they look like."""
    for found in _BRACKETS.finditer(text):
        words = _words(found)
        if _refers(words, known):
            yield from words


def small_number(number: int) -> str:
    """Return a number of small, raised digits."""
    return str(number).translate(_SMALL)


def numbered(text: str, numbers: Mapping[str, int], shown: Callable[[int], str] = small_number) -> str:
    """Return `text` with a number in the place of each reference, as `shown` writes it; one without a number is left out."""

    def written(found: re.Match[str]) -> str:
        words = _words(found)
        if not _refers(words, numbers):
            return found[0]
        return ",".join(shown(numbers[word]) for word in words if word in numbers)

    return _BRACKETS.sub(written, text)


def without_references(text: str) -> str:
    """Return `text` as it reads without its references."""
    return numbered(text, {})


def shown_numbers(claim: Claim, knowledge: Knowledge) -> dict[str, int]:
    """Return the number of each source of `claim` that is shown, by id, counted from 1 in the order cited."""
    known = (source for source in dict.fromkeys(claim.sources) if source in knowledge.sources)
    ready = (source for source in known if knowledge.sources[source].cite_ready)
    return {source: number for number, source in enumerate(ready, start=1)}


def readable(claim: Claim, knowledge: Knowledge) -> Claim:
    """Return `claim` as members read it: small numbers for its references, nothing that is for its writers."""
    numbers = shown_numbers(claim, knowledge)
    return replace(
        claim,
        answer=numbered(claim.answer, numbers),
        why=numbered(claim.why, numbers),
        unknown=numbered(claim.unknown, numbers),
        note="",
    )


def _words(found: re.Match[str]) -> list[str]:
    return [word.strip() for word in found[1].split(",")]


def _refers(words: Collection[str], known: Collection[str]) -> bool:
    return all(word in known or _ID.fullmatch(word) for word in words)
