"""Why the matcher said what it said, as lines for a terminal."""

from bot.core.matching import Contender, Explanation

MOST_EVIDENCE = 6


def reasons(explanation: Explanation) -> list[str]:
    """Return the words read, the repairs, the contenders with their evidence, and why the first won or nothing did."""
    lines = [f"matcher: {explanation.why}"]
    lines.append(f"  thresholds: answer from {explanation.sure:.2f}, suggest from {explanation.near:.2f}")
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


def _contender(place: int, contender: Contender) -> list[str]:
    words = ", ".join(f"{evidence.words} {evidence.weight:+.2f}" for evidence in contender.evidence[:MOST_EVIDENCE])
    scores = f"confidence {contender.confidence:.3f}, score {contender.score:.3f}"
    lines = [f"  {place}. {contender.claim} ({contender.topic}): {scores}"]
    if words:
        lines.append(f"     counted: {words}")
    if contender.nearest:
        lines.append(f"     nearest phrasing: {contender.nearest}")
    return lines
