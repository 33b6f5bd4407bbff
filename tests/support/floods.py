"""Floods: what one member, or a crowd of them, sends in one instant."""

import json
from collections.abc import Callable
from typing import Any

from tests.support.wire import APPLICATION, Asked, Wire
from tests.support.wire_members import Members, command, interaction, pressed, typing

Maker = Callable[[Wire, int, int, int], dict[str, Any]]


def _question(wire: Wire, member: int, server: int, number: int) -> dict[str, Any]:
    asked = command("legpress ask", {"question": f"how deep should i go, take {number}"})
    return interaction(wire, 2, asked, age=0.0, by=member, in_=server)


def _typing(wire: Wire, member: int, server: int, number: int) -> dict[str, Any]:
    typed = typing("legpress ask", "question", f"how deep {number}")
    return interaction(wire, 4, typed, age=0.0, by=member, in_=server)


def _press(wire: Wire, member: int, server: int, number: int) -> dict[str, Any]:
    custom_id = f"lp:why:find-depth-{number}"
    made_ = interaction(wire, 3, pressed(custom_id), age=0.0, by=member, in_=server)
    return {**made_, "message": Members(wire).with_button(custom_id)}


def _mention(wire: Wire, member: int, server: int, number: int) -> dict[str, Any]:
    text = f"<@{APPLICATION}> how deep should i go, take {number}"
    return Members(wire).written(text, by=member, in_=server)


KINDS: dict[str, Maker] = {
    "questions": _question,
    "mentions": _mention,
    "typing": _typing,
    "presses": _press,
    "members": _question,
}
"""What makes one event of a flood; in `members` each is another member's."""


def made(wire: Wire, kind: str, count: int, *, by: int, in_: int) -> tuple[list[tuple[str, str]], list[Asked]]:
    """Return the events of a flood with their data as JSON, and what Discord keeps of its interactions."""
    events, kept = [], []
    for number in range(count):
        data = KINDS[kind](wire, by + number if kind == "members" else by, in_, number)
        if "token" in data:
            asked = Asked(int(data["id"]), data["token"], wire.now())
            wire.asked[asked.id] = asked
            kept.append(asked)
        events.append(("INTERACTION_CREATE" if "token" in data else "MESSAGE_CREATE", json.dumps(data)))
    return events, kept
