"""What a message after an answer is about: the evidence for each claim, a reader's word among it, and the one that outweighs."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core import followup
from bot.core.answering import ENOUGH
from bot.core.asking import FIGURES, Kind, leads_of
from bot.core.claim_lines import literally, speaks_of
from bot.core.model import Claim, Ranking
from bot.core.text import clean, words
from bot.core.weighing import MOST_NAMED, NONE, Evidence, Weighed, Weighing, of_none
from bot.service.basis import Basis

LEAST_LED = 0.02
"""A claim to which a reading leads less is not weighed."""
FEWEST, SHORT, LONG = 3, 5, 12
"""A message of no more words names one thing; one of fewer is short; one of so many is as long as any."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A message as it is weighed: alone and beside what was said, its words that name something, its kind of question and form."""

    alone: Ranking
    said: Ranking
    by_title: Ranking
    by_topic: Ranking
    together: Ranking
    here: Ranking
    """What it is about the machine."""
    named: Sequence[str]
    kind: Kind | None
    count: int
    asks: bool
    points: bool
    back: bool
    put_to: bool
    """It puts the last question to something else ("and with one leg?")."""


class WeighedTurns:
    """Weighs messages on one state of the knowledge. Fixed once made."""

    def __init__(self, basis: Basis) -> None:
        """Weigh with what is on `basis`."""
        self._basis = basis
        self._weighing = Weighing(basis.going_on.following.weighs)

    def instead(self, text: str, last: Claim, before: str, *, gave: str, reader: str) -> Weighed | None:
        """Return the claim that a message after the answer `last` is clearly about in place of what it `gave`; None for none.

        `before`: what was asked before it; `gave`: a claim, NONE where nothing would be answered; `reader`: the reader by form that gave it.
        """
        if not self._weighing or self._basis.chatter(text):
            return None
        found = self._weighing.clearly(self.evidence(text, last, before, gave=gave, reader=reader), gave)
        if found is not None and gave == NONE and found.claim == last.id and self._is_of_nothing_here(text, last):
            return None
        return found

    def _is_of_nothing_here(self, text: str, last: Claim) -> bool:
        """Say whether a message asks about a thing that neither the answer `last` nor any claim speaks of ("which pizza")."""
        listed, matcher = self._basis.going_on.listed, self._basis.matcher
        named = listed.besides(listed.subjects(words(clean(text))), "units")
        first = matcher.rank(text).matches[:1]
        asks = self._basis.asked(text) is not None  # "left? right?" may be said of the last answer
        lost = (not first or first[0].confidence < LEAST_LED) and last.id not in self._basis.about.claims
        return bool(named) and asks and lost and not self._basis.said.speaks_of(last, named)

    def possible(self, text: str, last: Claim, before: str) -> list[str]:
        """Return the claims that a message after the answer `last` may be about, the most probable first; none where it is rather about none."""
        if not self._weighing or self._basis.chatter(text):
            return []
        return self._weighing.possible(self.evidence(text, last, before))

    def evidence(
        self, text: str, last: Claim, before: str, *, gave: str = NONE, reader: str = ""
    ) -> dict[str, Evidence]:
        """Return what speaks for each claim that a message may be about, and for none of them: the word of the `reader` that `gave` one, too."""
        read = self._read(text, last, before)
        claims = self._claims(last, read) | ({gave: None} if gave in self._basis.knowledge.claims else {})
        found: dict[str, Evidence] = {claim: self._of(claim, text, last, read) for claim in claims}
        if reader and gave in found:
            found[gave] = {**found[gave], f"read_{reader}": 1.0}
        speaks = found[last.id].get("last_names", 0.0)
        found[NONE] = of_none(read.named, self._without(read, speaks, found))
        return found

    def _read(self, text: str, last: Claim, before: str) -> _Read:
        rank, going_on = self._basis.matcher.rank, self._basis.going_on
        alone, asked, line = rank(text), self._basis.asked(text), words(clean(text))
        follow = followup.read(text)
        said, put_to = follow.text or text, follow.kind is followup.Kind.ASPECT and not self._narrows(line)
        listed, following = going_on.listed, going_on.following
        return _Read(
            alone=alone,
            said=rank(said) if said != text else alone,
            by_title=rank(f"{last.title} {said}"),
            by_topic=rank(f"{self._basis.knowledge.topics[last.topic].title} {said}"),
            together=rank(f"{before}, {text}") if before else alone,
            here=rank(f"{said} leg press"),
            named=listed.besides(listed.subjects(line), "units"),
            kind=asked.kind if asked else None,
            count=len(text.split()),
            asks=asked is not None or "?" in text or (bool(line) and line[0] in following.asks),
            put_to=put_to,
            points=not set(line).isdisjoint(following.points),
            back=not set(line).isdisjoint({*following.back} - {*following.points}),
        )

    def _narrows(self, line: Sequence[str]) -> bool:
        """Say whether a message only tells which part of what was said it is about ("just the toes", "for quads only")."""
        return not {*line[:1], *line[-1:]}.isdisjoint(self._basis.going_on.following.narrows)

    def _claims(self, last: Claim, read: _Read) -> dict[str, None]:
        found = {last.id: None}
        for ranking, most in (
            (read.alone, 3),
            (read.said, 2),
            (read.by_title, 2),
            (read.by_topic, 2),
            (read.together, 2),
            (read.here, 1),
        ):
            found |= {match.claim: None for match in ranking.matches[:most] if match.confidence > LEAST_LED}
        return found

    def _of(self, claim_id: str, text: str, last: Claim, read: _Read) -> Evidence:
        """Return what speaks for a claim: how its words lead to it, what it says of what the message names, and its form."""
        claim, many = self._basis.knowledge.claims[claim_id], max(1, len(read.named))
        alone = _led(read.alone, claim_id)
        first = read.alone.sure and read.alone.matches[0].claim == claim_id
        covers = self._basis.matcher.coverage(text, claim_id) if read.named else 0.0
        speaks = self._basis.said.speaks_of(claim, read.named) / many
        whole, nothing = speaks == 1.0, bool(read.named) and not speaks
        literal, has_line = self._basis.said.names(claim, read.named) / many, read.kind in leads_of(claim)
        here = _led(read.here, claim_id)
        found = {
            "alone": alone,
            "alone_fits": alone * min(covers / ENOUGH, 1.0),
            "title": speaks_of([claim.title], read.named, literally) / many,
            "sure_long": first * min(read.count, LONG) / LONG,
            "sure_asks": first * read.asks,
            "here": here,
        }
        related = claim_id in last.related
        if claim_id != last.id:
            return found | {
                "beside_title": _led(read.by_title, claim_id),
                "beside_topic": _led(read.by_topic, claim_id),
                "together": _led(read.together, claim_id),
                "related": related,
                "related_alone": related * alone,
                "related_beside": related * _led(read.by_title, claim_id),
                "tells": not read.asks,
                "here_short": here * (read.count <= FEWEST),
                "covers": covers,
                "names": literal,
                "names_nothing": nothing,
                "sure_points": first * read.points,
                "sure_back": first * read.back,
                "sure_put_to": first * read.put_to,
                "put_to": read.put_to and alone * bool(read.named),
                "beside_title_put_to": read.put_to and _led(read.by_title, claim_id),
                "line": has_line,
            }
        no_figure = read.kind in FIGURES and not has_line
        return found | {
            "last": 1.0,
            "last_beside_title": _led(read.by_title, claim_id),
            "last_together": _led(read.together, claim_id),
            "last_covers": covers,
            "last_names": literal,
            "last_names_all": whole,
            "last_names_nothing": nothing,
            "last_points": read.points,
            "last_back": read.back,
            "last_bare": not read.named and not no_figure,
            "last_put_to": read.put_to,
            "last_put_to_names": read.put_to and literal,
            "last_many": min(len(read.named), MOST_NAMED) / MOST_NAMED,
            "last_line": has_line,
            "last_no_figure": no_figure,
            "last_tells_bare": not read.asks and not read.named,
            "last_short": max(0, SHORT - read.count) / SHORT,
        }

    def _without(self, read: _Read, speaks: float, found: dict[str, Evidence]) -> dict[str, float]:
        return {
            "none_short": max(0, SHORT - read.count) / SHORT,
            "none_best": max(each["alone"] for each in found.values()),
            "none_spoken_of": speaks,
            "none_near": read.alone.near,
            "none_together": max((match.confidence for match in read.together.matches[:1]), default=0.0),
            "none_asks": read.asks,
            "none_here": max((match.confidence for match in read.here.matches[:1]), default=0.0),
        }


def _led(ranking: Ranking, claim: str) -> float:
    return next((match.confidence for match in ranking.matches if match.claim == claim), 0.0)
