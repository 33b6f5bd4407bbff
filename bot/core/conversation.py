"""What a conversation remembers, as a value that is passed in and handed back: nothing here keeps time or state."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.core.model import Stop, Tier

WINDOW_SECONDS = 600.0
"""A follow-up goes on from an answer, split alarms are joined, and a stop holds, for ten minutes."""
CARE_SECONDS = 3600.0
"""For an hour after a stop the next answer carries the safety line once (safety2.md 9.1)."""

REMEMBERED_TEXTS = 5
"""How many of a member's messages the safety gate sees beside the newest."""
FEW_WORDS = 4
"""A message of so many words hardly ever says what it is about."""


@dataclass(frozen=True, slots=True)
class LiveStop:
    """A stop that one person was told in one place. `at`: seconds, when they last wrote an alarm; `region`: where they say they are."""

    stop: Stop
    at: float
    region: str = ""

    def holds(self, now: float) -> bool:
        """Say whether every message of that person there still gets the stop: a stop of tier soon holds nobody."""
        return self.stop.tier is not Tier.SOON and now - self.at <= WINDOW_SECONDS

    def cautions(self, now: float) -> bool:
        """Say whether the caution of a stop of tier soon still goes with that person's answers."""
        return self.stop.tier is Tier.SOON and now - self.at <= WINDOW_SECONDS

    def is_remembered(self, now: float) -> bool:
        """Say whether anything still follows from it."""
        return now - self.at <= (WINDOW_SECONDS if self.stop.tier is Tier.SOON else CARE_SECONDS)


@dataclass(frozen=True, slots=True)
class Conversation:
    """One member's exchange with the bot in one place.

    `claim`: the claim answered last, "" for none. `texts`: (seconds, text) of the member's latest messages, oldest
    first: for the safety gate, and the last of them for a message that says too little alone. `stop`: what the gate stopped
    last, None for nothing. `conditions`: what they said of themselves (a condition as it is held, seconds when they said it last).
    `allowed`: of which of them somebody who may say so said yes. `offered`: the claims that the bot asked to choose from last. All times are seconds on the caller's clock.
    """

    claim: str = ""
    answered_at: float = 0.0
    texts: tuple[tuple[float, str], ...] = ()
    stop: LiveStop | None = None
    conditions: tuple[tuple[str, float], ...] = ()
    allowed: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    offered_at: float = 0.0

    def at(self, now: float) -> "Conversation":
        """Return the same conversation without what is too old to count."""
        if not (self.claim or self.texts or self.stop or self.conditions or self.offered):
            return self
        return replace(
            self,
            claim=self.claim if now - self.answered_at <= WINDOW_SECONDS else "",
            texts=tuple(entry for entry in self.texts if now - entry[0] <= WINDOW_SECONDS),
            stop=self.stop if self.stop is not None and self.stop.is_remembered(now) else None,
            conditions=tuple(entry for entry in self.conditions if now - entry[1] <= WINDOW_SECONDS),
            offered=self.offered if now - self.offered_at <= WINDOW_SECONDS else (),
        )

    @property
    def before(self) -> str:
        """What the member wrote before their newest message, with the message before where that was a few words; "" for nothing."""
        texts = [text for _, text in self.texts[-3:-1]]
        if not texts:
            return ""
        return ", ".join(texts) if len(texts[-1].split()) <= FEW_WORDS else texts[-1]

    def heard(self, text: str, now: float) -> "Conversation":
        """Return the conversation with one more message of the member."""
        return replace(self, texts=(*self.texts, (now, text))[-REMEMBERED_TEXTS:])

    def having(self, conditions: Iterable[str], now: float) -> "Conversation":
        """Return the conversation with what its member said of themselves."""
        held = dict(self.conditions) | dict.fromkeys(conditions, now)
        if not held:
            return self
        return replace(self, conditions=tuple(held.items()))

    @property
    def told(self) -> list[str]:
        """The conditions that were told of."""
        return [condition for condition, _ in self.conditions]

    @property
    def held(self) -> list[str]:
        """Those of them to which nobody who may say so said yes."""
        return [condition for condition in self.told if condition not in self.allowed]

    def with_a_yes(self) -> "Conversation":
        """Return the conversation after somebody who may say so said yes to what is held."""
        return replace(self, allowed=tuple(self.told))

    def answered(self, claim: str, now: float) -> "Conversation":
        """Return the conversation after the bot answered with `claim`; a stop whose ten minutes are over is done with."""
        held = self.stop is not None and (self.stop.holds(now) or self.stop.cautions(now))
        return replace(self, claim=claim, answered_at=now, stop=self.stop if held else None, offered=())

    def offering(self, claims: Sequence[str], now: float) -> "Conversation":
        """Return the conversation after the bot asked which of some claims was meant; none where it asked nothing."""
        return replace(self, offered=tuple(claims), offered_at=now)

    def stopped(self, stop: LiveStop) -> "Conversation":
        """Return the conversation after the safety gate stopped it: no answer is left to follow up on."""
        return Conversation("", 0.0, self.texts, stop, self.conditions, self.allowed)

    def wordless(self) -> "Conversation":
        """Return the conversation without the member's words: of an emergency its tier, route and time are enough."""
        return replace(self, texts=())


NOTHING_SAID = Conversation()
"""The conversation before its first word."""
