"""Tells systemd that the bot has started, that its event loop turns, and that it ends (sd_notify(3)).

Without systemd, or where the unit asks for none of it, nothing is sent.
"""

import asyncio
import logging
import os
import socket
from collections.abc import Callable, Mapping

log = logging.getLogger(__name__)

STATUS_SECONDS = 10.0
"""How often a changed status is told where systemd wants no signs of life."""


class Watchdog:
    """What systemd hears of this process."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        """Read from `environment` where systemd listens, and how often it wants a sign of life."""
        self._address = environment.get("NOTIFY_SOCKET", "")
        usec, pid = environment.get("WATCHDOG_USEC", ""), environment.get("WATCHDOG_PID", "")
        wanted = usec.isascii() and usec.isdecimal() and pid in ("", str(os.getpid()))
        self.every = int(usec) / 1e6 / 2 if wanted and self._address else 0.0
        """Seconds between two signs of life, half of what systemd asks for; 0.0 where it wants none."""

    def tell(self, *lines: str) -> bool:
        """Send lines such as "READY=1", and say whether they went out; where they did not, systemd sees what is missing."""
        if not self._address:
            return False
        address = f"\0{self._address[1:]}" if self._address.startswith("@") else self._address
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as way:
                way.setblocking(False)
                way.sendto("\n".join(lines).encode(), address)
        except OSError as fault:
            log.debug("systemd does not hear: %s", fault.strerror)
            return False
        return True

    async def run(self, status: Callable[[], str]) -> None:
        """Say that the bot runs, then give signs of life, with `status` in words where it changed. Cancel it to end it."""
        told, begun = "", False
        while self._address:
            now = status()
            lines = [] if begun else ["READY=1"]
            lines += [f"STATUS={now}"] if now != told else []
            lines += ["WATCHDOG=1"] if self.every else []
            if lines and self.tell(*lines):
                told, begun = now, True
            await asyncio.sleep(self.every or STATUS_SECONDS)
