"""The bot of a page: the real one, with a database of its own that goes when the playground does."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp

from bot.bootstrap import Live, open_workshop
from bot.client import LegPressBot
from bot.pictures import PictureCache
from bot.service import Conversations

DRAWING_SECONDS = 15.0
"""How long an answer waits for its picture: no Discord is there to lose patience after three seconds."""


def stand_in(bot: LegPressBot) -> None:
    """Answer what SimCord does not know, once the bot runs there: how many have a role (it takes that for a role's id)."""
    bot.http.get_role_member_counts = _uncounted  # type: ignore[assignment,method-assign]


async def _uncounted(_guild: int) -> dict[str, int]:
    return {}


@asynccontextmanager
async def playground_bot(
    live: Live, folder: Path, pictures: PictureCache, clock: Callable[[], datetime]
) -> AsyncIterator[LegPressBot]:
    """Give a bot that answers from `live`, and on which moderators may try everything; its desks tell the time by `clock`.

    Its database is below `folder`; it takes its pictures from `pictures`, which other bots may share.
    """
    workshop = await open_workshop(live, state_dir=Path(mkdtemp(dir=folder)), clock=clock)
    try:
        await workshop.start()
        bot = LegPressBot(
            Conversations(live.service),
            live.service,
            workshop=workshop,
            shard_count=1,
            pictures=pictures,
            drawing_seconds=DRAWING_SECONDS,
        )
        yield bot
    finally:
        await workshop.recording.flush()  # what is being written just now is not to be cut short
        await workshop.close()
