"""What of a text complains of a body, whether the complaint is a known everyday one, and whether the text sends to help.

The list of warning signs has no end; that of complaints which somebody may train with is short. So it is read the other way
round: what is wrong with a body and stands not among the everyday is taken for a sign. Data of `language/en/complaints.yaml`.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

from bot.core.asking import compiled
from bot.core.once import once
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
LEAST_WORDS = 2
"""Of a part that may name a sign."""
_SENTENCES = re.compile(r"(?<=[.!?])\s+|\n")
_COLONS = re.compile(r"[:;](?=\s)")
_WORD = re.compile(r"[a-z']+", re.IGNORECASE)
_NEGATION = re.compile(r"(?<![^ ])(?:not|never|no) ")
"""What a phrase's gap does not reach over: a sign that is denied is named all the same."""
_DOING = re.compile(r"\w{2,}ing\b", re.IGNORECASE)
_NOTHING = re.compile(r"(?!)")

Known = Callable[[str], bool]


@dataclass(frozen=True)
class Signs:
    """What makes a draft one about a warning sign; `played_down`: only where something plays it down."""

    classes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    played_down: tuple[str, ...] = ()
    stop_only: tuple[str, ...] = ()


@dataclass(frozen=True)
class Telling:
    """How whoever a text is about would report what it says."""

    mine: Mapping[str, str] = field(default_factory=dict)
    theirs: Mapping[str, str] = field(default_factory=dict)
    splits: tuple[str, ...] = ()
    openings: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    trailing: tuple[str, ...] = ()
    cuts: tuple[str, ...] = ()
    cannot: tuple[str, ...] = ()
    nothing_had: tuple[str, ...] = ()


@dataclass(frozen=True)
class Abroad:
    """Words of other languages: by which a sentence is told to be in one, and what there speaks of a body."""

    words: tuple[str, ...] = ()
    english: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class Complaints:
    """The words. Each list is explained where it stands."""

    elsewhere: tuple[str, ...] = ()
    everyday: tuple[str, ...] = ()
    aches: tuple[str, ...] = ()
    limbs: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
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
    grave: tuple[str, ...] = ()
    implied: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()
    plays_down: tuple[str, ...] = ()
    sends: tuple[str, ...] = ()
    undoes: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    puts_off: tuple[str, ...] = ()
    warns_off: tuple[str, ...] = ()
    meanwhile: tuple[str, ...] = ()
    signs: Signs = Signs()
    told: Telling = field(default_factory=Telling)
    abroad: Abroad = Abroad()

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Complaints":
        """Return what `asdict` gave of them. Raises KeyError or TypeError for anything else."""
        groups = {"signs": Signs, "told": Telling, "abroad": Abroad}
        known: dict[str, Any] = {
            each.name: groups[each.name](**_frozen(data[each.name])) if each.name in groups else tuple(data[each.name])
            for each in fields(cls)
        }
        return cls(**known)


def _frozen(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: dict(said) if isinstance(said, Mapping) else tuple(said) for name, said in data.items()}


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
        self._lists: dict[str, _Entries] = {}
        self._patterns: dict[tuple[str, ...], re.Pattern[str]] = {}

    @property
    def sign_classes(self) -> tuple[str, ...]:
        """What makes a text about a sign by the gate's classes."""
        return self._data.signs.classes

    def complaint(self, text: str) -> str:
        """Return the words of a text that complain of what is not everyday; "" for none."""
        heard = self._hear(text)
        return (
            self._abroad(text)
            or self._list("never").first_word(heard.without_everyday)
            or self._list("never").first_phrase(heard.with_aches)
            or _one_of_each(heard.with_aches, self._list("vital"), self._list("wrong"), WIDE)
            or _one_of_each(heard.without_everyday, self._list("vital"), self._list("loose"), CLOSE)
            or self._list("alone").first(heard.with_aches)
            or self._felt(heard.with_aches.split())
            or _one_of_each(heard.without_everyday, self._list("places"), self._list("odd"), WIDE)
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
            or word in self._list("vital").exact
            or stem(word) in self._list("vital").stems
        )

    def _may_feel(self, word: str) -> bool:
        return word in self._data.feels or stem(word) in self._list("aches").stems or not word.isalpha()

    def names_place(self, text: str) -> bool:
        """Say whether a text names a place of a body."""
        return any(self._is_limb(word) for word in self._hear(text).with_aches.split())

    def complains(self, text: str) -> bool:
        """Say whether a text complains of anything, be it everyday."""
        heard = self._hear(text)
        return heard.is_everyday or bool(self._list("aches").first(heard.line))

    def is_everyday(self, text: str) -> bool:
        """Say whether a text names an everyday complaint."""
        return self._hear(text).is_everyday

    def grave(self, text: str) -> str:
        """Return the words of a text that make an everyday complaint none; "" for none."""
        return self._list("grave").first(self._hear(text).line)

    def bare(self, text: str) -> str:
        """Return a text without the phrases that speak of no body, or of what is everyday; as it is where it has none."""
        heard = self._hear(text)
        return text if heard.plain == heard.words else " ".join(heard.plain)

    def implied(self, text: str) -> str:
        """Return the words of a text that play down, put off or make light of what it does not name; "" for none."""
        return self._list("implied").first(self._hear(text).line)

    def has_subject(self, text: str) -> bool:
        """Say whether a text names what may be waited for, or be normal, though it is no complaint."""
        return bool(self._list("subjects").first(self._hear(text).line))

    def names_helper(self, text: str) -> bool:
        """Say whether a text names somebody who helps."""
        return bool(self._list("helpers").first(self._hear(text).line))

    def told(self, text: str) -> str:
        """Return what a text says of its reader as they would tell it: "When your legs go numb, ..." as "my legs go numb. ...".

        The gate rightly hears no report in "when your legs go numb"; advice for it is advice on an alarm all the same.
        """
        parts = (
            part
            for sentence in _SENTENCES.split(text)
            for part in self._parts(_exchanged(sentence, self._data.told.mine))
        )
        return ". ".join(part for part in parts if " " in part)

    def plays_sign_down(self, text: str) -> bool:
        """Say whether a text plays down, or goes on with, what `signs` name, or speaks of what is `never` theirs to speak of."""
        said = _plain(text)
        if self._any_of(self._data.signs.stop_only).search(said):
            return True
        return bool(self._any_of(self._data.signs.played_down).search(said)) and self.plays_down(text)

    def plays_down(self, text: str) -> bool:
        """Say whether a text plays something down, or tells to go on."""
        return bool(self._any_of(self._data.plays_down).search(self._judged(text)))

    def is_sign(self, text: str) -> bool:
        """Say whether a text names a sign by a phrase that the gate's classes lack."""
        said = _plain(undisguised(text))
        sign = self._any_of(self._data.signs.words)
        return any(sign.search(each) for each in (said, _NEGATION.sub("", said)))

    def is_about_sign(self, text: str) -> bool:
        """Say whether a text names a sign so, or a place and what is wrong there, in any language of the data."""
        if self.is_sign(text):
            return True
        heard = _plain(undisguised(text)).split()
        signs, abroad = self._data.signs, self._data.abroad
        if not {*signs.places}.isdisjoint(heard) and not {*signs.faults}.isdisjoint(heard):
            return True
        folded = [_folded(word) for word in heard]
        return _begins(folded, abroad.places) and _begins(folded, abroad.faults)

    def sends_to_help(self, sentence: str) -> bool:
        """Say whether a sentence sends to help, takes nothing of that back, and puts it off for no weeks."""
        said = _plain(sentence)
        if self._any_of(self._data.puts_off).search(said):
            return False
        return bool(self._any_of(self._data.sends).search(said)) and not self.undone(sentence)

    def is_meanwhile(self, sentence: str) -> bool:
        """Say whether a sentence tells what to do, or to leave, until help is there."""
        found = self._any_of(self._data.meanwhile).search(_plain(sentence))
        return bool(found) and not self.warns_off(sentence) and not self.undone(sentence)

    def warns_off(self, sentence: str) -> str:
        """Return the words of a sentence that keep somebody from help; "" for none."""
        found = self._any_of(self._data.warns_off).search(_plain(sentence))
        return found[0].strip() if found else ""

    def undone(self, sentence: str) -> bool:
        """Say whether a sentence takes back, puts off or plays down that somebody gets help."""
        # What stands before a colon denies nothing of what stands after it: "that is not normal: see a doctor".
        undoes = self._any_of(self._data.undoes)
        return any(undoes.search(self._judged(part)) for part in _COLONS.split(sentence))

    def _judged(self, text: str) -> str:
        """Return the words of a text without the judgements that it denies."""
        return self._any_of(self._data.denied).sub("", _plain(text))

    def reports(self, text: str) -> Iterator[str]:
        """Yield what somebody would report of whom a text that plays something down, or tells to go on, is true."""
        if not self.plays_down(text):
            return
        for sentence in _SENTENCES.split(text):
            mine = self._cannot.sub(
                "i cannot", _exchanged(sentence, {**self._data.told.mine, **self._data.told.theirs})
            )
            for part in self._parts(mine):
                for bit in dict.fromkeys((part, *(self._trimmed(each) for each in self._cuts.split(part)))):
                    yield from self._reported(bit)

    def _reported(self, bit: str) -> Iterator[str]:
        if len(bit.split()) < LEAST_WORDS:
            return
        yield bit
        if not self._nothing_had.match(bit):
            yield f"i am {bit}" if _DOING.match(bit) else f"i have {bit}"
        told_of = self._who.sub("", bit)
        if told_of != bit and len(told_of.split()) > LEAST_WORDS:
            yield f"i {told_of}"

    def _parts(self, sentence: str) -> Iterator[str]:
        for part in self._splits.split(sentence):
            yield self._trimmed(part)

    def _trimmed(self, part: str) -> str:
        return self._trailing.sub("", self._openings.sub("", part.strip(" .!?")))

    def _abroad(self, text: str) -> str:
        said = re.findall(r"[^\W\d_]+", text.lower())
        here, english, begins = self._data.abroad.words, self._data.abroad.english, self._data.abroad.body
        foreign = sum(word in here for word in said)
        unknown = sum(not self._known(word) for word in said)
        if (foreign < _FEWEST or sum(word in english for word in said) >= foreign) and (
            len(said) <= _FEWEST or unknown < _MOSTLY * len(said)
        ):
            return ""
        return next((word for word in said if begins and word.startswith(begins)), "")

    def _hear(self, text: str) -> Heard:
        return once(self._read, text)

    def _read(self, text: str) -> Heard:
        clauses = (words(clause) for clause in _CLAUSE.split(clean(undisguised(text))))
        said = tuple(self._mended([word for clause in clauses for word in (*clause, _MARK)][:-1]))
        line = self._list("elsewhere").masked(" ".join(said) + " ")
        phrases = self._list("everyday").masked(line, self._is_swallowed)
        rest = phrases.split()
        aches = [
            i
            for i, word in enumerate(rest)
            if stem(word) in self._list("aches").stems or word in self._list("aches").exact
        ]
        limbs = [i for i, word in enumerate(rest) if word in self._limbs]
        pairs = {i for a in aches for b in limbs if a != b and abs(a - b) <= NEAR for i in (a,)}
        left = " ".join(_MASK if i in pairs else word for i, word in enumerate(rest)) + " "
        plain = tuple(word for word in rest if word != _MASK)
        return Heard(said, line, phrases, left, bool(pairs) or phrases != line, plain)

    def _is_swallowed(self, word: str) -> bool:
        """Say whether a word that stands in the gap of an everyday phrase is a complaint of its own."""
        return word not in self._in_everyday and (
            word in self._list("never").exact or stem(word) in self._list("never").stems
        )

    @cached_property
    def _in_everyday(self) -> frozenset[str]:
        return frozenset(word for each in self._data.everyday for word in re.split(r"[ |]", each))

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
        lists = [data.elsewhere, data.everyday, data.never, data.grave, data.implied, data.aches, data.limbs]
        lists += [data.vital, data.wrong, data.loose, data.alone, data.places, data.odd]
        tokens = (token for entries in lists for each in entries for token in re.split(r"[ |]", each))
        return frozenset(word for token in tokens if (word := token.strip('=?"')).isalpha())

    def _any_of(self, phrases: tuple[str, ...]) -> re.Pattern[str]:
        """Return what finds any of some phrases, compiled when it is first asked for; nothing where there are none."""
        found = self._patterns.get(phrases)
        if found is None:
            found = self._patterns[phrases] = compiled(phrases) if phrases else _NOTHING
        return found

    def _list(self, name: str) -> "_Entries":
        """Return a list by its name, compiled when it is first asked for."""
        found = self._lists.get(name)
        if found is None:
            found = self._lists[name] = _Entries(getattr(self._data, name))
        return found

    @cached_property
    def _limbs(self) -> frozenset[str]:
        return frozenset(self._data.limbs)

    @cached_property
    def _splits(self) -> re.Pattern[str]:
        return re.compile(rf"[,:;()–—]| - |\b(?:{_any(self._data.told.splits)})\b", re.IGNORECASE)

    @cached_property
    def _openings(self) -> re.Pattern[str]:
        return re.compile(rf"^(?:(?:{_any(self._data.told.openings)}|do \w+ (?:more )?\w+)\s+)+", re.IGNORECASE)

    @cached_property
    def _trailing(self) -> re.Pattern[str]:
        return re.compile(rf"(?:\s+(?:{_any(self._data.told.trailing)}))+$", re.IGNORECASE)

    @cached_property
    def _who(self) -> re.Pattern[str]:
        return re.compile(rf"^(?:(?:{_any(self._data.told.who)})\s+)+", re.IGNORECASE)

    @cached_property
    def _cuts(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{_any(self._data.told.cuts)})\b", re.IGNORECASE)

    @cached_property
    def _nothing_had(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{_any(self._data.told.nothing_had)})\b|\d", re.IGNORECASE)

    @cached_property
    def _cannot(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{_any(self._data.told.cannot)})\b", re.IGNORECASE)


_FEELS = frozenset({"feel", "feels", "felt"})
_DENIES = frozenset({"no", "without", "zero", "not", "never"})
_OR = frozenset({"or", "nor"})
_ENDS = frozenset({"or", "and", "no", "but", _MARK})
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


def _lessened(word: str) -> Iterator[str]:
    """Yield a word with each letter left out, and with each two neighbours exchanged."""
    yield from (word[:i] + word[i + 1 :] for i in range(len(word)))
    yield from (word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1))


def _any(phrases: Sequence[str]) -> str:
    return "|".join(re.escape(each) for each in sorted(phrases, key=len, reverse=True)) or r"(?!)"


def _exchanged(text: str, words_for: Mapping[str, str]) -> str:
    return _WORD.sub(lambda word: words_for.get(word[0].lower(), word[0]), text)


def _plain(text: str) -> str:
    return " ".join(words(clean(text))) + " "


def _folded(word: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))


def _begins(said: Sequence[str], stems: Sequence[str]) -> bool:
    return bool(stems) and any(word.startswith(tuple(stems)) for word in said)
