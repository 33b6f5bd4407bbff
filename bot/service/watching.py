"""Hearing of changes that other processes made, and dropping what was read before them."""

from collections.abc import Awaitable, Callable

from bot.service.overlays import Overlays
from bot.service.privacy import Privacy
from bot.service.server_settings import SettingsDesk
from bot.store.listening import Change, listen, tell
from bot.store.store import Store


class Watching:
    """What is done when a change is heard. On SQLite nothing is: its file belongs to one process."""

    def __init__(self, store: Store, overlays: Overlays, settings: SettingsDesk, privacy: Privacy) -> None:
        """Listen at `store`."""
        self._store = store
        self._overlays = overlays
        self._settings = settings
        self._privacy = privacy
        self._told: Callable[[str], None] | None = None

    def share(self, told: Callable[[str], None]) -> Callable[[str], Awaitable[None]]:
        """Call `told` with what other processes tell that is kept nowhere, and return what tells them. Before `run`."""
        self._told = told
        return lambda notice: tell(self._store.database, notice)

    def heard(self, change: Change) -> None:
        """Drop what a change made old; a server's overlay in use is built anew at once, all else when it is next needed."""
        if change.what in {"settings", "everything"}:
            self._settings.forget(change.guild)
        if change.what in {"overlay", "settings"} and change.guild is not None:
            self._overlays.renew(change.guild)
        elif change.what in {"overlay", "settings", "everything"}:
            self._overlays.forget(change.guild)
        if change.what in {"ignored", "everything"}:
            self._privacy.outdated()

    async def run(self) -> None:
        """Listen for ever. Cancel it to end it."""
        await listen(self._store.database, self.heard, self._told)
