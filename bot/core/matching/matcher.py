"""The matcher that the rest of the bot holds: built from claims, it ranks and explains texts."""

import contextlib
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from bot.core.matching import state
from bot.core.matching.covering import coverage, is_plain, is_put_outside, names_subject
from bot.core.matching.engine import Catalogue, Engine, fingerprint, fit_claims
from bot.core.matching.english import is_ordinary
from bot.core.matching.explaining import explain
from bot.core.matching.explanation import Explanation
from bot.core.matching.fitting import Told
from bot.core.matching.lately import Lately
from bot.core.matching.overlay import Overlay
from bot.core.matching.ranking import NEAR, SURE, keeps, rank
from bot.core.matching.themes import NO_THEMES, Themes
from bot.core.matching.weightless import NOTHING_WEIGHTLESS, Heard, Weightless
from bot.core.model import Claim, OutOfScopeGroup, Ranking, WordGroup
from bot.core.text import clean, stem, words

_LATELY = Lately()


class Matcher:
    """Ranks claims for a text. Made by `build`; fixed, and safe to share between threads."""

    def __init__(
        self, catalogue: Catalogue | None, weightless: Weightless = NOTHING_WEIGHTLESS, themes: Themes = NO_THEMES
    ) -> None:
        """Without a catalogue (no claims with a question) every ranking is empty. `weightless` knows what asks nothing.

        `themes`: what comes up where a subject does, for the claims that join these.
        """
        self._catalogue = catalogue
        self.weightless = weightless
        self.themes = themes
        self._memory = threading.local()
        self._sign = object()
        self._places: dict[str, int] = {}

    @contextlib.contextmanager
    def one_message(self) -> Iterator[None]:
        """Remember, within the context and in this thread alone, what was read of a text: one answer asks for it often."""
        before = getattr(self._memory, "read", None)
        self._memory.read = ({}, {})
        try:
            yield
        finally:
            self._memory.read = before  # nothing of what somebody wrote stays

    def warm(self) -> None:
        """Make what is made when a first question needs it, such as one with a misspelt word."""
        if isinstance(self._catalogue, Engine):
            self._catalogue.fitted.speller.warm()

    def rank(self, text: str) -> Ranking:
        """Return the ten best claims for a text: first the best claims of the three most probable topics, then the others.

        Confidence is the calibrated probability that the first claim's topic is the right one.
        """
        read = getattr(self._memory, "read", None)
        if read is None:
            return self._rank(text)
        rankings: dict[str, Ranking] = read[0]
        found = rankings.get(text)
        if found is None:
            found = rankings[text] = self._rank(text)
        return found

    def _rank(self, text: str) -> Ranking:
        return _LATELY.ranking(self._sign, text, self._ranked)

    def _ranked(self, text: str) -> Ranking:
        whole = clean(text)
        cleaned = self._heard(whole).text
        line = words(cleaned)
        if self._catalogue is None or not line:
            return Ranking()
        return rank(self._catalogue, cleaned, line, words(whole))

    def keeps(self, text: str, claim_id: str) -> bool:
        """Say whether a text is a claim's own wording, and no other's: where it got that claim before, it does with what was taught, too."""
        line = words(clean(text))
        if self._catalogue is None or not line:
            return False
        try:
            return keeps(self._catalogue, line, self._catalogue.number(claim_id))
        except KeyError:
            return False

    def coverage(self, text: str, claim_id: str) -> float:
        """Return how far a claim's wordings speak of what a text names, from 0 to 1; 1 where that cannot be told."""
        number = self._number(claim_id)
        if self._catalogue is None or number is None:
            return 1.0
        return coverage(self._catalogue, self.asked(text), number)

    def is_plain(self, text: str, claim_id: str, *, asks: bool) -> bool:
        """Say whether a text is a few words, all of which stand in a claim's wordings; more than one, unless it `asks`."""
        number = self._number(claim_id)
        return (
            self._catalogue is not None
            and number is not None
            and is_plain(self._catalogue, self.asked(text), number, asks=asks)
        )

    def _number(self, claim_id: str) -> int | None:
        """Return the number of a claim; None where there is no such claim."""
        if self._catalogue is None:
            return None
        claims = self._catalogue.claims
        number = self._places.get(claim_id)
        if number is None or claims[number].id != claim_id:
            number = next((i for i, claim in enumerate(claims) if claim.id == claim_id), None)
            if number is not None:
                self._places[claim_id] = number
        return number

    def is_put_outside(self, text: str) -> bool:
        """Say whether a server put a text, as it stands or without what asks nothing, out of scope."""
        catalogue = self._catalogue
        if catalogue is None or not catalogue.outside:
            return False
        return any(is_put_outside(catalogue, each) for each in {clean(text), self.asked(text)})

    def names_subject(self, text: str) -> bool:
        """Say whether a text names the machine that all claims are about."""
        return self._catalogue is not None and names_subject(self._catalogue, self.asked(text))

    def concepts(self, line: Sequence[str]) -> frozenset[str]:
        """Return what the words of a line mean here: one concept for other words of the same thing."""
        if self._catalogue is None:
            return frozenset()
        known = self._catalogue.ground.concepts
        return frozenset(known.of(line)).union(known.single(stem(word)) for word in line)

    def has_word(self, word: str) -> bool:
        """Say whether a word is known to the knowledge, in any form, or is plain English."""
        return is_ordinary(word) if self._catalogue is None else self._catalogue.has_word(word)

    def asked(self, text: str) -> str:
        """Return a text in plain lower case without what asks nothing; the whole of it where nothing else is left."""
        return self._heard(clean(text)).text

    def _heard(self, cleaned: str) -> Heard:
        if self._catalogue is None:
            return Heard(cleaned)
        read = getattr(self._memory, "read", None)
        heard: dict[str, Heard] = {} if read is None else read[1]
        found = heard.get(cleaned)
        if found is None:
            found = heard[cleaned] = self.weightless.without(cleaned, self._catalogue.has_word)
        return found

    def explain(self, text: str) -> Explanation:
        """Why `rank` says what it says of a text."""
        heard = self._heard(clean(text))
        line = words(heard.text)
        if self._catalogue is None or not line:
            why = "The text has no words." if self._catalogue else "There are no claims to choose from."
            return Explanation(text, tuple(line), why=why, sure=SURE, near=NEAR)
        return replace(explain(self._catalogue, heard.text, line), text=text, weightless=heard.left_out)

    def dump(self) -> bytes:
        """Return the fitted state, to be handed to `build` as `fitted`; b"" where nothing was fitted, or over a base."""
        return state.dump(self._catalogue.fitted) if isinstance(self._catalogue, Engine) else b""

    @property
    def engine(self) -> Engine | None:
        """What a server's claims can be joined to; None without claims. Raises ValueError over a base of its own."""
        if self._catalogue is not None and not isinstance(self._catalogue, Engine):
            raise ValueError("A matcher that was built over a base can not be the base of another: use its base.")
        return self._catalogue


def build(
    claims: Iterable[Claim],
    base: Matcher | None = None,
    *,
    vocabulary: Sequence[WordGroup] = (),
    out_of_scope: Sequence[OutOfScopeGroup] = (),
    hidden: Collection[str] = (),
    weightless: Weightless = NOTHING_WEIGHTLESS,
    themes: Themes = NO_THEMES,
    fitted: bytes | None = None,
    told: Told = lambda _: None,
) -> Matcher:
    """Return a matcher over `claims`.

    With a `base`, the claims join those of the base (one with an id of the base's takes that claim's place, or adds its
    further questions to it), claims whose ids are `hidden` are left out, and the base is neither fitted again nor
    copied; its vocabulary, its `themes` and what is `weightless` to it hold. `fitted` is what `dump` gave for the same claims, vocabulary and out-of-scope
    examples; anything else is ignored and the claims are fitted anew; `told` then hears how much of that is done, from 0
    to 1. The same input gives the same matcher. Raises
    ValueError where `base` has a base itself.
    """
    listed = list(claims)
    ground = base.engine if base else None
    if base is not None and ground is not None:
        if not listed and not out_of_scope and not hidden:
            return Matcher(ground, base.weightless, base.themes)
        joined = Overlay(ground, listed, out_of_scope, frozenset(hidden), base.themes)
        return Matcher(joined, base.weightless, base.themes)
    listed = [claim for claim in listed if claim.id not in hidden]
    if not any(words(clean(question)) for claim in listed for question in claim.questions):
        return Matcher(None, weightless, themes)
    key = fingerprint(listed, vocabulary=vocabulary, out_of_scope=out_of_scope)
    restored = state.load(fitted, key) if fitted else None
    engine = Engine(listed, restored or fit_claims(listed, vocabulary, out_of_scope, key, told))
    return Matcher(engine, weightless, themes)
