"""Labelled questions, asked of the service as a member would."""

from bot.core.conversation import NOTHING_SAID
from bot.core.model import Answer
from bot.evaluation import Labelled
from bot.service import Service

SECONDS_APART = 20.0
"""Between the turns of a conversation."""


def answered(service: Service, row: Labelled) -> Answer:
    """Return what a question gets after what its member said before it."""
    conversation = NOTHING_SAID
    for number, text in enumerate(row.before):
        _, conversation = service.ask(text, conversation, now=SECONDS_APART * number)
    return service.ask(row.text, conversation, now=SECONDS_APART * len(row.before))[0]
