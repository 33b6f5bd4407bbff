"""Sends a whole bot process to the stand-in: Python imports this first where its folder is on PYTHONPATH.

The bot itself has no setting for another Discord, so that no host is ever talked into one.
"""

import os

if os.environ.get("DISCORD_STAND_IN"):
    from discord import gateway, http
    from yarl import URL

    address = URL(os.environ["DISCORD_STAND_IN"])
    http.Route.BASE = f"{address}/api/v10"
    gateway.DiscordWebSocket.DEFAULT_GATEWAY = address.with_scheme("ws") / ""
