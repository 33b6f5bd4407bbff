"""Cards as they went out lately: most questions lead to few claims, and the card of a claim is the same for everybody."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace

from bot.core.model import Answer, Outcome
from bot.service.service import Service
from bot.ui.answer.card import Place
from bot.ui.kit.desk import SentCards
from bot.ui.kit.kept import Kept
from bot.ui.kit.layout import Layout
from bot.ui.kit.pictures import Shown


def finished(
    cards: SentCards,
    service: Service,
    answer: Answer,
    place: Place,
    build: Callable[[], Layout],
    *,
    shown: Shown | None,
) -> Layout:
    """Return the message that `build` makes of an answer: from `cards` where the same went out before.

    What a card says because of who asks is in no other one: it is always built. So is what has a server's own picture, or
    lacks its own.
    """
    claim = service.knowledge.claims.get(answer.claim or "")
    if answer.outcome is not Outcome.ANSWER and claim is None and not place.teach:
        # Stops, and what says that nothing is known: their words are the same for many, and are all of the key.
        said = (answer.text, answer.above, answer.below, answer.listed, answer.suggestions)
        told = (answer.outcome, answer.stop, answer.kind, answer.safety_line, answer.quiet)
        return _kept(cards, (service.edition, said, told, place), build, [])
    if (
        claim is None
        or answer.outcome is not Outcome.ANSWER
        or answer.also
        or answer.first
        or answer.caution
        or claim.own_picture is not None
        or (shown is not None and shown.png is None)
    ):
        return build()
    reads = (claim.id, answer.focus, answer.lead, answer.safety_line)
    key = (service.edition, reads, replace(place, teach=""), "" if shown is None else shown.name)
    return _kept(cards, key, build, [] if shown is None else [shown])


def _kept(cards: SentCards, key: Hashable, build: Callable[[], Layout], pictures: Sequence[Shown]) -> Layout:
    kept = cards.get(key)
    if kept is not None:
        return Layout.again(kept, pictures)
    layout = build()
    cards.put(key, Kept(layout.to_components(), layout.total_children_count))
    return layout
