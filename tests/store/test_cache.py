"""Files that save work: whole or not at all, and never needed."""

from pathlib import Path

from bot.store.cache import MOST_FILES, FileCache


def test_what_is_put_is_got(tmp_path: Path) -> None:
    cache = FileCache(tmp_path / "new" / "folder")
    assert cache.get("a") is None
    cache.put("a", b"one")
    cache.put("a", b"two")
    assert cache.get("a") == b"two"
    assert [path.name for path in (tmp_path / "new" / "folder").iterdir()] == ["a"]


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
    assert len(list(tmp_path.iterdir())) == MOST_FILES
    assert cache.get(f"key-{MOST_FILES + 4}") == b"x"
