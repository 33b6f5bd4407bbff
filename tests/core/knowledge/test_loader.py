"""From files to knowledge: everything valid, or every fault at once."""

from pathlib import Path

import pytest

from bot.core.knowledge.folder import read_folder
from bot.core.knowledge.lints import lint
from bot.core.knowledge.loader import load, load_folder
from bot.core.knowledge.plain import from_plain, to_plain
from bot.core.model import Verdict
from bot.errors import ConfigError, KnowledgeError

CLAIM = """\
- id: {id}
  title: A title
  claim: A statement.
  verdict: mixed
  confidence: low
  answer: An answer.
  questions: [how deep]
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "claims").mkdir()
    write(tmp_path, "claims/depth.yaml", CLAIM.format(id="one"))
    return tmp_path


def write(root: Path, name: str, text: str | bytes) -> None:
    (root / name).write_bytes(text.encode() if isinstance(text, str) else text)


def faults(root: Path) -> list[str]:
    with pytest.raises(KnowledgeError) as raised:
        load(root)
    return [f"{Path(fault.file).name}:{fault.line}:{fault.column}: {fault.message}" for fault in raised.value.faults]


def test_a_folder_with_claims_alone_is_valid(root: Path) -> None:
    knowledge = load(root)
    assert knowledge.claims["one"].verdict is Verdict.MIXED
    assert knowledge.topics["depth"].leading == "one"
    assert knowledge.topics["depth"].title == "Depth"


OWN = "  server_sources:\n    - url: https://gym.example/docs/how-deep-here\n    - {url: 'https://b.example/', title: Ours}\n"


def test_a_servers_own_sources_are_read_and_named_for_what_they_are(root: Path) -> None:
    text = CLAIM.format(id="one").replace("verdict: mixed", "verdict: opinion") + OWN
    write(root, "claims/depth.yaml", text)
    claim = load(root).claims["one"]
    assert [str(each) for each in claim.server_sources] == [
        "How deep here | gym.example | https://gym.example/docs/how-deep-here",
        "Ours | b.example | https://b.example/",
    ]
    told = [str(fault) for fault in lint(load_folder(read_folder(root)))]
    assert len([each for each in told if "that nobody here checked it" in each]) == 2


def test_a_claim_with_a_servers_own_source_has_no_verdict(root: Path) -> None:
    write(root, "claims/depth.yaml", CLAIM.format(id="one") + OWN)
    [fault] = faults(root)
    assert "depth.yaml:4:" in fault
    assert "write `verdict: opinion` and `confidence: low`" in fault


def test_the_shipped_knowledge_is_valid() -> None:
    knowledge = load(Path(__file__).parents[3] / "knowledge")
    assert len(knowledge.claims) >= 45
    assert len(knowledge.topics) == 17


def test_every_fault_of_every_file_is_told_at_once(root: Path) -> None:
    write(
        root,
        "claims/depth.yaml",
        "- id: one\n  title: 5\n  claim: c\n  verdict: partly\n  confidence: low\n  anser: a\n  questions: []\n",
    )
    write(root, "claims/stance.yaml", "- id: ONE\n" + CLAIM.format(id="x").split("\n", 1)[1])
    write(root, "topics.yaml", "- {id: stance, title: Stance, description: d, leading: nobody}\n")
    assert faults(root) == [
        "depth.yaml:1:3: 'answer' is missing; add a line `answer: ...`",
        "depth.yaml:2:10: 'title' must be text, not '5'; put it in quotes",
        "depth.yaml:4:12: 'verdict' is 'partly'; write 'supported', 'mixed', 'untested', 'unsupported' or 'opinion'",
        "depth.yaml:6:3: unknown key 'anser'; did you mean 'answer'?",
        "depth.yaml:7:14: 'questions' needs at least 1 entry; add one after '- '",
        "stance.yaml:1:7: 'id' is 'ONE'; use lower-case letters, digits and hyphens, such as knees-to-chest",
    ]


def test_a_key_that_is_like_no_other_is_told_which_keys_stand_in_that_place(root: Path) -> None:
    write(root, "topics.yaml", "- {id: stance, title: Stance, description: d, leading: one, zzz: 1}\n")
    [told] = [fault for fault in faults(root) if "zzz" in fault]
    assert told.startswith("topics.yaml:1:61: unknown key 'zzz'; the keys here are id, title, description, leading")
    assert "verdict" not in told


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("sources: [Grgic 2018]", "8:13: entry 1 of 'sources' is 'Grgic 2018'; write the id of a publication in sources.yaml"),
        ("sources: [https://example.org/x]", "8:13: entry 1 of 'sources' is 'https://example.org/x'; write the id of a"),
        ("sources: [bohannon1985, {title: X}]", "8:27: entry 2 of 'sources' is `key: value` lines; write the id of a"),
        ("sources: bohannon1985", "8:12: 'sources' must be a list; write each entry on its own line after '- '"),
        ("leads: {how_fast: Slowly.}", "8:11: 'how_fast' is no key here; write 'can', 'bad', 'should'"),
        ("checked: '2026-13'", "8:12: 'checked' is '2026-13'; write year and month, such as 2026-11"),
        ("related: [Knees To Chest]", "8:13: entry 1 of 'related' is 'Knees To Chest'; use lower-case letters, digits and"),
        ("server_sources: [bohannon1985]", "8:20: entry 1 of 'server_sources' must be `key: value` lines, not 'bohannon1985'"),
    ],
)  # fmt: skip
def test_what_has_not_the_form_that_it_needs_is_told_with_its_place_and_that_form(
    root: Path, lines: str, told: str
) -> None:
    write(root, "claims/depth.yaml", CLAIM.format(id="one") + f"  {lines}\n")
    (fault,) = faults(root)
    assert fault.startswith(f"depth.yaml:{told}")


def test_a_source_that_is_no_publication_is_told_where_pages_go(root: Path) -> None:
    write(root, "claims/depth.yaml", CLAIM.format(id="one") + "  sources: ['https://example.org']\n")
    (fault,) = faults(root)
    assert fault.endswith(
        "A page that nobody read for the knowledge goes under `server_sources`, as `- url: https://...`"
    )


def test_what_a_condition_says_in_another_form_is_told_with_that_form(root: Path) -> None:
    write(
        root,
        "conditions.yaml",
        "conditions:\n  - {claim: one, name: a stent, says: [Two Stents]}\nasks_for: {How Deep: [one]}\n",
    )
    found = faults(root)
    assert "conditions.yaml:2:40: entry 1 of 'says' is 'Two Stents'; use lower-case words" in found[0]
    assert "conditions.yaml:3:12: 'How Deep' is no key here; use lower-case letters and underscores" in found[1]


def test_reader_and_schema_faults_of_one_file_come_together(root: Path) -> None:
    write(
        root, "claims/depth.yaml", CLAIM.format(id="one").replace("verdict: mixed", "verdict: maybe") + "  title: B\n"
    )
    found = faults(root)
    assert [fault.split(":")[1] for fault in found] == ["4", "8"]


def test_an_id_that_is_taken_names_where(root: Path) -> None:
    write(root, "claims/stance.yaml", CLAIM.format(id="one"))
    assert "the id 'one' is taken (at " in faults(root)[0]


def test_a_long_answer_says_how_long_and_how_long_it_may_be(root: Path) -> None:
    write(root, "claims/depth.yaml", CLAIM.format(id="one").replace("An answer.", "a" * 351))
    assert faults(root) == ["depth.yaml:6:11: 'answer' has 351 characters; shorten it to 350"]


def test_an_id_of_one_letter_is_too_short_and_not_empty(root: Path) -> None:
    write(root, "claims/depth.yaml", CLAIM.format(id="a"))
    assert faults(root) == ["depth.yaml:1:7: 'id' is 'a'; write 2 characters at least"]


@pytest.mark.parametrize("content", ["", "# nothing here\n", "~\n"])
def test_an_empty_file_is_one_fault(root: Path, content: str) -> None:
    write(root, "claims/stance.yaml", content)
    assert faults(root) == ["stance.yaml:1:1: the file is empty; write at least one entry, or remove the file"]


def test_a_mapping_where_a_list_belongs_is_said(root: Path) -> None:
    write(root, "claims/depth.yaml", CLAIM.format(id="one").replace("- id", "  id"))
    assert faults(root) == ["depth.yaml:1:3: the file must be a list; write each entry on its own line after '- '"]


def test_a_file_name_that_can_be_no_topic_is_said(root: Path) -> None:
    write(root, "claims/My Topic.yaml", CLAIM.format(id="two"))
    assert faults(root)[0].startswith("My Topic.yaml:1:1: 'My Topic' cannot be a topic; name the file in lower case")


def test_a_huge_file_is_refused(root: Path) -> None:
    with (root / "claims" / "huge.yaml").open("wb") as file:
        file.truncate(50_000_000)
    assert faults(root) == ["huge.yaml:1:1: the file has 50 MB; keep a knowledge file under 4 MB"]


def test_a_topic_without_its_file_is_said(root: Path) -> None:
    write(root, "topics.yaml", "- {id: stance, title: Stance, description: d, leading: nobody}\n")
    assert "has no file claims/stance.yaml" in faults(root)[0]


def test_a_leading_claim_of_another_topic_is_said(root: Path) -> None:
    write(root, "claims/stance.yaml", CLAIM.format(id="two"))
    write(root, "topics.yaml", "- {id: stance, title: Stance, description: d, leading: one}\n")
    assert faults(root) == ["topics.yaml:1:56: claims/stance.yaml has no claim 'one'; name one of its ids"]


def test_a_missing_folder_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="There is no knowledge folder"):
        load(tmp_path / "nowhere")
    with pytest.raises(ConfigError, match="has no folder claims/"):
        load(tmp_path)


def test_a_folder_without_claims_is_faulty(root: Path) -> None:
    (root / "claims" / "depth.yaml").unlink()
    assert "there is no claim here" in faults(root)[0]


def test_a_directory_in_place_of_a_file_is_a_fault(root: Path) -> None:
    (root / "claims" / "stance.yaml").mkdir()
    assert "cannot be read" in faults(root)[0]


def test_topics_order_the_claims(root: Path) -> None:
    write(root, "claims/stance.yaml", CLAIM.format(id="two"))
    write(
        root,
        "topics.yaml",
        "- {id: stance, title: S, description: d, leading: two}\n- {id: depth, title: D, description: d, leading: one}\n",
    )
    assert list(load(root).claims) == ["two", "one"]


def test_plain_data_gives_the_same_knowledge_back() -> None:
    knowledge = load(Path(__file__).parents[3] / "knowledge")
    assert from_plain(to_plain(knowledge)) == knowledge


def test_the_fingerprint_follows_names_and_contents(root: Path) -> None:
    before = read_folder(root).fingerprint()
    assert read_folder(root).fingerprint() == before
    write(root, "claims/depth.yaml", CLAIM.format(id="other"))
    after = read_folder(root).fingerprint()
    (root / "claims" / "depth.yaml").rename(root / "claims" / "deep.yaml")
    assert len({before, after, read_folder(root).fingerprint()}) == 3


def test_nothing_is_half_loaded(root: Path) -> None:
    write(root, "claims/stance.yaml", "- id: two\n")
    assert load_folder(read_folder(root)).knowledge is None


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("claims/tempo.YML", "call it tempo.yaml"),
        ("claims/more/x.yaml", "move this file up into claims/"),
        ("Vocabulary.yaml", "call it vocabulary.yaml"),
        ("out-of-scope.yaml", "call it out_of_scope.yaml"),
        ("synonyms.yaml", "call it vocabulary.yaml"),
        ("notes.yaml", "no such file is read here"),
    ],
)
def test_a_file_that_is_left_out_is_told_with_its_right_name(root: Path, name: str, advice: str) -> None:
    path = root / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("[]")
    loaded = load_folder(read_folder(root))
    assert loaded.knowledge is not None, "an extra file takes nothing away"
    assert [(fault.file, advice in fault.message) for fault in loaded.left_out] == [(str(path), True)]
