"""Sentences that several surfaces share."""

from bot.ui.wording import REASONS, reason_in_a_list


def test_a_reason_goes_on_in_a_sentence() -> None:
    assert reason_in_a_list("short") == "too little detail"
    assert reason_in_a_list("wrong") == "I think it is wrong"
    assert reason_in_a_list("what an older version counted") == "what an older version counted"
    assert all(reason_in_a_list(name) for name in REASONS)
