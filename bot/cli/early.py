"""A service that is asked to end before it has begun: there is nothing in hand yet, so it ends at once, and well.

Until the bot's own loop takes the signals, SIGTERM would kill it by the signal, and as the first process of a container be
ignored; Ctrl-C would show a traceback of whatever was being imported.
"""

import os
import signal
import sys
from types import FrameType

SIGNALS = (signal.SIGTERM, signal.SIGINT)
SAID = "legpress: stopped before it had started."


def end_when_asked() -> None:
    """End the process with exit code 0 at the first signal, until something else takes the signals over."""
    for number in SIGNALS:
        signal.signal(number, _end)


def _end(_number: int, _frame: FrameType | None) -> None:
    module = sys.modules.get("bot.apart")  # only where it is imported can something be fitted in another process
    if module is not None and hasattr(module, "end_fits"):
        module.end_fits()
    os.write(2, f"{SAID}\n".encode())
    os._exit(0)  # an exception would pass through whatever is being imported, and C code takes that ill
