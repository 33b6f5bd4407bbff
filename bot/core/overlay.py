"""A server's overlay on the shipped knowledge: what it added, replaced, extended or hid, joined without a copy."""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from enum import StrEnum
from typing import Any, TypeVar

from bot.core.bounds import MOST_QUESTIONS
from bot.core.model import Claim, Confidence, Knowledge, OutOfScopeGroup, OwnPicture, ServerSource, Topic, Verdict
from bot.core.visible import look
from bot.sentences import say

T = TypeVar("T")

PROTECTED = frozenset({"warning-signs"})
"""Claims that belong to the safety net: no server edits, extends or hides them."""

SERVER_TOPIC = "this-server"
OUT_OF_SCOPE = "#out-of-scope"
"""The item that holds a server's out-of-scope wordings; no claim's id has such a sign."""

_SERVER = Topic(SERVER_TOPIC, "This server", say("moderators.overlay.server"), "")


class Standing(StrEnum):
    """Where a claim that a server sees, or hid, comes from."""

    SHIPPED = "shipped"
    ADDED = "added"
    REPLACED = "replaced"
    EXTENDED = "extended"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a server did to one item.

    `claim`: its own claim, added or in a shipped one's place; `based_on`: the shipped claim as it was when it was
    replaced; `questions`: wordings it added to a shipped claim (or, for OUT_OF_SCOPE, those it never wants answered);
    `picture`: its own picture, whoever's the claim is; `said`: the print of the claim that a member of the server said,
    and of which they agreed that it says so.
    """

    claim: Claim | None = None
    based_on: Claim | None = None
    hidden: bool = False
    questions: tuple[str, ...] = ()
    picture: OwnPicture | None = None
    said: str = ""

    @property
    def is_said(self) -> bool:
        """Whether the claim still says what somebody agreed to have said: other words are not theirs."""
        return self.claim is not None and bool(self.said) and self.said == print_of(self.claim)

    @property
    def is_empty(self) -> bool:
        """Whether nothing of the server's is left in it."""
        return self.claim is None and not self.hidden and not self.questions and self.picture is None


NOTHING = Entry()


def print_of(claim: Claim) -> str:
    """Return a hash (128 bits, hexadecimal) of what members read of a claim: nobody finds two texts with the same."""
    read = (
        claim.title,
        claim.claim,
        claim.lead,
        claim.leads,
        claim.answer,
        claim.why,
        claim.unknown,
        claim.do,
        claim.avoid,
    )
    return hashlib.sha256(repr(read).encode("utf-8", "backslashreplace")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Overlay:
    """All entries of a server by item. Entries on PROTECTED claims have no effect."""

    entries: Mapping[str, Entry] = field(default_factory=dict)

    @property
    def hidden(self) -> frozenset[str]:
        """The ids of the claims that the server does not want to see."""
        return frozenset(item for item, entry in self.entries.items() if entry.hidden and item not in PROTECTED)

    @property
    def out_of_scope(self) -> tuple[OutOfScopeGroup, ...]:
        """The server's own examples of what is not answered."""
        wordings = self.entries.get(OUT_OF_SCOPE, NOTHING).questions
        return (OutOfScopeGroup(say("moderators.overlay.marked_by_this_server"), wordings),) if wordings else ()

    @property
    def wordings(self) -> int:
        """How many phrasings of its own it brings at most: what the matcher learns on top of the base."""
        own = [entry.claim for entry in self.entries.values() if entry.claim is not None]
        return sum(len(claim.questions) + len(claim.decoys) for claim in own) + sum(
            len(entry.questions) for entry in self.entries.values()
        )

    def claims(self, base: Knowledge) -> tuple[Claim, ...]:
        """Return the claims that differ from the base and can be seen: added, replaced and extended ones."""
        own = (claim_of(item, entry, base) for item, entry in self.entries.items() if not entry.hidden)
        return tuple(claim for claim in own if claim is not None)

    def reworded(self, base: Knowledge) -> tuple[Claim, ...]:
        """Return those of `claims` that a matcher has to learn: not the ones with nothing but a picture of their own."""
        return tuple(
            claim
            for claim in self.claims(base)
            if self.entries[claim.id].claim is not None or self.entries[claim.id].questions
        )

    def joined(self, base: Knowledge) -> Knowledge:
        """Return what the server sees. Memory grows with the overlay alone: the base's values are shared."""
        own = {claim.id: claim for claim in self.claims(base)}
        if not own and not self.hidden and not self.out_of_scope:
            return base
        claims = Layered(base.claims, own, self.hidden)
        return replace(
            base,
            claims=claims,
            topics=_topics(base, claims, own, self.hidden),
            out_of_scope=(*base.out_of_scope, *self.out_of_scope),
        )


def claim_of(item: str, entry: Entry, base: Knowledge) -> Claim | None:
    """Return an entry's claim as the server sees it, hidden or not; None where it changes no claim."""
    if item in PROTECTED or item == OUT_OF_SCOPE:
        return None
    shipped = base.claims.get(item)
    if entry.claim is not None:
        topic = _topic_in(base, entry.claim.topic)
        pain = None if shipped is None else _is_about_pain(shipped, base)  # nobody edits the safety line away
        return replace(
            entry.claim,
            id=item,
            topic=topic,
            added_by_server=True,
            own_picture=entry.picture,
            pain=pain,
            said=entry.is_said,
        )
    if shipped is None or not (entry.questions or entry.picture):
        return None
    questions = tuple(dict.fromkeys((*shipped.questions, *entry.questions)))
    return replace(shipped, questions=questions, own_picture=entry.picture)


def same_titles(
    titled: Mapping[str, str], base: Knowledge, live: Mapping[str, Entry]
) -> Iterator[tuple[str, str, str]]:
    """Yield each item whose new title cannot be told from another claim's, with that claim and its title.

    `titled`: claims with their titles; `live`: what the server has besides, theirs of before among it.
    """
    titles = {item: claim.title for item, claim in base.claims.items()}
    titles.update((item, entry.claim.title) for item, entry in live.items() if entry.claim is not None)
    changed = {item: title for item, title in titled.items() if titles.get(item) != title}
    taken = {look(title): (item, title) for item, title in titles.items() if item not in changed} if changed else {}
    for item, title in changed.items():
        seen = look(title)  # "" of a title that says nothing, which is a fault of its own
        other, shown = taken.setdefault(seen, (item, title))
        if seen and other != item:
            yield item, other, shown


def _is_about_pain(claim: Claim, base: Knowledge) -> bool | None:
    topic = base.topics.get(claim.topic)
    return claim.pain if claim.pain is not None or topic is None else topic.pain


def most_questions(item: str, base: Knowledge) -> int:
    """Return how many wordings a server's claim may have: one in a shipped claim's place, so many more than that one."""
    shipped = base.claims.get(item)
    return MOST_QUESTIONS + (len(shipped.questions) if shipped is not None else 0)


def standing_of(item: str, entry: Entry | None, base: Knowledge) -> Standing:
    """Return where a claim stands for a server."""
    if entry is None or entry.is_empty or item in PROTECTED:
        return Standing.SHIPPED
    if entry.hidden:
        return Standing.HIDDEN
    if entry.claim is None:
        return Standing.EXTENDED
    return Standing.REPLACED if item in base.claims else Standing.ADDED


def changed_in_release(item: str, entry: Entry, base: Knowledge) -> bool:
    """Say whether the shipped claim that a server replaced is another one now, or is gone, or has come to be."""
    if entry.claim is None or item in PROTECTED:
        return False
    return entry.based_on != base.claims.get(item)


def is_orphan(item: str, entry: Entry, base: Knowledge) -> bool:
    """Say whether an entry hangs on a shipped claim that is gone, or has another name now: it has no effect until then."""
    return (
        not entry.is_empty
        and entry.claim is None
        and item not in base.claims
        and item not in {OUT_OF_SCOPE, *PROTECTED}
    )


def rebased(before: Entry, mine: Entry, theirs: Entry, shipped: Claim | None = None) -> Entry:
    """Return my change of `before` made on top of theirs: what only they changed stays, what both changed is mine.

    `shipped`: the claim that both replaced, where `before` was none of the server's own.
    """
    ancestor = before.claim if before.claim is not None or None in {mine.claim, theirs.claim} else shipped
    return Entry(
        claim=_rebased_claim(ancestor, mine.claim, theirs.claim),
        based_on=theirs.based_on if theirs.claim is not None else mine.based_on,
        hidden=mine.hidden if mine.hidden != before.hidden else theirs.hidden,
        questions=_rebased_list(before.questions, mine.questions, theirs.questions),
        picture=mine.picture if mine.picture != before.picture else theirs.picture,
        said=mine.said if mine.said != before.said else theirs.said,
    )


def _rebased_claim(before: Claim | None, mine: Claim | None, theirs: Claim | None) -> Claim | None:
    if mine == before:
        return theirs
    if before is None or mine is None or theirs is None:
        return mine
    changed: dict[str, Any] = {}
    for each in fields(Claim):
        was, will, now = (getattr(claim, each.name) for claim in (before, mine, theirs))
        if isinstance(was, tuple):
            changed[each.name] = _rebased_list(was, will, now)
        elif will != was:
            changed[each.name] = will
    return replace(theirs, **changed)


def _rebased_list(before: tuple[T, ...], mine: tuple[T, ...], theirs: tuple[T, ...]) -> tuple[T, ...]:
    kept = (entry for entry in theirs if entry in mine or entry not in before)
    new = (entry for entry in mine if entry not in before)
    return tuple(dict.fromkeys((*kept, *new)))


class Layered(Mapping[str, T]):
    """A mapping seen through changes: `own` values in the place of the base's or after them, `hidden` ones left out.

    Keeps the base's order and holds a reference to it, never a copy.
    """

    __slots__ = ("_added", "_base", "_hidden", "_own")

    def __init__(self, base: Mapping[str, T], own: Mapping[str, T], hidden: Collection[str] = ()) -> None:
        self._base = base
        self._own = {key: value for key, value in own.items() if key not in hidden}
        self._hidden = frozenset(key for key in hidden if key in base)
        self._added = tuple(key for key in self._own if key not in base)

    def __getitem__(self, key: str) -> T:
        if key in self._own:
            return self._own[key]
        if key in self._hidden:
            raise KeyError(key)
        return self._base[key]

    def __iter__(self) -> Iterator[str]:
        yield from (key for key in self._base if key not in self._hidden)
        yield from self._added

    def __len__(self) -> int:
        return len(self._base) - len(self._hidden) + len(self._added)

    def __contains__(self, key: object) -> bool:
        return key in self._own or (key in self._base and key not in self._hidden)


def _topic_in(base: Knowledge, topic: str) -> str:
    return topic if topic in base.topics else SERVER_TOPIC


def _topics(
    base: Knowledge, claims: Mapping[str, Claim], own: Mapping[str, Claim], hidden: Collection[str]
) -> Mapping[str, Topic]:
    """Return the topics with leading claims that are there; one whose claims are all hidden is left out."""
    changed: dict[str, Topic] = {}
    empty: list[str] = []
    for topic in base.topics.values():
        leading = claims.get(topic.leading)
        if leading is not None and leading.topic == topic.id:
            continue
        other = next((claim.id for claim in claims.values() if claim.topic == topic.id), None)
        if other is None:
            empty.append(topic.id)
        else:
            changed[topic.id] = replace(topic, leading=other)
    first = next((claim.id for claim in own.values() if claim.topic == SERVER_TOPIC and claim.id not in hidden), None)
    if first is not None:
        changed[SERVER_TOPIC] = replace(_SERVER, leading=first)
    # A plain dict: topics are few, and every answer looks into them.
    return dict(Layered(base.topics, changed, empty)) if changed or empty else base.topics


def to_plain(entry: Entry) -> dict[str, Any] | None:
    """Return an entry as plain data, None for one with nothing in it."""
    if entry.is_empty:
        return None
    plain: dict[str, Any] = {}
    if entry.claim is not None:
        plain["claim"] = _plain_claim(entry.claim)
    if entry.based_on is not None:
        plain["based_on"] = _plain_claim(entry.based_on)
    if entry.hidden:
        plain["hidden"] = True
    if entry.questions:
        plain["questions"] = list(entry.questions)
    if entry.picture is not None:
        plain["picture"] = asdict(entry.picture)
    if entry.is_said:
        plain["said"] = entry.said
    return plain


def from_plain(plain: Mapping[str, Any] | None) -> Entry:
    """Return the entry that `to_plain` made, from this version or an earlier one."""
    plain = plain or {}
    return Entry(
        claim=_claim(plain.get("claim")),
        based_on=_claim(plain.get("based_on")),
        hidden=bool(plain.get("hidden", False)),
        questions=tuple(plain.get("questions", ())),
        picture=OwnPicture(**plain["picture"]) if "picture" in plain else None,
        said=str(plain.get("said", "")),
    )


def _plain_claim(claim: Claim) -> dict[str, Any]:
    # The picture stands in the entry, since a shipped claim can have one too; so does that somebody said it.
    return {name: value for name, value in asdict(claim).items() if name not in {"own_picture", "said"}}


def _claim(plain: Mapping[str, Any] | None) -> Claim | None:
    if plain is None:
        return None
    names = {each.name for each in fields(Claim)}
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in plain.items() if key in names
    }
    values["server_sources"] = tuple(ServerSource(**each) for each in plain.get("server_sources", ()))
    values |= {"verdict": Verdict(values["verdict"]), "confidence": Confidence(values["confidence"])}
    return Claim(**values)
