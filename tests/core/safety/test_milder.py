"""States that people live with, and what is ordinary by itself, on the shipped words."""

import pytest

from bot.core.safety.assertion import INFORMATION, PAST
from bot.core.safety.tokens import tokenise
from tests.safety.shipped import small_gate


def taken(text: str, bit: int) -> list[str]:
    """Return the words that a reading takes back by this bit."""
    gate, words = small_gate(), tokenise(text)
    bits = gate._reader.read(words, gate._lexicon.find(words)).bits
    return [word for word, taken in zip(words.words, bits, strict=True) if taken & bit]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("my back hurts, i am an amputee below the knee", "amputee below the knee"),
        ("i have a spinal cord injury and my chest hurts", "spinal cord injury"),
        ("i think i have a spinal cord injury", ""),
        ("i just tore my acl", ""),
        ("i have torn my acl today", ""),
        ("i have torn my acl, can i press today", "have torn my acl"),
    ],
)
def test_a_state_is_taken_back_by_itself_unless_it_is_doubted_or_new(text: str, state: str) -> None:
    assert " ".join(taken(text, PAST)) == state


@pytest.mark.parametrize(
    ("text", "ordinary"),
    [
        ("pain goes down my leg", True),
        ("my lower back pain goes down my leg when i press", True),
        ("pain goes down my leg, severe", False),
        ("pain goes down my leg and my foot tingles", False),
        ("pain goes down both my legs", False),
        ("pain goes down my leg still", False),
        ("my client went limp, pain in his leg, fine now", False),
        ("no numbness, pain goes down my leg", True),
        ("numb feet", True),
        ("numb feet and my back hurts", False),
        ("i feel faint after a set", True),
        ("i feel faint and my heart races", False),
        ("pain down my leg " + "and so on it goes with the story " * 3, False),
    ],
)
def test_what_is_ordinary_is_taken_back_as_a_whole_where_nothing_else_is_told(text: str, *, ordinary: bool) -> None:
    assert (taken(text, INFORMATION) == tokenise(text).words) is ordinary
