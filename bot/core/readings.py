"""Short messages in a conversation, read in several ways: by themselves, and in the light of the last answer.

"and with one leg?" and "how often?" say too little alone. Beside the last answer's topic or title they say enough; but
then those words alone can win, whatever was asked ("what about my dog"). So a reading beside the last answer only counts
where the message leads there by itself, too, or where it leads somewhere else than back to the last answer.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from bot.core.chatter import NO_CHATTER, Chatter
from bot.core.conversation import FEW_WORDS
from bot.core.followup import FollowUp, Kind
from bot.core.going_on import More
from bot.core.model import Claim, Ranking
from bot.core.question_words import WORDS
from bot.core.small_patterns import either

Rank = Callable[[str], Ranking]


class Speaks(Protocol):
    """Says whether a claim, given or by its id, speaks of all that a text names: anywhere, or most of it in its `title`."""

    def __call__(self, claim: Claim | str, text: str, *, title: bool = False) -> bool:
        """Say so; of a title, whether it has more than half of it."""


MOST_WORDS = 9
"""A longer message stands by itself."""
LEADS, LEADS_OF_FEWEST, LEADS_OF_STATEMENT = 0.05, 0.02, 0.4
"""From this confidence on a message leads to a claim by itself, if that is among its first three."""
LEADS_AWAY = 0.5
"""From this confidence on a short question is about something else than the last answer, though not sure enough alone."""
WORTH_OFFERING = 0.1
BESIDE_TOPIC, BESIDE_TITLE = 1.2, 0.6
"""What readings beside the last answer count, where those without it count 1."""

_POINTS_BACK = re.compile(rf"\b(?:{either(WORDS.points_back)})\b", re.IGNORECASE)
_CHOOSES = re.compile(
    rf"(?:(?:{either(WORDS.choice_opens)})[\s,]+)*(?:{either(WORDS.choice_begins)}) (?:[\w-]+ ){{1,3}}ones?[\s.!?]*$",
    re.IGNORECASE,
)
"""What only says which of several ("the 45 degree one"): it is about what was asked before, however sure it is by itself."""
_CORRECTS = re.compile(r"(?:(?:no|nope|nah|sorry|oh)[\s,.!]+)*(?:i meant?|not that)\b", re.IGNORECASE)
"""What puts the last answer right ("no i mean lowering")."""
_PURPOSE = re.compile(r"for\b", re.IGNORECASE)
"""What only adds what it is for ("for bigger legs")."""
_ASKS = re.compile(
    rf"\?|^(?:(?:{either(WORDS.turn_opens)}) )*(?:{either((*WORDS.asks, *WORDS.asks_first))})\b",
    re.IGNORECASE,
)


def rank_in_full(alone: Ranking, fuller: Iterable[str], rank: Rank) -> Ranking:
    """Return the ranking of a question that leaves its verb out, said in a `fuller` way that makes the same first claim sure; else `alone`.

    `alone`: its ranking as it was typed.
    """
    if alone.sure or not alone.matches:
        return alone
    said = (found for found in map(rank, fuller) if found.sure)
    return next((found for found in said if found.matches[0].claim == alone.matches[0].claim), alone)


def rank_with_it(
    text: str,
    more: tuple[More, str] | None,
    last: Claim,
    before: str,
    *,
    rank: Rank,
    speaks: Speaks,
    chatter: Chatter = NO_CHATTER,
) -> Ranking | None:
    """Return the ranking of a message that only says `more` about what was asked `before`; None for any other.

    It names a circumstance ("even if it's light", "what about at really heavy weight"), puts right what it was asked for ("no, I mean for
    my knees"), or tells something of it ("it doesn't hurt"). By itself such a message leads to whatever has its one word. `speaks`: whether a
    claim's texts, or its title alone, speak of what a text names.
    """
    if more is None or not before or len(text.split()) > MOST_WORDS or chatter(text):
        return None
    kind, said = more
    if kind is More.TOLD and _ASKS.search(text):
        return None
    alone, by_title, together = rank(text), rank(f"{last.title} {said}"), rank(f"{before}, {said}")
    if not (by_title.sure and together.sure) or by_title.matches[0].claim != together.matches[0].claim:
        return None
    found = together.matches[0].claim
    if kind is More.MEANT:
        return _only(together) if found != last.id or speaks(last, said) else None
    if found != last.id:
        beside = kind is More.UNDER and found in last.related and not speaks(last, said, title=True)
        return _only(together) if beside else None  # "on my knees?" after what to do with the hands
    if kind is More.TOLD:
        return _only(by_title) if _leads(alone, by_title, LEADS_OF_FEWEST) else None
    elsewhere = alone.matches[0].claim if alone.sure else ""
    case = kind is More.CASE and bool(elsewhere) and speaks(elsewhere, said)
    stays = not elsewhere or speaks(last, said) or not (case or speaks(elsewhere, said, title=True))
    return _only(by_title) if stays else None


def rank_after(
    text: str, follow: FollowUp, last: Claim, topic: str, rank: Rank, *, chatter: Chatter = NO_CHATTER
) -> Ranking:
    """Return the ranking of a message that may go on from the answer `last`, whose topic is titled `topic`.

    `follow` is what the message looks like (no PART), `rank` ranks any text. A message that is clear by itself changes
    the subject; only one that points back ("how do I set it up") may mean the last one.
    """
    alone = rank(text)
    if len(text.split()) > MOST_WORDS or chatter(text):
        return alone
    said = follow.text or text
    by_topic, by_title = rank(f"{topic} {said}"), rank(f"{last.title} {said}")
    if follow.kind is Kind.ASPECT and _CORRECTS.match(text):
        return _corrected([rank(said), rank(f"{said} leg press"), by_topic], last)
    if follow.kind is Kind.ASPECT:
        if (
            _PURPOSE.match(text)
            and len(text.split()) <= FEW_WORDS
            and alone.near
            and not alone.sure
            and _stay(by_topic, by_title, last)
        ):
            return _only(by_title)
        return _aspect(alone, [rank(said), rank(f"{said} leg press")], by_topic, by_title, last)
    if alone.sure:
        first = by_topic.matches[0] if by_topic.sure else None
        points = first is not None and first.topic == last.topic and first.claim != last.id
        leads = _leads(alone, by_topic, 0.0) or _agree(by_topic, by_title, last)
        return _only(by_topic) if points and leads and _POINTS_BACK.search(text) else alone
    words = len(text.split())
    if not _ASKS.search(text):
        if words > FEW_WORDS:
            return alone
        least = LEADS_OF_STATEMENT
    elif words <= FEW_WORDS and _agree(by_topic, by_title, last):
        return _only(by_title)
    else:
        least = LEADS_OF_FEWEST if words < FEW_WORDS else LEADS
    return next((_only(beside) for beside in (by_topic, by_title) if _leads(alone, beside, least)), alone)


def corrects(text: str) -> bool:
    """Say whether a message puts the last answer right."""
    return _CORRECTS.match(text) is not None


def rank_together(
    text: str, before: str, found: Ranking, last: str, rank: Rank, *, chatter: Chatter = NO_CHATTER
) -> Ranking:
    """Return the ranking of a message that says too little alone ("toes only") with what its member wrote just `before`.

    `found`: what it is without that; `last`: the claim answered last, "" for none. The last answer is only given again where the
    message comes near to something by itself. Longer messages of another subject would get an answer too often: of 210 short
    ones that are out of scope, after five answers, 9.6 did instead of 8.0; with nine words 26.
    """
    chooses = _CHOOSES.match(text) is not None
    if not before or len(text.split()) > FEW_WORDS + chooses or chatter(text) or (found.sure and not chooses):
        return found
    together = rank(f"{before}, {text}")
    if not together.sure or (found.sure and _confidence(together) < _confidence(found)):
        return found
    if chooses:
        return _only(together)
    again = together.matches[0].claim == last
    own = found.matches[0].claim != last and _confidence(found) >= LEADS_AWAY and _ASKS.search(text) is not None
    return _only(together) if not again or (found.near and not own) else found


def _aspect(alone: Ranking, without: Sequence[Ranking], by_topic: Ranking, by_title: Ranking, last: Claim) -> Ranking:
    """Return the ranking for the last question put to something else ("and with one leg?")."""
    if _agree(by_topic, by_title, last):
        return _only(by_title)
    best = max((*without, alone), key=_confidence)
    led_back = [_leads(alone, beside, LEADS) for beside in (by_topic, by_title)]
    first = by_topic.matches[0] if by_topic.sure else None
    if (
        first is not None
        and first.claim != last.id
        and first.topic == last.topic
        and not alone.sure
        and (led_back[0] or not best.sure)
    ):
        return _only(by_topic)
    votes = [(alone, 1.0), *((reading, 1.0) for reading in without)]
    votes += [
        (beside, weight)
        for beside, weight, led in zip((by_topic, by_title), (BESIDE_TOPIC, BESIDE_TITLE), led_back, strict=True)
        if beside.matches and (led or beside.matches[0].claim != last.id)
    ]
    tally: dict[str, float] = {}
    for reading, weight in votes:
        if reading.matches:
            claim = reading.matches[0].claim
            tally[claim] = tally.get(claim, 0.0) + weight * reading.matches[0].confidence
    winner = max(tally, key=lambda claim: tally[claim], default="")
    held = [reading for reading, _ in votes if reading.sure and reading.matches[0].claim == winner]
    if held and tally[winner] >= 1 and (best.sure or any(led_back)):
        return _only(max(held, key=_confidence))
    # Somebody who goes on from an answer does ask something: claims to which their own words lead are worth offering.
    leads = max(_confidence(alone), _confidence(without[0])) >= WORTH_OFFERING
    return replace(best, sure=False, near=best.near or leads)


def _corrected(readings: Sequence[Ranking], last: Claim) -> Ranking:
    """Return the reading of what somebody meant instead: never the answer that they have just put right."""
    others = [
        replace(each, matches=tuple(match for match in each.matches if match.claim != last.id)) for each in readings
    ]
    pairs = zip(others, readings, strict=True)
    sure = next((other for other, read in pairs if read.sure and read.matches[0].claim != last.id), None)
    if sure is not None:
        return _only(sure)
    return replace(max(others, key=_confidence), sure=False, near=True, also=())


def _stay(by_topic: Ranking, by_title: Ranking, last: Claim) -> bool:
    """Say whether both readings beside the last answer are sure of that answer."""
    return by_topic.sure and by_title.sure and by_topic.matches[0].claim == by_title.matches[0].claim == last.id


def _agree(by_topic: Ranking, by_title: Ranking, last: Claim) -> bool:
    """Say whether both readings beside the last answer are sure of one claim that is another than the last."""
    if not (by_topic.sure and by_title.sure):
        return False
    return by_topic.matches[0].claim == by_title.matches[0].claim != last.id


def _leads(alone: Ranking, beside: Ranking, least: float) -> bool:
    """Say whether a sure reading beside the last answer names a claim to which the message leads by itself, too."""
    if not beside.sure:
        return False
    return any(match.claim == beside.matches[0].claim and match.confidence >= least for match in alone.matches[:3])


def _only(ranking: Ranking) -> Ranking:
    """Return a ranking without further answers: what was put before the message asks nothing."""
    return replace(ranking, also=())


def _confidence(ranking: Ranking) -> float:
    return ranking.matches[0].confidence if ranking.matches else 0.0
