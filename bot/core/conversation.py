"""What a conversation remembers, as a value that is passed in and handed back: nothing here keeps time or state."""

from dataclasses import dataclass

WINDOW_SECONDS = 600.0
"""A follow-up goes on from an answer, and split alarms are joined, for ten minutes."""

REMEMBERED_TEXTS = 5
"""How many of a member's messages the safety gate sees beside the newest."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """One member's exchange with the bot in one place.

    `claim`: the claim answered last, "" for none. `texts`: (seconds, text) of the member's latest messages, oldest
    first, for the safety gate alone. `stopped_at`: when the gate last stopped this member, None for never.
    All times are seconds on the caller's clock.
    """

    claim: str = ""
    answered_at: float = 0.0
    texts: tuple[tuple[float, str], ...] = ()
    stopped_at: float | None = None

    def at(self, now: float) -> "Conversation":
        """Return the same conversation without what is older than ten minutes."""
        return Conversation(
            claim=self.claim if now - self.answered_at <= WINDOW_SECONDS else "",
            answered_at=self.answered_at,
            texts=tuple(entry for entry in self.texts if now - entry[0] <= WINDOW_SECONDS),
            stopped_at=self.stopped_at
            if self.stopped_at is not None and now - self.stopped_at <= WINDOW_SECONDS
            else None,
        )

    def heard(self, text: str, now: float) -> "Conversation":
        """Return the conversation with one more message of the member."""
        return Conversation(
            self.claim, self.answered_at, (*self.texts, (now, text))[-REMEMBERED_TEXTS:], self.stopped_at
        )

    def answered(self, claim: str, now: float) -> "Conversation":
        """Return the conversation after the bot answered with `claim`."""
        return Conversation(claim, now, self.texts, self.stopped_at)

    def stopped(self, now: float) -> "Conversation":
        """Return the conversation after the safety gate stopped it: nothing to follow up on is left."""
        return Conversation("", 0.0, self.texts, now)


NOTHING_SAID = Conversation()
"""The conversation before its first word."""
