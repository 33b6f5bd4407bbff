"""Text is made to fit, and what would not fit is refused before Discord refuses it."""

import discord
import pytest
from discord import ui
from hypothesis import example, given
from hypothesis import strategies as st

from bot.ui.kit.buttons import Press
from bot.ui.kit.layout import Layout, box
from bot.ui.kit.limits import MOST_TEXT, assert_fits, cut, label, pages, whole_items, without_marks


@given(st.text(), st.integers(min_value=3, max_value=200))
def test_a_cut_text_never_exceeds_its_room(text: str, most: int) -> None:
    assert len(cut(text, most)) <= most


@given(st.text(), st.integers(min_value=3, max_value=200))
def test_a_text_that_fits_is_left_alone(text: str, most: int) -> None:
    if len(text.strip()) <= most:
        assert cut(text, most) == text.strip()


def test_a_long_text_is_cut_after_a_sentence() -> None:
    assert cut("One is here. Two is here. Three is here.", 30) == "One is here. Two is here. …"


def test_a_long_sentence_is_cut_after_a_word() -> None:
    assert cut("one two three four five six seven", 20) == "one two three four …"


def test_a_long_word_is_cut_anywhere() -> None:
    assert cut("x" * 50, 10) == "x" * 8 + " …"


def test_a_label_is_one_line_and_never_empty() -> None:
    assert label("two\nlines ") == "two lines"
    assert label("  ") == "…"
    assert len(label("word " * 40)) <= 80


def test_only_whole_items_are_counted() -> None:
    assert whole_items(["aaaa", "bbbb", "cccc"], 10) == 2
    assert whole_items(["aaaa"], 3) == 0


@given(st.lists(st.text(min_size=1, max_size=60), max_size=40), st.integers(min_value=10, max_value=80))
def test_pages_hold_everything_in_order_and_fit(paragraphs: list[str], most: int) -> None:
    shared = pages(paragraphs, most)
    assert all(sum(map(len, page)) <= most for page in shared)
    assert all(1 <= len(page) <= 19 for page in shared)
    held, expected = ("".join("".join(texts).split()) for texts in (map("".join, shared), paragraphs))
    assert held == expected  # all but the white space where a paragraph was split


def test_a_page_that_discord_would_refuse_is_refused_with_every_reason() -> None:
    layout = Layout(
        box(0, ui.TextDisplay("x" * MOST_TEXT), ui.TextDisplay("more")),
        box(0, ui.ActionRow(Press("why", "a"), Press("why", "a"))),
    )
    with pytest.raises(ValueError, match=r"4004 characters of text, 4000 are allowed; custom_id lp:why:a twice\."):
        assert_fits(layout)


def test_an_empty_message_is_refused() -> None:
    with pytest.raises(ValueError, match="an empty message"):
        assert_fits(Layout())
    with pytest.raises(ValueError, match="an empty text"):
        assert_fits(Layout(box(0, ui.TextDisplay("  "))))


def test_more_than_forty_components_are_refused() -> None:
    with pytest.raises(ValueError, match="40"):
        Layout(*(box(0, *(ui.TextDisplay("x") for _ in range(9))) for _ in range(5)))


def test_too_long_a_custom_id_is_refused() -> None:
    button = ui.Button[ui.LayoutView](label="x", custom_id="y" * 100)
    button.custom_id = "y" * 101
    with pytest.raises(ValueError, match="custom_id of 101 characters"):
        assert_fits(Layout(box(0, ui.ActionRow(button))))


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("↪️ 3 known questions of **Find your own depth** would get *nothing*", "↪️ 3 known questions of Find your own depth would get nothing"),
        (r"“is 5 \* 5 \_really\_ 25”: goes to **A \*star\***", "“is 5 * 5 _really_ 25”: goes to A *star*"),
        ("-# “how low”: Would get no answer.\n### A heading", "“how low”: Would get no answer.\nA heading"),
        (r"[our \[own\] page](<https://example.org/a_b>) · theirs", "our [own] page (https://example.org/a_b) · theirs"),
        ("a [bracket] of somebody's, 2 # 3, - # 4", "a [bracket] of somebody's, 2 # 3, - # 4"),
    ],
)  # fmt: skip
def test_a_text_in_a_file_has_no_marks_of_markdown_and_every_sign_that_was_typed(marked: str, plain: str) -> None:
    assert without_marks(marked) == plain


@given(typed=st.text(alphabet="ab 1*_`~|>#-\\<", max_size=40))
@example(typed=" -")  # discord.py escapes the space there
def test_whatever_was_typed_and_escaped_stands_in_a_file_as_it_was_typed(typed: str) -> None:
    assert without_marks(f"“{discord.utils.escape_markdown(typed)}”") == f"“{typed}”"
