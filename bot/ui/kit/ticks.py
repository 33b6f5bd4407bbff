"""What is ticked on the checklists in sight, so that quick taps on one of them stay together."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from cachetools import LRUCache


@dataclass(frozen=True, slots=True)
class State:
    """Whose list it is, of which version, and what is ticked."""

    owner: int
    version: str
    mask: int = 0


@dataclass(slots=True)
class Board:
    """What is ticked on one message now; `turn` lets one edit of it go out after the other."""

    version: str
    mask: int
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class Ticks:
    """Keeps quick taps together, for as long as the bot runs.

    Of two taps on the same view of a message the second still brings the mask from before the first. So the first tap
    seen of a message brings the mask, the later ones only what they change. After a restart the message knows it all.
    """

    MOST = 2000

    def __init__(self) -> None:
        self._boards: LRUCache[int, Board] = LRUCache(self.MOST)

    def changed(self, message: int, seen: State, version: str, change: Callable[[int], int]) -> Board:
        """Apply `change` to what is ticked on `message`; a list that has another version now starts empty instead."""
        board = self._boards.get(message)
        if seen.version != version:
            if board is None or board.version != version:
                board = Board(version, 0)
        elif board is None or board.version != version:
            board = Board(version, change(seen.mask))
        else:
            board.mask = change(board.mask)
        self._boards[message] = board
        return board
