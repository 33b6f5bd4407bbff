"""What is being taught from messages: in memory for an hour, so that no row names whoever wrote one."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

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
    at: float = field(default=0.0)


class TaughtLately:
    """Material by the form that was opened with it (an interaction's id), then by its draft. `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: OrderedDict[tuple[int, int], Material] = OrderedDict()

    def keep(self, guild: int, key: int, material: Material) -> None:
        """Keep material under a key of a server's."""
        self.expire()
        material.at = self._clock()
        self._kept[guild, key] = material
        self._kept.move_to_end((guild, key))
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)

    def of(self, guild: int, key: int) -> Material | None:
        """Return the material under a key, None where it is forgotten."""
        self.expire()
        return self._kept.get((guild, key))

    def forget(self, member: int) -> None:
        """Forget what a member wrote, and what they were about to teach."""
        for key in [key for key, each in self._kept.items() if member in {each.writer, each.moderator}]:
            del self._kept[key]

    def expire(self) -> None:
        """Forget what is older than an hour."""
        oldest = self._clock() - KEPT_SECONDS
        while self._kept and next(iter(self._kept.values())).at < oldest:
            self._kept.popitem(last=False)
