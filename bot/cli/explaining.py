"""Why the matcher said what it said, as lines for a terminal."""

from bot.core.answering import FITS, PLAIN
from bot.core.matching import Contender, Explanation
from bot.core.model import OUT_OF_SCOPE, QUESTION, Answer, Outcome
from bot.core.weighing import Weighed
from bot.sentences import say

MOST_EVIDENCE = 6


def reasons(explanation: Explanation) -> list[str]:
    """Return the words read, the repairs, the contenders with their evidence, and why the first won or nothing did."""
    lines = [f"matcher: {explanation.why}"]
    lines.append(say("terminal.explaining.thresholds_answer_from", sure=explanation.sure, near=explanation.near))
    if explanation.words:
        lines.append(f"  words: {' '.join(explanation.words)}")
    if explanation.repairs:
        lines.append("  repaired: " + ", ".join(f"{repair.typed} -> {repair.read}" for repair in explanation.repairs))
    if explanation.weightless:
        lines.append("  asks nothing: " + ", ".join(explanation.weightless))
    if explanation.strange:
        lines.append(f"  never seen: {' '.join(explanation.strange)}")
    lines.append(f"  out of scope: {explanation.out_of_scope:.3f}")
    for place, contender in enumerate(explanation.contenders, 1):
        lines += _contender(place, contender)
    return lines


def decision(answer: Answer) -> list[str]:
    """Return what kind of message it was taken for, how well the first claim fits, and whether anything covers it."""
    if answer.kind not in {QUESTION, OUT_OF_SCOPE}:
        return [f"decision: first words, {answer.kind}"]
    covered = "covered" if answer.covered else say("terminal.explaining.about_us")
    if answer.kind == OUT_OF_SCOPE:
        covered = "about something else"
    asks = f"; asks: {answer.asks}{', with a first line for it' if answer.lead else ''}" if answer.asks else ""
    enough = PLAIN if answer.outcome is Outcome.ANSWER and answer.fits < FITS else FITS
    lines = [say("terminal.explaining.decision_fits", fits=answer.fits, enough=enough, covered=covered, asks=asks)]
    return lines if answer.weighed is None else [*lines, _outweighed(answer.weighed)]


def _outweighed(found: Weighed) -> str:
    """Return why a claim was answered in place of what the words by themselves lead to."""
    counted = ", ".join(f"{name} {counts:+.2f}" for name, counts in found.counted)
    against = found.against or say("terminal.explaining.weighed_against_none")
    return say(
        "terminal.explaining.weighed",
        claim=found.claim, share=found.share, against=against, other=found.against_share, counted=counted,
    )  # fmt: skip


def _contender(place: int, contender: Contender) -> list[str]:
    words = ", ".join(f"{evidence.words} {evidence.weight:+.2f}" for evidence in contender.evidence[:MOST_EVIDENCE])
    scores = f"confidence {contender.confidence:.3f}, score {contender.score:.3f}"
    lines = [f"  {place}. {contender.claim} ({contender.topic}): {scores}"]
    if words:
        lines.append(f"     counted: {words}")
    if contender.nearest:
        lines.append(f"     nearest phrasing: {contender.nearest}")
    return lines
