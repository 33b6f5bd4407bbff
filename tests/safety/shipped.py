"""The gate as it is shipped, built once, and the labelled sentences it is scored on."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

from bot.bootstrap import default_cache, fitted_gate, load_gate, shipped_knowledge, shipped_state
from bot.core.knowledge.folder import read_safety_files
from bot.core.knowledge.safety_loader import load_safety
from bot.core.model import Tier
from bot.core.safety import Gate, SafetyRules
from bot.evaluation.safety import Sentence
from bot.store.cache import FileCache

HERE = Path(__file__).parent
QUESTIONS = HERE.parent / "questions"


@cache
def bank_rules() -> SafetyRules:
    """Return the safety files' own rules, without what the knowledge adds."""
    return load_safety(read_safety_files(shipped_knowledge()))


@cache
def shipped_rules() -> SafetyRules:
    """Return the rules as the bot loads them: the knowledge's own questions are harmless examples too."""
    return shipped_gate().rules


@cache
def shipped_gate() -> Gate:
    """Return the gate as the bot has it, from the state that `legpress fit` made, or built anew."""
    return load_gate(FileCache(None, shipped_state()))


@cache
def small_gate() -> Gate:
    """Return a gate with the shipped rules and a small bank, for tests that need no model: fitted once for all workers."""
    rules = bank_rules()
    few = replace(
        rules,
        phrasings=tuple(each for each in rules.phrasings if _is_taken(each.text)),
        harmless=tuple(each for each in rules.harmless if _is_taken(each)),
    )
    return fitted_gate(few, default_cache())


def _is_taken(text: str) -> bool:
    """Say whether the small bank has a wording: one in ten, by what it says, so that one more wording moves no other."""
    return crc32(text.encode()) % 10 == 0


def lines(path: Path) -> list[dict[str, Any]]:
    """Return a file's JSON objects."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def sentences(name: str, **only: object) -> list[Sentence]:
    """Return the labelled sentences of a file here whose fields are as `only` says."""
    return [
        Sentence.of(row["text"], row["tier"], row["positive"])
        for row in lines(HERE / name)
        if all(row.get(field) == value for field, value in only.items())
    ]


def red_flags() -> list[Sentence]:
    """Return the development questions' red flags; they carry no tier, and any stop is right."""
    return [Sentence(row["text"], Tier.SOON) for row in lines(QUESTIONS / "dev.jsonl") if row["label"] == "red-flag"]
