"""On which database the tests of what members and moderators see run."""

from pathlib import Path

import pytest

from tests.conftest import EVERYTHING

HERE = Path(__file__).parent


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the tests here to SQLite, but for those marked `both_databases`; CI runs all of them on both.

    What the desks do is shown on both by tests/service, and what the store does by tests/store: a card is the same. Marked
    is what differs by database: one that is gone, presses at the same moment, what one server may not see of another's,
    what is deleted, and one whole walk.
    """
    if EVERYTHING or not (elsewhere := [item for item in items if _is_shown_elsewhere(item)]):
        return
    config.hook.pytest_deselected(items=elsewhere)
    left_out = set(elsewhere)
    items[:] = [item for item in items if item not in left_out]


def _is_shown_elsewhere(item: pytest.Item) -> bool:
    on_postgres = any(mark.name == "postgres" for mark in item.iter_markers())
    return on_postgres and item.path.is_relative_to(HERE) and item.get_closest_marker("both_databases") is None
