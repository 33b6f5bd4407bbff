"""How a gate does on labelled sentences: recall by tier, alarms on negatives, the safety line on both."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from bot.core.intervals import Share
from bot.core.model import Tier
from bot.core.safety.values import Screening
from bot.sentences import say

_URGENCY = {Tier.SOON: 0, Tier.SAME_DAY: 1, Tier.EMERGENCY: 2}


class Screens(Protocol):
    """Anything that screens a text, such as a `Gate`."""

    def check(self, text: str) -> Screening:
        """Return what to do with a message."""
        ...


@dataclass(frozen=True, slots=True)
class Sentence:
    """A labelled sentence; `tier` is None where it is harmless."""

    text: str
    tier: Tier | None

    @classmethod
    def of(cls, text: object, tier: object, positive: object = None) -> "Sentence":
        """Return a sentence from a row's raw fields; without `positive`, any tier but "none" is an alarm.

        Raises ValueError, with what to write instead, where the fields are not that.
        """
        if not isinstance(text, str) or not text.strip():
            message = say("stops.scoring.text_must_be_sentence")
            raise ValueError(message)
        names = [*(one.value for one in Tier), "none"]
        if tier not in names:
            found = "missing" if tier is None else repr(tier)
            message = say("stops.scoring.no_tier", found=found, names=", ".join(names))
            raise ValueError(message)
        alarm = tier != "none" if positive is None else bool(positive)
        if alarm and tier == "none":
            message = say("stops.scoring.positive_is_true_but_tier_is")
            raise ValueError(message)
        return cls(text, Tier(tier) if alarm else None)


@dataclass(frozen=True, slots=True)
class TierScore:
    """One tier's positives: stopped at all, stopped at this tier or higher, stopped or given the safety line."""

    tier: Tier
    stopped: Share
    urgent_enough: Share
    covered: Share


@dataclass(frozen=True, slots=True)
class SafetyScore:
    """The whole score. `missed`: alarms that got neither stop nor line; `unstopped`: those with the line only."""

    tiers: tuple[TierScore, ...]
    stopped: Share
    covered: Share
    false_alarms: Share
    false_lines: Share
    missed: tuple[str, ...]
    unstopped: tuple[str, ...]
    too_low: tuple[str, ...]
    alarmed: tuple[str, ...]

    def render(self, *, sentences: bool = True) -> list[str]:
        """Return lines for a terminal; with `sentences` also those that went wrong."""
        lines = [say("stops.scoring.heads")]
        lines += [
            f"{score.tier.value:<18} {score.stopped!s:<24} {score.urgent_enough!s:<24} {score.covered}"
            for score in self.tiers
        ]
        lines += [
            f"{'all':<18} {self.stopped!s:<24} {'':<24} {self.covered}",
            say("stops.scoring.harmless_stopped", false_alarms=self.false_alarms, false_lines=self.false_lines),
            say("stops.scoring.in_brackets"),
        ]
        if sentences:
            for title, texts in (
                (say("stops.scoring.neither_stop_nor_line"), self.missed),
                ("line only", self.unstopped),
                ("tier too low", self.too_low),
                ("harmless, stopped", self.alarmed),
            ):
                lines += [f"{title}: {text}" for text in texts]
        return lines


def score(sentences: Iterable[Sentence], gate: Screens) -> SafetyScore:
    """Return how `gate` does on labelled sentences."""
    positives: list[tuple[Sentence, Screening]] = []
    negatives: list[tuple[Sentence, Screening]] = []
    for sentence in sentences:
        (negatives if sentence.tier is None else positives).append((sentence, gate.check(sentence.text)))
    tiers = []
    for tier in (Tier.EMERGENCY, Tier.SAME_DAY, Tier.SOON):
        own = [screening for sentence, screening in positives if sentence.tier is tier]
        if own:
            tiers.append(
                TierScore(
                    tier,
                    Share(sum(one.stop is not None for one in own), len(own)),
                    Share(sum(_enough(one, tier) for one in own), len(own)),
                    Share(sum(_covered(one) for one in own), len(own)),
                )
            )
    return SafetyScore(
        tiers=tuple(tiers),
        stopped=Share(sum(one.stop is not None for _, one in positives), len(positives)),
        covered=Share(sum(_covered(one) for _, one in positives), len(positives)),
        false_alarms=Share(sum(one.stop is not None for _, one in negatives), len(negatives)),
        false_lines=Share(sum(one.stop is None and one.line for _, one in negatives), len(negatives)),
        missed=tuple(sentence.text for sentence, one in positives if not _covered(one)),
        unstopped=tuple(sentence.text for sentence, one in positives if one.stop is None and one.line),
        too_low=tuple(
            sentence.text
            for sentence, one in positives
            if one.stop and sentence.tier and not _enough(one, sentence.tier)
        ),
        alarmed=tuple(sentence.text for sentence, one in negatives if one.stop is not None),
    )


def _covered(screening: Screening) -> bool:
    return screening.stop is not None or screening.line


def _enough(screening: Screening, tier: Tier) -> bool:
    return screening.stop is not None and _URGENCY[screening.stop.tier] >= _URGENCY[tier]
