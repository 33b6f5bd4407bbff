"""Alike wordings are one group, others are not."""

from bot.core.grouping import Grouping, Weights, Wording
from tests.support.lists import LISTS

KNOWLEDGE = [
    f"how deep should my {part} go on the {name}" for part in ("knees", "hips") for name in ("sled", "press")
] * 5
GROUPING = Grouping(Weights(KNOWLEDGE, LISTS.empty))


def _groups(*texts: str) -> list[list[str]]:
    return [[texts[i] for i in group] for group in GROUPING.groups([Wording(text) for text in texts])]


def test_wordings_that_share_their_rare_word_are_alike() -> None:
    assert _groups("does creatine help", "is creatine worth it on the sled", "best music for lifting") == [
        ["does creatine help", "is creatine worth it on the sled"],
        ["best music for lifting"],
    ]


def test_a_typing_slip_does_not_part_them() -> None:
    assert len(_groups("does creatine help", "does creatin help at all")) == 1


def test_words_of_the_whole_subject_join_nothing() -> None:
    assert len(_groups("creatine on leg press", "music on leg press", "belts on leg press")) == 3


def test_the_matcher_tips_the_balance() -> None:
    one = Wording("which shoes should heavy lifters buy", "shoes")
    other = Wording("running shoes or flat soles when pushing far too much weight", "shoes")
    assert GROUPING.alike(one, other)
    assert not GROUPING.alike(Wording(one.text), Wording(other.text.replace("shoes", "sandals")))


def test_the_most_asked_leads_and_the_biggest_group_comes_first() -> None:
    wordings = [
        Wording("music for lifting"),
        Wording("does creatine help", times=2),
        Wording("creatine yes or no", times=5),
    ]
    assert GROUPING.groups(wordings) == [[2, 1], [0]]


def test_the_nearest_of_known_wordings_is_found_or_none() -> None:
    known = [Wording("music for lifting"), Wording("does creatine help")]
    assert GROUPING.nearest(Wording("creatine: worth it?"), known) == 1
    assert GROUPING.nearest(Wording("chalk on the handles"), known) is None
    assert GROUPING.nearest(Wording(""), known) is None
