"""Topics are found by what people call them."""

import pytest

from bot.bootstrap import build_service
from bot.core.model import Knowledge
from bot.core.topic_words import MOST_TOPICS, TopicWords
from bot.service import Service


@pytest.fixture(scope="module")
def service() -> Service:
    return build_service()


@pytest.fixture(scope="module")
def topics(service: Service) -> TopicWords:
    return TopicWords(service.knowledge, service.matcher.concepts)


@pytest.mark.parametrize(
    ("text", "topic"),
    [("range", "depth"), ("slow", "tempo"), ("slowly", "tempo"), ("toes", "stance"), ("pregnant", "conditions"),
     ("kg", "load"), ("pause", "tempo"), ("straight", "lockout"), ("knees", "knee-pain"), ("ra", ""), ("weather", "")],
)  # fmt: skip
def test_other_words_for_a_topic_lead_to_it(topics: TopicWords, service: Service, text: str, topic: str) -> None:
    found = topics.leading(text)
    leading = service.knowledge.topics[topic].leading if topic else ""
    assert (leading in found) if topic else found == []
    assert len(found) <= MOST_TOPICS


def test_half_a_word_is_enough(topics: TopicWords, service: Service) -> None:
    assert service.knowledge.topics["conditions"].leading in topics.leading("pregn")


def test_a_whole_question_is_left_to_the_matcher(topics: TopicWords) -> None:
    assert topics.leading("how slow should the sled come back to my chest on a warm up set") == []


def test_of_nothing_there_is_nothing() -> None:
    assert TopicWords(Knowledge({}, {}, {}), lambda _: frozenset()).leading("slow") == []


@pytest.mark.parametrize(("typed", "topic"), [("range", "depth"), ("slow", "tempo")])
def test_autocomplete_offers_the_topic(service: Service, typed: str, topic: str) -> None:
    offered = [choice.value.removeprefix("claim:") for choice in service.suggest_choices(typed)[:5]]
    assert service.knowledge.topics[topic].leading in offered
