"""Messages that only point at an answer get its own lines, on the knowledge that comes with the project."""

import pytest

from bot.core.model import Outcome
from bot.service import Service
from bot.service.for_them import ALLOWED
from bot.service.onward import A_DOCTORS, THE_SAME
from bot.service.pointed import ANOTHER_EXERCISE, NO_CAUSE, THAT_FITS, THEIRS_TO_SAY
from tests.support.dialogues import last_of


@pytest.mark.parametrize(
    ("turns", "claim", "first"),
    [
        (("i have a slipped disc", "my friend says its fine"), "disc", THEIRS_TO_SAY),
        (("how long should i rest", "my mate says thats nonsense"), "rest-between-sets", THE_SAME),
        (("do i need a belt", "so no?"), "belt", "No: "),
        (("how many sets on leg press", "ok so 3x10?"), "sets-and-reps", THAT_FITS),
        (("how many sets on leg press", "2x5?"), "sets-and-reps", "Do 2 sets"),
        (("my knee hurts under the kneecap", "what can i do instead"), "knee-friendly-setup", ANOTHER_EXERCISE),
        (("my lower back hurts after leg press", "what can i do instead"), "legs-with-a-sore-back", ""),
        (("where do i put my feet for glutes", "and the other one?"), "foot-height", ""),
        (("i have high blood pressure", "planks and squats"), "blood-pressure", "Planks, Squats: The same goes there"),
        (("how many sets on leg press", "same for my wife? shes a beginner"), "sets-and-reps", ""),
        (("my knee hurts when i press", "how long till i can go heavy again"), "kneecap-pain", ""),
        (("should i train to failure", "how often then"), "how-often", ""),
        (("how heavy should i start", "is 40kg ok"), "how-much-weight", "Start with the empty sled"),
        (("how heavy should i start", "3x12?"), "sets-and-reps", THAT_FITS),
        (("hack squat or leg press for a beginner", "so the leg press?"), "hack-squat", ""),
        (("i'm 16 can i go heavy", "my coach says max out"), "teenagers", THEIRS_TO_SAY),
        (("i'm 16 can i go heavy", "my coach says go heavy"), "teenagers", THEIRS_TO_SAY),
        (("my hip pinches at the bottom", "do i quit leg press"), "hip-pinch", ""),
        (("hurt my back deadlifting last week, can i press", "it went down my leg today"), "pain-down-the-leg", ""),
        (
            ("hurt my back deadlifting last week, can i press", "which leg machine is safest"),
            "legs-with-a-sore-back",
            "",
        ),
        (("my 14 yr old wants to leg press, safe?", "how heavy for him"), "teenagers", "Light"),
        (("i have high blood pressure", "can i max out"), "blood-pressure", "Avoid: "),
        (("my feet go numb on the press", "so stop or carry on?"), "numb-feet", ""),
        (("can i leg press everyday", "3 days in a row?"), "how-often", ""),
        (("my calf cramps on the press", "every time"), "cramp", A_DOCTORS),
        (("leg press makes my knees click", "is it too much weight"), "knee-clicks", NO_CAUSE),
        (("i want bigger quads, what stance", "narrow hurts my knee"), "knee-friendly-setup", ""),
        (("i had acl surgery in june", "my physio cleared me", "and jumps?"), "after-knee-surgery", "Jumps: "),
        (("leg press or squat for quads", "does it feel harder", "so which"), "press-or-squat", ""),
    ],
)
def test_it_is_answered_in_the_last_answers_lines(
    service: Service, turns: tuple[str, ...], claim: str, first: str
) -> None:
    answer = last_of(service, *turns)
    assert answer.claim == claim
    assert answer.first.startswith(first)


def test_a_figure_with_an_answer_of_its_own_gets_that(service: Service) -> None:
    assert last_of(service, "how deep should i go", "is 90 degrees enough").claim == "ninety-degrees"


def test_a_doctors_yes_is_heard_where_no_condition_is_held(service: Service) -> None:
    answer = last_of(service, "how deep should i go", "my doctor said its fine")
    assert (answer.outcome, answer.said) == (Outcome.DECLINE, ALLOWED)


def test_who_asks_for_a_doctor_without_an_answer_gets_the_signs(service: Service) -> None:
    assert last_of(service, "should i see someone").claim == "warning-signs"


def test_one_of_two_complaints_is_taken_up_again(service: Service) -> None:
    both = "knees cave in when its heavy and i get pins and needles in my toes, help"
    assert last_of(service, both, "is the toes thing dangerous").claim == "numb-feet"
    assert last_of(service, both, "is the toes thing dangerous", "and the knees?").claim == "knees-caving-in"
