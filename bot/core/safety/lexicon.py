"""Concept classes: which words and phrases of a message mean BACK, NUMB, CANT..., typing slips included.

A phrase is written as in `knowledge/safety/lexicon/`: words, with alternatives in brackets, `numb(|ness|ed)`, `(my|the)`; an empty
alternative may drop the word, as does `(really )?`; `#` is any number, `#year` a year. A phrase that ends with ` $` counts only where its clause ends
with it: "cant do this $" is no "cant do this machine". At each place the longest phrase wins and uses its words up, so that "no feeling" is one
symptom and never a negation, and a mask ("back squat") hides what it holds.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple, Self

from rapidfuzz.distance import OSA

from bot.core.safety.gate_words import GATE_WORDS
from bot.core.safety.numbered import Numbered
from bot.core.safety.state import State
from bot.core.safety.tokens import SENTENCE, Words
from bot.sentences import say

END: Final = "$"
"""What stands at the end of a phrase that must end its clause."""

MASK: Final = "MASK"
"""The class of phrases that mean nothing to the gate and hide the words in them."""


def expand(pattern: str) -> list[str]:
    """Return every spelling of a pattern: `numb(|ness) (my )?toe` -> `numb toe`, `numb my toe`, `numbness toe`...

    Raises ValueError where brackets do not pair up.
    """
    if "(" not in pattern and "|" not in pattern and ")" not in pattern:
        return [_spaced(pattern.replace("?", ""))]
    alternatives, end = _alternatives(pattern, 0)
    if end != len(pattern):
        message = say("stops.lexicon.brackets_do_not_pair_up_in", pattern=pattern)
        raise ValueError(message)
    return list(dict.fromkeys([_spaced(spelling) for spelling in alternatives]))


def _spaced(spelling: str) -> str:
    """Return words with one space between them and none around, as most are written."""
    if "  " in spelling or spelling[:1] == " " or spelling[-1:] == " ":
        return " ".join(spelling.split())
    return spelling


def _alternatives(pattern: str, place: int) -> tuple[list[str], int]:
    """Return the spellings from `place` up to a closing bracket or the end, and where that is."""
    found: list[str] = []
    sequence = [""]
    while place < len(pattern):
        sign = pattern[place]
        if sign == ")":
            break
        if sign == "|":
            found += sequence
            sequence = [""]
        elif sign == "(":
            inner, place = _alternatives(pattern, place + 1)
            if place >= len(pattern):
                message = say("stops.lexicon.brackets_do_not_pair_up_in", pattern=pattern)
                raise ValueError(message)
            if pattern.startswith("?", place + 1):
                inner, place = [*inner, ""], place + 1
            sequence = [head + tail for head in sequence for tail in inner]
        elif sign != "?":  # " ?" is a space that may fall away
            plain = _PLAIN.match(pattern, place)
            assert plain is not None
            sequence = [head + plain[0] for head in sequence]
            place = plain.end()
            continue
        place += 1
    return found + sequence, place


_PLAIN = re.compile(r"[^()|?]+")


class Hit(NamedTuple):
    """A concept found in a text: its number, the words it covers (`start` up to, not with, `end`), whether by a slip."""

    concept: int
    start: int
    end: int
    slip: bool = False


_SHORTEST_MENDED, _LONGEST_MENDED = 3, 20
_SHORTEST_SWAP = 4
_SHORTEST_FIRST = 4  # from this length on the first letter may be a slip too
_ANY_SLIP = 7  # from this length on any wrong letter counts, below it only the key beside the right one
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_TOUCHING = {(-1, 0), (1, 0), (0, -1), (1, -1), (0, 1), (-1, 1)}
_BESIDE = {
    letter: frozenset(
        other
        for line, keys in enumerate(_KEYS)
        for place, other in enumerate(keys)
        if other != letter and (place - column, line - row) in _TOUCHING
    )
    for row, letters in enumerate(_KEYS)
    for column, letter in enumerate(letters)
}
"""The keys that a finger aiming at one may hit instead; each row of a keyboard stands half a key to the right."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """Every spelling of every phrase with the classes it belongs to, and the words that are no slips of the pen.

    `classes` lists each set of classes that occurs, `phrases` gives a spelling's place in that list; `lengths` and
    `firsts` do the same for the numbers of words, longest first, of the phrases that start with two words.
    """

    phrases: Numbered
    classes: tuple[tuple[int, ...], ...]
    firsts: Numbered
    lengths: tuple[tuple[int, ...], ...]
    known: Numbered
    letters: Numbered
    """The letters of each known word in alphabetical order: what has others is no known word with two letters swapped."""

    @classmethod
    def of(
        cls, names: Sequence[str], concepts: Mapping[str, Iterable[str]], masks: Iterable[str], known: Iterable[str]
    ) -> Self:
        """Write the patterns of `concepts` and `masks` out. Raises ValueError for brackets that do not pair up."""
        number = {name: index for index, name in enumerate(names)}
        found: dict[str, tuple[int, ...]] = {}
        sizes: dict[str, set[int]] = {}
        words = set(known)
        for name, patterns in [*concepts.items(), (MASK, masks)]:
            alone = (number[name],)
            for pattern in patterns:
                for phrase in expand(pattern):
                    others = found.setdefault(phrase, alone)
                    if others is not alone:
                        found[phrase] = (*others, *alone) if alone[0] not in others else others
        found.pop("", None)
        for phrase in found:
            parts = phrase.split(" ")
            words.update(parts)
            if len(parts) > 1:
                start = f"{parts[0]} {parts[1]}"
                if start in sizes:
                    sizes[start].add(len(parts))
                else:
                    sizes[start] = {len(parts)}
        phrases, classes = _numbered(
            (phrase, numbers if len(numbers) == 1 else tuple(sorted(numbers))) for phrase, numbers in found.items()
        )
        del found  # several hundred thousand spellings: what follows needs the room
        firsts, lengths = _numbered((words, tuple(sorted(several, reverse=True))) for words, several in sizes.items())
        spelt, lettered = dict.fromkeys(words, 0), dict.fromkeys(map(_lettered, words), 0)
        remembered = (Numbered.of(each, remembered=True) for each in (phrases, firsts, spelt, lettered))
        return cls(next(remembered), classes, next(remembered), lengths, next(remembered), next(remembered))

    def forget(self) -> None:
        """Find everything by its hash from now on, which is slower and takes a tenth of the room."""
        for each in (self.phrases, self.firsts, self.known, self.letters):
            each.forget()

    def dump(self, state: State) -> None:
        """Add all of it to the state that a cache keeps."""
        self.phrases.dump(state, "phrases")
        self.firsts.dump(state, "firsts")
        self.known.dump(state, "known")
        self.letters.dump(state, "letters")
        for name, table in (("phrases", self.classes), ("firsts", self.lengths)):
            state.texts[f"{name}-of"] = "\n".join(" ".join(map(str, row)) for row in table)

    @classmethod
    def restore(cls, state: State) -> Self:
        """Rebuild what `dump` added. Raises KeyError or ValueError for anything else."""
        classes, lengths = (
            tuple(tuple(map(int, row.split())) for row in state.lines(f"{name}-of")) for name in ("phrases", "firsts")
        )
        phrases, firsts, known, letters = (
            Numbered.restore(state, name) for name in ("phrases", "firsts", "known", "letters")
        )
        return cls(phrases, classes, firsts, lengths, known, letters)


def _numbered(rows: Iterable[tuple[str, tuple[int, ...]]]) -> tuple[dict[str, int], tuple[tuple[int, ...], ...]]:
    """Return each key with the place of its row in a list of the different rows, and that list."""
    places: dict[tuple[int, ...], int] = {}
    return {key: places.setdefault(row, len(places)) for key, row in rows}, tuple(places)


_Phrases = Sequence[tuple[int, int]]
"""Phrases by their place among the classes, and how many words each has."""


class Lexicon:
    """The concept classes of a set of rules, ready to find them in words."""

    def __init__(
        self, names: Sequence[str], compiled: Compiled, alarm_words: Iterable[str], closed: Iterable[str] = ()
    ) -> None:
        """Take the classes' names by number, their written-out phrases, alarm words, and the names of closed classes.

        The phrases of a closed class, and masks, hide the words in them ("pain free"); others leave their words their
        own meaning. An unknown word one edit away from an alarm word is read as it; other cue words only mend two swapped letters.
        """
        self.names: tuple[str, ...] = tuple(names)
        self.number: dict[str, int] = {name: index for index, name in enumerate(self.names)}
        self._compiled = compiled
        hiding = {self.number[name] for name in (*closed, MASK)}
        self._open = [hiding.isdisjoint(numbers) for numbers in compiled.classes]
        self._inner = [tuple(n for n in numbers if n not in hiding) for numbers in compiled.classes]
        self._alarm = frozenset(alarm_words)
        self._slips = self._slip_index()
        self._lately: dict[str, int | None] = {}
        self._lately_first: dict[str, int | None] = {}
        self._lately_known: dict[str, bool] = {}

    def _slip_index(self) -> dict[str, tuple[str, ...]]:
        """Map each alarm word, whole and with one letter less, to the alarm words it may be a slip of (SymSpell's deletes)."""
        index: dict[str, list[str]] = {}
        for word in sorted(self._alarm):
            for form in lessened(word):
                index.setdefault(form, []).append(word)
        return {form: tuple(found) for form, found in index.items()}

    def spells(self, word: str) -> bool:
        """Say whether a word is one of the language's, as it is."""
        known = self._lately_known.get(word)
        if known is None:
            if len(self._lately_known) >= _MOST_REMEMBERED:
                self._lately_known.clear()
            known = self._lately_known[word] = word in self._compiled.known
        return known

    def mend(self, word: str, *, lettered: bool | None = None) -> str | None:
        """Return the cue word that an unknown word is a slip of, or None: one edit (optimal string alignment distance).

        `lettered`: whether a known word has its letters in some order, where that was looked up.
        """
        if self.spells(word) or not (_SHORTEST_MENDED <= len(word) <= _LONGEST_MENDED) or not word.isalpha():
            return None
        candidates: set[str] = set()
        for form in lessened(word):
            candidates.update(self._slips.get(form, ()))
        likely = [candidate for candidate in sorted(candidates) if is_slip(word, candidate)]
        if likely:
            return max(likely, key=lambda candidate: (candidate[0] == word[0], len(candidate)))
        if len(word) >= _SHORTEST_SWAP:
            if not (_lettered(word) in self._compiled.letters if lettered is None else lettered):
                return None  # no word has these letters in any order
            for i in range(len(word) - 1):
                swapped = word[:i] + word[i + 1] + word[i] + word[i + 2 :]
                if swapped in self._compiled.known:
                    return swapped
        return None

    def find(self, text: Words) -> list[Hit]:
        """Return the concepts in a text, from left to right."""
        words = text.words
        breaks = text.breaks
        shapes = [_shape(word) for word in words] if any(word[0].isdigit() for word in words) else words
        phrase, classes, inner = self._phrase, self._compiled.classes, self._inner
        known = self._lately_known
        mask = self.number[MASK]
        hits: list[Hit] = []
        if len(words) >= _MANY:
            self._look_up(words)
        mended: dict[int, str] = {}
        unknown = [place for place, word in enumerate(words) if not known.get(word) and not self.spells(word)]
        if unknown:
            spelt = list(dict.fromkeys(words[place] for place in unknown))
            lettered = self._compiled.letters.several([_lettered(word) for word in spelt])
            meant_by = {
                word: self.mend(word, lettered=one is not None) for word, one in zip(spelt, lettered, strict=True)
            }
            mended = {place: meant for place in unknown if (meant := meant_by[words[place]]) is not None}
        if mended:
            words = words.copy()
            for place, better in mended.items():
                words[place] = better
        place, count = 0, len(words)
        several = self._several(words, breaks)
        free = [True] * count
        seen: set[tuple[int, int, int]] = set()

        def add(number: int, start: int, end: int) -> None:
            if (number, start, end) not in seen:
                seen.add((number, start, end))
                hits.append(Hit(number, start, end, bool(mended) and any(i in mended for i in range(start, end))))

        while place < count:
            found, length = self._longest(several, words, shapes, place)
            if found is not None:
                for number in classes[found]:
                    if number != mask:
                        add(number, place, place + length)
                if not self._open[found]:
                    if length > 1 or classes[found] == (mask,):
                        free[place : place + length] = [False] * length
                else:
                    length = self._covered(several, words, shapes, place, length)
            place += length
        # Phrases that hide nothing may overlap: "left arm" and "arm has stopped working".
        lately = self._lately
        for start, word in enumerate(words):
            if not free[start]:
                continue
            found = lately.get(word, _ASK)
            if found == _ASK:
                found = phrase(word)
            if found is not None:
                for number in inner[found]:
                    add(number, start, start + 1)
            for found, size in several[start]:
                if all(free[start : start + size]):
                    for number in inner[found]:
                        add(number, start, start + size)
        hits.sort(key=lambda hit: (hit.start, hit.end))
        return hits

    def _look_up(self, words: Sequence[str]) -> None:
        """Look a long text's words up together, and the pairs of them, and remember what was found."""
        compiled = self._compiled
        pairs = [f"{one} {other}" for one, other in pairwise(words)]
        lately: list[tuple[dict[str, int | None], Numbered, Sequence[str]]] = [
            (self._lately, compiled.phrases, words),
            (self._lately_first, compiled.firsts, pairs),
        ]
        for remembered, numbered, texts in lately:
            new = [text for text in dict.fromkeys(texts) if text not in remembered]
            if len(remembered) + len(new) > _MOST_REMEMBERED:
                remembered.clear()
                new = list(dict.fromkeys(texts))
            remembered.update(zip(new, numbered.several(new), strict=True))
        new = [word for word in dict.fromkeys(words) if word not in self._lately_known]
        if len(self._lately_known) + len(new) <= _MOST_REMEMBERED:
            found = compiled.known.several(new)
            self._lately_known.update((word, number is not None) for word, number in zip(new, found, strict=True))

    def _phrase(self, text: str) -> int | None:
        """Return where a phrase stands among the classes; what was asked lately is remembered, since people repeat words."""
        known = self._lately.get(text, _ASK)
        if known == _ASK:
            if len(self._lately) >= _MOST_REMEMBERED:
                self._lately.clear()
            known = self._lately[text] = self._compiled.phrases.get(text)
        return known

    def _first(self, words: str) -> int | None:
        """Return where the lengths of the phrases that start with two words stand; remembered likewise."""
        known = self._lately_first.get(words, _ASK)
        if known == _ASK:
            if len(self._lately_first) >= _MOST_REMEMBERED:
                self._lately_first.clear()
            known = self._lately_first[words] = self._compiled.firsts.get(words)
        return known

    def _several(self, words: Sequence[str], breaks: Sequence[int]) -> list[_Phrases]:
        """Return for each word the phrases of two words and more that start with it, longest first; none ends in another sentence."""
        phrase, first_of, lengths, known = self._phrase, self._first, self._compiled.lengths, self._lately_first
        count = len(words)
        several: list[_Phrases] = [_NO_PHRASES] * count
        for place, (one, other) in enumerate(pairwise(words)):
            if breaks[place + 1] >= SENTENCE:
                continue
            both = f"{one} {other}"
            first = known.get(both, _ASK)
            if first == _ASK:
                first = first_of(both)
            if first is not None:
                found = [
                    (number, size)
                    for size in lengths[first]
                    if place + size <= count
                    and (number := phrase(" ".join(words[place : place + size]))) is not None
                    and max(breaks[place + 1 : place + size]) < SENTENCE
                ]
                ended = [
                    (number, size)
                    for size in (length - 1 for length in lengths[first])
                    if 1 < size <= count - place
                    and (place + size == count or breaks[place + size] or words[place + size] in _BEGINS_ANOTHER)
                    and (number := phrase(f"{' '.join(words[place : place + size])} {END}")) is not None
                    and max(breaks[place + 1 : place + size]) < SENTENCE
                ]
                several[place] = sorted([*found, *ended], key=lambda one: -one[1]) if ended else found
        return several

    def _covered(
        self, several: Sequence[_Phrases], words: Sequence[str], shapes: Sequence[str], place: int, length: int
    ) -> int:
        """Return how many words open phrases cover from `place` on that overlap: "shes having" and "having a fit"."""
        end, inside = place + length, place + 1
        while inside < end:
            found, size = self._longest(several, words, shapes, inside)
            if found is not None and self._open[found] and inside + size > end:
                end = inside + size
            inside += 1
        return end - place

    def _longest(
        self, several: Sequence[_Phrases], words: Sequence[str], shapes: Sequence[str], place: int
    ) -> tuple[int | None, int]:
        """Return the longest phrase that starts at a word, by its place among the classes (None for none), and its length."""
        phrase = self._phrase
        found: int | None
        found, length = several[place][0] if several[place] else (phrase(words[place]), 1)
        if shapes is not words:
            first = self._first(" ".join(shapes[place : place + 2]))
            if first is not None:
                for size in self._compiled.lengths[first]:
                    if length < size <= len(words) - place:
                        shaped = phrase(" ".join(shapes[place : place + size]))
                        if shaped is not None:
                            return shaped, size
            if found is None:
                found = phrase(shapes[place])
        return found, length


_NO_PHRASES: Final[_Phrases] = ()
_BEGINS_ANOTHER: Final = frozenset(GATE_WORDS.begins_another)
"""Words that end the clause before them."""
_ASK: Final = -1
_MOST_REMEMBERED: Final = 16_384
_MANY: Final = 200
"""From so many words on they are looked up together."""


def _lettered(word: str) -> str:
    """Return a word's letters in alphabetical order."""
    return "".join(sorted(word))


def lessened(word: str) -> set[str]:
    """Return a word and what remains of it without one of its letters: two words one slip apart share such a form."""
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


def is_slip(typed: str, meant: str) -> bool:
    """Say whether a typed word is likely to be a slip of another: one letter lost, doubled, swapped, or beside its key."""
    if OSA.distance(meant, typed, score_cutoff=1) != 1:
        return False
    if len(typed) < len(meant):
        return typed[0] == meant[0]
    if typed[0] != meant[0] and len(typed) < _SHORTEST_FIRST:
        return False
    if len(typed) > len(meant) or sorted(typed) == sorted(meant):
        return True
    wrong = next(i for i, letter in enumerate(typed) if letter != meant[i])
    if typed[wrong] in _BESIDE.get(meant[wrong], ()):
        return len(typed) >= _SHORTEST_FIRST
    return wrong > 0 and len(typed) >= _ANY_SLIP


def _shape(word: str) -> str:
    """Return what stands for a number in phrases: `#year` for 1900 to 2099, else `#`; other words as they are."""
    if not word[0].isdigit():
        return word
    return "#year" if len(word) == _YEAR_DIGITS and word[:2] in {"19", "20"} else "#"


_YEAR_DIGITS = 4
