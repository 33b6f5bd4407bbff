"""Pictures as attachments of a message: drawn beside the event loop, and their words where they cannot be."""

import asyncio
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from bot.core.drawing import PICTURES, Picture, picture_named
from bot.core.model import Claim
from bot.pictures import PictureCache
from bot.ui import faults
from bot.ui.limits import cut

MOST_BYTES = 60_000
"""Of a picture: what a phone in a cellar gym still loads at once."""
DRAWING_SECONDS = 0.7
"""How long an answer waits for its picture; with matching it still arrives within Discord's three seconds."""
MOST_DESCRIPTION = 1024
NOT_SHOWN = "-# 🖼️ The picture is missing here. It shows: "


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture of a message: its file's name, its words, and its PNG (None where it could not be drawn)."""

    name: str
    alt: str
    png: bytes | None = None

    def file(self) -> discord.File | None:
        """Return it as an attachment, anew for each request, since a file is read once."""
        return None if self.png is None else discord.File(io.BytesIO(self.png), self.name, description=self._alt())

    def block(self, most_words: int = MOST_DESCRIPTION) -> ui.Item[Any]:
        """Return the picture as part of a card; where there is none, at most `most_words` characters of its words."""
        if self.png is None:
            return ui.TextDisplay(NOT_SHOWN + cut(self.alt, most_words))
        media = discord.MediaGalleryItem(f"attachment://{self.name}", description=self._alt())
        return ui.MediaGallery(media)

    def without_file(self) -> "Shown":
        """Return the words alone, for a place where the bot may not attach files."""
        return Shown(self.name, self.alt)

    def _alt(self) -> str:
        return cut(self.alt, MOST_DESCRIPTION)


class Pictures:
    """Draws the pictures of messages; what fails or takes too long leaves the words."""

    def __init__(self, cache: PictureCache, *, seconds: float = DRAWING_SECONDS) -> None:
        self._cache = cache
        self._seconds = seconds

    async def of(self, claim: Claim) -> Shown | None:
        """Return the picture that a claim names; None where it names none that exists. Never raises."""
        drawing = picture_named(claim.picture) if claim.picture else None
        if drawing is None:
            return None
        return await self._drawn(f"{drawing.name}.png", drawing.alt, lambda: self._png(drawing))

    async def draw_all(self) -> None:
        """Draw all drawings ahead, so that no answer waits for its own. Never raises."""
        for drawing in PICTURES.values():
            try:
                await asyncio.to_thread(self._png, drawing)
            except Exception as fault:  # noqa: BLE001 -- nobody waits for it
                faults.note(f"drawing {drawing.name} ahead", fault)

    async def own(self, name: str, svg: str, alt: str) -> Shown:
        """Return a picture made for one member, of which nothing is written to disk. Never raises."""
        return await self._drawn(name, alt, lambda: self._cache.png(svg, on_disk=False))

    def _png(self, drawing: Picture) -> bytes:
        return self._cache.png(drawing.svg)

    async def _drawn(self, name: str, alt: str, draw: Callable[[], bytes]) -> Shown:
        try:
            async with asyncio.timeout(self._seconds):
                png = await asyncio.to_thread(draw)
        except Exception as fault:  # noqa: BLE001 -- whatever fails here, the answer goes out with the words
            faults.note(f"drawing {name}", fault)
            return Shown(name, alt)
        return Shown(name, alt, png)
