"""What a server's own claim must hold to beyond its shape: honest verdicts, known sources, nothing of the safety net."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass, replace

from bot.core.addresses import sorted_lines, told_by, without_twins
from bot.core.bounds import MOST_SOURCES
from bot.core.fields import LISTS, FieldFault, Fields, one_lines, to_plain
from bot.core.judgement import SERVER_SAYS
from bot.core.knowledge.loader import claim_of
from bot.core.knowledge.schema import CLAIMS, ClaimEntry
from bot.core.knowledge.texts import misread
from bot.core.knowledge.validate import validate
from bot.core.knowledge.yaml_reader import Document
from bot.core.model import Claim, Confidence, Knowledge, Verdict
from bot.core.near_names import did_you_mean
from bot.core.overlay import PROTECTED, SERVER_TOPIC, most_questions
from bot.core.visible import as_kept, looks_empty
from bot.sentences import say

_REQUIRED = {
    "title": say("moderators.vetting.required_title"),
    "claim": say("moderators.vetting.required_claim"),
    "answer": say("moderators.vetting.required_answer"),
    "questions": say("moderators.vetting.required_questions"),
}


@dataclass(frozen=True, slots=True)
class Objection:
    """What keeps a claim from being published: the field, the entry of its list (None for the whole), the reason."""

    field: str
    index: int | None
    message: str


@dataclass(frozen=True, slots=True)
class Vetted:
    """A claim as it may be published (None where it may not), what is wrong, and what its writer should know."""

    claim: Claim | None
    faults: tuple[FieldFault, ...] = ()
    notes: tuple[str, ...] = ()


def vet(typed: Fields, base: Knowledge, seen: Collection[str] = ()) -> Vetted:
    """Return the claim that a form holds, or all that is wrong with it. `seen`: the ids of the claims that exist."""
    cited = sorted_lines(typed.sources)
    typed = Fields(**{name: as_kept(text) for name, text in asdict(typed).items()})
    typed = replace(typed, sources="\n".join(name for _, name in cited.names))
    missing = [FieldFault(name, sentence) for name, sentence in _REQUIRED.items() if looks_empty(getattr(typed, name))]
    plain = to_plain(typed)
    for name in ("title", "claim", "answer"):
        if looks_empty(plain[name]):
            plain[name] = "x"  # told already; the schema is asked about the rest
    if looks_empty(typed.questions):
        plain["questions"] = ["x"]
    document = Document("form", [plain], {(): (0, 1), (0,): (0, 1)})
    names = list(Fields.__dataclass_fields__)
    for i, name in enumerate(names):
        key = name.rstrip("_")
        document.positions[0, key] = (i + 1, 0)
        entries_of = plain.get(key, ())
        places = entries_of if isinstance(entries_of, dict) else range(len(entries_of))
        document.positions.update({(0, key, place): (i + 1, j + 1) for j, place in enumerate(places)})
    lines = {name: line for line, name in cited.names}
    for j, (line, _) in enumerate(cited.names):
        document.positions[0, "sources", j] = (names.index("sources") + 1, line)
    entries = validate(CLAIMS, document)
    faults = [*missing, *(_of_form(names, fault.line, fault.column, fault.message) for fault in document.faults)]
    faults += [FieldFault("sources", f"line {line}: {wrong}") for line, wrong in cited.faults]
    if entries is None:
        return Vetted(None, tuple(faults))
    own = without_twins(source for _, source in cited.own)
    made = replace(claim_from(entries[0], typed.topic.strip() or SERVER_TOPIC), server_sources=own)
    claim, objections, notes = weigh(made, base, seen)
    for each in objections:
        at = 0 if each.index is None else each.index + 1
        if each.field == "sources" and each.index is not None:
            at = lines[made.sources[each.index]]
        faults.append(_of_form(names, names.index(each.field) + 1, at or 1, each.message))
    return Vetted(None if faults else claim, tuple(faults), notes)


def claim_from(entry: ClaimEntry, topic: str) -> Claim:
    """Return the claim that an entry of a server's file or form describes: each entry of a list on one line, once."""
    claim = claim_of(entry, topic)
    return replace(
        claim,
        questions=_entries(claim.questions),
        do=_entries(claim.do),
        leads=_entries(claim.leads),
        avoid=_entries(claim.avoid),
        decoys=_entries(claim.decoys),
        sources=_entries(claim.sources),
        related=_entries(claim.related),
        added_by_server=True,
    )


def _entries(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry for entry in one_lines(texts) if entry))


def weigh(
    claim: Claim, base: Knowledge, seen: Collection[str] = ()
) -> tuple[Claim, tuple[Objection, ...], tuple[str, ...]]:
    """Return a server's claim as members may see it, what forbids publishing it, and what its writer should know.

    A claim that cites nothing is an opinion, of low confidence, whatever was written: the rule for all that servers
    add. So is one that cites a page of the server's own. Of the project's sources those can be cited that are cite_ready.
    """
    objections = (*_objections(claim, base), *(Objection(name, None, message) for name, _, message in misread(claim)))
    notes: list[str] = []
    is_judged = (claim.verdict, claim.confidence) != (Verdict.OPINION, Confidence.LOW)
    if is_judged and (claim.server_sources or not claim.sources):
        claim = replace(claim, verdict=Verdict.OPINION, confidence=Confidence.LOW)
        notes.append(
            say("moderators.vetting.own_page", id=claim.id, server_says=SERVER_SAYS)
            if claim.server_sources
            else say("moderators.vetting.no_source", id=claim.id)
        )
    unknown = [related for related in claim.related if related not in base.claims and related not in seen]
    if unknown:
        notes.append(say("moderators.vetting.unknown_related", id=claim.id, unknown=", ".join(unknown)))
    return claim, objections, tuple(notes)


def _objections(claim: Claim, base: Knowledge) -> Iterator[Objection]:
    if not claim.questions:
        yield Objection("questions", None, say("moderators.vetting.no_questions"))
    for name, text in (("title", claim.title), ("claim", claim.claim), ("answer", claim.answer)):
        if looks_empty(text):
            yield Objection(name, None, say("moderators.vetting.nothing_of_it_shows", required=_REQUIRED[name]))
    for name, index, text in _texts(claim):
        if tells := told_by(text):
            yield Objection(name, index, tells)
    if claim.id in PROTECTED:
        yield Objection("id", None, say("moderators.vetting.belongs_to_safety_net_and_cannot", id=claim.id))
    if claim.topic != SERVER_TOPIC and claim.topic not in base.topics:
        advice = did_you_mean(claim.topic, base.topics)
        yield Objection("topic", None, say("moderators.vetting.there_is_no_topic", topic=claim.topic, advice=advice))
    if len(claim.cited) > MOST_SOURCES:
        yield Objection(
            "sources",
            None,
            say("moderators.vetting.sources_are_too_many", count=len(claim.cited), most_sources=MOST_SOURCES),
        )
    ready = [known.id for known in base.sources.values() if known.cite_ready]
    for i, source in enumerate(claim.sources[:MOST_SOURCES]):
        if source not in base.sources:
            yield Objection(
                "sources", i,
                say("moderators.vetting.there_is_no_source", source=source, nearest=did_you_mean(source, ready)),
            )  # fmt: skip
        elif not base.sources[source].cite_ready:
            yield Objection("sources", i, say("moderators.vetting.source_is_not_ready_to_be", source=source))
    most = most_questions(claim.id, base)
    if len(claim.questions) > most:
        yield Objection(
            "questions", None, say("moderators.vetting.questions_are_too_many", count=len(claim.questions), most=most)
        )
    if claim.picture and claim.picture not in {shipped.picture for shipped in base.claims.values()}:
        yield Objection("picture", None, say("moderators.vetting.there_is_no_picture", picture=claim.picture))


def _texts(claim: Claim) -> Iterator[tuple[str, int | None, str]]:
    """Yield what of a claim members read, with its field and the number of its entry."""
    for name in ("title", "claim", "lead", "answer", "why", "unknown"):
        yield name, None, getattr(claim, name)
    for name in ("questions", "do", "avoid"):
        yield from ((name, i, entry) for i, entry in enumerate(getattr(claim, name)))


def _of_form(names: list[str], line: int, column: int, message: str) -> FieldFault:
    """Return a fault of the form: `line` counts its fields from 1, `column` the entries of a list (0: the whole)."""
    name = names[line - 1] if line else "title"
    words = message.removesuffix(say("moderators.vetting.or_remove_line")).removesuffix(
        say("moderators.vetting.put_it_in_quotes")
    )
    if words.startswith("'") and "' " in words:
        words = words.partition("' ")[2]
    elif name in LISTS and column:
        words = f"line {column}: {words}" if not words.startswith("entry") else words
    return FieldFault(name, words)
