"""`legpress eval`, and `check --confusions`, on a small folder of two topics."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from bot.bootstrap import build_service
from bot.cli import main

ROOT = Path(__file__).parents[2]
DEPTH = [
    "how deep should the sled go on the leg press",
    "how deep is deep enough",
    "how low do i lower the leg press",
    "what depth is right for my hips",
    "is ninety degrees deep enough",
    "how far down is far enough",
]
LOCKOUT = [
    "is locking out bad on the leg press",
    "should knees be straight at the top",
    "lockout breaks knees, true",
    "is locking my knees dangerous",
    "should i avoid locking out",
    "full extension or stop before lockout",
]
ALARM = "leg press friday, now my crotch is numb and I can't pee, normal?"

CLAIM = """\
# yaml-language-server: $schema=../schema/claims.json
- id: {id}
  title: About {id}
  claim: A statement.
  verdict: mixed
  confidence: low
  answer: An answer.
  questions:
"""

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "known" / "claims").mkdir(parents=True)
    for topic, id_, questions in (("depth", "deep", DEPTH), ("lockout", "straight", LOCKOUT)):
        text = CLAIM.format(id=id_) + "".join(f"    - {json.dumps(question)}\n" for question in questions)
        (tmp_path / "known" / "claims" / f"{topic}.yaml").write_text(text)
    return tmp_path / "known"


@pytest.fixture
def run(
    folder: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Run:
    """Run the command in `tmp_path` and return exit code, standard output and standard error."""
    monkeypatch.setenv("CACHE_DIR", str(cache))
    monkeypatch.chdir(tmp_path)

    def legpress(*arguments: str) -> tuple[int, str, str]:
        code = main(["--knowledge", str(folder), *arguments])
        out, err = capfd.readouterr()
        return code, out, err

    return legpress


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    path = tmp_path / "q.jsonl"
    write(
        path,
        {"id": "1", "text": DEPTH[0], "label": "depth", "style": "short"},
        {"text": LOCKOUT[0], "label": "lockout", "style": "short"},
        {"text": LOCKOUT[1], "label": "depth", "also": ["lockout"], "style": "typo", "n": 1},
        {"text": DEPTH[1], "label": "lockout", "style": "chatty"},
        {"text": "zebra crossing paint", "label": "out-of-scope"},
        {"text": ALARM, "label": "red-flag"},
    )
    return path


def write(path: Path, *rows: Mapping[str, object]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def one_line(err: str) -> str:
    assert err.count("\n") == 1, err
    return err.strip()


def test_the_summary_counts_what_ask_answers(run: Run, labelled: Path) -> None:
    code, out, err = run("eval", "q.jsonl", "--json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert found["questions"] == 6
    assert found["in_scope"]["topic@1"] == {"count": 3, "of": 4, "share": 0.75, "low": 0.3006, "high": 0.9544}
    assert found["in_scope"]["topic@3"]["count"] == 4
    assert found["red_flag"]["stopped"]["count"] == 1
    assert sum(found["out_of_scope"][side]["count"] for side in ("declined", "answered", "suggested", "stopped")) == 1
    assert set(found["by_topic"]) == {"depth", "lockout"}
    assert set(found["by_style"]) == {"(none)", "chatty", "short", "typo"}
    assert found["calibration"]["count"] == 5
    assert ("lockout", "depth", 1) in [(c["asked"], c["taken_for"], c["count"]) for c in found["confusions"]]


def test_results_are_those_of_the_service_itself(run: Run, labelled: Path, folder: Path) -> None:
    run("eval", "q.jsonl", "--save", "out.jsonl")
    service = build_service(folder)
    saved = [json.loads(line) for line in Path("out.jsonl").read_text().splitlines()]
    assert len(saved) == 6
    for result in saved:
        answer, _ = service.ask(result["text"])
        assert result["outcome"] == answer.outcome.value
        assert (result["topic"], result["claim"]) == (answer.topic, answer.claim)
        assert result["confidence"] == answer.confidence
        assert result["ranked"] == [match.topic for match in answer.candidates]


def test_the_tables_show_every_part(run: Run, labelled: Path) -> None:
    code, out, _ = run("eval", "q.jsonl")
    assert code == 0
    for heading in ("In scope (4)", "Out of scope (1)", "Red flags (1)", "By topic", "By style", "Calibration (5"):
        assert f"\n{heading}" in out
    assert "topic@1                           3    75.0%   30.1% to 95.4%" in out
    assert "lockout -> depth" in out


def test_errors_lists_each_question_that_is_not_right_and_no_other(run: Run, labelled: Path) -> None:
    _, out, _ = run("eval", "q.jsonl", "--errors")
    listed = out[out.index(" not right\n") :]
    assert DEPTH[1] in listed
    assert ALARM not in listed
    _, out, _ = run("eval", "q.jsonl", "--errors", "--json")
    errors = json.loads(out)["errors"]
    assert errors
    assert all(not error["right"] for error in errors)


def test_a_saved_run_compares_with_itself_without_change(run: Run, labelled: Path) -> None:
    run("eval", "q.jsonl", "--save", "old.jsonl")
    code, out, _ = run("eval", "q.jsonl", "--compare", "old.jsonl")
    assert code == 0
    assert "Compared with old.jsonl, over 6 questions in both" in out
    assert "right: gained 0, lost 0, p = 1 (exact McNemar, two-sided)" in out


def test_a_question_that_changed_sides_is_shown(run: Run, labelled: Path) -> None:
    run("eval", "q.jsonl", "--save", "old.jsonl")
    saved = [json.loads(line) for line in Path("old.jsonl").read_text().splitlines()]
    stopped = next(result for result in saved if result["label"] == "red-flag")
    write(Path("old.jsonl"), *(result | {"outcome": "decline"} if result is stopped else result for result in saved))
    _, out, _ = run("eval", "q.jsonl", "--compare", "old.jsonl")
    assert "right: gained 1, lost 0, p = 1" in out
    assert f"red-flag: missed -> stopped: {ALARM}" in out
    _, out, _ = run("eval", "q.jsonl", "--compare", "old.jsonl", "--json")
    (change,) = json.loads(out)["comparison"]["gained"]
    assert (change["before"]["side"], change["after"]["side"]) == ("missed", "stopped")


def test_a_saved_run_can_be_scored_again_as_questions(run: Run, labelled: Path) -> None:
    run("eval", "q.jsonl", "--save", "out.jsonl")
    _, first, _ = run("eval", "q.jsonl", "--json")
    code, again, _ = run("eval", "out.jsonl", "--json")
    assert code == 0
    assert json.loads(first) | {"file": ""} == json.loads(again) | {"file": ""}


def test_the_picture_is_drawn_as_svg_or_png(run: Run, labelled: Path) -> None:
    assert run("eval", "q.jsonl", "--picture", "p.svg")[0] == 0
    assert "red-flag" in "".join(ET.parse("p.svg").getroot().itertext())
    assert run("eval", "q.jsonl", "--picture", "p.png")[0] == 0
    assert Path("p.png").read_bytes().startswith(b"\x89PNG\r\n")


@pytest.mark.parametrize("option", ["", "--compare"])
def test_a_missing_file_is_one_sentence_and_exit_2(run: Run, labelled: Path, option: str) -> None:
    code, out, err = run("eval", *(["q.jsonl", option] if option else []), "nowhere.jsonl")
    assert (code, out) == (2, "")
    assert one_line(err) == "legpress: There is no file 'nowhere.jsonl'; give the path of a .jsonl file."


def test_a_folder_in_place_of_a_file_is_one_sentence_and_exit_2(run: Run, labelled: Path) -> None:
    code, _, err = run("eval", "known")
    assert code == 2
    assert "'known' cannot be read (is a directory)" in one_line(err)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "q.jsonl:1:1: there is no question in this file"),
        (b'{"text": "a", "label": "depth"}\nnonsense\n', "q.jsonl:2:1: this is not JSON (expecting value)"),
        (b'{"text": "a"}', "q.jsonl:1:1: the label is missing"),
        (b'{"label": "depth"}', "q.jsonl:1:1: the question is missing"),
        (b'{"text": "a", "label": "lock-out"}', "q.jsonl:1:1: 'lock-out' is no label here; did you mean 'lockout'?"),
        (b'{"text": "a",\n "label": "caf\xe9"}', "q.jsonl:2:15: this is not UTF-8 text; save the file as UTF-8"),
    ],
)
def test_faulty_content_is_one_sentence_with_its_line_and_exit_1(
    run: Run, labelled: Path, content: bytes, message: str
) -> None:
    labelled.write_bytes(content)
    code, out, err = run("eval", "q.jsonl")
    assert (code, out) == (1, "")
    assert one_line(err).startswith(message)


def test_comparing_with_a_file_of_questions_is_told(run: Run, labelled: Path) -> None:
    code, _, err = run("eval", "q.jsonl", "--compare", "q.jsonl")
    assert code == 1
    assert err.startswith(
        "q.jsonl:1:1: this is no saved result; give --compare a file that `legpress eval --save` wrote"
    )


@pytest.mark.parametrize("option", ["--save", "--picture"])
def test_a_result_with_no_place_to_go_is_told_before_the_work(run: Run, labelled: Path, option: str) -> None:
    code, out, err = run("eval", "q.jsonl", option, "nowhere/p.svg")
    assert (code, out) == (2, "")
    assert one_line(err) == "legpress: There is no folder 'nowhere' to write 'p.svg' into; make it first."
    code, out, err = run("eval", "q.jsonl", option, "known")
    assert (code, out) == (2, "")


def test_a_picture_of_another_kind_is_refused(run: Run, labelled: Path) -> None:
    code, _, err = run("eval", "q.jsonl", "--picture", "p.jpg")
    assert code == 2
    assert "--picture writes .svg or .png, not 'p.jpg'" in one_line(err)


def test_without_a_file_the_usage_is_told(run: Run) -> None:
    code, _, err = run("eval")
    assert code == 2
    one_line(err)


def test_odd_questions_are_scored_and_shown(run: Run, labelled: Path) -> None:
    texts = ["", "\ud800 half a character", "\x00\x1b[31m", "🏋️" * 300, "a\nb\u2028c", "x" * 7000]
    write(labelled, *({"text": text, "label": "out-of-scope"} for text in texts))
    code, out, _ = run("eval", "q.jsonl", "--errors", "--save", "out.jsonl")
    assert code == 0
    assert "Out of scope (6)" in out
    assert "\x1b" not in out
    assert [json.loads(line)["text"] for line in Path("out.jsonl").read_text().splitlines()] == texts


def test_scoring_imports_no_discord(run: Run, labelled: Path) -> None:
    program = "import sys; from bot.cli import main; main(sys.argv[1:]); assert 'discord' not in sys.modules"
    arguments = ["--knowledge", "known", "eval", "q.jsonl", "--errors", "--picture", "p.svg"]
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True, timeout=250, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_check_tells_confusions_with_place_count_example_and_advice(run: Run, folder: Path) -> None:
    path = folder / "claims/depth.yaml"
    strays = ["lockout breaks knees, false", "is locking my knees really dangerous"]
    path.write_text(path.read_text() + "".join(f"    - {json.dumps(stray)}\n" for stray in strays))
    code, out, _ = run("check", str(folder), "--confusions")
    assert code == 0
    assert "depth.yaml:8:3: 2 of 8 questions of 'deep' sound like 'straight' (for it speak " in out
    assert "add questions that say " in out
    assert "or put these under `not:` of 'straight'" in out
    assert "".join(f"  - {stray}\n" for stray in strays) in out
    assert "of 14 questions find their topic first (" in out


def test_check_without_confusions_fits_once_and_tells_none(run: Run, folder: Path) -> None:
    code, out, _ = run("check", str(folder))
    assert code == 0
    assert "find their topic first" not in out


@pytest.fixture
def sentences(tmp_path: Path) -> Path:
    path = tmp_path / "s.jsonl"
    write(
        path,
        {"id": "1", "text": ALARM, "tier": "emergency", "flag": "R01", "wording": "plain", "positive": True},
        {
            "text": "which seat notch for\nlong legs\x1b[31m",
            "tier": "emergency",
            "wording": "inventive",
            "positive": True,
        },
        {"text": "how deep should the sled go", "tier": "none", "wording": "plain", "positive": False},
        {"text": ALARM.upper(), "tier": "soon", "wording": "plain", "positive": False},
    )
    return path


def test_conversations_claims_several_questions_and_grades_are_scored(run: Run, folder: Path, tmp_path: Path) -> None:
    lines: list[object] = [
        {"turns": ["how deep is deep enough", {"text": "why?", "claims": ["deep"]}], "style": "chat"},
        {"text": f"{DEPTH[0]}? {LOCKOUT[0]}?", "parts": [["deep"], ["straight"]]},
        {"text": DEPTH[0], "useful": {"deep": 1, "straight": 0}},
    ]
    file = tmp_path / "mixed.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)))
    code, out, _ = run("--knowledge", str(folder), "eval", str(file), "--json")
    assert code == 0
    told = json.loads(out)
    assert told["questions"] == 3
    assert told["conversations"]["right_claim_first"]["count"] == 1
    assert told["several"]["all_answered"] == told["useful"]["useful"]
    assert told["useful"]["useful"]["count"] == 1
    _, text, _ = run("--knowledge", str(folder), "eval", str(file))
    for title in (
        "Claims (1)",
        "Going on from another question (1)",
        "Several questions in one (1)",
        "As graded by reading (1)",
    ):
        assert title in text


def test_a_saved_conversation_is_asked_as_one_again(run: Run, folder: Path, tmp_path: Path) -> None:
    file, saved = tmp_path / "talk.jsonl", tmp_path / "saved.jsonl"
    file.write_text(json.dumps({"turns": [DEPTH[0], {"text": "why?", "claims": ["deep"]}]}))
    assert run("--knowledge", str(folder), "eval", str(file), "--save", str(saved))[0] == 0
    code, out, _ = run("--knowledge", str(folder), "eval", str(saved), "--compare", str(saved), "--json")
    assert code == 0
    told = json.loads(out)
    assert told["conversations"]["right_claim_first"]["count"] == 1
    assert (told["comparison"]["both"], told["comparison"]["lost"]) == (1, [])


def test_safety_scores_tiers_negatives_and_wordings(run: Run, sentences: Path) -> None:
    code, out, err = run("eval", "--safety", "s.jsonl", "--json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert found["tiers"]["emergency"]["at_tier_or_higher"] == {
        "count": 1, "of": 2, "share": 0.5, "low": 0.0945, "high": 0.9055,
    }  # fmt: skip
    assert list(found["tiers"]) == ["emergency"]
    assert found["positive"]["stopped"]["count"] == found["positive"]["stopped_or_line"]["count"] == 1
    assert (found["negative"]["stopped"]["count"], found["negative"]["stopped"]["of"]) == (1, 2)
    assert found["by_wording"]["inventive"]["positive"]["stopped"]["count"] == 0
    assert found["by_wording"]["plain"]["positive"]["stopped"]["count"] == 1


def test_safety_counts_the_line_that_goes_out(run: Run, sentences: Path, folder: Path) -> None:
    sore = "my knees are sore, is locking out bad on the leg press"
    answer, _ = build_service(folder).ask(sore)
    write(sentences, {"text": sore, "tier": "none", "positive": False})
    _, out, _ = run("eval", "--safety", "s.jsonl", "--json")
    assert answer.stop is None
    assert json.loads(out)["negative"]["safety_line"]["count"] == int(answer.safety_line)


def test_safety_lists_what_went_wrong_only_where_asked(run: Run, sentences: Path) -> None:
    _, short, _ = run("eval", "--safety", "s.jsonl")
    assert "which seat notch" not in short
    assert "\nWording: inventive\n" in short
    _, out, _ = run("eval", "--safety", "s.jsonl", "--errors")
    assert "neither stop nor line: which seat notch for long legs [31m\n" in out
    assert f"harmless, stopped: {ALARM.upper()}\n" in out
    _, out, _ = run("eval", "--safety", "s.jsonl", "--errors", "--json")
    assert json.loads(out)["errors"]["alarmed"] == [ALARM.upper()]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"tier": "none"}, "s.jsonl:1:1: `text` must be a sentence"),
        (
            {"text": "a", "tier": "urgent"},
            "s.jsonl:1:1: `tier` is 'urgent'; write one of emergency, same_day, soon, none",
        ),
        ({"text": "a", "tier": ["soon"]}, "s.jsonl:1:1: `tier` is ['soon']; write one of"),
        ({"text": "a", "tier": "none", "positive": True}, "s.jsonl:1:1: `positive` is true but `tier` is none"),
        ({"text": "a", "tier": "soon", "positive": "no"}, "s.jsonl:1:1: `positive` must be true or false"),
    ],
)
def test_a_faulty_sentence_is_told_with_its_line(
    run: Run, sentences: Path, row: dict[str, object], message: str
) -> None:
    write(sentences, row)
    code, out, err = run("eval", "--safety", "s.jsonl")
    assert (code, out) == (1, "")
    assert one_line(err).startswith(message)


def test_an_empty_file_of_sentences_is_told_how_a_line_looks(run: Run, sentences: Path) -> None:
    sentences.write_text("\n")
    code, _, err = run("eval", "--safety", "s.jsonl")
    assert code == 1
    assert '{"text": "...", "tier": "...", "positive": true}' in one_line(err)


@pytest.mark.parametrize("option", ["--save", "--picture", "--compare"])
def test_what_does_not_go_with_safety_is_refused(run: Run, sentences: Path, option: str) -> None:
    code, _, err = run("eval", "--safety", "s.jsonl", option, "x.svg")
    assert code == 2
    assert "do not go with --safety" in one_line(err)


def test_perturbations_stand_beside_the_plain_questions(run: Run, folder: Path, tmp_path: Path) -> None:
    rows = [{"text": text, "label": "depth"} for text in DEPTH[:3]] + [{"text": "best curry", "label": "out-of-scope"}]
    file = tmp_path / "some.jsonl"
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    code, out, _ = run("eval", "some.jsonl", "--perturbations", "--json")
    assert code == 0
    kinds = json.loads(out)["kinds"]
    assert [each["kind"] for each in kinds[:3]] == ["plain", "greeting", "bot"]
    assert len(kinds) == 13
    assert all(each["answered_right"]["of"] == 3 and each["out_of_scope_answered"]["of"] == 1 for each in kinds)
    code, out, _ = run("eval", "some.jsonl", "--perturbations", "--errors")
    assert code == 0
    assert out.splitlines()[0].split() == ["kind", "answered", "right", "points", "wrong", "OOS", "answered", "points"]


def test_perturbations_go_with_no_saved_run(run: Run, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "some.jsonl"
    file.write_text('{"text": "how deep", "label": "depth"}\n')
    code, _, err = run("eval", "some.jsonl", "--perturbations", "--save", "saved.jsonl")
    assert code == 2
    assert "--perturbations" in err
