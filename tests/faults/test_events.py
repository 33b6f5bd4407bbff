"""Events and frames that make no sense: one line in the log, and on with the next."""

import asyncio
import json
import re
from typing import Any

import pytest

from tests.faults.conftest import SERVER, Running
from tests.support.wire_members import said, user

pytestmark = pytest.mark.asyncio(loop_scope="module")

SECRET = "numb-zebra"
AUTHOR = user()
MALFORMED: list[tuple[Any, Any]] = [
    ("MESSAGE_CREATE", {}),
    ("MESSAGE_CREATE", None),
    ("MESSAGE_CREATE", []),
    ("MESSAGE_CREATE", {"id": "1", "channel_id": "88", "guild_id": None, "content": SECRET, "author": AUTHOR}),
    ("MESSAGE_CREATE", {"id": "1", "channel_id": "88", "content": SECRET}),
    ("MESSAGE_CREATE", {"id": SECRET, "channel_id": "88", "content": SECRET, "author": AUTHOR}),
    ("MESSAGE_CREATE", {"id": "1", "channel_id": {}, "content": [SECRET], "author": "nobody"}),
    ("MESSAGE_UPDATE", {"id": None}),
    ("MESSAGE_DELETE", {}),
    ("INTERACTION_CREATE", {}),
    ("INTERACTION_CREATE", None),
    ("INTERACTION_CREATE", {"id": "x", "type": 2}),
    ("INTERACTION_CREATE", {"id": "1", "type": 99, "token": "t"}),
    ("CHANNEL_UPDATE", {"id": "5"}),
    ("CHANNEL_CREATE", {"guild_id": str(SERVER)}),
    ("CHANNEL_DELETE", None),
    ("GUILD_CREATE", {}),
    ("GUILD_CREATE", {"id": "no"}),
    ("GUILD_UPDATE", {"id": str(SERVER), "roles": 5}),
    ("GUILD_DELETE", {}),
    ("GUILD_ROLE_UPDATE", {"guild_id": str(SERVER), "role": None}),
    ("THREAD_CREATE", {"guild_id": str(SERVER)}),
    ("USER_UPDATE", 7),
    ("RESUMED", None),
    ("NO_SUCH_EVENT", {"text": SECRET}),
    (5, {}),
    ({"a": 1}, {}),
    (None, None),
]
FRAMES: list[Any] = [
    "",
    "no json",
    "[]",
    "null",
    '"text"',
    "{",
    '{"op": 0}',
    '{"op": "ten"}',
    '{"op": 99, "d": null}',
    '{"op": 10, "d": null}',
    '{"op": 10, "d": {"heartbeat_interval": "soon"}}',
    '{"op": 0, "t": "MESSAGE_CREATE", "s": null}',
    '{"op": null, "t": null, "s": null, "d": null}',
    "1" * 100_000,
    "[" * 5_000,
    json.dumps({"op": 0, "s": 4, "t": "X" * 100_000, "d": SECRET}),
]


async def answers(running: Running) -> bool:
    asked = await running.members.slash("legpress about")
    await running.wire.until(lambda: asked.answered, 5.0)
    return "leg press" in said(asked.response)


@pytest.mark.parametrize("number", range(len(MALFORMED)))
async def test_a_malformed_event_is_passed_over(running: Running, number: int) -> None:
    await running.wire.dispatch(*MALFORMED[number])
    assert await answers(running)
    assert running.wire.resumes == 0
    assert SECRET not in "\n".join(running.bot.lines())


@pytest.mark.parametrize("number", range(len(FRAMES)))
async def test_a_bad_frame_is_passed_over(running: Running, number: int) -> None:
    await running.wire.frame(FRAMES[number])
    assert await answers(running)
    assert SECRET not in "\n".join(running.bot.lines())


async def test_each_is_one_line_with_the_events_name(running: Running) -> None:
    before = len(running.bot.lines())
    await running.wire.dispatch("CHANNEL_DELETE", None)
    assert await answers(running)
    [line] = running.bot.lines()[before:]
    assert "CHANNEL_DELETE (TypeError)" in line


async def test_frames_whose_compression_is_broken_connect_anew_and_lose_nothing(running: Running) -> None:
    before = running.wire.resumes
    await running.wire.frame(b"\x78\x9c\xff\xff\x00\x01nonsense\x00\x00\xff\xff")
    await running.wire.until(lambda: running.wire.resumes > before)
    assert await answers(running)


@pytest.mark.parametrize(
    "custom_id", ["lp:gone:find-depth", "lp:tick:nonsense", "other:bot", "", "lp:explain:zz", "lp"]
)
async def test_a_button_that_nothing_knows_gets_a_sentence(running: Running, custom_id: str) -> None:
    asked = await running.members.press(custom_id)
    await running.wire.until(lambda: asked.answered)
    assert said(asked.response)


@pytest.mark.parametrize("custom_id", ["lp-pick:gone:x", "lp-untick:nonsense", "lp-reason:gone", "other"])
async def test_a_list_that_nothing_knows_gets_a_sentence(running: Running, custom_id: str) -> None:
    asked = await running.members.pick(custom_id, ["a"])
    await running.wire.until(lambda: asked.answered)
    assert said(asked.response)


@pytest.mark.parametrize("custom_id", ["lp-form:gone:x:1", "lp-form:ask", "other", ""])
async def test_a_form_that_nothing_knows_gets_a_sentence(running: Running, custom_id: str) -> None:
    asked = await running.members.submit(custom_id, {"text": "hello there"})
    await running.wire.until(lambda: asked.answered)
    assert "older version" in said(asked.response)


@pytest.mark.parametrize("name", ["legpress gone", "gone", "legpress"])
async def test_a_command_that_is_no_more_gets_a_sentence(running: Running, name: str) -> None:
    asked = await running.members.slash(name)
    await running.wire.until(lambda: asked.answered)
    assert "Reload Discord" in said(asked.response)


async def test_malformed_and_old_commands_and_late_offers_are_one_line_each_at_most(running: Running) -> None:
    before, alike = len(running.bot.lines()), running.members
    malformed = {"id": "9", "name": "legpress", "type": 1, "options": [{"name": "ask"}]}
    for number, data in enumerate((malformed, {**malformed, "options": 5}, {"type": 3, "name": "Answer this"})):
        asked = await alike.send(2, data, by=8100 + number)
        await running.wire.until(lambda asked=asked: asked.answered)  # type: ignore[misc]
        assert "Reload Discord" in said(asked.response)
    await alike.send(4, malformed, by=8104)
    for old in (await alike.slash("gone", by=8105), await alike.slash("legpress ask", by=8106, nonsense="x")):
        await running.wire.until(lambda old=old: old.answered)  # type: ignore[misc]
    running.wire.fault("POST", "/interactions/*/callback", status=404, code=10062)
    await alike.type("legpress ask", "question", "depth", by=8107)
    await running.wire.until(lambda: not any(each.times for each in running.wire.rules))
    await running.bot.until_logged("autocomplete")
    assert await answers(running)
    lines = running.bot.lines()[before:]
    assert len(lines) <= 7, "\n".join(lines)
    assert sum("passed over: INTERACTION_CREATE" in each for each in lines) == 2
    assert not [each for each in lines if not re.match(r"\d{4}-\d\d-\d\d ", each)]


async def test_interactions_replayed_too_late_are_left_alone_and_fresh_ones_answered(running: Running) -> None:
    stale = []
    for age in [4.0] * 15 + [901.0] * 15:
        stale.append(await running.members.slash("legpress about", age=age))
        stale.append(await running.members.type("legpress ask", "question", "depth", age=age))
        stale.append(await running.members.press("lp:why:find-depth", age=age))
        stale.append(await running.members.submit("lp-form:ask:find-depth:1", {"text": "why"}, age=age))
    assert await answers(running)
    await asyncio.sleep(0.3)
    ids = {str(each.id) for each in stale}
    assert [
        each.path for each in running.wire.told if each.path.split("/")[2:3] and each.path.split("/")[2] in ids
    ] == []


@pytest.mark.parametrize("frame", [{"op": 7, "d": None}, {"op": 9, "d": True}, {"op": 1, "d": None}])
async def test_discords_own_wishes_are_followed(running: Running, frame: dict[str, Any]) -> None:
    resumes = running.wire.resumes
    await running.wire.frame(frame)
    if frame["op"] != 1:
        await running.wire.until(lambda: running.wire.resumes > resumes)
    assert await answers(running)


async def test_a_dropped_socket_is_taken_up_again(running: Running) -> None:
    resumes = running.wire.resumes
    await running.wire.drop()
    await running.wire.until(lambda: running.wire.resumes > resumes)
    assert await answers(running)


async def test_a_session_that_cannot_be_resumed_is_begun_anew(running: Running) -> None:
    before = len(running.wire.identifies)
    running.wire.resumable = False
    await running.wire.drop(code=4000)
    await running.wire.until(lambda: len(running.wire.identifies) > before)
    running.wire.resumable = True
    assert await answers(running)
