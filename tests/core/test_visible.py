"""What readers see of a text, and what they take for the same."""

import sys

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from bot.core.fields import lines_of
from bot.core.visible import as_kept, look, looks_empty, visible


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("\x1b]0;title\x07", "]0;title"),
        ("a\u202eb\u2066c\u200fd", "abcd"),
        ("de\u00adpth\u200b", "depth"),
        ("two\r\nlines\tand a tab", "two\nlines\tand a tab"),
        ("👩\u200d🦰", "👩\u200d🦰"),
        ("naïve 膝", "naïve 膝"),
    ],
)
def test_what_cannot_be_seen_is_left_out(text: str, seen: str) -> None:
    assert visible(text) == seen


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("ask <@123> or <@!456>", "ask somebody or somebody"),
        ("ask <\u200b@12\u200b3>", "ask somebody"),
        ("see <#12>, <@&34>, 3 < 4", "see <#12>, <@&34>, 3 < 4"),
    ],
)
def test_what_is_kept_mentions_no_member(text: str, kept: str) -> None:
    assert as_kept(text) == kept


@given(st.text())
def test_nothing_that_a_terminal_obeys_is_left(text: str) -> None:
    seen = visible(text)
    assert not any((ord(c) < 32 and c not in "\n\t") or (127 <= ord(c) < 160 and c != "\x85") for c in seen)
    assert visible(seen) == seen


def test_every_letter_and_mark_that_unicode_calls_ignorable_is_left_out_but_what_shapes_others() -> None:
    ignorable = regex.compile(r"\p{Default_Ignorable_Code_Point}")
    shaping = {"\u200c", "\u200d", *map(chr, range(0xFE00, 0xFE10))}
    every = (chr(code) for code in range(sys.maxunicode + 1))
    left = {each for each in every if ignorable.match(each) and visible(each)}
    assert left == shaping


@pytest.mark.parametrize(
    "title",
    [
        "",
        " ",
        "\u200b\u200b",
        "\u202e",
        "\u00ad",
        "\ufeff",
        "\u200d",
        "\U000e0041",
        "-",
        "…?!",
        "\u3164\u2800",
        "\uffa0",
    ],
)
def test_a_title_of_nothing_looks_empty(title: str) -> None:
    assert looks_empty(title)


@pytest.mark.parametrize(
    "other", ["CREATINE", "Cre\u200batine", "Ｃreatine", "Сrеatinе", "Creatine!", "Créatine", " Crea tine"]
)
def test_titles_that_cannot_be_told_apart_look_alike(other: str) -> None:
    assert look(other) == look("Creatine")
    assert look("Creatine two") != look("Creatine")


@pytest.mark.parametrize(
    "line",
    ["1. Warm up.", "2) Warm up.", "(3) Warm up.", "– Warm up.", "— Warm up.", "• Warm up.", "◦ Warm up.", "① Warm up.", "☐ Warm up.",
     "[ ] Warm up.", "[x] Warm up.", "- [ ] Warm up.", "a) Warm up.", "* Warm up.", "1️⃣ Warm up.", "  - - Warm up.", "1. 1. Warm up.",
     "1.Warm up.", "2)Warm up.", "➡ Warm up.", "➡️ Warm up.", "★ Warm up.", "👉 Warm up.", "» Warm up.", "IV. Warm up.", "ii) Warm up.",
     "(iii) Warm up.", "ii. Warm up.", "Step 1: Warm up.", "STEP 2 - Warm up.", "- step 3. Warm up."],
)  # fmt: skip
def test_a_pasted_list_loses_its_markers(line: str) -> None:
    assert lines_of(f"{line}\n\n") == ["Warm up."]


@pytest.mark.parametrize(
    "line",
    [
        "10 reps, then rest.",
        "3x10 at first.",
        "1.5 plates a side.",
        "A leg at a time.",
        "90° is enough.",
        "-5 degrees.",
        "v. slow on the way down.",
        "I press, then rest.",
        "Step 1 of the checklist.",
        "Step up slowly.",
    ],
)
def test_what_is_no_marker_stays(line: str) -> None:
    assert lines_of(line) == [line]


@pytest.mark.parametrize(
    "other",
    [
        "Кnees to your chest",
        "Ꮶnees to your chest",
        "ᴋnees to your chest",
        "Knees to yoυr chest",
        "Knees t0 your chest",
        "ꓗnees to your chest",
        "Knees to your ᴄhest",
        "Kոees to your chest",
    ],
)
def test_titles_in_letters_of_other_scripts_look_alike(other: str) -> None:
    assert look(other) == look("Knees to your chest")
