"""`/legpress checklist` and `/legpress my-depth`: what a member uses at the machine."""

from typing import Any

from discord import app_commands

from bot.core.checklist import PRESSES, Goal, checklist
from bot.core.geometry import MACHINES, FootHeight
from bot.ui.checklist_card import checklist_layout
from bot.ui.depth_card import MOST_TYPED, Typed, open_depth, show_depth
from bot.ui.desk import Interaction, desk_of
from bot.ui.sending import send_privately
from bot.ui.ticks import State

Text = app_commands.Range[str, 1, MOST_TYPED]

_machines = app_commands.choices(
    machine=[app_commands.Choice(name=machine.name, value=machine.key) for machine in MACHINES.values()]
)


@app_commands.describe(machine="The one you train on.", goal="What today is for.")
@app_commands.choices(machine=[app_commands.Choice(name=press.name, value=press.key) for press in PRESSES.values()])
@app_commands.choices(goal=[app_commands.Choice(name=goal.value, value=goal.name) for goal in Goal])
async def show_checklist(interaction: Interaction, machine: str = "", goal: str = "") -> None:
    """Show a fresh checklist, for the member alone."""
    service = await desk_of(interaction).service_for(interaction.guild_id)
    found = checklist(service.knowledge, PRESSES.get(machine), Goal[goal] if goal else Goal.GENERAL)
    state = State(interaction.user.id, found.version)
    await send_privately(interaction, [checklist_layout(found, state, safety_line=service.safety_line)])


@app_commands.describe(
    machine="The one you train on.",
    backrest="Notch (1 is the most reclined) or angle, such as 2 or 30 degrees.",
    feet="Where they usually are on the plate.",
    height="Yours, such as 178 cm, 1.78 m or 5'11.",
    roll="Where your hips start to roll in the two-minute test: hip 75, knee 85 or 30 cm.",
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
            name="checklist", description="Steps to tick at the machine, between sets.", callback=show_checklist
        ),
        app_commands.Command(
            name="my-depth", description="Your own stopping depth, drawn for your machine.", callback=show_my_depth
        ),
    ]
