"""The picture of a server's counts: readable on a phone, whole for any counts."""

import re
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.drawing.page import text_width
from bot.core.drawing.stats import nice_step, stats_picture
from bot.core.stats import stats
from tests.support.examples import examples

LAST = date(2026, 11, 22)
DAY = LAST.isoformat()


def test_counts_stand_in_words_beside_the_colours() -> None:
    made = stats(LAST, 30, [(DAY, "answer", 7), (DAY, "decline", 3)], [(DAY, "helpful", 2)], {"Back pain": 5})
    svg = stats_picture(made)
    assert "answered 7" in svg
    assert "not answered 3" in svg
    assert "Helpful 2 times, not helpful 0 times" in svg
    assert ">Back pain<" in svg


@pytest.mark.parametrize("count", [0, 7, 70, 12_345, 10**7])
def test_each_colour_and_its_meaning_stand_apart_from_the_next(count: int) -> None:
    svg = stats_picture(stats(LAST, 30, [(DAY, kind, count) for kind in ("answer", "suggest", "decline")], [], {}))
    boxes = [float(x) for x in re.findall(r'<rect x="([\d.]+)" y="136"', svg)]
    texts = re.findall(r'<text x="([\d.]+)" y="158"[^>]*font-size="([\d.]+)"[^>]*>([^<]+)<', svg)
    assert len(boxes) == len(texts) == 3
    ends = [float(x) + text_width(said, float(size)) for x, size, said in texts]
    assert all(end + 15 <= begin for end, begin in zip(ends, [*boxes[1:], 800 - 29], strict=True))


def test_long_spans_are_drawn_by_the_week() -> None:
    assert "Questions a day" in stats_picture(stats(LAST, 30, [], [], {}))
    assert "Questions a week" in stats_picture(stats(LAST, 365, [], [], {}))


def test_a_topic_title_of_a_server_cannot_break_the_picture() -> None:
    ET.fromstring(stats_picture(stats(LAST, 7, [], [], {"<b>&\"' " * 20: 3})))


@pytest.mark.parametrize(("most", "step"), [(0, 1), (5, 1), (6, 2), (11, 5), (26, 10), (51, 20), (101, 50), (999, 200)])
def test_the_scale_goes_in_ones_twos_and_fives(most: int, step: int) -> None:
    assert nice_step(most) == step


@examples(20)
@given(days=st.integers(1, 365), count=st.integers(0, 10**7))
def test_every_bar_stays_inside_the_card(days: int, count: int) -> None:
    svg = stats_picture(stats(LAST, days, [(DAY, "answer", count), (DAY, "suggest", count)], [], {"T": count or 1}))
    root = ET.fromstring(svg)
    height = float(root.attrib["height"])
    for rect in re.findall(r'<rect x="([-\d.]+)" y="([-\d.]+)" width="([-\d.]+)" height="([-\d.]+)"', svg):
        x, y, width, tall = map(float, rect)
        assert 0 <= x <= x + width <= 800.1
        assert 0 <= y <= y + tall <= height + 0.1
