"""Results as they are saved, and read again."""

import json

import pytest

from bot.core.model import Outcome
from bot.errors import KnowledgeError
from bot.evaluation.saved import as_data, read_saved
from bot.evaluation.scores import Result

RESULT = Result(
    text="how deep", label="depth", outcome=Outcome.ANSWER, also=("setup",), style="plain", lookalike=True, id="q1",
    topic="depth", claim="find-your-depth", confidence=0.9, ranked=("depth", "setup"), suggested=(), tier="",
    safety_line=True, uncovered=False,
)  # fmt: skip


def test_what_is_saved_is_read_as_it_was() -> None:
    lines = "\n".join(json.dumps(as_data(each)) for each in (RESULT, RESULT))
    assert read_saved(lines, "saved.jsonl") == (RESULT, RESULT)


def test_a_file_of_another_kind_is_told_once() -> None:
    with pytest.raises(KnowledgeError) as raised:
        read_saved('{"text": "a", "label": "depth"}\n{"text": "b", "label": "depth"}', "questions.jsonl")
    assert [(fault.line, fault.message.split(";")[0]) for fault in raised.value.faults] == [
        (1, "this is no saved result")
    ]
