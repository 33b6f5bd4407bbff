"""Servers' channels and roles, packed until somebody looks at them: a bot that answers questions seldom does.

discord.py makes an object of every channel and role of every server, some 14 KB for an ordinary one, and keeps it. Here
what Discord told stays as compressed text, and objects are made of it, a whole server's at once, when one is asked for;
those of the servers looked at last stay made. What Discord tells of a change goes into the text.
"""

import json
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import Any, TypeVar

import discord
from discord.channel import _guild_channel_factory

T = TypeVar("T")

PACKED = frozenset(
    {"GUILD_CREATE", "GUILD_UPDATE", "CHANNEL_CREATE", "CHANNEL_UPDATE", "GUILD_ROLE_CREATE", "GUILD_ROLE_UPDATE"}
)
"""The events that tell of channels and roles."""
MOST_OPEN = 128
"""Lists of channels or roles that are held as objects at a time."""
_USUAL = json.dumps(
    {"id": "1", "type": 0, "name": "general", "position": 0, "flags": 0, "parent_id": None, "nsfw": False,
     "rate_limit_per_user": 0, "topic": None, "last_message_id": None, "bitrate": 64000, "user_limit": 0, "rtc_region": None,
     "permission_overwrites": [{"id": "1", "type": 0, "allow": "0", "deny": "0"}, {"type": 1, "allow": "1024"}],
     "permissions": "0", "color": 0, "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
     "hoist": False, "managed": True, "mentionable": False, "icon": None, "unicode_emoji": None, "tags": {"bot_id": "1"}},
    separators=(",", ":"),
).encode()  # fmt: skip
"""What such text usually looks like, so that also a short one is packed well (zlib's preset dictionary)."""
_UNREAD = ("topic", "last_message_id", "last_pin_timestamp", "icon_emoji", "theme_color", "version", "available_tags",
           "default_reaction_emoji")  # fmt: skip
"""Fields of channels that nothing here looks at, the longest among them."""


def _packed(listed: list[dict[str, Any]]) -> bytes:
    packing = zlib.compressobj(6, zdict=_USUAL)
    return packing.compress(json.dumps(listed, separators=(",", ":")).encode()) + packing.flush()


def _unpacked(content: bytes) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads(zlib.decompressobj(zdict=_USUAL).decompress(content)) if content else []
    return listed


_opened: "OrderedDict[int, Packed[Any]]" = OrderedDict()
"""Those that hold objects, the one that was looked at last at the end."""


class Packed(MutableMapping[int, T]):
    """Objects by id, made from packed text when they are asked for. Stands in for one of discord.py's own dictionaries."""

    __slots__ = ("_content", "_made", "_make", "_of")

    def __init__(self, listed: list[dict[str, Any]], make: Callable[[Any, dict[str, Any]], T | None], of: Any) -> None:
        """Pack what Discord listed; `make` makes the object of one of them that belongs to `of`, None where there is none."""
        self._content = _packed(listed)
        self._make = make
        self._of = of
        self._made: dict[int, T] | None = None

    def __getitem__(self, key: int) -> T:
        return self._open()[key]

    def __setitem__(self, key: int, value: T) -> None:
        self._open()[key] = value  # until `told` packs what it was made from

    def __delitem__(self, key: int) -> None:
        del self._open()[key]
        self._content = _packed([each for each in _unpacked(self._content) if int(each["id"]) != key])

    def __iter__(self) -> Iterator[int]:
        return iter(self._open())

    def __len__(self) -> int:
        return len(self._open())

    @property
    def is_open(self) -> bool:
        """Whether its objects are made."""
        return self._made is not None

    def told(self, data: dict[str, Any]) -> None:
        """Take what Discord tells of one of them, a new one or one as it is now."""
        self._content = _packed([*(each for each in _unpacked(self._content) if each["id"] != data["id"]), data])
        self.close()

    def _open(self) -> dict[int, T]:
        if self._made is None:
            self._made = {}
            for each in _unpacked(self._content):
                made = self._make(self._of, each)
                if made is not None:
                    self._made[int(each["id"])] = made
        _opened[id(self)] = self
        _opened.move_to_end(id(self))
        while len(_opened) > MOST_OPEN:
            next(iter(_opened.values())).close()
        return self._made

    def close(self) -> None:
        """Let go of the objects."""
        self._made = None
        _opened.pop(id(self), None)


class Packing:
    """Packs what events tell of servers, around discord.py's own reading of them."""

    def __init__(self, state: Any) -> None:
        """Work on the connection `state` of discord.py."""
        self._state = state

    def before(self, event: str, data: Any) -> dict[str, list[dict[str, Any]]]:
        """Take the lists out of an event that discord.py would make objects of; returns them for `after`."""
        if event not in {"GUILD_CREATE", "GUILD_UPDATE"} or not isinstance(data, dict):
            return {}
        if event == "GUILD_CREATE":
            for name in ("presences", "voice_states", "stage_instances", "guild_scheduled_events", "soundboard_sounds"):
                data.pop(name, None)
        data.pop("emojis", None)
        data.pop("stickers", None)
        return {name: data.pop(name) for name in ("channels", "roles") if isinstance(data.get(name), list)}

    def after(self, event: str, data: Any, taken: Mapping[str, list[dict[str, Any]]]) -> None:
        """Pack what `before` took, or what an event told of one channel or role. Raises what a malformed one raises."""
        if not isinstance(data, dict):
            return
        if taken:
            self._whole(self._state._get_guild(int(data["id"])), taken)  # noqa: SLF001 -- as everything of discord.py's here
        elif event in {"CHANNEL_CREATE", "CHANNEL_UPDATE", "GUILD_ROLE_CREATE", "GUILD_ROLE_UPDATE"}:
            guild = self._state._get_guild(int(data.get("guild_id") or 0))  # noqa: SLF001
            if guild is None:
                return
            held = guild._channels if event.startswith("CHANNEL") else guild._roles  # noqa: SLF001
            if isinstance(held, Packed):
                held.told(_slim(data) if event.startswith("CHANNEL") else data["role"])

    @staticmethod
    def _whole(guild: discord.Guild | None, taken: Mapping[str, list[dict[str, Any]]]) -> None:
        if guild is None:
            return
        if "channels" in taken:
            guild._channels = Packed([_slim(each) for each in taken["channels"]], _channel, guild)  # type: ignore[assignment]  # noqa: SLF001
        if "roles" in taken:
            guild._roles = Packed(taken["roles"], _role, guild)  # type: ignore[assignment]  # noqa: SLF001


def _slim(channel: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in channel.items() if name not in _UNREAD and name != "guild_id"}


def _channel(of: discord.Guild, data: dict[str, Any]) -> Any:
    factory, _ = _guild_channel_factory(data["type"])
    return None if factory is None else factory(guild=of, data=data, state=of._state)  # noqa: SLF001


def _role(of: discord.Guild, data: dict[str, Any]) -> discord.Role:
    return discord.Role(guild=of, state=of._state, data=data)  # type: ignore[arg-type]  # noqa: SLF001
