"""Whether the bot may answer a message that nobody addressed to it."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from cachetools import LRUCache

from bot.core.model import Answer, Outcome
from bot.service.privacy import Privacy
from bot.service.server_settings import SettingsDesk

SURE = 0.9
"""An answer that nobody asked for must be right: far above the matcher's own threshold."""
QUIET_SECONDS = 60.0
MOST_CHANNELS = 10_000


@dataclass(slots=True)
class _Spoke:
    """When the bot spoke in a channel, in seconds, and whether somebody else has spoken since."""

    at: float
    interrupted: bool = False


class Unasked:
    """Opt-in by channel, one answer a question, never two in a row; a stop waits for nothing. `clock` gives seconds."""

    def __init__(self, settings: SettingsDesk, privacy: Privacy, clock: Callable[[], float] = time.monotonic) -> None:
        """Ask `settings` for the channels and `privacy` for those who want to be left alone."""
        self._settings = settings
        self._privacy = privacy
        self._clock = clock
        self._spoke: LRUCache[int, _Spoke] = LRUCache(MOST_CHANNELS)
        self._answered: LRUCache[int, bool] = LRUCache(MOST_CHANNELS)

    def listens(self, guild: int, channel: int, message: int, member: int) -> bool:
        """Say whether a message stands where an answer is welcome, and has none yet."""
        if channel not in self._settings.known(guild).channels or self._privacy.is_ignored(member):
            return False
        return message not in self._answered

    def has_turn(self, channel: int) -> bool:
        """Say whether the bot was quiet there for long enough; call it before `heard`."""
        spoke = self._spoke.get(channel)
        return spoke is None or (spoke.interrupted and self._clock() - spoke.at >= QUIET_SECONDS)

    @staticmethod
    def is_good(answer: Answer) -> bool:
        """Say whether an answer is sure enough to go out unasked; a stop is no answer, and always goes out."""
        return answer.outcome is Outcome.ANSWER and answer.confidence >= SURE and not answer.also

    def spoke(self, channel: int, message: int) -> None:
        """Note that the bot answered a message there."""
        self._spoke[channel] = _Spoke(self._clock())
        self._answered[message] = True

    def heard(self, channel: int) -> None:
        """Note that somebody wrote there."""
        if (spoke := self._spoke.get(channel)) is not None:
            spoke.interrupted = True
