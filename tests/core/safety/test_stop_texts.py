"""The fixed texts: numbers by region, no condition's name, no technique, no all-clear."""

import re

import pytest

from bot.core.model import Stop, Tier
from bot.core.safety import Screening, safety_line, stop_text
from tests.safety.shipped import bank_rules

RULES = bank_rules()
STOPS = [
    Screening(stop=Stop(tier, (rule.id,), rule.route(tier), proxy))
    for rule in RULES.rules
    for tier in Tier
    for proxy in (False, True)
]
EVERY_TEXT = {
    stop_text(RULES, screening, region=region, repeated=repeated)
    for screening in STOPS
    for region in ("", *RULES.regions)
    for repeated in (False, True)
} | {safety_line(RULES)}

NAMES = (
    "cauda", "rhabdo", "sciatica", "hernia", "thrombosis", "clot", "embol", "stroke", "aneurysm", "aort", "infarct", "heart attack",
    "compartment", "torsion", "fracture", "cancer", "tumour", "infection", "concussion", "heat stroke", "disc", "meningitis",
    "syndrome", "foot drop", "tendon", "suicid",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_no_text_names_a_condition(name: str) -> None:
    assert not [text for text in EVERY_TEXT if name in text.lower()]


@pytest.mark.parametrize(
    "word", ["feet higher", "depth", "foot position", "reps", "sets", "tempo", "stretch", "ice ", "%"]
)
def test_no_text_holds_technique_treatment_or_a_score(word: str) -> None:
    assert not [text for text in EVERY_TEXT if word in text.lower()]


@pytest.mark.parametrize(
    "word", ["you're fine", "you are fine", "no red flags", "nothing serious", "don't need a doctor"]
)
def test_no_text_clears_anybody(word: str) -> None:
    assert not [text for text in EVERY_TEXT if word in text.lower()]


def test_only_the_numbers_of_the_specification_are_named() -> None:
    assert {number for text in EVERY_TEXT for number in re.findall(r"\d+", text)} == {"111", "112", "911", "999"}


def test_111_never_stands_without_its_country() -> None:
    for text in EVERY_TEXT:
        for sentence in re.split(r"(?<=[.!?])\s", text):
            if "111" in sentence:
                assert "New Zealand" in sentence or "UK" in sentence


@pytest.mark.parametrize(
    ("region", "number"), [("uk", "999"), ("us", "911"), ("ca", "911"), ("eu", "112"), ("nz", "111"), ("", "112")]
)
def test_an_emergency_names_the_regions_number(region: str, number: str) -> None:
    text = stop_text(RULES, Screening(stop=Stop(Tier.EMERGENCY, ("R01",))), region=region)
    assert number in text


def test_a_region_that_nobody_knows_gets_the_neutral_text() -> None:
    screening = Screening(stop=Stop(Tier.EMERGENCY, ("R01",)))
    assert stop_text(RULES, screening, region="atlantis") == stop_text(RULES, screening)


@pytest.mark.parametrize("screening", STOPS[:6])
def test_the_second_time_is_shorter_and_never_empty(screening: Screening) -> None:
    short = stop_text(RULES, screening, repeated=True)
    assert 0 < len(short) < len(stop_text(RULES, screening))


def test_an_emergency_repeated_still_says_whom_to_call() -> None:
    assert "112" in stop_text(RULES, Screening(stop=Stop(Tier.EMERGENCY, ("R01",))), repeated=True)


def test_another_person_gets_the_wording_for_them() -> None:
    text = stop_text(RULES, Screening(stop=Stop(Tier.EMERGENCY, ("R20",), proxy=True)))
    assert "For them" in text
    assert "Stay with them" in text


@pytest.mark.parametrize(
    ("rule", "tier", "word"),
    [
        ("R30", Tier.SAME_DAY, "maternity"),
        ("R31", Tier.SOON, "midwife"),
        ("R25", Tier.SAME_DAY, "emergency department"),
        ("R32", Tier.SOON, "pelvic-floor"),
    ],
)
def test_some_flags_have_their_own_route(rule: str, tier: Tier, word: str) -> None:
    assert word in stop_text(RULES, Screening(stop=Stop(tier, (rule,), RULES.rule(rule).route(tier))))


@pytest.mark.parametrize("route", ["self_harm", "heat", "head_injury"])
def test_routes_of_their_own_lead_to_emergency_help(route: str) -> None:
    for repeated in (False, True):
        screening = Screening(stop=Stop(Tier.EMERGENCY, ("X",), route))
        assert "999" in stop_text(RULES, screening, region="uk", repeated=repeated)


def test_every_text_fits_into_one_message() -> None:
    assert max(len(text) for text in EVERY_TEXT) < 1_000


def test_no_stop_has_no_text() -> None:
    with pytest.raises(ValueError, match="did not stop"):
        stop_text(RULES, Screening(line=True))


def test_the_line_says_what_to_look_for() -> None:
    for word in ("between the legs", "peeing", "weak", "fever"):
        assert word in safety_line(RULES)
