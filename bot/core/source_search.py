"""Shipped sources found by words: of their title, authors, year and finding, and of the claims that cite them."""

from collections.abc import Iterator

from rapidfuzz import fuzz

from bot.core.model import Knowledge, Source
from bot.core.text import clean, words

MOST_FOUND = 25
NEARLY = 85
"""From which likeness (of 100) a word is taken for a misspelt one."""
FEWEST_LETTERS = 4
"""A word shorter than that is looked for as it is."""


def find_sources(knowledge: Knowledge, typed: str, most: int = MOST_FOUND) -> list[Source]:
    """Return the sources that can be cited and have the words that were typed, those with the most of them first."""
    wanted = list(dict.fromkeys(words(clean(typed))))
    if not wanted:
        return []
    cited: dict[str, list[str]] = {}
    for claim in knowledge.claims.values():
        for name in claim.sources:
            cited.setdefault(name, []).append(f"{claim.title} {claim.claim}")
    ranked: list[tuple[tuple[int, int, bool, int, str], Source]] = []
    for source in knowledge.sources.values():
        if not source.cite_ready:
            continue
        own, around = _words(_own(source)), _words(cited.get(source.id, ()))
        points = sum(2 if _has(own, word) else 1 if _has(around, word) else 0 for word in wanted)
        found = sum(_has(own, word) or _has(around, word) for word in wanted)
        if found * 2 > len(wanted):
            ranked.append(((-found, -points, source.year is None, -(source.year or 0), source.id), source))
    return [source for _, source in sorted(ranked, key=lambda each: each[0])[:most]]


def source_line(source: Source) -> str:
    """Return a source on one line: who and when, then what."""
    who = source.authors.split(",")[0].split(";")[0].strip() or source.id
    year = f" {source.year}" if source.year else ""
    return f"{who}{year}: {source.title}"


def _own(source: Source) -> Iterator[str]:
    yield from (source.id, source.title, source.authors, str(source.year or ""), source.journal, source.finding)
    yield source.kind.replace("_", " ")


def _words(texts: Iterator[str] | list[str] | tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for text in texts for word in words(clean(text)))


def _has(held: frozenset[str], word: str) -> bool:
    """Say whether a word is among others, at the beginning of one, or one of them nearly."""
    if word in held:
        return True
    if len(word) < FEWEST_LETTERS:
        return False
    return any(each.startswith(word) or fuzz.ratio(each, word) >= NEARLY for each in held)
