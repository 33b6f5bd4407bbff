"""What a message after an answer is about, by all that speaks for it."""

import pytest

from bot.core.conversation import NOTHING_SAID
from bot.core.model import Answer, Outcome
from bot.core.weighing import NONE
from bot.service import Service
from bot.service.follow_ups import gave_of
from tests.questions.needed import rows
from tests.support.examples import share


def after(service: Service, claim: str, text: str) -> Answer:
    before = service.knowledge.claims[claim].questions[0]
    return service.ask(text, NOTHING_SAID.answered(claim, 0.0).heard(before, 0.0), now=5.0)[0]


@pytest.mark.parametrize(
    ("last", "text", "says"),
    [
        ("locking-out", "but then my quads get a rest", "so you lose little by stopping a few degrees short"),
        ("at-home", "i have a resistance band", "or a band to make it hard"),
        ("after-birth", "i had a tear", "above all after a caesarean or a tear"),
        ("sled-weight", "its a life fitness one", "What I can say stays the same"),
        ("rest-between-sets", "my mate only rests 45 secs", "Rest two to three minutes"),
    ],
)
def test_what_tells_more_stays_with_the_answer_and_gets_its_line(
    service: Service, last: str, text: str, says: str
) -> None:
    answer = after(service, last, text)
    assert answer.claim == last
    assert says in answer.first
    assert answer.weighed is not None
    assert answer.weighed.claim == last


@pytest.mark.parametrize(
    ("last", "text", "claim"),
    [
        ("machine-types", "and the vertical one", "vertical-press"),
        ("to-failure", "how often then", "how-often"),
        ("rest-between-sets", "ok and how deep do i go", "find-your-depth"),
        ("sets-and-reps", "my legs are still dead 3 days later though", "sore-legs"),
    ],
)
def test_what_is_clear_by_itself_changes_the_subject(service: Service, last: str, text: str, claim: str) -> None:
    answer = after(service, last, text)
    assert answer.claim == claim
    assert answer.weighed is None


@pytest.mark.parametrize("text", ["what did you have for lunch", "netflix or prime", "my dog is so cute"])
def test_what_is_about_something_else_gets_no_answer(service: Service, text: str) -> None:
    assert after(service, "how-often", text).outcome is Outcome.DECLINE


def test_where_nothing_is_clear_it_is_asked_back_for_the_last_answer(service: Service) -> None:
    answer = after(service, "bands", "which thickness")
    assert answer.outcome is Outcome.SUGGEST
    assert answer.suggestions[0] == "bands"


def test_the_word_of_a_reader_is_evidence_for_what_it_gave(service: Service) -> None:
    read = after(service, "knee-sleeves", "so when should i put them on")
    assert read.claim == "knee-sleeves"
    talk = NOTHING_SAID.answered("knee-sleeves", 0.0)
    assert service.evidence("why", talk, gave="knee-sleeves", reader="part")["knee-sleeves"]["read_part"] == 1.0
    assert "read_part" not in service.evidence("why", talk)["knee-sleeves"]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("holding your breath", "breathing"),
        ("butt winking", "hips-lift-off-pad"),
        ("socks only", "shoes"),
        ("tall lad", "short-or-tall"),
        ("62 kg woman how much", "for-body-weight"),
        ("want 210 kg, plan?", "how-fast-stronger"),
    ],
)
def test_few_words_of_one_claim_alone_are_about_the_machine(service: Service, text: str, claim: str) -> None:
    assert service.ask(text)[0].claim == claim


@pytest.mark.parametrize(
    "text", ["belt for jeans", "barefoot hike", "deadlift belt or no belt", "breath mints", "tall latte"]
)
def test_few_words_of_another_thing_are_not(service: Service, text: str) -> None:
    assert service.ask(text)[0].outcome is not Outcome.ANSWER


def test_what_nothing_is_near_to_is_offered_nothing(service: Service) -> None:
    answer = service.ask("buy a leg press")[0]
    assert (answer.covered, answer.suggestions) == (False, ())


@pytest.mark.loop
def test_each_weight_is_of_evidence_that_is_found(service: Service) -> None:
    names = set()
    for row in share(rows("turns_2026_11_30") + rows("turns_2026_11_30_b"), 2):
        heard = NOTHING_SAID.answered(row["last"], 0.0).heard(service.knowledge.claims[row["last"]].questions[0], 0.0)
        answer = service.ask(row["text"], heard, now=5.0)[0]
        evidence = service.evidence(
            row["text"], heard.heard(row["text"], 5.0), gave=gave_of(answer, row["last"]), reader=answer.reader
        )
        names |= {name for found in evidence.values() for name in found}
    assert names == set(service.weights)


def test_of_a_message_after_no_answer_nothing_is_weighed(service: Service) -> None:
    assert service.evidence("how deep", NOTHING_SAID) == {}
    assert service.ask("how deep")[0].weighed is None


def test_there_is_evidence_for_none_of_them(service: Service) -> None:
    assert service.evidence("lunch?", NOTHING_SAID.answered("belt", 0.0))[NONE]["none"] == 1.0


def test_later_turns_that_no_rule_was_made_for_get_their_cards(service: Service) -> None:
    right = 0
    for row in rows("turns_2026_11_30"):
        answer = after(service, row["last"], row["text"])
        right += answer.claim in row["claims"] or (row["none"] and answer.outcome is not Outcome.ANSWER)
    assert right >= 126  # of 152; 98 by the readers alone


@pytest.mark.parametrize(
    ("last", "text"), [("is-it-bad-for-knees", "which pizza"), ("is-it-bad-for-knees", "which violin is nice?")]
)
def test_what_neither_the_answer_nor_any_claim_speaks_of_gets_no_answer(service: Service, last: str, text: str) -> None:
    answer = after(service, last, text)
    assert answer.outcome is not Outcome.ANSWER


@pytest.mark.parametrize(
    ("last", "text", "claim"),
    [
        ("how-much-weight", "too easy", "how-much-weight"),
        ("how-much-weight", "that's way too heavy", "how-much-weight"),
        ("seat-distance", "cant reach the handles either", "short-arms"),
        ("sets-and-reps", "im 5 foot 1", "short-or-tall"),
        ("how-often", "mon wed fri", "how-often"),
    ],
)
def test_a_feel_an_obstacle_and_a_height_get_the_claim_about_them(
    service: Service, last: str, text: str, claim: str
) -> None:
    assert after(service, last, text).claim == claim


def test_days_next_to_each_other_are_not_told_to_fit(service: Service) -> None:
    assert "That fits" not in after(service, "how-often", "mon and tues?").first
