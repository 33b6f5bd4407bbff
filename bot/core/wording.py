"""The plain words around an answer: how a source is cited, the text of a whole reply."""

from collections.abc import Iterable

from bot.core.judgement import judged, statement
from bot.core.lead import says_more
from bot.core.model import Claim, Knowledge, ServerSource, Source, Written
from bot.core.references import readable
from bot.sentences import say

NO_SOURCE = say("card.text.no_source")
ADDED_BY_SERVER = say("card.text.added_by_server")
_UNCONFIRMED = ("not confirmed", "not shown", "not found")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def shown_sources(claim: Claim, knowledge: Knowledge) -> list[Source]:
    """Return the claim's sources that may be shown: known and `cite_ready`, in the order cited."""
    known = (knowledge.sources.get(source) for source in dict.fromkeys(claim.sources))
    return [source for source in known if source is not None and source.cite_ready]


SERVERS_OWN = say("card.wording.servers_own")


def own_citation(source: ServerSource) -> str:
    """Return a page that a server named as text: its title, whose it is, its address, and that it is theirs."""
    site = "" if source.site in {source.title, source.host} else f" {source.site}."
    return f"{source.title.rstrip('.')}.{site} {source.url} ({SERVERS_OWN})"


def citation(source: Source) -> str:
    """Return one source as text: authors, year, title, journal, link and caveat; the title first where authors are not confirmed."""
    year = [str(source.year)] if source.year is not None else []
    title = source.title.rstrip(".")
    if has_authors(source):
        parts = [source.authors.rstrip("."), *year, title]
    else:
        parts = [title, *year, "Authors not confirmed"]
    if journal := journal_of(source):
        parts.append(journal)
    text = ". ".join(parts) + "."
    if source.link:
        text += f" {source.link}"
    if source.caveat:
        text += f" (Keep in mind: {source.caveat.rstrip('.')}.)"
    return text


def has_authors(source: Source) -> bool:
    """Say whether the authors of a source are known and confirmed."""
    return bool(source.authors) and not any(words in source.authors.lower() for words in _UNCONFIRMED)


def journal_of(source: Source) -> str:
    """Return the journal of a source where it is confirmed, without a full stop; "" where it is not."""
    known = not any(words in source.journal.lower() for words in (*_UNCONFIRMED, "cut off"))
    return source.journal.rstrip(". ") if known else ""


def checked_line(claim: Claim) -> str:
    """Return when studies on a claim were last looked for, as a sentence; "" where nobody said."""
    if not claim.checked:
        return ""
    year, _, month = claim.checked.partition("-")
    return say("card.wording.last_looked_for", month=_MONTHS[int(month) - 1], year=year)


WHY, UNKNOWN, DO, AVOID, SOURCES, RELATED = "Why", "Not known yet", "Do", "Avoid", "Sources", "See also"
"""What the parts of a claim are called in a text, each before a colon."""
_FOCUSED = {"why": ["why", "unknown"], "do": ["do", "avoid"], "avoid": ["avoid", "do"], "sources": ["sources"]}


def written(claim: Claim, knowledge: Knowledge, focus: str = "") -> Written:
    """Return a claim as a plain text reply, whatever its first line is; with `focus` ("why", "sources", "do", "avoid") only what was asked for, if it is there."""
    claim = readable(claim, knowledge)
    head = f"{claim.title}\n{statement(claim)}\n{judged(claim)}."
    if claim.added_by_server:
        head += f" {ADDED_BY_SERVER}"
    cited = [*map(citation, shown_sources(claim, knowledge)), *map(own_citation, claim.server_sources)]
    listed = _list(SOURCES, cited, numbered=True)
    parts = {
        "answer": claim.answer if says_more(claim.answer, claim) else "",
        "why": _paragraph(WHY, claim.why),
        "unknown": _paragraph(UNKNOWN, claim.unknown),
        "do": _list(DO, claim.do, numbered=True),
        "avoid": _list(AVOID, claim.avoid),
        "sources": "\n".join(part for part in (listed or f"{SOURCES}: {NO_SOURCE}", checked_line(claim)) if part),
        "related": _list(RELATED, (knowledge.claims[r].title for r in claim.related if r in knowledge.claims)),
    }
    focused = bool(parts.get(focus))
    order = _FOCUSED[focus] if focused else list(parts)
    return Written(head, "\n\n".join(parts[part] for part in order if parts[part]), has_lead=not focused)


def _paragraph(title: str, text: str) -> str:
    return f"{title}: {text}" if text else ""


def _list(title: str, items: Iterable[str], *, numbered: bool = False) -> str:
    lines = [f"{f'{i}.' if numbered else '-'} {item}" for i, item in enumerate(items, 1)]
    return "\n".join([f"{title}:", *lines]) if lines else ""
