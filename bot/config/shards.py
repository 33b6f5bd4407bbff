"""Which of the bot's shards a process runs, as SHARD_IDS says it."""

import re
from dataclasses import dataclass

from bot.sentences import say

MOST_SHARDS = 10_000
ORDINAL, LEASED = "ordinal/", "leased"
_LIST = re.compile(r"\d{1,5}(-\d{1,5})?(\s*,\s*\d{1,5}(-\d{1,5})?)*", re.ASCII)
_FORMS = say("host.shards.forms")


@dataclass(frozen=True, slots=True)
class ShardShare:
    """A process's part of the shards: all of them, those in `ids`, one part in `parts`, or as many as it can lease."""

    ids: tuple[int, ...] = ()
    parts: int = 0
    leased: bool = False

    @property
    def is_all(self) -> bool:
        """Whether one process runs everything."""
        return not (self.ids or self.parts or self.leased)

    def __str__(self) -> str:
        if self.leased:
            return LEASED
        return f"{ORDINAL}{self.parts}" if self.parts else ",".join(map(str, self.ids)) or "all"

    def fault(self, count: int) -> str:
        """Return what is wrong with this part of `count` shards, "" where nothing is."""
        if self.is_all:
            return ""
        if not count:
            return say("host.shards.count_needed")
        if self.ids and self.ids[-1] >= count:
            return say("host.shards.no_such_shard", shard=self.ids[-1], count=count, last=count - 1)
        if self.parts > count:
            return say("host.shards.too_many_processes", parts=self.parts, count=count)
        return ""

    def of(self, count: int, host: str = "") -> tuple[int, ...]:
        """Return the shards of `count` that are this process's for good; none where it runs all or leases them.

        Of a StatefulSet each pod takes every so manieth shard, by the number at the end of its host's name, `host`
        ("": this one's). Raises ValueError where there is none, or too high a one.
        """
        if not self.parts:
            return self.ids
        from socket import gethostname  # late: most processes run all shards

        found = re.search(r"-(\d{1,5})$", (host or gethostname()).split(".")[0], re.ASCII)
        if found is None:
            raise ValueError(say("host.shards.no_ordinal", written=self))
        ordinal = int(found[1])
        if ordinal >= self.parts:
            raise ValueError(say("host.shards.ordinal_too_high", written=self, parts=self.parts - 1, ordinal=ordinal))
        return tuple(range(ordinal, count, self.parts))


ALL = ShardShare()


def shard_share(text: str) -> ShardShare:
    """Read a list of shards, `ordinal/` and a number of processes, or `leased`. Raises ValueError."""
    low = text.lower().strip()
    if low == "all":
        return ALL
    if low == LEASED:
        return ShardShare(leased=True)
    if low.startswith(ORDINAL):
        parts = low.removeprefix(ORDINAL).strip()
        if not (parts.isascii() and parts.isdecimal() and 0 < int(parts) <= MOST_SHARDS):
            raise ValueError(_FORMS)
        return ShardShare(parts=int(parts))
    if not _LIST.fullmatch(low):
        raise ValueError(_FORMS)
    ids: set[int] = set()
    for each in low.split(","):
        first, _, last = each.strip().partition("-")
        if int(last or first) < int(first) or int(last or first) >= MOST_SHARDS:
            raise ValueError(_FORMS)
        ids.update(range(int(first), int(last or first) + 1))
    return ShardShare(ids=tuple(sorted(ids)))
