"""What members say about themselves ("I'm 72", "two stents"), found in their words, and what it changes in an answer.

The small language of knowledge/conditions.yaml: words in their order; "a/b" is either; "<70-99>" is a number in that range;
".." stands for up to three words. Endings do not count, and a long word may have one mistake.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Generic, NamedTuple, TypeVar

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from bot.core.model import Claim, Condition, Knowledge
from bot.core.once import once
from bot.core.text import clean, sentences, stem, words
from bot.core.word_lists import ConditionWords

MOST_SAID = 2
"""So many conditions are named in one answer, the gravest; more would bury what was asked."""
MOST_ASIDE = 8
"""Words of a message that only asks to forget, or what is held."""
MOST_ALLOWED = 16
"""Words of a message that only tells of somebody's yes."""

_RANGE = re.compile(r"<(\d+)-(\d+)>")
_MEANT = 2
"""Words of a condition's name that a correction has which is about it."""
_REACH = 3
"""So many words before are looked at for a denial ("I'm not pregnant", "used to get sciatica", "like a 90 year old")."""
GAP, MOST_BETWEEN = "..", 3
_LONG = 6
_MOST_REMEMBERED = 8_192
"""Shorter words with one mistake are too often other words."""
_BESIDE = re.compile(r"[,.;:!?\n]+\s*|\s(?:and|so|but|then|now)\s", re.IGNORECASE)
"""Between what somebody allowed and what is asked beside it."""

T = TypeVar("T")
_Part = Callable[[str], bool]


class _Found(NamedTuple, Generic[T]):
    means: T | None
    """None for what means nothing of the kind ("new hip thrust")."""
    start: int
    end: int
    whole: bool
    """Whether its words stand one after the other."""

    def covers(self, other: "_Found[T]") -> bool:
        """Say whether this is what was said, and the other only words of it ("prosthesis" in "knee prosthesis")."""
        inside = self.start <= other.start and other.end <= self.end
        if self.means is None:
            return inside and other.means is not None
        return self.whole and inside and self.end - self.start > other.end - other.start


class _Said(NamedTuple, Generic[T]):
    means: T | None
    parts: tuple[_Part, ...]
    gaps: tuple[int, ...]
    """How many words may stand before each part."""

    def end(self, stems: Sequence[str], at: int) -> int:
        """Return where it ends if it begins at a place; -1 where it does not."""
        end = len(stems)
        for part, gap in zip(self.parts, self.gaps, strict=True):
            if not gap:
                if at >= end or not part(stems[at]):
                    return -1
                at += 1
                continue
            for place in range(at, min(at + gap + 1, end)):
                if part(stems[place]):
                    at = place + 1
                    break
            else:
                return -1
        return at


class _Opened(Generic[T]):
    """The sayings that open with one stem: by the stem that stands next in them, and the others."""

    def __init__(self) -> None:
        self.by_second: dict[str, list[_Said[T]]] = defaultdict(list)
        self.others: list[_Said[T]] = []

    def add(self, entry: _Said[T], parts: Sequence[str]) -> None:
        """Add a saying of these parts."""
        if len(parts) == 1 or entry.gaps[1] or _RANGE.fullmatch(parts[1]):
            self.others.append(entry)
            return
        for second in {stem(word) for word in parts[1].split("/")}:
            self.by_second[second].append(entry)


@dataclass(frozen=True, slots=True)
class _Around:
    """The stems of `ConditionWords`, and what parts a sentence."""

    denied: frozenset[str]
    believed: frozenset[str]
    theirs: frozenset[str]
    units: frozenset[str]
    years: frozenset[str]
    years_of: frozenset[str]
    negated: frozenset[str]
    unsure: frozenset[str]
    clause: re.Pattern[str]

    def lines(self, text: str) -> tuple[tuple[str, ...], ...]:
        """Return the words of a text, those of each part of a sentence by themselves."""
        parts = (clause for sentence in sentences(clean(text)) for clause in self.clause.split(sentence))
        return tuple(line for line in map(tuple, map(words, parts)) if line)

    def counts(self, after: Sequence[str]) -> bool:
        """Say whether a number is no age, by the words after it: a unit, the inches of a height, or years of something."""
        if after and after[0] in self.years:
            return not self.years_of.isdisjoint(after[1:])
        return bool(after) and (after[0] in self.units or after[0].isdigit())


@cache
def _around(lists: ConditionWords) -> _Around:
    listed = (
        lists.denied,
        lists.believed,
        lists.theirs,
        lists.units,
        lists.years,
        lists.years_of,
        lists.negated,
        lists.unsure,
    )
    denied, believed, theirs, units, years, years_of, negated, unsure = (frozenset(map(stem, each)) for each in listed)
    between = "".join(f"| {re.escape(word)} " for word in lists.between)
    return _Around(
        denied, believed, theirs, units, years, years_of, negated, unsure, re.compile(rf"[,;:()]| - {between}")
    )


class _Sayings(Generic[T]):
    """Sayings in the small language, each with what it means, ready to be found."""

    def __init__(self, sayings: Iterable[tuple[T, str]], around: _Around, ordinary: Iterable[str] = ()) -> None:
        """Take what means something; `ordinary`: what does not, though words of the others stand in it."""
        self._around = around
        self._first: dict[str, _Opened[T]] = defaultdict(_Opened)
        self._numbers: list[_Said[T]] = []
        known: set[str] = set()
        without: Iterable[tuple[T | None, str]] = ((None, said) for said in ordinary)
        for means, said in (*sayings, *without):
            parts = [part for part in said.split() if part != GAP]
            entry = _Said(means, tuple(map(_part, parts)), _gaps(said.split()))
            if parts[0].startswith("<"):
                self._numbers.append(entry)
            else:
                for word in parts[0].split("/"):
                    self._first[stem(word)].add(entry, parts)
            known.update(word for part in parts if not part.startswith("<") for word in part.split("/"))
        self._stands = frozenset(map(stem, known)) | around.units
        """The stems that are no mistake."""
        self._long = sorted({stem(word) for word in known if len(word) >= _LONG})
        self._meant: dict[str, str] = {}

    def found(self, text: str) -> Iterator[T]:
        """Yield what the sayings in a text mean, none that it denies."""
        for _, stems, found in once(self._read, text):
            yield from self._undenied(stems, found)

    def taken_back(self, text: str) -> Iterator[T]:
        """Yield what parts of a text that speak of their writer deny ("I'm not pregnant"), none that they leave open."""
        around = self._around
        for line, stems, found in once(self._read, text):
            if around.theirs.isdisjoint(map(stem, line)):
                continue
            for each in found:
                before = frozenset(stems[max(each.start - _REACH, 0) : each.start])
                if each.means is not None and before & around.negated and not before & around.unsure:
                    yield each.means

    def without(self, text: str) -> list[str]:
        """Return the words of a text without those of the sayings in it."""
        left = []
        for line, _, found in once(self._read, text):
            left += [word for at, word in enumerate(line) if not any(one.start <= at < one.end for one in found)]
        return left

    def _read(self, text: str) -> list[tuple[Sequence[str], list[str], list[_Found[T]]]]:
        """Return for each part of a text its words, their stems, and the sayings in it."""
        read: list[tuple[Sequence[str], list[str], list[_Found[T]]]] = []
        for line in once(self._around.lines, text):
            stems = self._mended(line)
            read.append((line, stems, list(self._all_in(stems))))
        return read

    def _mended(self, line: Sequence[str]) -> list[str]:
        """Return the stems of a line, long ones with a mistake as the word that they are near to."""
        found = [stem(word) for word in line]
        if self._long:
            for at, stemmed in enumerate(found):
                if len(stemmed) >= _LONG and stemmed not in self._stands:
                    found[at] = self._meant.get(stemmed) or self._nearest(stemmed)
        return found

    def _nearest(self, stemmed: str) -> str:
        """Return the stem that a strange one is a mistake for, itself for none; remembered, since people repeat words."""
        near = extractOne(stemmed, self._long, scorer=OSA.distance, score_cutoff=1)
        meant = near[0] if near else stemmed
        if len(self._meant) < _MOST_REMEMBERED:
            self._meant[stemmed] = meant
        return meant

    def _undenied(self, stems: Sequence[str], found: Sequence[_Found[T]]) -> Iterator[T]:
        for each in found:
            before = stems[max(each.start - _REACH, 0) : each.start]
            around = self._around
            denied = not around.denied.isdisjoint(before) or (
                not around.believed.isdisjoint(before)
                and around.theirs.isdisjoint([*before, *stems[each.start : each.end]])
            )
            if each.means is not None and not denied and not any(other.covers(each) for other in found):
                yield each.means

    def _all_in(self, stems: Sequence[str]) -> Iterator[_Found[T]]:
        for at, stemmed in enumerate(stems):
            for said in self._numbers if stemmed.isdigit() else self._that_open(stemmed, stems, at + 1):
                until = said.end(stems, at)
                counted = until > 0 and stems[until - 1].isdigit() and self._around.counts(stems[until : until + 2])
                if until > 0 and not counted:
                    yield _Found(said.means, at, until, not any(said.gaps))

    def _that_open(self, stemmed: str, stems: Sequence[str], following: int) -> Iterable[_Said[T]]:
        """Return the sayings that open with a stem and may go on as its line does."""
        opened = self._first.get(stemmed)
        if opened is None:
            return ()
        more = opened.by_second.get(stems[following]) if following < len(stems) else None
        return opened.others if more is None else (*opened.others, *more)


class Conditions:
    """What a knowledge knows of members' conditions. Fixed once made; each is named by what it is held as."""

    def __init__(self, knowledge: Knowledge, lists: ConditionWords) -> None:
        """Take the conditions whose claim is there; `lists`: the words around them that count."""
        around = _around(lists)
        them = knowledge.about_them
        self._held = {each.held_as: each for each in them.conditions if each.claim in knowledge.claims}
        self._leads = {
            held: each.lead or _first_line(knowledge.claims[each.claim]) for held, each in self._held.items()
        }
        said = [(held, said) for held, each in self._held.items() for said in each.says]
        self._sayings = _Sayings(said, around, them.ordinary)
        self._theirs = around.theirs
        self._asks_for, self._always = them.asks_for, frozenset(them.always)
        self._harmless = frozenset(them.harmless_to_all)
        self._whether = _Sayings(((True, said) for said in them.whether), around)
        self._beside_whether = frozenset(map(stem, them.beside_whether))
        self._others = _Sayings(((name, said) for name, all_ in them.others.items() for said in all_), around)
        self._forget, self._recall = (
            _Sayings(((True, said) for said in all_), around) for all_ in (them.forget, them.recall)
        )
        self._who, self._allows = (
            _Sayings(((True, said) for said in all_), around) for all_ in (them.who, them.allows)
        )

    @cached_property
    def claims(self) -> Collection[str]:
        """The claims that are about a condition which has words of its own."""
        return {each.claim for each in self._held.values() if each.says}

    def after(self, claims: Iterable[str], text: str) -> tuple[str, ...]:
        """Return the complaints of whoever was answered with `claims` about something of their own ("why does my back hurt")."""
        shown = set(claims)
        if not self.is_of_theirs(text):
            return ()
        return tuple(held for held, each in self._held.items() if not shown.isdisjoint(each.after))

    def rather(self, last: str, near: Callable[[Collection[str]], bool]) -> str:
        """Return what answers somebody better than the claim `last` who has a complaint of which the claims are `near`; "" for none."""
        return next((each.rather[last] for each in self._held.values() if last in each.rather and near(each.after)), "")

    def held_after(self, held: str) -> tuple[str, ...]:
        """Return the claims after which a complaint is held; none for a condition that is named."""
        return tuple(self._held[held].after) if held in self._held else ()

    def rather_for(self, held: Iterable[str], claim: str) -> str:
        """Return what answers somebody better than `claim` because of what is held; "" for nothing."""
        return next((each.rather[claim] for each in self._sorted(held) if claim in each.rather), "")

    def is_of_theirs(self, text: str) -> bool:
        """Say whether a text speaks of something of its writer's own ("my back")."""
        return not self._theirs.isdisjoint(map(stem, words(clean(text))))

    def flagged(self, named: Iterable[str], rules: Collection[str]) -> str:
        """Return the card of the condition named whose own flag is among `rules`; "" for none."""
        return next((each.claim for each in self._sorted(named) if each.flag and each.flag in rules), "")

    def bearing(self, held: Iterable[str], claim: str, *, on_pain: bool) -> list[str]:
        """Return the conditions that bear on an answer by `claim`: a complaint only on what is no answer about pain (`on_pain`), nor harmless."""
        spared = on_pain or claim in self._always or claim in self._harmless
        return [each for each in held if not spared or each not in self._held or self._held[each].says]

    def is_named(self, held: Iterable[str]) -> bool:
        """Say whether one of these conditions was named, rather than being what a question was about."""
        return any(each.says for each in self._sorted(held))

    def is_ask_first(self, held: Iterable[str]) -> bool:
        """Say whether somebody else has to set depth and weight first for one of these conditions."""
        return any(each.keeps_from_all for each in self._sorted(held))

    def card(self, held: str) -> str:
        """Return the claim about a condition."""
        return self._held[held].claim if held in self._held else held

    def cards(self, held: Iterable[str]) -> list[str]:
        """Return the claims about conditions, of the gravest first."""
        return [each.claim for each in self._sorted(held)]

    def named(self, text: str) -> tuple[str, ...]:
        """Return the conditions that a text names, the gravest first; none that it denies."""
        return once(self._named, text) if self._held else ()

    def _named(self, text: str) -> tuple[str, ...]:
        return tuple(each.held_as for each in self._sorted(self._sayings.found(text)))

    def without(self, text: str) -> str:
        """Return what a text says beside the conditions that it names."""
        return " ".join(once(self._sayings.without, text))

    def asks_whether(self, text: str) -> bool:
        """Say whether a text asks no more than whether to press at all ("can I press light?"), beside conditions that it names."""
        asked = self.without(text)
        return any(self._whether.found(asked)) and all(
            stem(word) in self._beside_whether for word in self._whether.without(asked)
        )

    def taken_back(self, text: str, held: Iterable[str], *, corrects: bool) -> tuple[str, ...]:
        """Return which of the conditions held a text takes back: it denies them, or puts right words of their name ("I meant low blood pressure")."""
        denied = set(self._sayings.taken_back(text)) - set(self.named(text))
        said = set(map(stem, words(clean(text)))) if corrects and not self.named(text) else set()
        return tuple(
            each
            for each in held
            if each in denied
            or (each in self._held and len(said.intersection(map(stem, words(self._held[each].name)))) >= _MEANT)
        )

    def others(self, text: str) -> tuple[str, ...]:
        """Return what other exercises a text names are called."""
        return tuple(dict.fromkeys(self._others.found(text)))

    def without_others(self, text: str) -> str:
        """Return what a text says beside the other exercises that it names."""
        return " ".join(self._others.without(text))

    def said_of_others(self, held: Iterable[str]) -> tuple[str, str] | None:
        """Return the claim that comes first for these conditions, and what is said of other exercises above it: "" where they are to be asked about.

        None where the first of them asks nobody and says nothing of that.
        """
        first = next(iter(self._sorted(held)), None)
        if first is None:
            return None
        if first.others:
            return next(iter(first.others.items()))
        return (first.claim, "") if first.keeps_from_all or any(self._who.found(self._leads[first.held_as])) else None

    def is_to_forget(self, text: str) -> bool:
        """Say whether a text asks to let go of what is held, and nothing else."""
        return len(text.split()) <= MOST_ASIDE and any(self._forget.found(text))

    def is_to_recall(self, text: str) -> bool:
        """Say whether a text asks what is held, and nothing else."""
        return len(text.split()) <= MOST_ASIDE and any(self._recall.found(text))

    def is_allowed(self, text: str) -> bool:
        """Say whether a text tells of a yes by somebody who may give it ("my midwife said it's fine")."""
        return any(self._who.found(text)) and any(self._allows.found(text))

    def only_allows(self, text: str) -> bool:
        """Say whether a text tells of such a yes and of nothing else ("physio says ok")."""
        named = {word for word in self._who.without(text) if stem(word) not in self._beside_whether}
        return self.is_allowed(text) and named.isdisjoint(self._allows.without(text))

    def beside_a_yes(self, text: str) -> str:
        """Return what a text says beside somebody's yes; "" for nothing else, or for no yes."""
        if not self.is_allowed(text):
            return ""
        said = [clause.strip() for clause in _BESIDE.split(text)]
        return ", ".join(
            clause for clause in said if clause and not any(self._who.found(clause)) and not self.is_allowed(clause)
        )

    def told(self, held: Iterable[str], speaks: Callable[[str], str] = lambda _: "") -> str:
        """Return what an answer says of conditions: of at most `MOST_SAID`, "" for none.

        `speaks`: what a card says to the thing that was asked, which is said of a complaint in the place of its first line.
        """
        known = self._sorted(held)[:MOST_SAID]
        lines = ((each, "" if each.says else speaks(each.claim)) for each in known)
        return "\n".join(f"You mentioned {each.name}. {line or self._leads[each.held_as]}" for each, line in lines)

    def unsaid(self, held: Iterable[str], rules: Collection[str], shown: Collection[str]) -> list[str]:
        """Return the conditions of which neither the caution of a stop by `rules` nor the claims `shown` say what counts.

        None whose card another one of them advises against.
        """
        known = self._sorted(held)
        names = [each.held_as for each in known]
        return [
            each.held_as
            for each in known
            if each.flag not in rules
            and ((each.lead and each.says) or (each.claim not in shown and not self.against(each.claim, names)))
        ]

    def names(self, held: Iterable[str]) -> str:
        """Return how conditions are called, in a row."""
        return ", ".join(each.name for each in self._sorted(held))

    def instead(self, claim: str, held: Iterable[str]) -> str:
        """Return the claim to show in place of `claim` for somebody with these conditions; "" for none."""
        if claim in self._always:
            return ""
        known = self._sorted(held)
        own = {each.claim for each in known}
        for each in known:
            if claim in each.rather:
                return each.rather[claim]
            let = claim in own or claim in each.lets or claim in self._harmless
            if each.claim != claim and ((each.keeps_from_all and not let) or self._advises_against(each, claim)):
                return each.claim
        return ""

    def against(self, claim: str, held: Iterable[str]) -> str:
        """Return the card that advises against what a claim asks for, whoever said yes to the leg press; "" for none."""
        if claim in self._always:
            return ""
        cards = (
            each.claim for each in self._sorted(held) if each.claim != claim and self._advises_against(each, claim)
        )
        return next(cards, "")

    def _advises_against(self, condition: Condition, claim: str) -> bool:
        """Say whether a claim asks for what the card about a condition advises against: for all that may be, where that names nothing."""
        groups = condition.avoids or (tuple(self._asks_for) if condition.keeps_from_all else ())
        return claim in condition.keeps_from or (
            claim not in condition.lets and any(claim in self._asks_for.get(group, ()) for group in groups)
        )

    def _sorted(self, held: Iterable[str]) -> list[Condition]:
        """Return the conditions, the gravest first, without what others are told apart from."""
        names = set(held)
        found = [each for name, each in self._held.items() if name in names]
        apart = {name for each in found for name in each.instead_of}
        if any(each.says for each in found):  # what they named says more than what their last question was about
            apart.update(each.held_as for each in found if not each.says)
        return [each for each in found if each.held_as not in apart]


def _first_line(claim: Claim) -> str:
    return claim.lead or claim.claim


def _gaps(said: Sequence[str]) -> tuple[int, ...]:
    """Return how many words may stand before each part of a saying."""
    return tuple(
        MOST_BETWEEN if before == GAP else 0 for before, part in zip(["", *said], said, strict=False) if part != GAP
    )


def _part(word: str) -> _Part:
    bounds = _RANGE.fullmatch(word)
    if bounds:
        least, most, longest = int(bounds[1]), int(bounds[2]), len(bounds[2])
        return lambda found: found.isdigit() and len(found) <= longest and least <= int(found) <= most
    return frozenset(map(stem, word.split("/"))).__contains__
