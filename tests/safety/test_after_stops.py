"""What comes after a stop, on the labelled dialogues: regression, since their misses have been looked at."""

import pytest

from bot.core.model import Outcome
from bot.service import Service
from tests.safety.after_stops import read, run
from tests.safety.shipped import HERE

SETS = sorted(HERE.glob("dialogues_*.jsonl"))


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_every_next_message_is_held_and_most_get_their_row(service: Service, path: object) -> None:
    dialogues = read(path)  # type: ignore[arg-type]
    done, found = run(dialogues, service)
    assert done
    assert found >= 0.9 * len(dialogues)
    assert not [one.text for one in done if one.answer.outcome is not Outcome.STOP]
    assert not [one.text for one in done if one.answer.claim or one.answer.suggestions]
    assert sum(one.fits for one in done) >= 0.85 * len(done), [one.text for one in done if not one.fits]
