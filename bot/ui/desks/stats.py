"""`/knowledge stats`: the counts of a span of days as a picture, with the same in words."""

from discord import ui

from bot.core.drawing.stats import stats_picture
from bot.core.stats import Stats
from bot.sentences import say
from bot.service.weekly import Week
from bot.ui import wording
from bot.ui.desks.week import opening_rows, week_texts
from bot.ui.kit.desk import desk_of, whose
from bot.ui.kit.layout import Layout, box
from bot.ui.kit.pictures import Shown
from bot.ui.kit.turn import Turn

NOTE = say("moderators.stats.note")


def stats_layout(stats: Stats, picture: Shown, week: Week) -> Layout:
    """Return the counts as a message, with the last seven days and what opens its claims below."""
    text = f"### The last {len(stats.days)} day{'' if len(stats.days) == 1 else 's'}\n{stats.alt_text}"
    return Layout(
        box(wording.QUIET_COLOUR, ui.TextDisplay(text), picture.block(), ui.TextDisplay(NOTE)),
        box(wording.QUIET_COLOUR, *week_texts(week), *opening_rows(week)),
        pictures=[picture],
    ).sealed()


async def show_stats(turn: Turn, days: int) -> None:
    """Show the counts to whoever may edit."""
    await turn.wait()
    stats = await turn.workshop.statistics.stats(turn.guild, turn.actor, days=days)
    drawer = desk_of(turn.interaction).pictures
    picture = await drawer.own("stats.png", stats_picture(stats), stats.alt_text, whose(turn.interaction))
    layout = stats_layout(stats, picture, await turn.workshop.weekly.week(turn.guild, turn.actor))
    await turn.interaction.edit_original_response(view=layout, attachments=layout.files())
