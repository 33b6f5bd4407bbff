"""Of what was asked, single words may stay in memory with what they mean; nothing longer, once the conversation is over."""

import gc
import types
from itertools import pairwise

from bot.bootstrap import build_service, default_cache
from bot.service.harmless import advises
from tests.support.discord_side import KNOWLEDGE

ASKED = (
    ("my zorblax", "quimbled on the wibbly sled"),
    ("is frobnicating", "vexatious snorkels bad for grumbly hips"),
    ("chest pain since my", "grelbish flummox yesterday"),
)
"""Halves of questions: put together only when the test runs, so that no constant of the code holds one whole."""


def texts_held(root: object) -> set[str]:
    """Return every text that an object leads to, but through modules, functions and classes, which lead to everything."""
    texts: set[str] = set()
    seen: set[int] = set()
    left = [root]
    while left:
        each = left.pop()
        if isinstance(each, str):
            texts.add(each)
        elif id(each) not in seen and not isinstance(
            each, types.ModuleType | types.FunctionType | type | types.FrameType
        ):
            seen.add(id(each))
            left.extend(gc.get_referents(each))
    return texts


def test_nothing_longer_than_a_word_of_what_was_asked_stays() -> None:
    service = build_service(KNOWLEDGE, cache=default_cache())
    for first, rest in ASKED:
        text = f"{first} {rest}"
        service.ask(text)
        service.suggest_choices(text)
        service.explain(text)
        service.claim_texts.alarms(text)
        service.claim_texts.names_sign(text)
        advises(service, (text, f"{text}. It comes back by itself."))
    pairs = {" ".join(pair) for first, rest in ASKED for pair in _pairs(f"{first} {rest}".split())}
    held = texts_held(service)
    assert len(held) > 10_000, "the walk goes through the knowledge"
    assert [text for text in held if any(pair in text.lower() for pair in pairs)] == []


def _pairs(words: list[str]) -> list[tuple[str, str]]:
    strange = {"zorblax", "quimbled", "frobnicating", "vexatious", "snorkels", "grelbish", "flummox"}
    return [(a, b) for a, b in pairwise(words) if strange & {a, b}]
