"""The safety gate on what is typed into the tools: they take measures and names, but a person may write anything."""

from bot.cli.options import cache, knowledge_folder, settings
from bot.cli.terminal import show
from bot.core.model import Outcome


def stop_for(*typed: str) -> str:
    """Return the stop for what was typed where a measure or a name belongs; "" where the gate stops nothing.

    Meant for what could not be read: a measure or a known name alarms nobody, and building the gate takes a while.
    """
    from bot.bootstrap import build_service

    service = build_service(knowledge_folder(), region=settings().region, cache=cache())
    answer, _ = service.ask(" ".join(text for text in typed if text.strip()))
    return show(answer, service.knowledge) if answer.outcome is Outcome.STOP else ""
