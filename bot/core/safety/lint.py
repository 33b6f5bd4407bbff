"""What is valid in the gate's files and yet not good: for `legpress check`, each with what to do."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from bot.core.safety.gate import Gate
from bot.core.safety.gate_words import GATE_WORDS
from bot.core.safety.lexicon import expand
from bot.core.safety.values import Condition, Kind, SafetyRules, named
from bot.sentences import say

MOST_FORMS: Final = 200
MOST_COLUMNS: Final = 200
SELF, PROXY, CALM = 25, 10, 15
NEWEST: Final = 34
"""Flags from this number on must have `SELF` wordings about oneself, `PROXY` about others and `CALM` harmless neighbours."""

_SHORT: Final = frozenset(GATE_WORDS.short)
"""Two-letter words that stand in nearly every English message."""


def lint(rules: SafetyRules, gate: Gate, told: Callable[[float], None] = lambda _: None) -> list[str]:
    """Return what a clinician or a contributor should mend, one sentence each; `told` hears how far it is, from 0 to 1."""
    forms = _Forms()
    return [
        *_concepts(rules, forms),
        *_entries(rules, forms),
        *_unread(rules),
        *_counts(rules, gate),
        *_wordings(rules, gate, told),
    ]


class _Forms(dict[str, tuple[str, ...]]):
    """The phrases that each pattern stands for, made when they are first asked for."""

    def __missing__(self, pattern: str) -> tuple[str, ...]:
        self[pattern] = found = tuple(expand(pattern))
        return found


def long_lines(name: str, content: bytes) -> list[str]:
    """Return which lines of a safety file nobody can read at a glance."""
    lines = content.decode("utf-8", "replace").splitlines()
    return [
        say("stops.lint.line_too_long", name=name, number=number, count=len(line), most_columns=MOST_COLUMNS)
        for number, line in enumerate(lines, 1)
        if len(line) > MOST_COLUMNS
    ]


def _unread(rules: SafetyRules) -> Iterator[str]:
    """Yield the flags that do not say where they were read."""
    if rules.read_at:
        yield from (
            say("stops.lint.not_read_anywhere", rule=rule.id) for rule in rules.rules if rule.id not in rules.read_at
        )


def _used(rules: SafetyRules) -> set[str]:
    ways: list[Condition] = [way for rule in rules.rules for way in (*rule.when, *rule.higher)]
    ways += [*rules.footers, *rules.nets, *rules.signs]
    terms = (term for way in ways for term in (*way.near, *way.also, *way.unless))
    return {name for term in terms for name in named(term)}


def _concepts(rules: SafetyRules, all_forms: _Forms) -> Iterator[str]:
    used = _used(rules)
    for name, concept in rules.concepts.items():
        if name not in used and not concept.role:
            yield say("stops.lint.no_rule_uses_class", name=name)
        for pattern in concept.patterns:
            forms = all_forms[pattern]
            if len(forms) > MOST_FORMS:
                yield say(
                    "stops.lint.too_many_phrases",
                    name=name,
                    pattern=pattern,
                    count=len(forms),
                    most_forms=MOST_FORMS,
                )
            if concept.kind is not Kind.GRAMMAR:
                yield from (say("stops.lint.too_common", name=name, form=form) for form in forms if form in _SHORT)


def _entries(rules: SafetyRules, forms: _Forms) -> Iterator[str]:
    """Yield the phrases that stand in a second class without being marked as shared there or here."""
    first: dict[str, tuple[str, frozenset[str]]] = {}
    homes: dict[str, list[str]] = {}
    for name, concept in rules.concepts.items():
        shared = frozenset(form for pattern in concept.shared for form in forms[pattern])
        here = name, shared
        for form in dict.fromkeys(form for pattern in concept.patterns for form in forms[pattern]):
            other, shared_there = first.setdefault(form, here)
            if other != name:
                homes.setdefault(form, [] if form in shared_there else [other])
                if form not in shared:
                    homes[form].append(name)
    for form, unmarked in homes.items():
        if len(unmarked) > 1:
            yield say("stops.lint.stands_elsewhere", form=form, classes=" and ".join(unmarked))


def _counts(rules: SafetyRules, gate: Gate) -> Iterator[str]:
    own: Counter[str] = Counter()
    others: Counter[str] = Counter()
    counted = {name for rule in rules.rules if _is_counted(name := rule.id.rstrip("abc"))}
    for phrasing in rules.phrasings:
        if (name := phrasing.rule.rstrip("abc")) in counted:
            (others if gate.about_another(phrasing.text) else own)[name] += 1
    calm: Counter[str] = Counter()
    for name, count in rules.neighbours.items():
        calm[name.rstrip("abc")] += count
    for rule in dict.fromkeys(rule.id.rstrip("abc") for rule in rules.rules):
        if rule not in counted:
            continue
        for count, least, what in (
            (own[rule], SELF, "wordings about oneself"),
            (others[rule], PROXY, say("stops.lint.wordings_about_somebody_else")),
            (calm[rule], CALM, "harmless neighbours"),
        ):
            if count < least:
                yield say("stops.lint.too_few", rule=rule, count=count, what=what, least=least)


def _is_counted(rule: str) -> bool:
    return rule.startswith("R") and int(rule[1:]) >= NEWEST


def _wordings(rules: SafetyRules, gate: Gate, told: Callable[[float], None]) -> Iterator[str]:
    count = len(rules.phrasings) + len(rules.harmless)
    for number, phrasing in enumerate(rules.phrasings):
        told(number / count)
        stop = gate.check(phrasing.text).stop
        if stop is None:
            yield say("stops.lint.wording_does_not_stop", rule=phrasing.rule, text=phrasing.text)
    for number, text in enumerate(rules.harmless, len(rules.phrasings)):
        told(number / count)
        if gate.check(text).stop is not None:
            yield say("stops.lint.harmless_wording_stops", text=text)


def shown(found: Iterable[str]) -> list[str]:
    """Return the sentences in a fixed order, each once."""
    return sorted(dict.fromkeys(found))
