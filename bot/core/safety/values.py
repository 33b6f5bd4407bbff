"""The gate's data as frozen values, rebuilt from plain JSON data without pydantic, because the terminal starts from it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

from bot.core.model import Stop, Tier


class Kind(StrEnum):
    """What a class of words is. Body, sensation and function tell of a symptom, circumstance colours one, grammar neither."""

    BODY = "body"
    SENSATION = "sensation"
    FUNCTION = "function"
    CIRCUMSTANCE = "circumstance"
    GRAMMAR = "grammar"


TELLING = frozenset({Kind.BODY, Kind.SENSATION, Kind.FUNCTION})
"""The kinds that tell of a symptom."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A class of words with one meaning: `words` are patterns (`lexicon.expand`), `shared` those that other classes hold too.

    `role` names what the reading of a sentence uses it for (`assertion.ROLES`), "" for nothing. The phrases of a `closed`
    class hide the words in them ("pain free"). `excluded` are phrases that look like this class and mean nothing.
    """

    kind: Kind
    words: tuple[str, ...]
    shared: tuple[str, ...] = ()
    role: str = ""
    closed: bool = False
    excluded: tuple[str, ...] = ()
    note: str = ""

    @property
    def patterns(self) -> tuple[str, ...]:
        """Every pattern of the class."""
        return (*self.words, *self.shared)


@dataclass(frozen=True, slots=True)
class Condition:
    """One way for a rule to fire: every term of `near` within `window` words, every term of `also` anywhere.

    A term is a concept, or several joined by `|`. A trailing `*` counts past mentions too (a history of cancer stays a
    risk), `~` counts "almost" too. `unless`: concepts anywhere in the text that take this way back. `joke`: laughter
    takes it back where nothing says that it lasts. `ordered`: the terms of `near` come in this order. `tier` stands in for the rule's own.
    `reach`: how many words away from `near` the terms of `also` and `unless` count; 0 for anywhere.
    """

    near: tuple[str, ...] = ()
    window: int = 8
    also: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    joke: bool = False
    ordered: bool = False
    tier: Tier | None = None
    reach: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """A red flag of `safety.md` 1.3: its id, name, tier and the ways it shows in words.

    `routes`: the text for a tier, by name, where it is not the tier's own. `sure`: strangers count as well as friends.
    `higher`: what makes an emergency of it, whether one of its ways or a wording near it stops the message.
    """

    id: str
    flag: str
    tier: Tier
    when: tuple[Condition, ...]
    routes: Mapping[Tier, str] = field(default_factory=dict)
    sure: bool = False
    higher: tuple[Condition, ...] = ()

    def route(self, tier: Tier) -> str:
        """Return the name of the text that this flag gets at `tier`."""
        return self.routes.get(tier, tier.value)


@dataclass(frozen=True, slots=True)
class Phrasing:
    """An example of how somebody may word a red flag."""

    rule: str
    tier: Tier
    text: str


@dataclass(frozen=True, slots=True)
class ForeignAlarm:
    """Terms (classes, or several joined by `|`) that together are an alarm: `near` within a few words, `also` anywhere.

    A term of `unless` anywhere takes it back.
    """

    flag: str
    near: tuple[str, ...]
    also: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    tier: Tier | None = None


@dataclass(frozen=True, slots=True)
class Language:
    """A language other than English: words that tell it, its classes of words, what they add up to.

    `others` and `own` are words for somebody else and for oneself.
    """

    name: str
    common: tuple[str, ...]
    negations: tuple[str, ...]
    concepts: Mapping[str, tuple[str, ...]]
    alarms: tuple[ForeignAlarm, ...]
    others: tuple[str, ...] = ()
    own: tuple[str, ...] = ()


TOLD = ("texts", "lines", "regions", "language_lines", "next_messages")
"""The parts of the data that say what a member reads, and how what comes next is understood."""


@dataclass(frozen=True, slots=True)
class Read:
    """Where a flag was read: addresses of stored copies; `judgement` where its tier or its text is this project's own."""

    read: tuple[str, ...]
    judgement: str = ""


@dataclass(frozen=True, slots=True)
class SafetyRules:
    """Everything the gate works from: `knowledge/safety.yaml` and the files of `knowledge/safety/`, merged."""

    concepts: Mapping[str, Concept]
    masks: tuple[str, ...]
    ordinary: tuple[str, ...]
    alarm_words: tuple[str, ...]
    rules: tuple[Rule, ...]
    footers: tuple[Condition, ...]
    nets: tuple[Condition, ...]
    signs: tuple[Condition, ...]
    phrasings: tuple[Phrasing, ...]
    harmless: tuple[str, ...]
    told: Mapping[str, Any]  # TOLD of the data, as it stands there: what `StopTexts` and `NextMessages` are made of
    thresholds: Mapping[str, float] = field(default_factory=dict)
    precedence: tuple[str, ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)
    languages: Mapping[str, Language] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Harmless wordings by heading, in order, from the first of `harmless` on: what the gate learns from, one and all."""
    read_at: Mapping[str, Read] = field(default_factory=dict)
    """By the rule's id."""

    @property
    def neighbours(self) -> dict[str, int]:
        """How many harmless wordings stand under each heading of the files: the flag that they resemble, or a kind."""
        return {name: len(texts) for name, texts in self.groups.items()}

    def neighbours_of(self, rule: str) -> tuple[str, ...]:
        """Return the harmless wordings that stand under a flag."""
        return self.groups.get(rule) or self.groups.get(rule.rstrip("abc"), ())

    def _plain_harmless(self) -> dict[str, list[str]]:
        """Return the harmless wordings by heading; what somebody added to the files' own, or another choice, too."""
        own = tuple(text for texts in self.groups.values() for text in texts)
        if self.harmless[: len(own)] != own:
            return {"all": list(self.harmless)}
        added = list(self.harmless[len(own) :])
        return {**{name: list(texts) for name, texts in self.groups.items()}, **({_ADDED: added} if added else {})}

    def rule(self, name: str) -> Rule:
        """Return the rule with this id; KeyError where there is none."""
        for one in self.rules:
            if one.id == name:
                return one
        raise KeyError(name)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Rebuild from plain data in the shape of the YAML files (or of `to_data`, which is the same).

        Raises KeyError, TypeError or ValueError where the shape is not that: what comes from a file is validated by
        `schema.SafetyModel` first, what comes from a cache was written by `to_data`.
        """
        rules = tuple(
            Rule(
                item["id"],
                item["flag"],
                Tier(item["tier"]),
                tuple(_condition(way, item.get("reach") or 0) for way in item["when"]),
                {Tier(tier): route for tier, route in (item.get("routes") or {}).items()},
                bool(item.get("sure")),
                tuple(_condition(way, item.get("reach") or 0) for way in item.get("higher") or ()),
            )
            for item in data["rules"]
        )
        tiers = {rule.id: rule.tier for rule in rules}
        phrasings: list[Phrasing] = []
        for key, texts in data["phrasings"].items():
            rule, _, tier = key.partition("/")
            phrasings += (Phrasing(rule, Tier(tier) if tier else tiers[rule], text) for text in texts)
        return cls(
            concepts={name: _concept(entry) for name, entry in data["concepts"].items()},
            masks=tuple(data["masks"]),
            ordinary=tuple(word for line in data["ordinary"] for word in line.split()),
            alarm_words=tuple(word for line in data["alarm_words"] for word in line.split()),
            rules=rules,
            footers=tuple(_condition(way) for way in data["footers"]),
            nets=tuple(_condition(way) for way in data["nets"]),
            signs=tuple(_condition(way) for way in data["signs"]),
            phrasings=tuple(phrasings),
            harmless=tuple(text for texts in data["harmless"].values() for text in texts),
            told={key: data[key] for key in TOLD},
            thresholds={key: float(value) for key, value in data["thresholds"].items()},
            precedence=tuple(data["precedence"]),
            weights={key: float(value) for key, value in data["weights"].items()},
            groups={name: tuple(texts) for name, texts in data["harmless"].items() if name != _ADDED},
            languages={code: _language(entry) for code, entry in data["languages"].items()},
            read_at={
                name: Read(tuple(each["read"]), each.get("judgement") or "")
                for name, each in (data.get("read_at") or {}).items()
            },
        )

    def to_data(self) -> dict[str, Any]:
        """Return plain JSON data from which `from_data` rebuilds an equal value."""
        phrasings: dict[str, list[str]] = {}
        for phrasing in self.phrasings:
            phrasings.setdefault(f"{phrasing.rule}/{phrasing.tier}", []).append(phrasing.text)
        return {
            "concepts": {
                name: {
                    "kind": concept.kind.value,
                    "words": list(concept.words),
                    "shared": list(concept.shared),
                    "role": concept.role,
                    "closed": concept.closed,
                    "not": list(concept.excluded),
                    "note": concept.note,
                }
                for name, concept in self.concepts.items()
            },
            "masks": list(self.masks),
            "ordinary": list(self.ordinary),
            "alarm_words": list(self.alarm_words),
            "rules": [
                {
                    "id": rule.id,
                    "flag": rule.flag,
                    "tier": rule.tier.value,
                    "when": [_plain(way) for way in rule.when],
                    "routes": {tier.value: route for tier, route in rule.routes.items()},
                    "sure": rule.sure,
                    "higher": [_plain(way) for way in rule.higher],
                }
                for rule in self.rules
            ],
            "footers": [_plain(way) for way in self.footers],
            "nets": [_plain(way) for way in self.nets],
            "signs": [_plain(way) for way in self.signs],
            "phrasings": phrasings,
            "harmless": self._plain_harmless(),
            **self.told,
            "thresholds": dict(self.thresholds),
            "precedence": list(self.precedence),
            "weights": dict(self.weights),
            "languages": {code: _plain_language(language) for code, language in self.languages.items()},
            "read_at": {
                name: {"read": list(each.read), "judgement": each.judgement} for name, each in self.read_at.items()
            },
        }


def _concept(data: Mapping[str, Any]) -> Concept:
    return Concept(
        Kind(data["kind"]),
        tuple(data["words"]),
        tuple(data.get("shared") or ()),
        data.get("role") or "",
        bool(data.get("closed")),
        tuple(data.get("not") or ()),
        data.get("note") or "",
    )


def _language(data: Mapping[str, Any]) -> Language:
    return Language(
        name=data["name"],
        common=tuple(data["common"]),
        negations=tuple(data["not"]),
        concepts={name: tuple(phrases) for name, phrases in data["concepts"].items()},
        alarms=tuple(
            ForeignAlarm(
                alarm["flag"],
                tuple(alarm["all"]),
                tuple(alarm.get("also") or ()),
                tuple(alarm.get("unless") or ()),
                Tier(alarm["tier"]) if alarm.get("tier") else None,
            )
            for alarm in data["alarms"]
        ),
        others=tuple(data.get("others") or ()),
        own=tuple(data.get("own") or ()),
    )


def _plain_language(language: Language) -> dict[str, Any]:
    return {
        "name": language.name,
        "common": list(language.common),
        "not": list(language.negations),
        "concepts": {name: list(phrases) for name, phrases in language.concepts.items()},
        "alarms": [
            {
                "flag": one.flag,
                "all": list(one.near),
                "also": list(one.also),
                "unless": list(one.unless),
                "tier": one.tier.value if one.tier else None,
            }
            for one in language.alarms
        ],
        "others": list(language.others),
        "own": list(language.own),
    }


def _condition(data: Mapping[str, Any], reach: int = 0) -> Condition:
    tier = data.get("tier")
    return Condition(
        near=tuple(data.get("near") or ()),
        window=int(data.get("window") or 8),
        also=tuple(data.get("also") or ()),
        unless=tuple(data.get("unless") or ()),
        joke=bool(data.get("joke")),
        ordered=bool(data.get("ordered")),
        tier=Tier(tier) if tier else None,
        reach=int(data.get("reach") or reach),
    )


def _plain(way: Condition) -> dict[str, Any]:
    return {
        "near": list(way.near),
        "window": way.window,
        "also": list(way.also),
        "unless": list(way.unless),
        "joke": way.joke,
        "ordered": way.ordered,
        "tier": way.tier.value if way.tier else None,
        "reach": way.reach,
    }


_ADDED = "added"
OUTSIDE = "outside"
"""The heading of what the knowledge knows to be out of scope: how people talk of everything else."""

FORMAT = "16"
"""Raised by hand when the code that turns rules into a fitted model changes what it learns, or how that is kept."""


def named(term: str) -> list[str]:
    """Return the concepts of a term, without the marks that say what does not take them back."""
    return term.translate(_MARKS).split("|")


_MARKS = str.maketrans("", "", "*~^")


def fingerprint(rules: SafetyRules) -> str:
    """Return a hash (hex) of everything that decides what `Gate.dump` holds: equal rules, equal hash."""
    plain = json.dumps(rules.to_data(), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(f"{FORMAT}\n{plain}".encode()).hexdigest()


class Ground(StrEnum):
    """What a stop rests on: a rule or a wording of the bank, the model beside words that tell of something, or the model alone."""

    SURE = "sure"
    CUES = "cues"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Screening:
    """What the gate makes of a message.

    `stop` replaces every answer, and says which text to show. `line`: the safety line must go onto the answer.
    `about_signs`: a general question about warning signs, answered with the claim `warning-signs`. `language`: the
    message's, as ISO 639-1 ("es"), where it was recognised, with or without a stop; "" for English and the unknown.
    `ground`: what the stop rests on.
    """

    stop: Stop | None = None
    line: bool = False
    about_signs: bool = False
    language: str = ""
    ground: Ground = Ground.SURE


@dataclass(frozen=True, slots=True)
class Trace:
    """Why a screening came out as it did: for `legpress ask --explain`, never shown in Discord."""

    screening: Screening
    cues: tuple[str, ...] = ()
    suppressed: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    nets: tuple[str, ...] = ()
    phrasings: tuple[tuple[str, float], ...] = ()
    score: float = 0.0
    notes: tuple[str, ...] = ()

    def render(self) -> list[str]:
        """Return lines for a terminal."""
        stop = self.screening.stop
        verdict = f"stop, {stop.tier}, {' '.join(stop.rules)}" if stop else "no stop"
        model = f"model {self.score:.2f}" if self.score else "model not asked"
        lines = [f"gate: {verdict}; safety line: {'yes' if self.screening.line else 'no'}; {model}"]
        for title, items in (
            ("cues", self.cues),
            ("suppressed", self.suppressed),
            ("rules", self.rules),
            ("nets", self.nets),
            ("phrasings", tuple(f"{text!r} ({closeness:.2f})" for text, closeness in self.phrasings)),
            ("notes", self.notes),
        ):
            if items:
                lines.append(f"  {title}: " + "; ".join(items))
        return lines
