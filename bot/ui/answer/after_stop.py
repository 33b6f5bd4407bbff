"""A stop as a message of the bot: how it is known again when somebody replies to it, also after a restart."""

import re

import discord

from bot.core.conversation import LiveStop
from bot.core.model import Stop, Tier
from bot.ui import wording
from bot.ui.kit.buttons import NO_CLAIM, Press, custom_ids

_ABOUT = re.compile(r"stop-(?P<tier>[a-z_]+)-(?P<route>[A-Za-z0-9_]+)-(?P<proxy>[sp])")


def about_stop(stop: Stop) -> str:
    """Return what the "Report" button of a stop carries, so that a reply to it is known after a restart: no person, no words."""
    return f"stop-{stop.tier}-{stop.route}-{'p' if stop.proxy else 's'}"


def stop_shown(message: discord.Message) -> Stop | None:
    """Return the stop that a message of the bot is, None where it is none; older ones are known by their colour."""
    reported = ""
    for custom_id in custom_ids(message.components):
        match = Press.__discord_ui_compiled_template__.fullmatch(custom_id)
        if match is None or match["kind"] != "report":
            return None
        reported = match["claim"]
    if found := _ABOUT.fullmatch(reported):
        tier = found["tier"]
        return Stop(Tier(tier), (), found["route"], found["proxy"] == "p") if tier in set(Tier) else None
    if reported != NO_CLAIM:
        return None
    colours = [getattr(component, "accent_colour", None) for component in message.components]
    for tier in (Tier.EMERGENCY, Tier.SAME_DAY):
        if any(colour is not None and int(colour) == wording.STOP_COLOURS[tier] for colour in colours):
            return Stop(tier, ())
    return None


def live_stop(message: discord.Message) -> LiveStop | None:
    """Return the stop of a message where it is one that holds people, as if told at second 0."""
    stop = stop_shown(message)
    return None if stop is None or stop.tier is Tier.SOON else LiveStop(stop, 0.0)
