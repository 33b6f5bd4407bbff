"""`/legpress checklist` and `/legpress my-depth`, driven as members drive them."""

import asyncio
import io
import re
from copy import deepcopy
from typing import Any

import pytest
import simcord
from PIL import Image
from simcord.actors import _component_interaction

from bot.core.checklist import MAX_ITEMS, PRESSES, Goal, checklist
from bot.core.geometry import MACHINES
from bot.core.model import Knowledge
from bot.core.my_depth import depth_request
from bot.core.my_depth import my_depth as my_depth_of
from bot.pictures import rendered
from bot.service import Service
from bot.ui.kit.layout import Layout
from bot.ui.kit.pictures import MOST_BYTES
from bot.ui.kit.ticks import State
from bot.ui.tools import checklist_card
from bot.ui.tools.checklist_card import NOT_YOURS, checklist_layout
from bot.ui.tools.depth_card import Typed
from tests.support.discord_side import Gym, Handed, custom_ids, labels, text_of
from tests.support.examples import share
from tests.support.payloads import PayloadChecker, message_faults, walk

ALARM = "i cant pee since the leg press and my groin is numb"


class Sent:
    content = ""

    def __init__(self, layout: Layout) -> None:
        self.components = layout.to_components()


def ticks(message: Any) -> list[str]:
    return [each for each in custom_ids(message) if each.startswith("lp:tick:")]


def mask(message: Any) -> int:
    """What a checklist says is ticked; its buttons say the same."""
    held = [each for each in custom_ids(message) if each.startswith("lp-untick:")]
    found = int(held[0].rpartition(":")[2], 16) if held else 0
    assert not any(found >> int(each.split(":")[2]) & 1 for each in ticks(message))
    return found


def view(gym: Gym, message: Any) -> Any:
    """The message as somebody sees it now, for a tap on it later."""
    return deepcopy(gym.env.backend.get_message(gym.channel.id, message.id))


async def tap(gym: Gym, seen: Any, custom_id: str) -> simcord.InteractionResult:
    """Alice taps a button on a view of a message that may have changed since."""
    return await _component_interaction(gym.alice, seen, {"custom_id": custom_id, "component_type": 2})


async def checklist_of(gym: Gym, **options: Any) -> Any:
    result = await gym.alice.slash(gym.channel, "legpress checklist", **options)
    assert result.ephemeral
    return result.response


@pytest.fixture
def own_steps(handed: Handed, shipped_service: Service) -> Service:
    handed.service = handed.conversations_service = lambda: shipped_service
    return shipped_service


@pytest.fixture(scope="session")
def shipped_service(fixed_service: Service, shipped: Knowledge) -> Service:
    """The shipped knowledge behind a matcher that nothing here asks."""
    return fixed_service.over(shipped, fixed_service.matcher)


def test_every_checklist_fits_in_every_state(shipped: Knowledge, payload_checker: PayloadChecker) -> None:
    for press in PRESSES.values():
        for goal in Goal:
            found = checklist(shipped, press, goal)
            full = len(found.items)
            assert 1 <= full <= MAX_ITEMS
            for state in (0, 1, 1 << full - 1, found.full ^ 1, found.full, 0xFFFF):
                layout = checklist_layout(found, State(10**19, found.version, state), safety_line="Stop. " * 60)
                assert (
                    message_faults(
                        {"allowed_mentions": {"parse": []}, "flags": 1 << 15, "components": Sent(layout).components}
                    )
                    == []
                )
                assert len(ticks(Sent(layout))) == len(found.left(found.valid(state)))


async def test_a_tick_moves_its_step_below_what_is_left(gym: Gym, own_steps: Service) -> None:
    shown = await checklist_of(gym)
    found = checklist(own_steps.knowledge)
    assert "0 of 12 done" in text_of(shown)
    assert [found.items[int(each.split(":")[2])] for each in ticks(shown)] == list(found.items)
    await gym.alice.click(shown, custom_id=ticks(shown)[2])
    assert "1 of 12 done" in text_of(shown)
    assert f"~~{found.items[2].text[:40]}" in text_of(shown)
    assert [int(each.split(":")[2]) for each in ticks(shown)] == [0, 1, *range(3, 12)]


async def test_machine_and_goal_choose_the_steps(gym: Gym, own_steps: Service) -> None:
    shown = await checklist_of(gym, machine="horizontal", goal="KNEES")
    assert "seated press with a weight stack, calm knees" in text_of(shown)
    assert text_of(shown).endswith(own_steps.safety_line)
    other = await checklist_of(gym, machine="nostops")
    assert "without stops" in text_of(other)
    assert "Mark that spot on the rail" in text_of(other)
    other = await checklist_of(gym, machine="vertical")
    assert "near-vertical press" in text_of(other)
    assert own_steps.safety_line not in text_of(other)


async def test_a_second_tap_on_the_same_view_loses_no_tick(gym: Gym, own_steps: Service) -> None:
    shown = await checklist_of(gym)
    seen, before = view(gym, shown), ticks(shown)
    await tap(gym, seen, before[0])
    await tap(gym, seen, before[4])
    assert mask(shown) == 0b10001


async def test_taps_at_the_same_moment_end_with_all_of_them_shown(gym: Gym, own_steps: Service) -> None:
    shown = await checklist_of(gym)
    seen, before = view(gym, shown), ticks(shown)
    await asyncio.gather(*(tap(gym, deepcopy(seen), each) for each in before[:5]))
    assert mask(shown) == 0b11111
    assert "5 of 12 done" in text_of(shown)


async def test_two_taps_on_one_step_tick_it_once(gym: Gym, own_steps: Service) -> None:
    shown = await checklist_of(gym)
    seen, first = view(gym, shown), ticks(shown)[0]
    await tap(gym, seen, first)
    await tap(gym, seen, first)
    assert mask(shown) == 1


async def test_ticks_outlive_a_restart(gym: Gym, own_steps: Service, handed: Handed) -> None:
    shown = await checklist_of(gym)
    await gym.alice.click(shown, custom_id=ticks(shown)[0])
    await gym.env.restart_bot(handed.bot())
    await gym.alice.click(shown, custom_id=ticks(shown)[0])
    assert mask(shown) == 0b11
    await gym.env.restart_bot(handed.bot())
    await gym.alice.select(shown, ["0"])
    assert mask(shown) == 0b10


async def test_a_tick_can_be_taken_back_and_the_list_begun_again(gym: Gym, own_steps: Service) -> None:
    shown = await checklist_of(gym)
    for _ in range(3):
        await gym.alice.click(shown, custom_id=ticks(shown)[0])
    await gym.alice.select(shown, ["1"])
    assert mask(shown) == 0b101
    await gym.alice.select(shown, ["all"])
    assert mask(shown) == 0
    assert "0 of 12 done" in text_of(shown)


async def test_everything_ticked_says_so(gym: Gym, own_steps: Service) -> None:
    shown = await checklist_of(gym)
    for _ in range(12):
        await gym.alice.click(shown, custom_id=ticks(shown)[0])
    assert "All done." in text_of(shown)
    assert "Tap **Tick**" not in text_of(shown)
    assert ticks(shown) == []


async def test_only_its_owner_ticks_a_list(gym: Gym, own_steps: Service) -> None:
    found = checklist(own_steps.knowledge)
    layout = checklist_layout(found, State(gym.alice.id, found.version))
    message = await gym.env.bot.get_partial_messageable(gym.channel.id).send(view=layout)
    result = await gym.bob.click(message, custom_id=ticks(message)[0])
    assert result.ephemeral
    assert text_of(result.response) == NOT_YOURS
    now = gym.public()[-1]
    assert mask(now) == 0


async def test_a_list_whose_steps_changed_starts_again_and_says_so(
    gym: Gym, own_steps: Service, handed: Handed, fixed_service: Service
) -> None:
    shown = await checklist_of(gym)
    await gym.alice.click(shown, custom_id=ticks(shown)[0])
    seen, old = view(gym, shown), ticks(shown)
    handed.service = handed.conversations_service = lambda: fixed_service
    await gym.alice.click(shown, custom_id=old[3])
    assert checklist_card.CHANGED in text_of(shown)
    assert mask(shown) == 0
    await tap(gym, seen, old[4])
    assert mask(shown) == 0
    await gym.alice.click(shown, custom_id=ticks(shown)[0])
    assert mask(shown) == 1


async def test_a_button_of_another_time_gets_one_sentence(gym: Gym, own_steps: Service) -> None:
    shown = await checklist_of(gym)
    seen = view(gym, shown)
    old = f"lp:tick:0:{gym.alice.id}:rowing:GENERAL:abcd1234"
    [button] = [each for each in walk(seen.components) if each.get("custom_id") == ticks(shown)[0]]
    button["custom_id"] = old
    result = await tap(gym, seen, old)
    assert "older version of me" in text_of(result.response)


DEPTH = {"machine": "sled", "backrest": "2", "height": "5'11", "roll": "hip 75"}


async def my_depth(gym: Gym, **options: str) -> Any:
    result = await gym.alice.slash(gym.channel, "legpress my-depth", **options)
    assert result.ephemeral
    return result.response


async def test_options_bring_the_depth_with_its_picture(gym: Gym) -> None:
    shown = await my_depth(gym, **DEPTH)
    said = text_of(shown)
    assert "Hips roll at 75°" in said
    assert "5'11\" tall" in said
    assert "more room" in said
    [file] = shown.attachments
    assert file.filename == "my-depth.png"
    assert file.size <= 60_000
    with Image.open(io.BytesIO(await file.read())) as picture:
        assert picture.width == 800
    assert "75° between trunk and thigh" in file.description


async def test_nothing_given_is_a_few_taps_that_end_in_one_number(gym: Gym, own_steps: Service) -> None:
    shown = await my_depth(gym)
    assert "Which machine?" in text_of(shown)
    await gym.alice.select(shown, ["sled"])
    said = text_of(shown)
    assert "45-degree sled with stops" in said
    assert "1. Lower slowly until the hips start to roll" in said
    assert "Count from the top, where your legs are almost straight" in said
    assert not re.search("women|average|100 adults", said)
    assert [each.filename for each in shown.attachments] == ["setting-the-stop.png"]
    await gym.alice.select(shown, ["5"])
    assert "# Stop 4" in text_of(shown)
    assert "Set the stops just below it" in text_of(shown)
    assert shown.attachments == []
    await gym.alice.select(shown, ["unsure"])
    assert "Have a friend rest a hand" in text_of(shown)
    await gym.alice.click(shown, label="Other machine")
    assert "Which machine?" in text_of(shown)
    await gym.alice.select(shown, ["horizontal"])
    await gym.alice.select(shown, ["6"])
    assert "# Seat notch 6" in text_of(shown)
    assert text_of(shown).endswith(own_steps.safety_line)


async def test_the_taps_outlive_a_restart_at_each_step(gym: Gym, own_steps: Service, handed: Handed) -> None:
    shown = await my_depth(gym)
    await gym.env.restart_bot(handed.bot())
    await gym.alice.select(shown, ["nostops"])
    await gym.env.restart_bot(handed.bot())
    await gym.alice.select(shown, ["3"])
    assert "# Hand width 3" in text_of(shown)


async def test_a_stop_holds_the_test_back(gym: Gym, own_steps: Service) -> None:
    shown = await my_depth(gym)
    await my_depth(gym, roll=ALARM)
    result = await gym.alice.select(shown, ["sled"])
    assert "Which machine?" in text_of(shown)
    assert "Count from" not in text_of(result.response)


async def test_a_machine_without_a_test_shows_how_to_do_it_and_a_form_that_keeps_what_was_typed(
    gym: Gym, own_steps: Service
) -> None:
    shown = await my_depth(gym, machine="horizontal", height="5'11")
    assert "seated press with a weight stack" in text_of(shown)
    opened = await gym.alice.click(shown, label="Draw it for my body")
    assert opened.modal is not None
    held = {each["custom_id"]: each.get("value") for each in walk(opened.modal["components"]) if each.get("custom_id")}
    assert held["height"] == "5'11"
    typed = {
        "machine": ["vertical"],
        "backrest": "",
        "feet": ["low"],
        "height": "1m78",
        "roll": "85 degrees at the knee",
    }
    result = await gym.alice.submit_modal(opened, typed)
    assert result.ephemeral
    assert "near-vertical press, back rest 5°, feet low, 178 cm tall" in text_of(result.response)
    assert "knees bent 85°" in text_of(result.response)


async def test_what_cannot_be_read_is_told_field_by_field_and_can_be_put_right(gym: Gym) -> None:
    shown = await my_depth(gym, backrest="purple", height="900", roll="hip 75")
    said = text_of(shown)
    assert "back rest" in said
    assert "height" in said
    opened = await gym.alice.click(shown, label="Put it right")
    assert opened.modal is not None
    held = {each["custom_id"]: each.get("value") for each in walk(opened.modal["components"]) if each.get("custom_id")}
    assert (held["backrest"], held["height"], held["roll"]) == ("purple", "900", "hip 75")


async def test_an_alarm_in_a_field_gets_the_stop(gym: Gym) -> None:
    shown = await my_depth(gym, roll=ALARM)
    assert "Pause on training questions" in text_of(shown)


async def test_the_depth_is_shared_with_its_picture_and_without_a_name(gym: Gym) -> None:
    shown = await my_depth(gym, **DEPTH)
    await gym.alice.click(shown, label="Share")
    [shared] = gym.public()
    assert "Hips roll at 75°" in text_of(shared)
    assert "### A member's own stopping depth" in text_of(shared)
    assert "Shared by a member" in text_of(shared)
    assert "Their hips start to roll" in text_of(shared)
    assert "### Your own stopping depth" in text_of(shown)
    assert "Your hips start to roll" in text_of(shown)
    assert "alice" not in text_of(shared).lower()
    assert [each.filename for each in shared.attachments] == ["my-depth.png"]
    assert labels(shared) == ["Find mine"]
    assert "Share" not in labels(shown)
    assert [each.filename for each in shown.attachments] == ["my-depth.png"]
    mine = await gym.bob.click(shared, label="Find mine")
    assert mine.ephemeral
    assert "Which machine?" in text_of(mine.response)


async def test_the_depths_buttons_outlive_a_restart(gym: Gym, handed: Handed) -> None:
    shown = await my_depth(gym, **DEPTH)
    await gym.env.restart_bot(handed.bot())
    await gym.alice.click(shown, label="Share")
    assert "Hips roll at 75°" in text_of(gym.public()[-1])


async def test_nothing_of_a_depth_is_written_to_disk(gym: Gym, handed: Handed) -> None:
    await my_depth(gym, **DEPTH)
    assert handed.state_dir is not None
    assert list(handed.state_dir.rglob("*.png")) == []


@pytest.mark.loop
@pytest.mark.parametrize("roll", ["hip 75", "knee 90", "25 cm"])
@pytest.mark.parametrize("machine", list(MACHINES))
def test_each_depth_picture_has_at_most_60_kilobytes(machine: str, roll: str) -> None:
    for height in share(["205", "178", "150"], 3):
        assert len(rendered(my_depth_of(depth_request(machine, height=height, roll=roll)).svg)) <= MOST_BYTES


@pytest.mark.parametrize("roll", ["hip 75", "knee 85.5", "30 cm", "12 in", ""])
@pytest.mark.parametrize("machine", list(MACHINES))
def test_a_button_carries_a_request_whole(machine: str, roll: str) -> None:
    request = depth_request(machine, "3", "high", "5'11", roll)
    packed = Typed.of(request).packed()
    assert len(f"lp:depthshare:{packed}") <= 100
    again = depth_request(**{name: getattr(Typed.unpacked(packed), name) for name in Typed.__dataclass_fields__})
    assert again.machine is request.machine
    assert (again.backrest, again.notch, again.units) == (request.backrest, request.notch, request.units)
    assert again.person.height == pytest.approx(request.person.height, abs=0.007)
    assert (again.roll is None) == (request.roll is None)
    if request.roll is not None and again.roll is not None:
        assert again.roll.measured is request.roll.measured
        assert again.roll.value == pytest.approx(request.roll.value, abs=0.06)


def test_whatever_was_typed_fits_a_button() -> None:
    typed = Typed("m" * 60, "|" * 60, "f" * 6, "x" * 16, "r\n" * 14)
    assert len(f"lp:depthshare:{typed.packed()}") <= 100
    assert Typed.unpacked(typed.packed()).height == "x" * 16
