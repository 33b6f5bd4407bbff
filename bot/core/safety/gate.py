"""The gate: rules, nets and the small model, weighed into one screening."""

from collections.abc import Sequence

from bot.core.model import Stop, Tier
from bot.core.safety.assertion import NAMES, Assertion, Reader
from bot.core.safety.lexicon import Hit, Lexicon
from bot.core.safety.rules import Fired, Reading, RuleBook, reading
from bot.core.safety.tokens import Words, tokenise
from bot.core.safety.values import Rule, SafetyRules, Screening, Trace

_URGENCY = {Tier.SOON: 0, Tier.SAME_DAY: 1, Tier.EMERGENCY: 2}
_MOST_EARLIER = 10


class Gate:
    """Screens messages. Holds no message: the same input gives the same screening, whatever came before."""

    def __init__(self, rules: SafetyRules) -> None:
        """Compile the rules. Raises KeyError where a rule names a concept that is not there."""
        self.rules = rules
        self._lexicon = Lexicon(rules.concepts, rules.masks, rules.ordinary, rules.alarm_words)
        self._lexicon.know(word for phrasing in rules.phrasings for word in tokenise(phrasing.text).words)
        self._lexicon.know(word for text in rules.harmless for word in tokenise(text).words)
        self._reader = Reader(self._lexicon)
        self._book = RuleBook(self._lexicon, rules.rules)
        self._nets = RuleBook(self._lexicon, (), rules.nets)
        self._signs = RuleBook(self._lexicon, (Rule("signs", "SIGNS", Tier.SOON, rules.signs),))

    def check(self, text: str, earlier: Sequence[str] = ()) -> Screening:
        """Return what to do with a message; `earlier` are the same member's messages of the last ten minutes, oldest first.

        Never raises for any text; reads at most 6,000 characters of each message and the last ten earlier ones.
        """
        alone = self._screen(tokenise(text), fresh=False)[0]
        if alone.stop is not None or not earlier:
            return alone
        joined = tokenise(text, tuple(earlier[-_MOST_EARLIER:]))
        if joined.fresh == 0 or joined.fresh >= len(joined.words):
            return alone
        together = self._screen(joined, fresh=True)[0]
        return together if together.stop is not None else alone

    def explain(self, text: str, earlier: Sequence[str] = ()) -> Trace:
        """Return why `check` decides as it does: cues, rules, phrasings that fired and what took cues back."""
        screening = self.check(text, earlier)
        words = tokenise(text, tuple(earlier[-_MOST_EARLIER:]))
        _, hits, message, fired, nets = self._screen(words, fresh=words.fresh > 0)
        names = self._lexicon.names
        cues: list[str] = []
        suppressed: list[str] = []
        for hit in hits:
            shown = f"{names[hit.concept]}={' '.join(words.words[hit.start : hit.end])}"
            taken = message.meant.bits[hit.start] if message else 0
            if taken:
                why = ", ".join(name for bit, name in NAMES.items() if taken & bit)
                suppressed.append(f"{shown} ({why})")
            else:
                cues.append(shown)
        notes = []
        if message and message.meant.joking:
            notes.append("laughter, and nothing that says it lasts")
        if screening.proxy:
            notes.append("about somebody else")
        return Trace(
            screening,
            tuple(cues),
            tuple(suppressed),
            tuple(f"{one.rule}: {one.text}" for one in fired),
            tuple(one.text for one in nets),
            notes=tuple(notes),
        )

    def _screen(
        self, words: Words, *, fresh: bool
    ) -> tuple[Screening, list[Hit], Reading | None, list[Fired], list[Fired]]:
        hits = self._lexicon.find(words)
        if not hits:
            return Screening(), hits, None, [], []
        meant = self._reader.read(words, hits)
        message = reading(words, hits, meant)
        fired = self._book.fire(message, fresh=fresh)
        nets = self._nets.fire(message, fresh=fresh)
        stop, pointer = _decide(fired)
        signs = False
        if stop is None:
            general = Assertion([0] * len(words.words), meant.laugh, meant.lasting, meant.proxy, meant.information)
            asked = reading(words, hits, general)
            signs = bool(meant.information or self._general(message)) and bool(self._signs.fire(asked))
        return (
            Screening(stop, bool(nets) and stop is None, meant.proxy and (bool(nets) or stop is not None), signs, pointer),
            hits,
            message,
            fired,
            nets,
        )

    def _general(self, message: Reading) -> bool:
        """Whether a message asks about signs with no symptom of its own."""
        return False


def _decide(fired: list[Fired]) -> tuple[Stop | None, str]:
    """Return the stop of the most urgent rule, and the pointer text it comes with."""
    if not fired:
        return None, ""
    highest = max((one.tier for one in fired if one.tier), key=_URGENCY.__getitem__)
    ordered = sorted(fired, key=lambda one: (one.tier != highest, one.rule))
    pointer = next((one.pointer for one in fired if one.pointer == "self_harm"), "")
    if not pointer and all(one.pointer for one in fired if one.tier == highest):
        pointer = ordered[0].pointer
    return Stop(highest, tuple(dict.fromkeys(one.rule for one in ordered))), pointer
