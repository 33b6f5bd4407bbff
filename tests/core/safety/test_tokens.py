"""Words as the gate reads them."""

from bot.core.safety.tokens import COMMA, MESSAGE, MOST_WORDS, SENTENCE, tokenise


def test_apostrophes_fall_away_and_cannot_is_cant() -> None:
    assert tokenise("I can't, I cannot, don't").words == ["i", "cant", "i", "cant", "dont"]


def test_a_not_written_out_is_read_as_the_short_form() -> None:
    assert tokenise("I have not been able to, it does not").words == [
        "i",
        "havent",
        "been",
        "able",
        "to",
        "it",
        "doesnt",
    ]
    assert tokenise("I have. Not today").words == ["i", "have", "not", "today"]


def test_a_possessive_leaves_the_owner_but_its_and_thats_stay() -> None:
    assert tokenise("my leg's numb, it's odd, that's it").words == ["my", "leg", "numb", "its", "odd", "thats", "it"]


def test_laughter_typed_or_drawn_is_one_sign() -> None:
    assert tokenise("lmao 😂 hahaha").words == ["lol", "lol", "lol"]


def test_numbers_come_apart_from_their_units_and_keep_their_decimals() -> None:
    assert tokenise("39.5 14hrs 26wks 2019").words == ["39.5", "14", "hours", "26", "weeks", "2019"]


def test_piled_up_letters_are_capped() -> None:
    assert tokenise("soooo numbbbb stilllll").words == ["soo", "numb", "still"]


def test_what_stands_before_a_word_is_kept() -> None:
    words = tokenise("numb, sore. now")
    assert words.breaks == [0, COMMA, SENTENCE]
    assert words.places[2] - words.places[1] > words.places[1] - words.places[0]


def test_earlier_messages_come_first_and_the_newest_is_marked() -> None:
    words = tokenise("cant pee", ("my back went",))
    assert words.words == ["my", "back", "went", "cant", "pee"]
    assert words.fresh == 3
    assert words.breaks[3] == MESSAGE


def test_a_wall_of_letters_is_cut() -> None:
    assert len(tokenise("a " * 3000).words) <= MOST_WORDS
    assert len(tokenise("a " * 3000, tuple("b " * 3000 for _ in range(10))).words) <= 2 * MOST_WORDS
