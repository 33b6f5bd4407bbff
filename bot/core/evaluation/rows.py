"""Labelled questions: the lines of a `.jsonl` file, checked, with every fault at its line."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process

from bot.core.safety.scoring import Sentence
from bot.errors import Fault, KnowledgeError

OUT_OF_SCOPE = "out-of-scope"
RED_FLAG = "red-flag"
UNCOVERED = "uncovered"
"""About the leg press, and nobody has written an answer to it."""

EXAMPLE = '{"text": "...", "label": "..."}'
SENTENCE = '{"text": "...", "tier": "...", "positive": true}'

MOST_FAULTS = 20
"""Faults shown of one file; a file with more has one cause."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question and what is right for it: `label` is a topic, OUT_OF_SCOPE, RED_FLAG or UNCOVERED, `also` further right ones.

    `style` says how it is worded (short, chatty, typo, ...). `lookalike`: it only looks like a red flag.
    """

    text: str
    label: str
    also: tuple[str, ...] = ()
    style: str = ""
    lookalike: bool = False
    id: str = ""


def read_rows(content: str, file: str, topics: Collection[str]) -> tuple[Labelled, ...]:
    """Return the rows of a file's content, one JSON object a line; blank lines are passed over, further keys ignored.

    `topics` are the labels that the knowledge gives a meaning. Raises KnowledgeError with every faulty line.
    """
    rows: list[Labelled] = []
    faults: list[Fault] = []
    for number, data in objects(content, file, faults):
        problem = _problem(data, topics)
        if problem:
            faults.append(Fault(file, number, 1, problem))
        else:
            rows.append(_row(data))
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
            faults.append(Fault(file, number, 1, "`positive` must be true or false, without quotes"))
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
            message = f"this is not JSON ({error.msg.lower()}); write one object a line, in double quotes"
            faults.append(Fault(file, number, error.colno, message))
            continue
        except (ValueError, RecursionError):  # a number of thousands of digits, brackets without end
            faults.append(Fault(file, number, 1, "this JSON is too deep or too long to read; write one plain object"))
            continue
        if isinstance(data, dict):
            yield number, data
        else:
            faults.append(Fault(file, number, 1, f"this is not an object; write {example}"))


def check(faults: list[Fault], has_rows: bool, file: str, *, example: str = EXAMPLE) -> None:
    """Raise KnowledgeError where there are faults, or where the file held nothing at all."""
    if not faults and not has_rows:
        faults.append(Fault(file, 1, 1, f"there is no question in this file; write one {example} a line"))
    if len(faults) > MOST_FAULTS:
        more = len(faults) - MOST_FAULTS
        faults = [*faults[:MOST_FAULTS], Fault(file, faults[MOST_FAULTS].line, 1, f"and {more} more from here on")]
    if faults:
        raise KnowledgeError(faults)


def _problem(data: dict[str, Any], topics: Collection[str]) -> str:
    """Return what is wrong with one line's object, or ""."""
    text, label, also = data.get("text"), data.get("label"), data.get("also")
    if not isinstance(text, str):
        return 'the question is missing; add "text": "..."' if text is None else '"text" must be text, in double quotes'
    if label is None:
        return f'the label is missing; add "label": a topic, "{OUT_OF_SCOPE}", "{RED_FLAG}" or "{UNCOVERED}"'
    if also is not None and not isinstance(also, list):
        return '"also" must be a list of labels, such as ["depth"]'
    known = [*topics, OUT_OF_SCOPE, RED_FLAG, UNCOVERED]
    for name in (label, *(also or ())):
        if name not in known:
            nearest = process.extractOne(str(name), known, scorer=fuzz.ratio, score_cutoff=60)
            advice = f"did you mean '{nearest[0]}'?" if nearest else f"the labels are {', '.join(known)}"
            return f"'{name}' is no label here; {advice}"
    return ""


def _row(data: dict[str, Any]) -> Labelled:
    style, name = data.get("style"), data.get("id")
    return Labelled(
        text=data["text"],
        label=data["label"],
        also=tuple(data.get("also") or ()),
        style=style if isinstance(style, str) else "",
        lookalike=data.get("lookalike") is True,
        id=name if isinstance(name, str) else "",
    )
