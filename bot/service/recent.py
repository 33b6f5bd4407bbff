"""Values used lately, a bounded number of them. An outdated one is kept in case no newer one can be had."""

from collections.abc import Hashable
from typing import Generic, TypeVar

from cachetools import LRUCache

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_OUTDATED = -1


class Recent(Generic[K, V]):
    """At most `most` values by key; the one that was not asked for longest makes room."""

    def __init__(self, most: int) -> None:
        self._held: LRUCache[K, tuple[V, int]] = LRUCache(most)  # each with what `expiries` was then
        self._all_expired = 0
        self.expiries = 0
        """How often something was marked as outdated: note it before reading, and hand it to `put`."""

    def __len__(self) -> int:
        return len(self._held)

    def get(self, key: K) -> V | None:
        """Return a value that is up to date, or None."""
        found = self._held.get(key)
        return found[0] if found is not None and found[1] >= self._all_expired else None

    def outdated(self, key: K) -> V | None:
        """Return a value whether it is up to date or not, or None."""
        found = self._held.get(key)
        return None if found is None else found[0]

    def held(self) -> list[tuple[K, V]]:
        """Return all values with their keys, up to date or not; each counts as asked for by that."""
        return [(key, value) for key, (value, _) in self._held.items()]

    def put(self, key: K, value: V, seen: int | None = None) -> None:
        """Hold a value, as up to date where nothing was marked as outdated since `expiries` was `seen`.

        One that may be outdated takes the place of none that is up to date.
        """
        is_new = seen is None or seen == self.expiries
        if not is_new and self.get(key) is not None:
            return
        self._held[key] = (value, self.expiries if is_new else _OUTDATED)

    def expire(self, key: K | None = None) -> None:
        """Mark a value (None: all) as outdated."""
        self.expiries += 1
        if key is None:
            self._all_expired = self.expiries
        elif key in self._held:
            self._held[key] = (self._held[key][0], _OUTDATED)

    def drop(self, key: K) -> None:
        """Hold nothing by that key any more."""
        self.expiries += 1
        self._held.pop(key, None)
