"""`/settings`: one private message in which every choice counts at once."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

import aiohttp
import discord
from discord import ui

from bot.errors import UserError
from bot.sentences import say
from bot.service.access import Right
from bot.service.server_values import LONGEST_RETENTION, ServerSettings
from bot.store.drafts import MOST_CHARACTERS, MOST_DRAFTS
from bot.store.inbox import MOST_WORDINGS
from bot.store.pictures import MOST_PICTURES
from bot.store.revisions import MOST_HISTORY
from bot.store.servers import Usage
from bot.ui import wording
from bot.ui.desks.telling import tell_log, try_log
from bot.ui.kit import deadline
from bot.ui.kit.buttons import NO_CLAIM, Press
from bot.ui.kit.desk import Interaction
from bot.ui.kit.handlers import Handlers
from bot.ui.kit.layout import Layout, box, rule
from bot.ui.kit.picks import channels_row, roles_row, values_row
from bot.ui.kit.turn import Turn, turn_of

log = logging.getLogger(__name__)

NEARLY_ALL = 0.8
"""The share of a server's members from which a role, or several together, are what everybody has, bots and newcomers aside."""
COUNTING_SECONDS = 1.0
MOST_ASKED = 5
"""Roles that one question is about."""
NONE = "none"
"""In the place of a region: the host's."""
RETENTIONS = (1, 3, 7, 14, LONGEST_RETENTION)
LANGUAGE = say("moderators.settings.language")
REGION_NAMES = {
    "neutral": say("moderators.settings.region_names_neutral"),
    "eu": "European Union",
    "us": "United States",
    "ca": "Canada",
    "uk": "United Kingdom",
    "nz": "New Zealand",
}
PLACES = (discord.ChannelType.text, discord.ChannelType.public_thread, discord.ChannelType.news)

ROLES = {
    "suggest": ("May suggest answers", "Nobody named: everybody", "Everybody"),
    "edit": (
        say("moderators.settings.may_edit"),
        say("moderators.settings.roles_edit"),
        "Manage Server",
    ),
    "approve": (say("moderators.settings.may_approve"), say("moderators.settings.roles_edit"), "Manage Server"),
}
NEEDS_HOST = say("moderators.settings.needs_host")
LOG_CHOSEN = say("moderators.settings.log_chosen")


def settings_layout(
    settings: ServerSettings, regions: tuple[str, ...], usage: Usage, *, reads_messages: bool
) -> Layout:
    """Return the settings of a server as they are, with what changes them, and below what the server takes of its room."""
    parts: list[ui.Item[Any]] = [ui.TextDisplay(say("moderators.settings.heading"))]
    for name, (what, nobody, placeholder) in ROLES.items():
        chosen = getattr(settings, f"{name}_roles")
        parts.append(ui.TextDisplay(say("moderators.settings.role", what=what, nobody=nobody)))
        parts.append(roles_row("setroles", name, placeholder, chosen))
    parts += [rule(), ui.TextDisplay(say("moderators.settings.region"))]
    options = [
        (NONE, say("moderators.settings.as_host_set_it")),
        *((each, REGION_NAMES.get(each, each.upper())) for each in regions),
    ]
    parts.append(values_row("setregion", NO_CLAIM, "Region", options, settings.region or NONE))
    parts.append(ui.TextDisplay(LANGUAGE))
    parts += [rule(), *_places(settings, reads_messages=reads_messages), rule(), *_keeping(settings)]
    parts += [rule(), ui.TextDisplay(_room(usage))]
    return Layout(box(wording.QUIET_COLOUR, *parts)).sealed()


def _places(settings: ServerSettings, *, reads_messages: bool) -> list[ui.Item[Any]]:
    unasked = say("moderators.settings.unasked")
    log = say("moderators.settings.log_channel")
    log_row = channels_row(
        "setlog", NO_CLAIM, "None", [settings.log_channel] if settings.log_channel else [], PLACES, most=1
    )
    logged = [ui.TextDisplay[Any](log), log_row, _digest_row(settings)]
    if not reads_messages:
        return [
            ui.TextDisplay(say("moderators.settings.unasked_not_to_be_had", needs_host=NEEDS_HOST)),
            rule(),
            *logged,
        ]
    places = channels_row("setchannels", NO_CLAIM, "Nowhere", settings.channels, PLACES)
    return [ui.TextDisplay(unasked), places, rule(), *logged]


def _digest_row(settings: ServerSettings) -> ui.ActionRow[Any]:
    """Return the switch of the weekly digest, which needs a log channel."""
    text = "Weekly digest: on" if settings.digest else "Weekly digest: off"
    switch = Press("setdigest", "off" if settings.digest else "on", text, emoji="📊", disabled=not settings.log_channel)
    return ui.ActionRow(switch)


def _keeping(settings: ServerSettings) -> list[ui.Item[Any]]:
    days = [(str(each), f"{each} day{'' if each == 1 else 's'}") for each in RETENTIONS]
    if str(settings.retention_days) not in dict(days):
        days.append((str(settings.retention_days), f"{settings.retention_days} days"))
    row = values_row("setdays", NO_CLAIM, "How long", days, str(settings.retention_days))
    if settings.keep_questions:
        since = f" since <t:{int(settings.consent_at.timestamp())}:d>" if settings.consent_at else ""
        text = say("moderators.settings.questions_kept", since=since)
        stop = Press(
            "setforget",
            NO_CLAIM,
            say("moderators.settings.stop_and_delete_them"),
            emoji="🗑️",
            style=discord.ButtonStyle.danger,
        )
        return [ui.TextDisplay(text), row, ui.ActionRow(stop)]
    text = say("moderators.settings.questions_not_kept")
    ask = Press("setask", NO_CLAIM, say("moderators.settings.keep_them"), emoji="📥", style=discord.ButtonStyle.primary)
    return [ui.TextDisplay(text), ui.ActionRow(ask)]


def _room(usage: Usage) -> str:
    """Return what a server takes of what it may, and what happens where that is full."""
    return say(
        "moderators.settings.takes",
        counted=_counted(usage.items, "claim"),
        megabytes=_megabytes(usage.history),
        most_history=MOST_HISTORY // 1000000,
        drafts=usage.drafts,
        most_drafts=MOST_DRAFTS,
        megabytes_2=_megabytes(usage.draft_characters),
        most_characters=MOST_CHARACTERS // 1000000,
        pictures=usage.pictures,
        most_pictures=MOST_PICTURES,
        wordings=usage.wordings,
        most_wordings=MOST_WORDINGS,
    )


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _megabytes(characters: int) -> str:
    return "0 MB" if not characters else "under 0.1 MB" if characters < 100_000 else f"{characters / 1_000_000:.1f} MB"  # noqa: PLR2004


def consent_layout(settings: ServerSettings) -> Layout:
    """Return what a server is asked before its questions are kept."""
    return Layout(
        box(
            wording.QUIET_COLOUR,
            ui.TextDisplay(say("moderators.settings.consent", days=settings.retention_days)),
            ui.ActionRow(
                Press(
                    "setkeep",
                    NO_CLAIM,
                    say("moderators.settings.i_agree_for_this_server"),
                    emoji="✅",
                    style=discord.ButtonStyle.success,
                ),
                Press("settings", NO_CLAIM, "No, keep nothing", emoji="✖️"),
            ),
        )
    ).sealed()


async def show_settings(interaction: Interaction, _about: str = NO_CLAIM) -> None:
    """Show the settings to whoever may change them; roles and channels that are gone are taken out first."""
    turn = turn_of(interaction)
    await turn.workshop.settings.require(turn.guild, turn.actor, Right.ADMIN)
    await _tidy(turn)
    await _show(turn, await turn.workshop.settings.certain(turn.guild))


async def _show(turn: Turn, settings: ServerSettings) -> None:
    reads = turn.interaction.client.intents.message_content
    usage = await turn.workshop.settings.usage(turn.guild)
    await turn.show(settings_layout(settings, turn.workshop.settings.regions, usage, reads_messages=reads))


async def _tidy(turn: Turn) -> None:
    """Take out what was deleted while the bot was away; Discord refuses lists that name what is gone."""
    guild = turn.interaction.guild
    if guild is None or guild.unavailable:
        return
    desk = turn.workshop.settings
    settings = await desk.certain(turn.guild)
    for role in settings.suggest_roles | settings.edit_roles | settings.approve_roles:
        if guild.get_role(role) is None:
            await desk.role_deleted(turn.guild, role)
    named = settings.channels | ({settings.log_channel} if settings.log_channel else set())
    for channel in named:
        if guild.get_channel_or_thread(channel) is None:
            await desk.channel_deleted(turn.guild, channel)


async def _change(interaction: Interaction, said: str, *, then: Layout | None = None, **changes: Any) -> None:
    """Set what is named, show the settings after it, or `then`, and tell the log channel."""
    turn = turn_of(interaction)
    settings = await turn.workshop.settings.change(turn.guild, turn.actor, **changes)
    await (_show(turn, settings) if then is None else turn.show(then))
    text = f"**Settings changed** by <@{turn.actor.id}>: {said}"
    await tell_log(interaction.client, turn.workshop, turn.guild, text)


def _ids(values: list[str]) -> frozenset[int]:
    if not all(value.isdecimal() and len(value) <= 20 for value in values):  # noqa: PLR2004 -- the digits of an id
        raise UserError(say("moderators.settings.no_role_or_channel"))
    return frozenset(map(int, values))


async def pick_roles(interaction: Interaction, name: str, values: list[str]) -> None:
    """Set the roles that have a right; for more than suggesting, what nearly everybody may have needs a second yes.

    That is one role, or the new ones together with those that have the right already.
    """
    if name not in ROLES:
        raise UserError(wording.OLD_BUTTON)
    roles = _ids(values)
    if name == "suggest":
        await _set_roles(interaction, name, frozenset() if interaction.guild_id in roles else roles)
        return
    turn = turn_of(interaction)
    before: frozenset[int] = getattr(
        await turn.workshop.settings.require(turn.guild, turn.actor, Right.ADMIN), f"{name}_roles"
    )
    _require_chosen_few(interaction, roles)
    doubtful = await _doubtful(interaction, roles - before, roles & before)
    if not doubtful:
        await _set_roles(interaction, name, roles)
    elif roles - doubtful.keys() == before:
        await turn.show(_second_yes(name, doubtful))
    else:
        await _set_roles(interaction, name, roles - doubtful.keys(), _second_yes(name, doubtful))


async def _set_roles(interaction: Interaction, name: str, roles: frozenset[int], then: Layout | None = None) -> None:
    named = ", ".join(f"<@&{each}>" for each in sorted(roles)) or ROLES[name][1]
    await _change(interaction, f"{ROLES[name][0].lower()}: {named}.", then=then, **{f"{name}_roles": roles})


async def _doubtful(interaction: Interaction, new: frozenset[int], kept: frozenset[int]) -> dict[int, str]:
    """Return those new roles that nearly every member has, by itself or with the others, and what is to be said of each.

    Where Discord does not tell, these are all of them. It tells how many have a role and not who, so what several roles
    have together is taken for as many as it can be.
    """
    guild = interaction.guild
    if guild is None or not new:
        return {}
    try:
        async with asyncio.timeout(min(COUNTING_SECONDS, deadline.left())):
            counts = {role.id: count for role, count in (await guild.role_member_counts()).items()}
    except (TimeoutError, discord.HTTPException, aiohttp.ClientError) as refused:
        log.info("Discord does not tell how many members have a role (%s)", type(refused).__name__)
        return dict.fromkeys(new, say("moderators.settings.members_not_told"))
    people = guild.member_count or 0
    broad = {role for role in new | kept if counts.get(role, 0) >= NEARLY_ALL * people}
    found = {
        role: say("moderators.settings.members_have_it", have=counts.get(role, 0), people=people)
        for role in new & broad
    }
    others = (new | kept) - broad
    together = sum(counts.get(role, 0) for role in others)
    # Beside a kept role that nearly everybody has, others let hardly anybody more in.
    if not kept & broad and len(others) > 1 and together >= NEARLY_ALL * people:
        for role in sorted(new - broad):
            found[role] = say(
                "moderators.settings.members_have_it_and_could",
                have=counts.get(role, 0),
                people=people,
                could=min(together, people),
            )
    return found


def _second_yes(name: str, doubtful: Mapping[int, str]) -> Layout:
    """Return the question whether a right is really meant for everybody who has these roles, with a button for each."""
    shown = list(doubtful.items())[:MOST_ASKED]
    lines = [f"- <@&{role}>: {said}" for role, said in shown]
    if len(doubtful) > len(shown):
        lines.append(say("moderators.settings.and_more", count=len(doubtful) - len(shown)))
    asked = say("moderators.settings.meant_for_so_many", right=ROLES[name][0]) + "\n".join(lines)
    parts: list[ui.Item[Any]] = [ui.TextDisplay(asked)]
    for number, (role, _) in enumerate(shown, start=1):
        yes = Press("setbroad", f"{name}.{role}", f"Yes, role {number}", emoji="⚠️", style=discord.ButtonStyle.danger)
        parts.append(ui.ActionRow(yes))
    parts.append(ui.ActionRow(Press("settings", NO_CLAIM, say("moderators.settings.no_leave_it_as_it_is"), emoji="✖️")))
    return Layout(box(wording.QUIET_COLOUR, *parts)).sealed()


async def add_broad(interaction: Interaction, about: str) -> None:
    """Give a right to a role that nearly everybody may have: the second yes."""
    name, _, digits = about.partition(".")
    if name not in ROLES or name == "suggest":
        raise UserError(wording.OLD_BUTTON)
    roles = _ids([digits])
    turn = turn_of(interaction)
    settings = await turn.workshop.settings.require(turn.guild, turn.actor, Right.ADMIN)
    _require_chosen_few(interaction, roles)
    if interaction.guild is None or any(interaction.guild.get_role(each) is None for each in roles):
        raise UserError(say("moderators.settings.role_gone"))
    await _set_roles(interaction, name, getattr(settings, f"{name}_roles") | roles)


def _require_chosen_few(interaction: Interaction, roles: frozenset[int]) -> None:
    """Raise UserError for roles that nobody was chosen for: everybody's, and those that a bot or integration gives out."""
    guild = interaction.guild
    if guild is None:
        return
    for each in roles:
        role = guild.get_role(each)
        if each == guild.id or (role is not None and role.is_default()):
            raise UserError(say("moderators.settings.everyone_refused"))
        if role is not None and role.managed:
            raise UserError(say("moderators.settings.managed_role_refused", name=role.name))


async def pick_region(interaction: Interaction, _about: str, values: list[str]) -> None:
    """Set the region."""
    region = "" if values == [NONE] else "".join(values)
    await _change(
        interaction, f"region: {REGION_NAMES.get(region, region.upper()) or 'as the host set it'}.", region=region
    )


async def pick_channels(interaction: Interaction, _about: str, values: list[str]) -> None:
    """Set the channels where the bot may answer unasked."""
    if not interaction.client.intents.message_content:
        raise UserError(say("moderators.settings.unasked_not_switched_on"))
    channels = _ids(values)
    named = ", ".join(f"<#{each}>" for each in sorted(channels)) or "nowhere"
    await _change(interaction, f"unasked answers: {named}.", channels=channels)


async def pick_log(interaction: Interaction, _about: str, values: list[str]) -> None:
    """Set the log channel, after a first line went out there."""
    turn = turn_of(interaction)
    await turn.workshop.settings.require(turn.guild, turn.actor, Right.ADMIN)
    channel = next(iter(_ids(values[:1])), None)
    if channel is not None:
        await try_log(interaction.client, turn.guild, channel, LOG_CHOSEN)
    await _show(turn, await turn.workshop.settings.change(turn.guild, turn.actor, log_channel=channel))


async def switch_digest(interaction: Interaction, about: str) -> None:
    """Have the week told in the log channel, or no more."""
    if about not in {"on", "off"}:
        raise UserError(wording.OLD_BUTTON)
    on = say("moderators.settings.digest_on")
    said = on if about == "on" else say("moderators.settings.digest_off")
    await _change(interaction, said, digest=about == "on")


async def pick_days(interaction: Interaction, _about: str, values: list[str]) -> None:
    """Set how long questions are kept."""
    days = "".join(values)
    if not days.isdecimal() or len(days) > 3:  # noqa: PLR2004
        raise UserError(say("moderators.settings.kept_days", longest_retention=LONGEST_RETENTION))
    await _change(interaction, say("moderators.settings.days_chosen", days=days), retention_days=int(days))


async def ask_consent(interaction: Interaction, _about: str) -> None:
    """Say plainly what would be kept, and ask."""
    turn = turn_of(interaction)
    settings = await turn.workshop.settings.require(turn.guild, turn.actor, Right.ADMIN)
    await turn.show(consent_layout(settings))


async def keep(interaction: Interaction, _about: str) -> None:
    """Keep unanswered questions from now on."""
    await _change(interaction, say("moderators.settings.keeping_on"), keep_questions=True)


async def forget(interaction: Interaction, _about: str) -> None:
    """Keep none, and delete those that were kept."""
    await _change(interaction, say("moderators.settings.keeping_off"), keep_questions=False)


HANDLERS = Handlers(
    buttons={
        "settings": show_settings,
        "setask": ask_consent,
        "setkeep": keep,
        "setforget": forget,
        "setdigest": switch_digest,
        "setbroad": add_broad,
    },
    lists={
        "setroles": pick_roles,
        "setregion": pick_region,
        "setchannels": pick_channels,
        "setlog": pick_log,
        "setdays": pick_days,
    },
)
