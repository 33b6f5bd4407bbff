"""How the gate does on wordings held back: `python -m tests.safety.crossvalidate [--flags | --weights | --folds N]`.

`--folds`: the bank in N parts, each part scored by a gate whose model never saw it. `--flags`: one whole flag's wordings
held back at a time, with a share of the harmless ones. The rules stay; "model alone" leaves them out, to show what the
model knows of a flag that it has never seen. `--weights`: what a logistic regression on the evidence of held-out wordings
makes of each piece (`evidence.PIECES`), for `weights` in `knowledge/safety.yaml`.
"""

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from bot.core.intervals import Share
from bot.core.odds import FAR, chance
from bot.core.safety import Gate
from bot.core.safety.evidence import PIECES
from bot.core.safety.regression import _dot, _minimise
from bot.core.safety.values import OUTSIDE, Phrasing, SafetyRules
from tests.safety.shipped import bank_rules, shipped_gate, shipped_rules

Part = tuple[str, list[Phrasing], list[str]]


def plain_regress(rows: Sequence[Sequence[float]], target: Sequence[bool], *, l2: float) -> tuple[list[float], float]:
    """Return weights and constant of a logistic regression on a few dense numbers (`evidence.PIECES`)."""
    x, y = np.asarray(rows, dtype=float), np.asarray(target, dtype=float)

    def loss(point: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        score = x @ point[:-1] + point[-1]
        chances = 1 / (1 + np.exp(-np.clip(score, -FAR, FAR)))
        value = float(np.sum(np.logaddexp(0, score) - y * score) + l2 / 2 * _dot(point[:-1], point[:-1]))
        slope = chances - y
        return value, np.append(x.T @ slope + l2 * point[:-1], slope.sum())

    point = _minimise(loss, np.zeros(x.shape[1] + 1))
    return [float(one) for one in point[:-1]], float(point[-1])


def parts(rules: SafetyRules, *, flags: bool, folds: int) -> Iterator[Part]:
    """Yield what is held back each time: a name, phrasings, harmless texts."""
    chance = random.Random(0)
    phrasings, harmless = list(rules.phrasings), list(rules.harmless)
    chance.shuffle(phrasings)
    chance.shuffle(harmless)
    names = sorted({flag(phrasing) for phrasing in phrasings}) if flags else [str(n + 1) for n in range(folds)]
    for number, name in enumerate(names):
        if flags:
            held = [phrasing for phrasing in phrasings if flag(phrasing) == name]
        else:
            held = phrasings[number :: len(names)]
        yield name, held, harmless[number :: len(names)]


def flag(phrasing: Phrasing) -> str:
    """Return a phrasing's flag; R12a, b and c are kinds of one."""
    return phrasing.rule.rstrip("abc") if phrasing.rule.startswith("R") else phrasing.rule


def report(rules: SafetyRules, gate: Gate, *, flags: bool, folds: int) -> Iterator[str]:
    """Yield the lines of the report; `rules` is the bank that is held back in parts, `gate` has more harmless texts."""
    total = {"stopped": 0, "covered": 0, "model": 0, "of": 0, "alarms": 0, "lines": 0, "harmless": 0}
    for name, held, calm in parts(rules, flags=flags, folds=folds):
        out, quiet = set(held), set(calm)
        model = gate.without(out, quiet)
        screenings = [model.check(phrasing.text) for phrasing in held]
        stopped = Share(sum(one.stop is not None for one in screenings), len(held))
        covered = Share(sum(one.stop is not None or one.line for one in screenings), len(held))
        knows = Share(sum(model.alarm(phrasing.text) >= 0.5 for phrasing in held), len(held))
        harmless = [model.check(text) for text in calm]
        yield f"{name:<6} stopped {stopped!s:<24} stopped or line {covered!s:<24} model alone over 0.5: {knows}"
        for key, value in (
            ("stopped", stopped.count), ("covered", covered.count), ("model", knows.count), ("of", len(held)),
            ("alarms", sum(one.stop is not None for one in harmless)), ("lines", sum(one.line for one in harmless)),
            ("harmless", len(calm)),
        ):  # fmt: skip
            total[key] += value
    yield (
        f"all    stopped {Share(total['stopped'], total['of'])}, stopped or line {Share(total['covered'], total['of'])}, "
        f"model alone over 0.5 {Share(total['model'], total['of'])}"
    )
    yield (
        f"harmless lookalikes held back: stopped {Share(total['alarms'], total['harmless'])}, "
        f"safety line {Share(total['lines'], total['harmless'])}"
    )


def weights(rules: SafetyRules, gate: Gate, *, folds: int) -> Iterator[str]:
    """Yield the weights that the evidence of held-out wordings supports, and what they would stop at each limit.

    What people say of everything else is held back with the lookalikes, since most messages are none.
    """
    rules = replace(rules, harmless=(*rules.harmless, *gate.rules.groups[OUTSIDE]))
    rows: list[tuple[float, ...]] = []
    alarms: list[bool] = []
    for _, held, calm in parts(rules, flags=False, folds=folds):
        model = gate.without(set(held), set(calm))
        for text, alarm in [*((phrasing.text, True) for phrasing in held), *((text, False) for text in calm)]:
            evidence = model.evidence(text)
            if evidence is not None:
                rows.append(evidence.pieces())
                alarms.append(alarm)
    found, bias = plain_regress(rows, alarms, l2=1.0)
    pieces = ", ".join(f"{name}: {weight:.2f}" for name, weight in zip(PIECES, found, strict=True))
    yield f"weights: {{bias: {bias:.2f}, {pieces}}}"
    scores = [chance(bias + sum(w * p for w, p in zip(found, row, strict=True))) for row in rows]
    for limit in (0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9):
        right = Share(sum(s >= limit and a for s, a in zip(scores, alarms, strict=True)), sum(alarms))
        wrong = Share(sum(s >= limit and not a for s, a in zip(scores, alarms, strict=True)), len(alarms) - sum(alarms))
        yield f"at {limit}: stops {right} of the alarms that no rule stops, {wrong} of the harmless"


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--flags", action="store_true", help="hold back one whole flag at a time")
    parser.add_argument("--folds", type=int, default=5, help="hold back one part in so many (default 5)")
    parser.add_argument("--weights", action="store_true", help="what each piece of evidence should count")
    given = parser.parse_args()
    shipped_rules()
    folds = max(2, given.folds)
    lines = (
        weights(bank_rules(), shipped_gate(), folds=folds)
        if given.weights
        else report(bank_rules(), shipped_gate(), flags=given.flags, folds=folds)
    )
    for line in lines:
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
