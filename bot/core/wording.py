"""The plain words around an answer: what verdicts are called, how a source is cited, the text of a whole reply."""

from collections.abc import Iterable

from bot.core.model import Claim, Confidence, Knowledge, Source, Verdict
from bot.core.references import readable

VERDICTS = {
    Verdict.SUPPORTED: "Well supported",
    Verdict.MIXED: "Mixed evidence",
    Verdict.UNTESTED: "Plausible, not tested",
    Verdict.UNSUPPORTED: "Not supported",
    Verdict.OPINION: "Opinion",
}
CONFIDENCES = {
    Confidence.HIGH: "high confidence",
    Confidence.MODERATE: "moderate confidence",
    Confidence.LOW: "low confidence",
}
NO_SOURCE = "No study that can be cited fits this one."
ADDED_BY_SERVER = "Added by this server."


def verdict_line(claim: Claim) -> str:
    """Return the verdict and its confidence in words."""
    return f"{VERDICTS[claim.verdict]} ({CONFIDENCES[claim.confidence]})"


def shown_sources(claim: Claim, knowledge: Knowledge) -> list[Source]:
    """Return the claim's sources that may be shown: known and `cite_ready`, in the order cited."""
    known = (knowledge.sources.get(source) for source in claim.sources)
    return [source for source in known if source is not None and source.cite_ready]


def citation(source: Source) -> str:
    """Return one source as text: authors where confirmed, year, title, journal, link, and its caveat."""
    unconfirmed = not source.authors or "not confirmed" in source.authors.lower()
    parts = [] if unconfirmed else [source.authors.rstrip(".")]
    if source.year is not None:
        parts.append(str(source.year))
    parts.append(source.title.rstrip("."))
    if source.journal and "not confirmed" not in source.journal.lower():
        parts.append(source.journal.rstrip("."))
    text = ". ".join(parts) + "."
    if source.link:
        text += f" {source.link}"
    if source.caveat:
        text += f" (Caveat: {source.caveat.rstrip('.')}.)"
    return text


_FOCUSED = {"why": ["why", "unknown"], "do": ["do", "avoid"], "sources": ["sources"]}


def claim_text(claim: Claim, knowledge: Knowledge, focus: str = "") -> str:
    """Return a claim as a plain text reply; with `focus` ("why", "sources", "do") only what was asked for, if it is there."""
    claim = readable(claim, knowledge)
    head = f"{claim.title}\n{verdict_line(claim)}"
    if claim.added_by_server:
        head += f". {ADDED_BY_SERVER}"
    cited = shown_sources(claim, knowledge)
    parts = {
        "answer": claim.answer,
        "why": _paragraph("Why", claim.why),
        "unknown": _paragraph("Not known", claim.unknown),
        "do": _list("Do", claim.do, numbered=True),
        "avoid": _list("Avoid", claim.avoid),
        "sources": _list("Sources", (citation(source) for source in cited), numbered=True) or f"Sources: {NO_SOURCE}",
        "related": _list("See also", (knowledge.claims[r].title for r in claim.related if r in knowledge.claims)),
    }
    order = _FOCUSED[focus] if parts.get(focus) else list(parts)
    return "\n\n".join([head, *(parts[part] for part in order if parts[part])])


def _paragraph(title: str, text: str) -> str:
    return f"{title}: {text}" if text else ""


def _list(title: str, items: Iterable[str], *, numbered: bool = False) -> str:
    lines = [f"{f'{i}.' if numbered else '-'} {item}" for i, item in enumerate(items, 1)]
    return "\n".join([f"{title}:", *lines]) if lines else ""
