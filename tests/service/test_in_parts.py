"""Several questions that go on from an answer are answered one by one."""

import pytest

from bot.core.conversation import NOTHING_SAID
from bot.core.model import Outcome
from bot.service import Service


@pytest.mark.parametrize(
    ("last", "text", "claims", "says"),
    [
        (
            "why-back-hurts",
            "should i quit for now and when can i start again",
            ("why-back-hurts", "going-back-after-sore"),
            ("Stop for today", "When bending and sitting are easy again"),
        ),
        (
            "why-back-hurts",
            "is that serious and how long until its over",
            ("why-back-hurts",),
            ("can't be told from a chat", "mostly eases within days to weeks"),
        ),
        (
            "belt",
            "how wide do i put my feet and should my toes point out",
            ("stance-width", "toe-angle"),
            ("About shoulder width", "Toes in, out or straight: Point"),
        ),
        ("find-your-depth", "why and how do i do it", ("find-your-depth",), ("Past that point your hips roll",)),
    ],
)
def test_questions_that_go_on_are_each_answered(
    service: Service, last: str, text: str, claims: tuple[str, ...], says: tuple[str, ...]
) -> None:
    answer, _ = service.ask(text, NOTHING_SAID.answered(last, 0.0), now=5.0)
    assert (answer.claim, *answer.also) == claims
    assert all(each in answer.text for each in says)


@pytest.mark.parametrize("text", ["how deep should i go and what about my dog", "is that bad and is that dangerous"])
def test_a_question_that_leads_nowhere_joins_nothing(service: Service, text: str) -> None:
    answer, _ = service.ask(text, NOTHING_SAID.answered("belt", 0.0), now=5.0)
    assert not answer.also


def test_a_stop_in_one_of_the_parts_stops_all(service: Service) -> None:
    talk = NOTHING_SAID.answered("why-back-hurts", 0.0)
    answer, _ = service.ask("is that bad and why is my groin numb since then", talk, now=5.0)
    assert answer.outcome is Outcome.STOP
