"""Lists of words from their file: valid, or every fault at its place; and nowhere else in the language of the bot."""

import shutil
from pathlib import Path

import pytest

from bot.bootstrap import shipped_knowledge
from bot.core.from_plain import value_of
from bot.core.knowledge.folder import read_language_files
from bot.core.knowledge.language_loader import load_language
from bot.core.word_lists import WordLists
from bot.errors import KnowledgeError
from tests.support.lists import LISTS


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("denied: [", "denied: [never, ", "'never' stands twice here; keep one of them"),
        ("theirs: [my", "theirs: [My", "'My' has capitals; write it in lower case"),
        ("  years: [years]\n", "", "'years' is missing"),
        ("small_talk: [", "small_tolk: [", "'small_talk' is missing"),
    ],
)
def test_a_faulty_list_is_told_at_its_place(old: str, new: str, fault: str, tmp_path: Path) -> None:
    shutil.copytree(shipped_knowledge() / "language", tmp_path / "language")
    path = tmp_path / "language" / "en" / "words.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError) as raised:
        load_language(read_language_files(tmp_path))
    told = [each for each in raised.value.faults if fault in each.message]
    assert [(Path(each.file).name, each.line > 1) for each in told] == [("words.yaml", True)]


def test_the_lists_survive_a_cache() -> None:
    data = {
        "conditions": {name: list(getattr(LISTS.conditions, name)) for name in LISTS.conditions.__dataclass_fields__},
        **{name: list(getattr(LISTS, name)) for name in LISTS.__dataclass_fields__ if name != "conditions"},
    }
    assert value_of(WordLists, data) == LISTS
