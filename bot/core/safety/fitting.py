"""What the gate learns from before it screens: the wordings, the words that are no slips, and what is English as well."""

import re
from collections.abc import Callable, Iterable, Sequence
from zlib import crc32

from bot.core.model import Tier
from bot.core.safety.corpus import Corpus, Item
from bot.core.safety.languages import stems, vocabulary
from bot.core.safety.lexicon import is_slip, lessened
from bot.core.safety.net import CALM, GENERAL, MIND, SPECIAL, Net, stretches
from bot.core.safety.numbered import Numbered
from bot.core.safety.phrasebank import PhraseBank
from bot.core.safety.tokens import Words
from bot.core.safety.values import Phrasing, SafetyRules

_L2 = 0.5
_QUESTIONS = 4

SELF_HARM = "self_harm"
"""The route that, with those before it in `precedence`, wins over a higher tier."""


def learn(rules: SafetyRules, said: list[Words], items: Callable[[Words], list[list[Item]]]) -> tuple[PhraseBank, Net]:
    """Return bank and model fitted on the words of the rules' phrasings and, after them, of harmless texts.

    `items` gives a text's features, word by word. Empties `said`: what is fitted needs the room.
    """
    phrasings = rules.phrasings
    count = len(phrasings)
    lessons = [said[count + number] for number in _lessons(rules)]
    corpus = Corpus.of(items(words) for words in (*said[:count], *lessons))
    parts = _parts(corpus, lessons)
    lessons.clear()
    said.clear()
    bank = PhraseBank.of(corpus, count)
    taught = [number for number, phrasing in enumerate(phrasings) if phrasing.rule not in _RULES_ALONE]
    starts = corpus.texts
    kinds = {phrasing: kind_of(rules, phrasing) for phrasing in phrasings}
    return bank, Net.fit(
        corpus,
        [*((starts[number], starts[number + 1]) for number in taught), *parts],
        [kinds[phrasings[number]] for number in taught] + [CALM] * len(parts),
        [phrasings[number].tier is Tier.EMERGENCY for number in taught] + [False] * len(parts),
        l2=_L2,
    )


def kind_of(rules: SafetyRules, phrasing: Phrasing) -> int:
    """Return which kind of alarm (`net.KINDS`) a wording is."""
    route = rules.rule(phrasing.rule).route(phrasing.tier)
    return MIND if route == SELF_HARM else GENERAL if route == phrasing.tier.value else SPECIAL


_RULES_ALONE = frozenset({"R31"})  # "i am pregnant, may i": all else in it is an ordinary question


def key(words: Words) -> str:
    """Return what two wordings share that are the same but for marks and capitals."""
    return " ".join(words.words)


def _lessons(rules: SafetyRules) -> list[int]:
    """Return the places of the harmless texts that model and bank learn from: all that stand under a heading.

    Of the knowledge's own questions, which are many and much alike, one in `_QUESTIONS` is enough: which ones, their own
    letters decide, so that a wording that is added changes nothing for the others.
    """
    written = {text for texts in rules.groups.values() for text in texts}
    return [
        number
        for number, text in enumerate(rules.harmless)
        if text in written or not written or crc32(text.encode()) % _QUESTIONS == 0
    ]


def _parts(corpus: Corpus, harmless: Sequence[Words]) -> list[tuple[int, int]]:
    """Return the stretches that the last texts of a corpus, which are harmless, teach: words of all texts counted on."""
    firsts = corpus.texts[len(corpus) - len(harmless) : -1]
    return [
        (first + start, first + end)
        for first, words in zip(firsts, harmless, strict=True)
        for start, end in stretches(len(words.words), words.breaks)
    ]


def places(said: Sequence[Words]) -> Numbered:
    """Return the place of each wording by its key, the first of equal ones."""
    found: dict[str, int] = {}
    for place, words in enumerate(said):
        found.setdefault(key(words), place)
    return Numbered.of(found)


def english_too(rules: SafetyRules) -> frozenset[str]:
    """Return the words of other languages' data that are English as well: everyday words, and stems of the alarms' own."""
    from bot.core.matching.english import ordinary  # late: only fitting needs it

    words, begun = vocabulary(rules.languages.values()), stems(rules.languages.values())
    own = {word for concept in rules.concepts.values() for text in concept.patterns for word in _LETTERS.findall(text)}
    listed = {word for word in rules.ordinary if len(word) >= _LONG}
    return frozenset(
        (words & (ordinary() | listed)) | {word for word in own | ordinary() if word.startswith(begun)} - words
    )


_LONG = 4
_LETTERS = re.compile(rf"[a-z]{{{_LONG},}}")


def well_spelt(said: Iterable[Words], alarms: Iterable[str]) -> set[str]:
    """Return everyday English and the words of the examples, but for those that are typed wrong: people write "bak" there.

    A word of the examples that is no everyday English counts as that where it lacks a letter of an alarm word, has one
    more, or two swapped. English that was inflected by rule holds "geting" and "feelling": a doubled letter too few or
    too many counts there.
    """
    from bot.core.matching.english import ordinary  # late: only fitting needs it

    english = ordinary()
    typed = {word for text in said for word in text.words} - english
    lettered = [alarm for alarm in alarms if len(alarm) > _SHORTEST_ALARM]
    lessened_to: dict[str, list[str]] = {}
    for alarm in lettered:
        for form in lessened(alarm):
            lessened_to.setdefault(form, []).append(alarm)
    slips = {
        word
        for word in typed
        if any(
            is_slip(word, alarm) and not _one_wrong(word, alarm)
            for form in lessened(word)
            for alarm in lessened_to.get(form, ())
        )
    }
    once = {_undoubled(alarm) for alarm in lettered}
    return (typed - slips) | {word for word in english if _undoubled(word) not in once}


def _one_wrong(word: str, alarm: str) -> bool:
    return len(word) == len(alarm) and sorted(word) != sorted(alarm)


def _undoubled(word: str) -> str:
    return "".join(letter for i, letter in enumerate(word) if not i or letter != word[i - 1])


_SHORTEST_ALARM = 3
