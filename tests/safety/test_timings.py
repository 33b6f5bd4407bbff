"""A sign of trouble is given one timing by all claims, and none later than the tier at which the gate stops it.

The fixed texts of the gate (`texts.yaml`) are the specification's; docs/safety.md tells where they say later. Fever is held in them too.
"""

import re
from collections.abc import Iterator

import pytest

from bot.core.model import Claim, Knowledge, Stop, Tier
from bot.core.safety import stop_texts
from tests.safety.shipped import shipped_gate, shipped_rules

NOW, TODAY, THIS_WEEK, WHENEVER = range(4)
TIMINGS = (
    (NOW, r"\bnow\b|emergency(?! department)|straight away|at once"),
    (TODAY, r"\btoday\b|same day|\bat the latest\b"),
    (THIS_WEEK, r"this week"),
    (
        WHENEVER,
        r"see a|seen by|have it (seen|looked at)|get it checked|let a doctor|wants a doctor|clinician|tell your",
    ),
)
LATEST = {Tier.EMERGENCY: NOW, Tier.SAME_DAY: TODAY, Tier.SOON: THIS_WEEK}
SIGNS = {
    r"[Nn]umb(ness)? (between the legs|round the genitals)": "back pain and i'm numb between my legs",
    r"trouble peeing": "my back went and i can't pee",
    r"weak or numb legs|legs? weak|weak legs?|a leg that is suddenly weak|Stays weak": "my back went and both legs are getting weaker",
    r"foot you can't lift": "since my back pain i can't lift my foot",
    r"(?<!unwell with )fever.{0,40}back pain": "back pain and fever since yesterday",
    r"chest pain|[Cc]hest pain": "chest pain and my arm hurts",
    r"fainting|[Pp]assing out": "i passed out in the middle of a set",
    r"[Dd]ark pee|[Dd]ark or very little urine|dark pee": "my pee is dark like cola since leg day",
    r"swollen hard thighs(?! with weakness)": "thighs swollen like balloons, weak, can't bend them after leg day",
    r"hot,? (and )?swollen(, painful)? (leg|calf)|[Cc]alf that is hot|hot, swollen and\s+painful|hot, swollen": "one calf is hot, swollen and painful",
    r"can't straighten|kneecap that sits\s+high|high kneecap": "my knee popped and i can't straighten it",
    r"(?<!painful )pop with fast swelling|[Ll]ocks\s+or\s+gives\s+way|[Ll]ocks, gives way": "my knee popped, swelled up fast and gives way",
    r"[Ss]udden back\s+pain": "i have osteoporosis and sudden back pain since my last set",
    r"takes no weight": "my knee popped, swelled up fast and i can't put weight on it",
    r"sight suddenly gone|[Ss]ight (suddenly )?gone": "i suddenly lost the sight in one eye",
    r"drooping face": "his face droops and his speech is slurred",
    r"sudden headache|sudden worst headache": "sudden worst headache of my life on the last rep",
    r"[Ll]ump.{0,60}(stuck|back\s+in|vomiting)": "hernia lump is hard, won't go back in and i'm throwing up",
    r"[Ss]haky, sweaty": "diabetic and shaky",
    r"[Bb]leeding, (leaking )?fluid": "pregnant and bleeding after leg press",
    r"leg that is short or turned": "",
    r"Both that stay numb|Both feet not awake within minutes": "both feet are still numb an hour after leg press",
    r"[Oo]ne foot that stays numb|a foot that stays numb|One foot not awake within minutes|Stays numb": "my foot falls asleep and stays numb",
    r"[Pp]ain down (a|the|one) leg|[Pp]ain below the knee|[Ss]hoot\w* below the knee|the back\s+down one leg": "pain down my leg for 7 weeks, should i rest",
    r"wakes you|[Pp]ain at night": "my back pain wakes me every night",
    r"hot and very swollen|Hot and very swollen": "my knee is hot and very swollen",
    r"new lump": "I have a new lump in my groin",
}
"""How claims word each sign, and a sentence about it for the gate; "" where the specification has no flag for it."""


def segments(claim: Claim) -> Iterator[str]:
    """Yield the sentences of a claim that may hold a timing: a question with what answers it, a list with the line above it."""
    for text in (claim.lead, claim.answer, claim.why, *claim.do, *claim.avoid):
        plain = re.sub(r"\[[^\]]*\]", "", text)
        for part in re.split(r"\n(?!- )", plain):
            yield from re.findall(r"(?:[^.!?]*\?)?[^.!?]+[.!]?", part)


def timing(segment: str) -> int | None:
    """Return the soonest timing that a sentence names, None for none."""
    return next((rank for rank, worded in TIMINGS if re.search(worded, segment, re.IGNORECASE)), None)


@pytest.mark.parametrize("sign", SIGNS)
def test_claims_give_a_sign_one_timing_and_none_later_than_the_gate(shipped: Knowledge, sign: str) -> None:
    found = {
        (claim.id, segment.strip()): rank
        for claim in shipped.claims.values()
        for segment in segments(claim)
        if re.search(sign, segment) and (rank := timing(segment)) is not None
    }
    assert found, "no claim names it"
    assert len(set(found.values())) == 1, found
    if SIGNS[sign]:
        stop = shipped_gate().check(SIGNS[sign]).stop
        assert stop is not None
        assert max(found.values()) <= LATEST[stop.tier], (stop, found)


def test_plain_fever_is_the_same_day_in_the_texts_as_on_the_cards(shipped: Knowledge) -> None:
    texts = stop_texts(shipped_rules())
    said = [
        texts.lines["line"],
        *(texts.said("soon", Stop(Tier.SOON, (), proxy=proxy), "us") for proxy in (False, True)),
    ]
    halves = [half for text in said for half in re.split(r"(?<=[.!?;]) ", text) if re.search("fever", half)]
    assert len(halves) == len(said)
    for half in halves:
        assert "very unwell with fever" in half or timing(half) == TODAY, half
    assert "Fever: be seen today" in shipped.claims["fresh-twinge"].answer
