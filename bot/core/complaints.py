"""What of a text complains of a body, and whether the complaint is a known everyday one: data of `language/en/complaints.yaml`.

The list of warning signs has no end; that of complaints which somebody may train with is short. So it is read the other way
round: what is wrong with a body and stands not among the everyday is taken for a sign.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

from bot.core.asking import compiled
from bot.core.safety.disguise import undisguised
from bot.core.text import clean, stem, words

NEAR = 4
"""Words within which an ache and a limb are one complaint."""
WIDE, CLOSE = 10, 3
"""Words within which a place and what is wrong there are one complaint, and where that is a word of training too."""
_MASK, _MARK = "_", "|"
_CLAUSE = re.compile(r"[;:()]|\s-+\s")
_EXACT = "="
_SHORTEST_MENDED, _LONGEST_MENDED = 5, 20
_SHORTEST_JOINED = 4
_LEET = str.maketrans("013457@$8", "oieastasb")

Known = Callable[[str], bool]


@dataclass(frozen=True)
class Reason:
    """Why entries stand in a list, and the entries: words, read by their stem, or phrases."""

    why: str
    say: tuple[str, ...]


@dataclass(frozen=True)
class Complaints:
    """The words. Each list is explained where it stands."""

    elsewhere: tuple[Reason, ...] = ()
    everyday: tuple[Reason, ...] = ()
    aches: tuple[str, ...] = ()
    limbs: tuple[str, ...] = ()
    never: tuple[Reason, ...] = ()
    vital: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    feels: tuple[str, ...] = ()
    somewhere: tuple[str, ...] = ()
    feelers: tuple[str, ...] = ()
    felt: tuple[str, ...] = ()
    fillers: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    odd: tuple[str, ...] = ()
    grave: tuple[Reason, ...] = ()
    implied: tuple[Reason, ...] = ()
    subjects: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()
    abroad: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Complaints":
        """Return what `asdict` gave of them. Raises KeyError or TypeError for anything else."""
        known: dict[str, Any] = {}
        for each in fields(cls):
            found = data[each.name]
            if each.name == "abroad":
                known[each.name] = {name: tuple(entries) for name, entries in found.items()}
            elif each.name in REASONED:
                known[each.name] = tuple(Reason(entry["why"], tuple(entry["say"])) for entry in found)
            else:
                known[each.name] = tuple(found)
        return cls(**known)


REASONED = ("elsewhere", "everyday", "never", "grave", "implied")
"""The lists that give reasons."""
NO_COMPLAINTS = Complaints()


@dataclass(frozen=True)
class Heard:
    """A text as it was read.

    `line`: its words without what speaks of no body; `with_aches`: without everyday phrases, too; `without_everyday`:
    without aches beside limbs, too; `plain`: the words that are left of it before that.
    """

    words: tuple[str, ...]
    line: str
    with_aches: str
    without_everyday: str
    is_everyday: bool
    plain: tuple[str, ...]


class Listener:
    """Hears complaints. `known` tells the words of the language, so that misspelt ones are mended."""

    def __init__(self, complaints: Complaints, known: Known) -> None:
        """Take the words; nothing is compiled before the first text."""
        self._data = complaints
        self._known = known
        self._heard: dict[str, Heard] = {}

    def complaint(self, text: str) -> str:
        """Return the words of a text that complain of what is not everyday; "" for none."""
        heard = self._hear(text)
        return (
            self._abroad(text)
            or self._never.first_word(heard.without_everyday)
            or self._never.first_phrase(heard.with_aches)
            or _one_of_each(heard.with_aches, self._vital, self._wrong, WIDE)
            or _one_of_each(heard.without_everyday, self._vital, self._loose, CLOSE)
            or self._alone.first(heard.with_aches)
            or self._felt(heard.with_aches.split())
            or _one_of_each(heard.without_everyday, self._places, self._odd, WIDE)
            or (self.grave(text) if self.complains(text) else "")
        )

    def _felt(self, said: Sequence[str]) -> str:
        """Return how a limb feels where that is no everyday way, "" for none."""
        for i, word in enumerate(said):
            if (
                word not in _FEELS
                or not i
                or said[i - 1] in self._data.feelers
                or {*said[i + 1 : i + 2]} & {*self._data.felt}
            ):
                continue
            limb = next((each for each in reversed(said[max(0, i - NEAR) : i]) if self._is_limb(each)), "")
            how = [each for each in said[i + 1 : i + 1 + WIDE] if each not in self._data.fillers]
            if limb and how and how[0] != _MASK and not self._may_feel(how[0]):
                return f"{limb} {word} ... {how[0]}"
        return ""

    def _is_limb(self, word: str) -> bool:
        return (
            word in self._limbs
            or word in self._data.somewhere
            or word in self._vital.exact
            or stem(word) in self._vital.stems
        )

    def _may_feel(self, word: str) -> bool:
        return word in self._data.feels or stem(word) in self._aches.stems or not word.isalpha()

    def names_place(self, text: str) -> bool:
        """Say whether a text names a place of a body."""
        return any(self._is_limb(word) for word in self._hear(text).with_aches.split())

    def complains(self, text: str) -> bool:
        """Say whether a text complains of anything, be it everyday."""
        heard = self._hear(text)
        return heard.is_everyday or bool(self._aches.first(heard.line))

    def is_everyday(self, text: str) -> bool:
        """Say whether a text names an everyday complaint."""
        return self._hear(text).is_everyday

    def grave(self, text: str) -> str:
        """Return the words of a text that make an everyday complaint none; "" for none."""
        return self._grave.first(self._hear(text).line)

    def bare(self, text: str) -> str:
        """Return a text without the phrases that speak of no body, or of what is everyday; as it is where it has none."""
        heard = self._hear(text)
        return text if heard.plain == heard.words else " ".join(heard.plain)

    def implied(self, text: str) -> str:
        """Return the words of a text that play down, put off or make light of what it does not name; "" for none."""
        return self._implied.first(self._hear(text).line)

    def has_subject(self, text: str) -> bool:
        """Say whether a text names what may be waited for, or be normal, though it is no complaint."""
        return bool(self._subjects.first(self._hear(text).line))

    def names_helper(self, text: str) -> bool:
        """Say whether a text names somebody who helps."""
        return bool(self._helpers.first(self._hear(text).line))

    def _abroad(self, text: str) -> str:
        said = re.findall(r"[^\W\d_]+", text.lower())
        here, english = (self._data.abroad.get(name, ()) for name in ("words", "english"))
        foreign = sum(word in here for word in said)
        unknown = sum(not self._known(word) for word in said)
        if (foreign < _FEWEST or sum(word in english for word in said) >= foreign) and (
            len(said) <= _FEWEST or unknown < _MOSTLY * len(said)
        ):
            return ""
        begins = tuple(self._data.abroad.get("body", ()))
        return next((word for word in said if begins and word.startswith(begins)), "")

    def forget(self) -> None:
        """Forget the texts that were read: within one look they are read many times, and after it nobody's words stay."""
        self._heard.clear()

    def _hear(self, text: str) -> Heard:
        heard = self._heard.get(text)
        if heard is None:
            if len(self._heard) >= _MOST_HEARD:
                self._heard.clear()
            heard = self._heard[text] = self._read(text)
        return heard

    def _read(self, text: str) -> Heard:
        clauses = (words(clause) for clause in _CLAUSE.split(clean(undisguised(text))))
        said = tuple(self._mended([word for clause in clauses for word in (*clause, _MARK)][:-1]))
        line = self._elsewhere.masked(" ".join(said) + " ")
        phrases = self._everyday.masked(line, self._is_swallowed)
        rest = phrases.split()
        aches = [i for i, word in enumerate(rest) if stem(word) in self._aches.stems or word in self._aches.exact]
        limbs = [i for i, word in enumerate(rest) if word in self._limbs]
        pairs = {i for a in aches for b in limbs if a != b and abs(a - b) <= NEAR for i in (a,)}
        left = " ".join(_MASK if i in pairs else word for i, word in enumerate(rest)) + " "
        plain = tuple(word for word in rest if word != _MASK)
        return Heard(said, line, phrases, left, bool(pairs) or phrases != line, plain)

    def _is_swallowed(self, word: str) -> bool:
        """Say whether a word that stands in the gap of an everyday phrase is a complaint of its own."""
        return word not in self._in_everyday and (word in self._never.exact or stem(word) in self._never.stems)

    @cached_property
    def _in_everyday(self) -> frozenset[str]:
        return frozenset(word for each in _of(self._data.everyday) for word in re.split(r"[ |]", each))

    def _mended(self, said: Sequence[str]) -> Iterator[str]:
        i = 0
        while i < len(said):
            word = said[i]
            joined = word + said[i + 1] if i + 1 < len(said) else ""
            if (
                len(joined) >= _SHORTEST_JOINED
                and joined in self._words
                and not (self._is_word(word) and self._is_word(said[i + 1]))
            ):
                yield joined
                i += 2
                continue
            yield word if self._is_word(word) else self._mend(word)
            i += 1

    def _is_word(self, word: str) -> bool:
        return word == _MARK or word in self._words or (len(word) != 1 and self._known(word)) or word in {"a", "i"}

    def _mend(self, word: str) -> str:
        if not word.isalpha() and any(letter.isalpha() for letter in word):
            word = word.translate(_LEET)
            if word in self._words:
                return word
        if not _SHORTEST_MENDED <= len(word) <= _LONGEST_MENDED or not word.isalpha():
            return word
        for form in (word, *_lessened(word)):
            likely = [each for each in self._slips.get(form, ()) if each[0] == word[0] or len(word) > _SHORTEST_MENDED]
            if likely:
                return max(likely, key=lambda each: (each[0] == word[0], each))
        return word

    @cached_property
    def _slips(self) -> dict[str, list[str]]:
        slips: dict[str, list[str]] = {}
        for word in sorted(self._words):
            if _SHORTEST_MENDED <= len(word) <= _LONGEST_MENDED:
                for form in (word, *_lessened(word)):
                    slips.setdefault(form, []).append(word)
        return slips

    @cached_property
    def _words(self) -> frozenset[str]:
        data = self._data
        lists = [entry.say for name in REASONED for entry in getattr(data, name)]
        lists += [data.aches, data.limbs, data.vital, data.wrong, data.loose, data.alone, data.places, data.odd]
        tokens = (token for entries in lists for each in entries for token in re.split(r"[ |]", each))
        return frozenset(word for token in tokens if (word := token.strip('=?"')).isalpha())

    @cached_property
    def _elsewhere(self) -> "_Entries":
        return _Entries(_of(self._data.elsewhere))

    @cached_property
    def _everyday(self) -> "_Entries":
        return _Entries(_of(self._data.everyday))

    @cached_property
    def _never(self) -> "_Entries":
        return _Entries(_of(self._data.never))

    @cached_property
    def _grave(self) -> "_Entries":
        return _Entries(_of(self._data.grave))

    @cached_property
    def _implied(self) -> "_Entries":
        return _Entries(_of(self._data.implied))

    @cached_property
    def _aches(self) -> "_Entries":
        return _Entries(self._data.aches)

    @cached_property
    def _limbs(self) -> frozenset[str]:
        return frozenset(self._data.limbs)

    @cached_property
    def _vital(self) -> "_Entries":
        return _Entries(self._data.vital)

    @cached_property
    def _wrong(self) -> "_Entries":
        return _Entries(self._data.wrong)

    @cached_property
    def _loose(self) -> "_Entries":
        return _Entries(self._data.loose)

    @cached_property
    def _alone(self) -> "_Entries":
        return _Entries(self._data.alone)

    @cached_property
    def _helpers(self) -> "_Entries":
        return _Entries(self._data.helpers)

    @cached_property
    def _places(self) -> "_Entries":
        return _Entries(self._data.places)

    @cached_property
    def _odd(self) -> "_Entries":
        return _Entries(self._data.odd)

    @cached_property
    def _subjects(self) -> "_Entries":
        return _Entries(self._data.subjects)


_FEELS = frozenset({"feel", "feels", "felt"})
_DENIES = frozenset({"no", "without", "zero", "not", "never"})
_OR = frozenset({"or", "nor"})
_ENDS = frozenset({"or", "and", "no", "but", _MARK})
_MOST_HEARD = 256
_FEWEST, _MOSTLY = 2, 0.6
"""Words of another language that a sentence in it has at least, and the share of unknown ones that tells of one, too."""


class _Entries:
    """Entries of a list: single words by their stem, "=word" as it stands, and phrases."""

    def __init__(self, entries: Iterable[str]) -> None:
        entries = list(entries)
        single = [each for each in entries if not re.search(r"[ |]", each)]
        phrases = [each for each in entries if re.search(r"[ |]", each)]
        self.exact = frozenset(each.removeprefix(_EXACT) for each in single if each.startswith(_EXACT))
        self.stems = frozenset(stem(each) for each in single if not each.startswith(_EXACT))
        self._phrases = [compiled(phrases[i : i + _AT_ONCE]) for i in range(0, len(phrases), _AT_ONCE)]

    def first(self, line: str) -> str:
        """Return what of a line is an entry first, "" for nothing."""
        return next((found for _, _, found in self.places(line)), "")

    def first_word(self, line: str) -> str:
        """Return the first single word of a line that is an entry, "" for none."""
        return next((found for _, _, found in self._single(line)), "")

    def first_phrase(self, line: str) -> str:
        """Return the first phrase of a line that is an entry, "" for none."""
        return next((found for _, _, found in self._several(line)), "")

    def places(self, line: str) -> Iterator[tuple[int, int, str]]:
        """Yield each entry of a line: its first word, the word after its last, and itself."""
        yield from self._single(line)
        yield from self._several(line)

    def _single(self, line: str) -> Iterator[tuple[int, int, str]]:
        said = line.split()
        for i, word in enumerate(said):
            if i and _is_denied(said, i):
                continue
            if word in self.exact or stem(word) in self.stems:
                yield i, i + 1, word

    def _several(self, line: str) -> Iterator[tuple[int, int, str]]:
        for pattern in self._phrases:
            for found in pattern.finditer(line):
                start = line.count(" ", 0, found.start())
                yield start, start + len(found[0].split()), found[0].strip()

    def masked(self, line: str, but: Callable[[str], bool] = lambda _: False) -> str:
        """Return a line with a mark in the place of each word of an entry; an entry that holds a word of `but` stays."""
        for pattern in self._phrases:
            line = pattern.sub(lambda found: _marked(found[0].split(), but) or found[0], line)
        if self.exact or self.stems:
            rest = line.split()
            line = "".join(
                f"{_MASK} " if word in self.exact or stem(word) in self.stems else f"{word} " for word in rest
            )
        return line


_AT_ONCE = 60


def _is_denied(said: Sequence[str], i: int) -> bool:
    """Say whether a word is denied: "no swelling", "does not hurt or swell"; not "no swelling that matters"."""
    if said[i - 1] in _OR:
        return not _DENIES.isdisjoint(said[max(0, i - NEAR) : i - 1])
    return said[i - 1] in _DENIES and (i + 1 == len(said) or said[i + 1] in _ENDS)


def _one_of_each(line: str, places: _Entries, wrong: _Entries, most: int) -> str:
    """Return an entry of each list with at most so many words between them, "" for none."""
    found = list(wrong.places(line)) if places.first(line) else []
    for start, end, place in places.places(line) if found else ():
        for first, last, said in found:
            if 0 <= first - end <= most:
                return f"{place} ... {said}"
            if 0 <= start - last <= most:
                return f"{said} ... {place}"
    return ""


def _marked(said: Sequence[str], but: Callable[[str], bool]) -> str:
    return "" if any(but(word) for word in said) else f"{_MASK} " * len(said)


def _of(reasons: Iterable[Reason]) -> list[str]:
    return [entry for reason in reasons for entry in reason.say]


def _lessened(word: str) -> Iterator[str]:
    """Yield a word with each letter left out, and with each two neighbours exchanged."""
    yield from (word[:i] + word[i + 1 :] for i in range(len(word)))
    yield from (word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1))
