"""The bot of a page: the real one, with a database of its own that goes when the page does."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.bootstrap import Live, open_workshop
from bot.client import LegPressBot
from bot.service import Conversations


@asynccontextmanager
async def playground_bot(live: Live) -> AsyncIterator[LegPressBot]:
    """Give a bot that answers from `live`, and on which moderators may try everything."""
    with tempfile.TemporaryDirectory(prefix="legpress-") as folder:
        workshop = await open_workshop(live, state_dir=Path(folder))
        try:
            await workshop.start()
            yield LegPressBot(Conversations(live.service), live.service, workshop=workshop, shard_count=1)
        finally:
            await workshop.close()
