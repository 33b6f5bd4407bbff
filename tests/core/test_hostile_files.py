"""Files made to cost much: each is told in few words, and none is read further than a person's file would be."""

from bot.core.bounds import MOST_CLAIMS
from bot.core.knowledge.gathering import MOST_FAULTS
from bot.core.model import Knowledge
from bot.core.server_file import read
from tests.support.examples import soaks, some
from tests.support.hostile import WORST

KNOWLEDGE = Knowledge({}, {}, {}, (), ())
SIZE = 1_000_000 if soaks() else 100_000
"""Bytes, of which each kind has far more of the worst than is told."""


@some("kind", WORST, 2)
def test_a_file_of_the_worst_gets_a_bounded_answer(kind: str) -> None:
    found = read(WORST[kind](SIZE), "bad.yaml", KNOWLEDGE, {})
    assert len(found.faults) <= MOST_FAULTS + 1
    assert sum(len(fault.message) for fault in found.faults) < 100_000
    assert len(found.entries) <= 10 * MOST_CLAIMS


def test_a_thousand_claims_under_a_wrong_topic_are_told_once() -> None:
    raw = WORST["claims"](75_000).decode()
    indented = "".join(f"  {line}\n" for line in raw.splitlines())
    found = read(f"claims:\n  nowhere:\n{indented}".encode(), "bad.yaml", KNOWLEDGE, {})
    messages = [fault.message for fault in found.faults]
    assert sum("there is no topic 'nowhere'" in message for message in messages) == 1
    assert any("keep at most 300" in message for message in messages)
