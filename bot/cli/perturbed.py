"""`legpress eval --perturbations`: the same questions with words around them that ask nothing."""

from collections.abc import Sequence

from bot.cli.labelled import answered
from bot.evaluation import Labelled, Result, Share, score
from bot.evaluation.perturbations import KINDS, Difference, difference, perturbed
from bot.service import Service

PLAIN = "plain"
MOST_SHOWN = 5


def measured(rows: Sequence[Labelled], service: Service) -> list[Difference]:
    """Return the figures of the plain questions, then of every kind."""
    plain = _asked(rows, service)
    return [
        difference(PLAIN, plain, plain),
        *(difference(kind, plain, _asked(perturbed(rows, kind), service)) for kind in KINDS),
    ]


def render(found: Sequence[Difference], *, errors: bool) -> list[str]:
    """Return the table; with `errors` some questions of each kind that lost their right answer."""
    plain = found[0]
    lines = [f"{'kind':<12}{'answered right':>16}{'points':>9}{'wrong':>9}{'OOS answered':>15}{'points':>9}"]
    lines += [
        f"{each.kind:<12}{_share(each.right):>16}{_points(each.right, plain.right):>9}{_share(each.wrong):>9}"
        f"{_share(each.outside):>15}{_points(each.outside, plain.outside):>9}"
        for each in found
    ]
    if errors:
        for each in found:
            lines += [f"  {each.kind}: {' '.join(result.text.split())}" for result in each.lost[:MOST_SHOWN]]
    return lines


def as_data(found: Sequence[Difference], *, errors: bool) -> list[dict[str, object]]:
    """Return the same as JSON data; differences are in points of a hundred."""
    plain = found[0]
    return [
        {
            "kind": each.kind,
            "answered_right": _share_data(each.right),
            "answered_wrong": _share_data(each.wrong),
            "out_of_scope_answered": _share_data(each.outside),
            "points": round(_difference(each.right, plain.right), 2),
            "lost": len(each.lost),
            **({"errors": [result.text for result in each.lost]} if errors else {}),
        }
        for each in found
    ]


def _asked(rows: Sequence[Labelled], service: Service) -> list[Result]:
    return [score(row, answered(service, row), service.knowledge.claims) for row in rows]


def _share(share: Share) -> str:
    return f"{share.share:.1%}" if share.of else "-"


def _difference(share: Share, plain: Share) -> float:
    return 100 * (share.share - plain.share) if share.of else 0.0


def _points(share: Share, plain: Share) -> str:
    return "" if share is plain else f"{_difference(share, plain):+.1f}"


def _share_data(share: Share) -> dict[str, float]:
    return {"count": share.count, "of": share.of, "share": round(share.share, 4)}
