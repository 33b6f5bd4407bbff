"""The judgement in words: one for every pair of verdict and confidence, and none that contradicts itself."""

from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from bot.core.judgement import JUDGEMENTS, SERVERS_SOURCE, SERVERS_VIEW, judged, judgement, statement
from bot.core.knowledge.loader import load
from bot.core.model import Claim, Confidence, ServerSource, Verdict
from tests.core.matching.samples import claim

ONE = claim("one", "depth", "q")


def test_every_pair_has_words_that_agree_with_its_verdict() -> None:
    assert set(JUDGEMENTS) == set(product(Verdict, Confidence))
    beginnings = {
        Verdict.SUPPORTED: ("Yes", "Probably yes"),
        Verdict.MIXED: ("Partly",),
        Verdict.UNTESTED: ("Not known", "Makes sense, not tested"),
        Verdict.UNSUPPORTED: ("No,", "Probably not"),
        Verdict.OPINION: ("A coach's view",),
    }
    for (verdict, confidence), words in JUDGEMENTS.items():
        assert words.startswith(beginnings[verdict])
        assert confidence is not Confidence.LOW or not any(sure in words for sure in ("solid", "fairly sure"))


def test_an_opinion_of_a_server_is_the_servers() -> None:
    own = replace(ONE, verdict=Verdict.OPINION, added_by_server=True)
    assert judgement(own) == SERVERS_VIEW
    assert judgement(replace(own, verdict=Verdict.MIXED)) == JUDGEMENTS[Verdict.MIXED, own.confidence]


def test_the_statement_has_its_label_and_stands_on_one_line() -> None:
    assert statement(replace(ONE, claim="Knees\n  to chest.")) == "The claim: Knees to chest."


def test_the_guide_lists_the_words(checkout: Path) -> None:
    guide = (checkout / "docs" / "claims.md").read_text(encoding="utf-8")
    for verdict in Verdict:
        words = " | ".join(JUDGEMENTS[verdict, each] for each in (Confidence.HIGH, Confidence.MODERATE, Confidence.LOW))
        assert f"| {verdict} | {words} |" in guide


def test_no_statement_of_the_project_is_a_question(checkout: Path) -> None:
    claims = load(checkout / "knowledge").claims.values()
    assert [claim.id for claim in claims if not claim.claim.rstrip().endswith(".")] == []


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (Verdict.UNSUPPORTED, "True? Probably not"),
        (Verdict.SUPPORTED, "True? Probably yes"),
        (Verdict.OPINION, "A coach's view"),
    ],
)
def test_a_judgement_is_read_as_one_of_the_statement_and_not_as_a_reply(verdict: Verdict, said: str) -> None:
    claim = Claim("x", "setup", "X", "X is so.", verdict, Confidence.LOW, "Answer.", ())
    assert judged(claim) == said


def test_a_claim_with_a_source_of_a_servers_own_is_never_judged_by_us() -> None:
    source = ServerSource("https://gym.example/sled", "Our sled", "gym.example")
    for verdict, confidence in product(Verdict, Confidence):
        ours = replace(ONE, verdict=verdict, confidence=confidence, sources=("s1",), server_sources=(source,))
        assert statement(ours) == f"This server says: {ONE.claim}"
        assert judged(ours) == judgement(ours) == SERVERS_SOURCE
