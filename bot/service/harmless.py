"""What a server wrote, held against the safety gate: of an alarm nobody but the stop speaks."""

from collections.abc import Iterable, Iterator

from bot.core.fields import LABELS, FieldFault
from bot.core.model import Claim
from bot.core.references import without_references
from bot.service.service import Service

ADVICE_ON_ALARM = (
    "this speaks of a warning sign, and of those only the safety stop speaks, with its own words. Leave it out, "
    "or name warning-signs under See also"
)


def alarms(service: Service, claim: Claim, spared: Iterable[Claim | None] = ()) -> Iterator[FieldFault]:
    """Yield each shown text of a claim that the gate would stop. What `spared` claims say word for word is left alone."""
    known = {text for each in spared if each is not None for _, text in _shown(each)}
    for field, text in _shown(claim):
        if text not in known and speaks_of_alarm(service, text):
            yield FieldFault(field, ADVICE_ON_ALARM)
    opening = f"{claim.title}: {claim.claim}"
    texts = {text for _, text in _shown(claim)}
    if not texts <= known and not any(service.alarms(text) for text in texts) and service.alarms(opening):
        yield FieldFault("claim", ADVICE_ON_ALARM)


def speaks_of_alarm(service: Service, text: str) -> bool:
    """Say whether the gate would stop a text as it stands, or as whoever it is about would tell what it says of them."""
    reassuring = service.reassuring
    if service.alarms(text) or service.alarms(reassuring.told(text)) or reassuring.names_sign(text):
        return True
    return any(service.alarms(report) for report in reassuring.reports(text))


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
