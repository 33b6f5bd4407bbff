"""my-depth by taps: choose the machine, do the test, tap where the hips rolled, remember one number.

Three steps in one private message, each state in the custom_ids, so that a restart between two sets loses nothing.
"""

import re
from typing import Any, Self

import discord
from discord import ui

from bot.core.checklist import PRESSES, Press
from bot.core.my_depth.spot import SpotTest, spot_found, spot_test
from bot.sentences import say
from bot.service import Service
from bot.ui.answer.sending import edit
from bot.ui.kit import buttons
from bot.ui.kit.buttons import NO_CLAIM
from bot.ui.kit.desk import Desk, Interaction, desk_of
from bot.ui.kit.handlers import Handlers
from bot.ui.kit.layout import Layout, box, rule
from bot.ui.kit.pictures import Pictures, Shown
from bot.ui.kit.pressable import Pressable

COLOUR = 0x0072B2
PICTURES = {"sled": "setting-the-stop", "horizontal": "seat-distance"}
"""The drawing for each machine that has one of its own; a sled that has stops would mislead on one that has none."""
TITLE = say("card.spot_card.title")
INTRO = say("card.spot_card.intro")
CHOOSE, OTHER_MACHINE, DRAW, HOW = (
    "Your machine",
    "Other machine",
    say("card.spot_card.draw_it_for_my_body"),
    say("card.spot_card.more_on_test"),
)
HEAD = say("card.spot_card.head")
KEEP_DOWN = say("card.spot_card.keep_down")


class SpotMachine(Pressable[ui.Select[Any]], template=r"lp-spot-machine"):
    """The select that names the machine."""

    def __init__(self) -> None:
        options = [
            discord.SelectOption(label=press.name[0].upper() + press.name[1:], value=press.key)
            for press in PRESSES.values()
        ]
        super().__init__(ui.Select(placeholder=CHOOSE, options=options, custom_id="lp-spot-machine"))

    @classmethod
    def parsed(cls, _match: re.Match[str]) -> Self:
        """Return the select."""
        return cls()

    def is_held(self, _desk: Desk, /) -> bool:
        """Say that a stop holds the test back."""
        return True

    async def pressed(self, interaction: Interaction) -> None:
        """Show the test on that machine."""
        for key in self.item.values[:1]:
            if key in PRESSES:
                desk = desk_of(interaction)
                service = await desk.service_for(interaction.guild_id)
                layout = await spot_layout(service, desk.pictures, PRESSES[key])
                await edit(interaction, layout)


class SpotAnswer(Pressable[ui.Select[Any]], template=r"lp-spot-answer:(?P<press>[a-z]{1,12})"):
    """The select that says where the hips rolled."""

    def __init__(self, key: str, test: SpotTest | None = None) -> None:
        self.key = key
        answers = test.answers if test is not None else (("1", "1"),)
        options = [discord.SelectOption(label=label, value=value) for value, label in answers]
        asked = test.mark.asked if test is not None else "…"
        super().__init__(ui.Select(placeholder=asked, options=options, custom_id=f"lp-spot-answer:{key}"))

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """Return the select of the machine that the custom_id names."""
        return cls(match["press"])

    def is_held(self, _desk: Desk, /) -> bool:
        """Say that a stop holds the number back."""
        return True

    async def pressed(self, interaction: Interaction) -> None:
        """Show the number, and the question again below it for another try."""
        for answer in self.item.values[:1]:
            if self.key in PRESSES:
                desk = desk_of(interaction)
                service = await desk.service_for(interaction.guild_id)
                layout = found_layout(spot_test(service.knowledge, PRESSES[self.key]), answer, service.safety_line)
                await edit(interaction, layout)


def machines_layout() -> Layout:
    """Return the first step: which machine."""
    return Layout(
        box(COLOUR, ui.TextDisplay(f"### {TITLE}\n{INTRO}\n{KEEP_DOWN}"), ui.ActionRow(SpotMachine()))
    ).sealed()


async def spot_layout(service: Service, pictures: Pictures, press: Press, *, form: str = "") -> Layout:
    """Return the second step: the test on that machine. `form`: what the button to the drawing carries."""
    named = PICTURES.get(press.key)
    picture = None if named is None else await pictures.named(named)
    return layout_of_test(spot_test(service.knowledge, press), picture, service.safety_line, form=form)


def layout_of_test(test: SpotTest, picture: Shown | None, safety_line: str, *, form: str = "") -> Layout:
    """Return the test: its steps, and the question after it."""
    steps = "\n".join(f"{number}. {step}" for number, step in enumerate(test.steps, start=1))
    count = say("my_depth.spot.count", first=test.mark.first)
    return Layout(
        box(
            COLOUR,
            ui.TextDisplay(f"### {TITLE}: {test.press.name}"),
            *([picture.block()] if picture is not None else []),
            ui.TextDisplay(f"**{HEAD}**\n{steps}"),
            ui.TextDisplay(f"**{test.mark.asked}** {count}"),
            ui.ActionRow(SpotAnswer(test.press.key, test)),
            *_last(test, safety_line, form),
        ),
        pictures=[picture] if picture is not None else [],
    ).sealed()


def found_layout(test: SpotTest, answer: str, safety_line: str) -> Layout:
    """Return the third step: the number, what to do with it, and the question again."""
    found = spot_found(test.press, answer)
    head = say("card.spot_card.found", number=found.number, name=test.press.name) if found.number else f"### {TITLE}"
    lines = [f"- {line}" for line in found.lines] if found.number else list(found.lines)
    return Layout(
        box(
            COLOUR,
            ui.TextDisplay(head),
            ui.TextDisplay("\n".join(lines)),
            ui.ActionRow(SpotAnswer(test.press.key, test)),
            *_last(test, safety_line, ""),
        )
    ).sealed()


def _last(test: SpotTest, safety_line: str, form: str) -> list[ui.Item[Any]]:
    packed = form or f"{test.press.machine.key}||||"
    row: ui.ActionRow[Any] = ui.ActionRow(
        buttons.Press("spot", NO_CLAIM, OTHER_MACHINE, emoji="🔁"),
        buttons.Press("depth", packed, DRAW, emoji="📐"),
        buttons.Press("show", "find-your-depth", HOW, emoji="📋"),
    )
    return [row, *([rule(), ui.TextDisplay(safety_line)] if safety_line else [])]


async def start_again(interaction: Interaction, _about: str) -> None:
    """Go back to the first step, in place."""
    await edit(interaction, machines_layout())


HANDLERS = Handlers(buttons={"spot": start_again}, held=frozenset({"spot"}))
