"""Ids that somebody made up, sent to the real process: every button, list and form that is registered does nothing, and tells nothing."""

import importlib
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.client.bot import COGS
from bot.core.fields import Fields
from bot.service import Service
from bot.service.access import Actor
from bot.service.workshop import put_together
from bot.store.copies import Copies
from bot.store.store import open_store
from bot.ui.registry import HANDLERS
from tests.faults.conftest import SERVER, checked_wire
from tests.support.examples import share
from tests.support.wire import Asked, serving
from tests.support.wire_bot import bot_process
from tests.support.wire_members import MANAGE, Members, guild, said, user

for extension in COGS:
    importlib.import_module(extension)  # fills the registries
OTHER = SERVER + (1 << 30)
SECRET, CLAIM = "zorblax", "zorblax-on-leg-day"
OF_MODERATORS = ("k", "inb", "rev", "set", "orph")
"""How the kinds of what is for moderators alone begin."""
ABOUTS = ("1", CLAIM, f"0.{CLAIM}", "edit", "find-depth", "9" * 40, "../state")
NAMES = ("text", "title", "claim", "answer", "questions")


def right(number: int, permissions: str) -> dict[str, Any]:
    """A member with such permissions, each time another one."""
    return {"user": user(5_000 + number), "roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "deaf": False,
            "mute": False, "flags": 0, "permissions": permissions}  # fmt: skip


async def filled(folder: Path, service: Service) -> list[tuple[Any, ...]]:
    """Fill a store with what nobody else may see or change, unless it is there; return all that is there."""
    store = await open_store("", folder)
    work = put_together(
        store, lambda: service, regions=service.regions, clock=lambda: datetime.now(UTC), copies=Copies(folder, 0)
    )
    owner = Actor(1, manages=True)
    if not await store.revisions.newest(SERVER):
        fields = Fields(
            title="Zorblax on leg day", claim="It helps.", answer=f"{SECRET} first.", questions=f"take {SECRET} when"
        )
        begun = await work.curation.begin_add(SERVER, owner, fields)
        await work.curation.publish(SERVER, owner, begun.id)
        await work.curation.begin_questions(SERVER, owner, CLAIM, ["take it?"])
        await work.review.suggest(SERVER, Actor(5), f"what is {SECRET}", f"{SECRET} is a powder.")
    there = [
        (
            await store.revisions.entries(each), await store.revisions.newest(each), await store.suggestions.open(each),
            await store.drafts.get(each, 1), await store.drafts.get(each, 2), (await store.servers.usage(each)).drafts,
        )
        for each in (SERVER, OTHER)
    ]  # fmt: skip
    await work.close()
    return there


@pytest.mark.loop
@pytest.mark.parametrize(
    "part",
    list(enumerate([(SERVER, "0"), (OTHER, "0"), (OTHER, MANAGE)])),
    ids=["member", "elsewhere", "editor elsewhere"],
)
async def test_no_made_up_id_does_or_tells_anything(
    tmp_path: Path, cache_folder: Path, fixed_service: Service, part: tuple[int, tuple[int, str]]
) -> None:
    first, (where, permissions) = part
    kinds = [("press", kind) for kind in HANDLERS.buttons] + [("pick", kind) for kind in HANDLERS.lists]
    kinds += [("form", kind) for kind in (*HANDLERS.texts, *HANDLERS.forms)]
    every = [(way, kind, about) for way, kind in kinds if kind.startswith(OF_MODERATORS) for about in ABOUTS]
    assert {("press", "revyes"), ("press", "setask")} <= {(way, kind) for way, kind, _ in every}
    sent = share(every, 3, first)  # each once, in one of the three places and with its right
    before = await filled(tmp_path / "bot" / "state", fixed_service)
    wire = checked_wire()
    wire.guilds.append(guild(OTHER))
    answers: dict[str, Asked] = {}
    async with serving(wire), bot_process(wire, tmp_path / "bot", cache_folder, imported=True) as bot:
        await wire.until_ready()
        members = Members(wire)
        await members.until_it_knows("how deep should i go")

        for number, (way, kind, about) in enumerate(sent):
            who: dict[str, Any] = {"in_": where, "by": 5_000 + number, "member": right(number, permissions)}
            if way == "form":
                fields = dict.fromkeys(NAMES, "something else here")
                asked = await members.submit(f"lp-form:{kind}:{about}:7", fields, **who)
            elif way == "press":
                asked = await members.press(f"lp:{kind}:{about}", **who)
            else:
                asked = await members.pick(f"lp-pick:{kind}:{about}", [CLAIM], **who)
            answers[f"{way} {kind} {about}"] = asked
            await wire.until(partial(getattr, asked, "answered"))
        bot.signal()
        await bot.ended(30.0)
        assert "Traceback" not in "\n".join(bot.lines())
    told = {
        name: "\n".join([said(each.response), *map(said, each.followups)]).lower() for name, each in answers.items()
    }
    assert len(told) == len(sent) >= 200
    assert {name: text for name, text in told.items() if SECRET in text.replace(CLAIM, "")} == {}
    if permissions == "0":
        assert await filled(tmp_path / "bot" / "state", fixed_service) == before
    else:  # an editor may change what is their own server's, and nothing else
        assert (await filled(tmp_path / "bot" / "state", fixed_service))[0] == before[0]
