"""What holds for every drawing, and that none has changed by accident."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from bot.core.drawing import PICTURES, Picture, picture_named, style
from bot.core.drawing.registry import MAX_ALT

EVERY = pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
SNAPSHOTS = Path(__file__).parent / "snapshots"
SVG = "{http://www.w3.org/2000/svg}"


@EVERY
def test_a_drawing_is_well_formed_and_holds_nothing_but_shapes_and_words(picture: Picture) -> None:
    root = ET.fromstring(picture.svg)
    assert root.tag == f"{SVG}svg"
    assert {element.tag for element in root.iter()} <= {
        f"{SVG}{name}" for name in ("svg", "rect", "circle", "path", "text", "g")
    }
    assert "href" not in picture.svg
    assert "nan" not in picture.svg
    assert float(root.attrib["width"]) == style.WIDTH


@EVERY
def test_a_drawing_is_the_same_each_time(picture: Picture) -> None:
    assert picture.draw() == picture.draw()


@EVERY
def test_a_drawing_has_not_changed_unnoticed(picture: Picture) -> None:
    """After a wanted change, look at the picture and write the new SVG to `snapshots/`."""
    assert picture.svg == (SNAPSHOTS / f"{picture.name}.svg").read_text("utf-8")


def test_there_is_no_snapshot_of_a_drawing_that_is_gone() -> None:
    assert {path.stem for path in SNAPSHOTS.glob("*.svg")} == set(PICTURES)


@EVERY
def test_alt_text_fits_discord_and_gives_every_angle_that_is_drawn(picture: Picture) -> None:
    assert 80 <= len(picture.alt) <= MAX_ALT
    assert picture.alt.endswith(".")
    drawn = set(re.findall(r"(\d+)°", "".join(ET.fromstring(picture.svg).itertext())))
    assert drawn == set(re.findall(r"(\d+)°", picture.alt))


@EVERY
def test_words_are_large_enough_for_a_phone(picture: Picture) -> None:
    sizes = [float(element.attrib["font-size"]) for element in ET.fromstring(picture.svg).iter(f"{SVG}text")]
    assert sizes
    assert min(sizes) >= style.SMALL >= 31


@EVERY
def test_a_name_can_stand_in_yaml_and_leads_back_to_the_drawing(picture: Picture) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", picture.name)
    assert picture_named(picture.name) is picture


def test_an_unknown_name_has_no_drawing() -> None:
    assert picture_named("mona-lisa") is None


def test_good_and_bad_differ_by_words_and_by_the_shape_of_their_marks() -> None:
    positions = PICTURES["positions"].svg
    for said in ("Good stop", "Knees to chest", "hips stay down", "hips lift", "back rounds"):
        assert said in positions
    good_mark = f'r="20" fill="{style.GOOD}"'
    bad_mark = f'width="40" height="40" rx="7" fill="{style.CARE}"'
    assert good_mark in positions
    assert bad_mark in positions
