"""The one sum in which everything short of a rule is weighed."""

import math
from dataclasses import replace

import pytest

from bot.core.odds import chance
from bot.core.safety.evidence import PIECES, Evidence
from tests.safety.shipped import bank_rules

LOOKS_ALARMING = Evidence(model=2.0, twin=0.5, calm=0.2, telling=True, words=9)


def weighed(evidence: Evidence) -> float:
    return evidence.weigh(bank_rules().weights)


def test_each_piece_pulls_its_way() -> None:
    assert weighed(replace(LOOKS_ALARMING, model=4.0)) > weighed(LOOKS_ALARMING)
    assert weighed(replace(LOOKS_ALARMING, twin=0.9)) > weighed(LOOKS_ALARMING)
    assert weighed(replace(LOOKS_ALARMING, net=True)) > weighed(LOOKS_ALARMING)
    assert weighed(replace(LOOKS_ALARMING, calm=0.6)) < weighed(LOOKS_ALARMING)
    assert weighed(replace(LOOKS_ALARMING, joking=True)) < weighed(LOOKS_ALARMING)
    assert weighed(replace(LOOKS_ALARMING, asking=True)) < weighed(LOOKS_ALARMING)
    assert weighed(replace(LOOKS_ALARMING, part=True)) < weighed(LOOKS_ALARMING)
    assert weighed(replace(LOOKS_ALARMING, strange=0.5)) < weighed(LOOKS_ALARMING)


def test_a_nearer_harmless_wording_keeps_an_unsure_model_from_stopping() -> None:
    limit = bank_rules().thresholds["stop"]
    unsure = replace(LOOKS_ALARMING, model=1.5)
    assert weighed(replace(unsure, twin=0.7, calm=0.1)) >= limit
    assert weighed(replace(unsure, twin=0.3, calm=0.7)) < limit


def test_no_single_model_score_however_high_outweighs_everything() -> None:
    assert weighed(replace(LOOKS_ALARMING, model=50.0)) == weighed(replace(LOOKS_ALARMING, model=6.0))


def test_every_piece_needs_its_weight() -> None:
    weights = dict(bank_rules().weights)
    for name in ("bias", *PIECES):
        with pytest.raises(KeyError):
            LOOKS_ALARMING.weigh({key: value for key, value in weights.items() if key != name})


def test_log_odds_and_probability_are_each_others_reverse() -> None:
    assert chance(math.log(0.3 / 0.7)) == pytest.approx(0.3)
    assert 0 < chance(-math.inf) < 1e-6
