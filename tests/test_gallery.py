"""The gallery shows everything once, and takes only what is missing or has changed."""

from pathlib import Path

import pytest
from discord import ui

from bot.bootstrap import build_service, shipped_pictures
from bot.pictures import PictureCache
from bot.ui.kit.layout import Layout, box
from bot.ui.kit.limits import assert_fits
from bot.ui.kit.pictures import Pictures
from tests.gallery import WIDTHS, Album, Shot, page, shots
from tests.gallery_pieces import pieces

pytestmark = pytest.mark.long

TAKEN = dict.fromkeys(WIDTHS, 100)


@pytest.fixture(scope="module")
def drawn() -> PictureCache:
    """What all tests here draw, each picture once; those that come with the program are there already."""
    return PictureCache(memory=100_000_000, shipped=shipped_pictures())


async def test_every_claim_has_its_card_and_nothing_is_shown_twice(drawn: PictureCache) -> None:
    service = build_service()
    shown = [piece async for piece in pieces(service, Pictures(drawn, seconds=60))]
    assert {piece.name for piece in shown if piece.section == "Cards"} == set(service.knowledge.claims)
    files = [Shot(piece.section, piece.name, "").file(width) for piece in shown for width in WIDTHS]
    assert len(set(files)) == len(files)
    for piece in shown:
        assert_fits(piece.layout)


def card(said: str) -> Layout:
    return Layout(box(0, ui.TextDisplay(said))).sealed()


def taken(folder: Path, said: str) -> Shot:
    """A shot as if it had been taken and written down."""
    album = Album(folder, fresh=False)
    shot = album.find("Cards", "belt", card(said))
    for width in WIDTHS:
        (folder / shot.file(width)).write_bytes(b"png")
        shot.tall[width] = 100
    album.save()
    return shot


def test_a_card_that_looks_the_same_is_not_taken_again(tmp_path: Path) -> None:
    taken(tmp_path, "A belt is no seat belt.")
    again = Album(tmp_path, fresh=False).find("Cards", "belt", card("A belt is no seat belt."))
    assert again.is_taken(tmp_path)
    assert again.tall == TAKEN


@pytest.mark.parametrize("fresh", [False, True])
def test_a_changed_card_is_taken_again_and_so_is_every_one_for_a_fresh_start(tmp_path: Path, *, fresh: bool) -> None:
    taken(tmp_path, "A belt is no seat belt.")
    said = "A belt is no seat belt." if fresh else "Wear one or do not."
    assert not Album(tmp_path, fresh=fresh).find("Cards", "belt", card(said)).is_taken(tmp_path)


def test_a_screenshot_that_is_gone_is_taken_again(tmp_path: Path) -> None:
    shot = taken(tmp_path, "A belt is no seat belt.")
    (tmp_path / shot.file("phone")).unlink()
    assert not Album(tmp_path, fresh=False).find("Cards", "belt", card("A belt is no seat belt.")).is_taken(tmp_path)


@pytest.mark.soak
@pytest.mark.chromium
@pytest.mark.timeout(400)
async def test_a_run_takes_both_widths_and_the_next_one_nothing(
    tmp_path: Path, drawn: PictureCache, capsys: pytest.CaptureFixture[str]
) -> None:
    (shot,) = await shots(tmp_path, ["Cards belt-squat"], drawn, fresh=False)
    assert all((tmp_path / shot.file(width)).read_bytes().startswith(b"\x89PNG") for width in WIDTHS)
    assert shot.tall["phone"] > shot.tall["desktop"] > 100  # the same words in a narrower column
    await shots(tmp_path, ["Cards belt-squat"], drawn, fresh=False)
    assert "To show: 1. To take: 0." in capsys.readouterr().out
    assert shot.file("phone") in page(tmp_path, [shot], drawn)
