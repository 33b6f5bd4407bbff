"""What is answered to a text that is no alarm: signs asked for, follow-ups, another subject, a knowledge still being read."""

import pytest

from bot.core.conversation import WINDOW_SECONDS
from bot.core.model import Outcome
from bot.service import Service


def test_a_question_about_signs_gets_the_list(service: Service) -> None:
    answer, _ = service.ask("what are the signs of rhabdo")
    assert (answer.outcome, answer.claim) == (Outcome.ANSWER, "warning-signs")
    assert answer.candidates[0].claim == "warning-signs"
    assert len(answer.candidates) == 10


def test_why_goes_on_from_the_last_answer(service: Service) -> None:
    first, talk = service.ask("is locking my knees out bad on the leg press", now=0.0)
    answer, _ = service.ask("why?", talk, now=5.0)
    assert (answer.claim, answer.focus) == (first.claim, "why")


def test_a_follow_up_comes_too_late_after_ten_minutes(service: Service) -> None:
    _, talk = service.ask("is locking my knees out bad on the leg press", now=0.0)
    answer, _ = service.ask("why?", talk, now=WINDOW_SECONDS + 1)
    assert answer.outcome is Outcome.DECLINE


def test_a_full_question_changes_the_subject(service: Service) -> None:
    _, talk = service.ask("is locking my knees out bad on the leg press", now=0.0)
    answer, _ = service.ask("how much weight should a beginner put on the leg press", talk, now=5.0)
    assert answer.topic == "load"


@pytest.mark.parametrize(
    ("aspect", "topic"),
    [("and with one leg?", "single-leg"), ("what about pregnant", "conditions"), ("ok and the knees", "knee-pain")],
)
def test_the_last_question_is_put_to_something_else(service: Service, aspect: str, topic: str) -> None:
    _, talk = service.ask("how deep should I go on the leg press", now=0.0)
    answer, _ = service.ask(aspect, talk, now=5.0)
    assert answer.topic == topic


def test_a_choice_among_what_was_offered_is_answered(service: Service) -> None:
    offer, talk = service.ask("height", now=0.0)
    assert offer.outcome is Outcome.SUGGEST
    answer, _ = service.ask("the second one", talk, now=5.0)
    assert answer.claim == offer.suggestions[1]


def test_a_message_without_a_word_gets_its_line_and_things_to_ask(service: Service) -> None:
    answer = service.nothing_asked("Hello.")
    assert answer.text.startswith("Hello.\n")
    assert answer.suggestions
    assert set(answer.suggestions) <= set(service.knowledge.claims)


def test_two_questions_in_a_message_are_both_answered(service: Service) -> None:
    answer, _ = service.ask("how deep should i go? and should i lock my knees at the top?")
    assert len({answer.claim, *answer.also}) == 2
    assert answer.outcome is Outcome.ANSWER
