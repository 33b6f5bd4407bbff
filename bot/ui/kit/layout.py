"""The message with Components V2 that everything here is built of."""

from collections.abc import Iterable, Iterator
from typing import Any, Self

import discord
from discord import ui

from bot.ui.kit import faults
from bot.ui.kit.desk import Interaction
from bot.ui.kit.kept import Kept
from bot.ui.kit.limits import assert_fits
from bot.ui.kit.pictures import Shown


class Layout(ui.LayoutView):
    """A message of containers; all its buttons carry their own state (`buttons.Pressable`).

    `pictures` are those that the containers show: their files have to go with the message, and with each edit of it.
    """

    def __init__(self, *containers: ui.Container[Any], pictures: Iterable[Shown] = ()) -> None:
        super().__init__(timeout=None)
        self._pictures = tuple(pictures)
        self._made: list[dict[str, Any]] = []
        self._count = 0
        self._kept: Kept | None = None
        for container in containers:
            self.add_item(container)

    @classmethod
    def again(cls, kept: Kept, pictures: Iterable[Shown] = ()) -> Self:
        """Return a sealed message of what another one was; `pictures` are called as that one's."""
        layout = cls(pictures=pictures)
        layout._made, layout._count, layout._kept = kept.components, kept.count, kept
        layout.stop()
        return layout

    @property
    def kept(self) -> Kept | None:
        """What it was made from, if it is nothing besides."""
        return self._kept if not self.children else None

    def to_components(self) -> list[dict[str, Any]]:
        """Return the message as Discord takes it."""
        added: list[dict[str, Any]] = super().to_components()  # type: ignore[no-untyped-call]
        return [*self._made, *added]

    @property
    def total_children_count(self) -> int:
        """How many parts it has, nested ones too."""
        return self._count + super().total_children_count

    def has_components_v2(self) -> bool:
        """Say that all of these are of the newer kind."""
        return True

    def sealed(self) -> Self:
        """Return the layout, ready to send.

        Raises ValueError where Discord would refuse it. It counts as finished, so that discord.py keeps no copy and
        starts no timer: for private messages it would otherwise hold each one for fifteen minutes.
        """
        assert_fits(self)
        self.stop()
        return self

    def files(self) -> list[discord.File]:
        """Return the pictures' files, anew for each request."""
        return [file for picture in self._pictures if (file := picture.file()) is not None]

    async def on_error(self, interaction: Interaction, error: Exception, item: ui.Item[Any], /) -> None:
        """Answer for a failing component that is no `Pressable`."""
        await faults.answer_for(interaction, f"component {type(item).__name__}", error)


def words_of(layout: Layout) -> str:
    """Return all text of a message, without what is to be pressed and seen."""
    return "\n\n".join(_texts(layout.to_components()))


def _texts(components: Iterable[dict[str, Any]]) -> Iterator[str]:
    for each in components:
        if each.get("type") == discord.ComponentType.text_display.value:
            yield str(each["content"])
        yield from _texts(each.get("components", ()))


def box(colour: int, *items: ui.Item[Any]) -> ui.Container[Any]:
    """Return a container with the accent `colour`; empty rows are left out."""
    kept = [item for item in items if not (isinstance(item, ui.ActionRow) and not item.children)]
    return ui.Container(*kept, accent_colour=colour)


def rule() -> ui.Separator[Any]:
    """Return the thin line between the parts of a card."""
    return ui.Separator()
