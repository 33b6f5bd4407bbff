"""The files of what the bot says: whole, or every fault at its place, and told by the program itself."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.core.knowledge.folder import read_sentence_files
from bot.core.knowledge.sentence_files import faults_of_sentences
from bot.sentences import FOLDER

ROOT = Path(__file__).parents[3]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(FOLDER, tmp_path / "sentences", ignore=shutil.ignore_patterns("__pycache__", "*.py"))
    return tmp_path / "sentences"


def told(folder: Path) -> list[str]:
    found = faults_of_sentences(read_sentence_files(folder))
    return [
        f"{Path(each.file).relative_to(folder).as_posix()}:{each.line}:{each.column}: {each.message}" for each in found
    ]


def test_the_shipped_sentences_are_whole() -> None:
    assert told(FOLDER) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("part:\n  a: b: c\n", "2:7: YAML cannot be read here (mapping values are not allowed in this context)"),
        ("part:\n  a: b\n  a: c\n", "3:3: 'a' stands twice"),
        ("- a\n", "1:1: write `part:`, and below it `name: text`"),
        ("part: a\n", "1:7: 'part' has no sentences below it"),
        ("part:\n  a b: c\n", "2:3: 'a b' is no name of a sentence"),
        ("part:\n  a: 5\n", "2:6: 'a' is no text"),
        ("part:\n  a: ''\n", "2:6: 'a' is no text"),
        ("part:\n  a: '{count'\n", "2:6: 'a' has a gap that nothing can fill (expected '}' before end of string)"),
        ("part:\n  a: '{}'\n", "2:6: 'a' has a gap that nothing can fill ({})"),
        ("part:\n  a: '{to.you}'\n", "2:6: 'a' has a gap that nothing can fill ({to.you})"),
    ],
)
def test_a_broken_file_is_told_at_its_place(folder: Path, text: str, fault: str) -> None:
    (folder / "en" / "card.yaml").write_text(text, encoding="utf-8")
    found = told(folder)
    assert len(found) == 1
    assert found[0].startswith(f"en/card.yaml:{fault}")


def test_another_language_is_held_against_english(folder: Path) -> None:
    shutil.copytree(folder / "en", folder / "de")
    assert told(folder) == []
    for language, text in (
        ("en", "a:\n  one: One {x}.\n  two: Two.\n"),
        ("de", "a:\n  one: Eins {y}.\n  drei: Drei.\n"),
    ):
        (folder / language / "card.yaml").write_text(text, encoding="utf-8")
    assert told(folder) == [
        "de/card.yaml:2:8: 'one' has other gaps than in English; they are: x",
        "de/card.yaml:2:3: 'a.two' is missing; in English it is: Two.",
        "de/card.yaml:3:3: 'drei' is said by nothing, since English has it not; take it out",
    ]


@pytest.mark.parametrize(
    ("file", "arguments"),
    [("card", ["check"]), ("terminal", ["check"]), ("terminal", ["--help"]), ("files", ["check"])],
)
def test_the_program_tells_a_broken_file_in_one_line_instead_of_a_traceback(
    tmp_path: Path, file: str, arguments: list[str]
) -> None:
    ignored = shutil.ignore_patterns("__pycache__", "_state")
    shutil.copytree(ROOT / "bot", tmp_path / "bot", ignore=ignored)
    shutil.copytree(ROOT / "knowledge", tmp_path / "knowledge")
    path = tmp_path / "bot" / "sentences" / "en" / f"{file}.yaml"
    path.write_text("part:\n  a: b: c\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    said = done.stdout + done.stderr
    assert done.returncode == 1, said
    assert f"{path}:2:7: mapping values are not allowed" in said
    assert "Traceback" not in said
