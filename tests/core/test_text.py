import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.text import MAX_CHARACTERS, clean, forget_words, normalise, sentences, stem, words
from tests.support.examples import examples


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("I can't press 200kg, y??", "i can not press 200 kg why"),
        ("it's not what’s wrong", "it is not what is wrong"),
        ("dont lock ur knees pls", "do not lock your knees please"),
        ("soooo heavy, kneeee", "soo heavy knee"),
        ("my coach's seat", "my coach seat"),
        ("train w/o shoes, w/ a belt", "train without shoes with a belt"),
        ("3-1-1 tempo at 45° and 10,000.5", "3 1 1 tempo at 45 and 10 000 5"),
        ("FULL ＷＩＤＴＨ ﬁt café", "full width fit cafe"),
        ("k\u0337n\u0337e\u0337e\u0337 p\u0336ain", "knee pain"),
        ("zero\u200bwidth", "zerowidth"),
        ("ngl that hurts lol", "that hurts"),
        ("lol", "lol"),
        ("she shouldn't've", "she should not have"),
        ("rock'n'roll", "rocknroll"),
        ("hw low shud i go, wht seat, wen", "how low should i go what seat when"),
        ("were do i put my feet", "where do i put my feet"),
        ("Were should they go? They were there, were they", "where should they go they were there were they"),
        ("feet hi or low, too hi", "feet high or low too high"),
        ("hi, my seat is high", "hi my seat is high"),
    ],
)
def test_words_are_read_as_they_were_meant(text: str, read: str) -> None:
    assert normalise(text) == read


@pytest.mark.parametrize(
    "text",
    [
        "<@123456> how deep <#42> <:flex:99> <a:x:1>",
        "how deep https://example.org/a?b=c and <https://x.y> www.z.com discord.gg/abc @everyone",
        "how `deep`",
        "how deep :muscle:",
        "how deep ```py\nprint('x')\n```",
        "**how** ~~deep~~ ||",
    ],
)
def test_links_mentions_code_and_emoji_names_are_gone(text: str) -> None:
    assert [word for word in words(clean(text)) if word != "and"] == ["how", "deep"]


def test_a_message_that_is_only_a_code_block_is_read() -> None:
    assert normalise("```\nhow deep\n```") == "how deep"


def test_not_is_never_dropped() -> None:
    for text in ("doesn't", "doesnt", "does not", "can't", "isn’t", "wont", "ain't"):
        assert "not" in words(clean(text))


def test_other_scripts_stay_words() -> None:
    assert words(clean("привет как дела")) == ["привет", "как", "дела"]
    assert len(words(clean("膝が痛い"))) == 1


def test_sentences_end_at_marks_and_lines() -> None:
    assert sentences(clean("One. Two?three\nfour")) == ["one.", "two?", "three", "four"]
    assert sentences("") == []


def test_what_is_remembered_of_words_is_forgotten_and_they_are_read_as_before() -> None:
    before = words("presses shouldn't"), stem("presses")
    assert stem.cache_info().currsize
    forget_words()
    assert not stem.cache_info().currsize
    assert (words("presses shouldn't"), stem("presses")) == before


def test_inflected_words_share_a_stem() -> None:
    assert stem("pressing") == stem("presses") == stem("press")


def test_who_fasts_is_not_fast() -> None:
    assert stem("fasting") == stem("fasted") != stem("fast")


def test_long_texts_are_cut() -> None:
    assert len(clean("a" * 50_000)) == MAX_CHARACTERS
    assert len(clean("ﷺ" * 6_000)) <= MAX_CHARACTERS


@examples(150)
@given(st.text(max_size=500))
def test_any_text_becomes_words_of_letters_and_digits(text: str) -> None:
    line = words(clean(text))
    assert len(line) <= 2 * MAX_CHARACTERS
    for word in line:
        assert word
        assert all(unicodedata.category(character)[0] in "LN" for character in word.replace("'", ""))
        assert len(word) <= 60


@examples(100)
@given(st.text(max_size=300))
def test_normalising_twice_loses_no_more_words_than_once_gave(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == normalise(normalise(once))
