"""The confusion matrix as a picture: well-formed, complete, and legible to everybody."""

import re
from xml.etree import ElementTree as ET

import pytest

from bot.core.drawing import style
from bot.core.model import Outcome
from bot.evaluation import Result
from bot.evaluation.picture import confusion_picture, contrast

ANSWER, SUGGEST, DECLINE, STOP = Outcome.ANSWER, Outcome.SUGGEST, Outcome.DECLINE, Outcome.STOP
TOPICS = ("lockout", "depth", "load")
SVG = "{http://www.w3.org/2000/svg}"

RESULTS = (
    *[Result(f"a{i}", "depth", ANSWER, topic="depth") for i in range(14)],
    *[Result(f"b{i}", "depth", ANSWER, topic="lockout") for i in range(3)],
    Result("c", "depth", ANSWER, ("lockout",), topic="lockout"),
    Result("d", "depth", SUGGEST, suggested=("depth",)),
    *[Result(f"e{i}", "out-of-scope", DECLINE) for i in range(22)],
    Result("f", "red-flag", STOP),
    Result("g", "red-flag", ANSWER, topic="depth"),
)


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(svg).iter(f"{SVG}text")]


def test_rows_columns_and_counts_stand_in_it_as_text() -> None:
    found = texts(confusion_picture(RESULTS, TOPICS))
    # Columns first, in the order of the knowledge; the topic that does not occur is left out.
    assert found[2:8] == ["lockout", "depth", "suggested", "declined", "stopped", "right"]
    # An answer that meets the further label counts with the first: 15 right, 3 wrong.
    assert found[8:-4] == [
        "depth", "3", "15", "1", "15/19",
        "out-of-scope", "22", "22/22",
        "red-flag", "1", "1", "1/2",
    ]  # fmt: skip


def test_the_number_of_questions_is_told() -> None:
    assert "43 questions, a row for each label" in texts(confusion_picture(RESULTS, TOPICS))


def test_right_cells_are_framed_so_that_colour_is_not_needed() -> None:
    squares = list(ET.fromstring(confusion_picture(RESULTS, TOPICS)).iter(f"{SVG}rect"))
    framed = [square for square in squares if square.get("stroke")]
    assert len(framed) == 4  # three rows and the legend


def test_every_count_stands_out_from_its_ground() -> None:
    svg = confusion_picture(
        [Result(f"{share}{i}", f"t{share}", ANSWER, topic=f"t{share}" if i < share else "other")
         for share in range(1, 20) for i in range(20)],
        (),
    )  # fmt: skip
    pairs = re.findall(r'<rect [^>]*fill="(#\w{6})"[^>]*/><text [^>]*fill="(#\w{6})">\d+</text>', svg)
    assert len(pairs) == 38
    assert min(contrast(ground, ink) for ground, ink in pairs) >= 4.5


def test_texts_stay_inside_and_cells_do_not_overlap() -> None:
    root = ET.fromstring(confusion_picture(RESULTS, TOPICS))
    width, height = float(root.get("width", "")), float(root.get("height", ""))
    cells = []
    for square in list(root.iter(f"{SVG}rect"))[1:]:
        x, y, w, h = (float(square.get(name, "")) for name in ("x", "y", "width", "height"))
        assert x >= 0
        assert x + w <= width
        assert y + h <= height
        cells.append((x, y))
    assert len(cells) == len(set(cells))
    assert all(0 <= float(text.get("y", "")) <= height for text in root.iter(f"{SVG}text"))


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast(style.CARD, style.CARD) == 1


def test_a_label_with_odd_characters_keeps_the_file_well_formed() -> None:
    svg = confusion_picture([Result("a", "<&>", ANSWER, topic="<&>")], ("<&>",))
    assert "<&>" in texts(svg)
