import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.pictures import PictureCache, RenderError, ShippedPictures, rendered

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="20"><rect width="9" height="9" fill="#0072B2"/></svg>'


class Counting:
    """The real renderer, and how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0
        self._lock = threading.Lock()

    def __call__(self, svg: str) -> bytes:
        with self._lock:
            self.asked += 1
        return rendered(svg)


@pytest.fixture
def render() -> Counting:
    return Counting()


def test_a_picture_is_drawn_once_and_then_held(render: Counting) -> None:
    cache = PictureCache(render=render)
    first = cache.png(SVG.format(20))
    assert cache.png(SVG.format(20)) == first == rendered(SVG.format(20))
    assert render.asked == 1


def test_other_content_is_another_picture(render: Counting) -> None:
    cache = PictureCache(render=render)
    assert cache.png(SVG.format(20)) != cache.png(SVG.format(21))
    assert render.asked == 2


def test_many_threads_that_want_one_picture_draw_it_once(render: Counting) -> None:
    cache = PictureCache(render=render)
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: cache.png(SVG.format(640)), range(40)))
    assert len(found) == 1
    assert render.asked == 1


def test_a_new_cache_finds_the_pictures_of_the_last_run_on_disk(tmp_path: Path, render: Counting) -> None:
    first = PictureCache(tmp_path / "pictures", render=render).png(SVG.format(20))
    assert PictureCache(tmp_path / "pictures", render=render).png(SVG.format(20)) == first
    assert render.asked == 1


def test_a_damaged_file_is_drawn_again(tmp_path: Path, render: Counting) -> None:
    first = PictureCache(tmp_path, render=render).png(SVG.format(20))
    (kept,) = tmp_path.iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(whole[:-5])
    assert PictureCache(tmp_path, render=render).png(SVG.format(20)) == first
    assert render.asked == 2
    assert kept.read_bytes() == whole


def test_a_picture_in_the_place_of_another_is_not_shown(tmp_path: Path, render: Counting) -> None:
    cache = PictureCache(tmp_path, render=render)
    other = cache.png(SVG.format(21))
    (kept,) = tmp_path.iterdir()
    first = cache.png(SVG.format(20))
    (mine,) = set(tmp_path.iterdir()) - {kept}
    for forged in (kept.read_bytes(), other):
        mine.write_bytes(forged)
        assert PictureCache(tmp_path, render=render).png(SVG.format(20)) == first


def test_a_folder_that_cannot_be_written_costs_no_picture(tmp_path: Path, render: Counting) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    cache = PictureCache(blocked / "pictures", render=render)
    assert cache.png(SVG.format(20)).startswith(b"\x89PNG")


def test_a_members_own_picture_is_not_written_to_disk(tmp_path: Path, render: Counting) -> None:
    cache = PictureCache(tmp_path, render=render)
    cache.png(SVG.format(20), on_disk=False)
    assert list(tmp_path.iterdir()) == []


def test_memory_has_a_limit_and_the_longest_unused_goes_first(render: Counting) -> None:
    size = len(rendered(SVG.format(20)))
    cache = PictureCache(memory=int(size * 2.5), render=render)
    cache.png(SVG.format(20))
    cache.png(SVG.format(21))
    cache.png(SVG.format(20))  # used again
    cache.png(SVG.format(22))  # pushes 21 out
    assert render.asked == 3
    cache.png(SVG.format(20))
    assert render.asked == 3
    cache.png(SVG.format(21))
    assert render.asked == 4


def test_a_picture_larger_than_the_memory_is_given_and_not_held(render: Counting) -> None:
    cache = PictureCache(memory=10, render=render)
    assert cache.png(SVG.format(20)) == cache.png(SVG.format(20))
    assert render.asked == 2


def test_the_folder_has_a_limit(tmp_path: Path, render: Counting) -> None:
    cache = PictureCache(tmp_path, files=3, render=render)
    for width in range(20, 30):
        cache.png(SVG.format(width))
    assert len(list(tmp_path.iterdir())) == 3


def test_pictures_of_others_in_the_folder_are_left_alone(tmp_path: Path, render: Counting) -> None:
    holiday = tmp_path / f"{'a' * 64}.png"
    holiday.write_bytes(b"\x89PNG\r\n\x1a\n a beach")
    cache = PictureCache(tmp_path, files=2, render=render)
    for width in range(20, 26):
        cache.png(SVG.format(width))
    assert holiday.read_bytes().endswith(b"a beach")
    assert len(list(tmp_path.iterdir())) == 3


def test_a_failure_is_passed_on_and_not_kept() -> None:
    answers: list[bytes | None] = [None, b"a picture"]

    def failing_once(_: str) -> bytes:
        answer = answers.pop(0)
        if answer is None:
            raise RenderError("no")
        return answer

    cache = PictureCache(render=failing_once)
    with pytest.raises(RenderError):
        cache.png("x")
    assert cache.png("x") == b"a picture"


def test_what_comes_with_the_program_is_never_drawn(tmp_path: Path) -> None:
    def broken(_svg: str) -> bytes:
        raise AssertionError("drawn")

    shipped = ShippedPictures(tmp_path / "with the program")
    shipped.put("<svg/>", b"as shipped")
    assert (
        PictureCache(render=broken, shipped=ShippedPictures(tmp_path / "with the program")).png("<svg/>")
        == b"as shipped"
    )


def test_a_shipped_picture_that_was_changed_is_drawn_anew_and_old_ones_go(tmp_path: Path) -> None:
    before = ShippedPictures(tmp_path)
    before.put("<svg/>", b"as shipped")
    before.put("<svg>old</svg>", b"old")
    now = ShippedPictures(tmp_path)
    assert now.get("<svg/>") == b"as shipped"
    now.drop_unused()
    [kept] = tmp_path.iterdir()
    assert ShippedPictures(tmp_path).get("<svg>old</svg>") is None
    kept.write_bytes(kept.read_bytes()[:-1] + b"!")
    assert PictureCache(render=lambda _: b"drawn", shipped=ShippedPictures(tmp_path)).png("<svg/>") == b"drawn"
