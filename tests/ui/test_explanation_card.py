"""The explanation that moderators see: within Discord's limits whatever it explains, and honest about small chances."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.matching import Contender, Evidence, Explanation, Repair
from bot.core.model import Answer, Knowledge, Match, Outcome
from bot.service import Service
from bot.service.explained import Explained, Way, explained
from bot.ui.answer.explanation_card import explanation_layout
from bot.ui.kit.limits import faults
from tests.support.discord_side import text_of
from tests.support.examples import examples

WORDS = st.text(min_size=1, max_size=200)
WEIGHTS = st.floats(-20, 20)
CHANCES = st.floats(0, 1)


@st.composite
def explanations(draw: st.DrawFn) -> Explanation:
    contenders = st.builds(
        Contender,
        st.sampled_from(["find-depth", "huge", "gone", "knees-to-chest"]),
        WORDS,
        CHANCES,
        WEIGHTS,
        st.lists(st.builds(Evidence, WORDS, WEIGHTS), max_size=40).map(tuple),
        st.text(max_size=3000),
    )
    return Explanation(
        "",
        words=tuple(draw(st.lists(WORDS, max_size=60))),
        repairs=tuple(draw(st.lists(st.builds(Repair, WORDS, WORDS), max_size=40))),
        strange=tuple(draw(st.lists(WORDS, max_size=40))),
        contenders=tuple(draw(st.lists(contenders, max_size=3, unique_by=lambda each: each.claim))),
        out_of_scope=draw(CHANCES),
        why="Why.",
        sure=0.67,
        near=0.3,
    )


@examples(40)
@given(
    found=explanations(),
    outcome=st.sampled_from([Outcome.ANSWER, Outcome.SUGGEST, Outcome.DECLINE]),
    way=st.sampled_from(Way),
)
def test_whatever_is_explained_discord_takes_it(
    fixed_service: Service, found: Explanation, outcome: Outcome, way: Way
) -> None:
    answer = Answer("", outcome, "", claim="huge" if outcome is Outcome.ANSWER else None, also=("huge", "gone"))
    assert faults(explanation_layout(Explained(answer, way, found), fixed_service.knowledge)) == []


def test_a_text_without_words_is_explained_as_one(fixed_service: Service) -> None:
    said = _said(explained(fixed_service, "?!"), fixed_service.knowledge)
    assert "no words" in said


def test_a_small_chance_is_never_called_none(fixed_service: Service) -> None:
    said = _said(explained(fixed_service, "how low do i lower the sled"), fixed_service.knowledge)
    assert "under 1%" in said
    assert " 0%" not in said


def test_the_runner_up_is_said_to_lack_the_words_that_it_lacks(fixed_service: Service) -> None:
    first = Contender("find-depth", "depth", 0.9, 5.0, (Evidence("low", 3.0), Evidence("sled", 1.0)), "")
    second = Contender("huge", "depth", 0.1, 2.0, (Evidence("sled", 1.5),), "")
    matching = Explanation("", contenders=(first, second), sure=0.67, near=0.3)
    answer = Answer("", Outcome.ANSWER, "", claim="find-depth")
    said = _said(Explained(answer, Way.WORDS, matching), fixed_service.knowledge)
    assert "these say less for it: low" in said
    assert "low, sled" not in said


def test_the_card_that_was_shown_counts_more_than_what_the_words_lead_to_now(fixed_service: Service) -> None:
    found = explained(fixed_service, "how low do i lower the sled", shown="knees-to-chest")
    assert (found.answer.claim, found.way) == ("knees-to-chest", Way.BESIDE)


def test_a_shown_claim_that_is_gone_is_left_aside(fixed_service: Service) -> None:
    found = explained(fixed_service, "how low do i lower the sled", shown="gone")
    assert (found.answer.claim, found.way) == ("find-depth", Way.WORDS)


def test_the_answer_that_went_out_is_explained_and_not_a_new_one(fixed_service: Service) -> None:
    gave = fixed_service.show_claim("find-depth", focus="why")
    assert gave is not None
    found = explained(fixed_service, "why?", replace(gave, question="why?"))
    assert (found.answer.claim, found.way) == ("find-depth", Way.BESIDE)


@pytest.mark.parametrize("text", ["what are the red flags", "which warning signs need a doctor"])
def test_a_question_for_the_warning_signs_is_explained(fixed_service: Service, text: str) -> None:
    assert explained(fixed_service, text).answer.claim == "warning-signs"


def test_a_stop_is_not_explained(fixed_service: Service) -> None:
    found = explained(fixed_service, "I cant pee and my groin is numb since the leg press")
    assert found.matching is None
    assert "groin" not in _said(found, fixed_service.knowledge)


def test_several_answers_are_all_named(fixed_service: Service) -> None:
    answer = Answer(
        "", Outcome.ANSWER, "", claim="find-depth", also=("knees-to-chest",), candidates=(Match("a", "b", 1),)
    )
    said = _said(Explained(answer, Way.WORDS, Explanation("")), fixed_service.knowledge)
    assert "Answered besides: Knees to your chest" in said


def _said(found: Explained, knowledge: Knowledge) -> str:
    class Sent:
        content = ""
        components = explanation_layout(found, knowledge).to_components()

    return text_of(Sent())
