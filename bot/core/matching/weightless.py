"""Words around a question that ask nothing: greetings, thanks, names, towns, apologies. Left out before matching.

Which words these are is data (`knowledge/language/en/weightless.yaml`). The safety gate never sees a text without them.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.core.matching.english import EMPTY
from bot.core.question_words import WORDS
from bot.core.text import folded, spoken

NAME, ALL = "NAME", "ALL"
"""The signs in an entry for a name or a place, and for whoever is called."""
_SIGNS = frozenset({NAME, ALL})
LONGEST_NAME = 3
"""Words of a name: "Port Harcourt", "Mary Ann Cruz"."""
MOST_WORDS = 400
"""A longer text stays whole: what is said in passing weighs nothing there."""
MOST_IN_PHRASE = 12
"""Words of the longest entry."""

_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*'?")
_BREAK = re.compile(r"[.!?…\n;:]")
_BEFORE, _AFTER, _MARKS = " \t\n,.!;:)]-–—~*", " \t\n,;:([-–—~*#", "?.!"
"""What may be left standing at the beginning and at the end, and the marks at the end of a sentence."""
_HOLLOW = re.compile(r"\([\s,.!]*\)|\[\s*\]")
_BELONGS = frozenset(WORDS.belongs)
"""After these words nobody is called: "told off by my mates", "like a boss"."""
_ASKS = frozenset(WORDS.calls)
"""Before these words somebody is called even without a comma: "guys how deep"; but "guys are saying that"."""
_TURNS = frozenset({"but", "because"})
"""What was said in passing ends before these words, even without a comma."""

Known = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Spoken:
    """The entries, as they are written in the data. `names` and `places`: those that are words as well."""

    anywhere: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    passing: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heard:
    """What is left of a text, and what was left out of it, in the order in which it stood there."""

    text: str
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Phrase:
    """The words of an entry, and whether punctuation must stand before and after it."""

    words: tuple[str, ...]
    before: bool = False
    after: bool = False


class _Phrases:
    """Phrases, found by their first word and by their last."""

    def __init__(self, phrases: Iterable[_Phrase]) -> None:
        self.first: dict[str, list[_Phrase]] = {}
        self.last: dict[str, list[_Phrase]] = {}
        for phrase in dict.fromkeys(phrases):
            self.first.setdefault(phrase.words[0], []).append(phrase)
            self.last.setdefault(phrase.words[-1], []).append(phrase)

    @property
    def words(self) -> set[str]:
        """All their words."""
        return {word for phrases in self.first.values() for phrase in phrases for word in phrase.words}


class _Line:
    """The words of a text as written out; of each the place of its token, what stands before it, and whether it is out.

    `opens`: it opens a sentence; `apart`: punctuation stands before it. Both have one entry more, for the end.
    """

    def __init__(self) -> None:
        self.words: list[str] = []
        self.spans: list[tuple[int, int]] = []
        self.opens: list[bool] = []
        self.apart: list[bool] = []
        self.out: list[bool] = []

    def __len__(self) -> int:
        return len(self.words)

    def within(self, place: int) -> bool:
        """Say whether a place lies within a token that stands for several words."""
        return 0 < place < len(self.words) and self.spans[place] == self.spans[place - 1]

    def leave_out(self, start: int, end: int) -> None:
        """Mark words as out."""
        self.out[start:end] = [True] * (end - start)


class Weightless:
    """Knows what asks nothing. Fixed once made, safe to share."""

    def __init__(self, said: Spoken = Spoken()) -> None:
        """Read the entries; without any, every text stays whole."""
        anywhere = [_phrase(entry) for entry in said.anywhere]
        self._anywhere = _Phrases(anywhere)
        self._opening = _Phrases([*anywhere, *map(_phrase, said.opening)])
        self._closing = _Phrases([*anywhere, *map(_phrase, said.closing)])
        self._called = _Phrases(map(_phrase, said.called))
        self._passing = frozenset(word for entry in said.passing for word in _phrase(entry).words)
        self._names = frozenset(_phrase(name).words for name in (*said.names, *said.places))
        self._in_names = frozenset(word for name in self._names for word in name)
        self._words = frozenset(self._opening.words | self._closing.words | self._called.words)

    def without(self, cleaned: str, known: Known) -> Heard:
        """Return a text that `clean` made without what asks nothing; the whole text where nothing else would be left.

        `known` says whether the knowledge or plain English has a word: another one may be a name.
        """
        line = self._read(cleaned, known) if self._words else None
        if not line or len(line) > MOST_WORDS:
            return Heard(cleaned)
        self._open(line, known)
        self._close(line, known)
        for start, word in enumerate(line.words):
            if word in self._anywhere.first and not line.out[start]:
                line.leave_out(start, max(self._ends(self._anywhere, line, start, known), default=start))
        self._pass_over(line, known)
        return Heard(cleaned) if all(line.out) or not any(line.out) else _cut(cleaned, line)

    def _open(self, line: _Line, known: Known) -> None:
        for first in [i for i in range(len(line)) if line.opens[i]]:
            position = first
            while position < len(line):
                ends = self._ends(self._opening, line, position, known)
                if line.words[position] in self._called.first:
                    ends += [
                        end
                        for end in self._ends(self._called, line, position, known)
                        if line.apart[end] or position > first or line.words[end] in _ASKS
                    ]
                if not ends:
                    break
                line.leave_out(position, max(ends))
                position = max(ends)

    def _close(self, line: _Line, known: Known) -> None:
        for last in [i for i in range(1, len(line) + 1) if line.opens[i]]:
            end = last
            while end > 0:
                while end > 0 and line.out[end - 1]:
                    end -= 1
                if not end:
                    break
                starts = self._starts(self._closing, line, end, known)
                if line.words[end - 1] in self._called.last:
                    starts += [
                        start
                        for start in self._starts(self._called, line, end, known)
                        if line.apart[start] or line.words[start - 1] not in _BELONGS
                    ]
                if not starts:
                    break
                line.leave_out(min(starts), end)

    def _pass_over(self, line: _Line, known: Known) -> None:
        """Leave out parts between punctuation (or before "but") in which nothing is said but what is said in passing."""
        edges = [i for i in range(len(line) + 1) if line.apart[i] or (i < len(line) and line.words[i] in _TURNS)]
        for start, end in pairwise(edges):
            said = {i for i in range(start, end) if not line.out[i] and line.words[i] not in EMPTY}
            left = {i for i in said if line.words[i] not in self._passing}
            if said and all(self._is_named(line, place, start, end, known) for place in sorted(left)):
                line.leave_out(start, end + (end < len(line) and line.words[end] in _TURNS))

    def _is_named(self, line: _Line, place: int, start: int, end: int, known: Known) -> bool:
        """Say whether a name covers a place, of those within a part."""
        if line.words[place] not in self._in_names and not self._may_be_name(line.words[place], known):
            return False
        return any(
            self._is_name(line, first, last, known)
            for first in range(max(start, place - LONGEST_NAME + 1), place + 1)
            for last in range(place + 1, min(first + LONGEST_NAME, end) + 1)
        )

    def _ends(self, phrases: _Phrases, line: _Line, start: int, known: Known) -> list[int]:
        """Return where phrases end that start at a place."""
        found: list[int] = []
        for phrase in self._near(phrases.first, line, start, known):
            if (phrase.before and not line.apart[start]) or not _may(phrase.words, line, start, 1):
                continue
            reached = self._reached(phrase.words, line, start, 1, known)
            found += [end for end in reached if (not phrase.after or line.apart[end]) and not line.within(end)]
        return found

    def _starts(self, phrases: _Phrases, line: _Line, end: int, known: Known) -> list[int]:
        """Return where phrases start that end at a place."""
        found: list[int] = []
        for phrase in self._near(phrases.last, line, end - 1, known):
            if (phrase.after and not line.apart[end]) or not _may(phrase.words, line, end - 1, -1):
                continue
            reached = self._reached(phrase.words[::-1], line, end, -1, known)
            found += [start for start in reached if (not phrase.before or line.apart[start]) and not line.within(start)]
        return found

    def _near(self, phrases: Mapping[str, list[_Phrase]], line: _Line, place: int, known: Known) -> list[_Phrase]:
        """Return the phrases that may begin, or end, with the word at a place."""
        found = phrases.get(line.words[place], [])
        if ALL in phrases and line.words[place] in self._called.last:
            found = [*found, *phrases[ALL]]
        if NAME in phrases and self._is_name(line, place, place + 1, known):
            found = [*found, *phrases[NAME]]
        return found

    def _reached(self, parts: Sequence[str], line: _Line, place: int, step: int, known: Known) -> list[int]:
        """Return the places to which a phrase reaches from one, forwards or (step -1) backwards; no sentence ends within."""
        reached = [place]
        for number, part in enumerate(parts):
            following: list[int] = []
            for i in reached:
                word = i if step > 0 else i - 1
                if not 0 <= word < len(line) or line.out[word] or (number and line.opens[i]):
                    continue
                if part == NAME:
                    for length in range(1, LONGEST_NAME + 1):
                        end = i + step * length
                        if 0 <= end <= len(line) and self._is_name(line, min(i, end), max(i, end), known):
                            following.append(end)
                elif part == ALL:
                    ends = self._ends if step > 0 else self._starts
                    following += ends(self._called, line, i, known)
                elif line.words[word] == part:
                    following.append(i + step)
            reached = following
            if not reached:
                break
        return reached

    def _may_be_name(self, word: str, known: Known) -> bool:
        return (word,) in self._names or (word.isalpha() and not known(word))

    def _is_name(self, line: _Line, start: int, end: int, known: Known) -> bool:
        if end - start == 1:
            return not line.out[start] and self._may_be_name(line.words[start], known)
        if any(line.opens[start + 1 : end]) or any(line.out[start:end]):
            return False
        words = line.words[start:end]
        if tuple(words) in self._names:
            return True
        return all(self._may_be_name(word, known) for word in words)

    def _read(self, text: str, known: Known) -> _Line:
        """Return the words of a text; those that mean nothing anyway (`lol`) are passed over."""
        line = _Line()
        before = 0
        for token in _TOKEN.finditer(text):
            said = spoken(token.group())
            if not said:
                continue
            span = token.span()
            between = text[before : span[0]] if before else "."
            # "warm-up" is one thing, where "thanks - how deep?" is two
            apart = between not in {" ", "-"} and not (between.isspace() and "\n" not in between)
            opens = apart and bool(_BREAK.search(between))
            for word in said:
                line.words.append(word if word in self._words else self._plain(word, known))
                line.spans.append(span)
                line.opens.append(opens)
                line.apart.append(apart)
                opens = apart = False
            before = span[1]
        line.opens.append(True)
        line.apart.append(True)
        line.out = [False] * len(line.words)
        return line

    def _plain(self, word: str, known: Known) -> str:
        """Return a word without letters typed twice (`heyy`), where nothing is written like that."""
        short = folded(word)
        return short if short != word and short in self._words and not known(word) else word


def _may(words: Sequence[str], line: _Line, place: int, step: int) -> bool:
    """Say whether a phrase that has the word at a place as its first (or, backwards, last) one may have the next as well."""
    if len(words) == 1:
        return True
    following = words[1] if step > 0 else words[-2]
    if following in _SIGNS or words[0 if step > 0 else -1] in _SIGNS:
        return True
    return 0 <= place + step < len(line.words) and line.words[place + step] == following


def _phrase(entry: str) -> _Phrase:
    words: list[str] = []
    for token in entry.strip(", ").split():
        words += (token,) if token in {NAME, ALL} else spoken(token) or (token,)
    return _Phrase(tuple(words), entry.startswith(","), entry.endswith(","))


def _cut(text: str, line: _Line) -> Heard:
    """Return the text without the tokens that are out."""
    kept = {span for span, gone in zip(line.spans, line.out, strict=True) if not gone}
    spans = [span for span in dict.fromkeys(line.spans) if span not in kept]
    edges = [0, *(place for span in spans for place in span), len(text)]
    left = _HOLLOW.sub(" ", " ".join(text[a:b] for a, b in list(pairwise(edges))[::2]))
    left = left.lstrip(_BEFORE).rstrip(_AFTER)
    said = left.rstrip(_MARKS)
    left = said.rstrip(_AFTER) + left[len(said) :]
    return Heard(left, _together(text, spans))


def _together(text: str, spans: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """Return the texts of spans, those side by side as one."""
    joined: list[list[int]] = []
    for start, end in spans:
        if joined and text[joined[-1][1] : start].isspace():
            joined[-1][1] = end
        else:
            joined.append([start, end])
    return tuple(text[a:b] for a, b in joined)


NOTHING_WEIGHTLESS = Weightless()
"""Leaves every text whole."""
