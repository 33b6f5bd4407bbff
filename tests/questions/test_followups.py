"""How many second turns of conversations get what is right for them."""

import pytest

from bot.bootstrap import build_service, default_cache
from tests.questions.followups import DEV, SECOND, goes_on
from tests.questions.needed import rows

AT_LEAST = {DEV: 52}
"""A little less than what is right today, so that new knowledge has room."""


@pytest.mark.parametrize("name", AT_LEAST)
def test_no_more_is_wrong_than_was(name: str) -> None:
    service = build_service(cache=default_cache())
    wrong = [row for row in rows(name) if not goes_on(service, row)]
    assert len(rows(name)) - len(wrong) >= AT_LEAST[name], wrong


def test_no_conversation_stands_in_both_sets() -> None:
    assert not {tuple(row["turns"]) for row in rows(DEV)} & {tuple(row["turns"]) for row in rows(SECOND)}
