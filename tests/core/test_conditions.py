"""What members say about themselves, found in their words."""

import re

import pytest

from bot.bootstrap import shipped_knowledge
from bot.core.conditions import MOST_SAID, Conditions
from bot.core.knowledge.loader import load
from bot.core.model import AboutThem, Claim, Condition, Confidence, Knowledge, Verdict
from tests.support.lists import LISTS


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
            Condition(
                "hip",
                "a fake hip",
                ("hip of metal",),
                id="metal",
                lead="Ask the maker.",
                instead_of=("age",),
                rather={"deep": "heart"},
                avoids=("speed",),
            ),
        ),
        ordinary=("new hip belt",),
        always=("gone-wrong",),
        asks_for={"speed": ("fast", "gone-wrong")},
        forget=("forget that",),
        recall=("what do you know about me",),
        who=("doctor/midwife",),
        allows=("is fine", "said yes"),
    ),
)


@pytest.fixture(scope="module")
def conditions() -> Conditions:
    return Conditions(KNOWLEDGE, LISTS.conditions)


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
        ("a hip of metal", ("metal",)),
        ("am 72 with a hip of metal", ("metal",)),
        ("my heart is fine, no failure", ()),
        ("i am 72 kg", ()),
        ("i am 72 weeks in", ()),
        ("i am 72 4 tall", ()),
        ("i nearly had heart failure", ()),
        # What it is believed to do to people, and what it did to them.
        ("can heavy lifting cause heart failure", ()),
        ("does it give you heart failure", ()),
        ("could that lead to heart failure?", ()),
        ("lifting gave me heart failure", ("heart",)),
        ("stress caused my heart failure", ("heart",)),
        ("like a 72 years old man", ()),
        ("i am 7 and 2", ()),
        ("a new hip belt", ()),
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


def test_two_conditions_may_share_a_card_each_with_what_is_said_of_it(conditions: Conditions) -> None:
    assert conditions.told(("metal",)) == "You mentioned a fake hip. Ask the maker."
    assert conditions.told(("metal", "age")) == "You mentioned a fake hip. Ask the maker."
    assert conditions.names(("metal",)) == "a fake hip"
    assert conditions.card("metal") == "hip"
    assert conditions.unsaid(("metal", "hip"), (), ("hip",)) == ["metal"]


def test_a_card_keeps_from_the_claims_of_what_it_avoids_or_leads_to_a_better_one(conditions: Conditions) -> None:
    assert conditions.instead("fast", "gym", ("metal",)) == "hip"
    assert conditions.instead("deep", "gym", ("metal",)) == "heart"
    assert conditions.instead("gone-wrong", "gym", ("metal", "hip")) == ""


def test_what_the_caution_of_a_stop_says_is_not_said_twice(conditions: Conditions) -> None:
    assert conditions.unsaid(("hip", "age"), ("R31",), ()) == ["age"]
    assert conditions.unsaid(("hip", "age"), (), ()) == ["hip", "age"]
    assert conditions.unsaid(("hip", "age"), (), ("age", "deep")) == ["hip"]


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
    assert Conditions(Knowledge({}, {}), LISTS.conditions).named("two stents") == ()


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load(shipped_knowledge())


@pytest.fixture(scope="module")
def shipped(knowledge: Knowledge) -> Conditions:
    return Conditions(knowledge, LISTS.conditions)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("rheumatoid arthritis in both knees", ("inflamed-joints",)),
        ("gouty arthritis in my hip", ("inflamed-joints",)),
        ("arthritis in my hip", ("arthritis",)),
        ("a prolapse", ("prolapse",)),
        ("a prolapsed disc", ("disc",)),
        ("disc hernia", ("disc",)),
        ("hernia", ("hernia",)),
        ("a knee prosthesis", ("knee-replacement",)),
        ("a hip prosthesis", ("hip-replacement",)),
        ("a below-knee prosthesis", ("artificial-leg",)),
        ("parkinson's", ("nerve-condition",)),
        ("multiple sclerosis", ("ms-and-nerves",)),
        ("tore my acl", ("knee-ligament",)),
        ("tore my acl, had acl reconstruction", ("after-knee-surgery",)),
        ("insulin resistance", ()),
        ("i'm on insulin", ("diabetes",)),
        ("new knee sleeves", ()),
        ("a new knee", ("knee-replacement",)),
        ("is new knee pain normal", ()),
    ],
)
def test_a_condition_is_told_apart_from_the_one_whose_words_stand_in_it(
    shipped: Conditions, text: str, named: tuple[str, ...]
) -> None:
    assert shipped.named(text) == named


ADVISED_AGAINST = {
    "breath_hold": r"\bbreath\b|breath-holding|\bbelt\b",
    "maximum": r"maxim|grinding reps|your max\b|tests? of strength|the most you can push",
    "failure": r"failure",
    "deep": r"\b[Dd]eep(er)?\b|Squashing",
    "rounding": r"round back",
    "fast": r"fast reps|[Jj]umping\b.*reps|jerky",
    "alone": r"\balone\b|nobody near",
    "bounce": r"[Bb]ounc",
    "straight": r"straight at the top|locking the knee",
    "lying_back": r"lying flat|lie flat",
    "half_a_foot": r"foot that can slide",
    "big_steps": r"[Bb]ig jumps in weight|straight to heavy|straight to heavy weights",
}
"""By what claims ask for: how a card words that it advises against it."""
FITS_ANYWAY = {
    ("diabetes", "breath_hold"): "only with eyes that are touched",
    ("large-body", "deep"): "the claims about depth say to stop where the thighs touch",
    ("large-body", "big_steps"): "the claim about big steps says the same",
}


def test_no_claim_asks_for_what_the_card_of_a_condition_advises_against(
    knowledge: Knowledge, shipped: Conditions
) -> None:
    """All conditions by all that claims ask for: where a card's `avoid` names it, its claims are not given."""
    asks_for = knowledge.about_them.asks_for
    assert ADVISED_AGAINST.keys() <= asks_for.keys()
    let_through = [
        (condition.held_as, group, claim)
        for condition in knowledge.about_them.conditions
        for group, worded in ADVISED_AGAINST.items()
        if any(re.search(worded, avoid) for avoid in knowledge.claims[condition.claim].avoid)
        and (condition.held_as, group) not in FITS_ANYWAY
        for claim in asks_for[group]
        if not shipped.instead(claim, knowledge.claims[claim].topic, (condition.held_as,))
    ]
    assert let_through == []


ASKED_FOR = {
    "deep": r"bend further|[Bb]end the knees more|deeper bend|touch it each time|bottom-half|[Ff]ull reps to your own",
    "hips_bent": r"[Ff]eet an? (inch|bit|little)[^.]*(higher|up)[^.]*(glute|hips stay)|feet a (bit|little) higher[^.]*for more glute",
    "breath_hold": r"[Hh]old your breath only|[Ww]ear (it|one)|hold your breath for",
    "failure": r"[Gg]o(ing)? to failure is|take off about a fifth",
    "overload": r"extra weight on the way down|[Pp]ush (up )?with both",
    "fast": r"[Pp]ush (some reps |as )?(fast|quickly)|move fast and",
    "lying_back": r"[Rr]ecline|^(Let the back rest down|Rest your head on the pad)|back rest a step",
    "straight": r"knees straight but",
    "near_limit": r"until you finish with a good rep or two left|leave a rep or two|beat (your rep target|the top of the range)",
    "half_a_foot": r"balls of your feet well|whole ball of each foot on",
}
"""How claims word what they ask for, in their first line or a step."""


def test_a_claim_that_asks_for_something_stands_under_it(knowledge: Knowledge) -> None:
    """A new claim with such a step would otherwise pass by every condition's card."""
    bodies = {"conditions", "knee-pain"}
    fits = {"pain-down-the-leg", "works-all-four"}  # a yes comes first there; the other leans back on a leg extension
    missing = [
        (group, claim.id)
        for claim in knowledge.claims.values()
        if claim.topic not in bodies and claim.id not in {*knowledge.about_them.always, *fits}
        for group, worded in ASKED_FOR.items()
        if any(re.search(worded, line) for line in (claim.lead, *claim.do))
        and claim.id not in knowledge.about_them.asks_for[group]
    ]
    assert missing == []


def test_each_shipped_saying_names_its_own_condition(knowledge: Knowledge, shipped: Conditions) -> None:
    for condition in knowledge.about_them.conditions:
        for said in condition.says:
            parts = [word.split("/") for word in said.split() if word != ".."]
            plain = " ".join(part[0].strip("<>").split("-")[0] for part in parts)
            assert condition.held_as in shipped.named(plain), (condition.held_as, said)


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
def test_a_number_with_a_unit_after_it_is_no_age(shipped: Conditions, number: int, saying: str, unit: str) -> None:
    assert not {"children", "teenagers", "over-seventy"} & set(shipped.named(saying.format(number) + unit))


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
def test_an_age_stays_one(shipped: Conditions, text: str, named: str) -> None:
    assert shipped.named(text) == (named,)


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
def test_ordinary_questions_name_none(shipped: Conditions, text: str) -> None:
    assert shipped.named(text) == ()
