"""Questions about the leg press and another exercise: the claim about both, or that nobody has written of them, never a neighbour's."""

import pytest

from bot.core.conversation import NOTHING_SAID
from bot.core.model import Outcome
from bot.service.service import Service


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        ("what separates a leg extension vs a leg press", "leg-extension"),
        ("is a leg curl different from the leg press", "leg-curl"),
        ("leg press compared with stepups", "split-squat"),
        ("would reverse lunges replace the leg press", "split-squat"),
        ("trap bar deadlift or leg press", "deadlift-or-press"),
        ("hack squats, then leg press, or the other way round", "exercise-order"),
        ("walking lunges and leg press in one session ok?", "exercise-order"),
        ("treadmill before or after leg press", "cardio-same-day"),
        ("v squat or leg press", "pendulum-and-v-squat"),
        ("calf raises instead of leg press", "glutes-hamstrings-calves"),
        ("what burns more fat, the leg press or a bike", "calories"),
        ("squat or leg press for my core", "core-work"),
    ],
)
def test_what_is_asked_of_both_gets_the_claim_that_answers_it(service: Service, question: str, claim: str) -> None:
    answer, _ = service.ask(question, NOTHING_SAID)
    assert answer.claim == claim


@pytest.mark.parametrize(
    ("question", "near"),
    [
        ("leg press or glute bridges", "glutes-hamstrings-calves"),
        ("sled drags vs leg press", "functional-for-what"),
        ("swap the leg press for cable kickbacks", "glutes-hamstrings-calves"),
        ("pistol squats versus leg press", "one-leg-option"),
        ("leg press vs swimming", "cardio-same-day"),
    ],
)
def test_two_of_which_nobody_has_written_get_no_neighbours_answer(service: Service, question: str, near: str) -> None:
    answer, _ = service.ask(question, NOTHING_SAID)
    assert answer.outcome is Outcome.DECLINE
    assert not answer.covered
    assert answer.said.startswith("That's about the leg press")
    assert answer.suggestions[0] == near


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("difference between leg press and leg extensions", "The extension grows the long front muscle too"),
        ("how do lunges differ from the leg press", "Split squats and lunges train one leg at a time"),
        ("whats the difference between a deadlift and leg press", "On the press a pad holds your back"),
    ],
)
def test_what_sets_two_apart_is_said_first(service: Service, question: str, first: str) -> None:
    answer, _ = service.ask(question, NOTHING_SAID)
    assert answer.lead.startswith(first)


@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        ("squats or leg press, my lower back is sore", "press-or-squat"),
        ("front squats or leg press, my knee hurts", "press-or-squat"),
        ("lunges or leg press after a meniscus tear", "split-squat"),
    ],
)
def test_what_hurts_or_a_condition_is_not_passed_over(service: Service, question: str, wrong: str) -> None:
    answer, _ = service.ask(question, NOTHING_SAID)
    assert answer.claim != wrong


def test_after_an_answer_another_exercise_alone_is_compared(service: Service) -> None:
    _, heard = service.ask("leg press or squats for glutes", NOTHING_SAID)
    answer, _ = service.ask("what about hip thrusts", heard)
    assert answer.suggestions == ("glutes-hamstrings-calves", "not-feeling-glutes")


@pytest.mark.parametrize(
    ("before", "text", "claim"),
    [
        ("leg press or squats for glutes", "can i do both", "squats-in-the-week"),
        ("leg press or squats for glutes", "which one do i do first", "exercise-order"),
        ("hack squat or leg press", "both in one session?", "exercise-order"),
        ("leg extension or leg press", "should i do both", "leg-extension"),
        ("leg press or squats for glutes", "both hurt my knees", "kneecap-pain"),
    ],
)
def test_after_an_answer_about_two_they_need_not_be_named_again(
    service: Service, before: str, text: str, claim: str
) -> None:
    _, heard = service.ask(before, NOTHING_SAID)
    answer, _ = service.ask(text, heard)
    assert answer.claim == claim
