"""Every page of the site as bytes, by path: made from a knowledge alone, so that the same knowledge gives the same bytes."""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import groupby

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from PIL import Image

from bot.core.checklist import PAINFUL, PRESSES, Checklist, Goal, Press, checklist
from bot.core.drawing import picture_named
from bot.core.judgement import judged, statement
from bot.core.lead import LONGEST_LINE, lead_of, says_more
from bot.core.model import Claim, Knowledge, Source, Topic, Verdict
from bot.core.my_depth import spot_test, to_remember
from bot.core.overlay import PROTECTED
from bot.core.references import numbered, shown_numbers
from bot.core.wording import (
    ADDED_BY_SERVER,
    NO_SOURCE,
    SERVERS_OWN,
    checked_line,
    has_authors,
    journal_of,
    shown_sources,
)
from bot.errors import UserError
from bot.sentences import say
from bot.site.search import search_data

TITLE = say("terminal.building.title")
WARNING_SIGNS = "warning-signs"
ASKED_SHOWN = 6
"""How many of a claim's wordings its page shows: enough to see what it is about."""

Site = Mapping[str, bytes]
"""The files of a site by their path below its folder, "/" between the parts."""
Draw = Callable[[str], bytes]
"""Makes a picture's PNG from its SVG."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What `legpress check` says of a text: for `--serve`, which shows it beside that text."""

    place: str
    message: str


@dataclass(frozen=True, slots=True)
class Workbench:
    """What the pages show somebody who edits the YAML: faults, for which the last good text stays, then warnings by claim."""

    faults: Sequence[Trouble] = ()
    warnings: Mapping[str, Sequence[Trouble]] | None = None


@dataclass(frozen=True, slots=True)
class _Listed:
    """A checklist with the address that it has on the site."""

    path: str
    found: Checklist


@dataclass(frozen=True, slots=True)
class _Drawing:
    """A drawing with the address that it has on the site; `width` and `height` in pixels."""

    path: str
    alt: str
    png: bytes
    width: int
    height: int


def build(knowledge: Knowledge, safety_line: str, draw: Draw, workbench: Workbench | None = None) -> Site:
    """Return all files of the site. `safety_line` begins or ends every page; `workbench`: only where it is edited.

    Raises what `draw` raises.
    """
    by_topic = [(topic, _of(knowledge, topic)) for topic in knowledge.topics.values()]
    by_topic = [(topic, claims) for topic, claims in by_topic if claims]
    lists = list(_checklists(knowledge))
    shared = {
        "title": TITLE,
        "topics": by_topic,
        "lists": lists,
        "safety_line": safety_line,
        "signs": WARNING_SIGNS if WARNING_SIGNS in knowledge.claims else "",
        "workbench": workbench,
    }
    pages = _environment()

    def page(template: str, root: str, *, line_first: bool = True, **values: object) -> bytes:
        return pages.get_template(template).render(**shared, root=root, line_first=line_first, **values).encode()

    drawings = _drawings(knowledge, draw)
    site: dict[str, bytes] = {"index.html": page("index.html", "")}
    for topic, claims in by_topic:
        site[f"topics/{topic.id}.html"] = page(
            "topic.html", "../", line_first=topic.pain is not False, topic=topic, claims=claims
        )
        for claim in claims:
            drawing = None if claim.own_picture is not None else drawings.get(claim.picture)
            site[f"claims/{claim.id}.html"] = page(
                "claim.html",
                "../",
                line_first=_touches_pain(claim, topic),
                topic=topic,
                picture=drawing,
                **_claim_values(claim, knowledge),
            )
    for each in lists:
        site[each.path] = page(
            "checklist.html", "../", line_first=each.found.goal in PAINFUL, listed=each, phases=_phases(each.found)
        )
    site["my-depth.html"] = page("my-depth.html", "", line_first=False, tests=list(_tests(knowledge)))
    site |= {drawing.path: drawing.png for drawing in drawings.values()}
    site["search.js"] = search_data(knowledge)
    for name in ("style.css", "site.js"):
        site[name] = files("bot.site").joinpath("static", name).read_bytes()
    return site


def _drawings(knowledge: Knowledge, draw: Draw) -> dict[str, _Drawing]:
    named = dict.fromkeys(claim.picture for claim in knowledge.claims.values() if claim.own_picture is None)
    found: dict[str, _Drawing] = {}
    for name in named:
        if name and (picture := picture_named(name)) is not None:
            png = draw(picture.svg)
            with Image.open(io.BytesIO(png)) as opened:
                found[name] = _Drawing(f"pictures/{name}.png", picture.alt, png, *opened.size)
    return found


@lru_cache(maxsize=1)
def _environment() -> Environment:
    pages = Environment(
        loader=PackageLoader("bot.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.globals.update(judged=judged, statement=statement, symbol=_symbol, first_line=first_line)
    return pages


def first_line(claim: Claim) -> str:
    """Return the line that answers: the lead, else the beginning of the answer, at most 120 characters and a mark."""
    found = lead_of(claim) or numbered(claim.answer, {})
    return found if len(found) <= LONGEST_LINE else found[: LONGEST_LINE - 1].rstrip() + "…"


_SYMBOLS = {
    Verdict.SUPPORTED: "✓",
    Verdict.MIXED: "◐",
    Verdict.UNTESTED: "○",
    Verdict.UNSUPPORTED: "✗",
    Verdict.OPINION: "☰",
}


def _symbol(claim: Claim) -> str:
    return _SYMBOLS[claim.verdict]


def _touches_pain(claim: Claim, topic: Topic) -> bool:
    """Say whether a page begins with the safety line, which stands at the end of all others: where nobody says, it does."""
    marked = topic.pain if claim.pain is None else claim.pain
    return marked is not False


def _of(knowledge: Knowledge, topic: Topic) -> list[Claim]:
    return [claim for claim in knowledge.claims.values() if claim.topic == topic.id]


def _claim_values(claim: Claim, knowledge: Knowledge) -> dict[str, object]:
    numbers = shown_numbers(claim, knowledge)

    def linked(text: str) -> Markup:
        return _linked(text, numbers)

    return {
        "claim": claim,
        # Of the warning signs the whole answer is the first line.
        "lead": lead_of(claim) if claim.id not in PROTECTED and says_more(lead_of(claim), claim) else "",
        "answer": linked(claim.answer) if says_more(claim.answer, claim) else "",
        "why": linked(claim.why),
        "unknown": linked(claim.unknown),
        "sources": [_source_values(source) for source in shown_sources(claim, knowledge)],
        "no_source": NO_SOURCE,
        "servers_own": SERVERS_OWN,
        "checked": checked_line(claim),
        "added": ADDED_BY_SERVER if claim.added_by_server else "",
        "related": [knowledge.claims[each] for each in dict.fromkeys(claim.related) if each in knowledge.claims],
        "words_of_picture": claim.own_picture.alt if claim.own_picture is not None else "",
        "asked": claim.questions[:ASKED_SHOWN],
    }


_MARK, _END = "\ue000", "\ue001"
"""Around a reference's number while its text is escaped; private characters, which no reader of YAML lets in as text."""


def _linked(text: str, numbers: Mapping[str, int]) -> Markup:
    """Return a text as HTML with a link to the source in the place of each reference."""
    plain = text.replace(_MARK, "").replace(_END, "")
    said = str(escape(numbered(plain, numbers, lambda number: f"{_MARK}{number}{_END}")))
    parts = said.split(_MARK)
    linked = [parts[0]]
    for part in parts[1:]:
        number, _, rest = part.partition(_END)
        linked.append(f'<sup><a href="#source-{number}" aria-label="Source {number}">{number}</a></sup>{rest}')
    return Markup("".join(linked))  # noqa: S704 -- escaped above


def _source_values(source: Source) -> dict[str, str]:
    """Return a source's parts as text; authors and journal only where they are confirmed."""
    link = source.link if source.link.startswith(("https://", "http://")) else ""
    return {
        "authors": source.authors.rstrip(". ") if has_authors(source) else "",
        "year": str(source.year) if source.year else "",
        "title": source.title.rstrip(". "),
        "journal": journal_of(source),
        "kind": source.kind.replace("_", " "),
        "finding": source.finding,
        "caveat": source.caveat,
        "link": link,
    }


def _checklists(knowledge: Knowledge) -> Iterator[_Listed]:
    for press in PRESSES.values():
        for goal in Goal:
            try:
                found = checklist(knowledge, press, goal)
            except UserError:
                return  # a knowledge without steps has no checklist
            yield _Listed(f"checklist/{press.key}-{goal.name.lower()}.html", found)


def _phases(found: Checklist) -> list[tuple[str, list[str]]]:
    return [
        (str(phase), [item.text for item in items]) for phase, items in groupby(found.items, lambda item: item.phase)
    ]


def _tests(knowledge: Knowledge) -> Iterator[tuple[Press, tuple[str, ...], tuple[str, ...]]]:
    """Yield each machine with the steps of its test, and what is counted and remembered after them."""
    for press in PRESSES.values():
        test = spot_test(knowledge, press)
        yield press, test.steps, to_remember(test)
