"""What to look at again: claims checked long ago, sources whose only link may not last, texts that read hard."""

from collections.abc import Collection, Iterator, Mapping
from statistics import median
from urllib.parse import urlsplit

from bot.core.knowledge.reading import grade
from bot.core.model import Claim, Knowledge, Source
from bot.core.references import without_references


def stale(knowledge: Knowledge, today: tuple[int, int], months: int) -> Iterator[Claim]:
    """Yield the claims whose search is more than `months` old; `today` is a year and a month (1 to 12)."""
    now = today[0] * 12 + today[1]
    for claim in knowledge.claims.values():
        if claim.checked:
            year, _, month = claim.checked.partition("-")
            if now - (int(year) * 12 + int(month)) > months:
                yield claim


def fragile(knowledge: Knowledge, lasting: Collection[str]) -> Iterator[Source]:
    """Yield the cited sources with neither DOI nor PubMed number, whose link is on none of the `lasting` hosts."""
    cited = {source for claim in knowledge.claims.values() for source in claim.sources}
    for source in knowledge.sources.values():
        if source.id in cited and not (source.doi or source.pmid) and not _lasts(source.url, lasting):
            yield source


def _lasts(url: str, lasting: Collection[str]) -> bool:
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return any(host == known or host.endswith(f".{known}") for known in lasting)


def grades(knowledge: Knowledge) -> Mapping[str, tuple[float, float, str]]:
    """Return for leads, steps (a claim's together) and reasons the median grade, the worst one and whose it is."""
    texts = {
        "lead": {claim.id: claim.lead for claim in knowledge.claims.values() if claim.lead},
        "leads": {
            f"{claim.id}, {kind}": said
            for claim in knowledge.claims.values()
            for kind, _, said in (each.partition(": ") for each in claim.leads)
        },
        "do": {claim.id: " ".join(claim.do) for claim in knowledge.claims.values() if claim.do},
        "why": {claim.id: without_references(claim.why) for claim in knowledge.claims.values() if claim.why},
    }
    found: dict[str, tuple[float, float, str]] = {}
    for name, by_claim in texts.items():
        if by_claim:
            graded = {each: grade(text) for each, text in by_claim.items()}
            worst = max(graded, key=lambda each: graded[each])
            found[name] = (median(graded.values()), graded[worst], worst)
    return found
