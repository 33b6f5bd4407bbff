"""All that can be pressed, picked or sent in: the one list of it. A screen that is not here does nothing."""

from bot.ui.answer import actions
from bot.ui.answer.feedback import Reason
from bot.ui.curation import browsing, drafting, own_pictures, pages, sources, teaching
from bot.ui.desks import inbox, orphans, privacy, queue, settings, suggestions, week, welcome
from bot.ui.kit.buttons import Press
from bot.ui.kit.handlers import joined
from bot.ui.kit.picks import Pick
from bot.ui.tools import checklist_card, depth_card, spot_card

SCREENS = (
    actions, browsing, checklist_card, depth_card, drafting, inbox, orphans, own_pictures, pages, privacy, queue, settings, sources, spot_card,
    suggestions, teaching, week, welcome,
)  # fmt: skip
HANDLERS = joined(screen.HANDLERS for screen in SCREENS)
PRESSABLE = (
    Press, Pick, Reason, checklist_card.Untick, spot_card.SpotMachine, spot_card.SpotAnswer, teaching.Voice,
)  # fmt: skip
"""The classes of components; discord.py finds the one for a custom_id by its template."""
