"""Why a question got its answer, for a server's moderators: the answer, and what the matcher made of the words."""

from dataclasses import dataclass
from enum import StrEnum

from bot.core.matching import Explanation
from bot.core.model import Answer, Outcome
from bot.service.answerer import WARNING_SIGNS
from bot.service.service import Service


class Way(StrEnum):
    """How a question came to its answer."""

    WORDS = "words"  # the matcher's first claim, or none
    SIGNS = "signs"  # asked for the warning signs in general, before matching
    BESIDE = "beside"  # the card shows another claim than the words alone lead to


@dataclass(frozen=True, slots=True)
class Explained:
    """What became of a question and why. `matching` is None where the safety stop came first."""

    answer: Answer
    way: Way
    matching: Explanation | None


def explained(service: Service, question: str, gave: Answer | None = None, *, shown: str = "") -> Explained:
    """Return why `question` gets what it gets from `service`.

    `gave` is the answer that went out, where it is known; else the question is asked anew, outside any conversation.
    `shown` is the claim on the card that answered it. Raises nothing for any text.
    """
    answer = gave if gave is not None else service.ask(question)[0]
    if answer.outcome is Outcome.STOP:
        # What alarmed the gate stays between the member and the bot.
        return Explained(answer, Way.WORDS, None)
    if shown and shown != answer.claim:
        answer = service.show_claim(shown) or answer
    matching, _ = service.explain(question)
    return Explained(answer, _way(answer, matching), matching)


def _way(answer: Answer, matching: Explanation) -> Way:
    if answer.outcome is not Outcome.ANSWER:
        return Way.WORDS
    if matching.contenders and answer.claim == matching.contenders[0].claim and not answer.focus:
        return Way.WORDS
    return Way.SIGNS if answer.claim == WARNING_SIGNS else Way.BESIDE
