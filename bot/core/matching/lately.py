"""What the matcher made of texts lately: while somebody types, the question is ranked for what to offer, and then it is asked.

Of a text only a keyed hash is kept, under a key that each process draws for itself; of whom it was, nothing.
"""

import secrets
from collections.abc import Callable
from hashlib import blake2b
from threading import Lock

from cachetools import LRUCache

from bot.core.model import Ranking

MOST_KEPT = 256
"""Rankings of one process, of a kilobyte each."""


class Lately:
    """The last rankings of all matchers. Safe to share between threads."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        """Keep at most so many."""
        self._key = secrets.token_bytes(32)
        self._kept: LRUCache[tuple[object, bytes], Ranking] = LRUCache(most)
        self._lock = Lock()

    def ranking(self, whose: object, text: str, rank: Callable[[str], Ranking]) -> Ranking:
        """Return what `rank`, that of the matcher `whose` sign this is, makes of a text: from memory where it is there."""
        hashed = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16, key=self._key).digest()
        with self._lock:
            found = self._kept.get((whose, hashed))
        if found is not None:
            return found
        found = rank(text)
        with self._lock:
            self._kept[whose, hashed] = found
        return found
