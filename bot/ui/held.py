"""What a stop holds back at commands, buttons and forms: whoever was stopped gets the stop in its place."""

from bot.core.model import Answer
from bot.ui.desk import Interaction, desk_of
from bot.ui.replies import stop
from bot.ui.sending import send_privately

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
    """Give whoever sent the interaction the stop that holds for them there, and say whether one does."""
    answer = await desk_of(interaction).held(
        interaction.channel_id, interaction.user.id, interaction.guild_id, private=True, again=again
    )
    return answer is not None and await gave(interaction, answer)


async def alarmed(interaction: Interaction, text: str) -> bool:
    """Give the stop for an alarm that was typed into a form, and say whether it was one."""
    if not text.strip():
        return False
    answer = await desk_of(interaction).alarm(interaction.channel_id, interaction.user.id, text, interaction.guild_id)
    return answer is not None and await gave(interaction, answer)


async def gave(interaction: Interaction, answer: Answer) -> bool:
    """Show a stop privately; True for whoever asks whether it did."""
    assert answer.stop is not None
    await send_privately(interaction, [stop(answer.text, answer.stop)])
    desk_of(interaction).note_answered(interaction.guild_id, interaction.user.id, answer, [interaction.user])
    return True
