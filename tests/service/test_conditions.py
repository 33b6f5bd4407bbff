"""What a member said of themselves stands before the next answers, for ten minutes, and can be seen and let go of."""

from dataclasses import replace

import pytest

from bot.core.conversation import NOTHING_SAID, WINDOW_SECONDS, Conversation
from bot.core.model import AboutThem, Answer, Condition, Outcome
from bot.service import Service
from bot.service.conversations import Conversations

DEPTH, LOCKOUT = "how low do i lower the sled", "is locking out bad for my knees"
HIP = "You mentioned a new hip."


@pytest.fixture(scope="module")
def service(base_service: Service) -> Service:
    them = AboutThem(
        (
            Condition("why-sore", "a new hip", ("new hip",), keeps_from=("straight-knees",)),
            Condition("knees-to-chest", "a pregnancy", ("pregnant",), flag="R31"),
            Condition("knees-to-chest", "gout", ("gout",), id="gout", lead="Ask your doctor first.", avoids=("knees",)),
        ),
        forget=("forget that",),
        recall=("what do you know about me",),
        who=("midwife/surgeon",),
        allows=("is fine",),
        asks_for={"knees": ("straight-knees", "why-sore")},
    )
    return base_service.over(replace(base_service.knowledge, about_them=them), base_service.matcher)


class Talk:
    def __init__(self, service: Service) -> None:
        self._service = service
        self.talk: Conversation = NOTHING_SAID
        self.now = 0.0

    def says(self, text: str) -> Answer:
        self.now += 20
        answer, self.talk = self._service.ask(text, self.talk, now=self.now)
        return answer


@pytest.fixture
def member(service: Service) -> Talk:
    return Talk(service)


def test_the_next_answers_carry_the_first_line_of_its_card(member: Talk) -> None:
    member.says("i have a new hip since march")
    for _ in range(2):
        answer = member.says(DEPTH)
        assert (answer.outcome, answer.claim) == (Outcome.ANSWER, "find-depth")
        assert answer.first.startswith(HIP)
        assert answer.text.startswith(answer.first)


def test_a_message_that_only_tells_of_it_gets_its_card_where_that_is_near(service: Service) -> None:
    told = "sore new hip"
    alone = service.rank(told)
    assert not alone.sure
    assert "why-sore" in {match.claim for match in alone.matches[:3]}
    assert service.ask(told)[0].claim == "why-sore"


def test_it_counts_in_the_message_that_says_it(member: Talk) -> None:
    answer = member.says(f"new hip, {DEPTH}")
    assert answer.claim == "find-depth"
    assert answer.first.startswith(HIP)


def test_what_its_card_advises_against_is_answered_with_the_card(member: Talk) -> None:
    member.says("i have a new hip")
    answer = member.says(LOCKOUT)
    assert answer.claim == "why-sore"
    assert answer.candidates[0].claim == "why-sore"
    assert answer.first.startswith("For what you mentioned, this comes first.\nStraight knees at the top: ")
    assert HIP not in answer.text, "its own card says it all"


def test_what_shares_a_card_says_its_own_line_above_that_card(member: Talk) -> None:
    member.says("i have gout")
    assert member.says(DEPTH).first == "You mentioned gout. Ask your doctor first."
    answer = member.says(LOCKOUT)
    assert answer.claim == "knees-to-chest"
    assert answer.first.endswith("You mentioned gout. Ask your doctor first.")


def test_a_choice_that_offers_what_the_card_advises_against_becomes_the_card(member: Talk) -> None:
    unsure = "low sled sore day"
    before = member.says(unsure)
    assert before.outcome is Outcome.SUGGEST
    assert "why-sore" in before.suggestions
    member.says("i have gout")
    member.talk = replace(member.talk, claim="", texts=())
    answer = member.says(unsure)
    assert (answer.outcome, answer.claim) == (Outcome.ANSWER, "knees-to-chest")
    assert (
        answer.first
        == "I may not have understood all of it. For what you mentioned, this comes first.\nYou mentioned gout. Ask your doctor first."
    )


def test_after_ten_minutes_nothing_is_held(member: Talk) -> None:
    member.says("i have a new hip")
    member.now += WINDOW_SECONDS
    assert member.says(DEPTH).first == ""


def test_the_member_sees_it_and_lets_go_of_it(member: Talk) -> None:
    assert "Nothing" in member.says("what do you know about me?").text
    member.says("i have a new hip")
    seen = member.says("what do you know about me?").text
    assert "a new hip" in seen
    assert "ten minutes" in seen
    member.says("forget that")
    assert member.says(DEPTH).first == ""


def test_somebodys_yes_is_an_answer_to_our_advice(member: Talk) -> None:
    member.says("i have a new hip")
    assert member.says("my surgeon says it is fine").text.startswith("Good, then go by what they told you")
    assert member.says(DEPTH).first == ""


def test_a_question_with_somebodys_yes_is_answered_without_the_caution(member: Talk) -> None:
    answer = member.says(f"new hip, my surgeon says it is fine, {DEPTH}")
    assert (answer.claim, answer.first) == ("find-depth", "Good, then go by what they told you.")
    assert member.says(DEPTH).first == "", "the yes is kept with what it was said to"


def test_a_yes_is_no_yes_to_what_the_card_advises_against(member: Talk) -> None:
    member.says("i have a new hip")
    answer = member.says(f"my surgeon says it is fine, {LOCKOUT}")
    assert (answer.claim, answer.focus) == ("why-sore", "do")
    assert answer.first.startswith("Good, then go by what they told you.\n\nStraight knees at the top: ")
    assert "the usual advice may not be right for you" in answer.first
    answer = member.says(LOCKOUT)
    assert (answer.claim, answer.focus) == ("why-sore", "do")
    assert "Good, then" not in answer.first


def test_what_a_question_was_about_stays_in_mind_for_technique(base_service: Service) -> None:
    them = AboutThem((Condition("why-sore", "a sore back", (), after=("why-sore",), lead="Half the weight."),))
    service = base_service.over(replace(base_service.knowledge, about_them=them), base_service.matcher)
    sore = service.knowledge.claims["why-sore"].questions
    theirs = next(each for each in sore if "my" in each.split())
    member = Talk(service)
    assert member.says(theirs).first == ""
    answer = member.says(DEPTH)
    assert (answer.claim, answer.first) == ("find-depth", "You mentioned a sore back. Half the weight.")
    assert member.says(theirs).first == "", "an answer about the pain itself needs no reminder"


def test_a_yes_with_a_question_that_leads_nowhere_gets_the_steps_of_the_card(member: Talk) -> None:
    member.says("i have a new hip")
    answer = member.says("my surgeon says it is fine, so what colour is best")
    assert (answer.claim, answer.focus) == ("why-sore", "do")
    assert answer.first == "Good, then go by what they told you; what they left open, ask them."


def test_a_condition_named_after_the_yes_is_asked_about_first(member: Talk) -> None:
    member.says("i have a new hip, my surgeon says it is fine")
    assert member.says("and gout. " + DEPTH).first.endswith("You mentioned gout. Ask your doctor first.")


def test_what_comes_first_says_a_line_of_what_was_asked_where_nothing_speaks_against_it(base_service: Service) -> None:
    them = AboutThem(
        (Condition("why-sore", "a nerve pain", ("sciatica",), keeps_from_all=True),),
        asks_for={"straight": ("straight-knees",)},
    )
    member = Talk(base_service.over(replace(base_service.knowledge, about_them=them), base_service.matcher))
    member.says("i have sciatica")
    for asked, says in ((LOCKOUT, "the usual advice may not be right for you"), (DEPTH, ", once you have a yes: ")):
        answer = member.says(asked)
        assert answer.claim == "why-sore"
        assert says in answer.first


@pytest.fixture(scope="module")
def strict(base_service: Service) -> Service:
    them = AboutThem(
        (Condition("why-sore", "a new hip", ("new hip",), keeps_from_all=True),),
        harmless_to_all=("straight-knees",),
        whether=("can i press",),
    )
    return base_service.over(replace(base_service.knowledge, about_them=them), base_service.matcher)


def test_what_is_harmless_to_all_is_answered_below_what_comes_first(strict: Service) -> None:
    member = Talk(strict)
    member.says("i have a new hip")
    answer = member.says(LOCKOUT)
    assert answer.claim == "straight-knees"
    assert answer.first.startswith("You mentioned a new hip.")


def test_steps_and_further_answers_are_kept_back_like_the_claim_itself(strict: Service) -> None:
    member = Talk(strict)
    member.says(DEPTH)
    assert member.says("i have a new hip, what are the steps?").claim == "why-sore"
    alone = Talk(strict).says(f"{LOCKOUT}? and {DEPTH}?")
    assert {alone.claim, *alone.also} == {"straight-knees", "find-depth"}
    answer = Talk(strict).says(f"i have a new hip. {LOCKOUT}? and {DEPTH}?")
    assert (answer.claim, answer.also) == ("why-sore", ())


def test_whether_to_press_at_all_is_answered_with_the_card_of_what_was_mentioned(strict: Service) -> None:
    member = Talk(strict)
    without = member.says("can i press?")
    assert without.claim != "why-sore"
    member.says("i have a new hip")
    member.says(LOCKOUT)
    assert member.says("can i press?").claim == "why-sore"


def test_a_message_that_only_tells_of_a_condition_gets_its_card(strict: Service) -> None:
    assert Talk(strict).says("i have a new hip since may").claim == "why-sore"


def test_a_pregnancy_is_cautioned_once_with_each_answer_and_the_stop_is_not_told_again(member: Talk) -> None:
    assert member.says("i am pregnant").outcome is Outcome.STOP
    for _ in range(2):
        answer = member.says(DEPTH)
        assert answer.claim == "find-depth"
        assert "midwife" in answer.caution
        assert "You mentioned" not in answer.text
    assert member.says("i am pregnant and bleeding").outcome is Outcome.STOP


def test_contradictions_and_many_at_once_harm_nothing(member: Talk) -> None:
    member.says("i have a new hip, i have no new hip, new hip new hip")
    assert member.says(DEPTH).first.count(HIP) == 1


def test_nobody_elses_answers_change(service: Service) -> None:
    now = [0.0]
    talks = Conversations(lambda: service, lambda: now[0])
    talks.ask("channel", "alice", "i have a new hip")
    assert talks.ask("channel", "bob", DEPTH).first == ""
    assert talks.ask("elsewhere", "alice", DEPTH).first == ""
    assert talks.ask("channel", "alice", DEPTH).first.startswith(HIP)
    talks.forget("alice")
    assert talks.ask("channel", "alice", DEPTH).first == ""


def test_what_was_said_leaves_memory_after_ten_minutes(service: Service) -> None:
    now = [0.0]
    talks = Conversations(lambda: service, lambda: now[0])
    talks.ask("channel", "alice", "i have a new hip")
    now[0] = WINDOW_SECONDS + 1
    assert talks.expire() == 0


def test_a_servers_own_version_of_a_conditions_card_speaks_for_itself(service: Service) -> None:
    member = Talk(service)
    member.says("i have a new hip")
    before = member.says(DEPTH).first
    card = service.knowledge.claims["why-sore"]
    theirs = {**service.knowledge.claims, card.id: replace(card, lead="Ask our coach about hips.")}
    server = Talk(service.over(replace(service.knowledge, claims=theirs), service.matcher))
    server.says("i have a new hip")
    assert server.says(DEPTH).first == f"{HIP} Ask our coach about hips."
    same = Talk(service.over(replace(service.knowledge, out_of_scope=()), service.matcher))
    same.says("i have a new hip")
    assert same.says(DEPTH).first == before
