"""Files that save work: whole or not at all, never needed, and never anybody else's."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

import bot
from bot.bootstrap import build_service, load_rules, shipped_state
from bot.private_files import ABANDONED_SECONDS, FILE_MODE, SEALED, UNFINISHED
from bot.store.cache import FOLDER, MOST_FILES, FileCache


def test_what_is_put_is_got(tmp_path: Path) -> None:
    cache = FileCache(tmp_path / "new" / "folder")
    assert cache.get("a") is None
    cache.put("a", b"one")
    cache.put("a", b"two")
    assert cache.get("a") == b"two"
    assert len(list((tmp_path / "new" / "folder" / FOLDER).iterdir())) == 1


def test_without_a_folder_nothing_is_kept() -> None:
    cache = FileCache(None)
    cache.put("a", b"one")
    assert cache.get("a") is None


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = FileCache(tmp_path / "file" / "cache")
    cache.put("a", b"one")
    assert cache.get("a") is None


def test_old_files_make_room(tmp_path: Path) -> None:
    cache = FileCache(tmp_path)
    for i in range(MOST_FILES + 5):
        cache.put(f"key-{i}", b"x")
    assert len(list((tmp_path / FOLDER).iterdir())) == MOST_FILES
    assert cache.get(f"key-{MOST_FILES + 4}") == b"x"


def test_other_peoples_files_are_left_alone_wherever_the_folder_is(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir(mode=0o700)
    theirs = [tmp_path / FOLDER / f"thesis-{i}.sealed" for i in range(60)] + [tmp_path / f"{i}.txt" for i in range(60)]
    for path in theirs:
        path.write_text("a year's work")
        os.utime(path, (1, 1))
    cache = FileCache(tmp_path)
    for i in range(MOST_FILES + 5):
        cache.put(f"key-{i}", b"x")
    assert [path.read_text() for path in theirs] == ["a year's work"] * 120
    assert len(list((tmp_path / FOLDER).iterdir())) == 60 + MOST_FILES


def test_a_link_to_somebody_elses_file_is_neither_read_nor_followed(tmp_path: Path) -> None:
    cache = FileCache(tmp_path / "cache")
    cache.put("a", b"one")
    [kept] = (tmp_path / "cache" / FOLDER).iterdir()
    elsewhere = tmp_path / "elsewhere"
    kept.rename(elsewhere)
    kept.symlink_to(elsewhere)
    assert cache.get("a") is None
    cache.put("a", b"two")
    assert elsewhere.read_bytes().endswith(b"one")
    assert cache.get("a") == b"two"


def _flipped(whole: bytes) -> bytes:
    return whole[:-1] + bytes([whole[-1] ^ 1])


@pytest.mark.parametrize(
    "spoil",
    [_flipped, lambda whole: whole[:-1], lambda whole: whole + b"!", lambda _: b"", lambda _: b"one"],
    ids=["one bit", "cut", "longer", "empty", "foreign"],
)
def test_what_is_not_as_it_was_written_is_a_miss(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    cache = FileCache(tmp_path)
    cache.put("a", b"one")
    [kept] = (tmp_path / FOLDER).iterdir()
    kept.write_bytes(spoil(kept.read_bytes()))
    assert cache.get("a") is None


def test_a_file_under_another_key_is_a_miss(tmp_path: Path) -> None:
    cache = FileCache(tmp_path)
    cache.put("a", b"one")
    [kept] = (tmp_path / FOLDER).iterdir()
    kept.rename(kept.with_name(kept.name.replace("a", "b", 1)))
    assert cache.get("b") is None


def test_files_and_folder_are_for_this_user_alone_and_what_others_can_write_is_a_miss(tmp_path: Path) -> None:
    cache = FileCache(tmp_path)
    cache.put("a", b"one")
    [kept] = (tmp_path / FOLDER).iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    kept.chmod(0o622)
    assert cache.get("a") is None
    kept.chmod(0o600)
    kept.parent.chmod(0o777)
    assert cache.get("a") is None
    kept.parent.chmod(0o700)
    assert cache.get("a") == b"one"


def test_what_a_dead_process_left_half_written_goes_and_nothing_else(tmp_path: Path) -> None:
    cache = FileCache(tmp_path)
    cache.put("a", b"one")
    names = (
        f"{UNFINISHED}dead0000",
        f"{UNFINISHED}busy0000",
        "theirs",
        f"{UNFINISHED}by-hand",
        f"{UNFINISHED}readable",
    )
    dead, busy, *theirs = (tmp_path / FOLDER / name for name in names)
    for path in (dead, busy, *theirs):
        path.write_text("x")
        path.chmod(FILE_MODE)
    theirs[-1].chmod(0o644)
    for path in (dead, *theirs):
        os.utime(path, (1, 1))
    cache.put("b", b"two")
    assert not dead.exists()
    assert busy.exists()
    assert all(path.exists() for path in theirs)
    assert ABANDONED_SECONDS > 60


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = FileCache(tmp_path)
    cache.put("a", b"one")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    cache.put("a", b"two")
    assert cache.get("a") == b"one"
    assert len(list((tmp_path / FOLDER).iterdir())) == 1


def test_the_texts_and_numbers_of_a_stop_are_never_what_somebody_put_into_the_cache(tmp_path: Path) -> None:
    shipped_with, own = shipped_state(), FileCache(tmp_path)
    for path in (Path(bot.__file__).parent / "_state").glob(f"*{SEALED}"):
        key = path.name.removesuffix(SEALED)
        own.put(key, shipped_with.get(key) or b"")

    def said() -> str:
        return build_service(region="us", cache=FileCache(tmp_path)).ask("numb between my legs and cannot pee")[0].text

    shipped = said()
    assert "911" in shipped
    changed = 0
    for path in (tmp_path / FOLDER).glob("safety-*"):  # the texts are in no other
        whole = path.read_bytes()
        if b"911" in whole:
            path.write_bytes(whole.replace(b"911", b"555"))
            changed += 1
    assert changed
    assert said() == shipped
    assert load_rules(FileCache(tmp_path)) == load_rules(FileCache(None, shipped_state()))
