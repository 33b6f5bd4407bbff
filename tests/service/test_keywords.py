"""A word or two, as typed on a phone, get the claim of that name, or the few that it may mean."""

import pytest

from bot.core.conversation import Conversation
from bot.core.model import Outcome
from bot.service import Service


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("shoes", "shoes"),
        ("warm-up", "warm-up"),
        ("Breathing?", "breathing"),
        ("knee sleeves pls", "knee-sleeves"),
        ("leg extension", "leg-extension"),
        ("kids", "children"),
        ("stroke", "stroke"),
        ("lockout", "locking-out"),
        ("depth", "find-your-depth"),
        ("handles", "handles"),
        ("feet", "foot-height"),
    ],
)
def test_a_heading_gets_its_claim(service: Service, text: str, claim: str) -> None:
    answer, heard = service.ask(text)
    assert (answer.outcome, answer.claim) == (Outcome.ANSWER, claim)
    assert answer.candidates[0].claim == claim
    assert heard.claim == claim


@pytest.mark.parametrize("typed", ["{}", "{}?", "{}!!"])
def test_a_title_that_somebody_types_gets_its_claim(service: Service, typed: str) -> None:
    missed = [
        claim.id
        for claim in service.knowledge.claims.values()
        if service.ask(typed.format(claim.title.lower()))[0].claim != claim.id
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("text", "among"), [("belt", "belt"), ("arthritis", "knee-arthritis"), ("knees", "knee-friendly-setup")]
)
def test_a_word_of_several_headings_asks_which(service: Service, text: str, among: str) -> None:
    answer, _ = service.ask(text)
    assert answer.outcome is Outcome.SUGGEST
    assert among in answer.suggestions
    assert f"- {service.knowledge.claims[among].title}" in answer.text
    assert service.texts.pointer in answer.text


@pytest.mark.parametrize("text", ["creatine", "protein shake", "opening hours", "bench press", "weather"])
def test_a_word_of_no_heading_is_declined(service: Service, text: str) -> None:
    assert service.ask(text)[0].outcome is Outcome.DECLINE


def test_a_question_of_few_words_stays_a_question(service: Service) -> None:
    answer, _ = service.ask("does it help running")
    assert "running" not in service.knowledge.claims["for-runners"].title.lower()  # no heading has it
    assert (answer.claim or answer.suggestions[0]) == "for-runners"


def test_an_alarm_in_a_word_or_two_is_stopped_before_anything_is_looked_up(service: Service) -> None:
    assert service.ask("numb legs")[0].outcome is Outcome.STOP


def test_after_an_answer_a_word_goes_on_from_it(service: Service) -> None:
    answer, heard = service.ask("how deep should i go on the leg press")
    assert answer.claim == "find-your-depth"
    again, _ = service.ask("why?", heard)
    assert again.claim == "find-your-depth"
    assert service.ask("shoes", Conversation())[0].claim == "shoes"


@pytest.mark.parametrize(
    "text",
    [
        "light headed while i push",
        "lightheaded while pushing",
        "my head spins while i push",
        "dizzy when i push the sled",
    ],
)
def test_a_light_head_while_pushing_is_told_to_stop_and_be_seen(service: Service, text: str) -> None:
    answer, _ = service.ask(text)
    assert (answer.outcome, answer.claim) == (Outcome.ANSWER, "light-headed")
    assert "if it comes while you push, stop and see a doctor" in service.knowledge.claims["light-headed"].lead


@pytest.mark.parametrize("text", ["new knees at 60 kilos", "pregnant pause before each set while I guess the tilt"])
def test_what_only_sounds_like_a_condition_opens_no_card_on_one(service: Service, text: str) -> None:
    answer, _ = service.ask(text)
    assert answer.topic != "conditions"
