"""my-depth in Discord, after a member's own test: the form, the card with the picture, and what was typed, carried by the buttons and kept nowhere."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from discord import ui

from bot.core.checklist import PRESSES
from bot.core.geometry import MACHINES, FootHeight
from bot.core.my_depth import CLEARANCE, DepthRequest, DepthResult, Measured, Units, depth_request, my_depth, words
from bot.core.my_depth.inputs import INCH
from bot.errors import UserError
from bot.sentences import say
from bot.ui import wording
from bot.ui.answer.card import Place
from bot.ui.answer.held import alarmed, held_back
from bot.ui.answer.sending import edit, may_speak, place_of, post, send_privately
from bot.ui.kit.buttons import NO_CLAIM, Press
from bot.ui.kit.desk import Interaction, desk_of, whose
from bot.ui.kit.forms import FieldsForm
from bot.ui.kit.handlers import Handlers
from bot.ui.kit.layout import Layout, box, rule
from bot.ui.kit.limits import cut
from bot.ui.kit.pictures import Shown
from bot.ui.tools.spot_card import machines_layout, spot_layout

COLOUR = 0x0072B2
MOST_FAULTS, MOST_WORDS = 2700, 600
"""Characters of what could not be read, and of a missing picture's words."""
MOST_TYPED = 60
LONGEST_HEADING = 60
_KEPT = {"machine": 10, "backrest": 16, "feet": 6, "height": 16, "roll": 28}
"""Characters of each field that a button carries: 80 with what stands between, of Discord's 100."""
_BETWEEN = "|"
OWN = say("card.depth_card.own")
A_MEMBERS = say("card.depth_card.a_members")
SHARED = say("card.depth_card.shared")


@dataclass(frozen=True, slots=True)
class Typed:
    """What a member typed, field by field; "" where nothing."""

    machine: str = ""
    backrest: str = ""
    feet: str = ""
    height: str = ""
    roll: str = ""

    def packed(self) -> str:
        """Return it as a button carries it; a field that is too long for that is left out."""
        kept = {name: " ".join(text.replace(_BETWEEN, " ").split()) for name, text in asdict(self).items()}
        return _BETWEEN.join(text if len(text) <= _KEPT[name] else "" for name, text in kept.items())

    @classmethod
    def unpacked(cls, packed: str) -> "Typed":
        """Return what `packed` made; an older button's fewer fields leave the others empty."""
        return cls(*packed.split(_BETWEEN)[: len(fields(cls))])

    @classmethod
    def of(cls, request: DepthRequest) -> "Typed":
        """Return what gives `request` again, as short as it can be written."""
        roll = ""
        if request.roll is not None:
            travelled = request.roll.measured is Measured.TRAVEL
            metric = request.units is Units.METRIC
            length = f"{_short(100 * request.roll.value)} cm" if metric else f"{_short(request.roll.value / INCH)} in"
            roll = length if travelled else f"{request.roll.measured} {_short(request.roll.value)}"
        rest = f"{_short(request.backrest)} deg" if request.notch is None else f"notch {request.notch}"
        return cls(request.machine.key, rest, request.feet, words.height(request), roll)


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


async def open_depth(interaction: Interaction, packed: str) -> None:
    """Open the form, filled with what its button carries; where that is nothing, the test that is done by taps."""
    typed = Typed.unpacked(packed)
    if typed == Typed():
        await send_privately(interaction, [machines_layout()])
        return
    form = FieldsForm("depth", NO_CLAIM, interaction.id, title=say("card.depth_card.find_your_own_depth"))
    form.add_choice(
        "machine", "Machine", description=say("card.depth_card.one_you_train_on"),
        options=[(machine.key, machine.name[0].upper() + machine.name[1:]) for machine in MACHINES.values()],
        value=typed.machine if typed.machine in MACHINES else next(iter(MACHINES)),
    )  # fmt: skip
    form.add_text(
        "backrest", "Back rest", description=say("card.depth_card.back_rest_examples"),
        value=typed.backrest, most=MOST_TYPED, required=False, long=False,
    )  # fmt: skip
    form.add_choice(
        "feet", say("card.depth_card.feet_on_plate"), description=say("card.depth_card.where_they_usually_are"),
        options=[(feet.value, feet.value.capitalize()) for feet in FootHeight],
        value=typed.feet if typed.feet in list(FootHeight) else FootHeight.MIDDLE,
    )  # fmt: skip
    form.add_text(
        "height", "Your height", description=say("card.depth_card.height_examples"),
        value=typed.height, most=MOST_TYPED, required=False, long=False,
    )  # fmt: skip
    form.add_text(
        "roll", say("card.depth_card.where_your_hips_start_to_roll"), description=say("card.depth_card.from_the_two_minute_test"),
        value=typed.roll, most=MOST_TYPED, required=False, long=False,
    )  # fmt: skip
    await form.show(interaction)


async def show_depth(interaction: Interaction, typed: Typed) -> None:
    """Show a member's depth, privately; what cannot be read comes back with the form to put it right."""
    desk = desk_of(interaction)
    # Typed by a person, so it passes the safety gate like everything else.
    if await alarmed(interaction, typed.backrest, typed.height, typed.roll) or await held_back(interaction):
        return
    try:
        request = depth_request(**asdict(typed))
        if request.roll is None:
            await send_privately(interaction, [await test_layout_for(interaction, request.machine.key, typed)])
            return
        result = await desk.pictures.worked_out(lambda: my_depth(request), whose(interaction))
    except UserError as fault:
        await send_privately(interaction, [unreadable(str(fault), typed)])
        return
    picture = await desk.pictures.own("my-depth.png", result.svg, result.alt, whose(interaction))
    service = await desk.service_for(interaction.guild_id)
    layout = depth_layout(result, picture, place_of(interaction), safety_line=service.safety_line)
    await send_privately(interaction, [layout])


async def test_layout_for(interaction: Interaction, machine: str, typed: Typed) -> Layout:
    """Return the test on a machine, with a button to the form that carries what was typed."""
    desk = desk_of(interaction)
    service = await desk.service_for(interaction.guild_id)
    return await spot_layout(service, desk.pictures, PRESSES[machine], form=typed.packed())


def unreadable(faults: str, typed: Typed) -> Layout:
    """Return what is said of fields that cannot be read, and a button to the form with all that was typed."""
    text = "\n".join(["### Almost", *(f"- {fault}" for fault in faults.splitlines())])
    row = ui.ActionRow[Any](Press("depth", typed.packed(), "Put it right", emoji="✏️"))
    return Layout(box(wording.QUIET_COLOUR, ui.TextDisplay(cut(text, MOST_FAULTS)), row)).sealed()


def depth_layout(result: DepthResult, picture: Shown, place: Place, *, safety_line: str = "") -> Layout:
    """Return the card: title and what it comes to, the picture, then the numbers and what would buy room."""
    text = result.text
    if not place.private:
        text = words.tested(result.request, result.stop, result.changes, CLEARANCE, whose="their")
    setting, *lines = text.split("\n")
    caveat = lines.pop() if lines and lines[-1] == words.MODEL_CAVEAT else ""
    summed = words.tested_lines(result.request, result.stop, result.changes, CLEARANCE)[0]
    title = OWN if place.private else A_MEMBERS
    head = [f"### {title}", f"**{summed}**", f"-# {setting}", *([] if place.private else [f"-# {SHARED}"])]
    parts: list[ui.Item[Any]] = [
        ui.TextDisplay("\n".join(head)),
        picture.block(MOST_WORDS),
        *(ui.TextDisplay(text) for text in _paragraphs(lines)),
    ]
    if caveat:
        parts.append(ui.TextDisplay(f"-# {caveat}"))
    if safety_line:
        parts += [rule(), ui.TextDisplay(safety_line)]
    parts.append(ui.ActionRow(*_buttons(result, place)))
    return Layout(box(COLOUR, *parts), pictures=[picture]).sealed()


def _paragraphs(lines: list[str]) -> list[str]:
    """Return the lines in blocks: what a list is headed by, bold where it is short, and the list stand together.

    A list ends its block, since Markdown would take what follows for the last item's.
    """
    blocks: list[list[str]] = [[]]
    for line in lines:
        heads = line.endswith(":") and len(line) <= LONGEST_HEADING
        if blocks[-1] and (heads or (_is_item(blocks[-1][-1]) and not _is_item(line))):
            blocks.append([])
        blocks[-1].append(f"**{line}**" if heads else line)
    return ["\n".join(block) for block in blocks if block]


def _is_item(line: str) -> bool:
    return re.match(r"(-|\d+\.) ", line) is not None


def _buttons(result: DepthResult, place: Place) -> list[ui.Item[Any]]:
    if not place.private:
        return [Press("depth", Typed().packed(), "Find mine", emoji="📐")]
    packed = Typed.of(result.request).packed()
    buttons: list[ui.Item[Any]] = [
        Press("depth", packed, "Change something", emoji="✏️"),
        Press("show", "find-your-depth", "How to test", emoji="📋"),
    ]
    if place.shareable:
        buttons.append(Press("depthshare", packed, "Share", emoji="📣"))
    return buttons


async def share_depth(interaction: Interaction, packed: str) -> None:
    """Post the card in the channel, without saying whose it is."""
    if interaction.guild_id is not None and not may_speak(interaction, interaction.permissions):
        raise UserError(wording.CANNOT_SHARE)
    desk = desk_of(interaction)
    line = (await desk.service_for(interaction.guild_id)).safety_line
    request = depth_request(**asdict(Typed.unpacked(packed)))
    result = await desk.pictures.worked_out(lambda: my_depth(request), whose(interaction))
    picture = await desk.pictures.own("my-depth.png", result.svg, result.alt, whose(interaction))

    def public(shown: Shown | None) -> Layout:
        return depth_layout(result, shown or picture, Place(), safety_line=line)

    if not await post(interaction, public, picture):
        layout = public(picture)
        await interaction.response.send_message(view=layout, files=layout.files())
        return
    mine = depth_layout(result, picture, Place(private=True), safety_line=line)
    await edit(interaction, mine)


async def received_depth(interaction: Interaction, _about: str, typed: Mapping[str, str]) -> None:
    """Answer the form."""
    await show_depth(interaction, Typed(**{each.name: typed.get(each.name, "")[:MOST_TYPED] for each in fields(Typed)}))


HANDLERS = Handlers(
    buttons={"depth": open_depth, "depthshare": share_depth},
    forms={"depth": received_depth},
    held=frozenset({"depth", "depthshare"}),
)
