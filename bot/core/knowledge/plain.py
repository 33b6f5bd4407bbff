"""Knowledge as plain data and back, for a cache.

No pydantic and no YAML on that path, so that a terminal answers at once.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from bot.core.model import (
    AboutThem,
    ChecklistStep,
    Claim,
    Condition,
    Confidence,
    HurtPlace,
    Hurts,
    Knowledge,
    OutOfScopeGroup,
    ServerSource,
    Source,
    Topic,
    Verdict,
    WordGroup,
)

FORMAT = 9
"""Raised whenever the values below change their shape, so that an older cache is not read."""


def to_plain(knowledge: Knowledge) -> dict[str, Any]:
    """Return `knowledge` as dicts, lists, text and numbers only."""
    return {
        "claims": [asdict(claim) for claim in knowledge.claims.values()],
        "topics": [asdict(topic) for topic in knowledge.topics.values()],
        "sources": [asdict(source) for source in knowledge.sources.values()],
        "vocabulary": [asdict(group) for group in knowledge.vocabulary],
        "out_of_scope": [asdict(group) for group in knowledge.out_of_scope],
        "checklist": [asdict(step) for step in knowledge.checklist],
        "successors": dict(knowledge.successors),
        "about_them": asdict(knowledge.about_them),
    }


def from_plain(data: Mapping[str, Any]) -> Knowledge:
    """Return the knowledge that `to_plain` wrote. Raises KeyError, TypeError or ValueError for anything else."""
    claims = [_claim(entry) for entry in data["claims"]]
    topics = [Topic(**entry) for entry in data["topics"]]
    sources = [Source(**entry) for entry in data["sources"]]
    return Knowledge(
        claims={claim.id: claim for claim in claims},
        topics={topic.id: topic for topic in topics},
        sources={source.id: source for source in sources},
        vocabulary=tuple(
            WordGroup(e["word"], tuple(e["same"]), tuple(e["misspelt"]), e["means"]) for e in data["vocabulary"]
        ),
        out_of_scope=tuple(OutOfScopeGroup(e["about"], tuple(e["questions"])) for e in data["out_of_scope"]),
        checklist=tuple(ChecklistStep(**_with_tuples(entry)) for entry in data["checklist"]),
        successors={str(old): str(new) for old, new in data["successors"].items()},
        about_them=_about_them(data["about_them"]),
    )


def _about_them(data: Mapping[str, Any]) -> AboutThem:
    conditions = tuple(Condition(**_with_tuples(entry)) for entry in data["conditions"])
    places = tuple(HurtPlace(**_with_tuples(entry)) for entry in data["hurts"]["places"])
    hurts = {**_with_tuples(data["hurts"]), "places": places, "words": _with_tuples(data["hurts"]["words"])}
    own = {"conditions": conditions, "asks_for": _with_tuples(data["asks_for"]), "hurts": Hurts(**hurts)}
    return AboutThem(**{**_with_tuples(data), **own})


def _claim(entry: Mapping[str, Any]) -> Claim:
    fields = _with_tuples(entry) | {"server_sources": tuple(ServerSource(**each) for each in entry["server_sources"])}
    fields |= {"verdict": Verdict(entry["verdict"]), "confidence": Confidence(entry["confidence"])}
    return Claim(**fields)


def _with_tuples(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
