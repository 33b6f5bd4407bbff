"""Knowledge as plain data and back, for a cache.

No pydantic and no YAML on that path, so that a terminal answers at once.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from bot.core.from_plain import value_of
from bot.core.model import (
    AboutThem,
    ChecklistStep,
    Claim,
    Exercises,
    Knowledge,
    OutOfScopeGroup,
    Source,
    Topic,
    WordGroup,
)

FORMAT = 10
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
        "exercises": asdict(knowledge.exercises),
    }


def from_plain(data: Mapping[str, Any]) -> Knowledge:
    """Return the knowledge that `to_plain` wrote. Raises KeyError, TypeError or ValueError for anything else."""
    claims = [value_of(Claim, entry) for entry in data["claims"]]
    topics = [value_of(Topic, entry) for entry in data["topics"]]
    sources = [value_of(Source, entry) for entry in data["sources"]]
    return Knowledge(
        claims={claim.id: claim for claim in claims},
        topics={topic.id: topic for topic in topics},
        sources={source.id: source for source in sources},
        vocabulary=tuple(value_of(WordGroup, entry) for entry in data["vocabulary"]),
        out_of_scope=tuple(value_of(OutOfScopeGroup, entry) for entry in data["out_of_scope"]),
        checklist=tuple(value_of(ChecklistStep, entry) for entry in data["checklist"]),
        successors={str(old): str(new) for old, new in data["successors"].items()},
        about_them=value_of(AboutThem, data["about_them"]),
        exercises=value_of(Exercises, data["exercises"]),
    )
