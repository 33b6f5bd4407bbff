"""First words where the bot is addressed: a greeting, "help", "are you a doctor", thanks, a rude word, emoji alone.

What there is to say is data (`knowledge/language/en/first_words.yaml`). A message counts where nothing else stands in it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from rapidfuzz.distance import OSA

from bot.core.text import clean, folded, words
from bot.sentences import say

MOST_WORDS = 16
NAME = "NAME"
LONGEST_NAME = 3
SHORTEST_MENDED = 5
"""A slip of one letter is forgiven in words of so many letters."""
EMPTY, NO_WORDS, HELP = "empty", "no_words", "help"
"""Kinds that no phrase tells: nothing was written, emoji or a link alone; a question mark alone is a call for help."""

Known = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class FirstWords:
    """One kind of first words: the line that is said, the claims to ask for next, and the phrases that make it.

    `silent`: it wants no answer in a channel.
    """

    kind: str
    says: str
    asks: tuple[str, ...] = ()
    silent: bool = False
    when: tuple[str, ...] = ()


NO_WORDS_SAID = FirstWords(NO_WORDS, say("card.first_words.no_words_said"), silent=True)
EMPTY_SAID = FirstWords(EMPTY, say("card.first_words.empty_said"))


class Reader:
    """Tells first words. Fixed once made."""

    def __init__(self, kinds: Sequence[FirstWords] = (), around: Sequence[str] = ()) -> None:
        """Read the kinds, the weightiest first; `around`: words that may stand around them (whoever is called, courtesies)."""
        self._kinds = tuple(kinds)
        self._around = tuple(around)

    @cached_property
    def _by_first(self) -> dict[str, list[tuple[tuple[str, ...], int]]]:
        """The lines of all phrases by their first word, each with the number of its kind; put together when first needed."""
        found: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        every = [*(kind.when for kind in self._kinds), self._around]
        for number, phrases in enumerate(every):
            for line in chain.from_iterable(map(written_out, phrases)):
                found.setdefault(line[0], []).append((line, number))
        return found

    @cached_property
    def _words(self) -> frozenset[str]:
        """All words of all phrases."""
        return frozenset(word for line, _ in chain.from_iterable(self._by_first.values()) for word in line)

    @cached_property
    def _long(self) -> dict[str, None]:
        """The words in which a slip is forgiven."""
        lines = chain.from_iterable(self._by_first.values())
        return {word: None for line, _ in lines for word in line if len(word) >= SHORTEST_MENDED}

    def named(self, kind: str) -> FirstWords | None:
        """Return the kind of that name, or None."""
        return next((each for each in self._kinds if each.kind == kind), None)

    def read(self, text: str, known: Known) -> FirstWords | None:
        """Return what kind of first words `text` is; None where it is anything else, or there are no kinds.

        `known`: whether a word is known to the knowledge or plain English; another one may be a name.
        """
        if not self._kinds:
            return None
        line = words(clean(text))
        if not line:
            return self.named(HELP) if "?" in text else NO_WORDS_SAID if text.strip() else EMPTY_SAID
        if len(line) > MOST_WORDS:
            return None
        mended: list[str] = []
        words_of_all = self._words
        for typed in line:
            word = self._mended(folded(typed), known)
            if word not in words_of_all and (known(typed) or not typed.isalpha()):
                return None  # stands in no phrase, and is no name
            mended.append(word)
        numbers = self._covered(mended, line, known)
        if not numbers:
            return None
        weightiest = min(numbers)
        return self._kinds[weightiest] if weightiest < len(self._kinds) else self.named("there")

    def _covered(self, line: Sequence[str], typed: Sequence[str], known: Known) -> frozenset[int]:
        """Return the kinds of the fewest phrases that make the whole line; none where it can not be made."""
        best: list[tuple[int, frozenset[int]] | None] = [None] * (len(line) + 1)
        best[0] = (0, frozenset())
        for start in range(len(line)):
            before = best[start]
            if before is None:
                continue
            for end, number in self._phrases(line, typed, start, known):
                cost = 1 if number < len(self._kinds) else end - start + 1  # courtesies only where nothing says more
                found = (before[0] + cost, before[1] | {number})
                held = best[end]
                if held is None or (found[0], min(found[1])) < (held[0], min(held[1])):
                    best[end] = found
        whole = best[len(line)]
        return whole[1] if whole is not None else frozenset()

    def _phrases(
        self, line: Sequence[str], typed: Sequence[str], start: int, known: Known
    ) -> Iterator[tuple[int, int]]:
        for phrase, number in (*self._by_first.get(line[start], ()), *self._by_first.get(NAME, ())):
            for end in self._ends(phrase, line, typed, start, known):
                yield end, number

    @staticmethod
    def _ends(
        phrase: Sequence[str], line: Sequence[str], typed: Sequence[str], start: int, known: Known
    ) -> Sequence[int]:
        reached = [start]
        for part in phrase:
            following: list[int] = []
            for i in reached:
                if part == NAME:
                    for end in range(i + 1, min(i + LONGEST_NAME, len(line)) + 1):
                        if known(typed[end - 1]) or not typed[end - 1].isalpha():
                            break
                        following.append(end)
                elif i < len(line) and line[i] == part:
                    following.append(i + 1)
            reached = following
        return reached

    def _mended(self, word: str, known: Known) -> str:
        if len(word) < SHORTEST_MENDED or word in self._long or known(word):
            return word
        near = (each for each in self._long if each[0] == word[0] and abs(len(each) - len(word)) <= 1)
        return next((each for each in near if OSA.distance(word, each) == 1), word)


def written_out(phrase: str) -> tuple[tuple[str, ...], ...]:
    """Return all lines of folded words that a phrase stands for; raises ValueError for one of no word at all."""
    lines: list[tuple[str, ...]] = [()]
    for token in phrase.split():
        choices = [_spoken(choice) for choice in token.removesuffix("?").split("|")]
        if token.endswith("?"):
            choices.append(())
        lines = [(*line, *choice) for line in lines for choice in choices]
    found = tuple(dict.fromkeys(line for line in lines if line))
    if not found or () in lines:
        raise ValueError(say("files.asking.may_stand_for_nothing_at_all", phrase=phrase))
    return found


def _spoken(word: str) -> tuple[str, ...]:
    return (NAME,) if word == NAME else tuple(folded(each) for each in words(clean(word)))


NO_FIRST_WORDS = Reader()
"""Tells none."""
