"""A server's settings."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from bot.errors import StoreError, UserError
from bot.service.access import Actor, Right, may
from bot.service.server_values import DEFAULTS, ServerSettings, from_plain, to_plain
from bot.service.workshop import Workshop
from tests.support.postgres import Clock
from tests.support.workshop import HERE, MEMBER, MODERATOR, THERE, add


async def test_the_defaults_need_no_setting(workshop: Workshop) -> None:
    assert await workshop.settings.get(HERE) == DEFAULTS
    assert not DEFAULTS.keep_questions
    assert DEFAULTS.channels == frozenset()


@pytest.mark.both_databases
async def test_settings_are_kept_and_are_one_servers_own(workshop: Workshop) -> None:
    region = workshop.settings.regions[0]
    await workshop.settings.change(HERE, MODERATOR, region=region, channels={5, 6}, log_channel=7)
    workshop.settings.forget()
    settings = await workshop.settings.get(HERE)
    assert (settings.region, settings.channels, settings.log_channel) == (region, frozenset({5, 6}), 7)
    assert await workshop.settings.get(THERE) == DEFAULTS


@pytest.mark.both_databases
async def test_a_thousand_who_ask_at_once_cost_one_reading(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    read, found = workshop.store.servers.settings, []

    async def counting(guild: int) -> Mapping[str, Any]:
        found.append(guild)
        if len(found) == 1:
            raise StoreError("down")
        return await read(guild)

    monkeypatch.setattr(workshop.store.servers, "settings", counting)
    failed = await asyncio.gather(*(workshop.settings.certain(HERE) for _ in range(1_000)), return_exceptions=True)
    assert all(isinstance(each, StoreError) for each in failed)
    assert await asyncio.gather(*(workshop.settings.certain(HERE) for _ in range(1_000))) == [DEFAULTS] * 1_000
    assert len(found) == 2


async def test_what_was_read_before_a_change_never_takes_its_place(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, has_read, go_on = workshop.store.servers.settings, asyncio.Event(), asyncio.Event()

    async def late(guild: int) -> Mapping[str, Any]:
        found = await read(guild)
        has_read.set()
        await go_on.wait()
        return found

    await workshop.settings.certain(HERE)
    workshop.settings.forget(HERE)
    with monkeypatch.context() as patched:
        patched.setattr(workshop.store.servers, "settings", late)
        reading = asyncio.create_task(workshop.settings.certain(HERE))
        await has_read.wait()
    workshop.settings._held.put(HERE, DEFAULTS)  # whoever changes them has read them, too
    await workshop.settings.change(HERE, MODERATOR, edit_roles={5})
    go_on.set()
    await reading
    assert workshop.settings.known(HERE).edit_roles == {5}
    assert (await workshop.settings.certain(HERE)).edit_roles == {5}


async def test_a_servers_region_names_its_numbers(workshop: Workshop) -> None:
    alarm = "my crotch is numb and I can't pee since leg press"
    neutral, _ = (await workshop.overlays.for_server(HERE)).ask(alarm)
    await workshop.settings.change(HERE, MODERATOR, region="uk")
    service = await workshop.overlays.for_server(HERE)
    assert service.ask(alarm)[0].text == workshop.overlays.base().ask(alarm, region="uk")[0].text != neutral.text
    await add(workshop)
    assert (await workshop.overlays.for_server(HERE)).ask(alarm)[0].text == service.ask(alarm)[0].text


async def test_the_consent_says_who_gave_it_and_when(workshop: Workshop, clock: Clock) -> None:
    settings = await workshop.settings.change(HERE, MODERATOR, keep_questions=True)
    assert (settings.consent_by, settings.consent_at) == (MODERATOR.id, clock.now)
    settings = await workshop.settings.change(HERE, MODERATOR, keep_questions=False)
    assert (settings.consent_by, settings.consent_at) == (None, None)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"region": "atlantis"}, "not known"),
        ({"language": "tlh"}, "Answers come in"),
        ({"retention_days": 0}, "from 1 to 30"),
        ({"retention_days": 31}, "from 1 to 30"),
        ({"channels": set(range(51))}, "at most 50"),
        ({"consent_by": 1}, "no setting"),
        ({"colour": "red"}, "no setting"),
    ],
)
async def test_a_value_that_cannot_be_is_refused_in_words(
    workshop: Workshop, changes: dict[str, object], words: str
) -> None:
    with pytest.raises(UserError, match=words):
        await workshop.settings.change(HERE, MODERATOR, **changes)
    assert await workshop.settings.get(HERE) == DEFAULTS


async def test_settings_are_for_those_who_manage_the_server(workshop: Workshop) -> None:
    for actor in (MEMBER, Actor(5, frozenset({7}))):
        with pytest.raises(UserError, match="Manage Server"):
            await workshop.settings.change(HERE, actor, region="uk")


async def test_roles_and_channels_that_are_deleted_go_out_of_the_settings(workshop: Workshop) -> None:
    await workshop.settings.change(
        HERE, MODERATOR, edit_roles={1, 2}, approve_roles={1}, channels={3, 4}, log_channel=3
    )
    await workshop.settings.role_deleted(HERE, 1)
    await workshop.settings.channel_deleted(HERE, 3)
    settings = await workshop.settings.get(HERE)
    assert (settings.edit_roles, settings.approve_roles) == (frozenset({2}), frozenset())
    assert (settings.channels, settings.log_channel) == (frozenset({4}), None)


def test_rights_follow_roles() -> None:
    settings = ServerSettings(suggest_roles=frozenset({1}), edit_roles=frozenset({2}), approve_roles=frozenset({3}))
    rights = {
        role: {right for right in Right if may(settings, Actor(9, frozenset({role})), right)} for role in (1, 2, 3, 4)
    }
    assert rights == {1: {Right.SUGGEST}, 2: {Right.EDIT}, 3: {Right.APPROVE}, 4: set()}
    assert all(may(settings, MODERATOR, right) for right in Right)
    assert [right for right in Right if may(DEFAULTS, MEMBER, right)] == [Right.SUGGEST]


def test_settings_survive_being_written_and_read() -> None:
    settings = ServerSettings(region="uk", channels=frozenset({2, 1}), keep_questions=True, log_channel=4)
    plain = to_plain({name: getattr(settings, name) for name in ServerSettings.__dataclass_fields__})
    assert from_plain({**plain, "from_a_newer_version": 1}) == settings
