"""Pictures as attachments of a message: drawn beside the event loop, and their words where they cannot be."""

import asyncio
import io
from collections.abc import Awaitable, Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

import discord
from discord import ui

from bot import measures
from bot.core.drawing import PICTURES, Picture, picture_named
from bot.core.model import Answer, Claim, Knowledge, Outcome, OwnPicture
from bot.errors import UserError
from bot.measures import Stage
from bot.pictures import PictureCache, cleaned_kind
from bot.sentences import say
from bot.service.allowance import Pace
from bot.service.turns import Turns
from bot.ui.kit import deadline, faults
from bot.ui.kit.limits import cut
from bot.worker import DRAWER, WorkerError, WorkerTimeoutError

MOST_BYTES = 60_000
"""Of a picture: what a phone in a cellar gym still loads at once."""
DRAWING_SECONDS = 0.7
"""How long an answer waits for its picture; with matching it still arrives within Discord's three seconds."""
OWN_SECONDS = 1.5
"""A member's own picture is never drawn ahead, and the process that draws it may have to be started first."""
DECODING_SECONDS = 10.0
"""The largest picture that is taken needs two; what takes longer is stopped."""
MOST_DESCRIPTION = 1024
MOST_WORDS_BESIDE = 400
MOST_WAITING = 20
"""What members of one server have worked out that waits its turn."""
DRAWINGS_AT_ONCE, SECONDS_A_DRAWING = 8, 5.0
"""Of one member: as fast as anybody changes a field and looks again."""
DRAWINGS_OF_A_SERVER, SECONDS_OF_A_SERVER = 60, 0.5
"""Of all its members together: a drawing takes a quarter of a second."""
TOO_MANY = say("card.pictures.too_many")
T = TypeVar("T")
Whose: TypeAlias = tuple[Hashable, Hashable]
"""The server and the member for whom something is worked out."""
Kept: TypeAlias = Callable[[int, str], Awaitable[bytes | None]]
"""What reads a server's own picture by its digest; None where there is no such one (any more). May raise."""

NOT_SHOWN = say("card.pictures.not_shown")


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture of a message: its file's name, its words, and its bytes (None where they could not be had)."""

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

    def briefly(self) -> "Shown":
        """Return it for a card with something beside it: where it cannot be shown, with fewer of its words."""
        return self if self.png is not None else Shown(self.name, cut(self.alt, MOST_WORDS_BESIDE))

    def _alt(self) -> str:
        return cut(self.alt, MOST_DESCRIPTION)


class Pictures:
    """Draws the pictures of messages; what fails or takes too long leaves the words."""

    def __init__(self, cache: PictureCache, kept: Kept | None = None, *, seconds: float = DRAWING_SECONDS) -> None:
        """Draw with `cache`, and read servers' own pictures with `kept` (None: their words stand in)."""
        self._cache = cache
        self._kept = kept
        self._seconds = seconds
        self._keys: dict[str, str] = {}
        # Decoded, a picture of the largest size takes some 100 MB for a moment: a small machine has room for one.
        self._decoding = asyncio.Semaphore(1)
        # Of its own, and in turn: however much one member has drawn, the next one's and the shipped drawings come.
        self._pace = Pace(DRAWINGS_AT_ONCE, SECONDS_A_DRAWING)
        self._server_pace = Pace(DRAWINGS_OF_A_SERVER, SECONDS_OF_A_SERVER)
        self._own_turns = Turns(1, most_waiting=MOST_WAITING, refusal=TOO_MANY)
        self._own_thread = ThreadPoolExecutor(1, thread_name_prefix="own-drawing")

    async def of(self, claim: Claim, guild: int | None = None) -> Shown | None:
        """Return a claim's picture: the server's own, else the drawing that it names; None without. Never raises.

        `guild`: the server whose claim it is, None for a shipped one.
        """
        if claim.own_picture is not None:
            return await self._own_of(claim.own_picture, guild)
        return await self.named(claim.picture)

    async def named(self, name: str) -> Shown | None:
        """Return the drawing of that name, None where there is no such one. Never raises."""
        drawing = picture_named(name) if name else None
        if drawing is None:
            return None
        # What a drawing is made from is the same for as long as the program runs: it is drawn once to learn its key.
        held = self._cache.held(key) if (key := self._keys.get(drawing.name)) else None
        if held is not None:
            return Shown(f"{drawing.name}.png", drawing.alt, held)
        return await self._shown(f"{drawing.name}.png", drawing.alt, asyncio.to_thread(self._png, drawing))

    async def draw_all(self) -> None:
        """Draw all drawings ahead, so that no answer waits for its own. Never raises."""
        for drawing in PICTURES.values():
            try:
                await asyncio.to_thread(self._png, drawing)
            except Exception as fault:  # noqa: BLE001 -- nobody waits for it
                faults.note(f"drawing {drawing.name} ahead", fault)

    async def own(self, name: str, svg: str, alt: str, whose: Whose) -> Shown:
        """Return a picture made for one member, of which nothing is written to disk. Never raises."""
        drawing = self._in_turn(lambda: self._cache.png(svg, on_disk=False), whose)
        return await self._shown(name, alt, drawing, OWN_SECONDS)

    async def worked_out(self, work: Callable[[], T], whose: Whose) -> T:
        """Return what `work` makes for one member, when it is their turn; raise what it raises.

        Raises UserError where too much of that server's waits already, or where one asks for much in a short time.
        """
        server, member = whose
        if seconds := self._pace.wait(member) or self._server_pace.wait(server):
            measures.count("refusals", "drawings")
            raise UserError(say("card.pictures.too_fast", seconds=seconds))
        return await self._in_turn(work, whose)

    def expire(self) -> None:
        """Forget who had much worked out, as soon as that makes no difference any more."""
        self._pace.expire()
        self._server_pace.expire()

    async def _in_turn(self, work: Callable[[], T], whose: Whose) -> T:
        async with self._own_turns.turn(*whose):
            return await asyncio.get_running_loop().run_in_executor(self._own_thread, work)

    async def cleaned(self, raw: bytes) -> tuple[bytes, str]:
        """Return an uploaded picture as it is kept, and its kind. Raises UserError where it is none that is taken."""
        async with self._decoding:
            try:
                return await DRAWER.run(DECODING_SECONDS, cleaned_kind, raw)
            except WorkerTimeoutError:
                raise UserError(say("card.pictures.takes_too_long")) from None
            except WorkerError:
                raise UserError(say("card.pictures.not_read")) from None

    def _png(self, drawing: Picture) -> bytes:
        svg = drawing.svg
        png = self._cache.png(svg)
        self._keys[drawing.name] = self._cache.key(svg)
        return png

    async def _own_of(self, own: OwnPicture, guild: int | None) -> Shown:
        name = f"{own.digest[:16]}.{own.kind}"
        if guild is None or self._kept is None:
            return Shown(name, own.alt)
        return await self._shown(name, own.alt, self._kept(guild, own.digest))

    async def _shown(
        self, name: str, alt: str, content: Awaitable[bytes | None], seconds: float | None = None
    ) -> Shown:
        try:
            async with asyncio.timeout(deadline.left(self._seconds if seconds is None else seconds)):
                png = await content
        except Exception as fault:  # noqa: BLE001 -- whatever fails here, the answer goes out with the words
            faults.note(f"the picture {name}", fault)
            return Shown(name, alt)
        return Shown(name, alt, png)


async def picture_of(
    answer: Answer, knowledge: Knowledge, pictures: Pictures, guild: int | None = None
) -> Shown | None:
    """Return the picture that goes with `answer`; None where it shows no claim with one, only its sources, or several.

    `guild`: the server whose `knowledge` it is.
    """
    claim = knowledge.claims.get(answer.claim or "")
    several_asked = any(each in knowledge.claims and each != answer.claim for each in answer.also)
    if answer.outcome is not Outcome.ANSWER or claim is None or answer.focus == "sources" or several_asked:
        return None
    with Stage("picture"):
        return await pictures.of(claim, guild)
