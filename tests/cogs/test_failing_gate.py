"""A gate that raises, or is slow, at every door through which a member can come: the safety line goes out, never technique."""

import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from bot.bootstrap import default_cache, load_rules
from bot.core.safety import Gate, Screening
from bot.errors import GateFailedError
from bot.service import Service
from bot.service.guard import SLOW
from tests.cogs.test_after_stop import opened_by, said_in
from tests.cogs.test_suggestions import suggest
from tests.safety.shipped import shipped_gate
from tests.support.discord_side import Gym, Handed, press, response, text_of
from tests.support.moderators import REFUSING, Club, told

ALARM = "I cant pee and my groin is numb since the leg press"
DEEP = "how low do i lower the sled"
ANSWER = "just before the hips roll"
LINE = "Skip the tips and get medical help now"


class _FaultyGate(Gate):
    """The shipped gate, which does `before` each look what a fault would do."""

    def __init__(self, shipped: Gate, before: Callable[[str], object]) -> None:
        self._shipped, self.before = shipped, before

    def check(self, text: str, earlier: Sequence[str] = ()) -> Screening:
        self.before(text)
        return self._shipped.check(text, earlier)


def broken(text: str) -> None:
    raise RuntimeError(text)


def broken_by_groins(text: str) -> None:
    if "groin" in text:
        raise RecursionError(text)


def slow(_: str) -> None:
    until = time.thread_time() + 1.2 * SLOW
    while time.thread_time() < until:
        pass


def with_gate(service: Service, before: Callable[[str], object]) -> Service:
    """A service like `service`, whose gate has that fault."""
    gate = _FaultyGate(shipped_gate(), before)
    return Service(service.knowledge, service.matcher, gate, load_rules(default_cache()))


@pytest.fixture
def faulty(gym: Gym, handed: Handed, fixed_service: Service) -> Callable[[Callable[[str], object]], None]:
    """What gives the running bot a gate with a fault."""
    assert gym

    def change(before: Callable[[str], object]) -> None:
        service = with_gate(fixed_service, before)
        handed.service = handed.conversations_service = lambda: service

    return change


Faulty = Callable[[Callable[[str], object]], None]


def assert_line_alone(said: str) -> None:
    assert LINE in said
    assert ANSWER not in said


@REFUSING
@pytest.mark.parametrize("text", [DEEP, ALARM, "thanks", "is it bad for my back"])
async def test_with_a_broken_gate_every_question_gets_the_line_alone(gym: Gym, faulty: Faulty, text: str) -> None:
    faulty(broken)
    [mentioned] = await gym.says(f"{gym.mention} {text}")
    asked = await gym.alice.slash(gym.channel, "legpress ask", question=text)
    other = await gym.bob.send(gym.channel, text)
    shown = await gym.alice.context_menu(gym.channel, "Answer this", other)
    for said in (text_of(mentioned), text_of(asked.response), text_of(shown.response)):
        assert_line_alone(said)


async def test_with_a_broken_gate_an_edit_gets_the_line(gym: Gym, faulty: Faulty) -> None:
    message = await gym.alice.send(gym.channel, f"{gym.mention} {DEEP}")
    faulty(broken)
    before = len(gym.public())
    await gym.alice.edit(message, f"{gym.mention} {ALARM}")
    [said] = gym.public()[before:]
    assert_line_alone(text_of(said))


async def test_with_a_broken_gate_a_report_gets_the_line_and_is_passed_on(
    gym: Gym, faulty: Faulty, caplog: pytest.LogCaptureFixture
) -> None:
    faulty(broken)
    opened = await gym.alice.slash(gym.channel, "legpress report")
    sent = await gym.alice.submit_modal(opened, {"text": ALARM})
    assert_line_alone(text_of(sent.response))
    assert ["will read it" in text_of(each) for each in sent.followups] == [True]
    assert "report on no answer" in caplog.text


@REFUSING
async def test_with_a_broken_gate_no_depth_is_drawn_from_typed_words(gym: Gym, faulty: Faulty) -> None:
    faulty(broken)
    shown = await gym.alice.slash(
        gym.channel, "legpress my-depth", machine="sled", backrest="2", height="5'11", roll="hip 75"
    )
    assert_line_alone(text_of(shown.response))
    assert not response(shown).attachments


async def test_with_a_broken_gate_a_form_that_goes_on_from_a_card_gets_the_line(gym: Gym, faulty: Faulty) -> None:
    card = await gym.alice.slash(gym.channel, "legpress depth")
    opened = await press(gym.alice, response(card), "Ask more")
    faulty(broken)
    sent = await gym.alice.submit_modal(opened, {"text": "and how wide"})
    assert_line_alone(text_of(sent.response))


async def test_what_a_stop_started_holds_while_the_gate_is_broken(gym: Gym, faulty: Faulty) -> None:
    await gym.says(f"{gym.mention} {ALARM}")
    faulty(broken)
    [after] = await gym.says(f"{gym.mention} {DEEP}")
    assert "emergency number" in text_of(after)
    assert ANSWER not in text_of(after)


async def test_an_unread_message_that_is_replied_to_lets_out_the_line_or_a_stop(gym: Gym, faulty: Faulty) -> None:
    faulty(broken_by_groins)
    theirs = await gym.bob.send(gym.channel, f"{gym.mention} {ALARM}")
    before = len(gym.public())
    await gym.alice.send(gym.channel, f"{gym.mention} how low should he lower the sled", reply_to=theirs)
    await gym.alice.send(gym.channel, f"{gym.mention}", reply_to=theirs)
    first, bare = gym.public()[before:]
    assert_line_alone(text_of(first))
    assert_line_alone(text_of(bare))
    await gym.alice.send(gym.channel, f"{gym.mention} he has collapsed and is not breathing", reply_to=theirs)
    assert "Call, phone on speaker" in text_of(gym.public()[-1])


@REFUSING
@pytest.mark.parametrize("text", [DEEP, ""])
async def test_an_unread_title_of_ones_own_thread_lets_out_the_line(gym: Gym, faulty: Faulty, text: str) -> None:
    faulty(broken_by_groins)
    thread = opened_by(gym, gym.alice, "groin numb and no pee since leg day")
    await gym.alice.send(thread, f"{gym.mention} {text}")
    [said] = said_in(gym, thread)
    assert_line_alone(said)
    asked = await gym.alice.slash(thread, "legpress ask", question=DEEP)
    assert_line_alone(text_of(asked.response))
    held = await gym.alice.slash(thread, "legpress depth")
    assert_line_alone(text_of(held.response))


@pytest.mark.parametrize("text", [DEEP, "how low do i lower the sled " + "with my old shoes " * 40])
async def test_a_slow_gates_silence_is_not_trusted_and_its_alarm_is(gym: Gym, faulty: Faulty, text: str) -> None:
    faulty(slow)
    [said] = await gym.says(f"{gym.mention} {text}")
    assert LINE in text_of(said)
    [stopped] = await gym.says(f"{gym.mention} {ALARM}")
    assert "emergency number" in text_of(stopped)


async def test_a_gate_that_does_not_come_back_costs_its_own_question_the_answer_and_nobody_elses(
    handed: Handed, fixed_service: Service
) -> None:
    free = threading.Event()
    service = with_gate(fixed_service, lambda text: free.wait(10.0) if "stuck" in text else None)
    handed.service = handed.conversations_service = lambda: service
    handed.answer_seconds = 0.3
    bot = handed.bot()
    long = f"stuck {DEEP} {'with my old shoes ' * 20}"
    try:
        answer = await bot.desk.ask(1, 2, long)
        assert (answer.text, answer.safety_line) == (fixed_service.safety_line, True)
        for looking in (bot.desk.stop_in(long), bot.desk.alarm(1, 2, long)):
            with pytest.raises(GateFailedError, match="get medical help now"):
                await looking
        assert ANSWER in (await bot.desk.ask_once(DEEP)).text
    finally:
        free.set()


async def test_with_a_broken_gate_a_suggestion_gets_the_line_and_is_not_kept(club: Club, handed: Handed) -> None:
    service = with_gate(handed.service(), broken)
    handed.service = handed.conversations_service = lambda: service
    overlays: Any = club.workshop.overlays
    overlays._base = lambda: service
    sent = await suggest(club, question=ALARM)
    assert LINE in told(sent)
    shown = await club.run("review")
    assert "groin" not in text_of(shown.response)
