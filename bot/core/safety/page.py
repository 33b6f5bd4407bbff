"""The page that a clinician reads and signs: every flag with its tier, what a member sees, what stops and what does not."""

import hashlib
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from bot.core.model import Stop, Tier
from bot.core.safety.gate import Gate
from bot.core.safety.rules import Reading
from bot.core.safety.values import Rule, SafetyRules, named
from bot.sentences import say

STOPPING, CALM = 10, 5
TIERS = {Tier.EMERGENCY: "emergency: now", Tier.SAME_DAY: "same day: today", Tier.SOON: "soon: this week"}

_FOREWORD = say("stops.page.foreword")
T = TypeVar("T")

Says = Callable[[Stop, bool], str]
"""Returns the text that a stop shows; with True the form for the same alarm again."""


def page(rules: SafetyRules, gate: Gate, says: Says) -> str:
    """Return the page as Markdown."""
    parts = [
        say("stops.page.what_gate_stops"),
        _FOREWORD,
    ]
    read = gate.names(rules.rules[0]).reading
    said = {text: read(text) for text in rules.harmless}
    for rule in rules.rules:
        parts += ["", *_flag(rule, rules, gate, says, said)]
    parts += ["", "# Other languages", ""]
    for code, language in rules.languages.items():
        flags = ", ".join(dict.fromkeys(alarm.flag for alarm in language.alarms))
        parts.append(say("stops.page.language", name=language.name, code=code, flags=flags))
    return "\n".join(parts) + "\n"


def mark(rule: Rule, rules: SafetyRules) -> str:
    """Return a short hash of what a flag is made of: its ways to fire, its wordings, the words behind them."""
    names = {
        name
        for way in (*rule.when, *rule.higher)
        for term in (*way.near, *way.also, *way.unless)
        for name in named(term)
    }
    made_of = [
        repr(rule),
        repr(rules.read_at.get(rule.id)),
        *(repr(one) for one in rules.phrasings if one.rule == rule.id),
        *(repr(rules.concepts[name]) for name in sorted(names)),
    ]
    return hashlib.sha256("\n".join(made_of).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _flag(rule: Rule, rules: SafetyRules, gate: Gate, says: Says, said: Mapping[str, Reading]) -> Iterator[str]:
    phrasings = [one for one in rules.phrasings if one.rule == rule.id]
    raised = [Tier.EMERGENCY] if rule.higher else []
    tiers = sorted(
        {rule.tier, *raised, *(way.tier or rule.tier for way in rule.when), *(one.tier for one in phrasings)}, key=str
    )
    yield f"## {rule.id} {rule.flag}"
    yield ""
    yield "| Tier | Text |"
    yield "|---|---|"
    for tier in tiers:
        yield f"| {TIERS[tier]} | `{rule.route(tier)}` |"
    for tier in tiers:
        for proxy, again, title in (
            (False, False, "about oneself"),
            (True, False, "about somebody else"),
            (False, True, "again"),
        ):
            yield ""
            yield f"*{TIERS[tier]}, {title}:* {says(Stop(tier, (rule.id,), rule.route(tier), proxy), again)}"
    yield ""
    yield "Stops:"
    yield ""
    shown = _spread(phrasings, STOPPING, lambda one: gate.check(one.text).stop is not None)
    yield from (f"- {one.text}" for one in shown)
    calm = _calm(rule, rules, gate, said)
    if calm:
        yield ""
        yield "Does not stop:"
        yield ""
        yield from (f"- {text}" for text in calm)
    read = rules.read_at.get(rule.id)
    if read is not None:
        yield ""
        yield say("stops.page.read_at", places=", ".join(f"<{place}>" for place in read.read))
        if read.judgement:
            yield ""
            yield say("stops.page.judgement", judgement=read.judgement)
    yield ""
    yield f"Mark `{mark(rule, rules)}` · Name: ____________ Date: ____________"


def _calm(rule: Rule, rules: SafetyRules, gate: Gate, said: Mapping[str, Reading]) -> list[str]:
    """Return harmless wordings that do not stop: those under the flag's heading, then others with its words in them."""

    def passes(text: str) -> bool:
        return gate.check(text).stop is None

    calm = _spread(rules.neighbours_of(rule.id), CALM, passes)
    for near in (gate.names(rule), gate.names(rule, loosely=True)):
        if len(calm) < CALM:
            others = [text for text, message in said.items() if text not in calm and near.stand_in(message)]
            calm += _spread(others, CALM - len(calm), passes)
    return calm


def _spread(items: Sequence[T], count: int, fits: Callable[[T], bool]) -> list[T]:
    """Return so many of the items that fit, spread from first to last, and look at no more of them than that takes."""
    step = max(1, -(-len(items) // count))
    places = (place for first in range(step) for place in range(first, len(items), step))
    found = itertools.islice((place for place in places if fits(items[place])), count)
    return [items[place] for place in sorted(found)]
