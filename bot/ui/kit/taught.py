"""What is being taught from messages: in memory for an hour, so that no row names whoever wrote one."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from cachetools import TTLCache

KEPT_SECONDS = 3600.0
MOST_KEPT = 500


@dataclass(slots=True)
class Material:
    """A message that a moderator teaches from: what its form does not show, and whom to ask about it.

    `writer` is None where nobody can be asked: a webhook or another bot wrote it. `word`: what they said to being told of,
    `asked_of`: the print of the text that they were asked about last.
    """

    lead: str
    why: str
    notes: tuple[str, ...]
    channel: int
    message: int
    writer: int | None
    moderator: int
    word: str = ""
    asked_of: str = ""


class TaughtLately:
    """Material by the form that was opened with it (an interaction's id), then by its draft. `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._kept: TTLCache[tuple[int, int], Material] = TTLCache(MOST_KEPT, KEPT_SECONDS, timer=clock)

    def keep(self, guild: int, key: int, material: Material) -> None:
        """Keep material under a key of a server's."""
        self._kept[guild, key] = material

    def of(self, guild: int, key: int) -> Material | None:
        """Return the material under a key, None where it is forgotten."""
        return self._kept.get((guild, key))

    def forget(self, member: int) -> None:
        """Forget what a member wrote, and what they were about to teach."""
        for key in [key for key, each in self._kept.items() if member in {each.writer, each.moderator}]:
            self._kept.pop(key, None)

    def expire(self) -> None:
        """Forget what is older than an hour."""
        self._kept.expire()
