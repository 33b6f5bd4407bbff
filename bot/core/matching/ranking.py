"""A reading to a ranking: which claims, in which order, with what confidence."""

from collections.abc import Sequence
from functools import partial

import numpy as np
from rapidfuzz import fuzz, process

from bot.core.matching.closecalls import LONGEST, sorted_stems
from bot.core.matching.copies import FEWEST_WORDINGS, is_copy, telling
from bot.core.matching.engine import Catalogue
from bot.core.matching.english import EMPTY
from bot.core.matching.segments import last_question, questions
from bot.core.matching.signals import Doubles, Reading
from bot.core.matching.taught import ANSWERED, ASKED_FOR, BY_NO_NAME, LEAST_NAMED, SIGNALS, Found, Taught
from bot.core.model import Match, Ranking
from bot.core.odds import chance
from bot.core.once import once
from bot.core.text import stem, words

MATCHES = 10
MOST_UNNAMED = 0.65
"""How sure a claim is at most that a question does not name: below what is answered."""
WORTH_LISTING, WORTH_OFFERING = 0.1, 0.5
"""From these confidences on a claim that a server taught stands among the others, and before a first one that is less sure: what is
as probable as not is asked about, and not kept back because the base knows nothing."""
PLACES = 4
"""Decimal places of a confidence. The first three are the same on every machine."""
HEADS = 3
"""So many topics stand first, each with its best claim."""
SURE = 0.7
"""From this confidence on a question is answered (docs/matching.md says what that costs and gains)."""
NEAR = 0.3
"""From this confidence on the first claims are worth suggesting."""
ALSO = 0.6
"""From this confidence on a further question in the same message is answered too."""
ABOUT_NOTHING = 0.25
"""What confidence is worth where a question is made of words that say nothing by themselves ("why?", "is it?"), and the
claim is not asked in such words."""
MOST_ALSO = 2
MOST_WORDS_OF_SEVERAL = 60
"""A longer message that as a whole is about nothing known is not searched for questions."""
STORY = 80
"""From so many words on, the last question of a message that says nothing as a whole may stand for it..."""
ALONE = 0.85
"""...where it is at least so certain by itself."""
OWN_WORDS = 0.95
"""How sure it is that a claim's own wording asks for that claim."""
NEAR_COPY = 0.85
"""How sure it is that a near copy of a claim's wording asks for that claim."""
LAST_COUNTS = 2 / 3
"""What the last question weighs beside the message as a whole, where both are about the same topic."""
_FEW = 100
_EMPTY_STEMS = frozenset(stem(word) for word in EMPTY)


def matches(catalogue: Catalogue, reading: Reading, line: Sequence[str]) -> tuple[Match, ...]:
    """Best first: the best claim of each of the first three topics, then the other claims by score.

    A confidence is the probability that the match's topic is right, and never above that of the match before it; past
    the first three topics it is a rough one.
    Claims that nobody may see are left out; () where none is left. `line`: the words that were heard.
    """
    claims, topic_of = reading.claims, catalogue.topic_list
    order = [topic for topic in reading.order() if reading.topics[topic] > -np.inf]
    if not order:
        return ()
    first, second = order[0], order[1] if len(order) > 1 else None
    ranked = _best(claims, MATCHES + HEADS)
    heads = []
    for topic in order[:HEADS]:
        head = next((i for i in ranked if topic_of[i] == topic), None)
        if head is None:
            members = catalogue.members[topic]
            head = int(members[claims[members].argmax()])
        heads.append(head)
    about_nothing = EMPTY.issuperset(line) and not catalogue.calls.hollow(heads[0], _EMPTY_STEMS)
    worth = reading.seen * (ABOUT_NOTHING if about_nothing else 1.0)
    confidence = {
        topic: round(catalogue.calibration.probability(reading.signals(topic, rival)) * worth, PLACES)
        for topic, rival in zip(order[:HEADS], (second, first, first), strict=False)
    }
    found = []
    ceiling = 1.0
    for i in [*heads, *[i for i in ranked if i not in heads]][:MATCHES]:
        topic = topic_of[i]
        if topic not in confidence:  # further topics: no better than the last that was reckoned out
            confidence[topic] = round(ceiling * max(reading.shares[topic], 0.0), PLACES)
        ceiling = min(ceiling, confidence[topic])
        claim = catalogue.claims[i]
        found.append(Match(claim.id, claim.topic, ceiling))
    return tuple(found)


def _best(claims: Doubles, most: int) -> list[int]:
    """Return the numbers of the best claims that can be seen, best first; equals in their order."""
    if len(claims) > _FEW:
        bar = np.partition(claims, len(claims) - most)[len(claims) - most]
        near = (claims >= bar).nonzero()[0]  # more than `most` where several are worth the same
        order = near[(-claims[near]).argsort(kind="stable")][:most]
    else:
        order = (-claims).argsort(kind="stable")[:most]
    return [i for i, score in zip(order.tolist(), claims[order].tolist(), strict=True) if score > -np.inf]


def rank(catalogue: Catalogue, cleaned: str, line: list[str], typed: Sequence[str] = ()) -> Ranking:
    """Return the ranking for a text: `cleaned` by `clean`, and its `line` of words (one at least).

    `typed`: all words of the text, where some of them asked nothing and are not in `line`.
    """
    found = _read(catalogue, line)
    if not found and catalogue.taught is None:
        return Ranking()
    asked: list[Match] = []
    readings: dict[str, tuple[Match, ...]] = {}
    if found and (found[0].confidence >= NEAR or len(line) <= MOST_WORDS_OF_SEVERAL):
        asked = _asked(catalogue, cleaned, readings)
    if found and found[0].confidence < SURE:
        found = _several(found, asked)
    if found and found[0].confidence < SURE and (last := last_question(cleaned)):
        found = _by_its_last(found, readings.get(last) or _read(catalogue, words(last)), len(line))
    also = {match.topic: match.claim for match in reversed(asked) if match.topic != found[0].topic}
    of_base = found[:1]
    meant = None if catalogue.taught is None else _meant(catalogue, catalogue.taught, found, cleaned, line)
    if meant is not None:
        found = _with_taught(catalogue, meant, found)
    if not found:
        return Ranking()
    if len(line) <= LONGEST and (own := _by_its_own_words(catalogue, found, (typed or line, line))):
        return Ranking(own, sure=True, near=True, own=True)
    if found[0].confidence < SURE and len(line) <= LONGEST and (copied := _by_a_near_copy(catalogue, found, line)):
        return Ranking(copied, sure=True, near=True)
    confidence = found[0].confidence
    by_base = confidence >= SURE and found[:1] == of_base
    listed = tuple(reversed(also.values()))[:MOST_ALSO] if by_base else ()
    beside = _beside(catalogue, meant, found, line) if by_base else ""
    return Ranking(found, confidence >= SURE, confidence >= NEAR, listed, beside=beside)


def keeps(catalogue: Catalogue, line: Sequence[str], claim: int) -> bool:
    """Say whether a line is a claim's own wording, and no other's, and so is certain to bring it where it did before, without ranking it.

    It is where nothing was learned on top of the base: its score is then what it was, and its own words come before what was taught.
    """
    if len(line) > LONGEST or catalogue.is_corrected:
        return False
    query = sorted_stems(catalogue.repair(list(line)).words)
    return query not in catalogue.excluded and catalogue.calls.is_alone(claim, query)


def _meant(
    catalogue: Catalogue, taught: Taught, found: Sequence[Match], cleaned: str, line: Sequence[str]
) -> Found | None:
    """Return the claim that a server taught and the question may mean, None where it is not to be answered."""
    best = of_taught(catalogue, taught, found, cleaned, line)
    query = sorted_stems(line)
    if best is None or query in catalogue.excluded or _reads_like_excluded(catalogue, best, query):
        return None
    return best


def _beside(catalogue: Catalogue, meant: Found | None, found: Sequence[Match], line: Sequence[str]) -> str:
    """Return the claim of a server's own that stands beside the base's sure answer, "" for none: it is meant, or about the same thing."""
    if meant is not None and meant.fits_beside:
        return catalogue.claims[meant.claim].id
    if catalogue.taught is None or sorted_stems(line) in catalogue.excluded:
        return ""
    kin = catalogue.taught.kin(catalogue.number(found[0].claim), partial(_read_claims, catalogue))
    return "" if kin is None else catalogue.claims[kin].id


def _with_taught(catalogue: Catalogue, best: Found, found: tuple[Match, ...]) -> tuple[Match, ...]:
    """Return a ranking with the claim that a server taught and the question may mean, where its probability puts it.

    It only comes before an answer of which the base is sure where it is to be answered itself.
    """
    sure = bool(found) and found[0].confidence >= SURE
    confidence = round(chance(best.odds + (ANSWERED if sure else ASKED_FOR)), PLACES)
    if best.named < LEAST_NAMED and best.odds < BY_NO_NAME:
        confidence = min(confidence, MOST_UNNAMED)
    if confidence < WORTH_LISTING:
        return found
    claim = catalogue.claims[best.claim]
    if found and confidence < (SURE if sure else WORTH_OFFERING):
        confidence = min(confidence, found[0].confidence)
        place = max(sum(match.confidence >= confidence for match in found), 1)
    else:
        place = 0 if sure else sum(match.confidence >= confidence for match in found)
    return (*found[:place], Match(claim.id, claim.topic, confidence), *found[place:])[:MATCHES]


def of_taught(
    catalogue: Catalogue, taught: Taught, found: Sequence[Match], cleaned: str, line: Sequence[str]
) -> Found | None:
    """Return the claim that a server taught and a text, or its last question, most probably means, if there is any.

    `found`: what the base makes of it.
    """
    first = (catalogue.number(found[0].claim), found[0].confidence) if found else None
    read = partial(_read_claims, catalogue)
    tried = [taught.find(cleaned, line, first, catalogue.calls, read)]
    if last := last_question(cleaned):
        tried.append(taught.find(last, words(last), first, catalogue.calls, read))
    return max((each for each in tried if each is not None), key=lambda each: each.odds, default=None)


def _reads_like_excluded(catalogue: Catalogue, best: Found, query: str) -> bool:
    """Say whether a question reads more like what is not to be answered than like the claim that was found."""
    if not catalogue.excluded:
        return False
    nearest = process.extractOne(query, catalogue.excluded, scorer=fuzz.ratio, processor=None)
    return nearest is not None and nearest[1] / 100 > best.signals[SIGNALS.index("alike")]


def _read(catalogue: Catalogue, line: list[str]) -> tuple[Match, ...]:
    """Return what a line of words leads to: it is scored once in a message, however often its parts are looked at."""
    return matches(catalogue, *once(catalogue.read_words, " ".join(line)))


def _read_claims(catalogue: Catalogue, line: list[str]) -> list[tuple[int, float]]:
    return [(catalogue.number(match.claim), match.confidence) for match in _read(catalogue, line)]


def _asked(catalogue: Catalogue, cleaned: str, readings: dict[str, tuple[Match, ...]]) -> list[Match]:
    """Return what the questions of a message are about, in the order asked: those that are certain by themselves.

    `readings` keeps what each was read as.
    """
    found = []
    for question in questions(cleaned):
        match = readings.setdefault(question, _read(catalogue, words(question)))[0]
        if match.confidence >= ALSO:
            found.append(match)
    return found


def _several(found: tuple[Match, ...], asked: Sequence[Match]) -> tuple[Match, ...]:
    """Put the first question first in a message that asks several things, and so is about none of them as a whole.

    Two topics at least must be certain by themselves, and among the first ones of the message as a whole.
    """
    heads = list(dict.fromkeys(match.topic for match in found))[:HEADS]
    sure = [match for match in asked if match.topic in heads]
    first = next((match for match in sure if match.confidence >= SURE), None)
    return _led(found, first) if first and len({match.topic for match in sure}) > 1 else found


def _by_its_last(found: tuple[Match, ...], last: tuple[Match, ...], length: int) -> tuple[Match, ...]:
    """Let the last question of a story of `length` words speak for it, where that is surer.

    It must be about the same topic, and then counts twice as much as the whole; or the story be so long and strange that its own reading
    says nothing.
    """
    surest = last[0]
    if surest.topic == found[0].topic and surest.confidence > found[0].confidence:
        both = LAST_COUNTS * surest.confidence + (1 - LAST_COUNTS) * found[0].confidence
        return _led(found, surest._replace(confidence=round(both, PLACES)))
    alone = length >= STORY and found[0].confidence < NEAR and surest.confidence >= ALONE
    return _led(found, surest) if alone else found


def _by_its_own_words(
    catalogue: Catalogue, found: tuple[Match, ...], lines: Sequence[Sequence[str]]
) -> tuple[Match, ...]:
    """Return a ranking that is led, and surely, by the claim one of whose wordings the text is, or its title; () where none is.

    Of those found, one alone must have it; a wording that a server wrote is its own claim's. A title is what people read where several are
    offered, and type. `lines`: the text's words, all of them and what was heard of them.
    """
    for line in lines:
        query = sorted_stems(catalogue.repair(list(line)).words)
        if query in catalogue.excluded:
            return ()
        own = []
        if catalogue.calls.holds(query):
            own = [match for match in found if catalogue.calls.has(catalogue.number(match.claim), query)]
        if catalogue.taught is not None and (taught := catalogue.taught.worded(query)):
            claims = [catalogue.claims[number] for number in taught]
            own = [Match(claim.id, claim.topic, OWN_WORDS) for claim in claims]
        if not own and query in catalogue.titled:
            claim = catalogue.claims[catalogue.titled[query]]
            own = [Match(claim.id, claim.topic, OWN_WORDS)]
        if len(own) == 1:
            return _led(found, own[0]._replace(confidence=max(OWN_WORDS, own[0].confidence)))
    return ()


def _by_a_near_copy(catalogue: Catalogue, found: tuple[Match, ...], line: list[str]) -> tuple[Match, ...]:
    """Return a ranking that is led by the claim of few wordings of one of which the text is a near copy; () where none or several are."""
    query = sorted_stems(catalogue.repair(line).words)
    asked = telling(query)
    if not asked or query in catalogue.excluded:
        return ()
    numbers = {match.claim: catalogue.number(match.claim) for match in found}
    copied = [
        match
        for match in found
        if len(catalogue.claims[numbers[match.claim]].questions) < FEWEST_WORDINGS
        and any(
            is_copy(asked, telling(each), catalogue.has_word)
            for each in catalogue.calls.phrasings(numbers[match.claim])
        )
    ]
    if len(copied) != 1:
        return ()
    return _led(found, copied[0]._replace(confidence=max(NEAR_COPY, copied[0].confidence)))


def _led(found: tuple[Match, ...], first: Match) -> tuple[Match, ...]:
    return (first, *(match for match in found if match.claim != first.claim))[:MATCHES]
