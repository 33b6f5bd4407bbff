"""A server's knowledge as one YAML file, out and in again; a claims file of `knowledge/claims` is read too."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from bot.core.asking import leads_of
from bot.core.bounds import LEAST_ALT, MOST_ADDED_QUESTIONS, MOST_ALT, MOST_CLAIMS, MOST_DECOYS, MOST_OUT_OF_SCOPE
from bot.core.fields import CLAIM_FIELDS, one_lines
from bot.core.knowledge.gathering import gathered
from bot.core.knowledge.salvage import salvage
from bot.core.knowledge.schema import CLAIMS, QUESTIONS, ClaimEntry, Id, WordingsEntry
from bot.core.knowledge.validate import validate
from bot.core.knowledge.wordings import WORDINGS
from bot.core.knowledge.yaml_reader import Document, Path_, parse
from bot.core.model import Claim, Confidence, Knowledge, OwnPicture, Verdict
from bot.core.overlay import OUT_OF_SCOPE, PROTECTED, SERVER_TOPIC, Entry, Overlay, is_orphan, most_questions
from bot.core.vetting import claim_from, weigh
from bot.core.yaml_text import dump
from bot.errors import Fault
from bot.sentences import say

HEAD = say("moderators.server_file.head")
PICTURES_HEAD = say("moderators.server_file.pictures_head")

MOST_READ = 10 * MOST_CLAIMS
"""Claims of one file that are looked at; a file with more is told that alone."""

_PICTURE = re.compile(r"[0-9a-f]{64}\.(?:png|jpg)")


class PictureEntry(BaseModel):
    """A picture of the server's own: its name, which is made of its content, and what it shows."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    file: str
    alt: str


class OrphanEntry(BaseModel):
    """What the server hung on a shipped claim that is gone: kept, and without effect until it is moved."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    questions: list[str] = Field(default_factory=list)
    hidden: bool = False
    picture: PictureEntry | None = None


class ServerFile(BaseModel):
    """The shape of an export."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    claims: dict[str, list[ClaimEntry]] = Field(default_factory=dict)
    questions: dict[Id, list[str]] = Field(default_factory=dict)
    pictures: dict[Id, PictureEntry] = Field(default_factory=dict)
    hidden: list[Id] = Field(default_factory=list)
    out_of_scope: list[str] = Field(default_factory=list)
    orphans: dict[Id, OrphanEntry] = Field(default_factory=dict)


SERVER_FILE = TypeAdapter(ServerFile)


@dataclass(slots=True)
class Read:
    """What an import file says: entries by item, without what stands in the store; faults forbid using any of it."""

    entries: dict[str, Entry] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def written(overlay: Overlay, base: Knowledge) -> bytes:
    """Return a server's knowledge as the YAML that `read` takes, in an order that depends on nothing else."""
    claims: dict[str, list[Any]] = {}
    for item, entry in sorted(overlay.entries.items()):
        if entry.claim is not None and item not in PROTECTED:
            topic = entry.claim.topic if entry.claim.topic in base.topics else SERVER_TOPIC
            claims.setdefault(topic, []).append(_plain(entry.claim))
    order = {topic: i for i, topic in enumerate(base.topics)}
    questions = {
        item: list(entry.questions)
        for item, entry in sorted(overlay.entries.items())
        if entry.questions and item in base.claims and item not in PROTECTED
    }
    pictures = {
        item: {"file": entry.picture.file, "alt": entry.picture.alt}
        for item, entry in sorted(overlay.entries.items())
        if entry.picture is not None and item not in PROTECTED and (entry.claim is not None or item in base.claims)
    }
    outside = overlay.entries.get(OUT_OF_SCOPE, Entry()).questions
    content: dict[str, Any] = {
        "claims": {
            topic: claims[topic] for topic in sorted(claims, key=lambda each: (order.get(each, len(order)), each))
        },
        "questions": questions,
        "pictures": pictures,
        "hidden": sorted(item for item in overlay.hidden if item in base.claims or overlay.entries[item].claim),
        "out_of_scope": list(outside),
        "orphans": {
            item: _plain_orphan(entry)
            for item, entry in sorted(overlay.entries.items())
            if is_orphan(item, entry, base)
        },
    }
    head = HEAD + PICTURES_HEAD if pictures else HEAD
    return dump({key: value for key, value in content.items() if value}, head).encode()


def written_topic(overlay: Overlay, topic: str) -> bytes | None:
    """Return a server's own claims of one topic as a file of `knowledge/claims`, None where there are none."""
    claims = [
        _plain(entry.claim)
        for _, entry in sorted(overlay.entries.items())
        if entry.claim is not None and entry.claim.topic == topic
    ]
    return dump(claims, "yaml-language-server: $schema=../schema/claims.json").encode() if claims else None


def read(raw: bytes, name: str, base: Knowledge, live: Mapping[str, Entry], topic: str = "") -> Read:
    """Return what a file says, on top of what is `live`, or every fault with line and column.

    `topic`: for a file that is a list of claims; else the file's name says it where that is a topic, else it is the
    server's own. An import adds and changes and takes nothing away.
    """
    document = parse(raw, name)
    if (fault := _too_many(document)) is not None:
        return Read(faults=gathered([*document.faults, fault]))
    if isinstance(document.data, list):
        return _claims_file(document, name, base, live, topic)
    if _holds_wordings(document.data):
        return _questions_file(document, base, live)
    result = Read()
    if document.data is None and not document.faults:
        document.data = {}
    if document.data == {}:
        result.faults.extend(gathered(document.faults))
        return result
    file = validate(SERVER_FILE, document) or salvage(SERVER_FILE, document, _stand_in)
    if file is None:
        return _told(document)
    reading = _Reading(document, base, live, result)
    ids = {entry.id for entries in file.claims.values() for entry in entries if entry.replaced_by is None}
    for named, entries in file.claims.items():
        for i, entry in enumerate(entries):
            reading.claim(entry, named, ("claims", named, i), ids)
    for item, questions in file.questions.items():
        reading.questions(item, questions)
    for item, picture in file.pictures.items():
        reading.picture(item, picture)
    for i, item in enumerate(file.hidden):
        reading.hide(item, ("hidden", i))
    reading.out_of_scope(file.out_of_scope)
    for item, orphan in file.orphans.items():
        reading.orphan(item, orphan)
    return reading.done()


def _claims_file(document: Document, name: str, base: Knowledge, live: Mapping[str, Entry], topic: str) -> Read:
    result = Read()
    entries = validate(CLAIMS, document)
    if entries is None:
        entries = salvage(CLAIMS, document, _stand_in)
    if entries is None:
        return _told(document)
    stem = PurePosixPath(name).stem
    named = topic or (stem if stem in base.topics else SERVER_TOPIC)
    reading = _Reading(document, base, live, result)
    ids = {entry.id for entry in entries if entry.replaced_by is None}
    for i, entry in enumerate(entries):
        reading.claim(entry, named, (i,), ids)
    return reading.done()


def _holds_wordings(data: Any) -> bool:
    """Say whether a document is a file of knowledge/questions: claim ids with their wordings, and no part of an export."""
    return (
        isinstance(data, dict)
        and bool(data)
        and not data.keys() & ServerFile.model_fields.keys()
        and all(isinstance(held, dict) and held.keys() & set(WORDINGS) for held in data.values())
    )


def _questions_file(document: Document, base: Knowledge, live: Mapping[str, Entry]) -> Read:
    reading = _Reading(document, base, live, Read())
    for item, wordings in (validate(QUESTIONS, document) or {}).items():
        reading.wordings(item, wordings)
    return reading.done()


def _too_many(document: Document) -> Fault | None:
    """Return a fault where a file has more claims than are worth looking at."""
    path: Path_ = ()
    named: Any = document.data
    if isinstance(named, dict) and isinstance(named.get("claims"), dict):
        path, named = (
            ("claims",),
            [entry for held in named["claims"].values() if isinstance(held, list) for entry in held],
        )
    if not isinstance(named, list) or len(named) <= MOST_READ:
        return None
    return document.fault(
        path, say("moderators.server_file.file_has_claims", count=len(named), most_claims=MOST_CLAIMS)
    )


def _told(document: Document) -> Read:
    return Read(faults=gathered(document.faults))


def _stand_in(number: int) -> dict[str, Any]:
    """Return a claim's entry in the place of what is none, so that the rest of its file can be read."""
    return {
        "id": f"stand-in-{number}",
        **dict.fromkeys(("title", "claim", "answer"), "-"),
        "verdict": str(Verdict.OPINION),
        "confidence": str(Confidence.LOW),
        "questions": ["-"],
    }


class _Reading:
    """Entries gathered from a document, each fault at its place."""

    def __init__(self, document: Document, base: Knowledge, live: Mapping[str, Entry], result: Read) -> None:
        self._document = document
        self._base = base
        self._live = live
        self._result = result
        self._places: dict[str, Path_] = {}
        self._retired: dict[str, tuple[ClaimEntry, Path_]] = {}

    def claim(self, entry: ClaimEntry, topic: str, path: Path_, ids: set[str]) -> None:
        if entry.id in self._places:
            line = self._document.place((*self._places[entry.id], "id"))[0]
            self._fault((*path, "id"), say("moderators.server_file.name_is_taken", id=entry.id, line=line))
            return
        self._places[entry.id] = path
        if entry.replaced_by is not None:
            self._retired[entry.id] = (entry, path)
            return
        read_claim = self._with_known_wordings(claim_from(entry, topic))
        claim, objections, notes = weigh(read_claim, self._base, ids | set(self._live))
        for objection in objections:
            if objection.field == "topic":
                self._fault(path[:-1] if len(path) > 1 else (), objection.message, key=True)
                continue
            key = "not" if objection.field == "not_" else objection.field
            at = (*path, key) if objection.index is None else (*path, key, objection.index)
            self._fault(at, objection.message)
        self._result.notes.extend(notes)
        held = self._entry(entry.id)
        based_on = held.based_on if held.claim is not None else self._base.claims.get(entry.id)
        questions = tuple(dict.fromkeys((*claim.questions, *held.questions)))  # an import takes nothing away
        self._result.entries[entry.id] = replace(
            held, claim=replace(claim, questions=questions), based_on=based_on, questions=()
        )

    def _with_known_wordings(self, claim: Claim) -> Claim:
        """Return a claim of a file that leaves its wordings to another one with those that it has here already."""
        known = self._entry(claim.id).claim or self._base.claims.get(claim.id)
        if known is None:
            return claim
        return replace(claim, questions=claim.questions or known.questions, decoys=claim.decoys or known.decoys)

    def _retire(self, entry: ClaimEntry, path: Path_) -> None:
        """Give the wordings of a claim that another one took the place of to that one, as a release does."""
        to, seen = entry.replaced_by or "", {entry.id}
        while to in self._retired and to not in seen:
            seen.add(to)
            to = self._retired[to][0].replaced_by or ""
        to = self._base.successor(to)
        target = self._entry(to)
        if to in PROTECTED:
            self._fault((*path, "replaced_by"), say("moderators.server_file.belongs_to_safety_net_and_takes", to=to))
            return
        if to in seen or (to not in self._base.claims and target.claim is None):
            self._fault(
                (*path, "replaced_by"),
                say("moderators.server_file.there_is_no_claim_to_take", to=to),
            )
            return
        held = self._entry(entry.id)
        left = held if is_orphan(entry.id, held, self._base) else Entry()
        new = [*entry.questions, *left.questions]
        self._result.entries[to] = self._with_wordings(to, target, new, (*path, "questions"))
        if not left.is_empty:
            moved = self._result.entries[to]
            self._result.entries[to] = replace(
                moved, hidden=moved.hidden or left.hidden, picture=moved.picture or left.picture
            )
            self._result.entries[entry.id] = Entry()
        stays = say("moderators.server_file.own_stays", id=entry.id) if held.claim is not None else ""
        self._result.notes.append(say("moderators.server_file.replaced", id=entry.id, to=to, stays=stays))

    def _with_wordings(self, item: str, held: Entry, new: list[str], path: Path_) -> Entry:
        """Return an entry with more wordings, those left out that the claim has already."""
        if held.claim is not None:
            questions = self._merged(path, held.claim.questions, new, most_questions(item, self._base))
            return replace(held, claim=replace(held.claim, questions=questions))
        known = self._base.claims[item].questions
        new = [each for each in new if each not in known]
        return replace(held, questions=self._merged(path, held.questions, new, MOST_ADDED_QUESTIONS))

    def _renamed(self, item: str) -> str:
        """Return the name that a shipped claim has now where a release renamed it, with a note; else the same."""
        if item in self._base.claims or self._entry(item).claim is not None:
            return item
        now = self._base.successor(item)
        if now not in self._base.claims:
            return item
        note = say("moderators.server_file.renamed", item=item, now=now)
        if note not in self._result.notes:
            self._result.notes.append(note)
        return now

    def questions(self, item: str, questions: list[str]) -> None:
        path: Path_ = ("questions", item)
        item = self._renamed(item)
        held = self._entry(item)
        if item in PROTECTED:
            self._fault(path, say("moderators.server_file.belongs_to_safety_net_and_cannot", item=item), key=True)
        elif item not in self._base.claims:
            self._fault(path, say("moderators.server_file.there_is_no_shipped_claim", item=item), key=True)
        elif held.claim is not None:
            merged = self._merged(path, held.claim.questions, questions, most_questions(item, self._base))
            self._result.entries[item] = replace(held, claim=replace(held.claim, questions=merged))
        else:
            merged = self._merged(path, held.questions, questions, MOST_ADDED_QUESTIONS)
            self._result.entries[item] = replace(held, questions=merged)

    def wordings(self, item: str, wordings: WordingsEntry) -> None:
        """Add what an entry of a file of knowledge/questions says."""
        path: Path_ = (item,)
        item = self._renamed(item)
        held = self._entry(item)
        own = held.claim
        if item in PROTECTED:
            self._fault(path, say("moderators.server_file.belongs_to_safety_net_and_cannot", item=item), key=True)
        elif own is not None:
            questions = self._merged(
                (*path, "questions"), own.questions, wordings.questions, most_questions(item, self._base)
            )
            decoys = self._merged((*path, "not"), own.decoys, wordings.not_, MOST_DECOYS)
            self._result.entries[item] = replace(held, claim=replace(own, questions=questions, decoys=decoys))
        elif item not in self._base.claims:
            self._fault(path, say("moderators.server_file.there_is_no_claim_here", item=item), key=True)
        else:
            new = [each for each in wordings.questions if each not in self._base.claims[item].questions]
            merged = self._merged((*path, "questions"), held.questions, new, MOST_ADDED_QUESTIONS)
            self._result.entries[item] = replace(held, questions=merged)
            if any(each not in self._base.claims[item].decoys for each in wordings.not_):
                self._result.notes.append(say("moderators.server_file.not_left_out", item=item))

    def picture(self, item: str, entry: PictureEntry) -> None:
        path: Path_ = ("pictures", item)
        item = self._renamed(item)
        held = self._entry(item)
        if item in PROTECTED:
            self._fault(path, say("moderators.server_file.belongs_to_safety_net_and_keeps", item=item), key=True)
        elif item not in self._base.claims and held.claim is None:
            self._fault(path, say("moderators.server_file.there_is_no_claim", item=item), key=True)
        else:
            alt = " ".join(entry.alt.split())
            if not _PICTURE.fullmatch(entry.file):
                self._fault((*path, "file"), say("moderators.server_file.this_is_no_name_of_picture"))
            if not LEAST_ALT <= len(alt) <= MOST_ALT:
                self._fault(
                    (*path, "alt"),
                    say(
                        "moderators.server_file.say_in_to_characters_what_picture",
                        least_alt=LEAST_ALT,
                        most_alt=MOST_ALT,
                    ),
                )
            digest, _, kind = entry.file.partition(".")
            self._result.entries[item] = replace(held, picture=OwnPicture(digest, kind, alt))

    def hide(self, item: str, path: Path_) -> None:
        item = self._renamed(item)
        held = self._entry(item)
        if item in PROTECTED:
            self._fault(path, say("moderators.server_file.belongs_to_safety_net_and_cannot_2", item=item))
        elif item not in self._base.claims and held.claim is None:
            self._fault(path, say("moderators.server_file.there_is_no_claim", item=item))
        else:
            self._result.entries[item] = replace(held, hidden=True)

    def out_of_scope(self, wordings: list[str]) -> None:
        if wordings:
            held = self._entry(OUT_OF_SCOPE).questions
            merged = self._merged(("out_of_scope",), held, wordings, MOST_OUT_OF_SCOPE)
            self._result.entries[OUT_OF_SCOPE] = Entry(questions=merged)

    def orphan(self, item: str, orphan: OrphanEntry) -> None:
        path: Path_ = ("orphans", item)
        item = self._renamed(item)
        held = self._entry(item)
        if item in PROTECTED:
            self._fault(path, say("moderators.server_file.belongs_to_safety_net_and_cannot", item=item), key=True)
            return
        if held.claim is not None:
            self._fault(path, say("moderators.server_file.server_has_claim_of_its_own", item=item), key=True)
            return
        shipped = self._base.claims.get(item)
        new = [each for each in orphan.questions if shipped is None or each not in shipped.questions]
        merged = self._merged((*path, "questions"), held.questions, new, MOST_ADDED_QUESTIONS)
        self._result.entries[item] = replace(held, questions=merged, hidden=held.hidden or orphan.hidden)
        if orphan.picture is not None and (shipped is None or held.picture is None):
            if not _PICTURE.fullmatch(orphan.picture.file):
                self._fault((*path, "picture"), say("moderators.server_file.this_is_no_name_of_picture"))
            digest, _, kind = orphan.picture.file.partition(".")
            picture = OwnPicture(digest, kind, " ".join(orphan.picture.alt.split())[:MOST_ALT])
            self._result.entries[item] = replace(self._result.entries[item], picture=picture)

    def done(self) -> Read:
        for entry, path in self._retired.values():
            self._retire(entry, path)
        own = [item for item, entry in {**self._live, **self._result.entries}.items() if entry.claim is not None]
        if len(own) > MOST_CLAIMS:
            self._fault(
                (),
                say("moderators.server_file.with_this_file_server_has_claims", count=len(own), most_claims=MOST_CLAIMS),
            )
        # A line whose shape is complained of would only be complained of again.
        complained = {fault.line for fault in self._document.faults}
        found = [fault for fault in self._result.faults if fault.line not in complained]
        self._result.faults = gathered([*self._document.faults, *found])
        return self._result

    def _merged(self, path: Path_, held: tuple[str, ...], new: list[str], most: int) -> tuple[str, ...]:
        for i, text in enumerate(new):
            if not text.strip():
                self._fault((*path, i), say("moderators.server_file.this_entry_is_empty"))
            elif len(text) > 1000:  # noqa: PLR2004 -- as the schema of the claims has it
                self._fault((*path, i), say("moderators.server_file.this_entry_has_characters", count=len(text)))
        merged = tuple(dict.fromkeys((*held, *one_lines(new))))
        if len(merged) > most:
            self._fault(path, say("moderators.server_file.entries_are_too_many", count=len(merged), most=most))
        return merged

    def _entry(self, item: str) -> Entry:
        return self._result.entries.get(item) or self._live.get(item) or Entry()

    def _fault(self, path: Path_, message: str, *, key: bool = False) -> None:
        self._result.faults.append(self._document.fault(path, message, key=key))


def _plain_orphan(entry: Entry) -> dict[str, Any]:
    picture = {"file": entry.picture.file, "alt": entry.picture.alt} if entry.picture is not None else None
    plain = {"questions": list(entry.questions), "hidden": entry.hidden, "picture": picture}
    return {key: value for key, value in plain.items() if value}


def _plain(claim: Claim) -> dict[str, Any]:
    """Return a claim as an entry of a claims file; what is empty is left out."""
    entry: dict[str, Any] = {}
    for each in CLAIM_FIELDS:
        if each.name == "sources":
            entry["sources"] = list(claim.sources)
            entry["server_sources"] = [asdict(page) for page in claim.server_sources]
        elif each.name == "leads":
            entry["leads"] = leads_of(claim)
        elif each.name != "topic":
            entry[each.key] = list(each.of(claim)) if each.listed else str(each.of(claim))
    return {key: value for key, value in entry.items() if value}
