"""Counts over days, their words, and the rating of claims."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.core.stats import rating, stats

LAST = date(2026, 11, 22)


def test_days_without_anything_are_noughts_and_others_are_left_out() -> None:
    made = stats(
        LAST, 3,
        [("2026-11-22", "answer", 4), ("2026-11-20", "decline", 1), ("2026-11-01", "answer", 9), ("2026-11-21", "x", 1)],
        [("2026-11-21", "helpful", 2)],
        {"Depth": 3, "Back pain": 5},
    )  # fmt: skip
    assert [day.day for day in made.days] == [20, 21, 22]
    assert (made.answered, made.declined, made.helpful) == ((0, 0, 4), (1, 0, 0), (0, 2, 0))
    assert made.topics == (("Back pain", 5), ("Depth", 3))
    assert made.total == 5


def test_the_alt_text_says_what_the_picture_shows() -> None:
    text = stats(LAST, 2, [("2026-11-22", "answer", 4)], [], {"Depth": 4}).alt_text
    assert "4 asked, 4 answered" in text
    assert "Busiest day: 22 Nov, 4" in text
    assert "Depth (4)" in text
    assert stats(LAST, 2, [], [], {}).alt_text.endswith("none was asked.")
    assert len(stats(LAST, 2, [("2026-11-22", "answer", 4)], [], {"x" * 500: 1, "y" * 900: 2}).alt_text) <= 1024


def test_days_are_said_as_people_say_them() -> None:
    text = stats(date(2026, 11, 4), 4, [("2026-11-02", "answer", 4)], [], {}).alt_text
    assert "Questions from 1 Nov to 4 Nov 2026:" in text
    assert "Busiest day: 2 Nov, 4." in text


@given(st.integers(0, 500), st.integers(0, 500))
def test_dislike_never_raises_a_rating_and_praise_never_lowers_it(up: int, down: int) -> None:
    assert rating(up, down + 1) <= rating(up, down)
    assert rating(up + 1, down) >= rating(up, down) - 1e-9
    assert 0 <= rating(up, down) <= 1


def test_one_angry_press_weighs_less_than_many() -> None:
    assert rating(0, 1) > rating(0, 5) > rating(0, 50)
