"""Two runs over the same questions: which changed sides, and whether that could be chance."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.core.intervals import mcnemar
from bot.evaluation.scores import Result


@dataclass(frozen=True, slots=True)
class Change:
    """One question in both runs."""

    before: Result
    after: Result


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of the questions that both runs have; `p_value` is McNemar's, exact and two-sided.

    `gained`: right now and not before; `lost`: the other way round; `moved`: as right or wrong as before, on another
    side. The ranking's own changes (the right topic first) are `ranked_gained` and `ranked_lost`, in-scope questions
    only. A question whose labels changed is another question: it counts under `only_before` and `only_after`.
    """

    both: int
    gained: tuple[Change, ...]
    lost: tuple[Change, ...]
    moved: tuple[Change, ...]
    p_value: float
    ranked_gained: int
    ranked_lost: int
    ranked_p_value: float
    only_before: int
    only_after: int


def compare(before: Sequence[Result], after: Sequence[Result]) -> Comparison:
    """Return what changed from `before` to `after`; questions are matched by what was said before, text and labels, in order where repeated."""
    old = dict(_keyed(before))
    new = dict(_keyed(after))
    pairs = [Change(old[key], result) for key, result in new.items() if key in old]
    gained = tuple(pair for pair in pairs if pair.after.right and not pair.before.right)
    lost = tuple(pair for pair in pairs if pair.before.right and not pair.after.right)
    moved = tuple(
        pair for pair in pairs if pair.before.right == pair.after.right and pair.before.side != pair.after.side
    )
    ranked = [(pair.before.ranked_within(1), pair.after.ranked_within(1)) for pair in pairs if pair.after.in_scope]
    ranked_gained, ranked_lost = ranked.count((False, True)), ranked.count((True, False))
    return Comparison(
        both=len(pairs),
        gained=gained,
        lost=lost,
        moved=moved,
        p_value=mcnemar(len(gained), len(lost)),
        ranked_gained=ranked_gained,
        ranked_lost=ranked_lost,
        ranked_p_value=mcnemar(ranked_gained, ranked_lost),
        only_before=len(old) - len(pairs),
        only_after=len(new) - len(pairs),
    )


_Question = tuple[tuple[str, ...], str, str, frozenset[str]]
"""What was said before, the text, its label, and every right one."""


def _keyed(results: Iterable[Result]) -> Iterable[tuple[tuple[_Question, int], Result]]:
    seen: Counter[_Question] = Counter()
    for result in results:
        question = (result.before, result.text, result.label, result.accepted)
        yield (question, seen[question]), result
        seen[question] += 1
