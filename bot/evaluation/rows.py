"""Labelled questions: the lines of a `.jsonl` file, checked, with every fault at its line."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from rapidfuzz import fuzz, process

from bot.errors import Fault, KnowledgeError
from bot.evaluation.safety import Sentence
from bot.sentences import say

OUT_OF_SCOPE = "out-of-scope"
RED_FLAG = "red-flag"
UNCOVERED = "uncovered"
"""About the leg press, and nobody has written an answer to it."""

EXAMPLE = '{"text": "...", "label": "..."}'
SENTENCE = '{"text": "...", "tier": "...", "positive": true}'

NO_CLAIMS: Mapping[str, str] = MappingProxyType({})
GRADES = (0, 0.5, 1)
"""How useful an answer is, as somebody judged it who read it: not, half, useful."""

MOST_FAULTS = 20
"""Faults shown of one file; a file with more has one cause."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question and what is right for it: `label` is a topic, OUT_OF_SCOPE, RED_FLAG or UNCOVERED, `also` further right ones.

    `style` says how it is worded (short, chatty, typo, ...). `lookalike`: it only looks like a red flag. `before`: what the
    same member said just before, oldest first. `claims`: those of which one must come first. `parts`: of a message with
    several questions, the claims that answer each. `useful`: how useful each claim is as an answer, one of GRADES.
    """

    text: str
    label: str
    also: tuple[str, ...] = ()
    style: str = ""
    lookalike: bool = False
    id: str = ""
    before: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    parts: tuple[tuple[str, ...], ...] = ()
    useful: Mapping[str, float] = field(default_factory=dict)


def read_rows(
    content: str, file: str, topics: Collection[str], claims: Mapping[str, str] = NO_CLAIMS
) -> tuple[Labelled, ...]:
    """Return the rows of a file's content, one JSON object a line; blank lines are passed over, further keys ignored.

    `topics` are the labels that the knowledge gives a meaning, `claims` the topics of its claims by id. A line with `turns` is a
    conversation, and each turn with a label or claims is a row. Raises KnowledgeError with every faulty line.
    """
    rows: list[Labelled] = []
    faults: list[Fault] = []
    for number, data in objects(content, file, faults):
        asked = _turns(data)
        found = [_with_label(each, claims) for each in asked if "turns" not in data or _is_scored(each)]
        problem = _conversation_problem(data, asked, found)
        problem = problem or next(filter(None, (_problem(each, topics, claims) for each in found)), "")
        if problem:
            faults.append(Fault(file, number, 1, problem))
        else:
            rows += (_row(each) for each in found)
    check(faults, bool(rows), file)
    return tuple(rows)


def read_sentences(content: str, file: str) -> dict[str, list[Sentence]]:
    """Return the labelled sentences for the safety gate in a file's content by their `wording` ("" where none is given).

    One JSON object a line. Raises KnowledgeError with every faulty line.
    """
    sentences: dict[str, list[Sentence]] = {}
    faults: list[Fault] = []
    for number, data in objects(content, file, faults, example=SENTENCE):
        wording, positive = data.get("wording"), data.get("positive")
        if not (positive is None or isinstance(positive, bool)):
            faults.append(Fault(file, number, 1, say("terminal.rows.positive_must_be_true_or_false")))
            continue
        try:
            sentence = Sentence.of(data.get("text"), data.get("tier"), positive)
        except ValueError as error:
            faults.append(Fault(file, number, 1, str(error)))
            continue
        sentences.setdefault(wording if isinstance(wording, str) else "", []).append(sentence)
    check(faults, bool(sentences), file, example=SENTENCE)
    return sentences


def objects(
    content: str, file: str, faults: list[Fault], *, example: str = EXAMPLE
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield line number and object of each line that holds one; what is none is added to `faults`.

    Only a newline ends a line: U+2028 and the like may stand in a question.
    """
    for number, line in enumerate(content.removeprefix("\ufeff").split("\n"), 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
        except json.JSONDecodeError as error:
            message = say("terminal.rows.not_json", reason=error.msg.lower())
            faults.append(Fault(file, number, error.colno, message))
            continue
        except (ValueError, RecursionError):  # a number of thousands of digits, brackets without end
            faults.append(Fault(file, number, 1, say("terminal.rows.this_json_is_too_deep_or")))
            continue
        if isinstance(data, dict):
            yield number, data
        else:
            faults.append(Fault(file, number, 1, say("terminal.rows.this_is_not_object", example=example)))


def check(faults: list[Fault], has_rows: bool, file: str, *, example: str = EXAMPLE) -> None:
    """Raise KnowledgeError where there are faults, or where the file held nothing at all."""
    if not faults and not has_rows:
        faults.append(Fault(file, 1, 1, say("terminal.rows.there_is_no_question_in_this", example=example)))
    if len(faults) > MOST_FAULTS:
        more = len(faults) - MOST_FAULTS
        faults = [
            *faults[:MOST_FAULTS],
            Fault(file, faults[MOST_FAULTS].line, 1, say("terminal.rows.and_more_from_here_on", more=more)),
        ]
    if faults:
        raise KnowledgeError(faults)


def _turns(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what a line asks: itself, or each turn of its conversation with what was said before it."""
    turns = data.get("turns")
    if not isinstance(turns, list):
        return [data]
    read = [dict(turn) if isinstance(turn, dict) else {"text": turn} for turn in turns]
    for number, turn in enumerate(read):
        turn["before"] = [each.get("text") for each in read[:number]]
        turn.setdefault("style", data.get("style"))
        turn.setdefault("id", data.get("id"))
    return read


def _is_scored(turn: Mapping[str, Any]) -> bool:
    return any(key in turn for key in ("label", "claims", "parts", "useful"))


def _with_label(data: dict[str, Any], claims: Mapping[str, str]) -> dict[str, Any]:
    """Return a line whose label, where it gives none, is the topic of the first claim that it names."""
    named = [*_named(data)]
    if "label" in data or not named or not isinstance(named[0], str) or named[0] not in claims:
        return data
    also = dict.fromkeys(claims[each] for each in named if each in claims)
    return {**data, "label": claims[named[0]], "also": data.get("also") or list(also)}


def _named(data: Mapping[str, Any]) -> Iterator[Any]:
    """Yield every claim that a line names as right, the first ones first."""
    yield from data.get("claims") or ()
    for part in data.get("parts") or ():
        yield from part
    yield from data.get("useful") or ()


def _conversation_problem(data: dict[str, Any], asked: list[dict[str, Any]], found: list[dict[str, Any]]) -> str:
    """Return what is wrong with a line's turns, or ""."""
    if "turns" not in data:
        return ""
    if not isinstance(data["turns"], list) or not all(isinstance(turn.get("text"), str) for turn in asked):
        return say("terminal.rows.turns")
    return "" if found else say("terminal.rows.no_turn_says_what_is_right")


def _problem(data: dict[str, Any], topics: Collection[str], claims: Mapping[str, str]) -> str:
    """Return what is wrong with one line's object, or ""."""
    text, label, also = data.get("text"), data.get("label"), data.get("also")
    if not isinstance(text, str):
        return say("terminal.rows.question_is_missing") if text is None else say("terminal.rows.text")
    if problem := _shape_problem(data):
        return problem
    for name in _named(data):
        if name not in claims:
            nearest = process.extractOne(str(name), claims, scorer=fuzz.ratio, score_cutoff=60)
            return say("terminal.rows.there_is_no_claim", name=name) + (
                f"; did you mean '{nearest[2]}'?" if nearest else ""
            )
    if label is None:
        return say("terminal.rows.label_is_missing", out_of_scope=OUT_OF_SCOPE, red_flag=RED_FLAG, uncovered=UNCOVERED)
    known = [*topics, OUT_OF_SCOPE, RED_FLAG, UNCOVERED]
    for name in (label, *(also or ())):
        if name not in known:
            nearest_label = process.extractOne(str(name), known, scorer=fuzz.ratio, score_cutoff=60)
            advice = f"did you mean '{nearest_label[0]}'?" if nearest_label else f"the labels are {', '.join(known)}"
            return say("terminal.rows.is_no_label_here", name=name, advice=advice)
    return ""


def _shape_problem(data: dict[str, Any]) -> str:
    """Return which of a line's values has another shape than it must have, or ""."""
    also, before, claims, parts, useful = (data.get(key) for key in ("also", "before", "claims", "parts", "useful"))
    if also is not None and not isinstance(also, list):
        return say("terminal.rows.also")
    if before is not None and not _are_texts(before):
        return say("terminal.rows.before")
    if claims is not None and not _are_texts(claims):
        return say("terminal.rows.claims")
    if parts is not None and not (isinstance(parts, list) and all(part and _are_texts(part) for part in parts)):
        return say("terminal.rows.parts")
    if useful is not None and not (isinstance(useful, dict) and all(grade in GRADES for grade in useful.values())):
        return say("terminal.rows.useful_must_give_claims_grade_each")
    return ""


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _row(data: dict[str, Any]) -> Labelled:
    style, name = data.get("style"), data.get("id")
    return Labelled(
        text=data["text"],
        label=data["label"],
        also=tuple(data.get("also") or ()),
        style=style if isinstance(style, str) else "",
        lookalike=data.get("lookalike") is True,
        id=name if isinstance(name, str) else "",
        before=tuple(data.get("before") or ()),
        claims=tuple(data.get("claims") or ()),
        parts=tuple(map(tuple, data.get("parts") or ())),
        useful=dict(data.get("useful") or {}),
    )
