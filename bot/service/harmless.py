"""What a server wrote, held against the safety gate: of an alarm nobody but the stop speaks."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, pairwise

from bot.core.fields import LABELS, FieldFault
from bot.core.model import Claim
from bot.core.references import without_references
from bot.service.service import Service

ADVICE_ON_ALARM = (
    "this speaks of a warning sign, and of those only the safety stop speaks, with its own words. Leave it out, "
    "or name warning-signs under See also"
)
MOST_LOOKED_THROUGH = 20
"""Claims of a change that are held against the gate for its preview; of more, publishing tells."""
MOST_REPORTS = 60
"""Of one text: a sentence of hundreds of commas is no reason to look for a second."""


def _at_once() -> None:
    """Go on without a pause."""


def alarms(
    service: Service, claim: Claim, spared: Iterable[Claim | None] = (), pause: Callable[[], None] = _at_once
) -> Iterator[FieldFault]:
    """Yield each shown text of a claim that the gate would stop, alone or together with the one that it stands beside.

    What `spared` claims say word for word in the same field is left alone, unless a new text beside it plays it down.
    `pause` is called before each look.
    """
    known = {shown for each in spared if each is not None for shown in _shown(each)}
    faulty: set[tuple[str, str]] = set()
    for field, text in _shown(claim):
        pause()
        if (field, text) not in known and (field, text) not in faulty and speaks_of_alarm(service, text):
            faulty.add((field, text))
            yield FieldFault(field, ADVICE_ON_ALARM)
    for above, below in _beside(claim):
        pause()
        new = [each for each in (above, below) if each not in known]
        if new and faulty.isdisjoint((above, below)) and _together(service, above, below, new):
            faulty.update(new)
            yield FieldFault(new[-1][0], ADVICE_ON_ALARM)


def _together(service: Service, above: tuple[str, str], below: tuple[str, str], new: Sequence[tuple[str, str]]) -> bool:
    """Say whether two texts that stand together make an alarm, of which the `new` ones are no part alone."""
    if any(service.alarms(text) for _, text in (above, below)):
        return any(service.reassuring.plays_down(text) for _, text in new)
    joined = f"{above[1].rstrip('.:')}: {below[1]}"
    return service.alarms(joined) or service.reassuring.names_sign(joined)


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
    """Say whether the gate would stop a text as it stands, or as whoever it is about would tell what it says of them."""
    reassuring = service.reassuring
    if service.alarms(text) or service.alarms(reassuring.told(text)) or reassuring.names_sign(text):
        return True
    return any(service.alarms(report) for report in islice(reassuring.reports(text), MOST_REPORTS))


def told(fault: FieldFault, claim: Claim) -> str:
    """Return a fault with the claim that it is about, for changes of many claims."""
    return f"“{claim.title}”, {LABELS[fault.field]}: {fault.message}."


def _shown(claim: Claim) -> Iterator[tuple[str, str]]:
    yield from (("title", claim.title), ("claim", claim.claim), ("lead", claim.lead))
    yield from (("leads", each.partition(": ")[2]) for each in claim.leads)
    yield ("answer", without_references(claim.answer))
    yield from (("do", step) for step in claim.do)
    yield from (("avoid", step) for step in claim.avoid)
    yield from (("why", without_references(claim.why)), ("unknown", claim.unknown))
    yield from (("sources", each.title) for each in claim.server_sources)
