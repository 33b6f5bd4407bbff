"""The card of a claim is built once, and nobody gets what is another's."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.core.model import Answer, Outcome
from bot.service import Service
from bot.service.recent import Recent
from bot.ui.answer.card import Place
from bot.ui.answer.explain_button import with_button
from bot.ui.answer.finished import finished
from bot.ui.answer.replies import reply
from bot.ui.kit.desk import MOST_CARDS, SentCards
from bot.ui.kit.layout import Layout
from bot.ui.kit.pictures import Shown

PICTURE = Shown("find-depth.png", "Two positions.", b"png")
PRIVATE = Place(private=True, shareable=True)


class Sent:
    """Answers sent, each as Discord got it; `built` counts the cards that were built for them."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.cards: SentCards = Recent(MOST_CARDS)
        self.built = 0

    def send(self, answer: Answer, place: Place = PRIVATE, shown: Shown | None = PICTURE, about: str = "") -> Layout:
        def build() -> Layout:
            self.built += 1
            line = self.service.safety_line
            return reply(answer, self.service.knowledge, place, safety_line=line, picture=shown)

        return with_button(finished(self.cards, self.service, answer, place, build, shown=shown), about)


@pytest.fixture
async def sent(fixed_service: Service) -> Sent:
    return Sent(fixed_service)


def answered(sent: Sent, number: int = 0) -> Answer:
    answer = sent.service.show_claim(list(sent.service.knowledge.claims)[number])
    assert answer is not None
    return answer


async def test_the_same_card_goes_out_again_as_it_was(sent: Sent) -> None:
    first, second = (sent.send(answered(sent)) for _ in range(2))
    assert sent.built == 1
    assert second.to_components() == first.to_components()
    assert [file.filename for file in second.files()] == ["find-depth.png"]
    assert second.is_finished()
    assert second.has_components_v2()


async def test_another_question_member_or_place_changes_nothing_but_what_is_shown(sent: Sent) -> None:
    answer = answered(sent)
    seen = [sent.send(each).to_components() for each in (answer, replace(answer, question="another one"))]
    assert seen[0] == seen[1]
    assert sent.built == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda answer: replace(answer, first="You mentioned two stents."),
        lambda answer: replace(answer, caution="You were told to see somebody."),
    ],
)
async def test_what_is_said_because_of_who_asks_is_never_kept(sent: Sent, change: Callable[[Answer], Answer]) -> None:
    for _ in range(2):
        sent.send(change(answered(sent)))
    assert sent.built == 2
    sent.send(answered(sent))
    assert sent.built == 3


async def test_a_stop_and_a_decline_are_built_once_for_all_who_get_the_same_words(sent: Sent) -> None:
    stop, _ = sent.service.ask("numb between my legs and i cannot pee since leg press")
    decline, _ = sent.service.ask("what is the capital of france")
    assert stop.outcome is Outcome.STOP
    assert decline.outcome is Outcome.DECLINE
    for answer in (stop, decline):
        seen = [sent.send(each).to_components() for each in (answer, replace(answer, question="another one"))]
        assert seen[0] == seen[1]
        assert answer.text.split(".")[0] in str(seen[0])
    assert sent.built == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda answer: replace(answer, said="Other words."),
        lambda answer: replace(answer, end="Another end."),
        lambda answer: replace(answer, suggestions=()),
        lambda answer: replace(answer, safety_line=True),
        lambda answer: replace(answer, quiet=True),
        lambda answer: replace(answer, caution="You were told to see somebody."),
        lambda answer: replace(answer, remark="I read English."),
        lambda answer: replace(answer, kind="greeting"),
    ],
)
async def test_a_decline_in_other_words_is_built_for_itself(sent: Sent, change: Callable[[Answer], Answer]) -> None:
    decline, _ = sent.service.ask("what is the capital of france")
    plain = sent.send(decline).to_components()
    sent.send(change(decline))
    assert sent.built == 2
    assert sent.send(decline).to_components() == plain
    assert sent.built == 2


async def test_a_decline_that_offers_a_moderator_to_teach_is_theirs_alone(sent: Sent) -> None:
    decline, _ = sent.service.ask("what is the capital of france")
    place = Place(private=True, suggestable=True)
    theirs = sent.send(decline, replace(place, teach="k7"))
    assert "lp:teach:k7" in str(theirs.to_components())
    assert "lp:teach" not in str(sent.send(decline, place).to_components())
    assert sent.built == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda answer: replace(answer, lead="No: slowly is fine."),
        lambda answer: replace(answer, focus="why"),
        lambda answer: replace(answer, safety_line=not answer.safety_line),
    ],
)
async def test_a_card_that_reads_otherwise_is_built_for_itself(sent: Sent, change: Callable[[Answer], Answer]) -> None:
    answer = answered(sent)
    plain, changed = sent.send(answer).to_components(), sent.send(change(answer)).to_components()
    assert changed != plain
    assert sent.send(answer).to_components() == plain
    assert sent.send(change(answer)).to_components() == changed
    assert sent.built == 2


async def test_a_card_for_another_place_or_without_its_picture_is_built_for_itself(sent: Sent) -> None:
    answer = answered(sent)
    sent.send(answer)
    sent.send(answer, Place(private=True))
    sent.send(answer, shown=None)
    assert sent.built == 3
    assert not sent.send(answer, shown=None).files()
    for _ in range(2):  # a picture that could not be drawn may be there the next time
        sent.send(answer, shown=PICTURE.without_file())
    assert sent.built == 5


async def test_a_moderators_button_stands_on_their_card_alone(sent: Sent) -> None:
    answer = answered(sent)
    plain = sent.send(answer)
    theirs = sent.send(answer, about="k7")
    assert sent.built == 1
    assert theirs.to_components()[:-1] == plain.to_components()
    assert "lp:explain:k7" in str(theirs.to_components()[-1])
    assert theirs.total_children_count == plain.total_children_count + 2
    assert sent.send(answer).to_components() == plain.to_components()


async def test_changed_knowledge_is_shown_at_once(sent: Sent) -> None:
    answer = answered(sent)
    sent.send(answer)
    other = sent.service
    knowledge = replace(other.knowledge, claims={
        name: replace(claim, lead="Something else.", answer="Something else.") for name, claim in other.knowledge.claims.items()
    })  # fmt: skip
    sent.service = other.over(knowledge, other.matcher)
    assert "Something else." in str(sent.send(answer).to_components())
    sent.service = other.over(other.knowledge, other.matcher, region="US")
    assert "Something else." not in str(sent.send(answer).to_components())
    assert sent.built == 2  # where only the region is another one, the cards are the same


async def test_no_more_than_so_many_are_kept(sent: Sent) -> None:
    answer = answered(sent)
    for number in range(MOST_CARDS + 1):
        sent.send(replace(answer, lead=f"Number {number}."))
    sent.send(replace(answer, lead=f"Number {MOST_CARDS}."))
    assert sent.built == MOST_CARDS + 1
    sent.send(replace(answer, lead="Number 0."))
    assert sent.built == MOST_CARDS + 2
