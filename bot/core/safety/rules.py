"""Rules as combinations of concept classes within a window of words (`safety.md` 4.4)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.core.model import Tier
from bot.core.safety.assertion import ALMOST, HYPOTHETICAL, INFORMATION, PAST, STRANGER, Assertion
from bot.core.safety.lexicon import Hit, Lexicon
from bot.core.safety.tokens import Words
from bot.core.safety.values import Condition, Rule, named


@dataclass(frozen=True, slots=True)
class _Term:
    """A concept, or any of several; `allowed` holds the assertion bits that do not take it back."""

    concepts: tuple[int, ...]
    mask: int
    allowed: int


@dataclass(frozen=True, slots=True)
class _Way:
    near: tuple[_Term, ...]
    window: int
    also: tuple[_Term, ...]
    unless: int
    against: tuple[_Term, ...]
    joke: bool
    ordered: bool
    reach: int
    masks: tuple[int, ...]
    tier: Tier | None
    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class Fired:
    """A way of a rule that fired: the rule's id ("" for a net), its tier, how it reads, and the first and last word."""

    rule: str
    tier: Tier | None
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A message made ready for rules: its words, its hits by concept, what is meant, and which concepts are there at all."""

    text: Words
    hits: dict[int, list[Hit]]
    meant: Assertion
    present: int


def reading(text: Words, hits: Iterable[Hit], meant: Assertion) -> Reading:
    """Return the message made ready for rules."""
    by_concept: dict[int, list[Hit]] = {}
    for hit in hits:
        by_concept.setdefault(hit.concept, []).append(hit)
    present = 0
    for concept in by_concept:
        present |= 1 << concept
    return Reading(text, by_concept, meant, present)


class RuleBook:
    """Compiled rules."""

    def __init__(self, lexicon: Lexicon, rules: Iterable[Rule], nets: Iterable[Condition] = ()) -> None:
        """Compile; raises KeyError for a concept that the lexicon does not have."""
        self._lexicon = lexicon
        self._ways: list[_Way] = [
            self._compile(way, way.tier or rule.tier, rule.id, allowed=STRANGER if rule.sure else 0)
            for rule in rules
            for way in rule.when
        ]
        # A general question is no alarm, but the line on its answer harms nobody: "how to pee after straining your back".
        self._ways += [self._compile(way, None, "", allowed=INFORMATION) for way in nets]
        self._by_concept, self._always = _by_rarest(self._ways)
        self._any = sum(1 << concept for concept in self._by_concept)

    def _compile(self, way: Condition, tier: Tier | None, rule: str, *, allowed: int = 0) -> _Way:
        near = tuple(self._term(term, allowed) for term in way.near)
        also = tuple(self._term(term, allowed) for term in way.also)
        against = tuple(self._term(term) for term in way.unless)
        unless = 0
        for one in against:
            unless |= one.mask
        text = " + ".join(way.near) + (f" and {' + '.join(way.also)}" if way.also else "")
        return _Way(
            near,
            way.window,
            also,
            unless,
            against,
            way.joke,
            way.ordered,
            way.reach,
            tuple(t.mask for t in (*near, *also)),
            tier,
            rule,
            text,
        )

    def _term(self, term: str, allowed: int = 0) -> _Term:
        allowed |= (PAST if "*" in term else 0) | (ALMOST if "~" in term else 0) | (HYPOTHETICAL if "^" in term else 0)
        concepts = tuple(self._lexicon.number[name] for name in named(term))
        mask = 0
        for concept in concepts:
            mask |= 1 << concept
        return _Term(concepts, mask, allowed)

    def fire(self, message: Reading, *, fresh: bool = False) -> list[Fired]:
        """Return the ways that fire; with `fresh` only those that take in a word of the newest message."""
        present = message.present
        if not (present & self._any or self._always):
            return []
        fired: list[Fired] = []
        none: tuple[int, ...] = ()
        by_concept = self._by_concept
        asked = self._always.union(*[by_concept.get(concept, none) for concept in message.hits])
        for number in sorted(asked):  # in the order in which they are written
            way = self._ways[number]
            for mask in way.masks:
                if not present & mask:
                    break
            else:
                if (way.unless & present and not way.reach) or (way.joke and message.meant.joking):
                    continue
                found = self._match(way, message, fresh=fresh)
                if found and (not way.reach or self._within_reach(way, message, found)):
                    fired.append(found)
        return fired

    def _match(self, way: _Way, message: Reading, *, fresh: bool) -> Fired | None:
        newest = message.text.fresh if fresh else 0
        reach = -1
        for term in way.also:
            places = self._places(term, message)
            if not places:
                return None
            reach = max(reach, places[-1][1])
        if not way.near:
            return Fired(way.rule, way.tier, way.text, 0, 0) if reach >= newest else None
        newest = 0 if reach >= newest > 0 else newest
        if way.ordered:
            return self._in_order(way, message, newest)
        spots: list[tuple[int, int, int]] = []
        for index, term in enumerate(way.near):
            found = self._places(term, message)
            if not found:
                return None
            spots += ((start, end, index) for start, end in found)
        spots.sort()
        return self._window(way, message, spots, newest)

    def _within_reach(self, way: _Way, message: Reading, found: Fired) -> bool:
        """Whether every `also` stands near enough to a stretch that fired, and no `unless` does."""
        place = message.text.places
        low, high = place[found.start] - way.reach, place[found.end] + way.reach

        def near(spots: Iterable[tuple[int, int]]) -> bool:
            return any(low <= place[end] and place[start] <= high for start, end in spots)

        if not all(near(self._places(term, message)) for term in way.also):
            return False
        return not any(
            near((hit.start, hit.end - 1) for concept in term.concepts for hit in message.hits.get(concept, ()))
            for term in way.against
        )

    def _in_order(self, way: _Way, message: Reading, newest: int) -> Fired | None:
        """Return the first stretch that holds the terms one after the other, or None."""
        place = message.text.places
        columns = [self._places(term, message) for term in way.near]
        for first in columns[0]:
            last = first
            for column in columns[1:]:
                following = next((spot for spot in column if spot[0] > last[1]), None)
                if following is None:
                    return None
                last = following
            if place[last[0]] - place[first[1]] <= way.window and last[1] >= newest:
                return Fired(way.rule, way.tier, way.text, first[0], last[1])
        return None

    @staticmethod
    def _places(term: _Term, message: Reading) -> list[tuple[int, int]]:
        bits = message.meant.bits
        places: list[tuple[int, int]] = []
        for concept in term.concepts:
            for hit in message.hits.get(concept, ()):
                if not bits[hit.start] & ~term.allowed:
                    places.append((hit.start, hit.end - 1))  # noqa: PERF401 -- hot, and clearer than extend
        places.sort()
        return places

    @staticmethod
    def _window(way: _Way, message: Reading, spots: list[tuple[int, int, int]], newest: int) -> Fired | None:
        """Return the first stretch no longer than the window that holds every term, or None. One pass, two pointers."""
        place = message.text.places
        need = len(way.near)
        counts = [0] * need
        missing = need
        left = 0
        for start, end, index in spots:
            if counts[index] == 0:
                missing -= 1
            counts[index] += 1
            while missing == 0:
                first = spots[left]
                distance = place[start] - place[min(first[1], start)]
                if distance <= way.window and end >= newest:
                    return Fired(way.rule, way.tier, way.text, first[0], end)
                counts[first[2]] -= 1
                if counts[first[2]] == 0:
                    missing += 1
                left += 1
        return None


def _by_rarest(ways: Sequence[_Way]) -> tuple[dict[int, list[int]], frozenset[int]]:
    """Return by concept the ways that cannot fire without it or one beside it, and the ways that need none.

    Each way stands by the concepts of one of its terms: the one of whose concepts fewest ways have need.
    """
    needs = [[term.concepts for term in (*way.near, *way.also)] for way in ways]
    used = Counter(concept for terms in needs for term in terms for concept in term)
    found: dict[int, list[int]] = {}
    for number, terms in enumerate(needs):
        if terms:
            for concept in min(terms, key=lambda term: sum(used[concept] for concept in term)):
                found.setdefault(concept, []).append(number)
    return found, frozenset(number for number, terms in enumerate(needs) if not terms)
