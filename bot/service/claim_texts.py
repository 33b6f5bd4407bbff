"""What moderators write into claims, text by text: would it stop, does it name a warning sign, is it a word that claims have."""

from functools import cached_property

from bot.core.listener import Listener
from bot.core.model import Knowledge
from bot.core.text import clean, words
from bot.service.guard import Guard, bounded, failure_noted

MOST_LOOKED_AT = 5_000
"""Texts of claims of which is remembered what was found in them."""


class Spelling:
    """The words that are no mistake: the gate's, and those of a knowledge."""

    def __init__(self, guard: Guard, knowledge: Knowledge) -> None:
        """Take both; nothing is read before the first word."""
        self._guard = guard
        self._knowledge = knowledge

    def __call__(self, word: str) -> bool:
        """Say whether a word is no mistake."""
        return self._guard.spells(word) or word in self.words

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the knowledge: none of them is misspelt."""
        texts = (
            text
            for claim in self._knowledge.claims.values()
            for text in (claim.title, claim.claim, claim.lead, claim.answer, claim.why, *claim.do, *claim.avoid)
        )
        return frozenset(word for text in texts for word in words(clean(text)))


class ClaimTexts:
    """Looks at the texts of claims, with a gate and a listener.

    A draft's texts are looked at with every press of a button. Of each only its hash is kept, and what was found.
    """

    def __init__(self, guard: Guard, complaints: Listener, spelling: Spelling) -> None:
        """Ask the gate of `guard`; `complaints` hears what is said of a body."""
        self._guard = guard
        self.complaints = complaints
        self._spelling = spelling
        self._looked_at: dict[int, bool] = {}
        self._named_in: dict[int, bool] = {}

    def has_word(self, word: str) -> bool:
        """Say whether a claim has a word."""
        return word in self._spelling.words

    def alarms(self, text: str) -> bool:
        """Say whether the gate would stop a text: True too where it fails."""
        found = self._looked_at.get(key := hash(text))
        if found is None:
            found = self._guard.alarms(text)
            _keep(self._looked_at, key, found=found)
        return found

    def names_sign(self, text: str) -> bool:
        """Say whether a text names a warning sign, however it means it: True too where that fails."""
        found = self._named_in.get(key := hash(text))
        if found is None:
            found = True
            with failure_noted():
                text = bounded(text)
                found = self._is_about_sign(text) and self._is_about_sign(self.complaints.bare(text))
            _keep(self._named_in, key, found=found)
        return found

    def likely_alarm(self, text: str) -> float:
        """Return how likely the gate's model takes a text for an alarm, rules left out: 1 where it fails."""
        return self._guard.likely_alarm(text)

    def _is_about_sign(self, text: str) -> bool:
        return self._guard.mentions(self.complaints.sign_classes)(text) or self.complaints.is_about_sign(text)


def _keep(seen: dict[int, bool], key: int, *, found: bool) -> None:
    if len(seen) >= MOST_LOOKED_AT:
        seen.clear()
    seen[key] = found
