"""Sources as formal citations in Markdown, each with its link and its caveat."""

import re
from urllib.parse import quote

from bot.core.model import Claim, Knowledge, ServerSource, Source
from bot.core.wording import NO_SOURCE, checked_line, has_authors, journal_of, shown_sources
from bot.ui import wording

_LINK_SIGNS = ":/?&=%#~+,;@()"
_SIGNS = re.compile(r"([\\*_~`|\[\]()<>#@:])")


def citations(claim: Claim, knowledge: Knowledge) -> list[str]:
    """Return one text for each source of `claim` that may be shown, or the sentence that there is none."""
    shown = [citation(source, number) for number, source in enumerate(shown_sources(claim, knowledge), start=1)]
    shown += [own_citation(source, number) for number, source in enumerate(claim.server_sources, start=len(shown) + 1)]
    when = checked_line(claim)
    return [*(shown or [NO_SOURCE]), *([f"-# {when}"] if when else [])]


def citation(source: Source, number: int) -> str:
    """Return one numbered reference; authors and journal are named only where they are confirmed."""
    year = f"({source.year})" if source.year else ""
    title = f"*{_plain(source.title)}*"
    if has_authors(source):
        printed = [" ".join(part for part in (source.authors.rstrip(". "), year) if part), title]
    else:
        printed = [" ".join(part for part in (title, year) if part), "Authors not confirmed"]
    printed.append(journal_of(source))
    lines = [f"**{number}.** " + " ".join(f"{part}." for part in printed if part)]
    link = f"[{link_words(source)}](<{quote(source.link, safe=_LINK_SIGNS)}>)" if source.link else ""
    if about := " · ".join(part for part in (kind_words(source.kind), link) if part):
        lines.append(about)
    if source.finding:
        lines.append(f"> {source.finding}")
    if source.caveat:
        lines.append(f"> ⚠️ Keep in mind: {source.caveat}")
    return "\n".join(lines)


def own_citation(source: ServerSource, number: int | None = None) -> str:
    """Return a page that a server named as a reference: theirs, with where its link really leads."""
    site = "" if source.site in {source.title, source.host} else f" {_as_typed(source.site)}."
    link = f"[{_as_typed(source.host)}](<{quote(source.url, safe=_LINK_SIGNS)}>)"
    before = "" if number is None else f"**{number}.** "
    return f"{before}*{_as_typed(source.title.rstrip('. '))}*.{site}\n{link} · {wording.SERVERS_SOURCE}"


def _as_typed(text: str) -> str:
    """Return a server's text so that Discord shows its signs and obeys none."""
    return _SIGNS.sub(r"\\\1", text)


def kind_words(kind: str) -> str:
    """Return the kind of publication in words that a member knows."""
    return wording.SOURCE_KINDS.get(kind, kind.replace("_", " ").capitalize())


def link_words(source: Source) -> str:
    """Return what the link is called: the DOI or PubMed number, else the site."""
    if source.doi:
        return f"doi:{source.doi}"
    if source.pmid:
        return f"PubMed {source.pmid}"
    return source.link.partition("://")[2].partition("/")[0]


def _plain(title: str) -> str:
    return title.rstrip(". ").replace("*", "").replace("_", " ")
