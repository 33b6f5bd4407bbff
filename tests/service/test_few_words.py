"""A few words that ask one thing more of the last answer, on the knowledge that comes with the project."""

import pytest

from bot.core.model import Outcome
from bot.sentences import say
from bot.service import Service
from bot.service.few_words import OTHER_MACHINES
from bot.service.onward import A_DOCTORS, NO_MORE, THE_SAME
from bot.service.pointed import THAT_FITS
from tests.support.dialogues import last_of

BESIDE, LOOKED_AT, MORE, LESS, FORBIDDEN = (
    say(f"follow_ups.few_words.{name}") for name in ("beside", "looked_at", "more", "less", "forbidden")
)


@pytest.mark.parametrize(
    ("turns", "claim", "first"),
    [
        (("how often should i leg press", "is twice enough"), "how-often", f"{THAT_FITS} Press twice a week"),
        (("how often should i leg press", "and once?"), "how-often", f"{THAT_FITS} Once or twice a week works"),
        (("how long should i rest between sets", "and 5 mins?"), "rest-between-sets", f"{MORE} Rest two"),
        (("what tempo", "is 1 second enough"), "how-many-seconds", f"{LESS} Two to three seconds"),
        (("how do i warm up", "how many sets"), "warm-up", "Two: about half"),
        (("how do i warm up", "how heavy"), "warm-up", "About half, then three quarters"),
        (("can i press with knee arthritis", "how often"), "knee-arthritis", "Twice a week"),
        (
            ("how much should i press as a beginner", "im new", "just give me a number"),
            "how-much-weight",
            "Start with the",
        ),
        (("how many sets for size", "is that per week"), "sets-and-reps", "About ten hard sets a week"),
        (("how do i breathe", "is that per leg"), "breathing", ""),
        (("my knees click", "what if it starts hurting"), "knee-clicks", "Locks, gives way"),
        (
            ("leg press hurts my back", "what if it gets worse"),
            "why-back-hurts",
            "Not better in about two weeks, or worse?",
        ),
        (("i have a bulging disc", "what if it flares up"), "disc", A_DOCTORS),
        (("hip replacement last year, can i press", "posterior approach"), "hip-replacement", THE_SAME),
        (("i had knee surgery", "left knee"), "after-knee-surgery", THE_SAME),
        (("i have a bulging disc", "doctor said its nothing serious"), "disc", LOOKED_AT),
        (("where do feet go", "high or low for quads"), "foot-height", "High leans to the glutes, low to the quads."),
        (("how much does the sled weigh", "so how much on the horizontal"), OTHER_MACHINES, "Your plates are real"),
        (("how often should i leg press", "im 62", "is twice enough"), "how-often", ""),
        (("i have sciatica can i press", "how long should i wait"), "sciatica", "It differs a lot"),
        (("i have sciatica can i press", "nah too scary what can i do instead"), "sciatica", "Another exercise"),
        (("is the leg press bad for knees", "my doctor said never"), "is-it-bad-for-knees", FORBIDDEN),
        (("can i press with a hernia", "and after the op"), "hernia", "Ask your doctor or surgeon from which week"),
        (("had a knee replacement", "physio says ok", "so how much weight"), "knee-replacement", "Ask your surgeon"),
        (("leg press hurts my lower back", "no numbness or anything"), "why-back-hurts", THE_SAME),
        (("how long to rest between sets", "is 1 min enough"), "rest-between-sets", "Rest two to three minutes"),
        (("do i need to warm up", "what if i skip it"), "warm-up", "Two lighter sets help you"),
        (("i have high blood pressure", "its under control with pills"), "blood-pressure", THE_SAME),
        (("my butt comes up on the press", "a bit"), "hips-lift-off-pad", THE_SAME),
        (("im 15 can i leg press", "3x15?"), "teenagers", "10-15 light reps"),
        (("what do i do with my hands", "on my knees?"), "hands-on-knees", ""),
        (("how often should i leg press", "ok last one, how many sets"), "sets-and-reps", ""),
        (("should my toes point out", "how far"), "toe-angle", "Point your toes"),
        (("is 200kg on the 45 good", "and on the vertical one?"), OTHER_MACHINES, "Your plates are real"),
    ],
)
def test_it_is_answered_in_the_lines_of_what_was_spoken_of(
    service: Service, turns: tuple[str, ...], claim: str, first: str
) -> None:
    answer = last_of(service, *turns)
    assert (answer.claim, answer.outcome) == (claim, Outcome.ANSWER)
    assert answer.first.startswith(first)


@pytest.mark.parametrize("text", ["for 3 weeks now", "tried that didnt help"])
def test_a_pain_that_stays_is_no_detail_of_it(service: Service, text: str) -> None:
    assert "belongs to a doctor or physio" in last_of(service, "leg press hurts my lower back", text).said


@pytest.mark.parametrize("text", ["what about straps", "and chalk?"])
def test_a_thing_that_no_answer_speaks_of_is_not_answered_with_the_nearest(service: Service, text: str) -> None:
    assert last_of(service, "do i need a belt", "and knee wraps?", text).outcome is Outcome.SUGGEST


def test_what_a_figure_does_not_go_for_is_said_to_be_unknown(service: Service) -> None:
    assert last_of(service, "do i need a belt", "is that per leg").first.startswith(NO_MORE)


def test_what_else_there_is_stands_beside_the_last_answer(service: Service) -> None:
    answer = last_of(service, "should i wear knee sleeves", "what else")
    assert (answer.claim, answer.focus) == ("knee-sleeves", "do")
    opening, *lines = answer.first.split("\n")
    assert opening == BESIDE
    assert [line.split(":")[0] for line in lines] == [
        service.knowledge.claims[claim].title for claim in service.knowledge.claims["knee-sleeves"].related[:3]
    ]


def test_beside_a_condition_nothing_stands_that_its_card_advises_against(service: Service) -> None:
    _, talk = service.ask("i have glaucoma")
    answer, _ = service.ask("what else", talk.answered("hip-pinch", 5.0), now=10.0)
    assert service.knowledge.claims["backrest-for-your-back"].title not in answer.first


def test_a_question_for_a_figure_goes_for_what_is_named_after_it(service: Service) -> None:
    answer = last_of(service, "how much does the sled weigh", "and on a hack squat")
    assert answer.claim == "hack-squat"
    assert "Start with the empty machine" in answer.text.split("\n\n")[0] + answer.lead + answer.first


def test_a_general_figure_keeps_the_caution_of_what_was_told(service: Service) -> None:
    answer = last_of(service, "got lupus", "how often")
    assert answer.first or answer.claim == "hernia-and-other"


@pytest.mark.parametrize(
    ("turns", "claim"),
    [
        (("how deep should i go", "how often"), "how-often"),
        (("does leg press grow glutes", "how heavy"), "how-much-weight"),
        (("is the leg press bad for your knees", "and after surgery"), "after-knee-surgery"),
        (("45 degree or horizontal", "and the vertical one"), "vertical-press"),
    ],
)
def test_what_the_last_answer_has_no_line_for_stands_by_itself(
    service: Service, turns: tuple[str, ...], claim: str
) -> None:
    assert last_of(service, *turns).claim == claim
