"""The words that the bot reads with come from the project's own files, whole, whichever knowledge is in use."""

from pathlib import Path

import pytest

from bot import words
from bot.core.followup import FollowUpWords
from bot.core.knowledge.folder import read_language_files
from bot.core.knowledge.language_schema import FILES
from bot.core.knowledge.yaml_reader import parse
from bot.core.own_words import own
from bot.core.text import Spelling
from bot.errors import KnowledgeError
from bot.private_files import SealedFolder

LISTED = read_language_files(words.shipped_knowledge()).single


@pytest.mark.parametrize("name", words.OWN)
def test_a_start_reads_what_a_check_reads(name: str) -> None:
    shown, raw = LISTED[name]
    assert words.words_of(name) == parse(raw, shown).data
    assert name in FILES


def test_what_is_shipped_is_what_is_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    key, content = words.to_ship()
    read = {name: words.words_of(name) for name in words.OWN}
    monkeypatch.setattr(words, "_SHIPPED", SealedFolder(tmp_path, "state 1", 1, part_of_program=True))
    words._all.cache_clear()
    assert {name: words.words_of(name) for name in words.OWN} == read
    words._SHIPPED.put(key, content)
    words._all.cache_clear()
    assert {name: words.words_of(name) for name in words.OWN} == read
    words._all.cache_clear()


@pytest.fixture
def own_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    path = tmp_path / "spelling.yaml"
    path.write_bytes(words.path_of("spelling").read_bytes())
    monkeypatch.setattr(words, "path_of", lambda name: path if name == "spelling" else tmp_path / name)
    monkeypatch.setattr("bot.core.own_words.path_of", lambda _: path)
    monkeypatch.setattr(words, "words_of", lambda _: words._parsed(path))
    monkeypatch.setattr("bot.core.own_words.words_of", lambda _: words._parsed(path))
    return path


UNREAD = "YAML cannot be read here (did not find expected ',' or ']'); check the indentation and the quotes around here"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("takes_is: [", "takes_is: [[", f":39:1: {UNREAD}"),
        ("takes_is: [", "takes: [", ":1:1: 'takes_is' is missing"),
        ("takes_is: [what,", "takes_is: what\nx: [", ":37:1: 'takes_is' is missing, or is written as something else"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_at_its_place(own_file: Path, old: str, new: str, fault: str) -> None:
    text = own_file.read_text(encoding="utf-8")
    assert old in text
    own_file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError) as raised:
        own(Spelling, "spelling")
    assert str(raised.value).startswith(f"{own_file}{fault}")


def test_a_file_that_is_no_mapping_is_told(own_file: Path) -> None:
    own_file.write_text("- a\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=":1:1: the file must be `key: value` lines"):
        own(Spelling, "spelling")


def test_a_file_that_is_gone_is_told_with_what_to_do(own_file: Path) -> None:
    own_file.unlink()
    for read in (lambda: own(Spelling, "spelling"), lambda: words.fingerprint.__wrapped__(("spelling",))):
        with pytest.raises(KnowledgeError) as raised:
            read()
        assert str(raised.value) == (
            f"{own_file}:1:1: this file of the project's own words cannot be read (No such file or directory); "
            "bring it back, or install the project again"
        )


def test_other_words_give_another_key_for_what_is_fitted_with_them(
    own_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words, "FITTED_WITH", ("spelling",))
    before = words.fingerprint.__wrapped__(("spelling",))
    own_file.write_text(own_file.read_text(encoding="utf-8").replace("wat: what", "wat: water"), encoding="utf-8")
    assert words.fingerprint.__wrapped__(("spelling",)) != before


def test_an_entry_that_is_no_pattern_is_told_at_its_line(own_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.core.own_words.is_shipped", lambda: False)
    text = (words.shipped_knowledge() / "language" / "en" / "follow_ups.yaml").read_text(encoding="utf-8")
    own_file.write_text(text.replace("  - says who\n", "  - says (who\n", 1), encoding="utf-8")
    line = text[: text.index("  - says who\n")].count("\n") + 1
    with pytest.raises(KnowledgeError) as raised:
        own(FollowUpWords, "follow_ups")
    assert str(raised.value).startswith(f"{own_file}:{line}:1: 'says (who' is no pattern (")
