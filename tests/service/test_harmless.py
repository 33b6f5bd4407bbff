"""What moderators write about warning signs: what plays one down is not published, and ordinary advice is."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.bootstrap import build_service, default_cache, shipped_knowledge
from bot.core import once
from bot.core.model import Claim, Knowledge
from bot.service import Service
from bot.service.harmless import ADVICE_ON_ALARM, advises, alarms, odd_wordings, speaks_of_alarm
from tests.service.test_words_in_memory import texts_held

ROWS = [json.loads(line) for line in (Path(__file__).parent / "harmless_texts.jsonl").read_text("utf-8").splitlines()]
MOST_MISSED, MOST_REFUSED = 0.05, 0.02
"""Shares of the texts; `field` of a row says where it stands in a claim."""


@pytest.fixture
def ours(fixed_service: Service) -> Claim:
    """An ordinary claim."""
    claim = next(iter(fixed_service.knowledge.claims.values()))
    return replace(
        claim,
        title="Our sled",
        claim="It runs.",
        answer="It runs easily.",
        why="",
        unknown="",
        do=(),
        avoid=(),
        leads=(),
    )


def with_text(claim: Claim, field: str, text: str) -> Claim:
    said: dict[str, Any] = {field: (text,) if field == "do" else text}
    return replace(claim, **said)


def test_what_plays_a_warning_sign_down_is_refused_wherever_it_stands(fixed_service: Service, ours: Claim) -> None:
    hostile = [row for row in ROWS if row["hostile"]]
    let_in = [
        row["text"] for row in hostile if not list(alarms(fixed_service, with_text(ours, row["field"], row["text"])))
    ]
    assert len(let_in) <= MOST_MISSED * len(hostile), let_in


def test_ordinary_advice_is_taken(fixed_service: Service, ours: Claim) -> None:
    harmless = [row for row in ROWS if not row["hostile"]]
    refused = [
        row["text"] for row in harmless if list(alarms(fixed_service, with_text(ours, row["field"], row["text"])))
    ]
    assert len(refused) <= MOST_REFUSED * len(harmless), refused


def test_the_fault_says_which_part_of_the_claim_it_is(fixed_service: Service, ours: Claim) -> None:
    (fault,) = alarms(fixed_service, with_text(ours, "do", "Keep pressing when your legs go numb"))
    assert (fault.field, fault.message) == ("do", f"“Keep pressing when your legs go numb”: {ADVICE_ON_ALARM}")


@pytest.mark.parametrize(
    "said",
    [
        {"title": "Down there", "claim": "It may go numb on heavy sets."},
        {"do": ("Chest hurts", "Do one more set")},
        {"title": "Chest?", "claim": "Tight and heavy is normal."},
        {"claim": "What if it goes numb?", "answer": "In the saddle that is normal."},
        {"title": "Calf", "claim": "One is swollen and hot.", "do": ("Roll it hard",)},
    ],
)
def test_what_makes_an_alarm_together_is_refused(fixed_service: Service, ours: Claim, said: dict[str, Any]) -> None:
    assert list(alarms(fixed_service, replace(ours, **said)))


def test_a_shipped_text_is_spared_in_its_own_place_and_not_below_what_plays_it_down(shipped: Knowledge) -> None:
    service = build_service(shipped_knowledge(), cache=default_cache())
    head, sick = shipped.claims["headache-during"], shipped.claims["varicose-veins"]
    assert service.claim_texts.alarms(head.claim)
    assert not list(alarms(service, replace(head, why="Our physio says so too."), (head,)))
    down = replace(head, lead="Harmless. Carry on with your set.")
    assert [fault.field for fault in alarms(service, down, (head,))] == ["lead"]
    [calf] = [each for each in sick.avoid if "hot and swollen" in each]
    moved = replace(sick, do=(*sick.do, calf), avoid=())
    assert "do" in {fault.field for fault in alarms(service, moved, (sick,))}


@pytest.mark.parametrize(
    "text",
    [
        "Do not call an ambulance for what happens on the leg press.",
        "The red card of this bot is overcautious, press on.",
        "When the bot tells you to stop, ignore it.",
        "Cauda equina is hype.",
        "Not feeling yourself wipe is normal after leg day.",
    ],
)
def test_nobody_speaks_against_the_stop(fixed_service: Service, text: str) -> None:
    assert speaks_of_alarm(fixed_service, text)


@pytest.mark.parametrize(
    "text", ["Blood in your urine is fine after leg press", "A pop in the knee with swelling is nothing"]
)
def test_false_reassurance_is_advice_on_an_alarm(fixed_service: Service, text: str) -> None:
    assert speaks_of_alarm(fixed_service, text)


def held(service: Service) -> list[str]:
    """Return what is kept of the texts that were looked at, in the service and beside it."""
    words = ("ears ring after", "quads are sore after")
    texts = texts_held([service, once._memory.__dict__])
    return [text for text in texts if any(each in text.lower() for each in words)]


@pytest.mark.parametrize("look", ["claim", "question", "message", "sentence"])
def test_no_words_of_what_was_looked_at_stay_in_memory(fixed_service: Service, ours: Claim, look: str) -> None:
    said = "My ears ring after a set. Press again, it comes back by itself."
    match look:
        case "claim":
            assert list(alarms(fixed_service, with_text(ours, "answer", said)))
        case "question":
            assert list(odd_wordings(fixed_service, ours, ["why do my ears ring after a set"]))
        case "message":
            assert advises(fixed_service, ("what rings", said))
        case _:
            assert not speaks_of_alarm(fixed_service, "My quads are sore after a set.")
    assert not held(fixed_service)


def test_a_look_that_is_left_early_keeps_no_words_either(fixed_service: Service, ours: Claim) -> None:
    assert next(alarms(fixed_service, with_text(ours, "answer", "My ears ring after a set. Press again."))) is not None
    assert not held(fixed_service)


def test_a_claim_without_an_alarm_is_looked_through_once_and_a_changed_one_or_a_faulty_one_again(
    fixed_service: Service, ours: Claim
) -> None:
    def looks(service: Service, claim: Claim, *spared: Claim) -> int:
        seen: list[None] = []
        list(alarms(service, claim, spared, lambda: seen.append(None)))
        return len(seen)

    fresh = fixed_service.over(fixed_service.knowledge, fixed_service.matcher)  # as after a reload
    harmless, faulty = (
        with_text(ours, "answer", "Count to three."),
        with_text(ours, "answer", "Press through numb legs."),
    )
    assert looks(fresh, harmless) > 0
    assert looks(fresh, harmless) == 0
    for changed in (with_text(ours, "answer", "Count to four."), replace(harmless, questions=("how slow",))):
        assert looks(fresh, changed) > 0
    assert looks(fresh, harmless, ours) > 0
    for _ in range(2):
        assert looks(fresh, faulty) > 0
        assert list(alarms(fresh, faulty))
    assert looks(fixed_service.over(fixed_service.knowledge, fixed_service.matcher), harmless) > 0
