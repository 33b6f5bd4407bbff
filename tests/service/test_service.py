"""Asking, for every way in: the gate first, then follow-ups, then the matcher."""

import gc
import logging
import time
import weakref
from array import array
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bootstrap import build_service, default_cache, load_rules
from bot.core import safety
from bot.core.conversation import NOTHING_SAID, WINDOW_SECONDS
from bot.core.model import Outcome, Tier
from bot.core.safety import Gate, Screening
from bot.core.safety.state import State
from bot.service import Conversations, Service
from bot.service.guard import MOST_CHARACTERS, SLOW
from tests.safety.shipped import shipped_gate, small_gate
from tests.support.examples import examples

ALARM = "my crotch is numb and I can't pee since leg press"


def test_an_alarm_replaces_the_answer(service: Service) -> None:
    answer, after = service.ask(f"how deep should I go? {ALARM}")
    assert answer.outcome is Outcome.STOP
    assert answer.stop is not None
    assert answer.stop.tier is Tier.EMERGENCY
    assert after.claim == ""


def test_alarming_words_split_over_messages_still_stop(service: Service) -> None:
    talk = NOTHING_SAID
    outcomes = []
    for i, text in enumerate(
        ["my lower back went on the leg press yesterday", "and now my crotch", "is completely numb"]
    ):
        answer, talk = service.ask(text, talk, now=float(i))
        outcomes.append(answer.outcome)
    assert outcomes[-1] is Outcome.STOP


def test_words_older_than_ten_minutes_are_forgotten(service: Service) -> None:
    _, talk = service.ask("my lower back went on the leg press yesterday and now my crotch", now=0.0)
    answer, _ = service.ask("is completely numb", talk, now=WINDOW_SECONDS + 1)
    assert answer.outcome is not Outcome.STOP


def test_of_an_emergency_no_word_is_remembered_not_even_of_what_led_to_it(service: Service) -> None:
    _, talk = service.ask("my lower back went on the leg press yesterday and now my crotch", now=0.0)
    stopped, talk = service.ask("is completely numb", talk, now=1.0)
    assert stopped.outcome is Outcome.STOP
    assert talk.texts == ()
    _, talk = service.ask("what do i do until they come", talk, now=2.0)
    assert [text for _, text in talk.texts] == ["what do i do until they come"]


def test_words_of_a_lesser_alarm_are_so_that_a_graver_one_is_heard_with_them(service: Service) -> None:
    lesser = "my calf has been swollen and warm on one side since yesterday"
    stopped, talk = service.ask(lesser, now=0.0)
    assert stopped.stop is not None
    assert stopped.stop.tier is Tier.SAME_DAY
    assert [text for _, text in talk.texts] == [lesser]


def test_a_repeated_alarm_gets_the_short_form_and_never_silence(service: Service) -> None:
    first, talk = service.ask(ALARM, now=0.0)
    second, _ = service.ask(ALARM, talk, now=60.0)
    assert second.outcome is Outcome.STOP
    assert 0 < len(second.text) < len(first.text)


def test_the_members_words_are_not_quoted_back(service: Service) -> None:
    answer, _ = service.ask(ALARM)
    assert "crotch" not in answer.text


class _FailingGate(Gate):
    """A gate that breaks: what the real one never should do."""

    def __init__(self) -> None:
        pass

    def check(self, text: str, earlier: Sequence[str] = ()) -> Screening:
        raise RuntimeError(text)


@pytest.fixture
def gateless(service: Service) -> Service:
    return Service(service.knowledge, service._matcher, _FailingGate(), load_rules(default_cache()))


def test_a_failing_gate_lets_only_the_safety_line_out(gateless: Service, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        answer, _ = gateless.ask("how deep should I go, secret words")
    assert (answer.outcome, answer.safety_line, answer.text) == (Outcome.DECLINE, True, gateless.safety_line)
    assert "RuntimeError" in caplog.text
    assert "secret" not in caplog.text
    assert gateless.suggest_choices("how deep") == []


class _CountingGate(Gate):
    """The gate, and what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def check(self, text: str, earlier: Sequence[str] = ()) -> Screening:
        self.asked.append(text)
        return shipped_gate().check(text)


def test_a_text_of_a_draft_is_looked_at_once_and_only_its_hash_is_kept(service: Service) -> None:
    gate = _CountingGate()
    looking = Service(service.knowledge, service._matcher, gate, load_rules(default_cache()))
    for _ in range(2):
        assert looking.claim_texts.alarms("my crotch is numb and i can't pee")
        assert not looking.claim_texts.alarms("feet a little higher")
    assert len(gate.asked) == 2
    assert all(isinstance(key, int) for key in looking.claim_texts._looked_at)


def test_a_gate_with_a_damaged_bank_lets_only_the_safety_line_out(service: Service) -> None:
    gate = shipped_gate()
    state = State.load(gate.dump("whole"), "whole")
    assert state is not None
    state.shares["bank-shares"] = array("f")
    damaged = Service(service.knowledge, service._matcher, Gate(gate.rules, state), load_rules(default_cache()))
    text = "something feels really wrong since yesterday and it gets worse, deep or shallow reps?"
    with pytest.raises(ValueError, match="shares"):
        Gate(gate.rules, state).check(text)
    answer, _ = damaged.ask(text)
    assert (answer.outcome, answer.text) == (Outcome.DECLINE, damaged.safety_line)


def test_an_answer_that_the_gate_was_slow_about_carries_the_safety_line(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "how deep should I go on the leg press"
    assert not service.ask(question)[0].safety_line
    monkeypatch.setattr("bot.service.guard.SLOW", 0.0)  # on any machine the gate takes longer than that
    assert service.ask(question)[0].safety_line


class _GateThatLoads(Gate):
    """The shipped gate, whose first look takes as long as loading its tables does on a small machine."""

    def __init__(self) -> None:
        self._shipped, self._loaded = shipped_gate(), False

    def check(self, text: str, earlier: Sequence[str] = ()) -> Screening:
        until = time.thread_time() + (0.0 if self._loaded else 2 * SLOW)
        while time.thread_time() < until:
            pass
        self._loaded = True
        return self._shipped.check(text, earlier)


def test_the_first_answer_after_a_start_carries_no_line_because_the_gate_was_loading(service: Service) -> None:
    fresh = Service(service.knowledge, service.matcher, _GateThatLoads(), load_rules(default_cache()))
    assert not fresh.ask("how deep should I go on the leg press")[0].safety_line


def test_what_one_service_compiles_serves_all_that_were_made_from_it_before(service: Service) -> None:
    fresh = Service(service.knowledge, service.matcher, shipped_gate(), load_rules(default_cache()))
    servers = [fresh.over(service.knowledge, service.matcher) for _ in range(2)]
    servers[0].ask("thanks!")
    servers[0].claim_texts.names_sign("my foot is numb")
    assert servers[1]._guard is servers[0]._guard is fresh._guard
    assert {"messages", "gate"} <= set(vars(fresh._guard))


def test_a_warmed_service_makes_nothing_more_for_its_first_question(service: Service) -> None:
    fresh = Service(service.knowledge, service.matcher, shipped_gate(), load_rules(default_cache()))
    asked_nothing = set(vars(fresh._answerer))
    fresh.warm()
    made = set(vars(fresh._answerer))
    assert made > asked_nothing
    fresh.ask("how deep should I go on the leg press")
    assert set(vars(fresh._answerer)) == made


def test_a_service_goes_at_once_with_its_last_user_though_the_garbage_collector_never_sees_it(service: Service) -> None:
    base = service.over(service.knowledge, service.matcher)
    base.warm()
    server = base.over(replace(base.knowledge, claims=dict(base.knowledge.claims)), base.matcher, region="UK")
    _, heard = server.ask("why does my back hurt after leg press")
    server.ask("i have two stents, and how deep?", heard)
    server.suggest_choices("slow")
    gc.disable()
    try:
        seen = [weakref.ref(each) for each in (base, server, base._answerer, server._answerer)]
        del base, server
        assert [each() for each in seen] == [None] * 4
    finally:
        gc.enable()


def test_warming_a_service_whose_gate_fails_raises_nothing(gateless: Service) -> None:
    gateless.warm()
    assert gateless.ask("how deep should I go on the leg press")[0].safety_line


def test_autocomplete_offers_claims_by_half_typed_words(service: Service) -> None:
    choices = service.suggest_choices("lockin")
    assert choices[0].value.startswith("claim:")
    assert service.ask(choices[0].value)[0].topic == "lockout"
    assert all(len(choice.label) <= 100 and len(choice.value) <= 100 for choice in choices)


def test_autocomplete_of_nothing_offers_the_topics(service: Service) -> None:
    assert len(service.suggest_choices("")) == len(service.knowledge.topics)


def test_autocomplete_of_an_alarm_offers_only_the_stop(service: Service) -> None:
    [choice] = service.suggest_choices(ALARM)
    assert len(choice.label) <= 100
    answer, _ = service.ask(choice.value)
    assert answer.stop is not None
    assert answer.stop.tier is Tier.EMERGENCY


def test_a_claim_that_is_gone_is_none(service: Service) -> None:
    assert service.show_claim("no-such-claim") is None
    assert service.ask("claim:no-such-claim")[0].outcome is not Outcome.ANSWER


def test_a_long_text_is_read_at_both_ends(service: Service) -> None:
    padding = "so anyway we drove to the shop and back again " * 300
    assert len(padding) > MOST_CHARACTERS
    answer, _ = service.ask(f"{padding}. {ALARM}")
    assert answer.outcome is Outcome.STOP


@examples(80)
@given(st.text(max_size=300))
def test_no_text_whatsoever_raises_or_leaves_the_contract(service: Service, text: str) -> None:
    answer, _ = service.ask(text)
    assert answer.text
    assert (answer.claim is not None) == (answer.outcome is Outcome.ANSWER) == (answer.topic is not None)
    assert (answer.stop is not None) == (answer.outcome is Outcome.STOP)
    assert 0.0 <= answer.confidence <= 1.0
    assert len(answer.candidates) <= 10
    assert not (answer.safety_line and answer.outcome is Outcome.STOP)


def test_conversations_are_kept_apart_by_place_and_member(service: Service) -> None:
    clock = [0.0]
    talks = Conversations(lambda: service, clock=lambda: clock[0])
    talks.ask("gym", "ann", "is locking my knees out bad on the leg press")
    assert talks.ask("gym", "bob", "why?").outcome is Outcome.DECLINE
    assert talks.ask("pub", "ann", "why?").outcome is Outcome.DECLINE
    assert talks.ask("gym", "ann", "why?").topic == "lockout"
    clock[0] = WINDOW_SECONDS + 1
    assert talks.ask("gym", "ann", "why?").outcome is Outcome.DECLINE


def test_a_card_shown_by_a_button_can_be_followed_up(service: Service) -> None:
    talks = Conversations(lambda: service)
    talks.note("gym", "ann", "locking-out")
    assert talks.ask("gym", "ann", "why?").claim == "locking-out"


def test_the_gates_data_comes_from_the_project_even_with_other_knowledge(tmp_path: Path) -> None:
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "tea.yaml").write_text(
        "- {id: tea, title: T, claim: C, verdict: opinion, confidence: low, answer: A, questions: [how to brew tea]}"
    )
    other = build_service(tmp_path)
    assert other.ask(ALARM)[0].outcome is Outcome.STOP


def test_the_fitted_gate_is_the_same_from_the_cache() -> None:
    gate = small_gate()
    again = safety.build(gate.rules, fitted=gate.dump())
    assert again.check(ALARM) == gate.check(ALARM)
    assert again.check(ALARM).stop is not None
