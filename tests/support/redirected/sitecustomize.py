"""Sends a whole bot process to the stand-in: Python imports this first where its folder is on PYTHONPATH.

The bot itself has no setting for another Discord, so that no host is ever talked into one.
"""

import os
from typing import Any

if os.environ.get("DISCORD_STAND_IN"):
    import asyncio

    run: Any = asyncio.run

    def redirected(*arguments: Any, **named: Any) -> Any:
        """Do what `asyncio.run` does, on the stand-in: before it the bot imports discord.py in a way of its own."""
        from discord import gateway, http
        from yarl import URL

        address = URL(os.environ["DISCORD_STAND_IN"])
        http.Route.BASE = f"{address}/api/v10"
        gateway.DiscordWebSocket.DEFAULT_GATEWAY = address.with_scheme("ws") / ""
        return run(*arguments, **named)

    asyncio.run = redirected

if os.environ.get("LOOP_PAUSES"):
    from importlib import import_module

    import_module("pauses").watch(os.environ["LOOP_PAUSES"])  # it lies beside this file

if os.environ.get("STAGES_OF_PROCESSOR"):
    import time
    from types import SimpleNamespace

    from bot import measures

    # Stages tell the processor's time instead of the clock's, of which other programs take their share.
    measures.time = SimpleNamespace(perf_counter=time.thread_time)  # type: ignore[attr-defined,assignment]

if os.environ.get("HANGING_THREAD"):
    import threading
    import time

    threading.Thread(target=time.sleep, args=(60,)).start()
