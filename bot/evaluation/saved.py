"""Results as plain data and back: what `--save` writes, one object a line, and `--compare` reads."""

from typing import Any

from bot.core.model import Outcome
from bot.errors import Fault
from bot.evaluation.rows import check, objects
from bot.evaluation.scores import Result
from bot.sentences import say

_TEXTS = ("text", "label", "style", "id", "tier")
_LISTS = ("also", "ranked", "suggested")
_NEWER_LISTS = ("before", "claims", "shown")
"""Lists that results saved by an older version do not have."""


def as_data(result: Result) -> dict[str, object]:
    """Return a result as JSON data; it can be scored again as a labelled question, since text and label are in it."""
    return {
        "id": result.id,
        "text": result.text,
        "label": result.label,
        "also": list(result.also),
        "style": result.style,
        "lookalike": result.lookalike,
        "outcome": result.outcome.value,
        "topic": result.topic,
        "claim": result.claim,
        "confidence": result.confidence,
        "ranked": list(result.ranked),
        "suggested": list(result.suggested),
        "tier": result.tier,
        "safety_line": result.safety_line,
        "uncovered": result.uncovered,
        "before": list(result.before),
        "claims": list(result.claims),
        "parts": [list(part) for part in result.parts],
        "shown": list(result.shown),
        "side": result.side.value,
        "right": result.right,
    }


def read_saved(content: str, file: str) -> tuple[Result, ...]:
    """Return the results in a saved file's content. Raises KnowledgeError with every line that is none, the first if all are."""
    results: list[Result] = []
    faults: list[Fault] = []
    for number, data in objects(content, file, faults):
        result = _result(data)
        if result is None:
            message = say("terminal.saved.this_is_no_saved_result")
            faults.append(Fault(file, number, 1, message))
        else:
            results.append(result)
    if not results:
        del faults[1:]  # another kind of file: telling it once is enough
    check(faults, bool(results), file)
    return tuple(results)


def _result(data: dict[str, Any]) -> Result | None:
    whole = (
        all(isinstance(data.get(key), str) for key in _TEXTS)
        and all(isinstance(data.get(key), list) for key in _LISTS)
        and all(isinstance(item, str) for key in _LISTS for item in data[key])
        and all(isinstance(data.get(key, []), list) for key in (*_NEWER_LISTS, "parts"))
        and all(isinstance(item, str) for key in _NEWER_LISTS for item in data.get(key, []))
        and all(isinstance(part, list) for part in data.get("parts", []))
        and all(data.get(key) is None or isinstance(data[key], str) for key in ("topic", "claim"))
        and isinstance(data.get("confidence"), float | int)
        and data.get("outcome") in list(Outcome)
    )
    if not whole:
        return None
    return Result(
        text=data["text"],
        label=data["label"],
        outcome=Outcome(data["outcome"]),
        also=tuple(data["also"]),
        style=data["style"],
        lookalike=data.get("lookalike") is True,
        id=data["id"],
        topic=data.get("topic"),
        claim=data.get("claim"),
        confidence=float(data["confidence"]),
        ranked=tuple(data["ranked"]),
        suggested=tuple(data["suggested"]),
        tier=data["tier"],
        safety_line=data.get("safety_line") is True,
        uncovered=data.get("uncovered") is True,
        before=tuple(data.get("before", ())),
        claims=tuple(data.get("claims", ())),
        parts=tuple(map(tuple, data.get("parts", ()))),
        shown=tuple(data.get("shown", ())),
    )
