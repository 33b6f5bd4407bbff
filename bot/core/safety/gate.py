"""The gate: rules, nets and the small model, weighed into one screening."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from copy import copy
from dataclasses import dataclass, replace
from typing import Self

from bot.core.model import Stop, Tier
from bot.core.safety.assertion import NAMES, Assertion, Reader
from bot.core.safety.lexicon import MASK, Compiled, Hit, Lexicon, is_slip
from bot.core.safety.net import NOTHING, Featuriser, Item, Net, Opinion, stretches
from bot.core.safety.phrasebank import PhraseBank
from bot.core.safety.rules import Fired, Reading, RuleBook, reading
from bot.core.safety.state import State
from bot.core.safety.tokens import Words, tokenise
from bot.core.safety.values import Phrasing, Rule, SafetyRules, Screening, Trace, fingerprint

_URGENCY = {Tier.SOON: 0, Tier.SAME_DAY: 1, Tier.EMERGENCY: 2}
_MOST_EARLIER = 10

_Items = list[list[Item]]


QUIET = (
    "I_MY", "FIRST_PERSON_BE", "I_WORD", "AND_OR", "TERMINATION", "NOT_HYPOTHETICAL", "HYPOTHETICAL", "QUESTION",
    "NEGATION", "NOT_NEGATION", "HE_SHE", "LOOKS", "MASK", "MIDCARE", "ALMOST", "EFFORT_CONTEXT", "FINE", "PAST",
    "RESOLVED", "FICTION", "STRANGER", "THING", "TRIVIAL", "ANIMAL", "MOVE", "WALK",
)  # fmt: skip
"""Classes that say nothing about a symptom; a message without any other is let through at once."""

_GRAMMAR = frozenset({"I_MY", "I_WORD", "FIRST_PERSON_BE", "AND_OR", "LOOKS"})
"""Those of them that nearly every sentence has: an explanation leaves them out."""

_BODY = (
    "BACK", "LEG", "LEGS", "FOOT", "TOES", "CALF", "THIGH", "KNEE", "ABOVE_KNEE", "GROIN", "BELLY", "CHEST", "HEART",
    "HEAD", "NECK", "FACE", "ARM", "JAW", "GENITAL", "SADDLE", "BUM", "TESTICLE", "SKIN", "HIP", "PEE", "BLADDER",
    "WENT_TOILET", "NEED_GO", "WET_SELF", "PLUMBING", "POOP", "SOILED", "BOWEL", "BACK_DOOR", "WIPE", "SEX", "ERECTION", "HEADACHE",
    "NUMB", "TINGLE", "FAINT", "NEAR_FAINT", "PALPITATION", "BREATHLESS", "VOMIT", "FEVER", "CHILLS", "BLEED",
    "PREGNANT", "PREG_AT", "URINE_PLACE", "BODY_OTHER", "SWOLLEN", "LUMP", "SLUR", "VISION", "SELF_HARM", "WANT_TO_DIE", "HEAD_HIT",
)  # fmt: skip
"""Places and functions of the body: without one of them the model never stops by itself."""

_CIRCUMSTANCES = (
    "NOW", "PERSISTS", "ONSET", "CLOCK", "HOURS", "LASTING", "CHANGE", "FIGURE", "PROXY", "CANT", "ONE_SIDE", "BOTH",
    "EFFORT", "NIGHT", "LAUGH", "SHOULD_I", "SIGNS", "ALARM_SIGNS", "WHAT_IS", "HOW_KNOW", "SERIOUS", "GYM_DOOR", "DARK", "DRINK", "LIMITING", "HIGH_FALL", "FLOOR", "NO_DRINK",
    "BIKE", "DENTIST", "GLUTE_CUE", "COUGH", "TOUCH", "SUDDEN", "SEVERE", "RED", "HOT", "COLD", "PALE", "GOES_BACK", "WOKE",
)  # fmt: skip
"""Classes that colour a symptom and are none: by themselves they do not wake the model."""


@dataclass(frozen=True, slots=True)
class _Look:
    """What one pass over a message found."""

    screening: Screening
    hits: list[Hit]
    message: Reading | None = None
    fired: tuple[Fired, ...] = ()
    nets: tuple[Fired, ...] = ()
    footers: tuple[Fired, ...] = ()
    items: list[list[Item]] | None = None
    opinion: Opinion = NOTHING


class Gate:
    """Screens messages. Holds no message: the same input gives the same screening, whatever came before."""

    def __init__(self, rules: SafetyRules, fitted: State | None = None) -> None:
        """Compile the rules and fit the model, or take both from `fitted` (what `dump` gave for the same rules).

        Raises KeyError for a rule about an unknown concept, ValueError or KeyError for a broken `fitted`.
        """
        self.rules = rules
        names = (*rules.concepts, MASK)
        if fitted is not None:
            self._compiled = Compiled.restore(fitted)
        else:
            said = [tokenise(text) for text in (*(phrasing.text for phrasing in rules.phrasings), *rules.harmless)]
            self._compiled = Compiled.of(
                names, rules.concepts, rules.masks, (*rules.ordinary, *_well_spelt(said, rules.alarm_words))
            )
        self._lexicon = Lexicon(names, self._compiled, rules.alarm_words)
        self._reader = Reader(self._lexicon)
        self._book = RuleBook(self._lexicon, rules.rules)
        self._nets = RuleBook(self._lexicon, (), rules.nets)
        self._footers = RuleBook(self._lexicon, (), rules.footers)
        self._signs = RuleBook(self._lexicon, (Rule("signs", "SIGNS", Tier.SOON, rules.signs),))
        self._features = Featuriser(self._lexicon.names, QUIET)
        number = self._lexicon.number
        self._telling = frozenset(number.values()) - {
            number[name] for name in (*QUIET, *_CIRCUMSTANCES) if name in number
        }
        self._alarm_signs = number["ALARM_SIGNS"]
        self._body = frozenset(number[name] for name in _BODY)
        self._bank: PhraseBank | None = None
        self._fitted = fitted
        if fitted is not None:
            self._net = Net.restore(fitted)
        else:
            items = [self._items(text) for text in said]
            count = len(rules.phrasings)
            self._bank = PhraseBank.of(rules.phrasings, items[:count])
            self._net = self._fit(rules.phrasings, items[:count], items[count:])

    @staticmethod
    def _fit(phrasings: Sequence[Phrasing], items: Sequence[_Items], harmless: Sequence[_Items]) -> Net:
        """Return a model fitted on the features of phrasings and of harmless texts."""
        alarms = [number for number, phrasing in enumerate(phrasings) if phrasing.rule not in _RULES_ALONE]
        calm = [stretch for text in harmless for stretch in stretches(text)]
        quiet = [False] * len(calm)
        return Net.fit(
            [items[number] for number in alarms] + calm,
            [True] * len(alarms) + quiet,
            [phrasings[number].tier is Tier.EMERGENCY for number in alarms] + quiet,
            l2=_L2,
        )

    def without(self, phrasings: AbstractSet[Phrasing], harmless: AbstractSet[str]) -> Self:
        """Return a gate whose model and bank never saw these, for cross-validation."""
        other = copy(self)
        kept = tuple(phrasing for phrasing in self.rules.phrasings if phrasing not in phrasings)
        other.rules = replace(self.rules, phrasings=kept)
        items = [self.features(phrasing.text) for phrasing in kept]
        calm = [self.features(text) for text in self.rules.harmless if text not in harmless]
        other._fitted = None  # noqa: SLF001 -- our own copy
        other._bank = PhraseBank.of(kept, items)  # noqa: SLF001
        other._net = self._fit(kept, items, calm)  # noqa: SLF001
        return other

    def alarm(self, text: str) -> float:
        """Return the model's own probability of an alarm, rules and nets left out."""
        return self._net.judge(self.features(text)).alarm

    def features(self, text: str) -> _Items:
        """Return what the model sees of a text."""
        return self._items(tokenise(text))

    def _items(self, words: Words) -> _Items:
        hits = self._lexicon.find(words)
        return self._features.items(words, hits, self._reader.read(words, hits).bits)

    def dump(self, key: str = "") -> bytes:
        """Return the fitted state, for a cache on disk; `build` takes it back under the same key (a hash of the rules)."""
        state = State()
        self._compiled.dump(state)
        self._net.dump(state)
        self._phrase_bank().dump(state)
        return state.dump(key or fingerprint(self.rules))

    def check(self, text: str, earlier: Sequence[str] = ()) -> Screening:
        """Return what to do with a message; `earlier` are the same member's messages of the last ten minutes, oldest first.

        Never raises for any text; reads at most 6,000 characters of each message and the last ten earlier ones.
        """
        return self._look(text, earlier).screening

    def explain(self, text: str, earlier: Sequence[str] = ()) -> Trace:
        """Return why `check` decides as it does: cues, rules, phrasings that fired and what took cues back."""
        look = self._look(text, earlier)
        joined = tokenise(text, tuple(earlier[-_MOST_EARLIER:]))
        words = joined if look.message and len(look.message.text.words) == len(joined.words) else tokenise(text)
        names = self._lexicon.names
        cues: list[str] = []
        suppressed: list[str] = []
        for hit in look.hits:
            if names[hit.concept] in _GRAMMAR:
                continue
            shown = f"{names[hit.concept]}={' '.join(words.words[hit.start : hit.end])}{' (slip)' if hit.slip else ''}"
            taken = look.message.meant.bits[hit.start] if look.message else 0
            if taken:
                why = ", ".join(name for bit, name in NAMES.items() if taken & bit)
                suppressed.append(f"{shown} ({why})")
            else:
                cues.append(shown)
        notes = []
        if look.message and look.message.meant.joking:
            notes.append("laughter, and nothing that says it lasts")
        if look.screening.stop and look.screening.stop.proxy:
            notes.append("about somebody else")
        if look.screening.about_signs:
            notes.append("a general question about warning signs")
        if look.opinion.alarm:
            stretch = " ".join(words.words[look.opinion.start : look.opinion.end])
            notes.append(f"model: alarm {look.opinion.alarm:.2f}, emergency {look.opinion.urgent:.2f} in {stretch!r}")
        near = self._phrase_bank().nearest(look.items) if look.items else []
        return Trace(
            look.screening,
            tuple(dict.fromkeys(cues)),
            tuple(dict.fromkeys(suppressed)),
            tuple(f"{one.rule}: {one.text}" for one in look.fired),
            tuple(one.text for one in (*look.nets, *look.footers)),
            tuple((f"{phrasing.rule}: {phrasing.text}", closeness) for phrasing, closeness in near),
            score=look.opinion.alarm,
            notes=tuple(notes),
        )

    def _look(self, text: str, earlier: Sequence[str]) -> _Look:
        alone = self._screen(tokenise(text))
        if alone.screening.stop is not None or not earlier or not self._tells(alone.hits):
            return alone
        joined = tokenise(text, tuple(earlier[-_MOST_EARLIER:]))
        if not 0 < joined.fresh < len(joined.words):
            return alone
        together = self._screen(joined, earlier=earlier)
        if together.screening.stop is not None:
            return together
        if alone.nets or alone.footers:
            # More about the pain right after an alarm: advice now would undo it, so the alarm stands.
            before = self._screen(replace(tokenise(earlier[-1], tuple(earlier[-_MOST_EARLIER:-1])), fresh=0))
            if before.screening.stop is not None:
                return replace(alone, screening=before.screening, fired=before.fired)
        return alone

    def _tells(self, hits: Iterable[Hit]) -> bool:
        telling = self._telling
        return any(hit.concept in telling for hit in hits)

    def _screen(self, words: Words, earlier: Sequence[str] = ()) -> _Look:
        hits = self._lexicon.find(words)
        if not self._tells(hits) and not any(hit.concept == self._alarm_signs for hit in hits):
            return _Look(Screening(), hits)
        meant = self._reader.read(words, hits)
        message = reading(words, hits, meant)
        fresh = bool(earlier)
        fired = tuple(self._book.fire(message, fresh=fresh))
        if fired:
            return _Look(Screening(self._decide(fired, proxy=meant.proxy)), hits, message, fired)
        nets = tuple(self._nets.fire(message, fresh=fresh))
        items = self._features.items(words, hits, meant.bits)
        opinion = self._net.judge(items, fresh=words.fresh)
        stop = None
        limits = self.rules.thresholds
        if self._convinced(opinion, nets, hits, meant, items) and not (
            earlier and self._alarmed_before(earlier, limits["stop_supported"])
        ):
            nearest = self._meaning(items[opinion.start : opinion.end])
            tier = nearest.tier
            if opinion.urgent >= limits["emergency"]:
                tier = Tier.EMERGENCY
            stop = Stop(tier, (nearest.rule,), self.rules.rule(nearest.rule).route(tier), meant.proxy)
        signs = stop is None and self._about_signs(words, hits, meant)
        footers = tuple(self._footers.fire(message, fresh=fresh))
        line = stop is None and (bool(nets) or bool(footers) or opinion.alarm >= limits["line"])
        screening = Screening(stop, line, signs)
        return _Look(screening, hits, message, fired, nets, footers, items, opinion)

    def _convinced(
        self, opinion: Opinion, nets: Sequence[Fired], hits: Sequence[Hit], meant: Assertion, items: list[list[Item]]
    ) -> bool:
        """Whether the model's alarm is enough to stop: with a net in the same stretch, a near-twin in the bank, or by far."""
        limits = self.rules.thresholds
        if opinion.alarm < limits["stop_supported"]:
            return False
        start, end = opinion.start, opinion.end
        if any(net.start < end and net.end >= start for net in nets):
            return True
        if not any(
            hit.concept in self._body and start <= hit.start < end and not meant.bits[hit.start] for hit in hits
        ):
            return False
        if opinion.alarm >= limits["stop"] and _SHORTEST <= len(items) <= _SHORT:
            return True
        return self._phrase_bank().nearest(items[start:end], 1)[0][1] >= limits["twin"]

    def _meaning(self, items: list[list[Item]]) -> Phrasing:
        """Return the wording that tells what a model's alarm is about.

        A rule with a text of its own (a midwife for pregnancy) is only taken where the wording is nearly the same.
        """
        limits, rules = self.rules.thresholds, self.rules
        near = self._phrase_bank().nearest(items, _MOST_NEAR)
        for phrasing, closeness in near:
            special = phrasing.rule in rules.rule(phrasing.rule).route(phrasing.tier)
            if not special or closeness >= limits["twin"]:
                return phrasing
        return rules.phrasings[0]

    def _about_signs(self, words: Words, hits: list[Hit], meant: Assertion) -> bool:
        if not (meant.information or meant.impersonal):
            return False
        plain = replace(meant, bits=[0] * len(words.words), laugh=False)
        return bool(self._signs.fire(reading(words, hits, plain)))

    def _alarmed_before(self, earlier: Sequence[str], limit: float) -> bool:
        """Whether the earlier messages alarm the model by themselves: then they were stopped when they came."""
        return any(self._net.judge(self.features(text)).alarm >= limit for text in earlier[-_MOST_EARLIER:])

    def _decide(self, fired: Sequence[Fired], *, proxy: bool) -> Stop:
        """Return the stop of the most urgent rule, by the route that comes first (`SafetyRules.precedence`)."""
        found = [(one.tier, self.rules.rule(one.rule).route(one.tier), one.rule) for one in fired if one.tier]
        order = {route: place for place, route in enumerate(self.rules.precedence)}
        above = order.get(SELF_HARM, -1)
        tier, route, _ = min(
            found,
            key=lambda one: (
                order.get(one[1], len(order)) if order.get(one[1], len(order)) <= above else above + 1,
                -_URGENCY[one[0]],
                order.get(one[1], len(order)),
                one[2],
            ),
        )
        rules = sorted(found, key=lambda one: (one[:2] != (tier, route), -_URGENCY[one[0]], one[2]))
        return Stop(tier, tuple(dict.fromkeys(rule for _, _, rule in rules)), route, proxy)

    def _phrase_bank(self) -> PhraseBank:
        """Return the bank, taken back when a message first needs it: most messages, and most starts, do without."""
        if self._bank is None:
            assert self._fitted is not None
            self._bank, self._fitted = PhraseBank.restore(self.rules.phrasings, self._fitted), None
        return self._bank


SELF_HARM = "self_harm"
"""The route that, with those before it in `precedence`, wins over a higher tier."""
_L2 = 0.3
_SHORTEST = 5
_MOST_NEAR = 40
_SHORT = 28  # a long story of ordinary back pain looks alarming to the model: it needs a net or a twin
_RULES_ALONE = frozenset({"R31"})  # "i am pregnant, may i": all else in it is an ordinary question


def _well_spelt(said: Iterable[Words], alarms: Iterable[str]) -> set[str]:
    """Return everyday English and the words of the examples, but for those that are typed wrong: people write "bak" there.

    A word of the examples that is no everyday English counts as that where it lacks a letter of an alarm word, has one
    more, or two swapped. English that was inflected by rule holds "geting" and "feelling": a doubled letter too few or
    too many counts there.
    """
    from bot.core.matching.english import ordinary  # late: only fitting needs it

    english = ordinary()
    typed = {word for text in said for word in text.words} - english
    lettered = [alarm for alarm in alarms if len(alarm) > _SHORTEST_ALARM]
    slips = {word for word in typed if any(is_slip(word, alarm) and not _one_wrong(word, alarm) for alarm in lettered)}
    once = {_undoubled(alarm) for alarm in lettered}
    return (typed - slips) | {word for word in english if _undoubled(word) not in once}


def _one_wrong(word: str, alarm: str) -> bool:
    return len(word) == len(alarm) and sorted(word) != sorted(alarm)


def _undoubled(word: str) -> str:
    return "".join(letter for i, letter in enumerate(word) if not i or letter != word[i - 1])


_SHORTEST_ALARM = 3
