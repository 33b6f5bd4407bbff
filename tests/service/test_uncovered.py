"""What the bot knows that it does not know: about us and unanswered, apart from what is out of scope."""

import pytest

from bot.core.answering import UNCOVERED
from bot.core.model import OUT_OF_SCOPE, QUESTION, Outcome
from bot.service import Service


@pytest.mark.parametrize(
    "text", ["leg press after root canal", "does the leg press affect my period", "could leg press trigger my vertigo"]
)
def test_what_nobody_has_answered_is_told_with_the_two_nearest_by_name(service: Service, text: str) -> None:
    answer, _ = service.ask(text)
    assert (answer.outcome, answer.kind, answer.covered) == (Outcome.DECLINE, QUESTION, False)
    assert answer.text.startswith(UNCOVERED)
    assert len(answer.suggestions) == 2
    assert all(service.knowledge.claims[claim].title in answer.text for claim in answer.suggestions)


@pytest.mark.parametrize("text", ["best pizza in naples", "how do i fix a flat bike tyre", "bench press grip width"])
def test_what_is_out_of_scope_is_told_apart(service: Service, text: str) -> None:
    answer, _ = service.ask(text)
    assert (answer.outcome, answer.kind, answer.covered) == (Outcome.DECLINE, OUT_OF_SCOPE, False)
    assert answer.text.startswith("I don't know this one.")


@pytest.mark.parametrize("text", ["how deep should i go on the leg press", "is it bad to lock my knees"])
def test_what_is_answered_is_covered_and_fits(service: Service, text: str) -> None:
    answer, _ = service.ask(text)
    assert (answer.outcome, answer.covered, answer.kind) == (Outcome.ANSWER, True, QUESTION)
    assert answer.fits == answer.confidence


def test_how_far_a_claim_speaks_of_a_question_is_a_share(service: Service) -> None:
    matcher = service.matcher
    assert matcher.coverage("how deep should i go", "find-your-depth") == 1.0
    assert matcher.coverage("leg press with lymphedema", "find-your-depth") == 0.0
    assert 0 < matcher.coverage("how deep with lymphedema", "find-your-depth") < 1
    assert matcher.coverage("lymphedema", "no-such-claim") == 1.0
    assert matcher.coverage("lymphedema " * 30, "find-your-depth") == 1.0


def test_a_few_words_are_plain_where_a_claim_has_them_all(service: Service) -> None:
    matcher = service.matcher
    assert matcher.is_plain("how deep should i go", "find-your-depth", asks=True)
    assert not matcher.is_plain("how deep should i go", "find-your-depth", asks=False), "it names one thing"
    for text in ("how deep with lymphedema", "is it", "how deep " * 5):
        assert not matcher.is_plain(text, "find-your-depth", asks=True)
    assert not matcher.is_plain("how deep should i go", "no-such-claim", asks=True)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("how low to go", "find-your-depth"),
        ("belt needed??", "belt"),
        ("heels lifting", "heels-lifting"),
        ("wide or close?", "stance-width"),
        ("butt lifts", "hips-lift-off-pad"),
    ],
)
def test_plain_words_are_answered_though_little_is_said(service: Service, text: str, claim: str) -> None:
    answer, _ = service.ask(text)
    assert (answer.outcome, answer.claim) == (Outcome.ANSWER, claim)


@pytest.mark.parametrize(("text", "claim"), [("stretching after", "stretching-the-back"), ("super set", "supersets")])
def test_plain_words_that_fit_less_are_offered_their_claim_first(service: Service, text: str, claim: str) -> None:
    answer, _ = service.ask(text)
    assert (answer.outcome, answer.suggestions[0]) == (Outcome.SUGGEST, claim)


@pytest.mark.parametrize("text", ["back", "what time is the leg press least busy", "do you have a belt squat machine"])
def test_a_name_alone_or_words_of_another_question_are_not_answered_sooner(service: Service, text: str) -> None:
    assert service.ask(text)[0].outcome is not Outcome.ANSWER


@pytest.mark.parametrize("text", ["my back is against the wall with rent this month", "two legs good four legs bad"])
def test_a_saying_that_asks_nothing_is_not_answered(service: Service, text: str) -> None:
    assert service.ask(text)[0].outcome is not Outcome.ANSWER


@pytest.mark.parametrize(
    ("text", "named"), [("leg press ok?", True), ("legpres", True), ("bench press", False), ("", False)]
)
def test_the_machine_is_known_by_name(service: Service, text: str, *, named: bool) -> None:
    assert service.matcher.names_subject(text) is named
