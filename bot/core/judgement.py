"""What is judged of a claim, and how, in words that people use: the same on card, terminal, checklist and page.

Every pair of verdict and confidence has words of its own that read right after the statement: "The claim: ... Probably
not." `docs/claims.md` lists them.
"""

from collections.abc import Mapping
from types import MappingProxyType

from bot.core.model import Claim, Confidence, Verdict
from bot.sentences import say

LABEL = "The claim"
JUDGEMENTS: Mapping[tuple[Verdict, Confidence], str] = MappingProxyType(
    {
        (Verdict.SUPPORTED, Confidence.HIGH): "Yes, solid",
        (Verdict.SUPPORTED, Confidence.MODERATE): "Yes, fairly sure",
        (Verdict.SUPPORTED, Confidence.LOW): "Probably yes",
        (Verdict.MIXED, Confidence.HIGH): "Partly true",
        (Verdict.MIXED, Confidence.MODERATE): "Partly true",
        (Verdict.MIXED, Confidence.LOW): "Partly, not sure",
        (Verdict.UNTESTED, Confidence.HIGH): say("card.judgement.makes_sense"),
        (Verdict.UNTESTED, Confidence.MODERATE): say("card.judgement.makes_sense"),
        (Verdict.UNTESTED, Confidence.LOW): "Not known yet",
        (Verdict.UNSUPPORTED, Confidence.HIGH): "No, solid",
        (Verdict.UNSUPPORTED, Confidence.MODERATE): "No, fairly sure",
        (Verdict.UNSUPPORTED, Confidence.LOW): "Probably not",
        (Verdict.OPINION, Confidence.HIGH): "A coach's view",
        (Verdict.OPINION, Confidence.MODERATE): "A coach's view",
        (Verdict.OPINION, Confidence.LOW): "A coach's view",
    }
)
ASKED = "True?"
"""What stands before a judgement: below a question, "Yes, fairly sure" alone is read as the answer to it."""
SERVERS_VIEW = "This server's view"
SERVER_SAYS = "This server says"
"""What stands before the statement of a claim with a source of the server's own, which nobody else has checked."""
SERVERS_SOURCE = say("card.judgement.servers_source")
"""In the place of every judgement of such a claim: ours are of what was read."""


def judgement(claim: Claim) -> str:
    """Return how the claim's statement is judged, such as "No, fairly sure"; without a full stop."""
    if claim.server_sources:
        return SERVERS_SOURCE
    if claim.added_by_server and claim.verdict is Verdict.OPINION:
        return SERVERS_VIEW
    return JUDGEMENTS[claim.verdict, claim.confidence]


def asked(claim: Claim) -> str:
    """Return what is asked before the judgement, so that it is not read as a reply; "" for a view, which is none of truth."""
    return "" if claim.verdict is Verdict.OPINION or claim.server_sources else ASKED


def judged(claim: Claim) -> str:
    """Return the judgement so that it is read as one of the statement: "True? No, fairly sure"."""
    return f"{asked(claim)} {judgement(claim)}".lstrip()


def label(claim: Claim) -> str:
    """Return what stands before the statement: whose it is."""
    return SERVER_SAYS if claim.server_sources else LABEL


def judged_claim(claim: Claim) -> str:
    """Return what is judged, on one line: "Machines and free weights ..."."""
    return " ".join(claim.claim.split())


def statement(claim: Claim) -> str:
    """Return what is judged, with its label and on one line: "The claim: Machines and free weights ..."."""
    return f"{label(claim)}: {judged_claim(claim)}"
