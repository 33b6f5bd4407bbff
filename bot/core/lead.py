"""The first line of a claim: what it comes to, before anything else is read."""

import re
from dataclasses import replace

from bot.core.model import Claim
from bot.core.overlay import PROTECTED
from bot.core.references import without_references
from bot.core.text import words

SHORTEST_LINE, LONGEST_LINE = 25, 180
"""Characters of the first line: "No." alone says too little, and a paragraph in bold is no line."""

_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*(?=\s|$)|\n")


def lead_of(claim: Claim) -> str:
    """Return the first line of a claim: its lead, else the beginning of its answer; "" where neither is short enough.

    The signs that need help are said in full, whatever else there is.
    """
    if claim.id in PROTECTED:
        return without_references(claim.answer)
    return claim.lead.strip() or without_references(beginning(claim.answer)[0])


def says_more(line: str, claim: Claim) -> bool:
    """Say whether a line has other words than the statement of its claim: what is said already is not said again below it."""
    return words(line) != words(claim.claim)


def led(claim: Claim, lead: str) -> Claim:
    """Return a claim with another first line; the same claim where `lead` is "", or the claim's own words must stand."""
    return claim if not lead or claim.id in PROTECTED else replace(claim, lead=lead)


def lead_as(claim: Claim, lead: str) -> str:
    """Return the lead that a claim has once it is `led`."""
    return claim.lead if not lead or claim.id in PROTECTED else lead


def beginning(answer: str) -> tuple[str, str]:
    """Return the beginning of an answer that can stand alone, and the rest; "" and all of it where none is short enough.

    Whole sentences are taken until they say something, unless that makes them too long for a line. The last one needs no
    full stop: who teaches from a phone often leaves it out.
    """
    answer = answer.strip()
    fitting = [end for end in (*sentence_ends(answer), len(answer)) if end <= LONGEST_LINE]
    end = next((end for end in fitting if end >= SHORTEST_LINE), fitting[-1] if fitting else 0)
    return answer[:end].rstrip(), answer[end:].lstrip()


def sentence_ends(text: str) -> list[int]:
    """Return where sentences and lines of `text` end."""
    return [found.end() for found in _SENTENCE_END.finditer(text)]
