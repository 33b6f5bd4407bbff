"""Wordings beside their claims: in questions/<topic>.yaml, in the claim, in both, or nowhere."""

from pathlib import Path

import pytest

from bot.core.knowledge.folder import read_folder, signature
from bot.core.knowledge.loader import load, load_folder
from bot.core.knowledge.plain import from_plain, to_plain
from bot.errors import KnowledgeError

BARE = """\
- id: {id}
  title: A title
  claim: A statement.
  verdict: mixed
  confidence: low
  answer: An answer.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("claims", "questions"):
        (tmp_path / name).mkdir()
    write(tmp_path, "claims/depth.yaml", BARE.format(id="one"))
    write(tmp_path, "questions/depth.yaml", "one:\n  questions: [how deep]\n  not: [how wide]\n")
    return tmp_path


def write(root: Path, name: str, text: str) -> None:
    (root / name).write_text(text, encoding="utf-8")


def faults(root: Path) -> list[str]:
    with pytest.raises(KnowledgeError) as raised:
        load(root)
    return [f"{Path(fault.file).parent.name}/{Path(fault.file).name}:{fault.line}:{fault.column}: {fault.message}"
            for fault in raised.value.faults]  # fmt: skip


def test_wordings_are_read_from_beside_the_claim(root: Path) -> None:
    one = load(root).claims["one"]
    assert (one.questions, one.decoys) == (("how deep",), ("how wide",))


def test_wordings_of_both_files_are_joined_each_once(root: Path) -> None:
    write(root, "claims/depth.yaml", BARE.format(id="one") + "  questions: [how low, how deep]\n")
    assert load(root).claims["one"].questions == ("how deep", "how low")


def test_a_claim_without_a_question_in_either_file_is_told_beside_other_faults(root: Path) -> None:
    write(root, "claims/depth.yaml", BARE.format(id="one") + BARE.format(id="two").replace("mixed", "maybe"))
    assert [each.split(": ", 1)[1][:30] for each in faults(root)] == [
        "'questions' is missing; add a ",
        "'verdict' is 'maybe'; write 's",
    ]
    assert "`two:` in questions/depth.yaml" in faults(root)[0]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("depth", "one: {questions: [a b]}\nonne: {questions: [c d]}\n", "depth.yaml:2:1: claims/depth.yaml has no claim 'onne'; did you mean 'one'?"),
        ("depth", "one: {questions: [a b]}\ngone-for-good: {questions: [c d]}\n", "depth.yaml:2:1: claims/depth.yaml has no claim 'gone-for-good'; move these wordings to another claim, or remove them"),
        ("depth", "one: {questions: [a b]}\nwide: {questions: [c d]}\n", "depth.yaml:2:1: the claim 'wide' stands in claims/stance.yaml; move its wordings to questions/stance.yaml"),
        ("depth", "one: {questions: []}\n", "depth.yaml:1:18: 'questions' needs at least 1 entry; add one after '- '"),
        ("depth", "one: {questons: [a b]}\n", "depth.yaml:1:7: unknown key 'questons'; did you mean 'questions'?"),
        ("depth", "- one\n", "depth.yaml:1:1: the file must be `key: value` lines, not a list"),
        ("depth", "ONE: {questions: [a b]}\n", "depth.yaml:1:1: 'ONE' is no name of a claim; use lower-case letters, digits and hyphens, such as knees-to-chest"),
        ("stanse", "wide: {questions: [a b]}\n", "stanse.yaml:1:1: these wordings have no file claims/stanse.yaml; name this file after the topic of their claims"),
    ],
)  # fmt: skip
def test_wordings_without_a_home_are_told_with_place_and_remedy(root: Path, name: str, text: str, told: str) -> None:
    write(root, "claims/stance.yaml", BARE.format(id="wide") + "  questions: [how wide is wide]\n")
    write(root, f"questions/{name}.yaml", text)
    assert f"questions/{told}" in faults(root)


def test_a_claim_that_was_replaced_may_keep_its_wordings(root: Path) -> None:
    write(root, "claims/depth.yaml", BARE.format(id="one") + BARE.format(id="old") + "  replaced_by: one\n")
    write(root, "questions/depth.yaml", "one: {questions: [how deep]}\nold: {questions: [how low]}\n")
    assert load(root).successors == {"old": "one"}


def test_a_lint_on_a_wording_names_the_file_that_it_stands_in(root: Path) -> None:
    write(root, "claims/depth.yaml", BARE.format(id="one") + "  questions: [how low]\n")
    loaded = load_folder(read_folder(root))
    places = [loaded.fault("one", "questions", i, message="") for i in (0, 1)]
    assert [(Path(each.file).parent.name, each.line) for each in places] == [("questions", 2), ("claims", 7)]
    assert Path(loaded.fault("one", "questions", message="").file).parent.name == "questions"


def test_a_change_of_wordings_alone_is_seen(root: Path) -> None:
    before, content = signature(root), read_folder(root).fingerprint()
    write(root, "questions/depth.yaml", "one: {questions: [how deep, how far down]}\n")
    assert signature(root) != before
    assert read_folder(root).fingerprint() != content


def test_a_file_of_wordings_under_a_wrong_name_is_told(root: Path) -> None:
    (root / "questions" / "more").mkdir()
    write(root, "questions/more/depth.yaml", "one: {questions: [how deep]}\n")
    (told,) = read_folder(root).left_out
    assert told.message == "folders within questions/ are not read; move this file up into questions/"


REFERRING = BARE.format(id="one").replace("An answer.", "It grew 7% [kubo2019].") + "  sources: [kubo2019]\n"


def test_a_reference_names_a_source_of_its_claim(root: Path) -> None:
    write(root, "claims/depth.yaml", REFERRING)
    write(root, "sources.yaml", "- {id: kubo2019, title: T, cite_ready: true}\n")
    assert load(root).claims["one"].answer == "It grew 7% [kubo2019]."


def test_a_reference_to_no_source_of_its_claim_is_told_where_it_stands(root: Path) -> None:
    write(
        root,
        "claims/depth.yaml",
        BARE.format(id="one") + "  why: >-\n    It grew\n    7% [kubo2091].\n  sources: [kubo2019]\n",
    )
    assert faults(root) == [
        "claims/depth.yaml:9:9: '[kubo2091]' is no source of this claim (it has kubo2019); add it to `sources`, or mend the name"
    ]


def test_references_do_not_count_as_length(root: Path) -> None:
    write(root, "claims/depth.yaml", REFERRING.replace("It grew 7%", "x" * 349))
    assert load(root).claims["one"].answer.startswith("xxx")
    write(root, "claims/depth.yaml", REFERRING.replace("It grew 7%", "x" * 350))
    assert faults(root) == ["claims/depth.yaml:6:11: 'answer' has 351 characters; shorten it to 350"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (f"lead: {'x' * 121}", "7:9: 'lead' has 121 characters; shorten it to 120"),
        ("checked: 2026-13", "7:12: 'checked' is '2026-13'; write year and month, such as 2026-11"),
        ("checked: 2026", "7:12: 'checked' is '2026'; write year and month, such as 2026-11"),
        ("note: ''", "7:9: 'note' is empty; write some text or remove the line"),
    ],
)
def test_the_optional_fields_are_checked(root: Path, line: str, told: str) -> None:
    write(root, "claims/depth.yaml", BARE.format(id="one") + f"  {line}\n")
    assert faults(root) == [f"claims/depth.yaml:{told}"]


def test_the_optional_fields_are_kept(root: Path) -> None:
    write(
        root,
        "claims/depth.yaml",
        BARE.format(id="one") + "  lead: Stop early.\n  checked: 2026-11\n  note: ask again\n",
    )
    knowledge = load(root)
    one = knowledge.claims["one"]
    assert (one.lead, one.checked, one.note) == ("Stop early.", "2026-11", "ask again")
    assert from_plain(to_plain(knowledge)) == knowledge
