"""Several questions in one message, as `legpress ask --json` answers them: each in a line or two, and nothing unasked."""

import pytest

from bot.core.conversation import NOTHING_SAID
from bot.core.several import MOST_WORDS, parts_of
from bot.core.text import clean
from bot.service import Service
from tests.cli.test_ask import objects

TOPICS = {
    "First day: seat position? Feet? Depth?": ["setup", "stance", "depth"],
    "seat? feet? depth?": ["setup", "stance", "depth"],
    "how deep should i go and is locking out bad?": ["depth", "lockout"],
    "is it ok to lock out? how wide should my feet be? how many sets?": ["lockout", "stance", "load"],
    "how much weight should a beginner start with, and how often should i train it?": ["load", "load"],
    "wide or narrow stance, and toes out or straight?": ["stance", "stance"],
    "1. how low 2. do i lock my knees 3. feet high or low": ["depth", "lockout", "stance"],
    "- depth\\n- lockout\\n- foot placement": ["depth", "lockout", "stance"],
    "belt yes or no, shoes or socks, hands where?": ["setup", "setup", "setup"],
    "Hi all! New here, 2 qs: how low should i go and where do my feet go? thanks": ["depth", "stance"],
    "locking out bad? half reps bad? butt lifting bad?": ["lockout", "cheat-rep", "depth"],
    "wat tempo n how many sets": ["tempo", "load"],
    "feet together or apart and how fast do i come down": ["stance", "tempo"],
    "how deep should i go, and feet high or low?": ["depth", "stance"],
    "how heavy to start, and belt or no belt": ["load", "setup"],
    "how many reps and how long between them": ["load", "load"],
    "are half reps bad and should i go all the way down": ["cheat-rep", "depth"],
    "heels come up and my bum lifts, any tips?": ["stance", "depth"],
    "knees hurt n back hurts after leg press": ["knee-pain", "back-pain"],
    "back rounds at the bottom, knees cave in": ["depth", "stance"],
    "i get sore knees and also dizzy after sets": ["knee-pain", "setup"],
}
ONE = [
    "whats butt wink",
    "is leg press better than squats for quads or glutes?",
    "my heels lift at the bottom. too deep? wrong shoes?",
    "sore back after leg press. why? what can i do?",
    "can i leg press every day or is that too much?",
    "clicky knee, doesn't hurt, keep going?",
    "no lock out on leg press?? yes or no",
    "why does my lower back ache after leg press and what should i do differently",
    "my seat has five holes. which one should i use",
    "is it bad to lock out, should i stop",
    "how deep should i go and should i worry",
]


def test_a_question_that_names_nothing_adds_no_card_of_another_condition(service: Service) -> None:
    text = "got high blood pressure, on pills for it. is the leg press allowed and how do i breathe?"
    answer, _ = service.ask(text)
    assert (answer.claim, answer.also) == ("blood-pressure", ("breathing",))


def test_each_question_is_answered_in_its_order_and_in_a_line_or_two(service: Service) -> None:
    wrong = {}
    for text, topics in TOPICS.items():
        answer, _ = service.ask(text.replace("\\n", "\n"))
        claims = [answer.claim or "", *answer.also]
        found = [service.knowledge.claims[claim].topic for claim in claims if claim]
        if found != topics:
            wrong[text] = claims
        *parts, last = answer.text.split("\n\n")[: len(claims) + 1]
        assert all(part.count("\n") == 0 and len(part) <= 260 for part in parts)
        assert last.startswith("Ask one of these alone")
    assert len(wrong) <= 1, wrong


def test_the_bare_name_of_the_feet_asks_where_they_go(service: Service) -> None:
    answer, _ = service.ask("seat? feet? depth?")
    assert "Feet high or low on the plate: " in answer.text
    alone, _ = service.ask("ok and feet?")
    assert alone.claim == "foot-height"


@pytest.mark.parametrize(
    ("listed", "claims"),
    [
        ("seat? feet? depth?", ["seat-distance", "foot-height", "find-your-depth"]),
        ("backrest? weight?", ["backrest-for-your-back", "how-much-weight"]),
        ("weight? how often?", ["how-much-weight", "how-often"]),
        ("sets? reps?", ["sets-and-reps"]),
    ],
)
def test_a_list_of_subjects_is_one_after_an_answer_too(service: Service, listed: str, claims: list[str]) -> None:
    answer, _ = service.ask(listed, NOTHING_SAID.answered("find-your-depth", 0.0), now=5.0)
    assert [answer.claim, *answer.also] == claims


@pytest.mark.parametrize("listed", ["steps? sources?", "why? sources?", "left? right?"])
def test_a_list_that_names_no_subject_goes_on_from_the_answer(service: Service, listed: str) -> None:
    answer, _ = service.ask(listed, NOTHING_SAID.answered("find-your-depth", 0.0), now=5.0)
    assert (answer.claim, answer.also) == ("find-your-depth", ())


def test_where_one_thing_is_asked_no_other_claim_comes_along() -> None:
    for answer in objects(stdin="\n".join(ONE).encode() + b"\n"):
        assert answer["outcome"] == "answer", answer["question"]
        assert answer["also"] == [], answer["question"]


def test_a_pregnancy_that_is_told_goes_to_the_midwife_whatever_else_is_asked(service: Service) -> None:
    answer, _ = service.ask("Pregnant 12 weeks: ok to press? what weight?")
    assert answer.stop is not None
    assert (answer.stop.route, answer.claim, answer.also) == ("soon_R31", None, ())


def test_two_complaints_get_a_line_each_and_two_sides_of_one_fault_get_its_card(service: Service) -> None:
    both, _ = service.ask("my back aches and my knee clicks")
    assert [both.claim, *both.also] == ["why-back-hurts", "knee-clicks"]
    one, _ = service.ask("my hips lift and my lower back rounds at the bottom")
    assert (one.claim, one.also) == ("hips-lift-off-pad", ())


def test_each_part_says_what_fits_how_it_was_asked(service: Service) -> None:
    answer, _ = service.ask("how low do i go, and do i need a belt?")
    assert (answer.claim, answer.also) == ("find-your-depth", ("belt",))
    depth, belt = service.knowledge.claims["find-your-depth"], service.knowledge.claims["belt"]
    first, second = answer.lines
    assert f"how_far: {first}" in depth.leads
    assert f"need: {second}" in belt.leads
    assert all(f": {line}" in answer.text for line in answer.lines)


def test_a_question_that_leads_nowhere_beside_another_is_told(service: Service) -> None:
    answer, _ = service.ask("how heavy is too heavy, and how do i polish the chrome")
    assert answer.claim == "how-much-weight"
    assert answer.first.startswith("I have an answer to one of your questions.")
    alone, _ = service.ask("how heavy is too heavy")
    assert alone.first == ""


def test_what_is_asked_beside_a_condition_gets_a_line_of_its_card(service: Service) -> None:
    answer, _ = service.ask("i have a slipped disc, how deep and how heavy?")
    assert (answer.claim, answer.also) == ("disc", ())
    first, *lines = answer.first.splitlines()
    assert first == "For what you mentioned, this comes first."
    deep, heavy = (
        lead.split(": ", 1)[1]
        for lead in service.knowledge.claims["disc"].leads
        if lead.startswith(("how_deep", "how_much"))
    )
    assert [line.split(": ", 1)[1] for line in lines[:2]] == [deep, heavy]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("seat? feet? depth?", ("seat", "feet", "depth")),
        ("first time: seat, feet and depth?", ("seat", "feet", "depth")),
        ("1) how low 2) how wide", ("how low", "how wide")),
        ("how low do i go, and how wide?", ("how low do i go", "how wide?")),
        ("is it bad? how wide should i stand", ("is it bad?", "how wide should i stand")),
        ("is it squats or will presses do?", ()),
        ("my knee clicks, it doesn't hurt, keep going?", ()),
        ("deep?? really??", ("deep", "really")),
        ("how low do i go n how wide", ("how low do i go", "how wide")),
        ("i weigh 80 kg and how deep do i go", ()),
        ("how deep should i go", ()),
        ("my back aches and my knee clicks", ("my back aches", "my knee clicks")),
        ("my back aches and it is worse after work", ()),
        ("my back and my knee", ()),
        ("knees cave in and my heels lift, what do i do", ("knees cave in", "my heels lift")),
        ("i like the press but my knees complain", ()),
        ("\U0001f602", ()),
        ("my back is sore and my doctor says rest", ()),
        ("", ()),
        ("how low? " * MOST_WORDS, ()),
    ],
)
def test_a_message_is_cut_where_it_asks_something_else(text: str, parts: tuple[str, ...]) -> None:
    assert parts_of(clean(text)) == parts
