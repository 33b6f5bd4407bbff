"""Which of the bot's shards a process runs, as SHARD_IDS says it."""

import re
from dataclasses import dataclass

MOST_SHARDS = 10_000
ORDINAL, LEASED = "ordinal/", "leased"
_LIST = re.compile(r"\d{1,5}(-\d{1,5})?(\s*,\s*\d{1,5}(-\d{1,5})?)*", re.ASCII)
_FORMS = "write shards such as 0-3,8, or ordinal/3 for a StatefulSet of three, or leased; or all"


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
            return "all processes must agree on the number of shards; set SHARD_COUNT to it"
        if self.ids and self.ids[-1] >= count:
            return f"there is no shard {self.ids[-1]}; with SHARD_COUNT={count} they go from 0 to {count - 1}"
        if self.parts > count:
            return f"{self.parts} processes cannot share {count} shards; set SHARD_COUNT to {self.parts} or more"
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
            raise ValueError(
                f"{self} takes the number at the end of the host's name, such as legpress-0 in a StatefulSet, and this "
                "host's name has none; name the shards instead"
            )
        ordinal = int(found[1])
        if ordinal >= self.parts:
            raise ValueError(
                f"{self} is for hosts numbered 0 to {self.parts - 1}, and this one is {ordinal}; raise the number behind the "
                "slash in all processes, or run fewer"
            )
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
