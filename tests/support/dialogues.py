"""Conversations with the service, turn by turn."""

from bot.core.conversation import NOTHING_SAID
from bot.core.model import Answer
from bot.service import Service


def last_of(service: Service, *turns: str) -> Answer:
    """Return the answer to the last of some messages, each 20 seconds after the one before."""
    talk, answer = NOTHING_SAID, None
    for number, text in enumerate(turns):
        answer, talk = service.ask(text, talk, now=20.0 * number)
    assert answer is not None
    return answer
