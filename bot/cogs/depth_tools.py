"""`/legpress checklist` and `/legpress my-depth`: what a member uses at the machine."""

from typing import Any

from discord import app_commands

from bot.core.checklist import PRESSES, Goal, checklist
from bot.core.geometry import MACHINES, FootHeight
from bot.sentences import say
from bot.ui.answer.sending import send_privately
from bot.ui.kit.desk import Interaction, desk_of
from bot.ui.kit.ticks import State
from bot.ui.tools.checklist_card import checklist_layout
from bot.ui.tools.depth_card import MOST_TYPED, Typed, open_depth, show_depth

Text = app_commands.Range[str, 1, MOST_TYPED]

_machines = app_commands.choices(
    machine=[app_commands.Choice(name=machine.name, value=machine.key) for machine in MACHINES.values()]
)


@app_commands.describe(
    machine=say("commands.depth_tools.show_checklist_machine"), goal=say("commands.depth_tools.show_checklist_goal")
)
@app_commands.choices(machine=[app_commands.Choice(name=press.name, value=press.key) for press in PRESSES.values()])
@app_commands.choices(goal=[app_commands.Choice(name=goal.value, value=goal.name) for goal in Goal])
async def show_checklist(interaction: Interaction, machine: str = "", goal: str = "") -> None:
    """Show a fresh checklist, for the member alone."""
    service = await desk_of(interaction).service_for(interaction.guild_id)
    found = checklist(service.knowledge, PRESSES.get(machine), Goal[goal] if goal else Goal.GENERAL)
    state = State(interaction.user.id, found.version)
    await send_privately(interaction, [checklist_layout(found, state, safety_line=service.safety_line)])


@app_commands.describe(
    machine=say("commands.depth_tools.show_my_depth_machine"),
    backrest=say("commands.depth_tools.show_my_depth_backrest"),
    feet=say("commands.depth_tools.show_my_depth_feet"),
    height=say("commands.depth_tools.show_my_depth_height"),
    roll=say("commands.depth_tools.show_my_depth_roll"),
)
@_machines
@app_commands.choices(feet=[app_commands.Choice(name=feet.value, value=feet.value) for feet in FootHeight])
async def show_my_depth(
    interaction: Interaction,
    *,
    machine: str = "",
    backrest: Text = "",
    feet: str = "",
    height: Text = "",
    roll: Text = "",
) -> None:
    """Show the member's own depth; with nothing given, open the form that asks for it."""
    typed = Typed(machine, backrest, feet, height, roll)
    if typed == Typed():
        await open_depth(interaction, typed.packed())
    else:
        await show_depth(interaction, typed)


def tool_commands() -> list[app_commands.Command[Any, ..., None]]:
    """Return the commands, for the group /legpress."""
    return [
        app_commands.Command(
            name="checklist", description=say("commands.depth_tools.checklist"), callback=show_checklist
        ),
        app_commands.Command(name="my-depth", description=say("commands.depth_tools.my_depth"), callback=show_my_depth),
    ]
