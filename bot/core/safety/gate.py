"""The gate: rules first, then everything else weighed, into one screening (`safety2.md` 14.2)."""

from bisect import bisect_left
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from copy import copy
from dataclasses import dataclass, replace
from typing import Self

from bot.core.model import Stop, Tier
from bot.core.odds import chance
from bot.core.safety.assertion import NAMES, Assertion, Reader
from bot.core.safety.corpus import Item
from bot.core.safety.evidence import Evidence
from bot.core.safety.fitting import SELF_HARM, english_too, key, kind_of, learn, places, well_spelt
from bot.core.safety.gate_words import GATE_WORDS
from bot.core.safety.languages import Languages
from bot.core.safety.lexicon import MASK, Compiled, Hit, Lexicon
from bot.core.safety.mentions import Mentions
from bot.core.safety.net import MIND, WINDOW, Featuriser, Net, Opinion
from bot.core.safety.numbered import Numbered
from bot.core.safety.phrasebank import NOBODY, Nearest, PhraseBank
from bot.core.safety.rules import Fired, Reading, RuleBook, reading
from bot.core.safety.state import State
from bot.core.safety.things import Things
from bot.core.safety.tokens import Words, tokenise
from bot.core.safety.values import TELLING, Ground, Kind, Phrasing, Rule, SafetyRules, Screening, Trace, fingerprint
from bot.sentences import say

_URGENCY = {Tier.SOON: 0, Tier.SAME_DAY: 1, Tier.EMERGENCY: 2}
_MOST_EARLIER = 10
_MOST_STRETCHES = 3
_MOST_NEAR = 40
_AGREED = 3

ABUSE = "abuse"
"""The route of harm by another, where the person named first is not the one it is about."""

_PARTS = frozenset(GATE_WORDS.parts)
_AROUND = frozenset(GATE_WORDS.around)
_PLAIN_NAMES = frozenset((*GATE_WORDS.plain_parts, *GATE_WORDS.plain_topics))
_PLAIN = (_PLAIN_NAMES | frozenset((*GATE_WORDS.around, *GATE_WORDS.plain_pain))) - {"not"}

_Items = list[list[Item]]


@dataclass(frozen=True, slots=True)
class _Look:
    """What one pass over a message found."""

    screening: Screening
    words: Words
    hits: list[Hit]
    message: Reading
    fired: tuple[Fired, ...] = ()
    nets: tuple[Fired, ...] = ()
    footers: tuple[Fired, ...] = ()
    opinion: Opinion | None = None
    nearest: Nearest = NOBODY
    weighed: float = 0.0
    known: bool = False
    """Whether the message is a wording of the bank, word for word."""

    @property
    def sure(self) -> bool:
        """Whether a stop rests on more than the model's view of the words."""
        return self.known or bool(self.fired)


def _start(hit: Hit) -> int:
    return hit.start


class Gate:
    """Screens messages. Holds no message: the same input gives the same screening, whatever came before."""

    def __init__(self, rules: SafetyRules, fitted: State | None = None) -> None:
        """Compile the rules and fit the model, or take both from `fitted` (what `dump` gave for the same rules).

        Raises KeyError for a rule about an unknown concept or a missing role, ValueError or KeyError for a broken `fitted`.
        """
        self.rules = rules
        names = (*rules.concepts, MASK)
        if fitted is not None:
            self._compiled = Compiled.restore(fitted)
            said = []
        else:
            said = [tokenise(text) for text in (*(phrasing.text for phrasing in rules.phrasings), *rules.harmless)]
            self._compiled = Compiled.of(
                names,
                {name: concept.patterns for name, concept in rules.concepts.items()},
                (*rules.masks, *(phrase for concept in rules.concepts.values() for phrase in concept.excluded)),
                (*rules.ordinary, *well_spelt(said, rules.alarm_words)),
            )
        closed = [name for name, concept in rules.concepts.items() if concept.closed]
        self._lexicon = Lexicon(names, self._compiled, rules.alarm_words, closed)
        self._grammar = frozenset(self._of_kind({Kind.GRAMMAR}))
        self._telling = frozenset(self._of_kind(TELLING))
        self._spans = frozenset(self._roles().get("span", ()))
        self._reader = Reader(
            self._roles(),
            self._of_kind({Kind.BODY, Kind.FUNCTION}),
            self._of_kind({Kind.SENSATION}),
            self._of_kind({Kind.BODY}),
        )
        self._things = Things(self._roles()["part"], self._of_kind({Kind.BODY}), self._telling)
        self._book = RuleBook(self._lexicon, rules.rules)
        higher = [replace(rule, tier=Tier.EMERGENCY, when=rule.higher) for rule in rules.rules if rule.higher]
        self._higher = RuleBook(self._lexicon, higher)
        self._nets = RuleBook(self._lexicon, (), rules.nets)
        self._footers = RuleBook(self._lexicon, (), rules.footers)
        self._signs = RuleBook(self._lexicon, (Rule("signs", "SIGNS", Tier.SOON, rules.signs),))
        quiet = [name for name, concept in rules.concepts.items() if concept.kind is Kind.GRAMMAR]
        self._features = Featuriser(self._lexicon.names, (*quiet, MASK))
        if fitted is not None:
            self._bank, self._net = PhraseBank.restore(fitted), Net.restore(fitted)
            english, exact = frozenset(fitted.lines("english")), Numbered.restore(fitted, "exact")
        else:
            english, exact = english_too(rules), places(said)
            self._bank, self._net = learn(rules, said, self._items)
            self._compiled.forget()
        self._english = english
        self._languages = Languages(rules.languages, english)
        self._exact = exact
        """The place of each wording by its key: the first of equal ones stands for all."""

    def _of_kind(self, kinds: AbstractSet[Kind]) -> list[int]:
        number = self._lexicon.number
        return [number[name] for name, concept in self.rules.concepts.items() if concept.kind in kinds]

    def _roles(self) -> dict[str, list[int]]:
        roles: dict[str, list[int]] = {}
        for name, concept in self.rules.concepts.items():
            if concept.role:
                roles.setdefault(concept.role, []).append(self._lexicon.number[name])
        return roles

    def without(self, phrasings: AbstractSet[Phrasing], harmless: AbstractSet[str]) -> Self:
        """Return a gate whose model and bank never saw these, for cross-validation."""
        other = copy(self)
        kept = tuple(phrasing for phrasing in self.rules.phrasings if phrasing not in phrasings)
        calm = tuple(text for text in self.rules.harmless if text not in harmless)
        said = [tokenise(text) for text in (*(phrasing.text for phrasing in kept), *calm)]
        other.rules = replace(self.rules, phrasings=kept, harmless=calm)
        other._exact = places(said)  # noqa: SLF001 -- our own copy
        other._bank, other._net = learn(other.rules, said, self._items)  # noqa: SLF001
        return other

    def alarm(self, text: str) -> float:
        """Return the model's own probability of an alarm, rules and nets left out."""
        words = tokenise(text)
        found = self._net.judge(self._items(words), words.breaks)
        return chance(found[0].alarm) if found else 0.0

    def mentions(self, ways: Sequence[str]) -> Mentions:
        """Return what finds a sign in a text however it is meant; `ways` adds to the rules ("FACE + NUMB|DROOP").

        Raises KeyError for a class that the rules do not have.
        """
        return Mentions(self._read, self._lexicon, self.rules.rules, ways)

    def names(self, rule: Rule, *, loosely: bool = False) -> Mentions:
        """Return what finds a rule's words in a text however they are meant; `loosely` asks for the first class of a way alone."""
        ways = [replace(way, tier=Tier.EMERGENCY) for way in rule.when]
        if loosely:
            ways = [replace(way, near=way.near[:1], also=()) for way in ways]
        return Mentions(self._read, self._lexicon, [replace(rule, id="", when=tuple(ways))], ())

    def spells(self, word: str) -> bool:
        """Say whether a word is one of the language's, as it is."""
        return self._lexicon.spells(word)

    def about_another(self, text: str) -> bool:
        """Say whether a text is about somebody else."""
        words = self._read(text)
        return self._reader.read(words, self._lexicon.find(words)).proxy

    def evidence(self, text: str) -> Evidence | None:
        """Return what is weighed of a text that no rule stops; None where a rule does, or where it has no words."""
        words = tokenise(text)
        if not words.words:
            return None
        hits = self._lexicon.find(words)
        meant = self._reader.read(words, hits)
        message = reading(words, hits, meant)
        if self._book.fire(message):
            return None
        items = self._features.items(words, hits, meant.bits)
        nets = tuple(self._nets.fire(message))
        opinion = self._net.judge(items, words.breaks)[0]
        return self._evidence(opinion, message, hits, items, nets)[0]

    def _items(self, words: Words) -> _Items:
        hits = self._lexicon.find(words)
        return self._features.items(words, hits, self._reader.bits(words, hits))

    def dump(self, key: str = "") -> bytes:
        """Return the fitted state, for a cache on disk; `build` takes it back under the same key (a hash of the rules)."""
        state = State()
        self._compiled.dump(state)
        self._net.dump(state)
        self._bank.dump(state)
        state.texts["english"] = "\n".join(sorted(self._english))
        self._exact.dump(state, "exact")
        return state.dump(key or fingerprint(self.rules))

    def check(self, text: str, earlier: Sequence[str] = ()) -> Screening:
        """Return what to do with a message; `earlier` are the same member's messages of the last ten minutes, oldest first.

        Never raises for any text; reads at most 6,000 characters of each message and the last ten earlier ones.
        """
        return self._look(text, earlier).screening

    def explain(self, text: str, earlier: Sequence[str] = ()) -> Trace:
        """Return why `check` decides as it does: cues, rules, phrasings that fired and what took cues back."""
        look = self._look(text, earlier)
        words, meant = look.words, look.message.meant
        names = self._lexicon.names
        cues: list[str] = []
        suppressed: list[str] = []
        for hit in look.hits:
            if hit.concept in self._grammar and not self.rules.concepts[names[hit.concept]].role:
                continue
            shown = f"{names[hit.concept]}={' '.join(words.words[hit.start : hit.end])}{' (slip)' if hit.slip else ''}"
            taken = meant.bits[hit.start]
            if taken:
                why = ", ".join(name for bit, name in NAMES.items() if taken & bit)
                suppressed.append(f"{shown} ({why})")
            else:
                cues.append(shown)
        notes = []
        if meant.joking:
            notes.append(say("stops.gate.laughter_and_nothing_that_says_it"))
        if look.screening.stop and look.screening.stop.proxy:
            notes.append("about somebody else")
        if look.screening.about_signs:
            notes.append(say("stops.gate.general_question_about_warning_signs"))
        phrasings: list[tuple[str, float]] = []
        score = 0.0
        if look.opinion:
            score = chance(look.opinion.alarm)
            stretch = " ".join(words.words[look.opinion.start : look.opinion.end])
            urgent = chance(look.opinion.urgent)
            notes.append(say("stops.gate.model", score=score, urgent=urgent, weighed=look.weighed, stretch=stretch))
            notes.append(say("stops.gate.nearest_harmless_wording_is_close", calm=look.nearest.calm))
            phrasings = [
                (f"{self.rules.phrasings[place].rule}: {self.rules.phrasings[place].text}", closeness)
                for place, closeness in look.nearest.alarms[:3]
            ]
        return Trace(
            look.screening,
            tuple(dict.fromkeys(cues)),
            tuple(dict.fromkeys(suppressed)),
            tuple(f"{one.rule}: {one.text}" for one in look.fired),
            tuple(one.text for one in (*look.nets, *look.footers)),
            tuple(phrasings),
            score=score,
            notes=tuple(notes),
        )

    def _look(self, text: str, earlier: Sequence[str]) -> _Look:
        look = self._look_in_english(text, earlier)
        if not text or text.isspace():
            return look
        screening = look.screening
        if screening.stop is None or not look.sure:
            # The model's stop is no reason to pass over the words of another language, which the model never saw.
            found = self._languages.check(text)
            if found is not None:
                rule = self.rules.rule(found.flag)
                tier = found.tier or rule.tier
                stop = Stop(tier, (rule.id,), rule.route(tier), found.proxy, look.message.meant.minor, found.language)
                return replace(look, screening=Screening(stop, language=found.language))
        language = self._languages.recognise(text)
        if language:
            if screening.stop is None or not look.sure:
                # What the model makes of words that it never saw is no evidence: a rule's words are.
                unsure = screening.stop is not None or screening.line
                return replace(look, screening=replace(screening, stop=None, line=unsure, language=language))
            spoken = replace(screening.stop, language=language)
            return replace(look, screening=replace(screening, stop=spoken, language=language))
        return look

    def _read(self, text: str, earlier: Sequence[str] = ()) -> Words:
        return tokenise(text, tuple(earlier), self._lexicon.spells)

    def _look_in_english(self, text: str, earlier: Sequence[str]) -> _Look:
        alone = self._screen(self._read(text))
        if alone.screening.stop is not None or not earlier or not alone.words.words:
            return alone
        joined = self._read(text, earlier[-_MOST_EARLIER:])
        if not 0 < joined.fresh < len(joined.words):
            return alone
        together = self._screen(joined, earlier=earlier)
        if together.screening.stop is not None:
            return together
        if alone.nets or alone.footers:
            # More about the pain right after an alarm: advice now would undo it, so the alarm stands.
            before = self._screen(replace(self._read(earlier[-1], earlier[-_MOST_EARLIER:-1]), fresh=0))
            if before.screening.stop is not None:
                return replace(alone, screening=before.screening, fired=before.fired)
        return alone

    def _screen(self, words: Words, earlier: Sequence[str] = ()) -> _Look:
        hits = self._lexicon.find(words)
        meant = self._reader.read(words, hits)
        message = reading(words, hits, meant)
        fresh = bool(earlier)
        same = self._exact.get(key(words)) if not fresh else None
        harmless = same is not None and same >= len(self.rules.phrasings)
        fired = () if harmless else tuple(self._book.fire(message, fresh=fresh))
        known = same is not None and not harmless
        of_things = not fresh and not known and self._things.alone_in(words.words, words.breaks, hits)
        if fired and not of_things:
            return _Look(
                Screening(self._raised(self._decide(fired, meant=meant), message)), words, hits, message, fired
            )
        if not words.words or self._is_only_a_time(words, hits):
            return _Look(Screening(), words, hits, message)
        nets = tuple(self._nets.fire(message, fresh=fresh))
        items = self._features.items(words, hits, meant.bits)
        limits = self.rules.thresholds
        opinions = self._net.judge(items, words.breaks, fresh=words.fresh, count=_MOST_STRETCHES)
        stop, best, nearest, weighed = None, opinions[0] if opinions else None, NOBODY, 0.0
        only_named = self._only_names_a_part(words, hits)
        cue = False
        if same is not None and not harmless:
            stop = self._stop_like(self.rules.phrasings[same], opinions[0], meant=meant)
        for opinion in opinions:
            if stop or harmless or chance(opinion.alarm) < limits["ask"]:
                break
            evidence, near = self._evidence(opinion, message, hits, items, nets)
            probable = evidence.weigh(self.rules.weights)
            if probable > weighed:
                best, nearest, weighed = opinion, near, probable
                cue = evidence.telling or evidence.net
        mind = best is not None and best.mind >= limits["kin"]
        bare = not cue and nearest.twin < limits["near"]
        # Whoever speaks of wanting to die speaks much as others did: what is like no such wording needs more to stop.
        lone = bare or (mind and nearest.twin < limits["kindred"])
        limit = limits["bare"] if lone else limits["self_harm" if mind and cue else "stop"]
        if (
            stop is None
            and best
            and weighed >= limit
            and not only_named
            and not of_things
            and not (earlier and self._alarmed_before(earlier))
        ):
            stop = self._stop_like(self._meaning(nearest, mind=mind), best, meant=meant)
        stop = stop and self._raised(stop, message)
        signs = stop is None and self._about_signs(words, hits, meant)
        footers = tuple(self._footers.fire(message, fresh=fresh))
        hinted = bool(nets) and bool(opinions) and chance(opinions[0].alarm) >= limits["hint"]
        # Of a story many stretches are looked at: one of them looks a little like an alarm more often than a message does.
        told = best is not None and len(items) > WINDOW and best.end - best.start < len(items)
        usual = limits["story_line"] if told else limits["line"]
        if bare:
            least = limits["bare_self_harm_line" if mind else "bare_line"]
        else:
            least = limits["story_self_harm_line" if told else "self_harm_line"] if mind and cue else usual
        suspected = weighed >= least and not harmless
        line = stop is None and (bool(footers) or hinted or suspected or bool(fired))
        ground = Ground.SURE if stop is None or known else Ground.CUES if cue else Ground.MODEL
        return _Look(
            Screening(stop, line, signs, ground=ground),
            words,
            hits,
            message,
            fired,
            nets,
            footers,
            best,
            nearest,
            weighed,
            known,
        )

    def _is_only_a_time(self, words: Words, hits: Sequence[Hit]) -> bool:
        """Whether the newest message is a number of weeks or days and nothing else: the model has no word to go by, rules are asked all the same."""
        counted = {place for hit in hits if hit.concept in self._spans for place in range(hit.start, hit.end)}
        return any(place >= words.fresh for place in counted) and all(
            place in counted or words.words[place].isdigit() for place in range(words.fresh, len(words.words))
        )

    def _only_names_a_part(self, words: Words, hits: Sequence[Hit]) -> bool:
        """Whether the newest message names a part of the body and nothing of how it is, and neither does what came before it.

        The model learned parts of the body from alarms: "and my back?" alone is near many of them, and is none. Nor is a plain
        pain ("pain in my tailbone when i sit, two days now") or a list of topics ("scans, bulges and back pain pls").
        """
        newest = words.words[words.fresh :]
        named = sum(word in _PARTS for word in newest) == 1 and all(
            word in _PARTS or word in _AROUND for word in newest
        )
        plain = not _PLAIN_NAMES.isdisjoint(newest) and all(word in _PLAIN or word.isdigit() for word in newest)
        return (named or plain) and not any(hit.concept in self._telling and hit.start < words.fresh for hit in hits)

    def _evidence(
        self, opinion: Opinion, message: Reading, hits: Sequence[Hit], items: _Items, nets: Sequence[Fired]
    ) -> tuple[Evidence, Nearest]:
        """Return what is known of a stretch, and the wordings it is close to."""
        start, end = opinion.start, opinion.end
        nearest = self._bank.nearest(items[start:end], _MOST_NEAR)
        meant = message.meant
        first, last = (bisect_left(hits, place, key=_start) for place in (start, end))
        told = [meant.bits[hit.start] for hit in hits[first:last] if hit.concept in self._telling]
        evidence = Evidence(
            model=opinion.alarm,
            twin=nearest.twin,
            calm=nearest.calm,
            net=any(net.start < end and net.end >= start for net in nets),
            telling=any(not taken for taken in told),
            taken=any(told),
            joking=meant.joking,
            asking=meant.information,
            words=end - start,
            part=end - start < len(items),
            strange=self._net.strange(items[start:end]),
        )
        return evidence, nearest

    def _stop_like(self, phrasing: Phrasing, opinion: Opinion, *, meant: Assertion) -> Stop:
        """Return the stop of a wording; more urgent where the model says so and the flag has that tier."""
        tier = phrasing.tier
        if chance(opinion.urgent) >= self.rules.thresholds["emergency"]:
            tier = Tier.EMERGENCY
        route = self.rules.rule(phrasing.rule).route(tier)
        return Stop(tier, (phrasing.rule,), route, meant.harmed if route == ABUSE else meant.proxy, meant.minor)

    def _meaning(self, nearest: Nearest, *, mind: bool) -> Phrasing:
        """Return the wording that tells what a model's alarm is about: one of self-harm, where the model hears that (`mind`).

        A text of its own (a midwife for pregnancy, what to do in a seizure) is only taken where the wording is nearly the
        same, or the nearest few are all of that rule and near. Far from every wording, its flag is a guess.
        """
        rules, limits = self.rules, self.rules.thresholds
        if mind:
            near = (rules.phrasings[place] for place, _ in nearest.alarms)
            return next(phrasing for phrasing in (*near, *rules.phrasings) if kind_of(rules, phrasing) == MIND)
        agreed = len({rules.phrasings[place].rule for place, _ in nearest.alarms[:_AGREED]}) == 1
        for place, closeness in nearest.alarms:
            phrasing = rules.phrasings[place]
            general = rules.rule(phrasing.rule).route(phrasing.tier) == phrasing.tier.value
            if general or closeness >= limits["twin" if not agreed else "near"]:
                return phrasing
        return rules.phrasings[0]

    def _raised(self, stop: Stop, message: Reading) -> Stop:
        """Return the stop as an emergency, where the message has what makes one of its flag."""
        if stop.tier is Tier.EMERGENCY:
            return stop
        for found in self._higher.fire(message):
            if found.rule in stop.rules:
                rules = (found.rule, *(rule for rule in stop.rules if rule != found.rule))
                return replace(
                    stop, tier=Tier.EMERGENCY, rules=rules, route=self.rules.rule(found.rule).route(Tier.EMERGENCY)
                )
        return stop

    def _about_signs(self, words: Words, hits: list[Hit], meant: Assertion) -> bool:
        if not (meant.information or meant.impersonal):
            return False
        plain = replace(meant, bits=[0] * len(words.words), laugh=False)
        return bool(self._signs.fire(reading(words, hits, plain)))

    def _alarmed_before(self, earlier: Sequence[str]) -> bool:
        """Whether the earlier messages alarm the model by themselves: then they were stopped when they came."""
        return any(self.alarm(text) >= self.rules.thresholds["stop"] for text in earlier[-_MOST_EARLIER:])

    def _decide(self, fired: Sequence[Fired], *, meant: Assertion) -> Stop:
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
        proxy = meant.harmed if route == ABUSE else meant.proxy
        return Stop(tier, tuple(dict.fromkeys(rule for _, _, rule in rules)), route, proxy, meant.minor)
