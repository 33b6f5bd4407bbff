"""What members say about themselves, found in their words."""

import re
from dataclasses import replace

import pytest

from bot.bootstrap import shipped_knowledge
from bot.core.conditions import MOST_SAID, Conditions
from bot.core.knowledge.loader import load
from bot.core.lead import lead_of
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
        ordinary=("new hip belt", "hip belt .. replaced", "is <70-99> years old whisky", "heart failure of"),
        always=("gone-wrong",),
        harmless_to_all=("shoes", "deep"),
        whether=("can/may i press",),
        beside_whether=("with", "a", "and", "light", "so", "i", "have"),
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
        ("my hip belt was replaced", ()),
        ("my hip was replaced, and so was the belt", ("hip",)),
        ("this is 80 years old whisky", ()),
        ("the heart failure of the pump", ()),
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
    assert conditions.instead("deep", ("heart",)) == "heart"
    assert conditions.instead("age", ("heart",)) == ""
    assert conditions.instead("deep", ("age",)) == ""
    assert conditions.instead("age", ("hip",)) == "hip"
    assert conditions.instead("age", ("hip", "age")) == "", "a card of their own"
    assert conditions.instead("shoes", ("hip",)) == "", "harmless to all"
    assert conditions.instead("hip", ("hip",)) == ""


def test_two_conditions_may_share_a_card_each_with_what_is_said_of_it(conditions: Conditions) -> None:
    assert conditions.told(("metal",)) == "You mentioned a fake hip. Ask the maker."
    assert conditions.told(("metal", "age")) == "You mentioned a fake hip. Ask the maker."
    assert conditions.names(("metal",)) == "a fake hip"
    assert conditions.card("metal") == "hip"
    assert conditions.unsaid(("metal", "hip"), (), ("hip",)) == ["metal"]


def test_a_card_keeps_from_the_claims_of_what_it_avoids_or_leads_to_a_better_one(conditions: Conditions) -> None:
    assert conditions.instead("fast", ("metal",)) == "hip"
    assert conditions.instead("deep", ("metal",)) == "heart"
    assert conditions.instead("gone-wrong", ("metal", "hip")) == ""


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
        ("fused at L4 L5 last spring", ("after-back-surgery",)),
        ("a fusion L5-S1 two years back", ("after-back-surgery",)),
        ("back surgery for a slipped disc", ("after-back-surgery",)),
        ("disc hernia", ("disc",)),
        ("hernia", ("hernia",)),
        ("a knee prosthesis", ("knee-replacement",)),
        ("a hip prosthesis", ("hip-replacement",)),
        ("prosthesis of the knee", ("knee-replacement",)),
        ("a prosthetic hip", ("hip-replacement",)),
        ("a prosthesis below the knee", ("artificial-leg",)),
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
        if not shipped.instead(claim, (condition.held_as,))
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


OWN_STOP = re.compile(
    r"start(s)? to (roll|curl)|before your hips (roll|curl)|hips roll\b|where (your|the) hips (roll|start|stay)"
    r"|[Ff]ind (your|that) (own )?(stop point|depth|stopping depth)|[Ll]ower to your stop point|your (own )?stop(ping)? (point|depth)"
)
"""How claims tell to go by where the hips roll: not for whom somebody else sets the depth."""
BY_FEEL = re.compile(r"\b[Hh]alf (of )?(your|the) (usual |old |first )?weight|two thirds of your|[Hh]alf your usual")
"""How claims set a weight by what somebody pressed before."""
OWN_STOP_FOR_ALL = {
    "nausea", "cramp", "stuck-under-the-sled",  # what to do now
    "half-reps", "stretched-partials", "full-range-growth", "knees-to-chest", "ninety-degrees",  # in "deep", which all of them avoid
    "drop-sets",
}  # fmt: skip
"""Claims with such words that another group keeps from the same people, or nothing may."""


def in_lines(worded: re.Pattern[str], claim: Claim) -> bool:
    said = [each.partition(": ")[2] for each in claim.leads]
    return any(worded.search(line) for line in (claim.lead, *said, *claim.do))


def test_whom_somebody_else_gives_a_depth_or_a_weight_no_answer_gives_another(
    knowledge: Knowledge, shipped: Conditions
) -> None:
    """All conditions by all claims: neither the claim nor, above the card in its place, its first line."""
    let_through = []
    for condition in knowledge.about_them.conditions:
        for group, worded in (("own_stop", OWN_STOP), ("by_feel", BY_FEEL)):
            if group not in condition.avoids:
                continue
            held = (condition.held_as,)
            for claim in knowledge.claims.values():
                if claim.id == condition.claim or claim.id in knowledge.about_them.always:
                    continue
                shows = not shipped.instead(claim.id, held) and in_lines(worded, claim)
                says = not shipped.against(claim.id, held) and worded.search(lead_of(claim))
                if shows or says:
                    let_through.append((condition.held_as, group, claim.id))
    assert let_through == []


def test_a_claim_that_goes_by_the_hips_or_by_an_old_weight_stands_under_it(knowledge: Knowledge) -> None:
    """Else a new claim would pass by the cards of those who only keep from such claims."""
    asks_for = knowledge.about_them.asks_for
    under = {
        OWN_STOP: {*asks_for["own_depth"], *asks_for["own_stop"], *OWN_STOP_FOR_ALL},
        BY_FEEL: {*asks_for["by_feel"], "split-squat"},  # it says what a split squat takes beside a press
    }
    missing = [
        claim.id
        for claim in knowledge.claims.values()
        if claim.topic != "conditions"
        for worded, known in under.items()
        if in_lines(worded, claim) and claim.id not in known
    ]
    assert missing == []


def test_what_is_harmless_to_all_gives_no_depth_and_no_weight(knowledge: Knowledge) -> None:
    for claim in map(knowledge.claims.__getitem__, knowledge.about_them.harmless_to_all):
        assert not in_lines(BY_FEEL, claim), claim.id
        assert not in_lines(re.compile(r"to failure|rep or two|reps? (left|in reserve)|hard sets"), claim), claim.id
        assert claim.id == "safety-stops" or not in_lines(OWN_STOP, claim), claim.id


ASKS_FIRST = re.compile(
    r"\b([Aa]sk|[Ll]et|[Gg]et your limits|no pressing|Do what your own surgeon|Go by your therapist|Leave the press)\b"
)
MAY_GO_ON = {
    "after-birth", "hernia", "prolapse", "pelvic-floor-leak", "ms-and-nerves", "inflamed-joints", "hypermobile",
    "glaucoma", "other-condition", "clot", "own-limit",
}  # fmt: skip
"""Who must ask first, and may be told meanwhile what no group of theirs keeps them from."""


def test_who_must_have_a_yes_first_is_kept_from_all_but_what_is_harmless(
    knowledge: Knowledge, shipped: Conditions
) -> None:
    for condition in knowledge.about_them.conditions:
        lead = condition.lead or lead_of(knowledge.claims[condition.claim])
        if ASKS_FIRST.search(lead) and condition.held_as not in MAY_GO_ON:
            assert condition.keeps_from_all, condition.held_as


def test_an_unknown_claim_is_kept_from_whoever_must_ask_first(shipped: Conditions, knowledge: Knowledge) -> None:
    for condition in knowledge.about_them.conditions:
        kept = shipped.instead("a-claim-of-tomorrow", (condition.held_as,))
        assert kept == (condition.claim if condition.keeps_from_all else "")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("my physio told me not to go past 60 degrees", "own-limit"),
        ("physio says max 60 degrees of bend", "own-limit"),
        ("the doctor said nothing heavy", "own-limit"),
        ("i was told not to lift more than 10 kg", "own-limit"),
        ("my consultant limited me to 20 kg", "own-limit"),
        ("my surgeon said 90 degrees", "own-limit"),
        ("not allowed to lift more than 10 kg", "own-limit"),
        ("i broke a vertebra last year", "spine-fracture"),
        ("compression fracture in my spine", "spine-fracture"),
        ("hip labrum repair", "hip-surgery"),
        ("hip replacement surgery", "hip-replacement"),
        ("blood clot in my leg last year", "clot"),
        ("can kids press", "children"),
        ("can teens go to failure", "teenagers"),
        ("i was told not to lock my knees", ""),
        ("my trainer said never go past 90 degrees", ""),
        ("my doctor said no surgery", ""),
        ("my doctor told me not to worry", ""),
        ("doctor said no restrictions", ""),
        ("i have two kids", ""),
        ("a therapist on tiktok says never use this machine", ""),
        ("cues for keeping hips pinned", ""),
    ],
)
def test_limits_and_operations_are_told_from_what_sounds_like_them(shipped: Conditions, text: str, named: str) -> None:
    assert shipped.named(text) == ((named,) if named else ())


@pytest.mark.parametrize(
    "text",
    [
        "new hip-hop class, how deep do I go",
        "is there a new hip thrust machine",
        "I replaced hip thrusts with the leg press",
        "new hip mobility routine before legs",
        "the knee sleeves were replaced",
        "total hip mobility",
        "partial knee bends only",
        "will I need new knees at 60 from all this pressing",
        "it feels like new knees at 60 kilos",
        "new knees at 60 degrees",
        "pregnant pause before each set",
        "I am expecting to hit 200 by march",
        "6 weeks along in my program",
        "my membership is due in march, how deep",
        "had my second session today, how deep",
        "had my son spot me on the sled",
        "caesar salad before legs",
        "flat feet since birth",
        "I had a stroke of luck, the sled was free",
        "my stroke rate on the rower",
        "I am the pacemaker for my running club",
        "leaky valve on the hydraulic press",
        "the air pressure is too high on the pneumatic press",
        "I log it with MS Excel",
        "bucket handle grip on the side",
        "the lifting limit of the frame is 400 kg",
        "my piles of plates",
        "a 10 year old machine that squeaks",
        "a 15 year old sled",
        "shoulder impingement, can I hold the handles",
        "shoulder labrum repair last year",
        "torn ligament in my thumb",
    ],
)
def test_idioms_machines_and_other_joints_name_no_condition(shipped: Conditions, text: str) -> None:
    assert shipped.named(text) == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("I have new knees at 60, how deep", "knee-replacement"),
        ("I have a new hip, is a machine ok", "hip-replacement"),
        ("my hip was replaced in 2019", "hip-replacement"),
        ("half knee replacement", "knee-replacement"),
        ("I am expecting to give birth in may", "pregnancy"),
        ("am expecting in june", "pregnancy"),
        ("20 weeks along with my second", "pregnancy"),
        ("had my second in may", "after-birth"),
        ("leaking since birth of my twins", "after-birth"),
        ("had a stroke last year", "stroke"),
        ("pacemaker fitted last year", "heart"),
        ("my blood pressure is too high", "blood-pressure"),
        ("I have ms and press", "ms-and-nerves"),
        ("bucket handle tear of my meniscus", "meniscus"),
        ("have got piles", "other-condition"),
        ("my 8 year old wants to press", "children"),
        ("can a 75 year old leg press", "over-seventy"),
        ("labrum repair last year", "hip-surgery"),
        ("torn ligament in my knee", "knee-ligament"),
    ],
)
def test_what_sounds_like_an_idiom_and_is_none_still_names_its_condition(
    shipped: Conditions, text: str, named: str
) -> None:
    assert shipped.named(text) == (named,)


def test_what_is_ordinary_has_words_of_a_condition_in_it_and_names_none(
    knowledge: Knowledge, shipped: Conditions
) -> None:
    them = knowledge.about_them
    bare = Conditions(replace(knowledge, about_them=replace(them, ordinary=())), LISTS.conditions)
    for said in them.ordinary:
        parts = [[word.strip("<>").split("-")[0] for word in part.split("/")] for part in said.split() if part != ".."]
        plain = [" ".join(part[at % len(part)] for part in parts) for at in range(max(map(len, parts)))]
        assert any(bare.named(each) for each in plain), said
        assert {each: shipped.named(each) for each in plain if shipped.named(each)} == {}, said


@pytest.mark.parametrize(
    "text", ["can i press", "may i press light", "is it ok to press", "can I use the leg press with a disc herniation?"]
)
def test_whether_to_press_at_all_is_heard(shipped: Conditions, text: str) -> None:
    assert shipped.asks_whether(text)


@pytest.mark.parametrize(
    "text", ["can i press deep", "can i press with one leg", "is it ok to lock out", "light or heavy"]
)
def test_more_than_whether_to_press_is_another_question(shipped: Conditions, text: str) -> None:
    assert not shipped.asks_whether(text)


def test_each_shipped_saying_names_its_own_condition(knowledge: Knowledge, shipped: Conditions) -> None:
    for condition in knowledge.about_them.conditions:
        for said in condition.says:
            parts = [["that"] if word == ".." else word.split("/") for word in said.split()]
            plain = " ".join(part[0].strip("<>").split("-")[0] for part in parts)
            assert condition.held_as in shipped.named(plain), (condition.held_as, said)


UNITS = [
    "ft", " ft", " foot", " feet", " foot 4", "ft 2", "'2", " ft tall", " inches", " stone", " st", " plates", " reps in",
    " sets in", " times a week", " weeks in", " days out", " months post op", " years into lifting", " minutes late",
    " kg", " lbs", " percent sure", " notches down", " sessions in",
]  # fmt: skip


@pytest.mark.parametrize("number", [5, 6, 8, 12, 13, 16, 75])
@pytest.mark.parametrize("saying", ["i'm {}", "i am {}", "my son is {}", "it is only {}", "my mum is {}"])
def test_a_number_with_a_unit_after_it_is_no_age(shipped: Conditions, number: int, saying: str) -> None:
    ages = {"children", "teenagers", "over-seventy"}
    assert [unit for unit in UNITS if ages & set(shipped.named(saying.format(number) + unit))] == []


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
