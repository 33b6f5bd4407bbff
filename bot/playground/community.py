"""The playground's small community, read from community.yaml: who is there, what happened, what can be tried."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("community.yaml")
BOT = "{bot}"
"""What stands for a mention of the bot in a text."""
MEMBER, MODERATOR, OUTSIDER = "member", "moderator", "outsider"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom a visitor can be, or who only asks (`kind` is a member's then)."""

    key: str
    name: str
    kind: str = MEMBER


@dataclass(frozen=True, slots=True)
class Published:
    """A claim of the server's own, as its form was filled in, and who published it how many days ago."""

    by: str
    days: int
    claim: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the days before today on which it was asked, and those on which the answer was rated."""

    question: str
    days: Sequence[int]
    liked: Sequence[int] = ()
    disliked: Sequence[int] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Suggested:
    """What a member suggested so many days ago."""

    by: str
    days: int
    question: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A moderator and the answer that they would give a claim."""

    by: str
    answer: str


@dataclass(frozen=True, slots=True)
class Clash:
    """A claim that two moderators changed: the `fast` one's answer is live, the `slow` one's draft is open.

    `settled` is told to whoever wants to meet it once more.
    """

    claim: str
    slow: Change
    fast: Change
    settled: str


@dataclass(frozen=True, slots=True)
class Said:
    """A message in the channel, so many minutes ago; `replies`: to which of those before it, None for none."""

    by: str
    minutes: int
    text: str
    replies: int | None = None


@dataclass(frozen=True, slots=True)
class Try:
    """What one press on a card does as `kind`: say something, use a command, a menu on a message of `said`, or clash.

    `by`: whoever says it instead, one of the others.
    """

    id: str
    kind: str
    title: str
    text: str
    say: str = ""
    by: str = ""
    command: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    menu: str = ""
    message: int = 0
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class Community:
    """All of it. `people` are those whom a visitor can be, `others` the rest; both by key."""

    server: str
    channel: str
    about: str
    role: str
    people: Mapping[str, Person]
    others: Mapping[str, Person]
    published: Sequence[Published]
    asked: Sequence[Asked]
    suggested: Sequence[Suggested]
    conflict: Clash
    said: Sequence[Said]
    tries: Sequence[Try]


def read_community() -> Community:
    """Return the community that comes with the program."""
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    clash = data["conflict"]
    return Community(
        server=data["server"],
        channel=data["channel"],
        about=data["about"],
        role=data["role"],
        people={key: Person(key, each["name"], each["is"]) for key, each in data["people"].items()},
        others={key: Person(key, name) for key, name in data["others"].items()},
        published=[Published(**each) for each in data["published"]],
        asked=[Asked(**each) for each in data["asked"]],
        suggested=[Suggested(**each) for each in data["suggested"]],
        conflict=Clash(clash["claim"], Change(**clash["slow"]), Change(**clash["fast"]), clash["settled"]),
        said=[Said(**each) for each in data["said"]],
        tries=[Try(kind=each.pop("as"), **each) for each in data["try"]],
    )
