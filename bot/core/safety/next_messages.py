"""What kind of message comes after a stop (safety2.md 9.2): patterns over words, read from data."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from rapidfuzz.distance import OSA

from bot.core.once import once
from bot.core.safety.gate_words import GATE_WORDS
from bot.core.safety.next_likeness import NextLikeness, Words
from bot.sentences import say

GAP = r"(?:\S+ ){0,5}?"
SHORTEST_MENDED = 8
"""Letters of a word whose slip is forgiven: shorter ones turn into other words ("change", "charge")."""
MOST_WORDS = 200
MOST_REMEMBERED = 8_192
MOST_WORDS_NAMED = 4
"""Of a message that names a place without saying "in": "perth, australia"."""
TECHNIQUE, AGAIN, THANKS, BETTER, WORSE = "technique", "again", "thanks", "better", "worse"
MEDICINE, SCARED = "medicine", "scared"
LIKE_NOTHING, LIKE_ANOTHER, LIKE_AGAIN, LIKE_TRAINING = 2.0, 12.0, 6.0, 6.0
"""How much more a message must be like another kind than its own: where no pattern fits, where one does, and where a vague one does."""
SURELY_AGAIN = 8.0
ASKS_FOR_MORE = frozenset({"number", "alone", MEDICINE, "cost", SCARED, WORSE})
"""What takes less to replace the stop in short than what comforts does: none of them says that anything is well."""
COMFORTS = frozenset({"better", "thanks", "joke"})
"""What says that something is well: a message that denies something ("it's not easing") must not get it by likeness."""
AT_LEAST = {"joke": 6.0, "waiting": 3.0, "worse": 3.0, "thanks": 3.0, "better": 4.0}
"""What comforts or frightens wrongly needs more."""
CAPITALS = re.compile(r"\bUS\b")
_WHERE = frozenset(GATE_WORDS.where)
_DENIALS = frozenset(GATE_WORDS.denials)


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    says: Mapping[str, str]
    when: str
    unless: str
    only: frozenset[str]


class NextMessages:
    """Reads what somebody writes after a stop."""

    def __init__(self, data: Mapping[str, Any], places: Mapping[str, Sequence[str]]) -> None:
        """Take `data` (`next_messages` of the safety data); `places`: how people name each region.

        Each pattern is compiled when it is first looked for, or by `warm`: small talk needs none of them. Raises KeyError for a pattern with an unknown class, ValueError for one that says nothing.
        """
        self._words = {name: tuple(_entry(word) for word in words) for name, words in data["words"].items()}
        self._classes = {name: f"(?:^|(?<= ))(?:{'|'.join(entries)}) " for name, entries in self._words.items()}
        self._kinds = [
            _Kind(
                each["kind"],
                each["says"],
                self._any(each.get("when") or ()),
                self._any(each.get("unless") or ()),
                frozenset(data["words"][each["only"]] if each.get("only") else ()),
            )
            for each in data["kinds"]
        ]
        self._by_name_only = frozenset(data["by_name_only"])
        self._for_another = self._any(data["for_another"])
        self._about_them = self._any(data["about_them"])
        self._asks_why = self._any(data["asks_why"])
        self._names_self_harm = self._any(data["names_self_harm"])
        self._another = frozenset(data["another_subject"])
        self._small_talk = frozenset(data["small_talk"])
        self._examples: Mapping[str, Sequence[str]] = data["examples"]
        in_classes = {str(word) for words in data["words"].values() for entry in words for word in entry.split()}
        self._known = in_classes | {word for pattern in _patterns(data) for word in re.split(r"[ |]", pattern)}
        self._long = sorted(word for word in in_classes if len(word) >= SHORTEST_MENDED and word.isalpha())
        self._meant: dict[str, str] = {}
        self._places = {
            region: re.compile(
                rf"(?:^| )(?:{'|'.join(re.escape(_folded(name).strip()) for name in names if name != 'US')}) "
            )
            for region, names in places.items()
            if names
        }
        self._in_capitals = next((region for region, names in places.items() if "US" in names), "")

    def warm(self) -> None:
        """Compile all patterns: a tenth of a second, which nobody should wait for after a stop."""
        patterns = [pattern for kind in self._kinds for pattern in (kind.when, kind.unless)]
        for pattern in (*patterns, self._for_another, self._about_them, self._asks_why, self._names_self_harm):
            if pattern:
                compiled(pattern)
        self._likeness  # noqa: B018 -- counted once

    def kind(self, text: str) -> str:
        """Return the kind of a message; the last one of the data where no other fits."""
        words = self._read(text)
        line = "".join(f"{word} " for word in words)
        if not words:
            return THANKS  # an emoji, a question mark
        for kind in self._kinds[:-1]:
            if kind.only and all(word in kind.only for word in words):
                return kind.name
            if kind.unless and compiled(kind.unless).search(line):
                continue
            if kind.when and compiled(kind.when).search(line):
                return kind.name
            if kind.name == "number" and self.region(text):
                return kind.name
        return self._kinds[-1].name

    def likely(self, text: str, route: str, *, trains: bool = False) -> str:
        """Return the kind of a message, by what it is like where no pattern knows it: the row of fixed texts, never an alarm.

        `trains`: it is a question about training that would have an answer. After talk of self-harm, eating or abuse no
        likeness counts: "good, I'm glad" must not be said by guess.
        """
        kind = self.kind(text)
        like = None if route in self._by_name_only else self._likeness.of(self._classed(text))
        if like is not None and like.kind in COMFORTS and self._denies(text):
            like = None
        if like is not None and like.kind != kind:
            least = LIKE_AGAIN if kind == AGAIN and like.kind in ASKS_FOR_MORE else LIKE_ANOTHER
            if kind == TECHNIQUE:
                least = LIKE_TRAINING if trains else LIKE_NOTHING
            if like.ahead[kind] >= max(least, AT_LEAST.get(like.kind, 0.0)):
                kind = like.kind
        if trains and kind == AGAIN and not self.asks_why(text):
            surely = like is not None and like.kind == AGAIN and like.ahead[TECHNIQUE] >= SURELY_AGAIN
            return AGAIN if surely else TECHNIQUE
        return kind

    @cached_property
    def _likeness(self) -> NextLikeness:
        return NextLikeness(
            {kind: [self._classed(example) for example in said] for kind, said in self._examples.items()}
        )

    def says(self, kind: str, route: str, tier: str) -> str:
        """Return the name of the text for a kind by the stop's route and tier; "" stands for the stop again."""
        says: Mapping[str, str] = next(each.says for each in self._kinds if each.name == kind)
        if route in says or route in self._by_name_only:
            return says.get(route, "")
        return says.get(tier, "")

    def region(self, text: str) -> str:
        """Return the region that a message names as its place, "" for none."""
        words = self._read(text)
        if self._in_capitals and CAPITALS.search(text) and text.upper() != text:
            return self._in_capitals
        line = "".join(f"{word} " for word in words)
        for region, pattern in self._places.items():
            for found in pattern.finditer(line):
                before = line[: found.start() + 1].split()
                if len(words) <= MOST_WORDS_NAMED or not _WHERE.isdisjoint(before[-3:]):
                    return region
        return ""

    def is_for_another(self, text: str) -> bool:
        """Say whether the writer says that it is about somebody else."""
        return self._found(self._for_another, text)

    def is_about_them(self, text: str) -> bool:
        """Say whether a message speaks of a person whom it does not name."""
        return self._found(self._about_them, text) and not self._another.intersection(self._read(text))

    def asks_why(self, text: str) -> bool:
        """Say whether a message asks why the complaint is as it is."""
        return self._found(self._asks_why, text)

    def fears(self, text: str) -> bool:
        """Say whether a message is afraid of somebody's dying, and names nothing that anybody would do to themselves."""
        return self.kind(text) == SCARED and not self.names_self_harm(text)

    def names_self_harm(self, text: str) -> bool:
        """Say whether a message names what somebody would do to themselves, or that they want to die."""
        return self._found(self._names_self_harm, text)

    def is_small_talk(self, text: str) -> bool:
        """Say whether a message is wholly a greeting, thanks, a goodbye, laughter, praise or a command."""
        words = self._read(text, mend=False)
        return text.strip().startswith("/") or all(word in self._small_talk for word in words)

    def _denies(self, text: str) -> bool:
        return bool(_DENIALS.intersection(self._read(text)))

    def _classed(self, text: str) -> Words:
        words = self._read(text)
        line = "".join(f"{word} " for word in words)
        classes = [name for name, entries in self._classes.items() if compiled(entries).search(line)]
        return Words(words, [*classes, *(["PLACE"] if self.region(text) else ())])

    def _found(self, pattern: str, text: str) -> bool:
        return bool(pattern) and bool(compiled(pattern).search("".join(f"{word} " for word in self._read(text))))

    def _read(self, text: str, *, mend: bool = True) -> list[str]:
        words = once(_folded, text).split()[:MOST_WORDS]
        return [self._mended(word) for word in words] if mend else words

    def _mended(self, word: str) -> str:
        if len(word) < SHORTEST_MENDED or word in self._known:
            return word
        meant = self._meant.get(word)
        if meant is None:
            near = (each for each in self._long if abs(len(each) - len(word)) <= 1 and each[0] == word[0])
            meant = next((each for each in near if OSA.distance(word, each) == 1), word)
            if len(self._meant) < MOST_REMEMBERED:
                self._meant[word] = meant
        return meant

    def _any(self, patterns: Iterable[str]) -> str:
        return "|".join(map(self._written, patterns))

    def _written(self, pattern: str) -> str:
        parts = pattern.split()
        if not parts:
            message = say("stops.next_messages.empty_pattern_fits_everything")
            raise ValueError(message)
        made = "" if parts[0] == "^" else "(?:^|(?<= ))"
        for part in parts:
            if part == "^":
                made += "^"
            elif part == "$":
                made += "$"
            elif part == "...":
                made += GAP
            else:
                made += f"(?:{'|'.join(self._alternatives(part))}) "
        return made

    def _alternatives(self, part: str) -> Iterable[str]:
        for word in part.split("|"):
            if word.isupper():
                yield from self._words[word]
            else:
                yield _entry(word)


@lru_cache(maxsize=128)
def compiled(pattern: str) -> re.Pattern[str]:
    """Return the pattern compiled, which takes long: once for all services that have the same rules, after a reload too."""
    return re.compile(pattern)


def _patterns(data: Mapping[str, Any]) -> Iterable[str]:
    """Yield every pattern of the kinds: a word of one is no slip of another word."""
    for kind in data["kinds"]:
        yield from (*(kind.get("when") or ()), *(kind.get("unless") or ()))


def _entry(word: str) -> str:
    """Return a word or phrase of the data as a pattern without the space that ends it."""
    return r"\S*".join(re.escape(piece) for piece in word.split("*"))


def _folded(text: str) -> str:
    """Return lower-case words with one space between: no apostrophes, punctuation, emoji, and no letter thrice."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    plain = plain.lower().replace("’", "'").replace("'", "").replace("&", " and ")
    if "<" in plain or "http" in plain:
        plain = _MARKUP.sub(" ", plain)
    plain = _REPEATED.sub(r"\1\1", plain)
    return " ".join(_WORD.findall(plain)) + " "


_MARKUP = re.compile(r"<a?:\w+:\d+>|<[@#][!&]?\d+>|https?://\S+")
_REPEATED = re.compile(r"([^\W\d_])\1{2,}")
_WORD = re.compile(r"\w+")
