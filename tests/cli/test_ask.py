"""`legpress ask`, `chat` and `main`, as a shell would call them."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.shell import here

ROOT = Path(__file__).parents[2]
KEYS = [
    "question",
    "outcome",
    "topic",
    "claim",
    "confidence",
    "fits",
    "kind",
    "asks",
    "covered",
    "candidates",
    "also",
    "stop",
    "safety_line",
    "text",
    "sources",
]


def legpress(*arguments: str | bytes, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        input=stdin,
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "", **environment},
        timeout=250,
        check=False,
    )


def objects(
    *arguments: str, stdin: bytes = b"", ask: Callable[..., subprocess.CompletedProcess[bytes]] = here
) -> list[dict[str, object]]:
    done = ask("ask", "--json", *arguments, stdin=stdin)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.split(b"\n")[:-1]]


def one_line_of_error(done: subprocess.CompletedProcess[bytes]) -> str:
    text = done.stderr.decode()
    assert text.count("\n") == 1, text
    assert "Traceback" not in text
    return text


def test_a_question_is_answered_with_the_contracts_object() -> None:
    [answer] = objects("how deep should I go on the leg press", ask=legpress)
    assert list(answer) == KEYS
    assert (answer["outcome"], answer["topic"]) == ("answer", "depth")
    candidates = answer["candidates"]
    assert isinstance(candidates, list)
    assert len(candidates) == 10
    assert answer["confidence"] == candidates[0]["confidence"]


def test_words_without_quotes_are_one_question() -> None:
    assert objects("how", "deep")[0]["question"] == "how deep"


def test_every_line_gives_one_object_in_order_whatever_it_holds() -> None:
    lines = ["how deep", "", "why?", "a\u2028b\u0085c\u000bd", "\u202egniht", "💀", "x" * 6000, '{"a": 1}', "--json"]
    found = objects(stdin="\n".join(lines).encode() + b"\r\n\xff\xfe", ask=legpress)
    assert [answer["question"] for answer in found] == [*lines, "\ufffd\ufffd"]
    assert all(list(answer) == KEYS for answer in found)


def test_lines_stand_alone_without_memory() -> None:
    assert objects(stdin=b"how deep should I go\nwhy?\n")[1]["outcome"] != "answer"


def test_a_text_without_words_has_no_candidates() -> None:
    for answer in objects(stdin=b"\n!!!\n"):
        assert (answer["outcome"], answer["candidates"], answer["confidence"]) == ("decline", [], 0.0)


def test_an_alarm_stops_and_names_its_tier() -> None:
    [answer] = objects("leg press friday, now my crotch is numb and I can't pee, normal?")
    assert answer["outcome"] == "stop"
    stop = answer["stop"]
    assert isinstance(stop, dict)
    assert (stop["tier"], stop["route"], stop["proxy"]) == ("emergency", "emergency", False)
    assert (answer["claim"], answer["topic"], answer["sources"]) == (None, None, [])
    assert answer["safety_line"] is False


def test_a_question_about_signs_gets_the_list() -> None:
    [answer] = objects("what are the signs of rhabdo?")
    assert (answer["outcome"], answer["claim"], answer["topic"]) == ("answer", "warning-signs", "back-pain")


def test_a_pipe_gets_plain_text() -> None:
    done = legpress("ask", "is locking my knees out bad")  # a process: its output is a pipe
    assert done.returncode == 0
    assert b"\x1b" not in done.stdout
    said = done.stdout.decode()
    assert said.startswith("The claim: ")
    assert "\n1. Slow down over the last third" in said
    assert said.rstrip().endswith("--full")
    assert "Sources:" not in said


def test_full_brings_the_reasons_and_the_sources() -> None:
    said = here("ask", "--full", "is locking my knees out bad").stdout.decode()
    assert "Sources:" in said
    assert "Why:" in said
    assert "--full" not in said


def test_the_warning_signs_are_never_shortened() -> None:
    said = here("ask", "what are the signs of rhabdo?").stdout.decode()
    for sign in ("numb between the legs", "fever", "This week"):
        assert sign in said


def test_any_locale_will_do() -> None:
    done = legpress("ask", "--json", "tréma 💀", LC_ALL="C", LANG="C", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, b"")


def test_an_argument_that_is_no_utf8_is_read_as_far_as_it_goes() -> None:
    done = legpress("ask", "--json", b"how deep \xff")
    assert json.loads(done.stdout)["question"] == "how deep \ufffd"


@pytest.mark.parametrize("where", ["before", "after"])
def test_another_knowledge_folder_counts_before_and_after_the_command(tmp_path: Path, where: str) -> None:
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "tea.yaml").write_text(
        "- id: green-tea\n  title: Green tea\n  claim: C.\n  verdict: opinion\n  confidence: low\n  answer: Steep it.\n"
        "  questions: [how do i brew green tea]\n",
    )
    option = ["--knowledge", str(tmp_path)]
    question = ["ask", "--json", "how do i brew green tea"]
    done = here(*(option + question if where == "before" else question + option))
    assert json.loads(done.stdout)["candidates"][0]["claim"] == "green-tea"


def test_a_missing_knowledge_folder_is_one_sentence_and_exit_2(tmp_path: Path) -> None:
    done = here("ask", "--knowledge", str(tmp_path / "nowhere"), "how deep")
    assert done.returncode == 2
    assert "There is no knowledge folder" in one_line_of_error(done)


def test_faulty_knowledge_is_a_line_a_fault_and_exit_1(tmp_path: Path) -> None:
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "tea.yaml").write_text("- id: green-tea\n  title: [\n")
    done = legpress("ask", "--knowledge", str(tmp_path), "how deep")
    assert done.returncode == 1
    assert one_line_of_error(done).startswith(f"{tmp_path}/claims/tea.yaml:3:1: ")


def test_an_unknown_region_names_those_that_are_known() -> None:
    done = here("ask", "--region", "atlantis", "how deep")
    assert done.returncode == 2
    assert "choose one of" in one_line_of_error(done)


@pytest.mark.parametrize("arguments", [["--nonsense"], ["nonsense"], ["ask", "--nonsense"], ["schema", "nonsense"]])
def test_wrong_use_is_one_line_and_exit_2(arguments: list[str]) -> None:
    done = here(*arguments)
    assert done.returncode == 2
    assert "--help" in one_line_of_error(done)


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f"yes 'how deep' | head -50 | '{sys.executable}' -m bot ask --json | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, cwd=ROOT, timeout=250, check=False)
    assert done.stderr == b""


def test_asking_imports_neither_discord_nor_what_starts_slowly() -> None:
    code = (
        "import sys; from bot.cli import main; main(['ask', 'how deep']);"
        "print([m for m in ('discord', 'simcord', 'sqlalchemy', 'pydantic', 'aiohttp', 'yaml', 'jsonschema', 'resvg_py', 'PIL') if m in sys.modules], file=sys.stderr)"
    )
    here("ask", "warm the cache")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, timeout=250, check=False)
    assert done.stderr.decode().strip() == "[]"


def test_broken_cache_files_are_ignored(tmp_path: Path) -> None:
    own = ("ask", "--knowledge", str(ROOT / "tests" / "support" / "knowledge"), "--json", "how deep")
    before = legpress(*own, CACHE_DIR=str(tmp_path)).stdout
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert kept
    for path in kept:
        path.write_bytes(b"\x00garbage" * 50)
    assert legpress(*own, CACHE_DIR=str(tmp_path)).stdout == before


def test_explain_shows_words_and_gate() -> None:
    text = here("ask", "--explain", "is lokcing out bad").stdout.decode()
    assert "gate:" in text
    assert "threshold" in text.lower()


def test_chat_goes_on_from_the_last_answer() -> None:
    done = legpress("chat", stdin=b"is locking my knees out bad on the leg press?\nsource?\n")
    assert done.returncode == 0
    first, second = (
        done.stdout.decode().split("\n\n\n", 1) if "\n\n\n" in done.stdout.decode() else (done.stdout.decode(), "")
    )
    assert "Sources:" in first + second
    assert first.startswith("The claim: ")


def test_help_names_every_command() -> None:
    text = here("--help").stdout.decode()
    for command in ("ask", "chat", "check", "eval", "playground", "run", "schema", "sync"):
        assert command in text


def test_greetings_names_and_thanks_change_neither_claim_nor_confidence() -> None:
    plain = "is it bad to lock my knees on the leg press"
    said = [
        f"Hi everyone, Chukwuemeka from Enugu here. {plain}? Thanks in advance bro",
        f"hey bot!! quick q, {plain}",
        f"Good morning po, {plain}. Salamat, Jomar (Dumaguete)",
        f"g'day mate, sorry if asked before, {plain}? Cheers, Bronwyn from Toowoomba",
    ]
    first, *others = objects(stdin="\n".join([plain, *said]).encode() + b"\n")
    for answer in others:
        assert (answer["outcome"], answer["claim"]) == ("answer", first["claim"])
        assert answer["confidence"] == pytest.approx(first["confidence"], abs=0.05)


def test_an_alarm_among_courtesies_is_stopped() -> None:
    [answer] = objects("hi all, hope you are well! chest pain and my arm is numb since the leg press. cheers, Nigel")
    assert answer["outcome"] == "stop"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("hi bot", "decision: first words, greeting"),
        ("best pizza in naples", "answer from 0.70; about something else"),
        ("leg press after root canal", "answer from 0.70; about us, and nobody has answered it yet"),
        ("hey, is it bad to lock my knees? thanks", "answer from 0.70; covered"),
    ],
)
def test_explain_tells_kind_fit_and_cover(text: str, line: str) -> None:
    done = here("ask", "--explain", text)
    assert done.returncode == 0
    assert line in done.stdout.decode()


def test_of_several_questions_each_answer_says_which_it_answers() -> None:
    said = here("ask", stdin=b"do i need a belt\nbest creatine\n").stdout.decode()
    first, second = said.split("\n\n> ")
    assert first.startswith("> do i need a belt\nThe claim: ")
    assert second.startswith("best creatine\nI don't know this one.")
    alone = here("ask", "do i need a belt").stdout.decode()
    assert alone.startswith("The claim: ")
