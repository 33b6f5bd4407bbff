"""The link that adds the bot to a server, with exactly the permissions that it uses."""

import discord
from discord.utils import oauth_url

PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    attach_files=True,
    read_message_history=True,
)


def invitation(application: int) -> str:
    """Return the address that adds the application with this id to a server."""
    return oauth_url(application, permissions=PERMISSIONS, scopes=("bot", "applications.commands"))
