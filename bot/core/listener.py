"""What of a text complains of a body, whether the complaint is a known everyday one, and whether the text sends to help.

The list of warning signs has no end; that of complaints which somebody may train with is short. So it is read the other way
round: what is wrong with a body and stands not among the everyday is taken for a sign. Data of `language/en/complaints.yaml`.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.core.asking import compiled
from bot.core.complaints import Complaints
from bot.core.entries import MARK, MASK, NEAR, Entries, one_of_each
from bot.core.once import once
from bot.core.safety.disguise import undisguised
from bot.core.telling import Teller
from bot.core.text import clean, stem, words

WIDE, CLOSE = 10, 3
"""Words within which a place and what is wrong there are one complaint, and where that is a word of training too."""
_CLAUSE = re.compile(r"[;:()]|\s-+\s")
_SHORTEST_MENDED, _LONGEST_MENDED = 5, 20
_SHORTEST_JOINED = 4
_LEET = str.maketrans("013457@$8", "oieastasb")
_PARTS, _COMMAS = re.compile(r"[;–—()]|\s-+\s"), re.compile(r"[,:](?=\s)")
_COLONS = re.compile(r"[:;](?=\s)")
_NEGATION = re.compile(r"(?<![^ ])(?:not|never|no) ")
"""What a phrase's gap does not reach over: a sign that is denied is named all the same."""
_NOTHING, _ANYTHING = re.compile(r"(?!)"), re.compile("")

Known = Callable[[str], bool]


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
        self._teller = Teller(complaints.told)
        self._lists: dict[str, Entries] = {}
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
            or one_of_each(heard.with_aches, self._list("vital"), self._list("wrong"), WIDE)
            or one_of_each(heard.without_everyday, self._list("vital"), self._list("loose"), CLOSE)
            or self._list("alone").first(heard.with_aches)
            or self._felt(heard.with_aches.split())
            or one_of_each(heard.without_everyday, self._list("places"), self._list("odd"), WIDE)
            or self._sign_in(heard.with_aches)
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
            if limb and how and how[0] != MASK and not self._may_feel(how[0]):
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
        """Return what a text says of its reader as they would tell it."""
        return self._teller.told(text)

    def reports(self, text: str) -> Iterator[str]:
        """Yield what somebody would report of whom a text that plays something down, or tells to go on, is true."""
        if self.plays_down(text):
            yield from self._teller.reports(text)

    def plays_sign_down(self, text: str) -> bool:
        """Say whether a text plays down, or goes on with, what `signs` name, or speaks of what is `never` theirs to speak of."""
        said = _plain(text)
        if self._any_of(self._data.signs.stop_only).search(said):
            return True
        if not self._any_of(self._data.signs.played_down).search(said):
            return False
        return bool(self.plays_down(text) or self.undone(text) or self.warns_off(text))

    def plays_down(self, text: str) -> bool:
        """Say whether a text plays something down, or tells to go on."""
        return bool(self._any_of(self._data.plays_down).search(self._judged(text)))

    def is_sign(self, text: str) -> bool:
        """Say whether a text names a sign by a phrase that the gate's classes lack."""
        said = _plain(undisguised(text))
        sign = self._any_of(self._data.signs.words)
        return any(sign.search(each) for each in (said, _NEGATION.sub("", said)))

    def _sign_in(self, line: str) -> str:
        found = self._any_of(self._data.signs.words).search(line)
        return found[0].strip() if found else ""

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
        """Say whether a sentence sends to help, or stops at least, takes nothing of that back, and puts it off for no weeks."""
        return self.gets_help(sentence) or once(self._only_stops, sentence)

    def _only_stops(self, sentence: str) -> bool:
        """Say whether a sentence tells to stop with what it names, and nothing else: "stop and stretch" treats it."""
        stops = self._any_of(self._data.stops)
        rest = stops.sub("", _plain(sentence)).split()
        complaints = self._list("never").stems
        named = [word for word in rest if stem(word) not in complaints and word not in self._of_help]
        return (not named or self._is_made_of(named, self._of_notices)) and self._sends(sentence, stops)

    def gets_help(self, sentence: str) -> bool:
        """Say whether a sentence sends to help as `sends_to_help` does, to somebody who helps: for a sign nothing less will do."""
        return once(self._gets_help, sentence)

    def _gets_help(self, sentence: str) -> bool:
        return self._sends(sentence, self._any_of(self._data.sends)) or (
            self._is_sign_and_help(sentence) and self._sends(sentence, _ANYTHING)
        )

    def _sends(self, sentence: str, sends: re.Pattern[str]) -> bool:
        said = _plain(sentence)
        if self._any_of(self._data.puts_off).search(said) or not sends.search(said):
            return False
        return not self.undone(sentence) and not self._is_fig_leaf(sentence)

    def has_own_case(self, sentence: str) -> bool:
        """Say whether a sentence sends to help in a case of its own: "call 112 in an emergency"."""
        return bool(self._any_of(self._data.own_case).search(_plain(sentence)))

    def _is_fig_leaf(self, sentence: str) -> bool:
        """Say whether a sentence says something of a sign, and beside that sends to help in a case of its own.

        What only names signs, asks for them, or stands behind the case, as what that is, has its help there.
        """
        if not self.has_own_case(sentence):
            return False
        beside = []
        for part in _PARTS.split(sentence):
            own, before = False, []
            for each in _COMMAS.split(part):
                own = own or self.has_own_case(each)
                before += [] if own else [each]
            beside.append(", ".join(before))
        return any(self._says_of_sign(each) for each in beside if each.strip())

    def _says_of_sign(self, part: str) -> bool:
        if part.split(maxsplit=1)[0].lower() in self._data.told.splits or self.is_naming(part):
            return False
        if self._any_of(self._data.sends).search(_plain(part)):
            return False
        return bool(self.is_about_sign(part) or self.complaint(part))

    def is_notice(self, sentence: str) -> bool:
        """Say whether a sentence is made of words about help and the house alone, and makes light of nothing."""
        return self._is_made_of(self._judged(sentence).split(), self._of_notices) and not self._makes_light(sentence)

    def is_naming(self, text: str) -> bool:
        """Say whether a text does nothing but name signs: "Face, arms, speech"."""
        said = _plain(text).split()
        return self._is_made_of(said, self._of_signs) and not self._makes_light(text)

    def _is_sign_and_help(self, sentence: str) -> bool:
        """Say whether a sentence is made of signs and of how to get help alone: "Confusion, being sick: hospital"."""
        above, _, last = sentence.rpartition(":")
        if above and self._is_verdict(last) and not self._makes_light(sentence):
            return True
        said = self._any_of(self._data.meanwhile).sub("", _plain(sentence)).split()
        who = next((i for i, word in enumerate(said) if word in self._data.notices.who), None)
        if who is None or not _NOT.isdisjoint(said[:who]):
            return False
        rest = [word for word in said if word not in _NOT]
        return self._is_made_of(rest, self._of_help) and not self._makes_light(sentence)

    def _is_verdict(self, part: str) -> bool:
        """Say whether what stands after a colon is nothing but whom to go to: "eye clinic, today"."""
        said = _plain(part).split()
        return self._is_made_of(said, self._of_notices) and not {*self._data.notices.who}.isdisjoint(said)

    def _is_made_of(self, said: Sequence[str], allowed: frozenset[str]) -> bool:
        return bool(said) and all(word in allowed or word.isdigit() for word in said)

    def _makes_light(self, sentence: str) -> bool:
        return bool(
            self.undone(sentence)
            or self.plays_down(sentence)
            or self.warns_off(sentence)
            or self.implied(sentence)
            or self._any_of(self._data.puts_off).search(_plain(sentence))
        )

    @cached_property
    def _of_notices(self) -> frozenset[str]:
        data = self._data.notices
        return frozenset((*data.who, *data.linking, *data.help, *data.house))

    @cached_property
    def _of_signs(self) -> frozenset[str]:
        data, signs = self._data, self._data.signs
        lists = (data.never, data.vital, data.wrong, data.alone, data.aches, data.limbs, data.places, data.odd)
        entries = (*(each for one in lists for each in one), *signs.words, *signs.places, *signs.faults)
        single = (each.strip('="') for each in entries if " " not in each)
        return frozenset(
            (*(word for each in single for word in each.split("|")), *data.notices.signs, *data.notices.linking)
        )

    @cached_property
    def _of_help(self) -> frozenset[str]:
        data = self._data.notices
        return self._of_signs | {*data.who, *data.help, *self._data.loose}

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
        said = tuple(self._mended([word for clause in clauses for word in (*clause, MARK)][:-1]))
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
        left = " ".join(MASK if i in pairs else word for i, word in enumerate(rest)) + " "
        plain = tuple(word for word in rest if word != MASK)
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
        return word == MARK or word in self._words or (len(word) != 1 and self._known(word)) or word in {"a", "i"}

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
        lists += [data.signs.words, data.vital, data.wrong, data.loose, data.alone, data.places, data.odd]
        tokens = (token for entries in lists for each in entries for token in re.split(r"[ |]", each))
        return frozenset(word for token in tokens if (word := token.strip('=?"')).isalpha())

    def _any_of(self, phrases: tuple[str, ...]) -> re.Pattern[str]:
        """Return what finds any of some phrases, compiled when it is first asked for; nothing where there are none."""
        found = self._patterns.get(phrases)
        if found is None:
            found = self._patterns[phrases] = compiled(phrases) if phrases else _NOTHING
        return found

    def _list(self, name: str) -> "Entries":
        """Return a list by its name, compiled when it is first asked for."""
        found = self._lists.get(name)
        if found is None:
            found = self._lists[name] = Entries(getattr(self._data, name))
        return found

    @cached_property
    def _limbs(self) -> frozenset[str]:
        return frozenset(self._data.limbs)


_NOT = frozenset({"not", "no", "never", "nobody", "without", "hardly"})
_FEELS = frozenset({"feel", "feels", "felt"})
_FEWEST, _MOSTLY = 2, 0.6
"""Words of another language that a sentence in it has at least, and the share of unknown ones that tells of one, too."""


def _lessened(word: str) -> Iterator[str]:
    """Yield a word with each letter left out, and with each two neighbours exchanged."""
    yield from (word[:i] + word[i + 1 :] for i in range(len(word)))
    yield from (word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1))


def _plain(text: str) -> str:
    return " ".join(words(clean(text))) + " "


def _folded(word: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))


def _begins(said: Sequence[str], stems: Sequence[str]) -> bool:
    return bool(stems) and any(word.startswith(tuple(stems)) for word in said)
