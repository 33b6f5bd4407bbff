"""How people talk, from its files: valid, or every fault at its place."""

import shutil
from pathlib import Path

import pytest

from bot.core.knowledge.folder import read_language_files
from bot.core.knowledge.language_loader import load_language
from bot.core.language import Language
from bot.errors import ConfigError, KnowledgeError

SHIPPED = Path(__file__).parents[3] / "knowledge"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(SHIPPED / "language", tmp_path / "language")
    return tmp_path


def faults(root: Path) -> list[str]:
    with pytest.raises(KnowledgeError) as raised:
        load_language(read_language_files(root))
    return [f"{Path(fault.file).name}:{fault.line}:{fault.column}: {fault.message}" for fault in raised.value.faults]


def changed(root: Path, old: str, new: str) -> int:
    """Replace `old` once in the words and return its line."""
    path = root / "language" / "en" / "weightless.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_shipped_words_are_valid_and_survive_a_cache() -> None:
    language = load_language(read_language_files(SHIPPED))
    assert "thanks" in language.weightless.anywhere
    assert "bring" in language.themes.small
    assert Language.from_data(language.to_data()) == language


def test_faults_in_how_people_ask_are_told_at_their_places(root: Path) -> None:
    (root / "language" / "en" / "asking.yaml").write_text(
        "kinds:\n- kind: how_tall\n  when: [how tall]\n- kind: why\n  when: [why]\n", encoding="utf-8"
    )
    (told,) = faults(root)
    assert told.startswith("asking.yaml:2:9: 'kind' is 'how_tall'; write 'can', 'bad'")
    (root / "language" / "en" / "asking.yaml").write_text(
        'kinds:\n- kind: why\n  when: [why]\n- kind: why\n  when: ["so? .."]\n', encoding="utf-8"
    )
    assert [each.partition(": ")[2] for each in faults(root)] == [
        "the kind 'why' stands twice; keep one of them",
        "'so? ..' may stand for nothing at all; leave one of its words without '?'",
    ]
    (root / "language" / "en" / "asking.yaml").write_text(
        'kinds:\n- kind: why\n  when: [why, "can||may i", "may|. i", "| i"]\n', encoding="utf-8"
    )
    wrong = [("can||may", "can||may i"), ("may|.", "may|. i"), ("|", "| i")]
    assert faults(root) == [
        f"asking.yaml:3:{column}: '{token}' in '{phrase}' has a choice without a word; "
        "write words on both sides of '|', or a '?' behind what may be missing"
        for column, (token, phrase) in zip((15, 29, 40), wrong, strict=True)
    ]


def test_an_entry_that_is_no_text_is_told_at_its_place(root: Path) -> None:
    line = changed(root, "  - thanks\n", "  - 12\n")
    (told,) = faults(root)
    assert told.startswith(f"weightless.yaml:{line}:5: ")
    assert "must be text, not '12'; put it in quotes" in told


def test_an_entry_that_stands_twice_is_told_at_its_place(root: Path) -> None:
    changed(root, "opening:\n", "opening:\n  - howdy\n")
    (told,) = faults(root)
    assert told.endswith("'howdy' stands twice here; keep one of them")


def test_an_entry_in_capitals_or_without_a_word_is_told(root: Path) -> None:
    changed(root, "closing:\n", "closing:\n  - Best Wishes\n  - NAME\n")
    assert [fault.split(": ", 1)[1] for fault in faults(root)] == [
        "'Best Wishes' has capitals; write all but NAME and ALL in lower case",
        "'NAME' names no word; write what people say",
    ]


def test_an_unknown_key_is_told_with_the_right_one(root: Path) -> None:
    changed(root, "closing:\n", "closings:\n")
    assert any("unknown key 'closings'; did you mean 'closing'?" in fault for fault in faults(root))


def test_a_file_that_is_not_read_is_told(root: Path) -> None:
    (root / "language" / "en" / "slang.yaml").write_text("- one\n", encoding="utf-8")
    (told,) = faults(root)
    assert told.startswith("slang.yaml:1:1: no such file is read here; the files are weightless")


def test_missing_words_are_told_in_one_sentence(root: Path) -> None:
    (root / "language" / "en" / "weightless.yaml").unlink()
    with pytest.raises(ConfigError, match=r"weightless\.yaml' is missing; install the project again"):
        load_language(read_language_files(root))


def test_faults_in_first_words_are_told_at_their_places(root: Path) -> None:
    many = "a|b|c|d|e|f|g a|b|c|d|e|f|g a|b|c|d|e|f|g a|b|c"
    path = root / "language" / "en" / "first_words.yaml"
    path.write_text(
        f"- kind: hello\n  says: Hello.\n  when: [hi, 'oh?', '{many}']\n"
        "- kind: hello\n  says: Again.\n  when: [again]\n",
        encoding="utf-8",
    )
    assert faults(root) == [
        "first_words.yaml:3:14: 'oh?' may stand for nothing at all; leave one of its words without '?'",
        f"first_words.yaml:3:21: '{many}' stands for 1029 lines; keep at most 400, in several phrases",
        "first_words.yaml:4:9: the kind 'hello' stands twice; keep one of them",
    ]


def test_an_empty_line_to_say_is_told(root: Path) -> None:
    path = root / "language" / "en" / "first_words.yaml"
    path.write_text("- kind: hello\n  says: ''\n  when: [hi]\n", encoding="utf-8")
    (told,) = faults(root)
    assert told.startswith("first_words.yaml:2:9: ")


def test_faults_in_themes_are_told_at_their_places(root: Path) -> None:
    path = root / "language" / "en" / "themes.yaml"
    path.write_text(
        "small: [go, go]\nthemes:\n- about: [phone, Cell]\n  also: [film, phone, kilos]\n- about: ['a b']\n",
        encoding="utf-8",
    )
    assert faults(root) == [
        "themes.yaml:1:13: 'go' stands twice here; keep one of them",
        "themes.yaml:3:18: 'Cell' is not one word as it is read; write 'cell'",
        "themes.yaml:4:16: 'phone' stands twice here; keep one of them",
        "themes.yaml:4:23: 'kilos' is not one word as it is read; write 'kg'",
        "themes.yaml:5:11: 'a b' is not one word as it is read; write 'a' and 'b'",
    ]


def test_faults_in_how_signs_are_played_down_are_told_at_their_places(root: Path) -> None:
    path = root / "language" / "en" / "complaints.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    line = next(i for i, each in enumerate(lines, 1) if each.startswith("  played_down:"))
    lines.insert(line, '    - "so? .."')
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert faults(root) == [
        f"complaints.yaml:{line + 1}:7: 'so? ..' may stand for nothing at all; leave one of its words without '?'"
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("ordinary", "small: [a, ", "small: [a, a, ", "'a' stands twice here; keep one of them"),
        ("ordinary", "of_the_machine: [leg", "of_the_machine: [Leg", "'Leg' has capitals; write it in lower case"),
        ("synonyms", "- [big, ", "- [big, big, ", "'big' stands twice here; keep one of them"),
        (
            "privacy_words",
            "fit ?x]",
            "fit ?x, 'a(b']",
            "'a(b' is no pattern (missing ), unterminated subpattern at position 1)",
        ),
        ("synonyms", "alone: [", "alne: [", "'alone' is missing"),
        ("spelling", "takes_is: [what,", "takes_is: [[what],", "entry 1 of 'takes_is' must be text, not a list"),
    ],
)
def test_a_fault_in_the_words_that_the_code_reads_with_is_told_at_its_place(
    root: Path, file: str, old: str, new: str, fault: str
) -> None:
    path = root / "language" / "en" / f"{file}.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    told = [each for each in faults(root) if fault in each]
    assert [each.split(":")[0] for each in told] == [f"{file}.yaml"], faults(root)
    place = told[0].split(":")
    assert int(place[1]) > 1 or "missing" in fault
    assert int(place[2]) > 0
