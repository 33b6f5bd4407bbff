"""Lints on what a claim and a source say: figures with their sources, searches with their date, nothing for writers only."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.asking import YES_NO, opening_of
from bot.core.knowledge.reading import grade, sentences_of
from bot.core.model import Claim, Source
from bot.core.own_words import own
from bot.core.references import TEXTS, references, without_references
from bot.core.small_patterns import any_pattern, either
from bot.core.word_lists import Patterns
from bot.sentences import say

EASIEST = {"lead": 6.0, "do": 6.0, "why": 8.0}
"""The grade (years of school) that a lead, a claim's steps together, and a reason may ask for at most."""

FEWEST_TOLD = 3
"""Words of the statement after a yes or no: it stands alone where that word is left out."""


@dataclass(frozen=True, slots=True)
class WritingWords:
    """What writers of claims are warned of, each list as `language/en/writing.yaml` explains it."""

    counted: tuple[str, ...]
    numbers: tuple[str, ...]
    ours: Patterns
    absolute: Patterns
    searched: Patterns
    for_writers: Patterns
    hedges: Patterns


_OWN = own(WritingWords, "writing")
_COUNTED = either(_OWN.counted)
_NUMBER = rf"(?:\d[\d,.]*|{either(_OWN.numbers)})"
_FIGURE = re.compile(
    rf"\d[\d.,-]{{0,20}}\s?%|\d-fold|\bmmHg\b|\b\d+/\d+\b|\b\d+ of 100\b|\btimes body weight\b|\b{_NUMBER}(?: [a-z-]+){{0,3}} (?:{_COUNTED})\b",
    re.IGNORECASE,
)
_SAID_TO_BE_OURS = re.compile(any_pattern(_OWN.ours), re.IGNORECASE)
"""Words that tell a reader whose figure it is where no source that can be cited has it."""
_ABSOLUTE = re.compile(any_pattern(_OWN.absolute), re.IGNORECASE)
_SEARCHED = re.compile(any_pattern(_OWN.searched), re.IGNORECASE)
_OPEN = "not looked for again"
_FOR_WRITERS = re.compile(any_pattern(_OWN.for_writers), re.IGNORECASE)
_HEDGE = re.compile(rf"(?:{any_pattern(_OWN.hedges)})\b", re.IGNORECASE)


def claim_warnings(claim: Claim) -> Iterator[tuple[str, str, str]]:
    """Yield field, words in it ("" for the whole) and a sentence for everything that a reader should not have to trust."""
    yield from _lead(claim)
    yield from _leads(claim)
    if claim.claim.rstrip().endswith("?"):
        yield "claim", "", say("files.honesty.question_cannot_be_judged")
    for name in TEXTS:
        for sentence in sentences_of(getattr(claim, name)):
            yield from ((name, *found) for found in _untied(sentence))
            yield from ((name, *found) for found in _undated(sentence, claim.checked))
        if found := _FOR_WRITERS.search(getattr(claim, name)):
            yield name, found[0], say("files.honesty.is_for_writers", found=found[0])
    for name, text in (("do", " ".join(claim.do)), ("why", without_references(claim.why))):
        if (asked := grade(text)) > EASIEST[name]:
            yield name, "", say("files.honesty.this_reads_at_grade", asked=asked, easiest=EASIEST[name])


def source_warnings(source: Source) -> Iterator[tuple[str, str]]:
    """Yield field and sentence for everything about a source that members should not meet."""
    if not source.authors:
        yield "id", say("files.honesty.has_no_authors", id=source.id)
    for name in ("caveat", "title"):
        if found := _FOR_WRITERS.search(getattr(source, name)):
            advice = say("files.honesty.keep_verified_words_in_caveat_verified")
            yield name, say("files.honesty.is_for_writers_2", found=found[0], advice=advice)


def _lead(claim: Claim) -> Iterator[tuple[str, str, str]]:
    if not claim.lead:
        yield (
            "answer",
            "",
            say("files.honesty.has_no_lead", id=claim.id),
        )
        return
    if _HEDGE.match(claim.lead):
        yield "lead", "", say("files.honesty.first_line_does_not_open_with")
    if (asked := grade(claim.lead)) > EASIEST["lead"]:
        yield "lead", "", say("files.honesty.this_reads_at_grade", asked=asked, easiest=EASIEST["lead"])


def _leads(claim: Claim) -> Iterator[tuple[str, str, str]]:
    for kind, _, said in (each.partition(": ") for each in claim.leads):
        if (asked := grade(said)) > EASIEST["lead"]:
            yield (
                "leads",
                said,
                say("files.honesty.reads_at_grade", kind=kind, asked=asked, easiest=EASIEST["lead"]),
            )
        opening, told = opening_of(said)
        if opening and kind not in YES_NO:
            yield "leads", said, say("files.honesty.is_no_question_for_yes_or", kind=kind)
        elif opening and len(told.split()) < FEWEST_TOLD:
            yield (
                "leads",
                said,
                say("files.honesty.says_too_little_after", kind=kind, opening=opening),
            )


def _untied(sentence: str) -> Iterator[tuple[str, str]]:
    found = _FIGURE.search(without_references(sentence))
    if found and not any(references(sentence)) and not _SAID_TO_BE_OURS.search(sentence):
        shown = found[0].strip()
        yield shown, say("files.honesty.figure_has_no_source", shown=shown)


def _undated(sentence: str, checked: str) -> Iterator[tuple[str, str]]:
    if _OPEN in sentence:
        return
    if found := _ABSOLUTE.search(sentence):
        yield (
            found[0],
            say("files.honesty.speaks_for_world", found=found[0], open=_OPEN),
        )
    elif (found := _SEARCHED.search(sentence)) and not checked:
        yield found[0], say("files.honesty.needs_month_of_that_search", found=found[0])
