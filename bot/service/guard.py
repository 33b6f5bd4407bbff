"""The safety gate as a service asks it: of texts within bounds, what it compiles shared, and a failure of it noted, never raised."""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.core.safety import Gate, Mentions, NextMessages, SafetyRules, Screening, Trace, next_messages
from bot.measures import Stage

log = logging.getLogger(__name__)

MOST_CHARACTERS = 6000
"""Discord's own limit for a command's text; of a longer one the beginning and the end are read."""

SLOW = 0.05
"""Seconds of work from which on the gate's silence is not trusted: its answer carries the safety line."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the gate made of a text, and whether it took so long that its silence is not trusted."""

    screening: Screening
    slow: bool


class Guard:
    """Asks one gate, for a service and all that are made from it.

    What is compiled when a first message needs it, serves them all, whichever needs it first. Most starts of the
    terminal do without; where each server's service compiled its own, its first message would wait.
    """

    def __init__(self, gate: Gate, rules: SafetyRules) -> None:
        """Compile nothing yet."""
        self._gate = gate
        self._rules = rules
        self._mentions: Mentions | None = None

    @cached_property
    def messages(self) -> NextMessages:
        """What reads the messages after a stop, and small talk."""
        return next_messages(self._rules)

    @cached_property
    def gate(self) -> Gate:
        """The gate after its first look, which loads its tables and so tells nothing of how long a look takes."""
        self._gate.check("leg press")
        return self._gate

    def warm(self) -> None:
        """Make what the first message would wait for."""
        self.messages.warm()
        with failure_noted():
            _ = self.gate

    def look(self, text: str, earlier: Sequence[str] = ()) -> Look | None:
        """Return what the gate makes of a message, and of it together with `earlier` ones; None where it fails."""
        with failure_noted():
            gate, started = self.gate, time.thread_time()
            with Stage("gate"):
                screening = gate.check(text, earlier)
            return Look(screening, time.thread_time() - started > SLOW)
        return None

    def check(self, text: str) -> Screening | None:
        """Return what the gate makes of a text by itself; None where it fails."""
        with failure_noted():
            return self._gate.check(bounded(text))
        return None

    def alarms(self, text: str) -> bool:
        """Say whether the gate would stop a text: True too where it fails."""
        found = self.check(text)
        return found is None or found.stop is not None

    def likely_alarm(self, text: str) -> float:
        """Return how likely the gate's model takes a text for an alarm, rules left out: 1 where it fails."""
        with failure_noted():
            return self._gate.alarm(bounded(text))
        return 1.0

    def mentions(self, classes: Sequence[str]) -> Mentions:
        """Return what finds a warning sign in a text; `classes` are the same each time."""
        if self._mentions is None:
            self._mentions = self._gate.mentions(classes)
        return self._mentions

    def spells(self, word: str) -> bool:
        """Say whether a word is one of the gate's own."""
        return self._gate.spells(word)

    def explain(self, text: str) -> Trace:
        """Return why the gate made of a text what it did."""
        return self._gate.explain(bounded(text))

    def is_small_talk(self, text: str) -> bool:
        """Say whether a text is thanks and the like."""
        return self.messages.is_small_talk(text)


def bounded(text: str) -> str:
    """Return a text of at most MOST_CHARACTERS: of a longer one its beginning and its end, where questions stand."""
    if len(text) <= MOST_CHARACTERS:
        return text
    half = MOST_CHARACTERS // 2
    return f"{text[:half]}\n{text[-half + 1 :]}"


class failure_noted:  # noqa: N801 -- a context, as contextlib names its own
    """Notes that the gate failed within the context, and goes on behind it: nothing may go out as if it had looked."""

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, _: object, error: BaseException | None, __: object) -> bool:
        """Note a failure. A traceback may quote the text, so only its kind is noted."""
        if isinstance(error, Exception):
            log.error("The safety gate failed: %s", type(error).__name__)
        return error is None or isinstance(error, Exception)
