"""What could tell who asked is taken out of a question, whatever was typed."""

from functools import partial
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.core import scrub as scrubbing
from bot.core.model import Knowledge
from bot.core.scrub import MOST_CHARACTERS
from bot.service.recording import Reader
from tests.benchmarks.scrub import FILES, LEAST_RECALL, MOST_LOST, lines, score
from tests.support.examples import examples
from tests.support.lists import LISTS

WORDS_TOO = frozenset(LISTS.names)
scrub = partial(scrubbing.scrub, words_too=WORDS_TOO)

KNOWN = frozenset(
    [
        "is",
        "the",
        "sled",
        "bad",
        "for",
        "knees",
        "do",
        "i",
        "need",
        "creatine",
        "on",
        "leg",
        "press",
        "deep",
        "how",
        "rdl",
        "my",
    ]
)
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)
NAMES = st.text(st.characters(categories=["Lu", "Ll"]), min_size=2, max_size=12)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("how deep on the sled?", "how deep on the sled?"),
        ("<@123456789> how deep?", "how deep?"),
        ("@everyone how deep @Bob", "how deep"),
        ("see https://youtu.be/abc?x=1 how deep", "see how deep"),
        ("mail bob@example.org how deep", "mail how deep"),
        ("is 200kg deep", "is #kg deep"),
        ("is ½ or 3.5 or ٣ or Ⅳ deep", "is #⁄# or # or # or iv deep"),
        ("my name is karl, how deep", "my name is [name], how deep"),
        ("How deep? Coach Dave says no", "how deep? [name] says no"),
        ("does Arnold Schwarz need creatine", "does [name] need creatine"),
        ("HOW DEEP ON THE SLED", "how deep on the sled"),
        ("Is RDL bad", "is rdl bad"),
        ("<:muscle:123> how deep :flexed:", "how deep"),
        ("123456", ""),
        ("@bob", ""),
        ("", ""),
    ],
)
def test_what_is_struck_out(typed: str, kept: str) -> None:
    assert scrub(typed, known=KNOWN) == kept


def test_names_of_those_around_are_struck_out_however_they_are_written() -> None:
    text = scrub("karl and KARL and Jean-Luc ask: is karls sled deep", names=["Karl (he/him)", "Jean-Luc"], known=KNOWN)
    assert text == "[name] and [name] and [name] ask: is [name] sled deep"


def test_of_a_story_nothing_is_kept() -> None:
    assert scrub("a" * (MOST_CHARACTERS + 1)) == ""


@examples(150)
@given(ANY, st.lists(NAMES, max_size=3))
def test_no_digit_link_or_mention_ever_comes_through(typed: str, names: list[str]) -> None:
    text = scrub(typed, names=names)
    assert not any(character.isnumeric() for character in text)
    assert not set("@<>\n\r\x00") & set(text)
    assert "://" not in text
    assert len(text) <= 12 * MOST_CHARACTERS


@examples(150)
@given(
    NAMES, st.lists(st.sampled_from(["how", "deep", "?", "@", "is", "5", ".", "name"]), max_size=6), st.integers(0, 6)
)
def test_a_name_that_was_given_never_comes_through_as_a_word(name: str, words: list[str], at: int) -> None:
    assume(name.lower() not in WORDS_TOO)  # struck out only where it is used as a name, as tested above
    words.insert(at, name)
    text = scrub(" ".join(words), names=[name])
    assert name.lower() not in text.replace("[name]", "").split() or name.lower() == "name"


@examples(100)
@given(ANY)
@example("A<Aa\\Aa")
def test_what_was_scrubbed_is_left_as_it_is(typed: str) -> None:
    once = scrub(typed)
    assert scrub(once) in {once, ""}


@examples(100)
@given(st.sampled_from(["https://", "http://", "www."]), st.text("abcxyz./?=&-", min_size=1, max_size=30))
def test_links_go_whole(scheme: str, rest: str) -> None:
    assert scrub(f"deep {scheme}{rest} sled") == "deep sled"


@pytest.mark.parametrize(
    ("typed", "names", "kept"),
    [
        ("will deep squats hurt my back", ["Will", "Deep", "Squat"], "will deep squats hurt my back"),
        ("can you ask Will about deep squats", ["Will", "Deep"], "can you ask [name] about deep squats"),
        ("does jose press deep", ["José"], "does [name] press deep"),
        ("does José press deep", ["jose"], "does [name] press deep"),
        ("mail bob [at] mail dot com how deep", [], "mail how deep"),
        ("bob at mail dot com says how deep", [], "says how deep"),
        ("how deep says iron_mike_99", [], "how deep says [name]"),
        ("call five five five one two three how deep", [], "call # how deep"),
        ("two sets or three, how deep", [], "two sets or three, how deep"),
    ],
)
def test_people_go_and_words_stay(typed: str, names: list[str], kept: str) -> None:
    known = frozenset(f"{typed.lower()} will deep squat squats".replace("jose", "").replace("josé", "").split())
    assert scrub(typed, names=names, known=known) == kept


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_of_frozen_questions_people_go_and_knowledge_stays(file: Path, shipped: Knowledge) -> None:
    found = score(file, Reader().known(shipped))
    assert found.recall >= LEAST_RECALL, found.stayed
    assert found.loss <= MOST_LOST, found.lost


def test_260_questions_are_frozen() -> None:
    assert sum(len(list(lines(file))) for file in FILES) == 260


def test_what_knowledge_writes_with_a_capital_alone_is_no_word_of_its_own(shipped: Knowledge) -> None:
    known = Reader().known(shipped)
    assert {"sled", "romanian", "smith", "creatine"} <= known
    assert "lisbon" not in known


KNOWN_HERE = frozenset(
    "my coach says i should go deeper told me to lock out im and hips roll here how deep live at mail number is".split()  # noqa: SIM905
)


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("my coach kevin says i should go deeper", "kevin"),
        ("kevin told me to lock out", "kevin"),
        ("i'm kevin and my hips roll", "kevin"),
        ("kevin here, how deep should i go", "kevin"),
        ("KEVIN SAYS GO DEEPER", "kevin"),
        ("insta larsthelegend", "lars"),
        ("i live at 12 baker street", "baker"),
        ("kevin.miller at gmail com", "miller"),
        ("mail me kevin dot miller at gmail dot com", "miller"),
        ("my number is oh seven seven double oh nine", "seven"),
        ("my girlfriend maria says go deeper", "maria"),
        ("my mum o'brien told me to lock out", "brien"),
        ("my coach kevin miller told me to lock out", "miller"),
        ("my name's abdul rahman and my hips roll", "rahman"),
        ("i live at venice boulevard", "venice"),
        ("i live at rue de la paix", "paix"),
        ("i live at bahnhofstrasse", "bahnhof"),
    ],
)
def test_names_and_addresses_go_as_most_people_write_them(text: str, gone: str) -> None:
    assert gone not in scrub(text, known=KNOWN_HERE)


def test_a_name_goes_with_its_umlauts_spelt_out() -> None:
    for typed in ("mueller", "muller", "MÜLLER"):
        assert (
            scrub(f"does {typed} lock out", names=["Müller"], known={"does", "lock", "out"}) == "does [name] lock out"
        )


def test_what_is_known_stays_after_a_word_for_people() -> None:
    assert scrub("my coach says go deeper", known={"my", "coach", "says", "go", "deeper"}) == "my coach says go deeper"
