"""What members and servers do, as Discord tells a bot of it: the payloads, and sending them over a `Wire`."""

import asyncio
import contextlib
from functools import partial
from itertools import count
from typing import Any

from tests.support.payloads import walk
from tests.support.wire import ANSWERABLE_SECONDS, APPLICATION, USER, Asked, Wire

CHANNEL = "88"
MANAGE = str((1 << 53) - 1)


def user(id_: int = 77) -> dict[str, Any]:
    """Return a member's user."""
    return {"id": str(id_), "username": f"member{id_}", "discriminator": "0", "avatar": None, "global_name": None}


def guild(id_: int, *, channels: int = 1, roles: int = 1) -> dict[str, Any]:
    """Return a server as GUILD_CREATE tells of it."""
    role = {"color": 0, "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None}, "hoist": False,
            "position": 0, "permissions": MANAGE, "managed": False, "mentionable": False, "flags": 0}  # fmt: skip
    member = {
        "user": USER,
        "roles": [],
        "joined_at": "2026-01-01T00:00:00+00:00",
        "deaf": False,
        "mute": False,
        "flags": 0,
    }
    return {
        "id": str(id_), "name": f"Gym {id_}", "icon": None, "splash": None, "discovery_splash": None, "owner_id": "1",
        "afk_channel_id": None, "afk_timeout": 300, "verification_level": 0, "default_message_notifications": 0,
        "explicit_content_filter": 0, "emojis": [], "features": [], "mfa_level": 0, "application_id": None,
        "system_channel_id": None, "system_channel_flags": 0, "rules_channel_id": None, "vanity_url_code": None,
        "description": None, "banner": None, "premium_tier": 0, "preferred_locale": "en-US", "nsfw_level": 0,
        "public_updates_channel_id": None, "premium_progress_bar_enabled": False, "stickers": [], "joined_at": None,
        "large": False, "unavailable": False, "member_count": 3, "voice_states": [], "members": [member], "threads": [],
        "presences": [], "stage_instances": [], "guild_scheduled_events": [], "soundboard_sounds": [],
        "roles": [{**role, "id": str(id_ + each), "name": f"role {each}"} for each in range(roles)],
        "channels": [
            {"id": str(id_ + 1000 + each), "type": 0, "name": f"channel-{each}", "position": each, "flags": 0,
             "permission_overwrites": [], "parent_id": None, "topic": None, "nsfw": False, "last_message_id": None,
             "rate_limit_per_user": 0}
            for each in range(channels)
        ],
    }  # fmt: skip


def interaction(wire: Wire, kind: int, data: dict[str, Any], *, age: float, by: int, in_: int | None) -> dict[str, Any]:
    """Return an interaction made `age` seconds ago: in a direct message, or in a server `in_`."""
    id_ = wire.snowflake(age)
    made = {
        "id": str(id_), "application_id": str(APPLICATION), "type": kind, "token": f"token-{id_}", "version": 1,
        "locale": "en-US", "entitlements": [], "authorizing_integration_owners": {}, "attachment_size_limit": 10_000_000,
        "data": data,
    }  # fmt: skip
    if in_ is None:
        channel = {"id": CHANNEL, "type": 1, "recipients": [user(by)]}
        made |= {"channel_id": CHANNEL, "channel": channel, "context": 1, "app_permissions": "0", "user": user(by)}
    else:
        member = {"user": user(by), "roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "deaf": False, "mute": False,
                  "flags": 0, "permissions": MANAGE}  # fmt: skip
        channel = {"id": str(in_ + 1000), "type": 0, "name": "channel-0", "guild_id": str(in_), "permissions": MANAGE,
                   "position": 0, "flags": 0, "nsfw": False, "parent_id": None, "last_message_id": None, "topic": None,
                   "rate_limit_per_user": 0}  # fmt: skip
        made |= {"channel_id": str(in_ + 1000), "channel": channel, "context": 0, "app_permissions": MANAGE,
                 "member": member, "guild_id": str(in_), "guild": {"id": str(in_), "locale": "en-US", "features": []}}  # fmt: skip
    return made


class Members:
    """Members at a `Wire`. Each method returns what Discord keeps of the interaction; `age` makes it an old one."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire

    async def send(
        self, kind: int, data: dict[str, Any], *, age: float = 0.0, by: int = 77, in_: int | None = None, **more: Any
    ) -> Asked:
        """Send an interaction of any kind. `more` goes into the payload as it is."""
        made = {**interaction(self.wire, kind, data, age=age, by=by, in_=in_), **more}
        id_ = int(made["id"])
        asked = Asked(id_, made["token"], self.wire.now() - age)
        self.wire.asked[id_] = asked
        await self.wire.dispatch("INTERACTION_CREATE", made)
        return asked

    async def slash(
        self, name: str, *, age: float = 0.0, by: int = 77, in_: int | None = None, **options: Any
    ) -> Asked:
        """Use a command: "legpress ask", with its options."""
        return await self.send(2, command(name, options), age=age, by=by, in_=in_)

    async def until_it_knows(self, question: str, seconds: float = 60.0) -> None:
        """Ask until the answer is no longer that the bot still reads its knowledge. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            for member in count(9_000):  # each its own: one who asks so often would have to wait
                asked = await self.slash("legpress ask", question=question, by=member)
                with contextlib.suppress(TimeoutError):  # on a busy machine one may come too late to be answered
                    await self.wire.until(partial(getattr, asked, "answered"), ANSWERABLE_SECONDS + 1)
                if asked.answered and "still reading" not in said(asked.response):
                    return
                await asyncio.sleep(0.1)

    async def type(self, name: str, option: str, typed: str, **more: Any) -> Asked:
        """Type into an option that completes itself."""
        return await self.send(4, typing(name, option, typed), **more)

    async def menu(self, name: str, text: str, **more: Any) -> Asked:
        """Choose a menu on somebody's message."""
        message = self.message(text, by=55)
        data = {"id": "9", "name": name, "type": 3, "target_id": message["id"],
                "resolved": {"messages": {message["id"]: message}}}  # fmt: skip
        return await self.send(2, data, **more)

    async def press(self, custom_id: str, shown: dict[str, Any] | None = None, **more: Any) -> Asked:
        """Press a button that stands on the message `shown` (None: one with that button alone)."""
        message = self.with_button(custom_id, shown)
        return await self.send(3, pressed(custom_id), message=message, **more)

    async def pick(self, custom_id: str, values: list[str], shown: dict[str, Any] | None = None, **more: Any) -> Asked:
        """Choose from a list."""
        options = [{"label": each, "value": each} for each in values]
        message = self._shown(shown, {"type": 3, "custom_id": custom_id, "options": options, "id": 9})
        data = {"custom_id": custom_id, "component_type": 3, "values": values, "id": 9}
        return await self.send(3, data, message=message, **more)

    async def submit(self, custom_id: str, fields: dict[str, str], **more: Any) -> Asked:
        """Send a form in."""
        rows = [{"type": 18, "id": at, "component": {"type": 4, "id": at + 50, "custom_id": name, "value": text}}
                for at, (name, text) in enumerate(fields.items())]  # fmt: skip
        return await self.send(5, {"custom_id": custom_id, "components": rows}, **more)

    async def say(self, text: str, *, by: int = 77, in_: int | None = None, **more: Any) -> dict[str, Any]:
        """Write a message: to the bot directly, or in a server `in_`, where only a mention addresses it."""
        message = {**self.written(text, by=by, in_=in_), **more}
        await self.wire.dispatch("MESSAGE_CREATE", message)
        return message

    def written(self, text: str, *, by: int = 77, in_: int | None = None) -> dict[str, Any]:
        """Return a message of a member's: to the bot directly, or in a server `in_`."""
        message = self.message(text, by=by)
        if in_ is not None:
            member = {"roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "deaf": False, "mute": False, "flags": 0}
            message |= {"guild_id": str(in_), "channel_id": str(in_ + 1000), "member": member}
        return message

    def message(self, text: str, *, by: int = 77) -> dict[str, Any]:
        """Return a message of a member's."""
        mentions = [USER] if f"<@{APPLICATION}>" in text else []
        return {"id": str(self.wire.snowflake()), "channel_id": CHANNEL, "author": user(by), "content": text,
                "timestamp": "2026-11-28T12:00:00+00:00", "edited_timestamp": None, "tts": False, "mention_everyone": False,
                "mentions": mentions, "mention_roles": [], "attachments": [], "embeds": [], "pinned": False, "type": 0,
                "flags": 0, "components": []}  # fmt: skip

    def with_button(self, custom_id: str, shown: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return the message `shown` of the bot's own (None: one with that button alone)."""
        return self._shown(shown, {"type": 2, "style": 2, "label": "x", "custom_id": custom_id, "id": 9})

    def _shown(self, shown: dict[str, Any] | None, component: dict[str, Any]) -> dict[str, Any]:
        message = {**self.message("", by=APPLICATION), "author": USER}
        if shown is None:
            return {**message, "components": [{"type": 1, "id": 8, "components": [component]}], "flags": 1 << 15}
        return {**message, "components": shown.get("components", []), "flags": shown.get("flags", 0)}


def command(name: str, options: dict[str, Any]) -> dict[str, Any]:
    """Return what Discord tells of a command that is used: "legpress ask", with its options."""
    first, *rest = name.split()
    given: list[dict[str, Any]] = [
        {"name": each, "type": 4 if isinstance(value, int) else 3, "value": value} for each, value in options.items()
    ]
    for each in reversed(rest):
        given = [{"name": each, "type": 1, "options": given}]
    return {"id": "9", "name": first, "type": 1, "options": given}


def typing(name: str, option: str, typed: str) -> dict[str, Any]:
    """Return what Discord tells of a command of two words into whose option somebody types."""
    data = command(name, {option: typed})
    data["options"][0]["options"][0]["focused"] = True
    return data


def pressed(custom_id: str) -> dict[str, Any]:
    """Return what Discord tells of a button that is pressed."""
    return {"custom_id": custom_id, "component_type": 2, "id": 9}


def said(payload: dict[str, Any] | None) -> str:
    """Return all that a response, a follow-up or a message says."""
    found = (payload or {}).get("data", payload or {}) if (payload or {}).get("type") in (4, 7) else payload or {}
    texts = [each["content"] for each in walk(found.get("components") or []) if each.get("type") == 10]
    return "\n".join([*([found["content"]] if found.get("content") else []), *texts])
