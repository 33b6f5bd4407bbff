"""What kind of question is asked ("how long", "is it bad", "this or that"), read from its words, and what a claim says to it.

The words are data (`knowledge/language/en/asking.yaml`). A claim may have first words for a kind (`leads:`). Where they open
with yes or no, that word is only said if it is true for the question as asked: the question names nothing that
the words after it do not name, is not turned round, and the word does not stand against the claim's verdict.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import groupby

from bot.core.judgement import judgement
from bot.core.model import Claim
from bot.core.question_words import WORDS
from bot.core.small_patterns import either
from bot.core.text import clean, sentences, stem, words
from bot.sentences import say

Concepts = Callable[[Sequence[str]], Collection[str]]


class Kind(StrEnum):
    """The kinds of question that a claim can have first words for."""

    CAN = "can"  # may I, is it safe
    BAD = "bad"  # does it harm
    SHOULD = "should"
    NEED = "need"  # do I have to
    AVOID = "avoid"  # should I leave it out
    DOES = "does"  # is it so
    CHOICE = "choice"  # this or that
    HOW_MUCH = "how_much"
    HOW_MANY = "how_many"
    HOW_LONG = "how_long"
    HOW_OFTEN = "how_often"
    HOW_DEEP = "how_deep"
    HOW_FAR = "how_far"  # how high, wide, close
    HOW = "how"
    WHY = "why"
    WHEN = "when"
    WHERE = "where"
    WHAT = "what"
    MEANS = "means"  # what is that, what does the word mean
    DIFFERS = "differs"  # what sets two things apart


KINDS = tuple(kind.value for kind in Kind)
YES_NO = frozenset({Kind.CAN, Kind.BAD, Kind.SHOULD, Kind.NEED, Kind.AVOID, Kind.DOES})
FIGURES = frozenset(
    {Kind.HOW_MUCH, Kind.HOW_MANY, Kind.HOW_LONG, Kind.HOW_OFTEN, Kind.HOW_DEEP, Kind.HOW_FAR, Kind.WHEN}
)
"""The kinds that say by themselves what is wanted."""
_GIVES_WAY = YES_NO | {Kind.WHAT, Kind.MEANS, Kind.WHEN, Kind.WHERE}
"""The kinds that a choice in the same sentence outweighs: "is it better to go wide or narrow"; what asks for the difference outweighs any."""
_WIDER = {Kind.HOW_DEEP: Kind.HOW_FAR, Kind.MEANS: Kind.WHAT, Kind.DIFFERS: Kind.CHOICE}
"""The kinds whose first words stand where a claim has none for the kind that was asked."""
GAP, START, END = "..", "^", "$"
MOST_BETWEEN = 3
"""Words that a gap stands for at most."""
MOST_WITHOUT_VERB = 8
"""Words of a question without its verb at most."""
_OPENING = re.compile(r"(yes|no)\b[,:;.]\s+", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:()]+|\s-+\s")
_MARK = "| "
"""Between two clauses: no phrase reaches over it."""
_OPENS = rf"(?:(?:{either(WORDS.phrase_opens)}) )*"
"""Words that a clause may open with before what an anchored phrase begins with."""
_ANY_WORD = r"(?:(?!not |never |no )[^\s|]+ )"
"""A word between others: none that denies what follows ("it does not hurt")."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of one kind. Words in order; a|b is one of them, word? may be missing, ".." is up to three words, "^" the beginning, "$" the end.

    `ends`: phrases that tell it only in a sentence with a question mark in which no phrase of any kind stands ("knees to chest bad?").
    """

    kind: str
    when: tuple[str, ...]
    ends: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asking:
    """All that is known of how people ask.

    `kinds`: the phrases of each kind; `passing`: phrases that look like a choice and are none ("or not"); `turns`: words that
    turn a question round ("is it bad to not ..."); `says_nothing`: words that name nothing, so that first words need not name them.
    """

    kinds: tuple[Phrases, ...] = ()
    passing: tuple[str, ...] = ()
    turns: tuple[str, ...] = ()
    says_nothing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a text asks: the `kind`, and the words of that question that the phrase does not explain."""

    kind: Kind
    rest: tuple[str, ...] = ()


class Questions:
    """Tells kinds of questions. Fixed once made."""

    def __init__(self, asking: Asking = Asking()) -> None:
        """Read what is known of how people ask."""
        self._asking = asking or Asking()

    @cached_property
    def _by_word(self) -> dict[str, list["Sought"]]:
        """The phrases by each of the words of one of their tokens."""
        return _table((each.kind, each.when) for each in self._asking.kinds)

    @cached_property
    def _ends_by_word(self) -> dict[str, list["Sought"]]:
        """The same of the phrases that count where nobody used a verb."""
        return _table((each.kind, each.ends) for each in self._asking.kinds)

    @cached_property
    def _passing(self) -> re.Pattern[str] | None:
        return compiled(self._asking.passing) if self._asking.passing else None

    @cached_property
    def _of_passing(self) -> frozenset[str]:
        """Words one of which a line has that has one of these phrases: of most lines that is sooner known."""
        return frozenset(_table([(Kind.CHOICE, self._asking.passing)]))

    @cached_property
    def _turns(self) -> frozenset[str]:
        return frozenset(self._asking.turns)

    @cached_property
    def _says_nothing(self) -> frozenset[str]:
        return frozenset(stem(word) for word in self._asking.says_nothing)

    def asked(self, text: str) -> Asked | None:
        """Return what a text asks last; None where it asks in no words that are known."""
        said = list(reversed(sentences(clean(text))))
        in_order = [each for each in said if "?" in each] + [each for each in said if "?" not in each]
        return next((asked for each in in_order if (asked := self._in(each))), None)

    def in_full(self, text: str) -> tuple[str, ...]:
        """Return other ways to say a single short question that leaves its verb out; none for any other text.

        With the verb ("is bouncing bad?" for "bouncing bad?"), and what it asks about alone ("bouncing").
        """
        parts = sentences(clean(text))
        if len(parts) != 1 or not parts[0].endswith("?") or len(parts[0].split()) > MOST_WITHOUT_VERB:
            return ()
        said = self._said(parts[0])
        ends = self._found(said, self._ends_by_word)
        if not ends or self._found(said, self._by_word):
            return ()
        about = said[: ends[0][1].start()].replace(_MARK, " ").strip()
        return (f"is {parts[0]}", about) if about else (f"is {parts[0]}",)

    def _said(self, sentence: str) -> str:
        clauses = [" ".join(words(clause)) for clause in _CLAUSE.split(sentence)]
        said = f" {_MARK}".join(clause for clause in clauses if clause) + " "
        if self._passing is None or self._of_passing.isdisjoint(said.split()):
            return said
        return self._passing.sub("", said)

    def _in(self, sentence: str) -> Asked | None:
        said = self._said(sentence)
        found = self._found(said, self._by_word)
        if not found and sentence.rstrip().endswith("?"):
            found = self._found(said, self._ends_by_word)
        if not found:
            return None
        kind, match = min(found, key=lambda each: (each[1].start(), -len(each[1][0])))
        choice = next((each for asks in (Kind.DIFFERS, Kind.CHOICE) for each in found if each[0] is asks), None)
        if choice is not None and (kind in _GIVES_WAY or choice[0] is Kind.DIFFERS):
            kind, match = choice
        rest = f"{said[: match.start()]} {said[match.end() :]}".replace(_MARK, " ")
        return Asked(kind, tuple(rest.split()))

    @staticmethod
    def _found(said: str, by_word: Mapping[str, Sequence["Sought"]]) -> list[tuple[Kind, re.Match[str]]]:
        """Return what the phrases of each kind find first in a line of words, the longest of those that begin there."""
        line = frozenset(said.split())
        first: dict[int, tuple[int, int, Kind, re.Match[str]]] = {}
        for word in line:
            for phrase in by_word.get(word, ()):
                if not phrase.may_stand_in(line) or (match := phrase.pattern.search(said)) is None:
                    continue
                found = (match.start(), phrase.order, phrase.kind, match)
                held = first.get(phrase.number)
                if held is None or found[:2] < held[:2]:
                    first[phrase.number] = found
        return [first[number][2:] for number in sorted(first)]

    def lead(self, claim: Claim, asked: Asked, concepts: Concepts) -> str:
        """Return the first line of `claim` for a question; "" where its general one stands.

        `concepts` gives what the words of a line mean, so that other words for the same thing count as named.
        """
        leads = leads_of(claim)
        wider = _WIDER.get(asked.kind)
        said = leads.get(asked.kind, "") or (leads.get(wider, "") if wider else "")
        opening, told = opening_of(said)
        if not opening:
            return said
        if not self._names_all(asked.rest, (told, claim.title, claim.claim), concepts):
            return ""
        return told if _opposed(opening, judgement(claim)) else said

    def _names_all(self, rest: Sequence[str], texts: Iterable[str], concepts: Concepts) -> bool:
        """Say whether the texts name everything that the words of a question name."""
        lines = [words(clean(text)) for text in texts]
        if not self._turns.isdisjoint(rest):
            return False
        named = {stem(word) for line in lines for word in line}
        meant = named.union(*map(concepts, lines))
        return all(
            stem(word) in named
            or stem(word) in self._says_nothing
            or (not word.isdigit() and not meant.isdisjoint(concepts([word])))
            for word in rest
        )


def leads_of(claim: Claim) -> dict[str, str]:
    """Return the first lines that a claim has for kinds of question, by their kind."""
    return dict(each.split(": ", 1) for each in claim.leads)


def opening_of(said: str) -> tuple[str, str]:
    """Return the "yes" or "no" that a first line opens with ("" for none), and the statement without it."""
    opening = _OPENING.match(said)
    if opening is None:
        return "", said
    told = said[opening.end() :]
    return opening[1].lower(), f"{told[:1].upper()}{told[1:]}"


def _opposed(opening: str, judged: str) -> bool:
    """Say whether a yes or no stands against a judgement such as "No, fairly sure" or "Probably yes"."""
    said = judged.removeprefix("Probably ").lower()
    return said.startswith({"yes": "no", "no": "yes"}[opening])


def compiled(phrases: Collection[str]) -> re.Pattern[str]:
    """Return a pattern for a line of words, each with a space behind it. Raises ValueError for a phrase of no word at all.

    Where no word begins, no phrase can: that is asked once for all of them, and then their first letters tell most apart.
    """
    runs = groupby(longest_first(phrases), key=_is_anchored)
    return re.compile("|".join(f"{_place(anchored)}(?:{'|'.join(map(_said, run))})" for anchored, run in runs))


def must_say_something(phrase: str) -> None:
    """Raise ValueError for a phrase of no word at all, as `compiled` does, without compiling it, and for a choice of none ("a||b")."""
    _pattern(phrase)
    for token in phrase.split():
        choices = token.removesuffix("?").split("|")
        if len(choices) > 1 and not all(map(words, choices)):
            raise ValueError(say("files.asking.choice_without_a_word", phrase=phrase, token=token))


def longest_first(phrases: Iterable[str]) -> list[str]:
    """Return phrases in the order in which they are looked for at one place."""
    return sorted(phrases, key=len, reverse=True)


class Sought:
    """One phrase of a kind (`number`: which), and where it stands among the others of that kind.

    `needs`: of each of these a line has a word where the phrase stands in it. Looking for them is much quicker than the
    pattern: most phrases share no word with a line.
    """

    def __init__(self, said: str, kind: Kind, number: int, order: int) -> None:
        self.kind, self.number, self.order = kind, number, order
        self._said = said
        self.needs = tuple(
            frozenset(words(choice)[0] for choice in token.split("|"))
            for token in said.split()
            if token not in {START, END, GAP} and not token.endswith("?")
        )

    def may_stand_in(self, line: frozenset[str]) -> bool:
        """Say whether a line has all the words that the phrase needs."""
        return not any(map(line.isdisjoint, self.needs))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds it, compiled when a line first has its words."""
        return re.compile(_pattern(self._said))


def _table(kinds: Iterable[tuple[str, Sequence[str]]]) -> dict[str, list[Sought]]:
    """Return the phrases of each kind by each of the words of one of their tokens: of the one whose words stand in the fewest phrases."""
    phrases = [
        Sought(said, Kind(kind), number, order)
        for number, (kind, when) in enumerate(kinds)
        for order, said in enumerate(longest_first(when))
    ]
    uses = Counter(word for phrase in phrases for need in phrase.needs for word in need)
    found: dict[str, list[Sought]] = {}
    for phrase in phrases:
        for word in min(phrase.needs, key=lambda need: sum(uses[each] for each in need)):
            found.setdefault(word, []).append(phrase)
    return found


def _is_anchored(phrase: str) -> bool:
    return phrase.split()[:1] == [START]


def _place(anchored: bool) -> str:
    """Return what tells that a phrase may begin: with a clause, or with any word."""
    return r"(?:(?<=\| )|^)" if anchored else r"(?:(?<= )|^)"


def _pattern(phrase: str) -> str:
    return _place(_is_anchored(phrase)) + _said(phrase)


def _said(phrase: str) -> str:
    """Return a pattern for a phrase where it may begin."""
    tokens = phrase.split()
    anchored = _is_anchored(phrase)
    parts = [_token(token) for token in (tokens[1:] if anchored else tokens)]
    if all(token == GAP or token.endswith("?") for token in tokens if token not in {START, END}):
        raise ValueError(say("files.asking.may_stand_for_nothing_at_all", phrase=phrase))
    return (_OPENS if anchored else "") + "".join(parts)


def _token(token: str) -> str:
    if token == END:
        return r"(?=\||$)"
    if token == GAP:
        return f"{_ANY_WORD}{{0,{MOST_BETWEEN}}}?"
    choices = "|".join(
        "".join(f"{re.escape(word)} " for word in words(choice)) for choice in token.removesuffix("?").split("|")
    )
    return f"(?:{choices}){'?' if token.endswith('?') else ''}"


NO_QUESTIONS = Questions()
"""Tells none."""
