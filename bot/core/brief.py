"""A claim in short, as plain text: what is judged, what is judged of it, one line, the steps."""

from bot.core.judgement import judged, statement
from bot.core.lead import lead_of, led, says_more
from bot.core.model import Answer, Claim, Knowledge, Outcome
from bot.core.references import without_references
from bot.core.wording import ADDED_BY_SERVER


def brief_text(claim: Claim) -> str:
    """Return a claim as a short plain text reply."""
    said = f"{judged(claim)}." + (f" {ADDED_BY_SERVER}" if claim.added_by_server else "")
    steps = [f"{number}. {step}" for number, step in enumerate(claim.do, start=1)]
    head = f"{statement(claim)}\n{said}"
    line = lead_of(claim) or without_references(claim.answer)
    return "\n\n".join(part for part in (head, line if says_more(line, claim) else "", "\n".join(steps)) if part)


def brief_answer(answer: Answer, knowledge: Knowledge, last: str, more: str) -> str:
    """Return the short form of an answer; its whole text where it shows no claim, several, or a part that was asked for.

    `last`: the safety line, said last where the answer ends with it. `more`: how to get the rest.
    """
    ids = [each for each in (answer.claim, *answer.also) if each is not None and each in knowledge.claims]
    if answer.outcome is not Outcome.ANSWER or answer.focus or answer.also or not ids:
        return answer.text
    parts = [brief_text(led(knowledge.claims[each], answer.lead)) for each in dict.fromkeys(ids)]
    return "\n\n".join(
        part for part in (answer.first, *parts, more, answer.caution, last if answer.safety_line else "") if part
    )
