"""Fitting in a process of its own: the same state, told how far it is, and no bot without it where that fails."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot import apart
from bot.bootstrap import load_knowledge, load_rules, shipped_knowledge
from bot.core import matching
from bot.core.knowledge.folder import read_folder
from bot.core.knowledge.loader import load
from bot.core.knowledge.plain import to_plain
from bot.core.model import Knowledge
from bot.core.safety import SafetyRules
from bot.errors import KnowledgeError
from bot.store.cache import FileCache
from tests.core.matching.samples import CLAIMS, OUT_OF_SCOPE, VOCABULARY


@pytest.fixture(scope="module")
def knowledge(cache: FileCache) -> Knowledge:
    shipped = load_knowledge(shipped_knowledge(), cache)
    claims = {claim.id: claim for claim in CLAIMS}
    return replace(shipped, claims=claims, vocabulary=tuple(VOCABULARY), out_of_scope=tuple(OUT_OF_SCOPE))


@pytest.fixture(scope="module")
def rules(cache: FileCache) -> SafetyRules:
    whole = load_rules(cache)
    return replace(whole, harmless=whole.harmless[:40], phrasings=whole.phrasings[::20])


def test_another_process_fits_the_same_matcher(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    here = apart.fit_matcher(knowledge, lambda _: None)
    monkeypatch.setattr(apart, "FEW", 0)
    monkeypatch.setattr(apart, "_matcher", lambda *_: pytest.fail("fitted here"))
    told: list[float] = []
    assert apart.fit_matcher(knowledge, told.append) == here
    assert told == sorted(told)
    assert told[-1] == 1.0
    claims = knowledge.claims.values()
    fitted = matching.build(claims, vocabulary=knowledge.vocabulary, out_of_scope=knowledge.out_of_scope, fitted=here)
    assert fitted.dump() == here


def test_another_process_fits_the_same_gate(rules: SafetyRules, monkeypatch: pytest.MonkeyPatch) -> None:
    here = apart.fit_gate(rules, "key", lambda _: None)
    monkeypatch.setattr(apart, "FEW", 0)
    monkeypatch.setattr(apart, "_gate", lambda *_: pytest.fail("fitted here"))
    assert apart.fit_gate(rules, "key", lambda _: None) == here


@pytest.mark.parametrize("program", ["/nowhere/python", "import sys; sys.exit(3)", "print('0.5'); print('state 99')"])
def test_where_the_other_process_fails_the_fit_is_done_here(
    knowledge: Knowledge, program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = apart.fit_matcher(knowledge, lambda _: None)
    start = subprocess.Popen

    def started(_: list[str], **options: Any) -> "subprocess.Popen[bytes]":
        return start([program] if program.startswith("/") else [sys.executable, "-c", program], **options)

    monkeypatch.setattr(apart, "FEW", 0)
    monkeypatch.setattr("subprocess.Popen", started)
    assert apart.fit_matcher(knowledge, lambda _: None) == here


def test_a_listener_that_breaks_off_ends_the_other_process(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Any] = []
    start = subprocess.Popen

    def kept(*arguments: Any, **options: Any) -> "subprocess.Popen[bytes]":
        started.append(start(*arguments, **options))
        return started[-1]  # type: ignore[no-any-return]

    monkeypatch.setattr("subprocess.Popen", kept)
    monkeypatch.setattr(apart, "FEW", 0)

    def stop(_: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        apart.fit_matcher(knowledge, stop)
    assert started[0].poll() is not None


def test_a_fit_that_is_ended_is_not_done_again_here(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "FEW", 0)
    monkeypatch.setattr(apart, "_matcher", lambda *_: pytest.fail("fitted here"))
    with pytest.raises(apart.FitEndedError):
        apart.fit_matcher(knowledge, lambda _: apart.end_fits())
    apart.end_fits()  # there is none any more


def test_another_process_reads_the_same_knowledge() -> None:
    found = apart.read(shipped_knowledge())
    assert found is not None
    content, there = found
    assert content == read_folder(shipped_knowledge()).fingerprint()
    assert there.claims
    assert to_plain(there) == to_plain(load(shipped_knowledge()))


def test_faults_that_another_process_found_are_told_as_if_they_were_found_here(tmp_path: Path) -> None:
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "depth.yaml").write_text("- id: Deep\n- title: 7\n", encoding="utf-8")
    with pytest.raises(KnowledgeError) as here:
        load(tmp_path)
    with pytest.raises(KnowledgeError) as there:
        apart.read(tmp_path)
    assert there.value.faults == here.value.faults


def test_where_no_other_process_can_be_had_nothing_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    assert apart.read(shipped_knowledge()) is None
