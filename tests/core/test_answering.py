"""From a ranking to answer, suggest or decline."""

from dataclasses import replace

import pytest

from bot.core.answering import ASKED, UNCOVERED, LastLines, answer_with, decide, offering, with_caution
from bot.core.chatter import Chatter
from bot.core.model import OUT_OF_SCOPE, Claim, Confidence, Knowledge, Match, Outcome, Ranking, Topic, Verdict

LINE = "Get help if it is bad."
POINTER = "If something feels wrong: warning signs."
LAST = LastLines(LINE, POINTER)


def hurts(claim: Claim) -> bool:
    return claim.id == "sore"


def claim(name: str, topic: str, answer: str = "Yes.") -> Claim:
    return Claim(name, topic, f"Title {name}", "C.", Verdict.MIXED, Confidence.LOW, answer, ("q",))


CLAIMS = [claim("deep", "depth"), claim("lock", "lockout"), claim("wide", "stance"), claim("sore", "back", "It hurts.")]
KNOWLEDGE = Knowledge(
    claims={c.id: c for c in CLAIMS},
    topics={c.topic: Topic(c.topic, f"Topic {c.topic}", "d", c.id) for c in CLAIMS},
)
MATCHES = (Match("deep", "depth", 0.9), Match("lock", "lockout", 0.05), Match("wide", "stance", 0.03))


def test_a_sure_ranking_answers_with_its_first_claim() -> None:
    answer = decide("how low", Ranking(MATCHES, sure=True, near=True), KNOWLEDGE, last=LAST, touches=hurts)
    assert (answer.outcome, answer.claim, answer.topic, answer.confidence) == (Outcome.ANSWER, "deep", "depth", 0.9)
    assert not answer.safety_line
    assert LINE not in answer.text


def test_what_a_server_says_of_the_same_stands_beside_the_answer() -> None:
    ranking = Ranking(MATCHES, sure=True, near=True, beside="wide")
    answer = decide("how low", ranking, KNOWLEDGE, last=LAST, touches=hurts)
    assert (answer.claim, answer.also) == ("deep", ("wide",))
    assert "Title deep: Yes." in answer.text
    assert "Title wide: Yes." in answer.text


def test_an_answer_about_pain_stands_alone() -> None:
    sore = (Match("sore", "back", 0.9), *MATCHES[1:])
    ranking = Ranking(sore, sure=True, near=True, beside="wide")
    answer = decide("it hurts", ranking, KNOWLEDGE, last=LAST, touches=hurts)
    assert (answer.claim, answer.also) == ("sore", ())


def test_a_near_ranking_suggests_up_to_three_claims() -> None:
    answer = decide("how low", Ranking(MATCHES, near=True), KNOWLEDGE, last=LAST, touches=hurts)
    assert (answer.outcome, answer.suggestions) == (Outcome.SUGGEST, ("deep", "lock", "wide"))
    assert answer.claim is None
    assert "Title lock" in answer.text


def test_where_nothing_is_near_no_topic_is_called_near_and_others_are_offered() -> None:
    far = tuple(Match(match.claim, match.topic, 0.02) for match in MATCHES)
    answer = decide("what is the weather", Ranking(far), KNOWLEDGE, last=LAST, touches=hurts)
    assert answer.unlike
    assert "nearest" not in answer.text
    assert answer.suggestions
    asked = offering(answer, ["wide"], KNOWLEDGE)
    assert asked.suggestions[0] == "wide"
    assert ASKED in asked.text


def test_anything_else_is_declined_with_the_nearest_topics() -> None:
    answer = decide("what is the weather", Ranking(MATCHES), KNOWLEDGE, last=LAST, touches=hurts)
    assert not answer.unlike
    assert (answer.outcome, answer.topic, answer.claim) == (Outcome.DECLINE, None, None)
    assert answer.text.startswith("I don't know this one.")
    assert answer.suggestions == ("deep",)
    assert answer.candidates == MATCHES


def test_a_text_without_words_is_declined() -> None:
    answer = decide("", Ranking(), KNOWLEDGE, last=LAST, touches=hurts)
    assert (answer.outcome, answer.confidence, answer.quiet) == (Outcome.DECLINE, 0.0, True)
    assert answer.text


def test_the_line_ends_every_answer_about_pain() -> None:
    answer = answer_with("sore", KNOWLEDGE, last=LAST, touches=hurts)
    assert answer.safety_line
    assert answer.text.endswith(LINE)


def test_an_answer_that_is_not_about_pain_has_no_line() -> None:
    answer = answer_with("deep", KNOWLEDGE, last=LAST, touches=hurts)
    assert not answer.safety_line
    assert LINE not in answer.text


def test_the_line_ends_an_answer_where_the_gate_heard_of_pain() -> None:
    answer = answer_with("deep", KNOWLEDGE, last=LAST, touches=hurts, question="how low with a sore back", line=True)
    assert answer.safety_line


def test_declines_and_suggestions_end_with_the_pointer_and_answers_do_not() -> None:
    assert decide("x", Ranking(MATCHES), KNOWLEDGE, last=LAST, touches=hurts).text.endswith(POINTER)
    assert decide("x", Ranking(MATCHES, near=True), KNOWLEDGE, last=LAST, touches=hurts).text.endswith(POINTER)
    assert POINTER not in decide("x", Ranking(MATCHES, sure=True), KNOWLEDGE, last=LAST, touches=hurts).text


def test_the_line_takes_the_pointers_place() -> None:
    assert POINTER not in decide("x", Ranking(MATCHES, near=True), KNOWLEDGE, last=LAST, touches=hurts, line=True).text


def test_a_caution_stands_before_the_line_and_is_told_once() -> None:
    answer = with_caution(answer_with("sore", KNOWLEDGE, last=LAST, touches=hurts), "See a physio.")
    assert answer.text.endswith(f"See a physio.\n\n{LINE}")
    assert answer.text.count(LINE) == 1
    assert answer.caution == "See a physio."


def test_the_line_ends_whatever_the_gate_was_unsure_of() -> None:
    assert decide("x", Ranking(MATCHES, sure=True), KNOWLEDGE, last=LAST, touches=hurts, line=True).text.endswith(LINE)
    assert decide("x", Ranking(MATCHES, near=True), KNOWLEDGE, last=LAST, touches=hurts, line=True).text.endswith(LINE)


@pytest.mark.parametrize(("about_us", "says"), [(False, "I don't know this one."), (True, UNCOVERED)])
def test_with_nothing_to_answer_a_word_of_that_stands_before_the_line(about_us: bool, says: str) -> None:
    ranking = Ranking(MATCHES, about_us=about_us)
    answer = decide("x", ranking, KNOWLEDGE, last=LAST, touches=hurts, line=True)
    assert (answer.outcome, answer.safety_line, answer.covered) == (Outcome.DECLINE, True, False)
    assert answer.text.startswith(says)
    assert answer.text.endswith(f"\n\n{LINE}")
    assert POINTER not in answer.text
    assert answer.suggestions


def test_further_questions_are_answered_after_the_first_with_one_line_at_the_end() -> None:
    ranking = Ranking(MATCHES, sure=True, also=("sore", "gone"))
    answer = decide("how low and does it hurt", ranking, KNOWLEDGE, last=LAST, touches=hurts)
    assert answer.also == ("sore",)
    assert answer.text.index("Title deep") < answer.text.index("Title sore")
    assert answer.text.count(LINE) == 1
    assert answer.text.endswith(LINE)


def test_the_line_comes_when_only_a_further_claim_is_about_pain() -> None:
    answer = decide("how low and so", Ranking(MATCHES, sure=True, also=("sore",)), KNOWLEDGE, last=LAST, touches=hurts)
    assert answer.safety_line


def test_a_sure_topic_is_no_answer_where_the_claim_says_nothing_of_what_was_asked() -> None:
    ranking = Ranking(MATCHES, sure=True, near=True, covers=0.1, about_us=True)
    answer = decide("leg press after a haircut", ranking, KNOWLEDGE, last=LAST, touches=hurts)
    assert (answer.outcome, answer.kind, answer.covered) == (Outcome.DECLINE, "question", False)
    assert answer.text.startswith("That's about the leg press, and nobody has written me an answer yet.")
    assert answer.fits < answer.confidence
    ranking = replace(ranking, about_us=False)
    elsewhere = decide("after a haircut", replace(ranking, covers=0.2), KNOWLEDGE, last=LAST, touches=hurts)
    assert elsewhere.outcome is Outcome.SUGGEST
    alone = tuple(match._replace(confidence=0.05) if number else match for number, match in enumerate(MATCHES))
    ranking = replace(ranking, matches=alone)
    strange = decide("how tall is the tower", replace(ranking, covers=0.05), KNOWLEDGE, last=LAST, touches=hurts)
    assert (strange.outcome, strange.kind) == (Outcome.DECLINE, OUT_OF_SCOPE)


def test_a_claim_that_speaks_of_half_of_what_was_asked_fits_in_full() -> None:
    ranking = Ranking(MATCHES, sure=True, near=True, covers=0.5, about_us=True)
    answer = decide("how low", ranking, KNOWLEDGE, last=LAST, touches=hurts)
    assert answer.outcome is Outcome.ANSWER
    assert answer.fits == answer.confidence


def test_a_few_plain_words_need_less_to_be_answered() -> None:
    unsure = tuple(match._replace(confidence=0.55) for match in MATCHES)
    ranking = Ranking(unsure, near=True, plain=True)
    answer = decide("how low go", ranking, KNOWLEDGE, last=LAST, touches=hurts)
    assert (answer.outcome, answer.fits) == (Outcome.ANSWER, 0.55)
    other = decide("how low go", replace(ranking, plain=False), KNOWLEDGE, last=LAST, touches=hurts)
    assert other.outcome is Outcome.SUGGEST
    strange = replace(ranking, matches=unsure[:1], covers=0.1)
    assert decide("how low go", strange, KNOWLEDGE, last=LAST, touches=hurts).outcome is Outcome.DECLINE


def test_what_asks_nothing_and_names_no_machine_must_be_spoken_of_by_half() -> None:
    ranking = Ranking(MATCHES, sure=True, near=True, covers=0.35)
    assert decide("how low", ranking, KNOWLEDGE, last=LAST, touches=hurts).outcome is Outcome.ANSWER
    told = decide("low blow that", replace(ranking, told=True), KNOWLEDGE, last=LAST, touches=hurts)
    assert told.outcome is Outcome.SUGGEST
    half = decide("low seat mine", replace(ranking, told=True, covers=0.5), KNOWLEDGE, last=LAST, touches=hurts)
    assert half.outcome is Outcome.ANSWER


def test_chatter_is_declined_quietly() -> None:
    assert decide("thanks", Ranking(MATCHES), KNOWLEDGE, last=LAST, touches=hurts, chatter=Chatter(["thanks"])).quiet
