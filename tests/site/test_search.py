"""What the search in the browser reads."""

import json
import re
from dataclasses import replace

from bot.core.model import Knowledge
from bot.site.search import MOST_BYTES, search_data, words_in


def read(knowledge: Knowledge) -> dict[str, object]:
    said = search_data(knowledge).decode()
    assert said.startswith("const SEARCH = ")
    found = json.loads(said.removeprefix("const SEARCH = ").removesuffix(";\n"))
    assert isinstance(found, dict)
    return found


def words_of(data: dict[str, object]) -> dict[str, str]:
    """The claims of each word, as they are written."""
    entries = (re.fullmatch(r"([0-9a-z]+)([A-Z].+)", entry) for entry in str(data["words"]).split(" "))
    return {found[1]: found[2] for found in entries if found}


def claims_of(data: dict[str, object], word: str) -> list[str]:
    claims = data["claims"]
    assert isinstance(claims, list)
    return [claims[int(each, 36)][0] for each in re.findall("[0-9a-z]{2}", words_of(data)[word])]


def test_a_word_leads_to_the_claims_that_it_tells_apart(shipped: Knowledge) -> None:
    data = read(shipped)
    assert claims_of(data, "sciatica")[0] == "sciatica"
    assert "kneecap-pain" in claims_of(data, "kneecap")
    assert "why-back-hurts" in claims_of(data, "back")[:5]


def test_every_claim_can_be_found_and_is_there_once(shipped: Knowledge) -> None:
    data = read(shipped)
    claims = data["claims"]
    assert isinstance(claims, list)
    assert [each[0] for each in claims] == list(shipped.claims)
    held = words_of(data).values()
    assert all(re.fullmatch(r"(?:[A-Z](?:[0-9a-z]{2})+)+", each) for each in held)
    assert len({each for found in held for each in re.findall("[0-9a-z]{2}", found)}) == len(claims)


def test_words_that_tell_nothing_apart_are_named_and_lead_nowhere(shipped: Knowledge) -> None:
    data = read(shipped)
    common = set(str(data["common"]).split(" "))
    assert {"press", "the", "i"} <= common
    assert not common & words_of(data).keys()


def test_of_more_claims_fewer_words_are_kept_in_the_same_room(shipped: Knowledge) -> None:
    twice = {
        f"{name}{more}": replace(claim, id=f"{name}{more}")
        for name, claim in shipped.claims.items()
        for more in ("", "-b")
    }
    for knowledge in (shipped, replace(shipped, claims=twice)):
        assert MOST_BYTES - 100 < len(search_data(knowledge)) <= MOST_BYTES


def test_titles_are_read_in_small_letters_and_without_marks() -> None:
    assert words_in("Naïve: DON’T lock 2 knees") == ["naive", "don", "t", "lock", "2", "knees"]
