"""The bot of a page: the real one, with a database of its own that goes when the playground does."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import mkdtemp

from bot.bootstrap import Live, open_workshop
from bot.client import LegPressBot
from bot.pictures import PictureCache
from bot.service import Conversations

DRAWING_SECONDS = 15.0
"""How long an answer waits for its picture: no Discord is there to lose patience after three seconds."""


@asynccontextmanager
async def playground_bot(live: Live, folder: Path, pictures: PictureCache) -> AsyncIterator[LegPressBot]:
    """Give a bot that answers from `live`, and on which moderators may try everything.

    Its database is below `folder`; it takes its pictures from `pictures`, which other bots may share.
    """
    workshop = await open_workshop(live, state_dir=Path(mkdtemp(dir=folder)))
    try:
        await workshop.start()
        yield LegPressBot(
            Conversations(live.service),
            live.service,
            workshop=workshop,
            shard_count=1,
            pictures=pictures,
            drawing_seconds=DRAWING_SECONDS,
        )
    finally:
        await workshop.close()
