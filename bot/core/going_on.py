"""How people go on from an answer in words that name little themselves, and what the answer's claim says to that.

"why, what happens if i do", "so when would you use one", "the seat is fixed": read by themselves such words lead anywhere. The words
are data (`knowledge/language/en/following.yaml`).
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from bot.core.asking import FIGURES, Kind, compiled, opening_of
from bot.core.model import Claim, Ranking
from bot.core.references import without_references
from bot.core.text import clean, sentences, stem, words

MOST_WORDS = 12
"""A longer message stands by itself."""
FEW_OWN = 2
"""A message that names more of its own stands by itself, unless it tells of an obstacle."""
MOST_SENTENCES = 2
LONGEST = 240
"""Characters of a sentence that can stand alone below a question."""

_WITHOUT = frozenset({"without", "no"})
"""What the title of a claim has that is about lacking something."""
_LAST_RESORT = re.compile(r"(?:still|not?)\b[^.]*\?", re.IGNORECASE)
"""How a step begins that is for whoever the others do not help."""
_CLAUSE = re.compile(r"[,;:()]+|\s-+\s")
_BY_STEPS = frozenset({Kind.HOW, Kind.SHOULD, Kind.NEED, Kind.CAN, Kind.AVOID, Kind.WHEN, Kind.WHERE})
"""The kinds of question that steps answer better than reasons."""


Means = Callable[[Sequence[str]], frozenset[str]]
"""Gives what the words of a line mean, so that other words for the same thing count."""


class Act(StrEnum):
    """What a message does with the answer before it."""

    NONE = ""
    WHY = "why"
    LACKS = "lacks"  # can not do it, or did
    HAS = "has"  # has only this


@dataclass(frozen=True, slots=True)
class Following:
    """All that is known of how people go on from an answer.

    `around`: words before what is said that say nothing; `asks`: words that a question begins with; `another`: how a message begins that changes the subject; `not_theirs`: that what they said was about somebody else;
    `why`, `lacks`, `has`: phrases of the acts; `about` and `under`: words before a
    circumstance, and those that it begins with, `case` those that name a case; `meant` and `meant_for`: what puts right what something was asked for; `it`
    and `ones`: words that tell of what was asked; `which`: what only asks for one of it; `stays`: that a pain stays, in words of `pain` and `numbers`; `back`: words that point at what was said, `points` those that hardly do anything else; `little`: words that name no
    subject; `units`: of figures; `leaves`: what asks what to leave out, in words of `left`; `painless`, `misses`, `places`, `of_me`, `who`, `refuses`, `further`, `spots`, `spotted`, `heals`, `mends`, `hurts`, `when`, `doctor`, `doctors`, `seeing`, `halts`, `carries`, `halted`, `harms`, `harmed`, `calm`, `normal`, `hurried`, `hurry`, `helps`, `helped`, `gone`, `whom`, `dislikes`: for `bot.core.adding`; `figures`: what a kind of question looks for in a sentence.
    """

    around: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    another: tuple[str, ...] = ()
    not_theirs: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    has: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    case: tuple[str, ...] = ()
    meant: tuple[str, ...] = ()
    meant_for: tuple[str, ...] = ()
    it: tuple[str, ...] = ()
    ones: tuple[str, ...] = ()
    which: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()
    painless: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    of_me: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    refuses: tuple[str, ...] = ()
    further: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    spots: tuple[str, ...] = ()
    spotted: tuple[str, ...] = ()
    heals: tuple[str, ...] = ()
    mends: tuple[str, ...] = ()
    hurts: tuple[str, ...] = ()
    doctor: tuple[str, ...] = ()
    doctors: tuple[str, ...] = ()
    seeing: tuple[str, ...] = ()
    halts: tuple[str, ...] = ()
    carries: tuple[str, ...] = ()
    halted: tuple[str, ...] = ()
    harms: tuple[str, ...] = ()
    harmed: tuple[str, ...] = ()
    calm: tuple[str, ...] = ()
    normal: tuple[str, ...] = ()
    hurried: tuple[str, ...] = ()
    hurry: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    helped: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    whom: tuple[str, ...] = ()
    dislikes: tuple[str, ...] = ()
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pain: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    little: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    figures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class More(StrEnum):
    """How a message says more about what was asked before it."""

    UNDER = "under"  # under which circumstance
    CASE = "case"  # in which case, which may have an answer of its own
    MEANT = "meant"  # what it was asked for
    TOLD = "told"  # something of it


@dataclass(frozen=True, slots=True)
class Said:
    """What a claim says to a message: `lines` of it, and the `focus` that fits below them."""

    lines: tuple[str, ...]
    focus: str


@dataclass(frozen=True, slots=True)
class Read:
    """A message after an answer: its `act`, the words that name a subject of their `own`, the `units` it names, and whether it points `back`."""

    act: Act
    own: tuple[str, ...]
    units: tuple[str, ...]
    back: bool
    points: bool = False
    """Whether a pronoun does so: "one" and "so" stand in questions of all kinds."""


class GoingOn:
    """Reads what goes on from an answer. Fixed once made."""

    def __init__(self, following: Following = Following()) -> None:
        """Read what is known of how people go on."""
        self._words = following or Following()

    @property
    def following(self) -> Following:
        """What is known of how people go on."""
        return self._words

    @cached_property
    def _acts(self) -> list[tuple[Act, re.Pattern[str]]]:
        acts = ((Act.HAS, self._words.has), (Act.WHY, self._words.why), (Act.LACKS, self._words.lacks))
        return [(act, compiled(phrases)) for act, phrases in acts if phrases]

    @cached_property
    def _not_theirs(self) -> re.Pattern[str] | None:
        return compiled(self._words.not_theirs) if self._words.not_theirs else None

    @cached_property
    def _persists(self) -> re.Pattern[str] | None:
        return compiled(self._words.stays) if self._words.stays else None

    @cached_property
    def _pain(self) -> frozenset[str]:
        return frozenset(map(stem, self._words.pain))

    @cached_property
    def _numbers(self) -> frozenset[str]:
        return frozenset(map(stem, self._words.numbers))

    @cached_property
    def _another(self) -> re.Pattern[str] | None:
        if not self._words.another:
            return None
        phrases = "|".join(map(_raw, sorted(self._words.another, key=len, reverse=True)))
        around, asks = ("|".join(map(re.escape, each)) for each in (self._words.around, self._words.asks))
        behind = rf"\s*(?:[:,.;!-]+\s*|$|(?=(?:{asks})\b))"
        return re.compile(rf"\W*(?:(?:{around})\W+)*(?:{phrases})\b{behind}", re.IGNORECASE)

    @cached_property
    def _little(self) -> frozenset[str]:
        return frozenset(map(stem, self._words.little))

    @cached_property
    def _units(self) -> frozenset[str]:
        return frozenset(map(stem, self._words.units))

    @cached_property
    def _points(self) -> frozenset[str]:
        return frozenset(self._words.points)

    @cached_property
    def _back(self) -> frozenset[str]:
        return frozenset(self._words.back)

    def another(self, text: str) -> str | None:
        """Return what stands behind an opening that changes the subject ("new question: ..."); None where there is none."""
        found = self._another.match(text) if self._another is not None else None
        return None if found is None else text[found.end() :].strip()

    def bare(self, text: str) -> str:
        """Return a text without the words before it that say nothing."""
        found = self._opening.match(text)
        return text[found.end() :] if found else text

    @cached_property
    def _opening(self) -> re.Pattern[str]:
        around = "|".join(map(re.escape, self._words.around)) or "(?!)"
        return re.compile(rf"\W*(?:(?:{around})\W+)+", re.IGNORECASE)

    def more(self, text: str) -> tuple[More, str] | None:
        """Return how a message says more about what was asked before it, and what it says; None for any other."""
        line = " ".join(words(clean(text)))
        if not self._words.under or not line:
            return None
        if found := self._meant_for.search(line):
            return More.MEANT, found["after"] or found["before"]
        if found := self._under.match(line):
            behind = line[found.end() :].split(maxsplit=1)[:1]
            if not behind or behind[0] in self._words.asks:
                return None
            return (More.CASE if found["under"] in self._words.case else More.UNDER), line
        if self._told.search(line) and line.split()[0] not in self._words.asks:
            return More.TOLD, line
        return None

    def picks(self, text: str) -> bool:
        """Say whether a question only asks for one of what was asked before it ("and which one builds more")."""
        return bool(self._words.which) and self._which.match(" ".join(words(clean(text)))) is not None

    @cached_property
    def _before(self) -> str:
        return f"(?:(?:{_any_of((*self._words.around, *self._words.about))}) )*"

    @cached_property
    def _under(self) -> re.Pattern[str]:
        return re.compile(rf"{self._before}(?P<under>{_any_of(self._words.under)})\b ?")

    @cached_property
    def _meant_for(self) -> re.Pattern[str]:
        meant, purpose = _any_of(self._words.meant), _any_of(self._words.meant_for)
        return re.compile(
            rf"^{self._before}(?:{meant}) (?P<after>(?:{purpose}) .+)|^(?P<before>(?:{purpose}) .+) (?:{meant})$"
        )

    @cached_property
    def _told(self) -> re.Pattern[str]:
        return re.compile(rf"^{self._before}(?:{_any_of(self._words.it)})\b|\b(?:{_any_of(self._words.ones)})\b")

    @cached_property
    def _which(self) -> re.Pattern[str]:
        return re.compile(rf"{self._before}(?:{_any_of(self._words.which)})\b")

    def is_not_theirs(self, text: str) -> bool:
        """Say whether a text tells that what was said was about somebody else."""
        return (
            self._not_theirs is not None
            and len(text.split()) <= MOST_WORDS
            and any(self._not_theirs.search(line) for line in lines_of(text))
        )

    def stays(self, text: str) -> bool:
        """Say whether a text only tells that a pain stays ("it's been three weeks and still hurts")."""
        line = words(clean(text))
        rest = (stem(word) for word in line if not word.isdigit())
        named = any(each not in self._little | self._units | self._pain | self._numbers for each in rest)
        told = self._persists is not None and any(map(self._persists.search, lines_of(text)))
        return told and not named and len(line) <= MOST_WORDS and "?" not in text

    @cached_property
    def _leaves(self) -> re.Pattern[str] | None:
        return compiled(self._words.leaves) if self._words.leaves else None

    def leaves_out(self, text: str) -> bool:
        """Say whether a text only asks what to leave out ("which lifts should I avoid")."""
        line = words(clean(text))
        if self._leaves is None or len(line) > MOST_WORDS or not any(map(self._leaves.search, lines_of(text))):
            return False
        left = frozenset(map(stem, self._words.left))
        return all(stem(word) in self._little | left for word in line)

    def read(self, text: str) -> Read | None:
        """Return how a message goes on from an answer; None for one that stands by itself."""
        line = words(clean(text))
        if not line or len(text.split()) > MOST_WORDS:
            return None
        lines = list(lines_of(text))
        act = next((act for act, pattern in self._acts if any(map(pattern.search, lines))), Act.NONE)
        names = [word for word in line if not word.isdigit() and stem(word) not in self._little]
        own = [word for word in names if stem(word) not in self._units]
        units = [word for word in names if stem(word) in self._units]
        return Read(
            act,
            tuple(dict.fromkeys(own)),
            tuple(dict.fromkeys(units)),
            not self._back.isdisjoint(line),
            not self._points.isdisjoint(line),
        )

    def speaks(self, claim: Claim, text: str, means: Means, *, title: bool) -> bool:
        """Say whether a claim speaks of all that a text names, with something named; of most of it in its `title` alone."""
        own = [
            word for word in words(clean(text)) if not word.isdigit() and stem(word) not in self._little | self._units
        ]
        hits = speaks_of([claim.title] if title else _all(claim), own, _literally if title else means)
        return bool(own) and (hits * 2 > len(own) if title else hits == len(own))

    def line(self, lines: Sequence[str], text: str, means: Means) -> str:
        """Return the one of some lines that speaks of what a text names; "" for none."""
        named = [word for word in words(clean(text)) if not word.isdigit() and stem(word) not in self._little]
        own = [word for word in named if stem(word) not in self._units]
        return line_on(lines, list(dict.fromkeys(own)), means) if own else ""

    def said(self, claim: Claim, read: Read, kind: Kind | None, means: Means) -> Said:
        """Return what a claim says to a message that asks a `kind` of question."""
        sought: Sequence[str] = (*read.own, *read.units)
        if not sought and kind is not None:
            sought = self._words.figures.get(kind, ())
        found = [
            (speaks_of([sentence], sought, means), part, sentence)
            for part, text in _parts(claim)
            for sentence in ([text] if text in claim.do else sentences(text))  # a step stands whole
            if len(sentence) <= LONGEST
        ]
        most = max((hits for hits, _, _ in found), default=0)
        best = [(part, sentence) for hits, part, sentence in found if hits == most][:MOST_SENTENCES] if most else []
        focus = best[0][0] if best else ("do" if kind in _BY_STEPS and claim.do else "why")
        return Said(tuple(dict.fromkeys(sentence for _, sentence in best)), "why" if read.act is Act.WHY else focus)


def line_on(lines: Sequence[str], sought: Collection[str], means: Means) -> str:
    """Return the line that speaks most of what is sought; "" where none speaks of half of it."""
    hits, line = max(
        ((speaks_of([line], sought, means), line) for line in lines), key=lambda each: each[0], default=(0, "")
    )
    return line if hits and hits * 2 >= len(sought) else ""


def steps_left(claim: Claim, read: Read, means: Means) -> tuple[str, ...]:
    """Return the steps of a claim that name nothing of what a message can not do; all but the first where it names nothing."""
    if not read.own:
        return claim.do[1:]
    return tuple(step for step in claim.do if _LAST_RESORT.match(step) or not speaks_of([step], read.own, means))


def speaks_of(texts: Iterable[str], named: Collection[str], means: Means) -> int:
    """Return how many of the words `named` stand in texts, or are meant there."""
    lines = [words(clean(text)) for text in texts]
    stems = {stem(word) for line in lines for word in line}
    missing = [word for word in named if stem(word) not in stems]
    meant = frozenset[str]().union(*map(means, lines)) if missing else frozenset[str]()
    if missing and len(named) > 1:  # two words that name one thing ("sit ups")
        alone = frozenset[str]().union(*(means([word]) for word in named))
        if not meant.isdisjoint(means(list(named)) - alone):
            return len(named)
    return len(named) - sum(1 for word in missing if meant.isdisjoint(means([word])))


@dataclass(frozen=True, slots=True)
class Turn:
    """What comes after an answer: another `claim` than the last ("" for none), what the last one `said`, or its `steps` that are left.

    `beside`: a claim that stands first beside the steps.
    """

    claim: str = ""
    said: Said | None = None
    steps: tuple[str, ...] = ()
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Before:
    """What was answered last: the `claim`, the claims `related` to it, and what it `says` to the message."""

    claim: Claim
    related: Sequence[Claim]
    says: Callable[[], Said]


def turn(
    read: Read,
    found: Ranking,
    before: Before,
    *,
    joined: Callable[[], Ranking],
    means: Means,
    kind: Kind | None,
    asks: bool,
    aspect: bool = False,
    title: str = "",
) -> Turn | None:
    """Return what comes after an answer; None where the message stands by itself, as it was `found`.

    `joined`: what it is together with the last answer's title; `asks`: it is a question, of a `kind` if that is known; `aspect`: it puts
    the last question to something else;
    `title`: of the claim that was found.
    """
    last = before.claim
    related = {claim.id for claim in before.related}
    whole = speaks_of(_all(last), read.own, means)
    first = found.matches[0].claim if found.sure and found.matches else ""
    names_none, names_all = not read.own, bool(read.own) and whole == len(read.own)
    if read.act in {Act.LACKS, Act.HAS}:
        return _hindered(read, found, before, joined=joined, means=means, whole=whole, first=first)
    if len(read.own) > FEW_OWN and first != last.id:
        return None
    if read.act is Act.WHY and (names_none or names_all) and first in {"", last.id, *related}:
        return Turn(said=before.says())
    if not asks:
        return Turn(said=before.says()) if first == last.id else None
    if first == last.id:
        return Turn(said=before.says())
    if names_none:
        answers = any(lead.startswith(f"{kind}: ") for lead in last.leads)
        elsewhere = first in related and kind in FIGURES  # "and when can I press again then"
        points = read.back and not aspect and not elsewhere
        return Turn(said=before.says()) if answers or not first or points else None
    if aspect and first:
        return None
    if not read.points:
        return Turn(said=before.says()) if not first and names_all else None
    its_own = speaks_of(_main(last, leads=first not in related), read.own, _literally) == len(read.own)
    theirs = bool(title) and speaks_of([title], read.own, _literally) == len(read.own)
    if its_own or (names_all and first not in related and not theirs):
        return Turn(said=before.says())
    if first and (theirs or first in related or not whole):
        return None
    nearer = joined()
    if nearer.sure and nearer.matches[0].claim in related:
        return Turn(claim=nearer.matches[0].claim)
    return Turn(said=before.says()) if names_all or (found.near and len(read.own) == 1) else None


def _hindered(
    read: Read,
    found: Ranking,
    before: Before,
    *,
    joined: Callable[[], Ranking],
    means: Means,
    whole: int,
    first: str,
) -> Turn | None:
    """Return what comes for somebody who can not do what was said, did it already, or has only this."""
    last, related = before.claim, {claim.id: claim for claim in before.related}
    if read.own and whole * 2 < len(read.own) + (not read.back):
        return None
    in_steps = bool(speaks_of(last.do, read.own, means))
    if first and first != last.id and not in_steps and (first in related or not whole):
        return None
    title = {stem(word) for word in words(clean(last.title))}
    named = without_claim(last, before.related)
    if read.act is Act.LACKS and (named == first or {stem(word) for word in read.own} <= title) and named:
        return Turn(claim=named)
    if first in related and not _WITHOUT.isdisjoint(words(clean(related[first].title))):
        return None
    if not first and not whole:
        nearer = joined()
        if nearer.sure and nearer.matches[0].claim in related:
            return Turn(claim=nearer.matches[0].claim)
        if read.own and not found.near:
            return None
    told = before.says()
    if read.act is Act.HAS and told.lines:
        return Turn(said=told)
    return Turn(steps=steps_left(last, read, means), beside=first if first != last.id else "")


def without_claim(last: Claim, related: Iterable[Claim]) -> str:
    """Return the one of the claims related to the last that is about having none of what that is about; "" for none."""
    without = (each for each in related if not _WITHOUT.isdisjoint(words(clean(each.title))))
    return next((each.id for each in without if speaks_of([each.title], subject_of(last), _literally)), "")


def subject_of(claim: Claim) -> list[str]:
    """Return the longest word of a claim's title, for comparing."""
    return [max(words(clean(claim.title)), key=len, default="")]


def _literally(_: Sequence[str]) -> frozenset[str]:
    """Give no other words for the same thing."""
    return frozenset()


def _main(claim: Claim, *, leads: bool) -> list[str]:
    """Return the texts that say what a claim is about."""
    lines = [claim.lead, *(lead.split(": ", 1)[1] for lead in claim.leads)] if leads else []
    return [claim.title, claim.claim, *lines]


def _all(claim: Claim) -> list[str]:
    return [claim.title, claim.claim, *(text for _, text in _parts(claim))]


def _parts(claim: Claim) -> list[tuple[str, str]]:
    """Return the texts of a claim that may be said by themselves, each with the focus that shows its part."""
    leads = [lead.split(": ", 1)[1] for lead in claim.leads]
    parts = [("do", claim.lead), *(("do", lead) for lead in leads if not opening_of(lead)[0])]
    parts += [*(("do", step) for step in claim.do), ("why", claim.answer), ("why", claim.why), ("why", claim.unknown)]
    return [(part, without_references(text)) for part, text in parts if text]


def lines_of(text: str) -> list[str]:
    """Return the words of each part of a text, each with a space behind it, for `compiled` phrases."""
    return [
        " ".join(found) + " "
        for sentence in sentences(clean(text))
        for clause in _CLAUSE.split(sentence)
        if (found := words(clause))
    ]


def _any_of(listed: Iterable[str]) -> str:
    """Return the alternatives of a pattern, the longest first."""
    return "|".join(map(re.escape, sorted(listed, key=len, reverse=True)))


def _raw(phrase: str) -> str:
    """Return a phrase as a pattern over text as it was typed."""
    tokens = [(token.removesuffix("?").split("|"), token.endswith("?")) for token in phrase.split()]
    parts = [f"(?:{'|'.join(map(re.escape, choices))})" for choices, _ in tokens]
    return parts[0] + "".join(
        f"(?: +{part}){'?' if maybe else ''}" for part, (_, maybe) in zip(parts[1:], tokens[1:], strict=True)
    )


NO_FOLLOWING = GoingOn()
"""Reads nothing of how people go on."""
