"""What is valid in the gate's files and yet not good: for `legpress check`, each with what to do."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from bot.core.safety.gate import Gate
from bot.core.safety.lexicon import expand
from bot.core.safety.values import Condition, Kind, SafetyRules, named

MOST_FORMS: Final = 200
MOST_COLUMNS: Final = 200
SELF, PROXY, CALM = 25, 10, 15
NEWEST: Final = 34
"""Flags from this number on must have `SELF` wordings about oneself, `PROXY` about others and `CALM` harmless neighbours."""

_SHORT: Final = frozenset(
    "am an as at be by do go he hi if in is it me my no of oh ok on or so to up us we".split()  # noqa: SIM905
)
"""Two-letter words that stand in nearly every English message."""


def lint(rules: SafetyRules, gate: Gate, told: Callable[[float], None] = lambda _: None) -> list[str]:
    """Return what a clinician or a contributor should mend, one sentence each; `told` hears how far it is, from 0 to 1."""
    forms = _Forms()
    return [*_concepts(rules, forms), *_entries(rules, forms), *_counts(rules, gate), *_wordings(rules, gate, told)]


class _Forms(dict[str, tuple[str, ...]]):
    """The phrases that each pattern stands for, made when they are first asked for."""

    def __missing__(self, pattern: str) -> tuple[str, ...]:
        self[pattern] = found = tuple(expand(pattern))
        return found


def long_lines(name: str, content: bytes) -> list[str]:
    """Return which lines of a safety file nobody can read at a glance."""
    lines = content.decode("utf-8", "replace").splitlines()
    return [
        f"{name}:{number}: the line has {len(line)} characters; break it at {MOST_COLUMNS}"
        for number, line in enumerate(lines, 1)
        if len(line) > MOST_COLUMNS
    ]


def _used(rules: SafetyRules) -> set[str]:
    ways: list[Condition] = [way for rule in rules.rules for way in rule.when]
    ways += [*rules.footers, *rules.nets, *rules.signs]
    terms = (term for way in ways for term in (*way.near, *way.also, *way.unless))
    return {name for term in terms for name in named(term)}


def _concepts(rules: SafetyRules, all_forms: _Forms) -> Iterator[str]:
    used = _used(rules)
    for name, concept in rules.concepts.items():
        if name not in used and not concept.role:
            yield f"no rule uses the class {name}, and it has no role; use it or delete it"
        for pattern in concept.patterns:
            forms = all_forms[pattern]
            if len(forms) > MOST_FORMS:
                yield f"{name}: the pattern '{pattern}' stands for {len(forms)} phrases; split it to at most {MOST_FORMS}"
            if concept.kind is not Kind.GRAMMAR:
                yield from (
                    f"{name}: '{form}' stands in nearly every message; write it with a word beside it"
                    for form in forms
                    if form in _SHORT
                )


def _entries(rules: SafetyRules, forms: _Forms) -> Iterator[str]:
    """Yield the phrases that stand in a second class without being marked as shared there or here."""
    homes: dict[str, list[tuple[str, bool]]] = {}
    for name, concept in rules.concepts.items():
        shared = {form for pattern in concept.shared for form in forms[pattern]}
        for form in dict.fromkeys(form for pattern in concept.patterns for form in forms[pattern]):
            homes.setdefault(form, []).append((name, form in shared))
    for form, found in homes.items():
        unmarked = [name for name, shared in found if not shared]
        if len(unmarked) > 1:
            yield f"'{form}' stands in {' and '.join(unmarked)}; keep it in one, or move it to `shared` in the others"


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
            (others[rule], PROXY, "wordings about somebody else"),
            (calm[rule], CALM, "harmless neighbours"),
        ):
            if count < least:
                yield f"{rule} has {count} {what}; write at least {least}"


def _is_counted(rule: str) -> bool:
    return rule.startswith("R") and int(rule[1:]) >= NEWEST


def _wordings(rules: SafetyRules, gate: Gate, told: Callable[[float], None]) -> Iterator[str]:
    count = len(rules.phrasings) + len(rules.harmless)
    for number, phrasing in enumerate(rules.phrasings):
        told(number / count)
        stop = gate.check(phrasing.text).stop
        if stop is None:
            yield f"{phrasing.rule}: the wording '{phrasing.text}' does not stop; reword it, or move it to `harmless`"
    for number, text in enumerate(rules.harmless, len(rules.phrasings)):
        told(number / count)
        if gate.check(text).stop is not None:
            yield f"the harmless wording '{text}' stops; reword it, or move it to `phrasings`"


def shown(found: Iterable[str]) -> list[str]:
    """Return the sentences in a fixed order, each once."""
    return sorted(dict.fromkeys(found))
