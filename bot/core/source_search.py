"""Shipped sources found by words: of their title, authors, year and finding, and of the claims that cite them."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rapidfuzz import fuzz, process

from bot.core.model import Knowledge, Source
from bot.core.text import clean, words
from bot.core.wording import has_authors

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
    held = [
        (source, _words(_own(source)), _words(cited.get(source.id, ())))
        for source in knowledge.sources.values()
        if source.cite_ready
    ]
    known = frozenset[str]().union(*(own | around for _, own, around in held))
    in_a_row = f" {' '.join(known)} "
    meant = [_meant(known, in_a_row, word) for word in wanted]
    for source, own, around in held:
        worth = [0 if own.isdisjoint(each) and around.isdisjoint(each) else 2 - own.isdisjoint(each) for each in meant]
        points, found = sum(worth), sum(map(bool, worth))
        if found * 2 > len(wanted):
            ranked.append(((-found, -points, source.year is None, -(source.year or 0), source.id), source))
    return [source for _, source in sorted(ranked, key=lambda each: each[0])[:most]]


def source_line(source: Source) -> str:
    """Return a source on one line: who and when, then what; the title first where its authors are not confirmed."""
    if not has_authors(source):
        return f"{source.title} ({source.year})" if source.year else source.title
    who = source.authors.split(",")[0].split(";")[0].strip()
    year = f" {source.year}" if source.year else ""
    return f"{who}{year}: {source.title}"


def _own(source: Source) -> Iterator[str]:
    yield from (source.id, source.title, source.authors, str(source.year or ""), source.journal, source.finding)
    yield source.kind.replace("_", " ")


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset[str]().union(*map(_words_of, texts))


@lru_cache(maxsize=2_000)  # who looks for a source types one letter after the other
def _words_of(text: str) -> frozenset[str]:
    return frozenset(words(clean(text)))


def _meant(known: frozenset[str], in_a_row: str, word: str) -> frozenset[str]:
    """Return which of the known words, which stand `in_a_row` too, are meant: itself, those that begin with it or are it nearly."""
    if len(word) < FEWEST_LETTERS:
        return known & {word}
    nearly = process.extract(word, known, scorer=fuzz.ratio, score_cutoff=NEARLY, limit=None)
    return frozenset(re.findall(f" ({re.escape(word)}[^ ]*)", in_a_row)).union(each for each, *_ in nearly)
