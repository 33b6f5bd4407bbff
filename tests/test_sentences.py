"""What is said to people stands in `bot/sentences/`, by surface and language, and fits what the code does with it."""

import re
import string
from pathlib import Path

import pytest

from bot import sentences
from bot.core import complaints, following, likely_wordings, word_lists
from bot.core.followup import FollowUpWords
from bot.core.knowledge.honesty import WritingWords
from bot.core.matching import english, synonyms, weightless
from bot.core.my_depth.inputs import MeasureWords
from bot.core.question_words import QuestionWords
from bot.core.safety.gate_words import GateWords
from bot.core.scrub import PrivacyWords
from bot.core.text import Spelling
from bot.errors import KnowledgeError
from bot.private_files import SealedFolder
from bot.sentences import FOLDER, LANGUAGE, say, sentences_of
from tests import house

LANGUAGES = sorted(path.name for path in FOLDER.iterdir() if path.is_dir() and path.name != "__pycache__")
SURFACES = sorted(path.stem for path in (FOLDER / LANGUAGE).glob("*.yaml"))


def _written(language: str, surface: str) -> dict[str, str]:
    return sentences_of((FOLDER / language / f"{surface}.yaml").read_bytes())


def _gaps(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


ALL = {f"{surface}.{name}": text for surface in SURFACES for name, text in _written(LANGUAGE, surface).items()}
DESCRIBED = {
    complaints.Abroad: "schema.abroad",
    complaints.Complaints: "schema.complaints",
    complaints.Notices: "schema.notices",
    complaints.Signs: "schema.signs",
    complaints.Telling: "schema.telling",
    following.Following: "schema.following",
    english.Ordinary: "schema.ordinary",
    QuestionWords: "schema.question_words",
    PrivacyWords: "schema.privacy_words",
    GateWords: "schema.gate_words",
    MeasureWords: "schema.measures",
    WritingWords: "schema.writing",
    FollowUpWords: "schema.follow_ups",
    synonyms.Synonyms: "schema.synonyms",
    Spelling: "schema.spelling",
    word_lists.ConditionWords: "schema.condition_words",
    word_lists.WordLists: "schema.words",
    likely_wordings.Shapes: "schema.likely_wordings",
    weightless.Spoken: "schema.weightless",
}
"""Whose fields are told to editors by which part."""


def test_every_sentence_that_the_code_says_is_written_and_has_the_gaps_that_the_code_fills() -> None:
    said = house.said()
    assert [(module, line) for module, line, name, _ in said if name is None] == [], "name the sentence in one string"
    unknown = [(module, line, name) for module, line, name, _ in said if name not in ALL]
    assert unknown == [], "write it into bot/sentences/en/"
    wrong = {
        f"{module}:{line}: {name}": sorted(gaps ^ _gaps(ALL[name or ""]))
        for module, line, name, gaps in said
        if gaps != _gaps(ALL[name or ""])
    }
    assert wrong == {}, "a gap that nothing fills, or one that is filled and not written"


def test_every_sentence_that_is_written_is_said() -> None:
    whole = tuple(f"{part}." for _, part in house.said_whole())
    assert [part for part in whole if not any(name.startswith(part) for name in ALL)] == []
    left = sorted(set(ALL) - {name for _, _, name, _ in house.said()})
    assert [name for name in left if not name.startswith(whole)] == [], "nothing says it any more: take it out"


def test_a_part_that_is_said_whole_has_no_gaps_and_a_sentence_for_each_list_that_it_describes() -> None:
    for _, part in house.said_whole():
        assert [name for name, text in sentences.part(part).items() if _gaps(text)] == []
    described = [model for model, _ in house.said_whole()]
    assert described == ["bot.core.knowledge.language_schema"] * len(described)
    for values, part in DESCRIBED.items():
        assert sorted(sentences.part(part)) == sorted(vars(values)["__dataclass_fields__"]), part
    assert sorted(DESCRIBED.values()) == sorted(part for _, part in house.said_whole())


def test_a_sentence_has_a_plain_name_and_gaps_with_plain_names() -> None:
    parts = {part for name in ALL for part in name.split(".")} | {gap for text in ALL.values() for gap in _gaps(text)}
    assert [part for part in parts if not part.isidentifier() or part != part.lower()] == []
    assert [name for name in ALL if len(name.split(".")) != 3 or not ALL[name].strip()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_the_same_sentences_with_the_same_gaps(language: str) -> None:
    assert sorted(path.stem for path in (FOLDER / language).glob("*.yaml")) == SURFACES
    for surface in SURFACES:
        theirs = {name: _gaps(text) for name, text in _written(language, surface).items()}
        assert theirs == {name: _gaps(text) for name, text in _written(LANGUAGE, surface).items()}, surface


def test_a_gap_that_nothing_fills_stays_as_written_instead_of_failing_before_a_member() -> None:
    for name, text in ALL.items():
        assert all(f"{{{gap}}}" in say(name) for gap in _gaps(text)), name


def test_a_file_that_is_gone_is_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sentences, "FOLDER", tmp_path)
    with pytest.raises(KnowledgeError) as raised:
        sentences._surface.__wrapped__("card")
    assert str(raised.value) == (
        f"{tmp_path / LANGUAGE / 'card.yaml'}:1:1: what the bot says cannot be read (No such file or directory); "
        "bring the file back, or install the project again"
    )


def test_what_is_shipped_is_what_is_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shipped = dict(sentences.to_ship())
    assert len(shipped) == len(LANGUAGES) * len(SURFACES) <= 17, (
        "SealedFolder keeps 24 files, six of the knowledge and one of words"
    )
    read = {surface: dict(sentences._surface(surface)) for surface in SURFACES}
    monkeypatch.setattr(sentences, "_SHIPPED", SealedFolder(tmp_path, "state 1", 1, part_of_program=True))
    sentences._surface.cache_clear()
    assert {surface: dict(sentences._surface(surface)) for surface in SURFACES} == read
    assert read == {surface: _written(LANGUAGE, surface) for surface in SURFACES}
    sentences._surface.cache_clear()


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b"part:\n  a: 5\n", "card.yaml:1:1: 'part.a' is no text"),
        (b"- a\n", "card.yaml:1:1: write `part:`, and below it `name: text`"),
        (b"part:\n  a: b: c\n", "card.yaml:2:7: mapping values are not allowed in this context"),
    ],
)
def test_a_file_with_anything_but_texts_is_refused(raw: bytes, fault: str) -> None:
    with pytest.raises(KnowledgeError, match=re.escape(fault)):
        sentences_of(raw, "card.yaml")
