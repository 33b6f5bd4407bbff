"""Which complaint of a draft is not known to be everyday."""

from collections.abc import Sequence

import pytest

from bot.bootstrap import build_service, default_cache, shipped_knowledge
from bot.service.complaining import Complaining
from bot.service.on_signs import Said


@pytest.fixture(scope="module")
def complaining() -> Complaining:
    return Complaining(build_service(shipped_knowledge(), cache=default_cache()))


def draft(*sentences: tuple[str, str]) -> list[Said]:
    return [Said(field, text) for field, text in sentences]


@pytest.mark.parametrize(
    ("said", "about"),
    [
        (draft(("title", "Our sled"), ("answer", "Ringing ears are a sign of effort.")), "ears"),
        (draft(("title", "A thick calf"), ("answer", "Roll it and press on.")), "calf"),
        (draft(("do", "Messed your shorts on the sled?"), ("do", "Change them and go on.")), "shorts"),
        (draft(("answer", "Sore quads that came suddenly and keep you awake only want a warm bath.")), "suddenly"),
    ],
)
def test_a_complaint_that_is_not_everyday_is_named(complaining: Complaining, said: Sequence[Said], about: str) -> None:
    doubt = complaining.wrong(said)
    assert doubt is not None
    assert about in doubt.words
    assert not doubt.is_unnamed


def test_what_makes_light_of_something_unnamed_is_told_as_such(complaining: Complaining) -> None:
    doubt = complaining.wrong(draft(("title", "Patience"), ("answer", "It comes back by itself.")))
    assert doubt is not None
    assert doubt.is_unnamed


@pytest.mark.parametrize(
    "said",
    [
        draft(("title", "Sore quads"), ("answer", "That is normal for two days. Press on, a little lighter.")),
        draft(("title", "Ringing ears"), ("answer", "Stop, and see a doctor today.")),
        draft(("title", "Our plates"), ("answer", "They hang on the left wall.")),
    ],
)
def test_everyday_complaints_help_and_machines_may_stand(complaining: Complaining, said: Sequence[Said]) -> None:
    assert complaining.wrong(said) is None


def test_what_a_shipped_claim_speaks_of_is_no_news_beside_it(complaining: Complaining) -> None:
    said = draft(("answer", "A stiff jaw is nothing."))
    assert complaining.wrong(said) is not None
    assert complaining.wrong(said, ["A stiff jaw that does nothing in the morning."]) is None


def test_a_question_may_ask_what_its_claim_speaks_of(complaining: Complaining) -> None:
    assert complaining.wrong_wording("my ears ring after a set", ["Breathing on the leg press"]) is not None
    assert complaining.wrong_wording("my ears ring after a set", ["Ears that ring after a set"]) is None
