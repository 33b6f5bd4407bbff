"""Why a question got its answer, as a message for moderators that a phone shows."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.core.matching import Contender, Evidence, Explanation
from bot.core.model import Knowledge, Outcome
from bot.sentences import say
from bot.service.explained import Explained, Way
from bot.ui import wording
from bot.ui.kit.buttons import Press
from bot.ui.kit.layout import Layout, box, rule
from bot.ui.kit.limits import cut

MOST_COUNTED, MOST_AGAINST, MOST_LACKING = 6, 3, 3
MOST_READ, MOST_NAMED, MOST_NEAREST = 400, 12, 160
MOST_TITLE = 70
STRONG, WORTH_SHOWING = 0.5, 0.1
"""From these shares of the strongest word's weight on a word stands out, or is shown at all."""

STOPPED = say("card.explanation_card.stopped")
WAYS: dict[Way, str] = {
    Way.SIGNS: say("card.explanation_card.ways_signs"),
    Way.BESIDE: say("card.explanation_card.ways_beside"),
}
PRIVATE = say("card.explanation_card.private")


def explanation_layout(found: Explained, knowledge: Knowledge, note: str = PRIVATE) -> Layout:
    """Return the message that explains `found`, in the words of the server's `knowledge`; `note` is its last line."""
    matching = found.matching
    if matching is None:
        return Layout(box(wording.QUIET_COLOUR, ui.TextDisplay(f"{STOPPED}\n{note}"))).sealed()
    parts: list[ui.Item[Any]] = [ui.TextDisplay(_head(found, matching, knowledge))]
    if read := _read(matching):
        parts += [rule(), ui.TextDisplay(read)]
    first = matching.contenders[0] if matching.contenders else None
    for place, contender in enumerate(matching.contenders, start=1):
        parts += [rule(), ui.TextDisplay(_contender(place, contender, first, knowledge))]
    parts += [rule(), ui.TextDisplay(f"{_limits(matching)}\n{note}"), ui.ActionRow(*_buttons(matching, knowledge))]
    return Layout(box(wording.QUIET_COLOUR, *parts)).sealed()


def _head(found: Explained, matching: Explanation, knowledge: Knowledge) -> str:
    answer = found.answer
    if answer.outcome is Outcome.ANSWER and answer.claim is not None:
        heading = f"### Answered: {_title(answer.claim, knowledge)}"
    elif answer.outcome is Outcome.SUGGEST:
        heading = say("card.explanation_card.not_sure_enough")
    else:
        heading = "### Not answered"
    lines = [heading, WAYS[found.way] if found.way in WAYS else _reason(answer.outcome, matching)]
    if answer.also:
        lines.append("Answered besides: " + ", ".join(_title(each, knowledge) for each in answer.also))
    return "\n".join(lines)


def _reason(outcome: Outcome, matching: Explanation) -> str:
    """Return the one sentence that says why it came to this outcome."""
    if not matching.contenders:
        return discord.utils.escape_markdown(matching.why)
    sure = matching.contenders[0].confidence
    if outcome is Outcome.ANSWER:
        return say("card.explanation_card.enough_to_answer", share=_share(sure), sure=matching.sure)
    if outcome is Outcome.SUGGEST:
        return say("card.explanation_card.needed_to_answer", share=_share(sure), sure=matching.sure)
    if matching.out_of_scope > 1 / 2:
        return say("card.explanation_card.reads_like_something_else", out_of_scope=matching.out_of_scope)
    return say("card.explanation_card.no_claim_fits_well", share=_share(sure), sure=matching.sure)


def _read(matching: Explanation) -> str:
    """Return how the words were read, what was mended, and what the knowledge has never seen."""
    lines = []
    if matching.words:
        lines.append(f"**Words** {_plain(cut(' '.join(matching.words), MOST_READ))}")
    if matching.repairs:
        mended = [f"{_plain(each.typed)} → **{_plain(each.read)}**" for each in matching.repairs[:MOST_NAMED]]
        lines.append(f"**Repaired** {', '.join(mended)}")
    if matching.strange:
        lines.append(f"**Never seen** {', '.join(map(_plain, matching.strange[:MOST_NAMED]))}")
    return "\n".join(lines)


def _contender(place: int, contender: Contender, first: Contender | None, knowledge: Knowledge) -> str:
    lines = [
        f"**{place}. {_title(contender.claim, knowledge)}** · {_share(contender.confidence)}",
        f"-# `{contender.claim}`",
    ]
    least = WORTH_SHOWING * max((abs(each.weight) for each in contender.evidence), default=0.0)
    speaks = [each for each in contender.evidence if each.weight > 0 and each.weight >= least][:MOST_COUNTED]
    against = sorted((each for each in contender.evidence if each.weight < -least), key=lambda each: each.weight)
    if speaks:
        lines.append(f"For it: {_weighed(speaks, least)}")
    if against:
        lines.append(f"Against: {_weighed(against[:MOST_AGAINST], least)}")
    if first is not None and contender is not first:
        lines.append(_lost(contender, first))
    if contender.nearest:
        lines.append(f"-# Nearest wording: “{_plain(cut(contender.nearest, MOST_NEAREST))}”")
    return "\n".join(lines)


def _weighed(words: Sequence[Evidence], least: float) -> str:
    """Return words with their weights; the strong ones stand out."""
    shown = [(_plain(each.words), f"{each.weight:+.1f}".replace("-", "−"), abs(each.weight)) for each in words]
    strong = least / WORTH_SHOWING * STRONG
    return " · ".join(f"**{word}** {text}" if weight >= strong else f"{word} {text}" for word, text, weight in shown)


def _lost(contender: Contender, first: Contender) -> str:
    """Return why a claim stands behind the first: the words that say more for that one, the widest gap first."""
    mine = {each.words: each.weight for each in contender.evidence}
    gaps = [(each.weight - mine.get(each.words, 0.0), each.words) for each in first.evidence if each.weight > 0]
    least = WORTH_SHOWING * max((weight for weight, _ in gaps), default=0.0)
    lacking = [word for gap, word in sorted(gaps, key=lambda each: (-each[0], each[1])) if gap > least][:MOST_LACKING]
    if not lacking:
        return say("card.explanation_card.behind_score_against", score=contender.score, score_2=first.score)
    return say("card.explanation_card.behind_for_these_words") + ", ".join(map(_plain, lacking))


def _limits(matching: Explanation) -> str:
    return say(
        "card.explanation_card.limits", sure=matching.sure, near=matching.near, share=_share(matching.out_of_scope)
    )


def _buttons(matching: Explanation, knowledge: Knowledge) -> list[Press]:
    known = [each.claim for each in matching.contenders if each.claim in knowledge.claims]
    return [Press("kview", claim, f"Open {place}", emoji="📄") for place, claim in enumerate(known, start=1)]


def _title(claim: str, knowledge: Knowledge) -> str:
    return _plain(cut(knowledge.claims[claim].title, MOST_TITLE)) if claim in knowledge.claims else f"`{claim}`"


def _plain(text: str) -> str:
    return discord.utils.escape_markdown(text)


def _share(probability: float) -> str:
    """Return a probability that never claims to be none, nor certain."""
    text = f"{probability:.0%}"
    return {"0%": "under 1%", "100%": "over 99%"}.get(text, text)
