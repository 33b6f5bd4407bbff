"""Learn the weights of `bot/core/matching/taught.py`: `python -m tests.questions.taught.fit`.

Each of the `dev_*` sets is a server. What is meant: the variants of its claims. What is not: the labelled development questions,
some of the shipped wordings (as if each had not been there) and of the out-of-scope examples, and the strangers. It also says what
each set scores with the weights of the other two.
"""

import random
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from bot.bootstrap import build_service, default_cache
from bot.core.intervals import Share
from bot.core.matching.closecalls import sorted_stems
from bot.core.matching.engine import Engine
from bot.core.matching.signals import Doubles
from bot.core.matching.taught import SIGNALS, Found, Taught
from bot.core.model import Claim
from bot.core.text import clean, words
from bot.service import Service
from tests.questions.taught.__main__ import DEV, claims, labelled, offered, rows, strangers

SEED, SAMPLE = 3, 600
MEANT, LABELLED, SHIPPED, OUTSIDE, STRANGE = 1.0, 1.0, 0.5, 0.6, 0.6
"""What a question of each kind counts."""
PENALTY = 0.002
STEPS = 40


@dataclass(frozen=True, slots=True)
class Case:
    """A question that found a claim: the signals, whether that claim is meant, what it counts."""

    signals: tuple[float, ...]
    meant: bool
    counts: float


class Cases:
    """Makes cases of questions, on a base."""

    def __init__(self, base: Service) -> None:
        engine = base.matcher.engine
        assert engine is not None
        self._matcher, self._engine = base.matcher, engine
        source = random.Random(SEED)
        wordings = [question for claim in engine.claims for question in claim.questions]
        outside = [question for group in base.knowledge.out_of_scope for question in group.questions]
        outside += [question for claim in engine.claims for question in claim.decoys]
        self._shipped = source.sample(wordings, SAMPLE)
        self._outside = source.sample(outside, SAMPLE)

    @property
    def engine(self) -> Engine:
        return self._engine

    def of(self, own: Sequence[Claim], variants: Sequence[Sequence[str]], also: Collection[str] = ()) -> Iterator[Case]:
        """Yield the cases of a server with claims of its own, of which one answers what is in `also`, too."""
        taught = Taught(dict(enumerate(own)), self._engine, self._matcher.themes)
        for number, texts in enumerate(variants):
            for text in texts:
                for found in self._meant_and_best(taught, text, number):
                    yield Case(found.signals, found.claim == number, MEANT)
        kinds = (
            (LABELLED, [row.text for row in labelled("dev.jsonl")]),
            (OUTSIDE, self._outside),
            (STRANGE, strangers()),
        )
        for counts, others in kinds:
            for text in others:
                if text not in also and (first := self._find(taught, text)) is not None:
                    yield Case(first.signals, False, counts)
        for text in self._shipped:
            if (first := self._find(taught, text)) is not None:
                yield Case(self._without_itself(text, first), False, SHIPPED)

    def _meant_and_best(self, taught: Taught, text: str, number: int) -> list[Found]:
        """Return the claim that is meant, where it has a word of the question, and the most probable one, where that is another."""
        running = self._running(taught, text)
        best = max(running, key=lambda found: found.odds, default=None)
        return [found for found in running if found.claim == number or found is best]

    def _find(self, taught: Taught, text: str) -> Found | None:
        return max(self._running(taught, text), key=lambda found: found.odds, default=None)

    def _running(self, taught: Taught, text: str) -> list[Found]:
        matches = self._matcher.rank(text).matches
        first = (self._engine.number(matches[0].claim), matches[0].confidence) if matches else None
        asked = clean(self._matcher.asked(text))
        return taught.running(asked, words(asked), first, self._engine.calls, self._read)

    def _read(self, line: list[str]) -> list[tuple[int, float]]:
        matches = self._matcher.rank(" ".join(line)).matches
        return [(self._engine.number(match.claim), match.confidence) for match in matches]

    def _without_itself(self, text: str, found: Found) -> tuple[float, ...]:
        """Return the signals as they would be, were the wording not one of the claim that the base finds."""
        first = self._engine.claims[self._engine.number(self._matcher.rank(text).matches[0].claim)]
        query = sorted_stems(words(clean(text)))
        others = [plain for each in first.questions if (plain := sorted_stems(words(clean(each)))) != query]
        nearest = process.extractOne(query, others, scorer=fuzz.ratio)
        signals = dict(zip(SIGNALS, found.signals, strict=True))
        signals["base alike"] = signals["base sure"] * (nearest[1] / 100 if nearest else 0.0)
        return tuple(signals.values())


def learned(cases: Sequence[Case]) -> tuple[Doubles, float]:
    """Return the weights and the bias of a logistic regression, by Newton's method with a ridge penalty on scaled signals."""
    signals = np.array([case.signals for case in cases])
    meant = np.array([float(case.meant) for case in cases])
    counts = np.array([case.counts for case in cases])
    mean, spread = signals.mean(axis=0), signals.std(axis=0) + 1e-6
    inputs = np.concatenate([(signals - mean) / spread, np.ones((len(cases), 1))], axis=1)
    penalty = np.full(inputs.shape[1], PENALTY * len(cases))
    penalty[-1] = 1e-6
    solution = np.zeros(inputs.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(inputs @ solution, -30, 30)))
        slope = inputs.T @ (counts * (meant - chance)) - penalty * solution
        curve = (inputs * (counts * chance * (1 - chance))[:, None]).T @ inputs + np.diag(penalty)
        solution += np.linalg.solve(curve, slope)
    weights = solution[:-1] / spread
    return weights, float(solution[-1] - weights @ mean)


def told(name: str, cases: Sequence[Case], weights: Doubles, bias: float, asked: int) -> str:
    """Return one line: of what is meant how much would be answered at even odds, and of the rest."""
    over = [case for case in cases if float(np.dot(weights, case.signals)) + bias > 0]
    right = sum(case.meant for case in over)
    others = [case for case in cases if not case.meant]
    return f"{name}: {Share(right, asked)} found and more probable than not, {Share(len(over) - right, len(others))} of what is not meant\n"


def main() -> None:
    base = build_service(cache=default_cache())
    make = Cases(base)
    sets = {}
    for file in DEV:
        of = rows(file)
        also = {text for row in of for text in row.get("also", ())}
        variants = [row["variants"] for row in of]
        cases = [*make.of(claims(of), variants, also), *make.of(offered(base, claims(of)), variants, also)]
        sets[file.name] = (cases, 2 * sum(len(each) for each in variants))
    for name, (cases, asked) in sets.items():
        rest = [case for other, (those, _) in sets.items() if other != name for case in those]
        sys.stdout.write(told(name, cases, *learned(rest), asked))
    weights, bias = learned([case for cases, _ in sets.values() for case in cases])
    sys.stdout.write(f"WEIGHTS = ({', '.join(f'{weight:.2f}' for weight in weights)})\nBIAS = {bias:.2f}\n")


if __name__ == "__main__":
    main()
