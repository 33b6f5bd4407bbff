"""What a server wrote, held against the safety gate: of an alarm nobody but the stop speaks."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice, pairwise

from bot.core.fields import LABELS, FieldFault, one_line
from bot.core.model import Claim
from bot.core.references import without_references
from bot.core.text import sentences
from bot.service.complaining import Complaining
from bot.service.on_signs import OnSigns, Said, parted
from bot.service.service import Service

ADVICE_ON_ALARM = (
    "this speaks of a warning sign, and of those only the safety stop speaks, with its own words. Leave it out, "
    "write no more than that one should stop and get medical help, or name warning-signs under See also"
)
NOT_EVERYDAY = (
    "I know this complaint as none of the everyday ones, so beside it may stand only that one should stop and get it checked. "
    "Reword it, write no more than that, or leave it out"
)
UNNAMED = (
    "this makes light of something that it does not name. Name the everyday complaint that you mean (sore quads, a pump), "
    "or leave it out"
)
ODD_WORDING = (
    "I know this complaint as none of the everyday ones, and the claim does not speak of it. Leave the question out, or ask for "
    "what the claim answers"
)
MOST_LOOKED_THROUGH = 20
"""Claims of a change that are held against the gate for its preview; of more, publishing tells."""
MOST_QUOTED = 80
MOST_REPORTS = 60
"""Of one text: a sentence of hundreds of commas is no reason to look for a second."""


def _at_once() -> None:
    """Go on without a pause."""


def alarms(
    service: Service, claim: Claim, spared: Iterable[Claim | None] = (), pause: Callable[[], None] = _at_once
) -> Iterator[FieldFault]:
    """Yield each shown text of a claim that the gate would stop, alone or together with the one that it stands beside.

    Where a claim is about a sign in any other way, only what sends to help may stand in it: one fault tells of the rest.
    What `spared` claims say word for word in the same field is left alone, unless a new text beside it plays it down.
    `pause` is called before each look.
    """
    try:
        yield from _alarms(service, claim, spared, pause)
    finally:
        service.complaints.forget()


def _alarms(
    service: Service, claim: Claim, spared: Iterable[Claim | None], pause: Callable[[], None]
) -> Iterator[FieldFault]:
    known = {shown for each in spared if each is not None for shown in _all(each)}
    faulty: set[tuple[str, str]] = set()
    for field, text in _shown(claim):
        pause()
        if (field, text) not in known and (field, text) not in faulty and _speaks_of_alarm(service, text):
            faulty.add((field, text))
            yield FieldFault(field, ADVICE_ON_ALARM)
    for above, below in _beside(claim):
        pause()
        new = [each for each in (above, below) if each not in known]
        if new and faulty.isdisjoint((above, below)) and _together(service, above, below, new):
            faulty.update(new)
            yield FieldFault(new[-1][0], ADVICE_ON_ALARM)
    if not faulty and (found := _on_a_sign(service, claim, known, pause)) is not None:
        yield found


def _together(service: Service, above: tuple[str, str], below: tuple[str, str], new: Sequence[tuple[str, str]]) -> bool:
    """Say whether the `new` of two texts that stand together play down what the other says, an alarm by itself."""
    if any(service.alarms(each[1]) for each in (above, below) if each not in new):
        return any(service.complaints.plays_down(text) for _, text in new)
    joined = f"{above[1].rstrip('.:!?, ')}: {below[1]}"
    return service.complaints.plays_sign_down(joined) and not any(
        OnSigns(service).is_sent(text) for _, text in (above, below)
    )


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
    """Say whether a sentence of a text speaks of what only the stop speaks of, or plays down what the gate would stop.

    The gate is asked about the sentence as it stands, and as whoever it is about would tell it.
    """
    try:
        return _speaks_of_alarm(service, text)
    finally:
        service.complaints.forget()


def _speaks_of_alarm(service: Service, text: str) -> bool:
    return any(_plays_alarm_down(service, each) for each in sentences(text))


def _plays_alarm_down(service: Service, sentence: str) -> bool:
    reassuring = service.complaints
    if OnSigns(service).is_sent(sentence):
        return False
    bare = service.complaints.bare(sentence)
    if bare != sentence and not _plays_alarm_down(service, bare):
        return False
    if reassuring.plays_sign_down(sentence):
        return True
    if not reassuring.plays_down(sentence):
        return False
    reports = islice(reassuring.reports(sentence), MOST_REPORTS)
    return any(service.alarms(each) for each in (sentence, reassuring.told(sentence), *reports))


def odd_wordings(
    service: Service, shipped: Claim, wordings: Iterable[str], pause: Callable[[], None] = _at_once
) -> Iterator[FieldFault]:
    """Yield the wordings, new for a shipped claim, that complain of what is neither everyday nor its own subject.

    What the gate stops is left alone: it never reaches the claim.
    """
    try:
        for wording in wordings:
            pause()
            doubt = Complaining(service).wrong_wording(wording, [text for _, text in _all(shipped)])
            if doubt is not None and not service.alarms(wording):
                yield FieldFault("questions", f"question “{one_line(wording)[:MOST_QUOTED]}”: {ODD_WORDING}")
    finally:
        service.complaints.forget()


def advises(service: Service, texts: Iterable[str]) -> bool:
    """Say whether texts that stand together are about a sign, or a complaint that is not everyday, and say more than to get help."""
    said = [each for text in texts for each in parted("answer", text)]
    try:
        if OnSigns(service).wrong(said) is not None:
            return True
        doubt = Complaining(service).wrong(said)
    finally:
        service.complaints.forget()
    return doubt is not None and not doubt.is_unnamed


def told(fault: FieldFault, claim: Claim) -> str:
    """Return a fault with the claim that it is about, for changes of many claims."""
    return f"“{claim.title}”, {LABELS[fault.field]}: {fault.message}."


_ADVISING = ("lead", "answer", "do")


def _on_a_sign(
    service: Service, claim: Claim, known: AbstractSet[tuple[str, str]], pause: Callable[[], None]
) -> FieldFault | None:
    """Return what is wrong with a claim about a sign that says anything but that one should get help."""
    if all(each in known for each in _all(claim)):
        return None
    old = {(field, each) for field, text in known for each in sentences(text)}
    said = [Said(field, each, (field, each) not in old) for field, text in _shown(claim) for each in sentences(text)]
    said += [Said("questions", each, ("questions", each) not in known) for each in claim.questions]
    found = OnSigns(service, pause).wrong(said, [each for field, each in old if field in _ADVISING])
    if found is not None:
        wrong, sign = found
        return FieldFault(wrong.field, f"“{one_line(sign)[:MOST_QUOTED]}”: {ADVICE_ON_ALARM}")
    doubt = Complaining(service, pause).wrong(said, [text for _, text in known])
    if doubt is None:
        return None
    return FieldFault(
        doubt.said.field, f"“{one_line(doubt.words)[:MOST_QUOTED]}”: {UNNAMED if doubt.is_unnamed else NOT_EVERYDAY}"
    )


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
