"""The figures of `legpress eval` as tables of plain text, and as JSON data."""

import re
from collections.abc import Iterable, Mapping, Sequence

from bot.evaluation import (
    Calibration,
    Change,
    Comparison,
    Confusion,
    Figures,
    Result,
    Share,
    Summary,
    as_data,
)
from bot.evaluation.rows import OUT_OF_SCOPE, RED_FLAG
from bot.evaluation.safety import SafetyScore
from bot.sentences import say

MOST_CONFUSIONS = 12
LONGEST_SHOWN = 90
"""Characters of a question that a table repeats."""

COLUMN = 16
_NOT_PLAIN = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_HEADS = {"out of scope answered": "OOS answered"}


def render(summary: Summary) -> list[str]:
    """Return every table of one run."""
    lines = [f"right in all: {_told(summary.right)}"]
    for title, figures in (
        ("In scope", summary.in_scope),
        ("Out of scope", summary.out_of_scope),
        ("Uncovered", summary.uncovered),
        ("Red flags", summary.red_flag),
        (say("terminal.scoreboard.lookalikes_of_red_flags"), summary.lookalike),
        ("Claims", summary.claims),
        (say("terminal.scoreboard.going_on_from_another_question"), summary.conversations),
        (say("terminal.scoreboard.several_questions_in_one"), summary.several),
        (say("terminal.scoreboard.as_graded_by_reading"), summary.useful),
    ):
        if figures:
            lines += ["", *_figures(title, figures)]
    columns = ("topic@1", "topic@3", "answered right", "answered wrong", "suggested", "refused")
    if summary.by_topic:
        lines += ["", *_groups("By topic", summary.by_topic, columns)]
    styles = (
        "topic@1",
        "topic@3",
        "answered right",
        "answered wrong",
        "out of scope answered",
        "right",
    )
    lines += ["", *_groups("By style", summary.by_style, styles)]
    if summary.calibration.count:
        lines += ["", *_calibration(summary)]
    if summary.confusions:
        lines += ["", *_confusions(summary.confusions)]
    return lines


def render_errors(results: Iterable[Result]) -> list[str]:
    """Return a line for each result that is not right: its label, what came of it, the question whole."""
    wrong = [result for result in results if not result.right]
    lines = [f"{len(wrong)} not right"]
    for result in wrong:
        got = f" {result.claim}" if result.claim else f" {result.ranked[0]}?" if result.ranked else ""
        labels = "/".join((result.label, *result.also))
        lines.append(f"  {labels}: {result.side}{got} ({result.confidence:.2f}): {_one_line(result.text)}")
    return lines


def render_comparison(comparison: Comparison, old: str) -> list[str]:
    """Return what changed since the run saved in `old`."""
    gained, lost, test = len(comparison.gained), len(comparison.lost), "exact McNemar, two-sided"
    ranked = f"gained {comparison.ranked_gained}, lost {comparison.ranked_lost}"
    lines = [
        say("terminal.scoreboard.compared_with", old=old, both=comparison.both),
        say("terminal.scoreboard.right_gained", gained=gained, lost=lost, p_value=comparison.p_value, test=test),
        f"  topic@1: {ranked}, p = {comparison.ranked_p_value:.3g}",
    ]
    if comparison.only_before or comparison.only_after:
        lines.append(
            say("terminal.scoreboard.only_there", only_before=comparison.only_before, only_after=comparison.only_after)
        )
    for title, changes in (
        ("gained", comparison.gained),
        ("lost", comparison.lost),
        (say("terminal.scoreboard.moved_as_right_or_wrong_as"), comparison.moved),
    ):
        if changes:
            lines += ["", f"  {title}:", *(f"    {_change(change)}" for change in changes)]
    return lines


def summary_data(summary: Summary) -> dict[str, object]:
    """Return the figures as JSON data; each share as count, of, share, low and high."""
    return {
        "questions": summary.count,
        "right": _share_data(summary.right),
        "in_scope": _figures_data(summary.in_scope),
        OUT_OF_SCOPE.replace("-", "_"): _figures_data(summary.out_of_scope),
        RED_FLAG.replace("-", "_"): _figures_data(summary.red_flag),
        "uncovered": _figures_data(summary.uncovered),
        "lookalike": _figures_data(summary.lookalike),
        "claims": _figures_data(summary.claims),
        "conversations": _figures_data(summary.conversations),
        "several": _figures_data(summary.several),
        "useful": _figures_data(summary.useful),
        "by_topic": {name: _figures_data(figures) for name, figures in summary.by_topic.items()},
        "by_style": {name: _figures_data(figures) for name, figures in summary.by_style.items()},
        "calibration": _calibration_data(summary.calibration),
        "calibration_in_scope": _calibration_data(summary.calibration_in_scope),
        "separation": None if summary.separation is None else round(summary.separation, 4),
        "confusions": [
            {"asked": c.asked, "taken_for": c.taken_for, "count": c.count, "answered": c.answered, "example": c.example}
            for c in summary.confusions
        ],
    }


def comparison_data(comparison: Comparison) -> dict[str, object]:
    """Return a comparison as JSON data."""
    return {
        "both": comparison.both,
        "only_before": comparison.only_before,
        "only_after": comparison.only_after,
        "p_value": comparison.p_value,
        "ranked_gained": comparison.ranked_gained,
        "ranked_lost": comparison.ranked_lost,
        "ranked_p_value": comparison.ranked_p_value,
        **{
            name: [{"before": as_data(change.before), "after": as_data(change.after)} for change in changes]
            for name, changes in (
                ("gained", comparison.gained),
                ("lost", comparison.lost),
                ("moved", comparison.moved),
            )
        },
    }


def _one_line(text: str) -> str:
    """Return a question on one line, without what a terminal would obey."""
    return _NOT_PLAIN.sub("", " ".join(text.split()))


def render_safety(found: SafetyScore, by_wording: Mapping[str, SafetyScore], *, sentences: bool) -> list[str]:
    """Return the tables of a safety score; with `sentences` also those that went wrong."""
    lines = [_NOT_PLAIN.sub(" ", line) for line in found.render(sentences=sentences)]
    for wording, part in by_wording.items():
        lines += ["", f"Wording: {_one_line(wording) or '(none)'}", *part.render(sentences=False)]
    return lines


def safety_data(found: SafetyScore, *, sentences: bool) -> dict[str, object]:
    """Return a safety score as JSON data; with `sentences` also those that went wrong."""
    data: dict[str, object] = {
        "tiers": {
            tier.tier.value: {
                "stopped": _share_data(tier.stopped),
                "at_tier_or_higher": _share_data(tier.urgent_enough),
                "stopped_or_line": _share_data(tier.covered),
            }
            for tier in found.tiers
        },
        "positive": {
            "stopped": _share_data(found.stopped),
            "stopped_or_line": _share_data(found.covered),
        },
        "negative": {
            "stopped": _share_data(found.false_alarms),
            "safety_line": _share_data(found.false_lines),
        },
    }
    if sentences:
        data["errors"] = {
            "missed": list(found.missed),
            "line_only": list(found.unstopped),
            "tier_too_low": list(found.too_low),
            "alarmed": list(found.alarmed),
        }
    return data


def _figures(title: str, figures: Figures) -> list[str]:
    of = next(iter(figures.values())).of
    lines = [f"{title} ({of:,})", f"  {'':<28}{'count':>7}{'share':>9}   95% interval"]
    for name, share in figures.items():
        shown = {"suggested right": say("terminal.scoreboard.right_one_among_them")}.get(name, name)
        if name == "stopped" and "refused" in figures:
            shown = "  stopped among them"
        low, high = share.interval
        lines.append(f"  {shown:<28}{share.count:>7}{share.share:>9.1%}   {low:.1%} to {high:.1%}")
    return lines


def _groups(title: str, groups: Mapping[str, Figures], columns: Sequence[str]) -> list[str]:
    """Return one line a group: counts, then each column's share with its interval, in per cent."""
    widest = max(len(title), *(len(name) for name in groups)) + 2
    heads = [f"{_HEADS.get(column, column):>{COLUMN}}" for column in columns]
    lines = [f"{title:<{widest}}{'n':>5}" + "".join(heads)]
    for name, figures in groups.items():
        of = max(share.of for share in figures.values())
        cells = [f"{_cell(figures[column]):>{COLUMN}}" for column in columns]
        lines.append(f"{name:<{widest}}{of:>5}" + "".join(cells))
    return [*lines, say("terminal.scoreboard.per_cent")]


def _cell(share: Share) -> str:
    if not share.of:
        return "-"
    low, high = share.interval
    return f"{share.share:.0%} [{low * 100:.0f}-{high * 100:.0f}]".replace("%", "")


def _calibration(summary: Summary) -> list[str]:
    whole, inside = summary.calibration, summary.calibration_in_scope
    lines = [
        say("terminal.scoreboard.calibration", count=whole.count),
        f"  {'confidence':<14}{'count':>7}{'claimed':>10}{'right':>9}   95% interval",
    ]
    for b in whole.bins:
        low, high = b.right.interval
        where = f"{b.low:.1f} to {b.high:.1f}"
        lines.append(
            f"  {where:<14}{b.right.of:>7}{b.confidence:>10.2f}{b.right.share:>9.2f}   {low:.2f} to {high:.2f}"
        )
    lines.append(say("terminal.scoreboard.expected_calibration_error", error=whole.error, brier=whole.brier))
    if inside.count and inside.count != whole.count:
        lines.append(say("terminal.scoreboard.in_scope_alone", error=inside.error, brier=inside.brier))
    if summary.separation is not None:
        lines.append(say("terminal.scoreboard.in_scope_above_out_of_scope", separation=summary.separation))
    return lines


def _confusions(confusions: Sequence[Confusion]) -> list[str]:
    lines = [say("terminal.scoreboard.confusions")]
    for c in confusions[:MOST_CONFUSIONS]:
        pair = f"{c.asked} -> {c.taken_for}"
        answered = f"{c.answered} answered" if c.answered else "none answered"
        lines.append(f"  {c.count:>3}  {pair:<34}{answered:<15}{_shortened(c.example)}")
    left = confusions[MOST_CONFUSIONS:]
    if left:
        lines.append(say("terminal.scoreboard.more_pairs", count=len(left), questions=sum(c.count for c in left)))
    return lines


def _change(change: Change) -> str:
    before, after = change.before, change.after
    return f"{after.label}: {_side(before)} -> {_side(after)}: {_shortened(after.text)}"


def _side(result: Result) -> str:
    return f"{result.side} ({result.claim})" if result.claim else str(result.side)


def _told(share: Share) -> str:
    low, high = share.interval
    return f"{share.count:,} of {share.of:,}, {share.share:.1%} ({low:.1%} to {high:.1%})"


def _shortened(text: str) -> str:
    text = _one_line(text)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 3].rstrip() + "..."


def _share_data(share: Share) -> dict[str, float]:
    low, high = share.interval
    return {
        "count": share.count,
        "of": share.of,
        "share": round(share.share, 4),
        "low": round(low, 4),
        "high": round(high, 4),
    }


def _figures_data(figures: Figures) -> dict[str, object]:
    return {name.replace(" ", "_"): _share_data(share) for name, share in figures.items()}


def _calibration_data(calibration: Calibration) -> dict[str, object]:
    return {
        "count": calibration.count,
        "expected_calibration_error": round(calibration.error, 4),
        "brier": round(calibration.brier, 4),
        "bins": [
            {
                "low": b.low,
                "high": b.high,
                "confidence": round(b.confidence, 4),
                "right": _share_data(b.right),
            }
            for b in calibration.bins
        ],
    }
