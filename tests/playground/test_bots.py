"""The playground's bot takes what moderators press, also where SimCord is no Discord."""

from datetime import UTC, datetime
from pathlib import Path

import discord
import simcord

from bot.bootstrap import Live
from bot.pictures import PictureCache
from bot.playground.bots import playground_bot, stand_in
from bot.store.cache import FileCache
from tests.support.discord_side import response, text_of

KNOWLEDGE = Path(__file__).parents[1] / "support" / "knowledge"


async def test_a_role_may_be_chosen_in_the_settings(tmp_path: Path, cache: FileCache) -> None:
    live = Live(KNOWLEDGE, cache=cache)
    async with (
        playground_bot(live, tmp_path, PictureCache(), lambda: datetime.now(UTC)) as bot,
        simcord.run(bot) as env,
    ):
        stand_in(bot)
        guild = env.create_guild("Gym")
        channel = guild.create_text_channel("leg-day")
        coach = guild.create_role("Coach", permissions=discord.Permissions(manage_guild=True))
        dana = guild.add_member(env.create_user("dana"), roles=[coach])
        role = guild.create_role("Trainer")
        shown = response(await dana.slash(channel, "settings"))
        await dana.select(shown, [role], custom_id="lp-pick:setroles:edit")
        assert "Something went wrong" not in text_of(shown)
        assert bot.desk.workshop is not None
        assert (await bot.desk.workshop.settings.certain(guild.id)).edit_roles == {role.id}
