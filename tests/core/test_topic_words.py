"""Topics are found by what people call them."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.core.model import Knowledge
from bot.core.text import clean, words
from bot.core.topic_words import MOST_TOPICS, TopicWords
from bot.service import Service


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


def test_what_a_server_changed_is_read_alone_and_counts_as_if_all_was(service: Service, topics: TopicWords) -> None:
    base = service.knowledge
    first, second, third = list(base.claims.values())[:3]
    changed = replace(second, questions=("is a zorbing ramp the same", *second.questions))
    own = replace(third, id="own", questions=("zorbing for beginners", "my zorbing is slow"))
    claims = {**base.claims, second.id: changed, own.id: own}
    del claims[first.id]
    read: list[str] = []

    def concepts(line: Sequence[str]) -> frozenset[str]:
        read.extend(line)
        return service.matcher.concepts(line)

    topics.leading("slow")  # the base has been read
    server = TopicWords(replace(base, claims=claims), concepts, topics)
    alone = TopicWords(replace(base, claims=claims), service.matcher.concepts)
    for text in ("zorbing", "zorb", "slow", "range", "pregn", "toes", "kg", "knees", "back pain", "low"):
        assert server.leading(text) == alone.leading(text)
    assert server.leading("zorbing")
    said = {
        word for each in (first, changed, second, own) for question in each.questions for word in words(clean(question))
    }
    assert set(read) <= said | {
        "zorbing",
        "zorb",
        "slow",
        "range",
        "pregn",
        "toes",
        "kg",
        "knees",
        "back",
        "pain",
        "low",
    }


def test_of_nothing_there_is_nothing() -> None:
    assert TopicWords(Knowledge({}, {}, {}), lambda _: frozenset()).leading("slow") == []


@pytest.mark.parametrize(("typed", "topic"), [("range", "depth"), ("slow", "tempo")])
def test_autocomplete_offers_the_topic(service: Service, typed: str, topic: str) -> None:
    offered = [choice.value.removeprefix("claim:") for choice in service.suggest_choices(typed)[:5]]
    assert service.knowledge.topics[topic].leading in offered
