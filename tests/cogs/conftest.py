"""On which database the tests of what members and moderators see run."""

from pathlib import Path

import pytest

from tests.support.examples import soaks

HERE = Path(__file__).parent


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the tests here to SQLite, but for those marked `both_databases`; `make soak` runs the rest, and CI that.

    What the desks do is shown on both by tests/service, and what the store does by tests/store: a card is the same. Marked
    is what differs by database: one that is gone, presses at the same moment, what one server may not see of another's,
    what is deleted, and one whole walk.
    """
    elsewhere = [item for item in items if _is_shown_elsewhere(item)]
    if soaks():
        for item in elsewhere:
            item.add_marker("loop")
    if soaks() or not elsewhere:
        return
    config.hook.pytest_deselected(items=elsewhere)
    left_out = set(elsewhere)
    items[:] = [item for item in items if item not in left_out]


def _is_shown_elsewhere(item: pytest.Item) -> bool:
    on_postgres = any(mark.name == "postgres" for mark in item.iter_markers())
    return on_postgres and item.path.is_relative_to(HERE) and item.get_closest_marker("both_databases") is None
