"""Splitting claims files: the same knowledge afterwards, comments and quotes as they were, in any style of YAML."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.knowledge.folder import Folder, read_folder
from bot.core.knowledge.loader import load_folder
from bot.core.knowledge.migration import MODELINE, migrated, with_files
from bot.core.yaml_text import dump

HEAD = "# yaml-language-server: $schema=../schema/claims.json\n"
FIELDS = "title: A title\n  claim: A statement.\n  verdict: mixed\n  confidence: low\n  answer: An answer.\n"
BLOCK = f"""\
- id: one
  {FIELDS}\
  # how people ask it
  questions:
    - how deep  # the commonest
    # from the forum
    - >-
      a long one
      over two lines
    - 'with: a colon'
  not: [how wide, how far]
  # what it rests on
  sources: []

- questions:
  - how low
  id: two
  {FIELDS}\
  do:
    - Sit.
"""


def folder(claims: str, questions: str = "") -> Folder:
    beside = {"depth": ("k/questions/depth.yaml", questions.encode())} if questions else {}
    return Folder("k", {"depth": ("k/claims/depth.yaml", claims.encode())}, {}, questions=beside)


def split(before: Folder) -> tuple[str, str]:
    """Return the texts of questions/depth.yaml and claims/depth.yaml, having seen that they say the same."""
    known = load_folder(before)
    moved = migrated(before)
    after = load_folder(with_files(before, moved))
    assert known.knowledge is not None, known.faults
    assert after.knowledge == known.knowledge, after.faults
    assert not migrated(with_files(before, moved))
    receiving, losing = moved
    assert (receiving.path.parent.name, losing.path.parent.name) == ("questions", "claims")
    return receiving.text, losing.text


def test_blocks_move_as_they_stand() -> None:
    questions, claims = split(folder(HEAD + BLOCK))
    assert (
        questions
        == f"""\
{MODELINE}
one:
  questions:
    - how deep  # the commonest
    # from the forum
    - >-
      a long one
      over two lines
    - 'with: a colon'
  not: [how wide, how far]

two:
  questions:
  - how low
"""
    )
    assert (
        claims
        == f"""\
{HEAD}- id: one
  {FIELDS}\
  # how people ask it
  # what it rests on
  sources: []

- id: two
  {FIELDS}\
  do:
    - Sit.
"""
    )


@pytest.mark.parametrize(
    "claims",
    [
        BLOCK.replace("\n", "\r\n"),
        BLOCK.rstrip("\n"),
        BLOCK.replace("- id: one\n", "-\n  id: one\n"),
        "".join(f"    {line}\n" if line else "\n" for line in BLOCK.splitlines()),
        "- {id: one, title: T, claim: C., verdict: mixed, confidence: low, answer: A., questions: [how deep, how low]}\n",
        '[{"id": "one", "title": "T", "claim": "C.", "verdict": "mixed", "confidence": "low", "answer": "A.", "questions": ["how?"]}]',
    ],
    ids=["carriage returns", "no last line end", "dash alone", "indented", "flow entry", "json"],
)
def test_every_style_says_the_same_afterwards(claims: str) -> None:
    split(folder(claims))


def test_wordings_come_after_those_that_are_there() -> None:
    beside = f"{MODELINE}\n# first come\ntwo:\n  questions: [how low]\n"
    before = folder(BLOCK.replace("- questions:\n  - how low\n  id: two", "- id: two"), beside)
    questions, _ = split(before)
    assert questions.startswith(beside + "\none:\n  questions:\n    - how deep  # the commonest\n")


def test_half_a_migration_is_finished_with_every_wording_once() -> None:
    before = folder(HEAD + BLOCK, f"{MODELINE}\n# kept\none: {{questions: [how deep, only here]}}\n")
    questions, claims = split(before)
    assert questions.count("how deep") == 1
    assert "only here" in questions
    assert {"# kept", "# from the forum"} <= set(questions.splitlines())
    assert "questions:" not in claims


def test_a_claim_that_was_replaced_stays_as_it_is() -> None:
    old = f"- id: old\n  {FIELDS}  questions: [gone]\n  replaced_by: two\n"
    _, claims = split(folder(BLOCK + old))
    assert claims.endswith(old)


def test_what_is_split_already_is_left_alone(checkout: Path) -> None:
    assert migrated(read_folder(checkout / "knowledge")) == []


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).map(str.strip).filter(bool), min_size=1),
        min_size=1, max_size=3,
    )
)  # fmt: skip
def test_no_wording_is_lost_whatever_it_is(questions: list[list[str]]) -> None:
    entries = [
        {"id": f"claim-{i}", "title": "T", "claim": "C.", "verdict": "mixed", "confidence": "low", "answer": "A.",
         "questions": each, "do": ["Sit."]}
        for i, each in enumerate(questions)
    ]  # fmt: skip
    before = folder(dump(entries))
    if load_folder(before).knowledge is not None:
        split(before)
