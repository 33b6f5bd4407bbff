"""Hidden letters are shown; everything else stays as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.safety.disguise import parted, undisguised
from tests.safety.shipped import shipped_gate, small_gate

WORDS = {"cant", "breathe", "chest", "pain", "my", "crotch", "is", "numb", "i", "a", "ant", "c"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("c a n t  b r e a t h e", "cant breathe"),
        ("c.a.n.t", "cant"),
        ("c-h-e-s-t pain", "chest pain"),
        ("c*h*e*s*t", "chest"),
        ("ᴄᴀɴᴛ ʙʀᴇᴀᴛʜᴇ", "cant breathe"),
        ("сhеst", "chest"),
        ("ch||es||t", "chest"),
        ("ch**es**t", "chest"),
        ("`chest`", " chest "),
        ("k1ll mys3lf", "kill myself"),
        ("\u202eflesym llik", " kill myself. flesym llik "),
        ("i want to \u202eeid\u202c tonight", "i want to  die. eid  tonight"),
        ("my \u200fchest", "my chest"),
    ],
)
def test_a_hidden_word_is_shown(typed: str, meant: str) -> None:
    assert undisguised(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "5 x 5 or 3 x 8",
        "l5 s1",
        "a b split",
        "e.g. the sled, i.e. the press",
        "2 sets a day",
        "120kg",
        "c'est la vie",
        "x",
    ],
)
def test_an_ordinary_text_stays_as_it_is(text: str) -> None:
    assert undisguised(text) == text


@given(st.text(max_size=300))
def test_no_text_makes_it_raise(text: str) -> None:
    undisguised(text)
    parted(text, WORDS.__contains__)


def test_joined_words_are_parted_into_the_fewest() -> None:
    assert parted("cantbreathe", WORDS.__contains__) == ["cant", "breathe"]
    assert parted("mycrotchisnumb", WORDS.__contains__) == ["my", "crotch", "is", "numb"]


def test_a_name_is_not_parted_into_small_words() -> None:
    assert parted("thandiwe", {"th", "and", "i", "we"}.__contains__) == ["thandiwe"]


@pytest.mark.parametrize("word", ["breathe", "cantbreathx", "cant", "a" * 60])
def test_a_known_short_or_strange_word_stays_whole(word: str) -> None:
    assert parted(word, WORDS.__contains__) == [word]


@pytest.mark.parametrize(
    "text",
    [
        "m y c r o t c h i s n u m b",
        "my ᴄʀᴏᴛᴄʜ is numb and i cant pee",
        "||my crotch is numb and i cant pee||",
        "```\nmy crotch is numb and i cant pee\n```",
        "> my crotch is numb and i cant pee",
        "mycrotchisnumb and icantpee",
        "ｍｙ ｃｒｏｔｃｈ ｉｓ ｎｕｍｂ and i cant pee",
        "my crоtch is numb and i саn't pее",
        "🇲🇾 🇨🇷🇴🇹🇨🇭 is numb and i cant pee",
        "my cr0tch is numb and i c4nt pee",
        "m.y crotch is n.u.m.b and i cant p.e.e",
    ],
)
def test_a_disguised_alarm_stops(text: str) -> None:
    assert small_gate().check(text).stop is not None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("k.m.s", "kms"),
        ("k!ll", "kill"),
        ("🇰🇲🇸", "kms"),
        ("from 🇬🇧 to 🇺🇸", "from 🇬🇧 to 🇺🇸"),
        ("stop!then go", "stop!then go"),
        ("at 7 a.m", "at 7 a.m"),
    ],
)
def test_initials_marks_and_flags_are_read_as_letters_where_they_hide_a_word(text: str, shown: str) -> None:
    assert undisguised(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "\u202eflesym llik ot tnaw i",
        "\u202ekcab ym rednu sgel ym leef tnac i\u202c",
        "hey \u202eehtaerb tnac i\u202c help",
        "\u202ei want to kill myself",  # typed as it is meant, and shown backwards
    ],
)
def test_an_alarm_that_is_shown_backwards_is_stopped(text: str) -> None:
    assert shipped_gate().check(text).stop is not None
