"""What a stop holds back at commands, buttons and forms: whoever was stopped gets the stop in its place."""

from bot.core.model import Answer, Tier
from bot.errors import GateFailedError
from bot.service.conversations import NO_CONTEXT, UNSEEN, Context
from bot.ui.answer.replies import stop
from bot.ui.answer.sending import send_privately
from bot.ui.kit.asked import title_of_own_thread
from bot.ui.kit.desk import Interaction, desk_of

GROUP = "legpress"
"""The group whose commands bring training advice, or lead to it."""
FREE_COMMANDS = frozenset({"ask", "report"})
"""Its commands that look for themselves: one takes words, the other opens a form for some."""


def is_held_command(interaction: Interaction) -> bool:
    """Say whether an interaction is a command whose answer a stop holds back."""
    command = interaction.command
    if command is None:
        return False
    group, _, name = command.qualified_name.partition(" ")
    return group == GROUP and name not in FREE_COMMANDS


async def held_back(interaction: Interaction, *, again: bool = False) -> bool:
    """Give whoever sent the interaction the stop that holds for them there, and say whether one does.

    In a thread of their own whose title is an alarm, the title's stop holds.
    """
    desk, member = desk_of(interaction), interaction.user.id
    answer = await desk.held(interaction.channel_id, member, interaction.guild_id, private=True, again=again)
    if answer is not None:
        return await gave(interaction, answer)
    title = title_of_own_thread(interaction.channel, member)
    stop = await desk.stop_in(title, interaction.guild_id, member) if title else None
    return stop is not None and stop.tier is not Tier.SOON and await alarmed(interaction, title)


async def context_of(interaction: Interaction) -> Context:
    """Return what a question asked by a command or a form stands in: the title of a thread of the asker's own."""
    title = title_of_own_thread(interaction.channel, interaction.user.id)
    if not title:
        return NO_CONTEXT
    try:
        return Context(alarm=await desk_of(interaction).stop_in(title, interaction.guild_id, interaction.user.id))
    except GateFailedError:
        return UNSEEN


async def alarmed(interaction: Interaction, *fields: str) -> bool:
    """Give the stop for an alarm that was typed into a form's fields, together or into one, and say whether it was one.

    Raises GateFailedError where the gate fails.
    """
    typed = [text for text in fields if text.strip()]
    for text in dict.fromkeys(("\n".join(typed), *typed)):
        place, member, guild = interaction.channel_id, interaction.user.id, interaction.guild_id
        answer = await desk_of(interaction).alarm(place, member, text, guild) if text else None
        if answer is not None:
            return await gave(interaction, answer)
    return False


async def gave(interaction: Interaction, answer: Answer) -> bool:
    """Show a stop privately; True for whoever asks whether it did."""
    assert answer.stop is not None
    await send_privately(interaction, [stop(answer.text, answer.stop)])
    desk_of(interaction).note_answered(interaction.guild_id, interaction.user.id, answer, [interaction.user])
    return True
