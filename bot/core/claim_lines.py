"""The lines of a claim: which of them speak of what a message names, and what stands alone as an answer to it."""

import re
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from sys import intern

from bot.core.asking import Kind, opening_of
from bot.core.model import Claim
from bot.core.references import without_references
from bot.core.text import clean, sentences, stem, words

MOST_SENTENCES = 2
LONGEST = 240
"""Characters of what can stand alone below a question."""

_LAST_RESORT = re.compile(r"(?:still|not?)\b[^.]*\?", re.IGNORECASE)
"""How a step begins that is for whoever the others do not help."""
_BY_STEPS = frozenset({Kind.HOW, Kind.SHOULD, Kind.NEED, Kind.CAN, Kind.AVOID, Kind.WHEN, Kind.WHERE})
"""The kinds of question that steps answer better than reasons."""

Means = Callable[[Sequence[str]], frozenset[str]]
"""Gives what the words of a line mean, so that other words for the same thing count."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a claim says to a message: `lines` of it, and the `focus` that fits below them."""

    lines: tuple[str, ...]
    focus: str


def said_to(
    claim: Claim,
    sought: Collection[str],
    kind: Kind | None,
    means: Means,
    *,
    why: bool,
    line: Sequence[str] = (),
    leans: Collection[str] = (),
) -> Said:
    """Return what a claim says to a message that seeks some words and asks a `kind` of question; `why`: it asks for reasons.

    Of sentences with as many of the words those come first that have more pairs of words of its `line` ("every day").
    `leans`: first words of a sentence that is only understood behind the one before it ("Neither used a leg press").
    """
    found = [
        (speaks_of([sentence], sought, means), part, sentence, whole)
        for part, text in texts_with_focus(claim)
        for sentence, whole in ([(text, text)] if text in claim.do else _that_stand(text, leans))  # a step stands whole
    ]
    most = max((hits for hits, *_ in found), default=0)
    best = [each for each in found if each[0] == most] if most else []
    best = sorted(best, key=lambda each: -_pairs_of(line, each[2]))[:MOST_SENTENCES]
    focus = best[0][1] if best else ("do" if kind in _BY_STEPS and claim.do else "why")
    lines = list(dict.fromkeys(whole for *_, whole in best))
    told = tuple(each for each in lines if not any(each in other for other in lines if other != each))
    return Said(told, "why" if why else focus)


def _that_stand(text: str, leans: Collection[str]) -> Iterator[tuple[str, str]]:
    """Give each sentence of a text that can be said alone, with what is said then: itself, behind those that it leans on."""
    before = ""
    for sentence in sentences(text):
        leaning = clean(sentence.split(maxsplit=1)[0]).strip(" ,:;.") in leans
        before = f"{before} {sentence}" if leaning and before else sentence
        if len(before) <= LONGEST:
            yield sentence, before


def _pairs_of(line: Sequence[str], sentence: str) -> int:
    """Return how many pairs of words that follow on each other in a line do so in a sentence."""
    said = words(clean(sentence))
    return len(set(pairwise(line)).intersection(pairwise(said)))


def line_on(lines: Sequence[str], sought: Collection[str], means: Means) -> str:
    """Return the line that speaks most of what is sought; "" where none speaks of half of it."""
    hits, line = max(
        ((speaks_of([line], sought, means), line) for line in lines), key=lambda each: each[0], default=(0, "")
    )
    return line if hits and hits * 2 >= len(sought) else ""


def steps_left(claim: Claim, own: Collection[str], means: Means) -> tuple[str, ...]:
    """Return the steps of a claim that name nothing of what a message can not do (`own`); all but the first where it names nothing."""
    if not own:
        return claim.do[1:]
    return tuple(step for step in claim.do if _LAST_RESORT.match(step) or not speaks_of([step], own, means))


def speaks_of(texts: Iterable[str], named: Collection[str], means: Means) -> int:
    """Return how many of the words `named` stand in texts, or are meant there."""
    lines = [words(clean(text)) for text in texts]
    return _hits({stem(word) for line in lines for word in line}, lambda: _meant(lines, means), named, means)


def _meant(lines: Iterable[Sequence[str]], means: Means) -> frozenset[str]:
    return frozenset[str]().union(*map(means, lines))


def _hits(stems: Container[str], meant: Callable[[], frozenset[str]], named: Collection[str], means: Means) -> int:
    missing = [word for word in named if stem(word) not in stems]
    if not missing:
        return len(named)
    there = meant()
    if len(named) > 1:  # two words that name one thing ("sit ups")
        alone = _meant(([word] for word in named), means)
        if not there.isdisjoint(means(list(named)) - alone):
            return len(named)
    return len(named) - sum(1 for word in missing if there.isdisjoint(means([word])))


class ClaimWords:
    """The words of claims and what they mean there, read once a claim: after an answer ten claims are asked for them. Safe to share between threads."""

    def __init__(self, means: Means) -> None:
        """Read with what `means` gives."""
        self._means = means
        self._read: dict[str, tuple[Claim, tuple[str, ...], tuple[str, ...]]] = {}

    def speaks_of(self, claim: Claim, named: Collection[str]) -> int:
        """Return how many of the words `named` stand in all texts of a claim, or are meant there."""
        stems, meant = self._words(claim)
        return _hits(stems, lambda: frozenset(meant), named, self._means)

    def names(self, claim: Claim, named: Collection[str]) -> int:
        """Return how many of the words `named` stand in all texts of a claim, in any form."""
        stems, _ = self._words(claim)
        return sum(1 for word in named if stem(word) in stems)

    def _words(self, claim: Claim) -> tuple[tuple[str, ...], tuple[str, ...]]:
        found = self._read.get(claim.id)
        if found is None or found[0] is not claim:
            lines = [words(clean(text)) for text in all_texts(claim)]
            stems = dict.fromkeys(stem(word) for line in lines for word in line)
            # Tuples: as sets of their own, the words of two hundred claims would take ten times the memory.
            found = (claim, tuple(map(intern, stems)), tuple(map(intern, sorted(_meant(lines, self._means)))))
            self._read[claim.id] = found
        return found[1], found[2]


def subject_of(claim: Claim) -> list[str]:
    """Return the longest word of a claim's title, for comparing."""
    return [max(words(clean(claim.title)), key=len, default="")]


def literally(_: Sequence[str]) -> frozenset[str]:
    """Give no other words for the same thing."""
    return frozenset()


def main_texts(claim: Claim, *, leads: bool) -> list[str]:
    """Return the texts that say what a claim is about."""
    lines = [claim.lead, *(lead.split(": ", 1)[1] for lead in claim.leads)] if leads else []
    return [claim.title, claim.claim, *lines]


def all_texts(claim: Claim) -> list[str]:
    """Return all texts of a claim."""
    return [claim.title, claim.claim, *(text for _, text in texts_with_focus(claim))]


def texts_with_focus(claim: Claim) -> list[tuple[str, str]]:
    """Return the texts of a claim that may be said by themselves, each with the focus that shows its part."""
    leads = [lead.split(": ", 1)[1] for lead in claim.leads]
    parts = [("do", claim.lead), *(("do", lead) for lead in leads if not opening_of(lead)[0])]
    parts += [*(("do", step) for step in claim.do), ("why", claim.answer), ("why", claim.why), ("why", claim.unknown)]
    return [(part, without_references(text)) for part, text in parts if text]
