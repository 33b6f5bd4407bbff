"""What members say about themselves, found in their words."""

import functools

import pytest

from bot.bootstrap import shipped_knowledge
from bot.core.conditions import MOST_SAID, Conditions
from bot.core.knowledge.loader import load
from bot.core.model import AboutThem, Claim, Condition, Confidence, Knowledge, Verdict


@functools.cache
def _shipped() -> Conditions:
    return Conditions(load(shipped_knowledge()))


def claim(name: str, lead: str = "") -> Claim:
    return Claim(name, "gym", name, f"{name}.", Verdict.OPINION, Confidence.LOW, "Yes.", (name,), lead=lead)


KNOWLEDGE = Knowledge(
    claims={name: claim(name, f"Ask about {name} first.") for name in ("hip", "age", "heart", "deep")},
    topics={},
    about_them=AboutThem(
        (
            Condition("heart", "your heart", ("stent/stents", "heart failure"), ("deep",)),
            Condition("hip", "a new hip", ("new hip", "hip .. replaced"), keeps_from_all=True, flag="R31"),
            Condition("age", "an age over 70", ("am <70-99>", "<70-99> years old")),
            Condition("gone", "what no claim is about", ("sled",)),
        ),
        forget=("forget that",),
        recall=("what do you know about me",),
        who=("doctor/midwife",),
        allows=("is fine", "said yes"),
    ),
)


@pytest.fixture(scope="module")
def conditions() -> Conditions:
    return Conditions(KNOWLEDGE)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("I'm 72, how deep?", ("age",)),
        ("my dad is 72 years old", ("age",)),
        ("two stnets and two stents", ("heart",)),
        ("heart failure and a new hip", ("heart", "hip")),
        ("a new hip and heart failure", ("heart", "hip")),
        ("I had my hip in march replaced", ("hip",)),
        ("heart failrue", ("heart",)),
        ("HEART FAILURE!!", ("heart",)),
        # Denied, of something else, no age, too far apart, about no claim.
        ("I don't have heart failure", ()),
        ("never had a stent", ()),
        ("no stent, but a new hip", ("hip",)),
        ("my heart is fine, no failure", ()),
        ("i am 72 kg", ()),
        ("i am 72 weeks in", ()),
        ("i am 72 4 tall", ()),
        ("i nearly had heart failure", ()),
        ("like a 72 years old man", ()),
        ("i am 7 and 2", ()),
        ("hip pain since i got my old bench replaced", ()),
        ("the sled sticks", ()),
        ("", ()),
    ],
)
def test_what_a_text_names(conditions: Conditions, text: str, named: tuple[str, ...]) -> None:
    assert conditions.named(text) == named


def test_the_gravest_are_told_each_with_the_first_line_of_its_card(conditions: Conditions) -> None:
    assert conditions.told(("age", "heart")) == (
        "You mentioned your heart. Ask about heart first.\nYou mentioned an age over 70. Ask about age first."
    )
    assert len(conditions.told(("age", "heart", "hip")).splitlines()) == MOST_SAID
    assert conditions.told(("deep",)) == ""


def test_what_a_card_advises_against_is_answered_with_it(conditions: Conditions) -> None:
    assert conditions.instead("deep", "gym", ("heart",)) == "heart"
    assert conditions.instead("age", "gym", ("heart",)) == ""
    assert conditions.instead("deep", "gym", ("age",)) == ""
    assert conditions.instead("age", "gym", ("hip",)) == "hip"
    assert conditions.instead("age", "back-pain", ("hip",)) == ""
    assert conditions.instead("hip", "gym", ("hip",)) == ""


def test_what_the_caution_of_a_stop_says_is_not_said_twice(conditions: Conditions) -> None:
    assert conditions.unsaid(("hip", "age"), ("R31",)) == ["age"]
    assert conditions.unsaid(("hip", "age"), ()) == ["hip", "age"]


def test_a_wish_to_forget_and_a_question_what_is_held_are_short(conditions: Conditions) -> None:
    assert conditions.is_to_forget("please forget that")
    assert not conditions.is_to_forget("don't forget that")
    assert not conditions.is_to_forget("i always forget that i have to set the stop before i load the sled")
    assert conditions.is_to_recall("what do you know about me?")
    assert not conditions.is_to_recall("what do you know about squats?")


def test_somebodys_yes_needs_somebody_who_may_give_it(conditions: Conditions) -> None:
    assert conditions.is_allowed("my midwife said it is fine")
    assert not conditions.is_allowed("my midwife said it is not fine")
    assert not conditions.is_allowed("my mate said yes")


def test_a_knowledge_without_conditions_names_none() -> None:
    assert Conditions(Knowledge({}, {})).named("two stents") == ()


def test_each_shipped_saying_names_its_own_condition() -> None:
    knowledge = load(shipped_knowledge())
    shipped = Conditions(knowledge)
    for condition in knowledge.about_them.conditions:
        for said in condition.says:
            plain = " ".join(word.split("/")[0].strip("<>").split("-")[0] for word in said.split() if word != "..")
            assert condition.claim in shipped.named(plain), (condition.claim, said)


@pytest.mark.parametrize("number", [5, 6, 8, 12, 13, 16, 75])
@pytest.mark.parametrize("saying", ["i'm {}", "i am {}", "my son is {}", "it is only {}", "my mum is {}"])
@pytest.mark.parametrize(
    "unit",
    [
        "ft", " ft", " foot", " feet", " foot 4", "ft 2", "'2", " ft tall", " inches", " stone", " st", " plates", " reps in",
        " sets in", " times a week", " weeks in", " days out", " months post op", " years into lifting", " minutes late",
        " kg", " lbs", " percent sure", " notches down", " sessions in",
    ],
)  # fmt: skip
def test_a_number_with_a_unit_after_it_is_no_age(number: int, saying: str, unit: str) -> None:
    assert not {"children", "teenagers", "over-seventy"} & set(_shipped().named(saying.format(number) + unit))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("i'm 8, can i press", "children"),
        ("my son is 11 and tall for it", "children"),
        ("i am 15 can i use it", "teenagers"),
        ("i am 72 years can i use it", "over-seventy"),
        ("i am 75 years old and 5 ft tall", "over-seventy"),
    ],
)
def test_an_age_stays_one(text: str, named: str) -> None:
    assert _shipped().named(text) == (named,)


@pytest.mark.parametrize(
    "text",
    [
        "how deep should i go on the leg press",
        "is 8 reps or 12 better",
        "3 sets of 70 kg, is 80 too much",
        "what is the best stance for quads",
        "my heart rate goes up when i press",
        "do my knees go past my toes",
        "my knees are worn out after that set, lol",
        "new knee sleeves, worth it?",
        "how heavy for a beginner",
        "i'm 6'4, how wide should my feet be",
        "nearly had a heart attack when the sled dropped",
        "had a stroke of luck, the press was free",
        "i hit almost 90 degrees",
        "chest day was so heavy",
        "forget leg press, is a squat better",
    ],
)
def test_ordinary_questions_name_none(text: str) -> None:
    assert Conditions(load(shipped_knowledge())).named(text) == ()
