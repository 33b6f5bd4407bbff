"""How a text plays a warning sign down, and what its reader would tell."""

from pathlib import Path

import pytest

from bot.core.knowledge.folder import read_language_files
from bot.core.knowledge.language_loader import load_language
from bot.core.reassuring import NOT_REASSURING, Reassuring

SHIPPED = Path(__file__).parents[2] / "knowledge"


@pytest.fixture(scope="module")
def reassuring() -> Reassuring:
    return load_language(read_language_files(SHIPPED)).reassuring


def test_a_text_is_told_by_its_reader(reassuring: Reassuring) -> None:
    assert reassuring.told("Do one more set when your legs go numb.") == "my legs go numb"


@pytest.mark.parametrize(
    ("text", "report"),
    [
        ("Blood in your urine is fine after leg press", "i have Blood in my urine"),
        ("Losing feeling in both feet is a good sign", "i am Losing feeling in both feet"),
        ("Someone here broke his hip and kept training", "i broke my hip and kept training"),
        ("Not being able to move your toes is fatigue", "i cannot move my toes"),
    ],
)
def test_what_is_played_down_is_told_as_a_report(reassuring: Reassuring, text: str, report: str) -> None:
    assert report in list(reassuring.reports(text))


def test_what_plays_nothing_down_is_no_report(reassuring: Reassuring) -> None:
    assert not list(reassuring.reports("Put the plates back"))


def test_a_sign_counts_only_where_it_is_played_down(reassuring: Reassuring) -> None:
    assert reassuring.names_sign("A pop in the knee with swelling is nothing")
    assert not reassuring.names_sign("A pop in the knee with swelling")
    assert not reassuring.names_sign("The squeak of the sled is nothing")


def test_without_words_nothing_is_known() -> None:
    assert not NOT_REASSURING.names_sign("Chest pain is fine")
    assert not list(NOT_REASSURING.reports("Chest pain is fine"))
