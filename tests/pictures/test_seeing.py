"""What is drawn can be read: contrast as WCAG 2 computes it, and colours that stay apart without red-green vision."""

import re
from itertools import combinations, product

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.core.checklist import checklist
from bot.core.drawing import PICTURES, Picture, style
from bot.core.drawing.page import page
from bot.core.drawing.pictures import quads
from bot.core.drawing.stats import SUGGESTED_FILL
from bot.core.model import Knowledge
from bot.core.my_depth import depth_request, my_depth
from tests.support.examples import some
from tests.support.pixels import drawn, pixels

READABLE = 4.5
"""What WCAG 2 asks between small type and its ground."""
VISIBLE = 3.0
"""What WCAG 2 asks between a line that says something and its ground."""
APART = 20.0
"""CIE Lab distance; 2.3 is the least that is noticed, and this is more than eight times as much."""
DISCORD = {"dark": "#313338", "light": "#FFFFFF"}
_TEXT = re.compile(r"<text ([^>]*)>[^<]*</text>")

Colours = NDArray[np.float64]

SEEN_BY: dict[str, Colours] = {
    "everybody else": np.eye(3),
    "protanopes": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopes": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopes": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
"""What is left of linear RGB (Machado, Oliveira and Fernandes 2009, severity 1.0)."""


def channels(colour: str) -> Colours:
    """Red, green and blue of a colour such as #0072B2, 0 to 255."""
    return np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)], dtype=np.float64)


def linear(colours: Colours) -> Colours:
    """Linear light of sRGB channels from 0 to 255."""
    share = colours / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def luminance(colours: Colours) -> Colours:
    """Relative luminance as WCAG 2 defines it, of one colour or of many."""
    return np.asarray(linear(colours) @ np.array([0.2126, 0.7152, 0.0722]))


def contrast(one: Colours, other: Colours) -> Colours:
    """The ratio of WCAG 2, 1 to 21."""
    lighter, darker = np.maximum(luminance(one), luminance(other)), np.minimum(luminance(one), luminance(other))
    return np.asarray((lighter + 0.05) / (darker + 0.05))


def lab(light: Colours) -> Colours:
    """CIE Lab of linear sRGB light (D65)."""
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    shares = np.clip(to_xyz @ np.clip(light, 0, 1), 0, None) / np.array([0.95047, 1.0, 1.08883])
    roots = np.where(shares > 216 / 24389, np.cbrt(shares), (24389 / 27 * shares + 16) / 116)
    return np.array([116 * roots[1] - 16, 500 * (roots[0] - roots[1]), 200 * (roots[1] - roots[2])])


def distance(one: str, other: str, seen: Colours) -> float:
    """How far two colours are from each other for whoever sees light as `seen` leaves it."""
    first, second = (lab(seen @ linear(channels(colour))) for colour in (one, other))
    return float(np.linalg.norm(first - second))


def worst_words(svg: str) -> float:
    """The lowest contrast of any word in `svg` with what lies around its letters.

    Each word is drawn in a colour of its own to find where its letters are, and its ground is what the picture shows there
    without words; their pale outlines count as ground.
    """
    opening = svg[: svg.index(">") + 1]
    words = [text for text in _TEXT.finditer(svg) if "stroke=" not in text[1]]
    fills = [re.search(r'fill="(#\w{6})"', text[1]) for text in words]
    ground = pixels(drawn(_TEXT.sub(lambda text: text[0] if "stroke=" in text[1] else "", svg)))
    numbered = "".join(
        text[0].replace(fill[0], f'fill="{_number(at)}"')
        for at, (text, fill) in enumerate(zip(words, fills, strict=True))
        if fill
    )
    alone = pixels(drawn(f"{opening}{numbered}</svg>"))
    found_at = np.rint(alone[:, :, :3] / _STEP).astype(np.int32) @ np.array([256, 16, 1])
    worst = 21.0
    for at, fill in enumerate(fills):
        assert fill
        letters = (found_at == at) & (alone[:, :, 3] > 128)
        found = contrast(channels(fill[1]), ground[letters][:, :3].astype(np.float64))
        worst = min(worst, float(np.percentile(found, 1)))  # the edge of a shape below may touch a letter
    return worst


_STEP = 17
"""Between two numbers in one channel: what is half transparent comes back with a rounding fault of one."""


def _number(at: int) -> str:
    """Write a number below 4,096 as a colour."""
    return f"#{at >> 8:x}{at >> 8:x}{at >> 4 & 15:x}{at >> 4 & 15:x}{at & 15:x}{at & 15:x}"


EVERY = [pytest.param(picture, id=name) for name, picture in PICTURES.items()]


@some("picture", EVERY, 3)
def test_every_word_of_a_picture_stands_out_from_what_lies_behind_it(picture: Picture) -> None:
    assert worst_words(picture.svg) >= READABLE


@some("machine, roll", product(["sled", "horizontal", "vertical"], ["hip 80", "knee 60", "knee 95"]), 4)
def test_every_word_of_an_own_depth_stands_out_from_what_lies_behind_it(machine: str, roll: str) -> None:
    assert worst_words(my_depth(depth_request(machine=machine, roll=roll)).svg) >= READABLE


def test_every_word_of_the_printed_page_stands_out_from_what_lies_behind_it(shipped: Knowledge) -> None:
    whole = page(checklist(shipped), invite="https://discord.gg/abc")
    assert worst_words(re.sub(r"<svg x=.*?</svg>", "", whole)) >= READABLE  # the picture in it has its own test


@pytest.mark.parametrize("ground", [style.CARD, style.PANEL, style.GOOD_SOFT, style.CARE_SOFT])
@pytest.mark.parametrize("colour", [style.GOOD, style.CARE, style.INK, style.MUTED])
def test_lines_and_arrows_stand_out_from_every_ground(colour: str, ground: str) -> None:
    assert contrast(channels(colour), channels(ground)) >= READABLE >= VISIBLE


@pytest.mark.parametrize("beside", [style.CARD, style.PANEL, style.GOOD_SOFT, style.CARE_SOFT, style.SKIN, style.SHOE])
def test_a_sock_is_seen_so_that_the_foot_hangs_on_its_leg(beside: str) -> None:
    assert contrast(channels(style.SOCK), channels(beside)) >= 1.15


@pytest.mark.parametrize("shape", [style.SKIN, style.SHIRT, style.SHORTS, style.PAD, style.STEEL_LIGHT, style.SHOE])
@pytest.mark.parametrize("colour", [style.GOOD, style.CARE])
def test_the_outline_of_a_line_stands_out_from_the_line_on_every_shape(colour: str, shape: str) -> None:
    # A line may cross the figure: it then shows by its pale outline where it does not by itself.
    by_itself, by_outline = (
        contrast(channels(colour), channels(shape)),
        contrast(channels(colour), channels(style.CARD)),
    )
    assert max(by_itself, by_outline) >= VISIBLE


@pytest.mark.parametrize("mode", DISCORD)
@some("picture", EVERY, 3, 1)
def test_a_picture_looks_alike_on_the_dark_and_the_light_discord(picture: Picture, mode: str) -> None:
    found = pixels(drawn(picture.svg)).astype(np.float64)
    opaque = found[:, :, 3:] / 255
    shown = found[:, :, :3] * opaque + channels(DISCORD[mode]) * (1 - opaque)
    differs = np.abs(shown - found[:, :, :3]).max(axis=2) > 2
    inside = np.ones_like(differs)
    for rows in (slice(0, 29), slice(-29, None)):
        for columns in (slice(0, 29), slice(-29, None)):
            inside[rows, columns] = False  # the rounded corners let through what is behind them
    assert not (differs & inside).any()


_QUADS = tuple(getattr(quads, name) for name in ("_LATERALIS", "_RECTUS", "_MEDIALIS", "_INTERMEDIUS"))
MEANING = [
    (style.GOOD, style.CARE),
    (style.GOOD, SUGGESTED_FILL),
    (style.CARE, SUGGESTED_FILL),
    *combinations(_QUADS, 2),
]


@pytest.mark.parametrize("eyes", SEEN_BY)
@pytest.mark.parametrize(("one", "other"), MEANING)
def test_colours_that_carry_meaning_stay_apart_for_every_eye(one: str, other: str, eyes: str) -> None:
    assert distance(one, other, SEEN_BY[eyes]) >= APART


def test_the_simulation_shows_that_red_and_green_would_not_do() -> None:
    red, green = "#C0392B", "#5E8C31"
    assert distance(red, green, SEEN_BY["everybody else"]) > 60
    assert distance(red, green, SEEN_BY["deuteranopes"]) < APART
