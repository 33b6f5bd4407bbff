"""The checks that changed knowledge must pass before it takes the place of what is in use."""

from bot.core.model import Outcome
from bot.service.service import WARNING_SIGNS, Service

TRIED_PER_CLAIM = 3
FEWEST_FOUND = 0.8
"""The share of a knowledge's own questions that must find their own topic: the matcher was fitted to them, so that less
than this means a knowledge that contradicts itself."""


def faults_of(new: Service, old: Service | None = None) -> list[str]:
    """Return one sentence for each reason not to use `new`, none where it is fit for use; `old` is in use now."""
    faults: list[str] = []
    found = tried = 0
    for claim in new.knowledge.claims.values():
        answer = new.show_claim(claim.id)
        if answer is None or not answer.text.strip():
            faults.append(f"The claim '{claim.id}' cannot be shown.")
        for question in claim.questions[:TRIED_PER_CLAIM]:
            matches = new.rank(question).matches
            tried += 1
            found += bool(matches) and matches[0].topic == claim.topic
    if tried and found < FEWEST_FOUND * tried:
        faults.append(
            f"Only {found} of {tried} of its own questions find their topic; look for questions under the wrong claim "
            "with `legpress check`."
        )
    if old is not None and WARNING_SIGNS in old.knowledge.claims and WARNING_SIGNS not in new.knowledge.claims:
        faults.append(f"The claim '{WARNING_SIGNS}' is missing; the safety net needs it.")
    elif WARNING_SIGNS in new.knowledge.claims and new.warning_signs().outcome is not Outcome.ANSWER:
        faults.append(f"The claim '{WARNING_SIGNS}' cannot be shown.")
    return faults
