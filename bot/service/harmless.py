"""What a server wrote, held against the safety gate: of an alarm nobody but the stop speaks."""

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from threading import Lock
from weakref import WeakKeyDictionary

from cachetools import LRUCache

from bot.core.fields import LABELS, FieldFault, one_line
from bot.core.model import Claim
from bot.core.once import one_message
from bot.core.overlay import Entry
from bot.core.references import without_references
from bot.core.text import clean, sentences, words
from bot.sentences import say
from bot.service.screening import Kind, Refusal, Said, Screening, at_once, parted
from bot.service.service import Service

ADVICE_ON_ALARM = say("moderators.harmless.advice_on_alarm")
NOT_EVERYDAY = say("moderators.harmless.not_everyday")
UNNAMED = say("moderators.harmless.unnamed")
WARNING_OFF = say("moderators.harmless.warning_off")
LIKE_AN_ALARM = say("moderators.harmless.like_an_alarm")
BELOW_HELP = say("moderators.harmless.below_help")
ODD_WORDING = say("moderators.harmless.odd_wording")
MOST_LOOKED_THROUGH = 20
"""Claims of a change that are held against the gate for its preview; of more, publishing tells."""
MOST_CLEARED = 256
"""Drafts without an alarm that are remembered of each service, by a keyed hash alone."""
MOST_QUOTED = 80
MOST_NAMED = 3

_key = secrets.token_bytes(32)
_cleared: WeakKeyDictionary[Service, LRUCache[bytes, bool]] = WeakKeyDictionary()
_lock = Lock()


def alarms(
    service: Service, claim: Claim, spared: Iterable[Claim | None] = (), pause: Callable[[], None] = at_once
) -> Iterator[FieldFault]:
    """Yield each shown text of a claim that the gate would stop, alone or together with the one that it stands beside.

    Where a claim is about a sign in any other way, only what sends to help may stand in it: one fault tells of the rest.
    What `spared` claims say word for word in the same field is left alone, unless a new text beside it plays it down.
    `pause` is called before each look. What was found to have none is not looked through again: each press of a button under
    a draft asks for the same.
    """
    spared = tuple(spared)
    hashed = blake2b(repr((claim, spared)).encode("utf-8", "surrogatepass"), digest_size=32, key=_key).digest()
    with _lock:
        cleared = _cleared.setdefault(service, LRUCache(MOST_CLEARED))
        if cleared.get(hashed):
            return
    with one_message():
        found = list(_alarms(Screening(service.claim_texts, pause), claim, spared, pause))
    if not found:
        with _lock:
            cleared[hashed] = True
    yield from found


def _alarms(
    screening: Screening, claim: Claim, spared: Iterable[Claim | None], pause: Callable[[], None]
) -> Iterator[FieldFault]:
    known = dict.fromkeys(shown for each in spared if each is not None for shown in _all(each)).keys()
    faulty: set[tuple[str, str]] = set()
    for field, text in _shown(claim):
        pause()
        if (field, text) in known or (field, text) in faulty:
            continue
        if advice := next(filter(screening.is_advice, parted(field, text)), None):
            faulty.add((field, text))
            yield _fault(field, advice.text, ADVICE_ON_ALARM)
    for both in _beside(claim):
        pause()
        new = [each for each in both if each not in known]
        if new and faulty.isdisjoint(both):
            above, below = (Said(*each, each in new) for each in both)
            if screening.is_advice_together(above, below):
                faulty.update(new)
                yield _fault(new[-1][0], f"{above.text.rstrip('.:!?, ')}: {below.text}", ADVICE_ON_ALARM)
    if not faulty and (found := _refused(screening, claim, known)) is not None:
        yield found


def _beside(claim: Claim) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Yield the texts of a claim that are read one after the other."""
    title, said, answer = ("title", claim.title), ("claim", claim.claim), ("answer", without_references(claim.answer))
    lead = ("lead", claim.lead)
    pairs = [(title, said), (title, lead), (title, answer), (said, lead), (said, answer), (lead, answer)]
    steps = [("do", step) for step in claim.do]
    pairs += [(title, step) for step in steps]
    pairs += pairwise(steps)
    yield from (pair for pair in pairs if pair[0][1].strip() and pair[1][1].strip())


def speaks_of_alarm(service: Service, text: str) -> bool:
    """Say whether a sentence of a text speaks of what only the stop speaks of, or plays down what the gate would stop."""
    with one_message():
        return any(map(Screening(service.claim_texts).is_advice, parted("answer", text)))


def odd_wordings(
    service: Service, shipped: Claim, wordings: Iterable[str], pause: Callable[[], None] = at_once
) -> Iterator[FieldFault]:
    """Yield the wordings, new for a shipped claim, that complain of what is neither everyday nor its own subject.

    What the gate stops is left alone: it never reaches the claim.
    """
    with one_message():
        named = [text for _, text in _all(shipped)]
        screening = Screening(service.claim_texts)
        found = []
        for wording in wordings:
            pause()
            if screening.refused_wording(wording, named) is not None and not service.claim_texts.alarms(wording):
                found.append(FieldFault("questions", f"question “{one_line(wording)[:MOST_QUOTED]}”: {ODD_WORDING}"))
    yield from found


def advises(service: Service, texts: Iterable[str]) -> bool:
    """Say whether texts that stand together are about a sign, or a complaint that is not everyday, and say more than to get help."""
    return advice_in(service, texts) is not None


def advice_in(service: Service, texts: Iterable[str]) -> Refusal | None:
    """Return the first sentence of texts that stand together for which `advises` says so; None where it does not."""
    said = [each for text in texts for each in parted("answer", text)]
    with one_message():
        found = Screening(service.claim_texts).refusal(said)
    return None if found is None or found.kind is Kind.UNNAMED else found


@dataclass(frozen=True, slots=True)
class Change:
    """What a server has in the place of an item, or beside it, before and after a change."""

    item: str
    before: Entry
    after: Entry


def says_anything(entry: Entry) -> bool:
    """Say whether an entry holds any words of the server's own."""
    return entry.claim is not None or entry.picture is not None or bool(entry.questions)


def faults_of_changes(service: Service, changes: Iterable[Change], pause: Callable[[], None] = at_once) -> list[str]:
    """Return what of some changes may not be published, a sentence each."""
    shipped = service.knowledge.claims
    return [fault for each in changes for fault in _faults_of(service, each, shipped.get(each.item), pause)]


def _faults_of(service: Service, change: Change, shipped: Claim | None, pause: Callable[[], None]) -> Iterator[str]:
    before, after = change.before, change.after
    if after.claim is not None:
        for fault in alarms(service, after.claim, (shipped, before.claim), pause):
            yield f"“{after.claim.title}”, {LABELS[fault.field]}: {fault.message}."
    elif shipped is not None:
        new = [each for each in after.questions if each not in before.questions]
        for fault in odd_wordings(service, shipped, new, pause):
            yield f"“{shipped.title}”, {fault.message}."
    alt = after.picture.alt if after.picture is not None and after.picture != before.picture else ""
    if alt and (speaks_of_alarm(service, alt) or advises(service, [alt])):
        yield say("moderators.harmless.words_of_a_picture", advice_on_alarm=ADVICE_ON_ALARM)


def in_few(faults: Sequence[str]) -> str:
    """Return the first faults, and how many more there are."""
    more = f" And {len(faults) - MOST_NAMED} more." if len(faults) > MOST_NAMED else ""
    return " ".join(faults[:MOST_NAMED]) + more


_ADVISING = ("lead", "answer", "do")


MESSAGES = {
    Kind.SIGN: ADVICE_ON_ALARM,
    Kind.COMPLAINT: NOT_EVERYDAY,
    Kind.UNNAMED: UNNAMED,
    Kind.WARNING_OFF: WARNING_OFF,
    Kind.LIKELY: LIKE_AN_ALARM,
    Kind.BELOW_HELP: BELOW_HELP,
}


def _refused(screening: Screening, claim: Claim, known: AbstractSet[tuple[str, str]]) -> FieldFault | None:
    """Return what is wrong with a claim that says of a body anything but what is everyday, or that one should get help."""
    if all(each in known for each in _all(claim)):
        return None
    old = dict.fromkeys((field, each) for field, text in known for each in sentences(text))
    said = [Said(field, each, (field, each) not in old) for field, text in _shown(claim) for each in sentences(text)]
    said += [Said("questions", each, ("questions", each) not in known) for each in claim.questions]
    found = screening.refusal(said, [each for field, each in old if field in _ADVISING], [text for _, text in known])
    if found is None:
        return None
    return FieldFault(found.said.field, told(found))


def told(found: Refusal) -> str:
    """Return what is wrong with a sentence, after its words; after all of it, where they were read into it."""
    heard, text = one_line(found.words)[:MOST_QUOTED], one_line(found.said.text)[:MOST_QUOTED]
    stands = set(words(clean(heard))) <= set(words(clean(found.said.text))) or len(heard.split()) > 1
    quoted = f"“{heard}”" if stands else f"“{text}” (I read “{heard}”)"
    return f"{quoted}: {MESSAGES[found.kind]}"


def _fault(field: str, words: str, message: str) -> FieldFault:
    return FieldFault(field, f"“{one_line(words)[:MOST_QUOTED]}”: {message}")


def _all(claim: Claim) -> Iterator[tuple[str, str]]:
    """Yield what a claim shows, and the wordings under which it is found."""
    yield from ((field, text) for field, text in _shown(claim) if text.strip())
    yield from (("questions", wording) for wording in claim.questions)


def _shown(claim: Claim) -> Iterator[tuple[str, str]]:
    yield from (("title", claim.title), ("claim", claim.claim), ("lead", claim.lead))
    yield from (("leads", each.partition(": ")[2]) for each in claim.leads)
    yield ("answer", without_references(claim.answer))
    yield from (("do", step) for step in claim.do)
    yield from (("avoid", step) for step in claim.avoid)
    yield from (("why", without_references(claim.why)), ("unknown", claim.unknown))
    yield from (("sources", each.title) for each in claim.server_sources)
