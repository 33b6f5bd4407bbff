"""Who was told a stop, where: in memory, without a word of what they wrote, gone after an hour at most (safety2.md 9.1)."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock

from bot.core.conversation import LiveStop
from bot.service.sharing import SharedStops

SWEPT_FROM = 1_000
"""From so many entries on, what is over is thrown out before another one is kept; a stop that holds never is."""


@dataclass(frozen=True, slots=True)
class _Entry:
    live: LiveStop
    direct: bool


class Stops:
    """Stops by member and place. `direct`: the place is the member's direct messages with the bot."""

    def __init__(self, shared: SharedStops | None = None) -> None:
        """Tell what is kept to other processes over `shared` (None: there are none), and hear of theirs."""
        self._shared = shared
        self._held: dict[Hashable, dict[Hashable, _Entry]] = {}
        self._there: dict[Hashable, set[Hashable]] = {}  # by place, the members who have an entry there
        self._count = 0
        self._sweep_at = SWEPT_FROM
        self._lock = Lock()

    def __len__(self) -> int:
        return self._count

    def of(
        self, place: Hashable, member: Hashable, now: float, *, direct: bool = False, private: bool = False
    ) -> LiveStop | None:
        """Return the stop that counts for a member in a place, None where nothing follows from any.

        A stop told in a server goes along into the member's direct messages. One told there goes along into a server only
        where the member alone reads the answer (`private`).
        """
        place, member = self._named(place), self._named(member)
        with self._lock:
            places = self._held.get(member, {})
            own = places.get(place)
            found = [own] if own else []
            found += [
                entry for where, entry in places.items() if where != place and (direct or (private and entry.direct))
            ]
            found = [entry for entry in found if entry.live.is_remembered(now)]
            best = max(found, key=lambda entry: (entry.live.holds(now), entry.live.at), default=None)
            return None if best is None else best.live

    def elsewhere(self, place: Hashable, member: Hashable, now: float) -> bool:
        """Say whether a stop holds for a member in their direct messages: `place`, a public one, must not tell it."""
        place, member = self._named(place), self._named(member)
        with self._lock:
            places = self._held.get(member, {})
            return any(entry.direct and entry.live.holds(now) for where, entry in places.items() if where != place)

    def beside(self, place: Hashable, member: Hashable, now: float) -> LiveStop | None:
        """Return the newest stop that holds in a place for somebody other than `member`."""
        place, member = self._named(place), self._named(member)
        with self._lock:
            found = [
                self._held[who][place].live
                for who in self._there.get(place, ())
                if who != member and self._held[who][place].live.holds(now)
            ]
        return max(found, key=lambda live: live.at, default=None)

    def keep(
        self, place: Hashable, member: Hashable, live: LiveStop | None, now: float, *, direct: bool = False
    ) -> None:
        """Keep a member's stop in a place; None forgets it there. Other processes hear of it."""
        place, member = self._named(place), self._named(member)
        self._keep(place, member, live, now, direct=direct)
        if self._shared is not None:
            self._shared.tell(place, member, live, now, direct=direct)

    def heard(self, notice: str, now: float) -> None:
        """Keep what another process told of."""
        found = None if self._shared is None else self._shared.heard(notice, now)
        if found is not None:
            place, member, live, direct = found
            self._keep(place, member, live, now, direct=direct)

    def _named(self, value: Hashable) -> Hashable:
        return value if self._shared is None else self._shared.name(value)

    def _keep(self, place: Hashable, member: Hashable, live: LiveStop | None, now: float, *, direct: bool) -> None:
        with self._lock:
            if self._count >= self._sweep_at:
                # While all hold, all stay: the rate at which people can be answered bounds them.
                self._drop(lambda each: not each.holds(now) and not each.cautions(now))
                self._sweep_at = max(SWEPT_FROM, 2 * self._count)
            self._forget(place, member)
            if live is not None:
                self._held.setdefault(member, {})[place] = _Entry(live, direct)
                self._there.setdefault(place, set()).add(member)
                self._count += 1

    def _forget(self, place: Hashable, member: Hashable) -> None:
        places = self._held.get(member, {})
        if places.pop(place, None) is None:
            return
        self._count -= 1
        self._there[place].discard(member)
        if not self._there[place]:
            del self._there[place]
        if not places:
            del self._held[member]

    def sweep(self, now: float) -> None:
        """Throw out what nothing follows from any more."""
        with self._lock:
            self._drop(lambda live: not live.is_remembered(now))

    def _drop(self, is_over: Callable[[LiveStop], bool]) -> None:
        over = [
            (place, member)
            for member, places in self._held.items()
            for place, entry in places.items()
            if is_over(entry.live)
        ]
        for place, member in over:
            self._forget(place, member)
