"""Everyday pain, plain denials, shoes and machines are no alarm, in words that stand in no file of the gate."""

from collections.abc import Sequence

import pytest

from bot.core.conversation import NOTHING_SAID
from bot.core.model import Outcome
from bot.service import Service


@pytest.mark.parametrize(
    "text",
    [
        "my back hurts since last wednesday",
        "back hurting since two days ago",
        "lower back is killing me since yesterday's legs",
        "my hamstring has been hurting since tuesday",
        "my knees hurt a bit since last week",
        "think i tweaked something",
        "nah just the lower back",
        "no, doesn't travel anywhere",
        "my toes went numb in these shoes",
        "toes fell asleep again",
        "on insulin, leg press ok?",
        "legs jelly after leg press, cant do stairs lol",
        "the coach recorded me on video",
        "my trainer says go deeper",
        "my daughter is 13",
        "see you tomorrow then",
        "never mind",
        "there is nobody here",
        "nobody can come",
        "no one around to take me",
        "nobody about who could drive me over",
        "my partner is taking me to the unit",
        "my sister is bringing me to the ward",
        "i give up",
        "i want to stop",
        "i did it just now",
        "it happened again",
        "my phone is dying",
        "dead tired today",
        "lost my job so more time to train",
        "i took two scoops",
        "overdid it yesterday",
        "suicide sprints then leg press",
        "i can't anymore",
        "goodbye everyone see you monday",
    ],
)
def test_it_stops_nothing(service: Service, text: str) -> None:
    assert service.ask(text)[0].outcome is not Outcome.STOP


@pytest.mark.parametrize(
    "subject", ["Caffeine", "Creatine", "Coffee", "Whey", "Music", "Sleep", "Shoes", "A belt", "Zinc"]
)
def test_a_servers_title_and_statement_about_a_harmless_subject_are_no_alarm(service: Service, subject: str) -> None:
    for said in ("helps", "works", "is good", "is useless", "wakes you up"):
        assert not service.claim_texts.alarms(f"{subject}. {subject} {said}."), said


@pytest.mark.parametrize(
    "texts",
    [
        ("my back hurts", "since yesterday"),
        ("my back hurts after leg press", "lower bit, both sides", "no, it's not going down the leg", "what can i do"),
        ("my son wants to try leg press", "he's 13"),
        ("my belly is in the way", "i can't move the back rest"),
        ("toes numb", "it goes away after 10 sec, just my shoes", "how many sets"),
    ],
)
def test_it_stops_nothing_one_message_after_another(service: Service, texts: Sequence[str]) -> None:
    talk = NOTHING_SAID
    for number, text in enumerate(texts):
        answer, talk = service.ask(text, talk, now=20.0 * number)
        assert answer.outcome is not Outcome.STOP, text


@pytest.mark.parametrize(
    "text",
    [
        "my back hurts and i can't feel my groin",
        "back hurts since yesterday and i can't pee",
        "my back hurts and my legs are weak",
        "my leg went numb and wont wake up since leg press",
        "tweaked my back and my legs feel weak",
        "the sled is on top of me cant get out",
        "seeing double since that set",
        "calf pain after a long flight and breathless",
        "i want to die",
    ],
)
def test_an_alarm_beside_it_is_stopped(service: Service, text: str) -> None:
    assert service.ask(text)[0].outcome is Outcome.STOP
