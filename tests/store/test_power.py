"""The power goes at any moment: what was acknowledged is on the disk, and nothing is half there."""

import random
from pathlib import Path

import pytest

from tests.store import power


@pytest.mark.soak  # which then looks at a thousand images
@pytest.mark.strace
def test_no_loss_of_power_loses_what_was_acknowledged_or_leaves_it_half_there(tmp_path: Path) -> None:
    figures = power.run(tmp_path, 40, seed=1)
    assert figures.faults == []
    assert (figures.disks, figures.acknowledged) == (40, 13)


def test_what_was_never_synced_is_lost_and_noticed() -> None:
    chance = random.Random(1)
    file = power.File(b"old", [(0, b"new")])
    assert {file.content(power._some(file.since, chance)) for _ in range(50)} == {b"old", b"new"}


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ([], [[], ["edit 0"]]),
        (["edit 0 1"], [["edit 0"], ["edit 0", "edit 1"]]),
        (["edit 0 1", "backed up", "edit 1 2", "restoring"], [["edit 0", "edit 1"], ["edit 0"]]),
        (["edit 0 1", "backed up", "edit 1 2", "restoring", "restored"], [["edit 0"], ["edit 0", "edit 2"]]),
    ],
)
def test_what_may_be_there_follows_from_what_was_told(told: list[str], wanted: list[list[str]]) -> None:
    assert power._wanted(told) == wanted
