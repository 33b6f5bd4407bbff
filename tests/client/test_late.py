"""An answer that is late: Discord is told in time, and gets it as what it takes then."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import discord
import pytest
from discord.http import Route

from bot.client.late import Late
from bot.ui import wording
from bot.ui.kit import deadline

CALLBACK = "/interactions/{webhook_id}/{webhook_token}/callback"
ORIGINAL = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"
SESSION: Any = None
PRIVATE, PARTS = 1 << 6, 1 << 15


class Discord:
    """Takes down what is sent, and refuses first responses where it is told so."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str, Any]] = []
        self.refuses = False
        self.refused: dict[str, Exception] = {}
        """What is raised for a method and a path, once."""

    async def send(self, route: Route, _session: Any, **more: Any) -> Any:
        self.told.append(
            (route.method, route.url.removeprefix(Route.BASE), more.get("payload") or more.get("multipart"))
        )
        if self.refuses and route.path == CALLBACK:
            raise ConnectionResetError
        if (fault := self.refused.pop(f"{route.method} {route.path}", None)) is not None:
            raise fault
        return {"id": "900", "resource": None}


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let each deadline be over as soon as it begins."""
    monkeypatch.setattr(deadline, "ANSWER_SECONDS", 0.0)
    deadline.begin()
    yield
    deadline.never()


def interaction(kind: int, **more: Any) -> dict[str, Any]:
    return {"id": "5", "application_id": "42", "token": "abc", "type": kind, **more}


def first(kind: int, **data: Any) -> dict[str, Any]:
    return {"payload": {"type": kind, "data": data}, "params": {"with_response": "1"}}


async def answer(late: Late, **more: Any) -> Any:
    return await late.request(Route("POST", CALLBACK, webhook_id=5, webhook_token="abc"), SESSION, **more)


async def change(late: Late, method: str = "PATCH", **more: Any) -> Any:
    return await late.request(Route(method, ORIGINAL, webhook_id=42, webhook_token="abc"), SESSION, **more)


async def acknowledged(discord_side: Discord, kind: int, **more: Any) -> Late:
    late = Late(discord_side.send)
    late.watch(interaction(kind, **more), SESSION)
    await asyncio.sleep(0.01)
    return late


async def test_what_is_answered_in_time_goes_out_as_it_is() -> None:
    side = Discord()
    deadline.begin()
    late = Late(side.send)
    late.watch(interaction(3), SESSION)
    await answer(late, **first(7, content="x"))
    await asyncio.sleep(0.01)
    assert side.told == [("POST", "/interactions/5/abc/callback", {"type": 7, "data": {"content": "x"}})]
    assert deadline.sendable() < 3
    deadline.never()


@pytest.mark.usefixtures("at_once")
async def test_a_pressed_button_is_acknowledged_and_its_message_changed_afterwards() -> None:
    side = Discord()
    late = await acknowledged(side, 3)
    assert side.told == [("POST", "/interactions/5/abc/callback", {"type": 6})]
    assert deadline.sendable() == float("inf")
    await answer(late, **first(7, content="x", flags=PARTS))
    assert side.told[1:] == [("PATCH", "/webhooks/42/abc/messages/@original", {"content": "x", "flags": PARTS})]


@pytest.mark.usefixtures("at_once")
async def test_a_new_message_comes_as_a_follow_up_and_is_what_an_edit_changes() -> None:
    side = Discord()
    late = await acknowledged(side, 3)
    await answer(late, **first(4, content="x", flags=PRIVATE | PARTS))
    await change(late, payload={"content": "y"})
    await change(late, "DELETE", payload={"any": 1})
    assert side.told[1:] == [
        ("POST", "/webhooks/42/abc", {"content": "x", "flags": PRIVATE | PARTS}),
        ("PATCH", "/webhooks/42/abc/messages/900", {"content": "y"}),
        ("DELETE", "/webhooks/42/abc/messages/900", {"any": 1}),
    ]


@pytest.mark.usefixtures("at_once")
async def test_a_command_is_acknowledged_privately_and_its_answer_takes_that_place() -> None:
    side = Discord()
    late = await acknowledged(side, 2)
    assert side.told == [("POST", "/interactions/5/abc/callback", {"type": 5, "data": {"flags": PRIVATE}})]
    await answer(late, **first(4, content="x", tts=False, flags=PRIVATE | PARTS))
    await change(late, payload={"content": "y"})
    assert side.told[1:] == [
        ("PATCH", "/webhooks/42/abc/messages/@original", {"content": "x", "flags": PARTS}),
        ("PATCH", "/webhooks/42/abc/messages/@original", {"content": "y"}),
    ]


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("more", [{}, {"message": {"id": "1"}}], ids=["alone", "from a message"])
async def test_a_form_that_cannot_be_opened_any_more_is_told(more: dict[str, Any]) -> None:
    side = Discord()
    late = await acknowledged(side, 5, **more)
    await answer(late, payload={"type": 9, "data": {"custom_id": "x", "components": []}})
    assert len(side.told) == 2
    assert side.told[1][2]["content"] == wording.LATE_FORM


@pytest.mark.usefixtures("at_once")
async def test_an_answer_that_is_put_off_comes_as_a_private_message_of_its_own() -> None:
    side = Discord()
    late = await acknowledged(side, 3)
    await answer(late, **first(5, flags=PRIVATE))
    assert len(side.told) == 1
    await change(late, payload={"content": "x", "flags": PARTS})
    await change(late, payload={"content": "y"})
    assert ("POST", "/webhooks/42/abc", {"content": "x", "flags": PRIVATE | PARTS}) in side.told
    assert side.told[-1] == ("PATCH", "/webhooks/42/abc/messages/900", {"content": "y"})


@pytest.mark.usefixtures("at_once")
async def test_files_go_along() -> None:
    side = Discord()
    late = await acknowledged(side, 3)
    file = {"name": "files[0]", "value": b"png", "filename": "a.png", "content_type": "image/png"}
    body = {"name": "payload_json", "value": json.dumps({"type": 4, "data": {"content": "tiefer, 90°"}})}
    await answer(late, multipart=[body, file], files=[])
    json_part, file_part = side.told[1][2]
    assert json.loads(json_part["value"]) == {"content": "tiefer, 90°"}
    assert file_part == file


@pytest.mark.usefixtures("at_once")
async def test_where_discord_did_not_take_that_it_takes_longer_the_answer_is_tried_as_it_is() -> None:
    side = Discord()
    side.refuses = True
    late = await acknowledged(side, 3)
    side.refuses = False
    await answer(late, **first(4, content="x"))
    assert side.told[1:] == [("POST", "/interactions/5/abc/callback", {"type": 4, "data": {"content": "x"}})]


class _Response:
    status, reason = 400, "no"


def refusal(code: int) -> discord.HTTPException:
    return discord.HTTPException(_Response(), {"code": code, "message": "no"})


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize(
    ("kind", "more", "sent"),
    [
        (2, {}, ("PATCH", "/webhooks/42/abc/messages/@original")),
        (3, {}, ("POST", "/webhooks/42/abc")),
        (5, {"message": {"id": "1"}}, ("POST", "/webhooks/42/abc")),
    ],
    ids=["command", "button", "form"],
)
async def test_a_late_answer_that_is_refused_can_be_said_more_simply(
    kind: int, more: dict[str, Any], sent: tuple[str, str]
) -> None:
    side = Discord()
    late = await acknowledged(side, kind, **more)
    refused_path = ORIGINAL if kind == 2 else "/webhooks/{webhook_id}/{webhook_token}"
    side.refused[f"{sent[0]} {refused_path}"] = refusal(50035)
    with pytest.raises(discord.HTTPException):
        await answer(late, **first(4, content="with a picture", flags=PRIVATE))
    await answer(late, **first(4, content="in words", flags=PRIVATE))
    assert [(*each[:2], each[2]["content"]) for each in side.told[1:]] == [
        (*sent, "with a picture"),
        (*sent, "in words"),
    ]


@pytest.mark.usefixtures("at_once")
async def test_an_acknowledgement_that_discord_took_without_saying_so_in_time_counts() -> None:
    side = Discord()
    side.refused[f"POST {CALLBACK}"] = TimeoutError()
    late = await acknowledged(side, 3)
    side.refused[f"POST {CALLBACK}"] = refusal(40060)
    await answer(late, **first(4, content="x", flags=PRIVATE))
    assert side.told[-1] == ("POST", "/webhooks/42/abc", {"content": "x", "flags": PRIVATE})
    await change(late, payload={"content": "y"})
    assert side.told[-1] == ("PATCH", "/webhooks/42/abc/messages/900", {"content": "y"})


@pytest.mark.usefixtures("at_once")
async def test_another_refusal_is_no_acknowledgement() -> None:
    side = Discord()
    side.refused[f"POST {CALLBACK}"] = TimeoutError()
    late = await acknowledged(side, 3)
    side.refused[f"POST {CALLBACK}"] = refusal(10062)
    with pytest.raises(discord.HTTPException):
        await answer(late, **first(4, content="x", flags=PRIVATE))
    assert len(side.told) == 2


@pytest.mark.usefixtures("at_once")
async def test_an_answer_that_was_put_off_and_never_came_needs_no_deleting() -> None:
    side = Discord()
    late = await acknowledged(side, 3)
    await answer(late, **first(5, flags=PRIVATE))
    await change(late, "DELETE")
    assert len(side.told) == 1


@pytest.mark.usefixtures("at_once")
async def test_two_presses_at_once_have_an_answer_each() -> None:
    side = Discord()
    late = Late(side.send)
    for number, token in ((5, "abc"), (6, "def")):
        late.watch({"id": str(number), "application_id": "42", "token": token, "type": 3}, SESSION)
    await asyncio.sleep(0.01)
    await asyncio.gather(
        answer(late, **first(4, content="one", flags=PRIVATE)),
        late.request(Route("POST", CALLBACK, webhook_id=6, webhook_token="def"), SESSION, **first(7, content="two")),
    )
    assert sorted(side.told[2:]) == [
        ("PATCH", "/webhooks/42/def/messages/@original", {"content": "two"}),
        ("POST", "/webhooks/42/abc", {"content": "one", "flags": PRIVATE}),
    ]


@pytest.mark.usefixtures("at_once")
async def test_for_a_half_typed_word_nobody_waits() -> None:
    side = Discord()
    await acknowledged(side, discord.InteractionType.autocomplete.value)
    assert side.told == []
