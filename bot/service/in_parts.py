"""Several questions that go on from an answer: each is read behind the one before it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.core.asking import leads_of
from bot.core.conversation import Conversation
from bot.core.lead import lead_of
from bot.core.model import Answer, Claim, Match, Outcome, Ranking

Ask = Callable[[str, Conversation], Answer]
"""Answers one question of a conversation."""

WHY = "why"


def lines_in_turn(
    pieces: Sequence[str], heard: Conversation, ask: Ask, claims: Mapping[str, Claim]
) -> dict[str, str] | None:
    """Return the claims that answer several questions, in their order, each with what it says first to its own ones.

    None where one of them is not answered by one claim, or where all get the same words: then nothing is won.
    """
    said: dict[str, list[str]] = {}
    for piece in pieces:
        found = ask(piece, heard)
        if found.claim is None or found.also or found.outcome is not Outcome.ANSWER:
            return None
        claim = claims[found.claim]
        reasons = leads_of(claim).get(WHY, "") if found.focus == WHY else ""
        says = found.first or reasons or found.lead or lead_of(claim)
        said.setdefault(claim.id, []).extend(says.split("\n"))
        heard = replace(heard.heard(piece, heard.answered_at), claim=claim.id)
    lines = {claim: tuple(dict.fromkeys(each)) for claim, each in said.items()}
    if sum(map(len, lines.values())) == 1:
        return None
    between = "\n" if len(lines) == 1 else " "  # beside others each is said in a line
    return {claim: between.join(each) for claim, each in lines.items()}


def ranking_of(lines: Mapping[str, str], claims: Mapping[str, Claim]) -> Ranking:
    """Return the ranking that answers with all of some claims."""
    first, *others = lines
    return Ranking(
        tuple(Match(claim, claims[claim].topic, 1.0) for claim in (first, *others)),
        sure=True,
        near=True,
        also=tuple(others),
        pieces=tuple((claim, "") for claim in lines),
    )
