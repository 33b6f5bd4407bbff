"""Results added up: shares with intervals, by topic and style, calibration and confusions."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.core.intervals import Share
from bot.core.model import Outcome
from bot.evaluation.calibration import Calibration, calibrate, separation
from bot.evaluation.rows import GRADES, OUT_OF_SCOPE, RED_FLAG, UNCOVERED
from bot.evaluation.scores import Result, Side

Figures = Mapping[str, Share]
"""Shares by name, in the order in which they are told."""

USELESS, HALF, USEFUL = GRADES
NO_STYLE = "(none)"


@dataclass(frozen=True, slots=True)
class Confusion:
    """Questions labelled `asked` whose first-ranked topic was `taken_for`; `answered` of them got that as the answer."""

    asked: str
    taken_for: str
    count: int
    answered: int
    example: str


@dataclass(frozen=True, slots=True)
class Summary:
    """All figures of one run. A group without questions has no figures: an empty mapping.

    `calibration` is over all questions but red flags: out of scope no topic is right, so confidence there should be
    near 0. `claims` are of questions whose right claims are named, `conversations` of those among them that go on from another,
    `several` of messages with several questions, `useful` of questions whose answers were graded. `separation` is the AUROC of confidence, in scope against out of scope.
    """

    count: int
    right: Share
    in_scope: Figures
    out_of_scope: Figures
    red_flag: Figures
    uncovered: Figures
    lookalike: Figures
    claims: Figures
    conversations: Figures
    several: Figures
    useful: Figures
    by_topic: Mapping[str, Figures]
    by_style: Mapping[str, Figures]
    calibration: Calibration
    calibration_in_scope: Calibration
    separation: float | None
    confusions: tuple[Confusion, ...]


def summarise(results: Sequence[Result]) -> Summary:
    """Return the figures over `results`."""
    inside = [result for result in results if result.in_scope]
    outside = [result for result in results if result.label == OUT_OF_SCOPE]
    alarms = [result for result in results if result.label == RED_FLAG]
    return Summary(
        count=len(results),
        right=_share(results, lambda result: result.right),
        in_scope=_in_scope(inside),
        out_of_scope=_out_of_scope(outside),
        red_flag=_red_flag(alarms),
        uncovered=_uncovered([result for result in results if result.label == UNCOVERED]),
        lookalike=_lookalike([result for result in results if result.lookalike]),
        claims=_claims([result for result in results if result.claims]),
        conversations=_claims([result for result in results if result.claims and result.before]),
        several=_several([result for result in results if result.parts]),
        useful=_useful([result for result in results if result.is_graded]),
        by_topic={label: _in_scope(group) for label, group in _grouped(inside, lambda r: r.label)},
        by_style={style: _style(group) for style, group in _grouped(results, lambda r: r.style or NO_STYLE)},
        calibration=calibrate(_claimed([*inside, *outside])),
        calibration_in_scope=calibrate(_claimed(inside)),
        separation=separation([r.confidence for r in inside], [r.confidence for r in outside]),
        confusions=_confusions([*inside, *outside]),
    )


def _share(results: Sequence[Result], holds: Callable[[Result], bool]) -> Share:
    return Share(sum(map(holds, results)), len(results))


def _sides(results: Sequence[Result], *sides: Side) -> Share:
    return _share(results, lambda result: result.side in sides)


def _in_scope(results: Sequence[Result]) -> Figures:
    if not results:
        return {}
    return {
        "topic@1": _share(results, lambda result: result.ranked_within(1)),
        "topic@3": _share(results, lambda result: result.ranked_within(3)),
        "answered right": _sides(results, Side.ANSWERED_RIGHT),
        "answered wrong": _sides(results, Side.ANSWERED_WRONG),
        "suggested": _sides(results, Side.SUGGESTED_RIGHT, Side.SUGGESTED_WRONG),
        "suggested right": _sides(results, Side.SUGGESTED_RIGHT),
        "refused": _sides(results, Side.DECLINED, Side.STOPPED),
        "stopped": _sides(results, Side.STOPPED),
    }


def _out_of_scope(results: Sequence[Result]) -> Figures:
    if not results:
        return {}
    return {
        "declined": _sides(results, Side.DECLINED),
        "answered": _sides(results, Side.ANSWERED_WRONG, Side.ANSWERED_RIGHT),
        "suggested": _sides(results, Side.SUGGESTED_RIGHT, Side.SUGGESTED_WRONG),
        "stopped": _sides(results, Side.STOPPED),
        "safety line": _share(results, lambda result: result.safety_line),
    }


def _uncovered(results: Sequence[Result]) -> Figures:
    if not results:
        return {}
    return {
        "said so": _sides(results, Side.SAID_UNCOVERED),
        "taken for another subject": _sides(results, Side.DECLINED),
        "suggested": _sides(results, Side.SUGGESTED_RIGHT, Side.SUGGESTED_WRONG),
        "answered": _sides(results, Side.ANSWERED_RIGHT, Side.ANSWERED_WRONG),
        "stopped": _sides(results, Side.STOPPED),
    }


def _red_flag(results: Sequence[Result]) -> Figures:
    if not results:
        return {}
    return {
        "stopped": _sides(results, Side.STOPPED),
        "line only": _sides(results, Side.LINE_ONLY),
        "missed": _sides(results, Side.MISSED),
    }


def _lookalike(results: Sequence[Result]) -> Figures:
    if not results:
        return {}
    return {
        "stopped": _sides(results, Side.STOPPED),
        "safety line": _share(results, lambda result: result.safety_line),
        "right": _share(results, lambda result: result.right),
    }


def _claims(results: Sequence[Result]) -> Figures:
    if not results:
        return {}
    answered = [result for result in results if result.outcome is Outcome.ANSWER]
    return {
        "right claim first": _share(results, lambda result: result.is_first),
        "right claim shown": _share(results, lambda result: result.is_among),
        "first, where answered": _share(answered, lambda result: result.is_first),
    }


def _several(results: Sequence[Result]) -> Figures:
    if not results:
        return {}
    return {
        "all answered": _share(results, lambda result: result.are_all_answered),
        "with more than was asked": _share(results, lambda result: result.has_more),
    }


def _useful(results: Sequence[Result]) -> Figures:
    """Return what the answers were judged to be worth. One that nobody graded counts as not graded, never as useful."""
    if not results:
        return {}
    return {
        "useful": _share(results, lambda result: result.grade == USEFUL),
        "half": _share(results, lambda result: result.grade == HALF),
        "of no use": _share(results, lambda result: result.grade == USELESS),
        "not graded": _share(results, lambda result: result.grade is None),
    }


def _style(results: Sequence[Result]) -> Figures:
    """Return what one style shows: the ranking of its in-scope questions, and how often its outcomes were right."""
    inside = [result for result in results if result.in_scope]
    others = [result for result in results if result.label == OUT_OF_SCOPE]
    return {
        "topic@1": _share(inside, lambda result: result.ranked_within(1)),
        "topic@3": _share(inside, lambda result: result.ranked_within(3)),
        "answered right": _sides(inside, Side.ANSWERED_RIGHT),
        "answered wrong": _sides(inside, Side.ANSWERED_WRONG),
        "out of scope answered": _share(others, lambda result: result.outcome is Outcome.ANSWER),
        "right": _share(results, lambda result: result.right),
    }


def _grouped(results: Iterable[Result], name: Callable[[Result], str]) -> list[tuple[str, list[Result]]]:
    groups: dict[str, list[Result]] = {}
    for result in results:
        groups.setdefault(name(result), []).append(result)
    return sorted(groups.items())


def _claimed(results: Iterable[Result]) -> list[tuple[float, bool]]:
    return [(result.confidence, result.ranked_within(1)) for result in results]


def _confusions(results: Iterable[Result]) -> tuple[Confusion, ...]:
    """Return wrong first topics, the most frequent first; out of scope only where the bot did say something."""
    counts: Counter[tuple[str, str]] = Counter()
    answered: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], Result] = {}
    for result in results:
        if not result.ranked or result.ranked_within(1):
            continue
        if not result.in_scope and result.outcome not in (Outcome.ANSWER, Outcome.SUGGEST):
            continue
        pair = (result.label, result.ranked[0])
        counts[pair] += 1
        was_answered = result.outcome is Outcome.ANSWER
        answered[pair] += was_answered
        if pair not in examples or (was_answered and examples[pair].outcome is not Outcome.ANSWER):
            examples[pair] = result
    ordered = sorted(counts, key=lambda pair: (-counts[pair], -answered[pair], pair))
    return tuple(Confusion(*pair, counts[pair], answered[pair], examples[pair].text) for pair in ordered)
