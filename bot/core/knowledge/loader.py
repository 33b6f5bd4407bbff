"""From a folder's bytes to knowledge: parsed, validated and cross-checked, with every fault at once."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter

from bot.core.addresses import without_twins
from bot.core.from_plain import value_of
from bot.core.knowledge import schema
from bot.core.knowledge.folder import Folder, read_folder
from bot.core.knowledge.gathering import gathered
from bot.core.knowledge.texts import misread
from bot.core.knowledge.validate import validate
from bot.core.knowledge.wordings import WORDINGS, Place, Wordings, joined, unmatched
from bot.core.knowledge.yaml_reader import Document, parse
from bot.core.model import (
    AboutThem,
    ChecklistStep,
    Claim,
    Confidence,
    Exercises,
    Knowledge,
    OutOfScopeGroup,
    Source,
    Topic,
    Verdict,
    WordGroup,
)
from bot.errors import Fault, KnowledgeError
from bot.sentences import say

T = TypeVar("T")

_TOPIC = re.compile(r"(?=.{1,32}\Z)[a-z0-9]+(-[a-z0-9]+)*")
"""A topic becomes a subcommand, and Discord allows those 32 characters."""


@dataclass(slots=True)
class Loaded:
    """Knowledge with the places of its claims, for lints; `knowledge` is None where there are faults."""

    knowledge: Knowledge | None = None
    faults: list[Fault] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)  # by "claims/<topic>" or the single file's name
    left_out: tuple[Fault, ...] = ()  # files that are not read
    places: dict[str, tuple[str, int]] = field(default_factory=dict)  # claim id: (document key, index in it)
    wordings: dict[str, Wordings] = field(default_factory=dict)  # by claim id

    def fault(self, claim: str, *path: str | int, message: str, words: str = "") -> Fault:
        """Return a fault placed at a claim's field (`path`), at an entry of it or at `words` in it.

        A field that is written nowhere is told at the claim's id.
        """
        key, index = self.places[claim]
        place: Place = (key, (index, *path))
        if path[0] in WORDINGS:
            place = self.wordings[claim].place(*path) or (key, (index, "id"))
        if words:
            return self.documents[place[0]].fault_at(place[1], words, message)
        # A whole list is told at its key, an entry of it at the entry.
        return self.documents[place[0]].fault(place[1], message, key=isinstance(place[1][-1], str))

    def claim_at(self, file: str, line: int) -> str | None:
        """Return the id of the claim whose entry holds a line (from 1) of a claims file, None where none does."""
        held: tuple[int, str] | None = None
        for claim, (key, index) in self.places.items():
            document = self.documents[key]
            begins = document.place((index,))[0]
            if document.file == file and begins <= line and (held is None or begins > held[0]):
                held = begins, claim
        return None if held is None else held[1]


def load(root: Path) -> Knowledge:
    """Return the knowledge below `root`.

    Raises ConfigError where the folder is missing, KnowledgeError with every fault where anything is invalid.
    """
    loaded = load_folder(read_folder(root))
    if loaded.knowledge is None:
        raise KnowledgeError(loaded.faults)
    return loaded.knowledge


def load_folder(folder: Folder) -> Loaded:
    """Parse and cross-check a folder's files. Nothing is half loaded: one fault, and there is no knowledge."""
    loaded = Loaded(faults=list(folder.faults), left_out=folder.left_out)
    claims: dict[str, Claim] = {}
    successors: dict[str, str] = {}
    wordings = {
        topic: _read(f"questions/{topic}", shown, raw, schema.QUESTIONS, loaded) or {}
        for topic, (shown, raw) in folder.questions.items()
    }
    topics_seen: dict[str, list[str]] = {}
    for topic, (shown, raw) in folder.claims.items():
        if not _TOPIC.fullmatch(topic):
            message = say("files.loader.cannot_be_topic", topic=topic)
            loaded.faults.append(Fault(shown, 1, 1, message))
            continue
        key = f"claims/{topic}"
        entries = _read(key, shown, raw, schema.CLAIMS, loaded)
        for i, entry in enumerate(entries or []):
            if entry.id in loaded.places:
                other_key, other = loaded.places[entry.id]
                place = loaded.documents[other_key].place((other, "id"))
                message = say(
                    "files.loader.id_is_taken", id=entry.id, file=loaded.documents[other_key].file, place=place[0]
                )
                loaded.faults.append(loaded.documents[f"claims/{topic}"].fault((i, "id"), message))
                continue
            loaded.places[entry.id] = (key, i)
            if entry.replaced_by is not None:
                successors[entry.id] = entry.replaced_by
                continue
            beside: Place = (f"questions/{topic}", (entry.id,))
            loaded.wordings[entry.id] = joined((key, (i,)), entry, beside, wordings.get(topic, {}).get(entry.id))
            claims[entry.id] = replace(
                claim_of(entry, topic),
                questions=loaded.wordings[entry.id].questions,
                decoys=loaded.wordings[entry.id].decoys,
            )
            topics_seen.setdefault(topic, []).append(entry.id)
            if entry.server_sources and (entry.verdict, entry.confidence) != (Verdict.OPINION, Confidence.LOW):
                message = say("files.loader.servers_verdict", id=entry.id)
                loaded.faults.append(loaded.documents[key].fault((i, "verdict"), message))
    if not folder.claims and not folder.faults:
        loaded.faults.append(
            Fault(
                f"{folder.root}/claims",
                1,
                1,
                say("files.loader.there_is_no_claim_here"),
            )
        )
    loaded.faults.extend(unmatched(loaded.documents))
    for old, new in successors.items():
        if new not in claims:
            key, i = loaded.places[old]
            message = say("files.loader.there_is_no_claim_to_take", new=new)
            loaded.faults.append(loaded.documents[key].fault((i, "replaced_by"), message))
        loaded.places.pop(old)
    topics = _topics(folder, topics_seen, claims, loaded)
    sources = _sources(folder, loaded)
    for claim in claims.values():
        loaded.faults.extend(_misread(claim, loaded))
    vocabulary = _single(folder, "vocabulary", schema.VOCABULARY, loaded)
    out_of_scope = _single(folder, "out_of_scope", schema.OUT_OF_SCOPE, loaded)
    steps = _single(folder, "checklist", schema.CHECKLIST, loaded)
    about_them = _about_them(folder, loaded)
    exercises = _exercises(folder, loaded)
    if loaded.faults:
        loaded.faults = gathered(loaded.faults)
        return loaded
    order = {topic: i for i, topic in enumerate(topics)}
    ordered = sorted(claims.values(), key=lambda claim: order[claim.topic])
    loaded.knowledge = Knowledge(
        claims={claim.id: claim for claim in ordered},
        topics=topics,
        sources=sources,
        vocabulary=tuple(value_of(WordGroup, entry.model_dump()) for entry in vocabulary),
        out_of_scope=tuple(value_of(OutOfScopeGroup, entry.model_dump()) for entry in out_of_scope),
        checklist=tuple(value_of(ChecklistStep, entry.model_dump()) for entry in steps),
        successors=successors,
        about_them=about_them,
        exercises=exercises,
    )
    return loaded


def _read(key: str, shown: str, raw: bytes, adapter: TypeAdapter[T], loaded: Loaded) -> T | None:
    document = parse(raw, shown)
    loaded.documents[key] = document
    valid = validate(adapter, document)
    loaded.faults.extend(document.faults)
    return valid


def _single(folder: Folder, name: str, adapter: TypeAdapter[list[T]], loaded: Loaded) -> list[T]:
    if name not in folder.single:
        return []
    shown, raw = folder.single[name]
    return _read(name, shown, raw, adapter, loaded) or []


def _about_them(folder: Folder, loaded: Loaded) -> AboutThem:
    if "conditions" not in folder.single:
        return AboutThem()
    shown, raw = folder.single["conditions"]
    read = _read("conditions", shown, raw, schema.CONDITIONS, loaded)
    if read is None:
        return AboutThem()
    return value_of(AboutThem, read.model_dump())


def _exercises(folder: Folder, loaded: Loaded) -> Exercises:
    if "exercises" not in folder.single:
        return Exercises()
    shown, raw = folder.single["exercises"]
    read = _read("exercises", shown, raw, schema.EXERCISES, loaded)
    return Exercises() if read is None else value_of(Exercises, read.model_dump())


def claim_of(entry: schema.ClaimEntry, topic: str) -> Claim:
    """Return the claim that an entry of a file describes."""
    told = {
        "topic": topic,
        "decoys": entry.not_,
        "server_sources": without_twins(each.source for each in entry.server_sources),
        "leads": [f"{kind}: {said}" for kind, said in entry.leads.items()],
    }
    return value_of(
        Claim, defaultdict(lambda: None, entry.model_dump() | told)
    )  # what no file says is as it is by default


def _misread(claim: Claim, loaded: Loaded) -> Iterator[Fault]:
    """Yield what is wrong with the references in a claim's texts."""
    key, i = loaded.places[claim.id]
    document = loaded.documents[key]
    for name, words, message in misread(claim):
        yield document.fault_at((i, name), words, message)


def _topics(folder: Folder, seen: dict[str, list[str]], claims: dict[str, Claim], loaded: Loaded) -> dict[str, Topic]:
    """Return the topics of topics.yaml, then those that only have a claims file, with a title made from its name."""
    topics: dict[str, Topic] = {}
    for i, entry in enumerate(_single(folder, "topics", schema.TOPICS, loaded)):
        document = loaded.documents["topics"]
        if entry.id in topics:
            loaded.faults.append(document.fault((i, "id"), say("files.loader.topic_stands_twice", id=entry.id)))
        elif entry.id not in seen and f"claims/{entry.id}" not in loaded.documents:
            message = say("files.loader.topic_has_no_file_claims", id=entry.id)
            loaded.faults.append(document.fault((i, "id"), message))
        elif entry.leading not in claims or claims[entry.leading].topic != entry.id:
            if f"claims/{entry.id}" in loaded.documents and loaded.documents[f"claims/{entry.id}"].faults:
                continue  # the claim may be there; its file must be mended first
            message = say("files.loader.claims_yaml_has_no_claim", id=entry.id, leading=entry.leading)
            loaded.faults.append(document.fault((i, "leading"), message))
        else:
            topics[entry.id] = value_of(Topic, entry.model_dump())
    for topic, ids in seen.items():
        if topic not in topics:
            title = topic.replace("-", " ").capitalize()
            topics[topic] = Topic(topic, title, claims[ids[0]].title, ids[0])
    return topics


def _sources(folder: Folder, loaded: Loaded) -> dict[str, Source]:
    sources: dict[str, Source] = {}
    for i, entry in enumerate(_single(folder, "sources", schema.SOURCES, loaded)):
        if entry.id in sources:
            document = loaded.documents["sources"]
            loaded.faults.append(document.fault((i, "id"), say("files.loader.source_stands_twice", id=entry.id)))
            continue
        fields: dict[str, Any] = {k: v for k, v in entry.model_dump(exclude={"note"}).items() if v is not None}
        if "pmid" in fields:
            fields["pmid"] = str(fields["pmid"])
        sources[entry.id] = Source(**fields)
    return sources
