"""Which words of a message are meant as happening now to a real person: negation, past, "if", fiction, near misses, jokes.

After NegEx (Chapman et al. 2001, doi:10.1006/jbin.2001.1029: trigger phrases, pseudo-triggers, termination terms, a
scope of a few words) and ConText (Harkema et al. 2009, PMC2757457: historical, hypothetical, experiencer), with cues
for chat instead of clinical notes. An alarm is taken back only on clear evidence (`safety.md` 4.3).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from bot.core.safety.gate_words import GATE_WORDS
from bot.core.safety.lexicon import Hit
from bot.core.safety.milder import MILDER, is_ordinary, states
from bot.core.safety.persons import Cues, about_another, harms_another
from bot.core.safety.tokens import COMMA, SENTENCE, Words
from bot.sentences import say

NEGATED: Final = 1
PAST: Final = 2
HYPOTHETICAL: Final = 4
FICTION: Final = 8
ALMOST: Final = 16
INFORMATION: Final = 32
STRANGER: Final = 64
GENERAL: Final = 128

NAMES: Final = {
    NEGATED: "negated", PAST: "past", HYPOTHETICAL: "hypothetical", FICTION: say("stops.assertion.names_fiction"),
    ALMOST: "almost", INFORMATION: "general question", STRANGER: "a stranger",
    GENERAL: say("stops.assertion.names_general"),
}  # fmt: skip

_NEGATION_SCOPE = 6
_ALMOST_SCOPE = 4
_HYPOTHETICAL_SCOPE = 12
_ANIMAL_SCOPE = 8
_THING_SCOPE = 4
_TRIVIAL_SCOPE = 9
_FINE_SCOPE = 3
_CALLED = 2
_OWNED = 3
_TREATED_SCOPE = 5

_NEW_SUBJECT = frozenset(GATE_WORDS.new_subject)
_SPEAKER = frozenset(GATE_WORDS.speaker)
"""Whom "my exams, i want to die" turns to: what the exams take back ends there."""
_FIRST_PERSON = frozenset(GATE_WORDS.first_person)
_PERSONAL = _FIRST_PERSON | frozenset(GATE_WORDS.personal)
_OPENERS = frozenset(GATE_WORDS.openers)
_ASKER = frozenset(GATE_WORDS.asker)  # "when should i see a doctor" is still a general question
_REPAIRS = frozenset(GATE_WORDS.repairs)
"""What happened once: "foot dropped after my op, its gone now" tells of no time since which it lasts."""
_NOW = frozenset(GATE_WORDS.now)
_OWN = frozenset(GATE_WORDS.own)
_UNREAL = frozenset(GATE_WORDS.unreal)
_WONDERS = frozenset(GATE_WORDS.wonders)  # "no idea if it is related, but..." doubts a cause, not what follows
_NEW_VERB = frozenset(GATE_WORDS.new_verb)
_PERSONS = _FIRST_PERSON | frozenset(GATE_WORDS.persons)
"""Whoever stands in a clause is what it is about, whatever its subject."""
_BEFORE_SUBJECT = _OPENERS | frozenset(GATE_WORDS.before_subject)
_JOINS = frozenset(GATE_WORDS.joins)
_GOES_ON = frozenset(GATE_WORDS.goes_on)
"""What goes on with the same thing after a comma or an "and": "the pin is bent and it wont go back in"."""
_IS = frozenset(GATE_WORDS.turns)
_DOES = frozenset(GATE_WORDS.does)
"""What follows a "can" that is no question: "can squeeze out a drop" leaves "i" out."""
_TREATS = frozenset(GATE_WORDS.treats)
"""What somebody does for a living: "my physio sees people with drop foot" tells of nobody's foot."""
_USED_TO = (["used", "to"], ["use", "to"])
ROLES: Final = (
    "negation", "termination", "fine", "resolved", "past", "hypothetical", "fiction", "animal", "thing", "trivial", "almost",
    "laugh", "lasting", "onset", "proxy", "pronoun", "question", "study", "signs", "stranger", "bystander", "minor",
    "part", "crowd", "impact",
)  # fmt: skip
"""What reading negation, time and person needs classes for; others (`pseudo_negation`, `stated`) only take words away."""


@dataclass(frozen=True, slots=True)
class Assertion:
    """A reading of a message: `bits` says for each word what takes it back; the rest is true of the message."""

    bits: list[int]
    laugh: bool
    lasting: bool
    proxy: bool
    information: bool
    impersonal: bool
    minor: bool = False
    harmed: bool = False
    """Whether it is about somebody else even where what is told is what a person does to another."""

    @property
    def joking(self) -> bool:
        """Laughter, and nothing that says the thing goes on."""
        return self.laugh and not self.lasting


class Reader:
    """Reads how the concepts of a message are meant, by the classes that have a role."""

    def __init__(
        self,
        roles: Mapping[str, Sequence[int]],
        living: Iterable[int],
        felt: Iterable[int] = (),
        body: Iterable[int] = (),
    ) -> None:
        """Take the numbers of the classes by role (`ROLES`; one that is missing raises KeyError) and of what lives.

        `living` are the classes of kind body and function: what can be fine. `felt` are sensations: what stays one though
        somebody calls it fine ("chest pain is fine"). `body` are parts of the body.
        """
        for role in ROLES:
            if role not in roles:
                raise KeyError(role)
        self._roles = {role: tuple(roles.get(role, ())) for role in (*ROLES, *MILDER)}
        self._played: dict[int, list[str]] = {}
        for role, numbers in self._roles.items():
            for number in dict.fromkeys(numbers):
                self._played.setdefault(number, []).append(role)
        self._functions = frozenset(living)
        self._felt = frozenset(felt)
        self._body = frozenset(body)

    def bits(self, text: Words, hits: list[Hit]) -> list[int]:
        """Return for each word what takes it back, as `read` does: all that the model needs to know."""
        return self._read(text, hits)[0]

    def read(self, text: Words, hits: list[Hit]) -> Assertion:
        """Return how a message's words are meant."""
        words = text.words
        bits, cues, information = self._read(text, hits)
        counts = {hit.start for hit in cues["span"]}  # "im 17 weeks pregnant" tells no age
        proxy = about_another(words, cues, [hit for hit in hits if hit.concept in self._functions])
        return Assertion(
            bits,
            laugh=bool(cues["laugh"]),
            lasting=bool(cues["lasting"]),
            proxy=proxy,
            harmed=proxy and harms_another(words, cues),
            information=information,
            minor=any(
                not bits[hit.start] & (NEGATED | PAST | FICTION) for hit in cues["minor"] if hit.end not in counts
            ),
            impersonal=(_PERSONAL - _ASKER).isdisjoint(words) and not cues["proxy"],
        )

    def _read(self, text: Words, hits: list[Hit]) -> tuple[list[int], dict[str, list[Hit]], bool]:
        """Return what takes each word back, the hits by role, and whether something is asked about people in general."""
        words, breaks = text.words, text.breaks
        bits = [0] * len(words)
        bounds = _bounds(breaks)
        numbered: dict[int, list[Hit]] = {}
        for hit in hits:
            numbered.setdefault(hit.concept, []).append(hit)
        nothing: list[Hit] = []
        cues = dict.fromkeys(self._roles, nothing)
        for role in {role for number in numbered if number in self._played for role in self._played[number]}:
            cues[role] = [hit for number in self._roles[role] if number in numbered for hit in numbered[number]]
        ends = {hit.start for hit in cues["termination"]}
        for hit in cues["negation"]:
            self._negate(words, breaks, bits, hit, ends)
        if cues["fine"]:
            self._call_fine(breaks, bits, hits, cues["fine"], ends)
        lasting_at = [hit.start for hit in cues["lasting"]]
        if cues["past"] or cues["resolved"]:
            self._date(words, breaks, bits, cues, lasting_at, ends)
        if cues["hypothetical"]:
            self._suppose(words, breaks, bounds, bits, cues, ends)
        for role, bit in (("fiction", FICTION), ("stranger", STRANGER)):
            if cues[role]:
                self._invent(words, bounds, bits, cues[role], ends, bit)
        for hit in cues["animal"]:
            _forward(breaks, bits, hit.end, scope=_ANIMAL_SCOPE, bit=FICTION, ends=ends)
        if cues["thing"]:
            subjects = ends | {i for i, word in enumerate(words) if word in _NEW_SUBJECT}
            for hit in cues["thing"]:
                _forward(breaks, bits, hit.end, scope=_THING_SCOPE, bit=FICTION, ends=subjects)
        if cues["trivial"]:
            people = ends | {i for i, word in enumerate(words) if word in _SPEAKER}
            for hit in cues["trivial"]:
                _forward(breaks, bits, hit.end, scope=_TRIVIAL_SCOPE, bit=FICTION, ends=people)
        for hit in cues["almost"]:
            _forward(breaks, bits, hit.end, scope=_ALMOST_SCOPE, bit=ALMOST, ends=ends)
        if cues["part"] or cues["crowd"]:
            self._of_no_person(words, breaks, bits, hits, cues, ends)
        for first, last in states(breaks, cues):
            for i in range(first, last):
                bits[i] |= PAST
        if is_ordinary(bits, hits, cues, self._functions | self._felt, denied=NEGATED):
            # As a general question does, it takes every stop away and leaves the safety line.
            bits[:] = [bit | INFORMATION for bit in bits]
        information = bool(cues["question"]) and self._inform(words, breaks, bounds, bits, cues)
        return bits, cues, information

    @staticmethod
    def _suppose(  # noqa: PLR0917 -- the parts of one message
        words: list[str], breaks: list[int], bounds: list[int], bits: list[int], cues: Cues, ends: set[int]
    ) -> None:
        """Take back what follows an "if", but not what one that states so introduces."""
        since = sorted(hit.start for role in ("lasting", "onset") for hit in cues[role])
        unreal = [place for place, word in enumerate(words) if word in _UNREAL]
        for hit in cues["hypothetical"]:
            if words[hit.start] == "if" and (
                (hit.start > 0 and words[hit.start - 1] in _WONDERS) or _stated(bounds, hit, since, unreal)
            ):
                continue
            _forward(breaks, bits, hit.end, scope=_HYPOTHETICAL_SCOPE, bit=HYPOTHETICAL, ends=ends)

    def _of_no_person(  # noqa: PLR0917 -- the parts of one message
        self, words: list[str], breaks: list[int], bits: list[int], hits: list[Hit], cues: Cues, ends: set[int]
    ) -> None:
        """Take back what is told of a machine's part, and of people in general."""
        struck = {i for hit in cues["impact"] for i in range(hit.start, hit.end)}
        parts = {i for hit in hits if hit.concept in self._body for i in range(hit.start, hit.end)}
        own = parts | {hit.start for hit in hits if hit.concept in self._functions}
        others = {i for role in ("proxy", "bystander") for hit in cues[role] for i in range(hit.start, hit.end)}
        for hit in cues["part"]:
            self._generalise(words, breaks, bits, hit, struck | parts | others)
        for hit in cues["crowd"]:
            if words[hit.end : hit.end + 1] == ["with"] and hit.start and words[hit.start - 1] in _TREATS:
                _forward(breaks, bits, hit.end, scope=_TREATED_SCOPE, bit=GENERAL, ends=ends)
            if hit.end not in own:  # "half the team's pee is brown": theirs, and not people's in general
                self._generalise(words, breaks, bits, hit, struck | others)

    def _call_fine(self, breaks: list[int], bits: list[int], hits: list[Hit], fine: list[Hit], ends: set[int]) -> None:
        """Take back what can be fine where it is called so, and no sensation ("chest pain is fine")."""
        living: dict[int, list[Hit]] = {}
        felt: list[int] = []
        for hit in hits if fine else ():
            if hit.concept in self._functions:
                living.setdefault(hit.end, []).append(hit)
            if hit.concept in self._felt:
                felt.append(hit.start)
        felt.sort()
        for hit in fine:
            if bits[hit.start] & NEGATED:
                continue
            for end in range(max(0, hit.start - _FINE_SCOPE), hit.start + 1):
                for other in living.get(end, ()):
                    if not _any_within(felt, other.start - _CALLED, hit.start) and not any(
                        breaks[i] or i in ends for i in range(end, hit.start + 1)
                    ):
                        for i in range(other.start, hit.start):
                            bits[i] |= NEGATED

    @staticmethod
    def _negate(words: list[str], breaks: list[int], bits: list[int], cue: Hit, ends: set[int]) -> None:
        place, left = cue.end, _NEGATION_SCOPE
        while place < len(words) and left:
            if breaks[place] >= SENTENCE or place in ends or words[place] in _NEW_SUBJECT:
                return
            if place > cue.end and words[place] in _NEW_VERB:
                return
            if breaks[place] == COMMA and not _in_or_list(words, breaks, place):
                return
            bits[place] |= NEGATED
            place += 1
            left -= 1

    def _date(  # noqa: PLR0917 -- the parts of one message
        self,
        words: list[str],
        breaks: list[int],
        bits: list[int],
        cues: Cues,
        lasting: list[int],
        ends: set[int],
    ) -> None:
        clauses = _clauses(breaks, ends) if cues["past"] else []
        long_ago: set[tuple[int, int]] = set()
        habits = any(words[hit.start : hit.end] in _USED_TO for hit in cues["past"])
        subjects = [i for i, word in enumerate(words) if word in _NEW_SUBJECT] if habits else []
        turns = [i for i, word in enumerate(words) if word in _IS or _and_new(words, i)] if habits else []
        for hit in cues["past"]:
            start, end = _sentence(clauses, hit.start)
            if words[hit.start : hit.end] in _USED_TO:
                start, end = _habit(subjects, turns, start, hit, end)
            long_ago.add((start, end))
        lasts = sorted(lasting)
        for start, end in long_ago:
            if not _any_within(lasts, start, end):
                for i in range(start, end):
                    bits[i] |= PAST
        since = [*lasting, *(hit.start for hit in cues["onset"] if _REPAIRS.isdisjoint(words[hit.end : hit.end + 3]))]
        for hit in cues["resolved"]:
            if bits[hit.start] & NEGATED:
                continue
            dated = any(place < hit.start and not bits[place] & PAST for place in since)
            if not dated:
                for i in range(hit.start):
                    bits[i] |= PAST

    @staticmethod
    def _invent(  # noqa: PLR0917 -- the parts of one message
        words: list[str], bounds: list[int], bits: list[int], cues: list[Hit], ends: set[int], bit: int
    ) -> None:
        """Take back the sentence of each cue up to where another begins, but not what the writer says of themselves.

        Of many cues in one sentence each goes on where the one before ended: a message is gone through once.
        """
        stops = sorted(ends) if cues else []
        before, done = -1, 0
        left_out: set[int] = set()
        for cue in sorted(cues, key=lambda hit: (hit.start, hit.end)):
            start, end = _sentence(bounds, cue.start)
            after = bisect_left(stops, cue.end)
            if after < len(stops):
                end = min(end, stops[after])
            if start != before:
                before, done = start, start
                left_out.clear()
            mine = range(cue.start, cue.end)
            for i in {*range(done, end), *range(cue.start, min(end, cue.end + _OWNED)), *left_out}:
                if i in mine:
                    left_out.add(i)  # for the next cue to take
                    continue
                left_out.discard(i)
                if _OWN.isdisjoint(words[j] for j in range(max(start, i - _OWNED), i) if j not in mine):
                    bits[i] |= bit
            done = max(done, end)

    @staticmethod
    def _generalise(words: list[str], breaks: list[int], bits: list[int], cue: Hit, kept: set[int]) -> None:
        """Take back a clause whose subject is a thing, or people in general, unless a person or what is `kept` stands in it."""
        start = cue.start
        while start > 0 and not breaks[start] and words[start - 1] not in _JOINS:
            start -= 1
            if words[start] not in _BEFORE_SUBJECT:
                return
        end = cue.end
        while end < len(words) and breaks[end] < SENTENCE:
            if (breaks[end] and words[end] not in _GOES_ON) or (
                words[end] in _JOINS and not _GOES_ON.intersection(words[end + 1 : end + 2])
            ):
                break
            end += 1
        inside = range(cue.end, end)
        if (
            _PERSONS.isdisjoint([*words[start : cue.start], *words[cue.end : end]])
            and kept.isdisjoint(inside)
            and "here" not in words[start:end]
        ):
            for i in inside:
                bits[i] |= GENERAL

    def _inform(self, words: list[str], breaks: list[int], bounds: list[int], bits: list[int], cues: Cues) -> bool:
        found = False
        proxies = [hit.start for hit in cues["proxy"]]
        signs = [hit.start for hit in cues["signs"]]
        study = {i for hit in cues["study"] for i in range(max(0, hit.start - 2), hit.end)}
        for hit in cues["question"]:
            if words[hit.start] in {"can", "could"} and words[hit.end : hit.end + 1] and words[hit.end] in _DOES:
                continue
            start, end = _sentence(bounds, hit.start)
            if breaks[hit.start] and _PERSONAL.isdisjoint(words[hit.start : end]) and _NOW.isdisjoint(words[start:end]):
                for i in range(hit.start, end):  # "for my essay, why does urine turn dark"
                    bits[i] |= GENERAL
            if hit.start - start > (words[start] in _OPENERS):
                continue
            asks_for_signs = any(start <= place < end for place in signs)
            personal = _PERSONAL - _ASKER if asks_for_signs else _PERSONAL
            if not personal.isdisjoint(word for i, word in enumerate(words[start:end], start) if i not in study):
                continue
            if any(start <= place < end for place in proxies):
                continue
            found = True
            for i in range(start, end):
                bits[i] |= INFORMATION
        return found


def _in_or_list(words: list[str], breaks: list[int], place: int) -> bool:
    """Whether the comma before `place` is one of a list that ends in "or": `no numbness, tingling or weakness`."""
    for i in range(place, min(place + 6, len(words))):
        if breaks[i] >= SENTENCE:
            return False
        if words[i] in {"or", "nor"}:
            return True
    return False


def _bounds(breaks: Sequence[int]) -> list[int]:
    """Return where each sentence begins, and the number of words: found once, since a long message asks for it often."""
    return [0, *(place for place, mark in enumerate(breaks) if place and mark >= SENTENCE), len(breaks)]


def _clauses(breaks: Sequence[int], ends: AbstractSet[int]) -> list[int]:
    """Return where each clause begins, and the number of words, as `_bounds` does for sentences."""
    return [0, *(place for place, mark in enumerate(breaks) if place and (mark or place in ends)), len(breaks)]


def _sentence(bounds: Sequence[int], place: int) -> tuple[int, int]:
    """Return the first word of a word's sentence, and the word after its last."""
    after = bisect_right(bounds, place, 0, len(bounds) - 1)
    return bounds[after - 1], bounds[after]


def _stated(bounds: Sequence[int], cue: Hit, since: Sequence[int], unreal: Sequence[int]) -> bool:
    """Whether "if" introduces what is so ("ok to train if my pee has been brown since friday")."""
    start, end = _sentence(bounds, cue.start)
    return not _any_within(unreal, start, end) and _any_within(since, cue.end + 1, end)


def _any_within(places: Sequence[int], start: int, end: int) -> bool:
    """Whether one of the places, which ascend, is `start` or later and before `end`."""
    following = bisect_left(places, start)
    return following < len(places) and places[following] < end


def _habit(subjects: Sequence[int], turns: Sequence[int], start: int, cue: Hit, end: int) -> tuple[int, int]:
    """Return the stretch that "used to" puts in the past: its own subject and verb, not what the sentence says is so now.

    "the lump i used to push back is stuck": from "i" up to "is". `subjects` and `turns` are where such words stand.
    """
    before, after = bisect_left(subjects, cue.start) - 1, bisect_left(turns, cue.end)
    first = subjects[before] if before >= 0 and subjects[before] >= start else start
    return first, min(turns[after], end) if after < len(turns) else end


def _and_new(words: list[str], place: int) -> bool:
    """Whether an "and" here starts on something else: "and the shin dangles", not "and tingle"."""
    return words[place] == "and" and place + 1 < len(words) and words[place + 1] in _NEW_SUBJECT | {"the", "a", "there"}


def _forward(breaks: list[int], bits: list[int], start: int, *, scope: int, bit: int, ends: set[int]) -> None:
    for i in range(start, min(start + scope, len(bits))):
        if breaks[i] or i in ends:
            return
        bits[i] |= bit
