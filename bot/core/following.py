"""What is known of how people go on from an answer: the words, as data (`knowledge/language/en/following.yaml`)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.core.asking import compiled
from bot.core.text import clean, sentences, stem, words
from bot.core.word_lists import PhraseList

MOST_WORDS = 12
"""A longer message stands by itself."""
FEW_OWN = 2
"""A message that names more of its own stands by itself, unless it tells of an obstacle."""
_NOTHING = re.compile("(?!)")
_CLAUSE = re.compile(r"[,;:()]+|\s-+\s")


@dataclass(frozen=True, slots=True)
class Following:
    """All that is known of how people go on from an answer.

    `around`: words before what is said that say nothing; `asks`: words that a question begins with; `another`: how a message begins that changes the subject; `not_theirs`: that what they said was about somebody else;
    `why`, `lacks`, `has`: phrases of the acts; `about` and `under`: words before a
    circumstance, and those that it begins with, `case` those that name a case; `meant` and `meant_for`: what puts right what something was asked for; `it`
    and `ones`: words that tell of what was asked; `which`: what only asks for one of it; `leans`: first words of a card's sentence that leans on the one before; `stays`: that a pain stays, in words of `pain` and `numbers`; `back`: words that point at what was said, `points` those that hardly do anything else; `little`: words that name no
    subject; `units`: of figures; `leaves`: what asks what to leave out, in words of `left`; `painless`, `misses`, `places`, `of_me`, `who`, `refuses`, `further`, `spots`, `spotted`, `heals`, `mends`, `hurts`, `when`, `doctor`, `doctors`, `seeing`, `halts`, `carries`, `halted`, `harms`, `harmed`, `calm`, `normal`, `hurried`, `hurry`, `helps`, `helped`, `gone`, `whom`, `dislikes`: for `bot.core.adding`; `hearsay`, `coaches`, `radiates`, `so`, `heard`, `confirms`, `returns`, `guesses`, `instead`, `not_guessed`, `row`, `replaced`, `other`: for `bot.core.pointing`; `joins`, `begins`, `points_before`, `points_after`: for `bot.core.earlier`; `else_asked`, `elses`, `number_asked`, `numbered`, `per_before`, `per`, `fits_before`, `fits_after`, `worsens`, `worse`, `since`, `details`, `beside_details`, `reassured`, `machines`, `weights`, `counted`, `forbidden`, `afterwards`, `skips`, `skipped`, `waits`: for `bot.core.few_words`; `degrees`: for `bot.service.onward`; `weekdays`, `feet`, `tall`: for `bot.core.going_on`; `narrows`: for `bot.service.weighed`; `figures`: what a kind of question looks for in a sentence; `weighs`: what each kind of evidence counts, for `bot.core.weighing`.
    """

    around: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    another: PhraseList = ()
    not_theirs: PhraseList = ()
    why: PhraseList = ()
    lacks: PhraseList = ()
    has: PhraseList = ()
    about: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    case: tuple[str, ...] = ()
    meant: tuple[str, ...] = ()
    meant_for: tuple[str, ...] = ()
    it: tuple[str, ...] = ()
    ones: tuple[str, ...] = ()
    which: tuple[str, ...] = ()
    leans: tuple[str, ...] = ()
    stays: PhraseList = ()
    painless: PhraseList = ()
    misses: PhraseList = ()
    places: tuple[str, ...] = ()
    of_me: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    refuses: tuple[str, ...] = ()
    further: tuple[str, ...] = ()
    leaves: PhraseList = ()
    left: tuple[str, ...] = ()
    spots: PhraseList = ()
    spotted: tuple[str, ...] = ()
    heals: PhraseList = ()
    mends: tuple[str, ...] = ()
    hurts: tuple[str, ...] = ()
    doctor: PhraseList = ()
    doctors: tuple[str, ...] = ()
    seeing: tuple[str, ...] = ()
    halts: PhraseList = ()
    carries: PhraseList = ()
    halted: tuple[str, ...] = ()
    harms: PhraseList = ()
    harmed: tuple[str, ...] = ()
    calm: tuple[str, ...] = ()
    normal: tuple[str, ...] = ()
    hurried: PhraseList = ()
    hurry: tuple[str, ...] = ()
    helps: PhraseList = ()
    helped: tuple[str, ...] = ()
    gone: PhraseList = ()
    whom: tuple[str, ...] = ()
    dislikes: PhraseList = ()
    hearsay: PhraseList = ()
    coaches: tuple[str, ...] = ()
    radiates: PhraseList = ()
    so: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()
    confirms: PhraseList = ()
    returns: PhraseList = ()
    guesses: PhraseList = ()
    instead: PhraseList = ()
    not_guessed: tuple[str, ...] = ()
    row: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    points_before: tuple[str, ...] = ()
    points_after: tuple[str, ...] = ()
    else_asked: PhraseList = ()
    elses: tuple[str, ...] = ()
    number_asked: PhraseList = ()
    numbered: tuple[str, ...] = ()
    per_before: tuple[str, ...] = ()
    per: tuple[str, ...] = ()
    fits_before: tuple[str, ...] = ()
    fits_after: tuple[str, ...] = ()
    worsens: PhraseList = ()
    worse: tuple[str, ...] = ()
    since: PhraseList = ()
    details: tuple[str, ...] = ()
    beside_details: tuple[str, ...] = ()
    reassured: PhraseList = ()
    machines: tuple[str, ...] = ()
    weights: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    forbidden: PhraseList = ()
    afterwards: PhraseList = ()
    skips: PhraseList = ()
    waits: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    degrees: tuple[str, ...] = ()
    weekdays: tuple[str, ...] = ()
    feet: tuple[str, ...] = ()
    tall: tuple[str, ...] = ()
    narrows: tuple[str, ...] = ()
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pain: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    little: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    figures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    weighs: Mapping[str, float] = field(default_factory=dict)


def lines_of(text: str) -> list[str]:
    """Return the words of each part of a text, each with a space behind it, for `compiled` phrases."""
    return [
        " ".join(found) + " "
        for sentence in sentences(clean(text))
        for clause in _CLAUSE.split(sentence)
        if (found := words(clause))
    ]


def any_of(listed: Iterable[str]) -> str:
    """Return the alternatives of a pattern, the longest first."""
    return "|".join(map(re.escape, sorted(listed, key=len, reverse=True)))


class Listed:
    """The words and phrases of a Following by the names of its fields, each compiled when it is first looked for."""

    def __init__(self, following: Following) -> None:
        """Compile nothing yet."""
        self.following = following
        self._patterns: dict[tuple[str, ...], re.Pattern[str]] = {}
        self._stems: dict[tuple[str, ...], frozenset[str]] = {}

    def says(self, name: str, said: Iterable[str]) -> bool:
        """Say whether one of some lines (`lines_of`) has a phrase of a list."""
        return any(map(self._phrases(name).search, said))

    def is_all_of(self, name: str, said: Iterable[str]) -> bool:
        """Say whether one of some lines is a phrase of a list, and nothing else."""
        return any(map(self._phrases(name).fullmatch, said))

    def begins(self, name: str, line: str, *, behind: tuple[str, ...] = ("around",)) -> bool:
        """Say whether words begin with a phrase of a list, behind words of the lists `behind` that say nothing."""
        found = self._patterns.get(key := (name, *behind))
        if found is None:
            before, phrases = any_of(self._of(behind)), any_of(self._of((name,)))
            found = self._patterns[key] = re.compile(rf"(?:(?:{before}) )*(?:{phrases})\b")
        return found.match(line) is not None

    def stems(self, *names: str) -> frozenset[str]:
        """Return the stems of the words of some lists."""
        found = self._stems.get(names)
        if found is None:
            found = self._stems[names] = frozenset(map(stem, self._of(names)))
        return found

    def besides(self, named: Iterable[str], *names: str) -> tuple[str, ...]:
        """Return those of some words that are in none of some lists, in any form."""
        stems = self.stems(*names)
        return tuple(word for word in named if stem(word) not in stems)

    def subjects(self, line: Iterable[str]) -> list[str]:
        """Return those of some words that may name a subject: no numbers, and none of the `little` ones."""
        return [word for word in self.besides(line, "little") if not word.isdigit()]

    def _phrases(self, name: str) -> re.Pattern[str]:
        found = self._patterns.get(key := (name,))
        if found is None:
            phrases = self._of(key)
            found = self._patterns[key] = compiled(phrases) if phrases else _NOTHING
        return found

    def _of(self, names: Iterable[str]) -> list[str]:
        return [each for name in names for each in getattr(self.following, name)]
