"""The fixed texts: numbers by region, no condition's name, no technique, no all-clear, and short enough for a phone."""

import re
from dataclasses import replace

import pytest

from bot.bootstrap import default_cache, load_rules
from bot.core.model import Stop, Tier
from bot.core.safety import StopTexts, stop_texts
from bot.core.safety.texts import MOST_TEXT, Text, shown

RULES = load_rules(default_cache())
TEXTS = stop_texts(RULES)
REGIONS = tuple(TEXTS.regions)
ROUTES = (*(tier.value for tier in Tier), *RULES.precedence)


def tier_of(route: str) -> Tier:
    return next((tier for tier in Tier if route.startswith(tier.value)), Tier.EMERGENCY)


STOPS = [Stop(tier_of(route), (), route, proxy) for route in ROUTES for proxy in (False, True)]
EVERY_FORM = {
    TEXTS.said(name, Stop(Tier.EMERGENCY, (), proxy=proxy), region)
    for name in TEXTS.texts
    for proxy in (False, True)
    for region in REGIONS
}
EVERY_TEXT = (
    EVERY_FORM | set(TEXTS.lines.values()) | {TEXTS.waiting(stop, region) for stop in STOPS for region in REGIONS}
)
SHOWN_NUMBERS = {
    "911", "999", "112", "000", "111", "988", "116", "123", "13", "11", "14", "1737", "14416", "85258", "0477", "1",
    "800", "422", "4453", "668", "6868", "686868", "0800", "1111", "1800", "66", "55", "1098", "18",
}  # fmt: skip
NAMES = (
    "cauda", "rhabdo", "sciatica", "hernia", "thrombosis", "clot ", "clots", "embol", "stroke", "aneurysm", "aort", "infarct",
    "heart attack", "compartment", "torsion", "fracture", "cancer", "tumour", "infection", "concussion", "disc",
    "meningitis", "syndrome", "foot drop", "tendon", "anaphyla", "sepsis", "hypoglyc", "epilep", "dnp",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_no_text_names_a_condition(name: str) -> None:
    assert not [text for text in EVERY_TEXT if name in text.lower()]


@pytest.mark.parametrize("word", ["feet higher", "depth", "foot position", "reps", "sets", "tempo", "stretch", "%"])
def test_no_text_holds_technique_or_a_score(word: str) -> None:
    assert not [text for text in EVERY_TEXT if word in text.lower()]


@pytest.mark.parametrize(
    "word", ["you're fine", "you are fine", "no red flags", "nothing serious", "don't need a doctor"]
)
def test_no_text_clears_anybody(word: str) -> None:
    assert not [text for text in EVERY_TEXT if word in text.lower()]


def test_every_form_fits_a_phone_in_every_region() -> None:
    longest = max(EVERY_TEXT, key=len)
    assert len(longest) <= MOST_TEXT, longest


def test_only_numbers_of_the_specification_are_shown() -> None:
    assert {number for text in EVERY_TEXT for number in re.findall(r"\d+", text)} <= SHOWN_NUMBERS


def test_111_never_stands_without_its_country() -> None:
    for text in EVERY_TEXT:
        for sentence in re.split(r"(?<=[.!?])\s", text):
            if re.search(r"(?<!116 )\b111\b", sentence):
                assert re.search("New Zealand|UK|NZ", sentence), sentence


@pytest.mark.parametrize("region", [region for region in REGIONS if region != "neutral"])
def test_every_emergency_text_holds_a_number(region: str) -> None:
    for stop in STOPS:
        if stop.tier is Tier.EMERGENCY:
            for text in (TEXTS.full(stop, region), TEXTS.again(stop, region)):
                assert re.search(r"\d{3}", text), (stop, text)


def test_without_a_region_every_emergency_text_says_whom_to_call() -> None:
    for stop in STOPS:
        if stop.tier is Tier.EMERGENCY and stop.route != "eating":
            assert re.search(r"\d{3}|your local emergency number", TEXTS.full(stop)), stop


@pytest.mark.parametrize(("region", "hidden"), [("ie", "HELLO"), ("ie", "injury unit"), ("nz", "942 8787")])
def test_what_is_to_be_verified_live_is_kept_and_not_shown(region: str, hidden: str) -> None:
    assert hidden in str(RULES.told["regions"][region])
    stops = [replace(stop, minor=True) for stop in STOPS]
    assert not any(hidden in TEXTS.full(stop, region) for stop in stops)


def test_a_date_of_checking_shows_it() -> None:
    string = {"says": "Call 5.", "verify_live": True, "until_checked": "Ask."}
    assert shown(string) == "Ask."
    assert shown({**string, "checked": "2026-12-01"}) == "Call 5."


@pytest.mark.parametrize(
    ("region", "number"),
    [
        ("uk", "999"),
        ("us", "911"),
        ("ca", "911"),
        ("eu", "112"),
        ("nz", "111"),
        ("au", "000"),
        ("in", "112"),
        ("", "000"),
    ],
)
def test_an_emergency_names_the_regions_number(region: str, number: str) -> None:
    assert number in TEXTS.full(Stop(Tier.EMERGENCY, ("R01",)), region)


def test_a_region_that_nobody_knows_gets_the_neutral_text() -> None:
    stop = Stop(Tier.EMERGENCY, ("R01",))
    assert TEXTS.full(stop, "atlantis") == TEXTS.full(stop)


@pytest.mark.parametrize("sign", ["umbness between the legs", "trouble peeing", "hest pain", "rouble breathing"])
def test_no_text_leaves_for_later_what_another_calls_help_for(sign: str) -> None:
    said = [sentence for text in EVERY_TEXT for sentence in re.split(r"(?<=[.?])\s+(?!Skip)", text) if sign in sentence]
    assert said
    assert [sentence for sentence in said if not re.search(r"\bnow\b|call (your|\d)", sentence)] == []


@pytest.mark.parametrize(
    ("route", "fits", "other"),
    [
        ("soon_R21", "stiff neck", "numbness between the legs"),
        ("soon_R26", "won't go back in", "numbness between the legs"),
        ("soon", "numbness between the legs", "stiff neck"),
    ],
)
def test_a_text_for_this_week_names_the_signs_of_its_own_kind(route: str, fits: str, other: str) -> None:
    for proxy in (False, True):
        said = TEXTS.full(Stop(Tier.SOON, (), route, proxy))
        assert fits in said
        assert other not in said


@pytest.mark.parametrize("stop", STOPS)
def test_no_stop_is_without_a_text_and_the_second_is_no_longer(stop: Stop) -> None:
    assert 0 < len(TEXTS.again(stop)) <= len(TEXTS.full(stop))


@pytest.mark.parametrize("route", ["collapse", "heat", "spine", "self_harm", "same_day_R30", "soon_R31"])
def test_both_forms_differ(route: str) -> None:
    both = {TEXTS.full(Stop(tier_of(route), (), route, proxy)) for proxy in (False, True)}
    assert len(both) == 2


def test_a_collapse_told_of_oneself_gets_the_emergency_text() -> None:
    assert TEXTS.full(Stop(Tier.EMERGENCY, (), "collapse")) == TEXTS.full(Stop(Tier.EMERGENCY, ()))


def test_an_unknown_route_gets_its_tiers_text() -> None:
    assert TEXTS.full(Stop(Tier.SAME_DAY, (), "from_the_future")) == TEXTS.full(Stop(Tier.SAME_DAY, ()))


def test_a_minor_is_pointed_to_an_adult_but_for_abuse() -> None:
    minor = TEXTS.lines["minor"]
    assert TEXTS.full(Stop(Tier.EMERGENCY, (), minor=True)).endswith(f"\n{minor}")
    assert TEXTS.full(Stop(Tier.EMERGENCY, (), "self_harm", minor=True), "uk").endswith(
        f"{minor} Childline: 0800 1111."
    )
    assert minor not in TEXTS.full(Stop(Tier.EMERGENCY, (), "abuse", minor=True))


@pytest.mark.parametrize("language", ["es", "de", "fr", "pt", "hi", "tl"])
def test_another_language_adds_one_line_with_the_number(language: str) -> None:
    stop = Stop(Tier.EMERGENCY, (), language=language)
    english, line = TEXTS.full(stop).rsplit("\n", 1)
    assert english == TEXTS.full(replace(stop, language=""))
    assert re.search(r"112|911", line)
    assert "144" not in line
    assert "999" in TEXTS.full(stop, "uk").rsplit("\n", 1)[1]
    assert TEXTS.reads_english(language)


@pytest.mark.parametrize("region", REGIONS)
def test_a_label_holds_the_number_where_a_phone_shows_it(region: str) -> None:
    number = TEXTS.strings(region)["short"]
    labels = [TEXTS.label(stop, region) for stop in STOPS if stop.tier is Tier.EMERGENCY]
    assert labels
    assert [label for label in labels if len(label) > 100 or "*" in label or number not in label[:60]] == []


def test_help_that_comes_changes_only_whom_to_call() -> None:
    text = TEXTS.waiting(Stop(Tier.EMERGENCY, (), "heat", proxy=True), "uk")
    assert "Help is coming; call 999 again if it gets worse." in text
    assert "Cool them first" in text


def test_texts_come_from_the_data_alone() -> None:
    small = StopTexts({"emergency": Text("Self.", "Proxy.")}, {"minor": ""}, {"neutral": TEXTS.regions["neutral"]}, {})
    assert small.full(Stop(Tier.EMERGENCY, (), proxy=True)) == "Proxy."
