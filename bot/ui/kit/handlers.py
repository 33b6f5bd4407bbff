"""What is done when a button, a list or a form of some kind is used; each screen names its own, `bot.ui.registry` holds them all."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, TypeAlias

import discord

Action: TypeAlias = Callable[[discord.Interaction[Any], str], Awaitable[None]]
Picked: TypeAlias = Callable[[discord.Interaction[Any], str, list[str]], Awaitable[None]]
Received: TypeAlias = Callable[[discord.Interaction[Any], str, str], Awaitable[None]]
ReceivedFields: TypeAlias = Callable[[discord.Interaction[Any], str, Mapping[str, str]], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Handlers:
    """What each kind does. A kind stands in messages already sent: it keeps its meaning for good."""

    buttons: Mapping[str, Action] = field(default_factory=dict)
    """Called with the claim, draft or whatever else the button is about."""
    lists: Mapping[str, Picked] = field(default_factory=dict)
    """Called with what the list is about, and the values picked."""
    texts: Mapping[str, Received] = field(default_factory=dict)
    """Forms with one text: called with what the form is about, and the text."""
    forms: Mapping[str, ReceivedFields] = field(default_factory=dict)
    """Forms with several fields: called with what the form is about, and the text by field."""
    held: frozenset[str] = frozenset()
    """The buttons that bring training advice, or lead to it: while a stop holds, whoever presses them gets the stop."""
    spoken: frozenset[str] = frozenset()
    """The forms in which people speak for themselves and that look for no alarm by themselves. The others do, or hold
    examples of what members may write."""


def joined(screens: Iterable[Handlers]) -> Handlers:
    """Return the handlers of all screens. Raises ValueError where two screens name the same kind."""
    found: dict[str, dict[str, Any]] = {each.name: {} for each in fields(Handlers)}
    for screen in screens:
        for name, kinds in found.items():
            for kind in (own := getattr(screen, name)):
                if kind in kinds:
                    msg = f"{name}: {kind} twice"
                    raise ValueError(msg)
                kinds[kind] = own[kind] if isinstance(own, Mapping) else True
    return Handlers(
        buttons=found["buttons"],
        lists=found["lists"],
        texts=found["texts"],
        forms=found["forms"],
        held=frozenset(found["held"]),
        spoken=frozenset(found["spoken"]),
    )
