"""What the search in the browser reads."""

import json

from bot.core.model import Knowledge
from bot.site.search import LETTERS, search_data


def read(knowledge: Knowledge) -> dict[str, object]:
    said = search_data(knowledge).decode()
    assert said.startswith("const SEARCH = ")
    found = json.loads(said.removeprefix("const SEARCH = ").removesuffix(";\n"))
    assert isinstance(found, dict)
    return found


def claims_of(data: dict[str, object], word: str) -> list[str]:
    words, claims = data["words"], data["claims"]
    assert isinstance(words, dict)
    assert isinstance(claims, list)
    held = words[word]
    return [claims[int(held[i : i + 2], 36)][0] for i in range(0, len(held), 3)]


def test_a_word_leads_to_the_claims_that_it_tells_apart(shipped: Knowledge) -> None:
    data = read(shipped)
    assert claims_of(data, "sciatica")[0] == "sciatica"
    assert "kneecap-pain" in claims_of(data, "kneecap")


def test_every_claim_can_be_found_and_is_there_once(shipped: Knowledge) -> None:
    data = read(shipped)
    claims, words = data["claims"], data["words"]
    assert isinstance(claims, list)
    assert isinstance(words, dict)
    assert [each[0] for each in claims] == list(shipped.claims)
    found = {held[i : i + 2] for held in words.values() for i in range(0, len(held), 3)}
    assert len(found) == len(claims)
    assert all(held[i + 2] in LETTERS[1:] for held in words.values() for i in range(0, len(held), 3))


def test_words_that_tell_nothing_apart_are_left_out(shipped: Knowledge) -> None:
    words = read(shipped)["words"]
    assert isinstance(words, dict)
    assert not {"leg", "press", "the", "i"} & words.keys()
