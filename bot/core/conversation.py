"""What a conversation remembers, as a value that is passed in and handed back: nothing here keeps time or state."""

from dataclasses import dataclass, replace

from bot.core.safety.values import Screening

WINDOW_SECONDS = 600.0
"""A follow-up goes on from an answer, and split alarms are joined, for ten minutes."""

REMEMBERED_TEXTS = 5
"""How many of a member's messages the safety gate sees beside the newest."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """One member's exchange with the bot in one place.

    `claim`: the claim answered last, "" for none. `texts`: (seconds, text) of the member's latest messages, oldest
    first, for the safety gate alone. `stopped_at`: when the gate last stopped this member, None for never; `stop` is
    what it found then, while nothing was answered since. All times are seconds on the caller's clock.
    """

    claim: str = ""
    answered_at: float = 0.0
    texts: tuple[tuple[float, str], ...] = ()
    stopped_at: float | None = None
    stop: Screening | None = None

    def at(self, now: float) -> "Conversation":
        """Return the same conversation without what is older than ten minutes."""
        stopped = self.stopped_at is not None and now - self.stopped_at <= WINDOW_SECONDS
        return replace(
            self,
            claim=self.claim if now - self.answered_at <= WINDOW_SECONDS else "",
            texts=tuple(entry for entry in self.texts if now - entry[0] <= WINDOW_SECONDS),
            stopped_at=self.stopped_at if stopped else None,
            stop=self.stop if stopped else None,
        )

    def heard(self, text: str, now: float) -> "Conversation":
        """Return the conversation with one more message of the member."""
        return replace(self, texts=(*self.texts, (now, text))[-REMEMBERED_TEXTS:])

    def answered(self, claim: str, now: float) -> "Conversation":
        """Return the conversation after the bot answered with `claim`."""
        return replace(self, claim=claim, answered_at=now, stop=None)

    def stopped(self, screening: Screening, now: float) -> "Conversation":
        """Return the conversation after the safety gate stopped it: no answer is left to follow up on."""
        return Conversation("", 0.0, self.texts, now, screening)


NOTHING_SAID = Conversation()
"""The conversation before its first word."""
