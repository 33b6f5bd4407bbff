"""The disk is full, read-only or broken at any write: one sentence, and nothing that was acknowledged is lost."""

from pathlib import Path

import pytest

from tests.store import failing

MEANT = (
    "The disk of the database is full",
    "The disk of the database cannot be read or written",
    "The database cannot be written",
    "cannot be written (",
    "cannot be put back (",
    "is a database, but not this bot's",  # of what was never filled
    "There is no file",
    "There is no database",
)


@pytest.mark.soak  # which then fails hundreds of times
@pytest.mark.strace
def test_a_disk_that_fails_at_any_write_costs_a_sentence_and_nothing_else(tmp_path: Path) -> None:
    figures = failing.run(tmp_path, 4, seed=1)
    assert figures.faults == []
    assert figures.failed >= 2
    assert [each for each in figures.sentences if not any(words in each for words in MEANT)] == []
