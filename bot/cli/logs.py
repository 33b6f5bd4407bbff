"""Logging for a running bot: text for people or JSON for collectors, and the token in neither."""

import logging
import sys

from bot.config import Settings

HIDDEN = "[token]"


class _HideToken(logging.Formatter):
    """Another formatter's output with the token taken out, wherever a library may have put it."""

    def __init__(self, inner: logging.Formatter, token: str) -> None:
        super().__init__()
        self._inner = inner
        self._token = token

    def format(self, record: logging.LogRecord) -> str:
        text = self._inner.format(record)
        return text.replace(self._token, HIDDEN) if self._token else text


class _OneLine(logging.Formatter):
    """What is wrong in one line, for somebody who tries the bot: a traceback would look like their own mistake."""

    def format(self, record: logging.LogRecord) -> str:
        return " ".join(record.getMessage().split())


def set_up(settings: Settings, *, for_a_visitor: bool = False) -> None:
    """Send all logging to standard error, as `settings` say.

    `for_a_visitor`: somebody only tries the bot in the terminal, so that unless LOG_LEVEL is DEBUG trouble alone is
    told, a line each.
    """
    handler = logging.StreamHandler(sys.stderr)
    token = settings.discord_token.get_secret_value() if settings.discord_token else ""
    if for_a_visitor and settings.log_level != "DEBUG":
        handler.setFormatter(_HideToken(_OneLine(), token))
        logging.basicConfig(
            level="ERROR" if settings.log_level == "ERROR" else "WARNING", handlers=[handler], force=True
        )
        logging.getLogger("discord").setLevel(logging.ERROR)  # what it warns of is about the simulated Discord
        return
    handler.setFormatter(_HideToken(_formatter(settings.log_format), token))
    logging.basicConfig(level=settings.log_level, handlers=[handler], force=True)
    if settings.log_level == "INFO":
        # The library tells of every shard's handshake at this level; a host wants to hear of trouble.
        # The same goes for each step of a database that is up to date. That voice is not installed is meant.
        logging.getLogger("discord").setLevel(logging.WARNING)
        logging.getLogger("discord.client").addFilter(lambda record: "voice will NOT" not in record.getMessage())
        logging.getLogger("alembic").setLevel(logging.WARNING)


def _formatter(kind: str) -> logging.Formatter:
    if kind == "json":
        from pythonjsonlogger.json import JsonFormatter

        return JsonFormatter("{asctime}{levelname}{name}{message}", style="{")
    return logging.Formatter("{asctime} {levelname:<7} {name}: {message}", "%Y-%m-%d %H:%M:%S", style="{")
