"""The site in a folder: nothing of anybody else's is touched."""

from pathlib import Path

import pytest

from bot.errors import ConfigError
from bot.site import write
from bot.site.writing import LIST


def test_a_second_build_takes_away_what_only_the_first_had(tmp_path: Path) -> None:
    out = tmp_path / "new" / "site"
    write({"index.html": b"1", "claims/gone.html": b"2"}, out)
    (out / "own.txt").write_text("mine", encoding="utf-8")
    write({"index.html": b"3"}, out)
    assert sorted(path.name for path in out.iterdir()) == ["index.html", "own.txt", LIST]
    assert (out / "index.html").read_bytes() == b"3"


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ConfigError, match="holds other files; name a new or an empty folder"):
        write({"index.html": b""}, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine", encoding="utf-8")
    with pytest.raises(ConfigError, match="is a file; name a folder"):
        write({"index.html": b""}, tmp_path / "site")


@pytest.mark.parametrize("held", ["no json", '{"a": 1}', "[1]"])
def test_a_list_that_says_nothing_removes_nothing(held: str, tmp_path: Path) -> None:
    (tmp_path / LIST).write_text(held, encoding="utf-8")
    (tmp_path / "kept.html").write_text("", encoding="utf-8")
    with pytest.raises(ConfigError, match="cannot be read; empty the folder"):
        write({"index.html": b""}, tmp_path)
    assert (tmp_path / "kept.html").exists()


@pytest.mark.parametrize("name", ["../precious.txt", "/etc/precious", "a/../../precious.txt", "..\\precious.txt"])
def test_a_list_that_points_outside_removes_nothing_there(name: str, tmp_path: Path) -> None:
    precious = tmp_path / "precious.txt"
    precious.write_text("mine", encoding="utf-8")
    out = tmp_path / "site"
    write({"index.html": b""}, out)
    (out / LIST).write_text(f'["index.html", {name!r}]'.replace("'", '"').replace("\\", "\\\\"), encoding="utf-8")
    write({"index.html": b""}, out)
    assert precious.exists()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"cannot be written to .*name a folder that can be"):
        write({"index.html": b""}, tmp_path / "file" / "site")
