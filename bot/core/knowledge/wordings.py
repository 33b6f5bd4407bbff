"""How people ask about a claim: wordings in its own entry, in questions/<topic>.yaml under its id, or in both."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.core.knowledge.schema import ClaimEntry, WordingsEntry
from bot.core.knowledge.yaml_reader import Document, Path_
from bot.core.near_names import nearest_name
from bot.errors import Fault
from bot.sentences import say

WORDINGS = ("questions", "not")
"""The fields of a claim that may stand in either file."""

Place = tuple[str, Path_]
"""The key of a document (such as "questions/depth"), and a path in it."""


@dataclass(frozen=True, slots=True)
class Wordings:
    """A claim's wordings of both files, each once: those of questions/<topic>.yaml first.

    `entries`: where each stands, by field; `keys`: where each field is written at all.
    """

    questions: tuple[str, ...]
    decoys: tuple[str, ...]
    entries: Mapping[str, tuple[Place, ...]]
    keys: Mapping[str, Place]

    def place(self, name: str | int, index: str | int | None = None) -> Place | None:
        """Return where a field is written, or an entry of it; None where it is not written."""
        return self.keys.get(str(name)) if index is None else self.entries[str(name)][int(index)]


def joined(own: Place, entry: ClaimEntry, beside: Place, other: WordingsEntry | None) -> Wordings:
    """Return the wordings of a claim's `entry`, at `own`, and of its entry in questions/, `other` at `beside`."""
    entries: dict[str, tuple[Place, ...]] = {}
    keys: dict[str, Place] = {}
    texts: dict[str, tuple[str, ...]] = {}
    for name in WORDINGS:
        found: list[tuple[str, Place]] = []
        for (key, path), source in ((beside, other), (own, entry)):
            listed = [] if source is None else source.questions if name == "questions" else source.not_
            if listed:
                keys.setdefault(name, (key, (*path, name)))
            said = {text for text, _ in found}
            # Twice in one file is for a lint to tell; in both files it is one wording, half moved.
            found += [(text, (key, (*path, name, i))) for i, text in enumerate(listed) if text not in said]
        texts[name], entries[name] = tuple(text for text, _ in found), tuple(place for _, place in found)
    return Wordings(texts["questions"], texts["not"], entries, keys)


def unmatched(documents: Mapping[str, Document]) -> Iterator[Fault]:
    """Yield a fault for each claim without a question in either file, and for wordings of a claim that is not there.

    Works on what was written, valid or not, so that it is told together with what else is wrong.
    """
    claims = {key.partition("/")[2]: document for key, document in documents.items() if key.startswith("claims/")}
    beside = {key.partition("/")[2]: document for key, document in documents.items() if key.startswith("questions/")}
    topics = {str(entry.get("id")): topic for topic in claims for _, entry in _entries(claims[topic])}
    for topic, document in claims.items():
        written = _mapping(beside.get(topic))
        for i, entry in _entries(document):
            name = str(entry.get("id"))
            held = written.get(name)
            asked = isinstance(held, dict) and "questions" in held
            if "questions" not in entry and "replaced_by" not in entry and not asked:
                message = say("files.wordings.questions_is_missing", name=name, topic=topic)
                yield document.fault((i,), message)
    for topic, document in beside.items():
        if topic not in claims:
            message = say("files.wordings.these_wordings_have_no_file_claims", topic=topic)
            yield document.fault((), message)
            continue
        if claims[topic].faults and not isinstance(claims[topic].data, list):
            continue  # its claims cannot be read yet; that is told
        for name in _mapping(document):
            if topics.get(name) == topic:
                continue
            yield document.fault((name,), _homeless(name, topic, topics), key=True)


def _homeless(name: str, topic: str, topics: Mapping[str, str]) -> str:
    if name in topics:
        return say("files.wordings.claim_stands_in_claims", name=name, topics=topics[name])
    own = [each for each in topics if topics[each] == topic]
    nearest = nearest_name(name, own)
    advice = f"did you mean '{nearest}'?" if nearest else say("files.wordings.move_these_wordings_to_another_claim")
    return f"claims/{topic}.yaml has no claim '{name}'; {advice}"


def _entries(document: Document) -> Iterator[tuple[int, dict[str, Any]]]:
    if isinstance(document.data, list):
        yield from ((i, entry) for i, entry in enumerate(document.data) if isinstance(entry, dict))


def _mapping(document: Document | None) -> dict[str, Any]:
    return document.data if document is not None and isinstance(document.data, dict) else {}
