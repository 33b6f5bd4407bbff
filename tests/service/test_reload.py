"""Changed knowledge on disk: loaded aside, checked, swapped in whole, or the last good one stays."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

import bot
from bot.bootstrap import Live, default_cache, shipped_knowledge, shipped_state
from bot.core.model import Knowledge, Outcome
from bot.core.safety.next_messages import compiled
from bot.service import Service
from bot.service.answerer import STILL_READING
from bot.service.reload import faults_of, own_wordings, tried
from bot.store.cache import FileCache
from tests.support.examples import share
from tests.support.workshop import KNOWLEDGE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(KNOWLEDGE, tmp_path / "knowledge"))


def _write(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def _live(folder: Path, *, wait: bool = True, still_seconds: float = 0.0) -> Live:
    # Where nobody looks at how it is read, what one test has read and fitted the others take, as a host's next start does.
    cache = default_cache() if wait else FileCache(None, shipped_state())
    return Live(folder, cache=cache, wait=wait, still_seconds=still_seconds)


def test_a_changed_file_is_in_use_after_a_look(folder: Path) -> None:
    live = _live(folder)
    _write(folder / "claims" / "depth.yaml", "Find your own depth", "Find the depth that is yours")
    assert live.refresh()
    assert live.service().knowledge.claims["find-depth"].title == "Find the depth that is yours"
    assert not live.refresh()


def test_what_the_first_messages_after_a_stop_need_is_compiled_by_looks_and_not_by_them(folder: Path) -> None:
    compiled.cache_clear()
    live = _live(folder)
    assert compiled.cache_info().misses == 0
    live.refresh()
    assert (made := compiled.cache_info().misses) > 10
    _write(folder / "claims" / "depth.yaml", "Find your own depth", "Find the depth that is yours")
    assert live.refresh()
    _, stopped = live.service().ask("my leg went numb and i cannot pee since leg press")
    for text in ("my friend not me", "why is that", "it got worse", "thanks"):
        assert live.service().ask(text, stopped)[0].outcome is Outcome.STOP
    assert compiled.cache_info().misses == made, "a reload with the same rules compiles nothing anew either"


def test_a_bot_is_there_before_its_knowledge_is_read_and_hears_alarms(folder: Path) -> None:
    live = _live(folder, wait=False)
    early = live.service()
    put_off, _ = early.ask("how deep should i go on the leg press")
    assert (put_off.text, put_off.outcome, put_off.claim) == (STILL_READING, Outcome.DECLINE, None)
    assert early.ask("my leg went numb and i cannot pee since leg press")[0].outcome is Outcome.STOP
    own = early.over(early.knowledge, early.matcher)
    assert own.ask("how deep should i go on the leg press")[0].text == STILL_READING
    assert early.warning_signs().outcome is Outcome.ANSWER
    assert live.refresh()
    assert live.service().ask("how deep should i go on the leg press")[0].claim == "find-depth"
    assert not live.refresh()


def test_what_changes_while_the_knowledge_is_read_is_taken_up_afterwards(folder: Path) -> None:
    live = _live(folder, wait=False)
    _write(folder / "claims" / "depth.yaml", "Find your own depth", "Find the depth that is yours")
    assert live.refresh()
    assert live.service().knowledge.claims["find-depth"].title == "Find your own depth"
    assert live.refresh()
    assert live.service().knowledge.claims["find-depth"].title == "Find the depth that is yours"


def test_what_was_read_before_is_there_at_once(folder: Path, tmp_path: Path) -> None:
    cache = FileCache(tmp_path / "cache", shipped_state())
    Live(folder, cache=cache)
    assert not Live(folder, cache=cache, wait=False).service().reading


def test_a_fault_keeps_the_last_good_knowledge_and_is_told_once(folder: Path) -> None:
    live = _live(folder)
    told: list[str] = []
    live.on_fault.append(told.append)
    before = live.service()
    _write(folder / "claims" / "depth.yaml", "verdict: untested", "verdict: surely")
    assert not live.refresh()
    assert not live.refresh()
    assert live.service() is before
    assert len(told) == 1
    assert "depth.yaml:4:12" in told[0]
    mended: list[str] = []
    live.on_mended.append(lambda: mended.append("mended"))
    _write(folder / "claims" / "depth.yaml", "verdict: surely", "verdict: mixed")
    assert live.refresh()
    assert len(told) == 1
    assert mended == ["mended"]
    _write(folder / "claims" / "depth.yaml", "verdict: mixed", "verdict: untested")
    assert live.refresh()
    assert mended == ["mended"], "an all-clear comes after a fault alone"


def test_what_is_in_use_and_stands_in_the_files_again_is_not_tried_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = _live(folder)
    claims = folder / "claims" / "depth.yaml"
    _write(claims, "verdict: untested", "verdict: surely")
    assert not live.refresh()
    _write(claims, "verdict: surely", "verdict: untested")
    monkeypatch.setattr("bot.bootstrap.faults_of", lambda *_: ["It was tried."])
    assert live.refresh()
    _write(claims, "Find your own depth", "Find the depth that is yours")
    assert not live.refresh(), "what is new is tried"
    _write(claims, "Find the depth that is yours", "Find your own depth")
    assert live.refresh()


BROKEN = [
    ("safety/flags/pelvis.yaml", "rules:", "rules: nothing", "pelvis.yaml:"),
    ("safety/lexicon/body.yaml", "    kind: body\n", "", "body.yaml:"),
    ("safety.yaml", "weights: {bias:", "weights: {bais:", "safety.yaml:"),
    ("safety/wordings/spine.yaml", "phrasings:", "phrasings: [", "spine.yaml:"),
    ("safety/lexicon/sensation.yaml", "  FAINT:\n", "  FAINTED:\n", ": no concept is called FAINT; add it under"),
    (
        "safety/texts.yaml",
        "{emergency} Say what you wrote",
        "{emergence} Say what you wrote",
        ": the text 'emergency' may hold {emergency}, {number}",
    ),
]
"""Files of the gate, each with what breaks it, or leaves it as a half done migration would, and how the fault reads."""

RUNNING = """
import json, sys
from bot.bootstrap import Live, shipped_knowledge, shipped_state
from bot.store.cache import FileCache

live = Live(cache=FileCache(None, shipped_state()), still_seconds=0.0)
told, found = [], []
live.on_fault.append(told.append)
for file, old, new, _ in json.load(sys.stdin):
    path = shipped_knowledge() / file
    whole = path.read_text(encoding="utf-8")
    assert old in whole, file
    path.write_text(whole.replace(old, new, 1), encoding="utf-8")
    used = live.refresh()
    outcome = live.service().ask("my crotch is numb and i cannot pee since leg press")[0].outcome
    path.write_text(whole, encoding="utf-8")
    found.append([used, str(outcome), told[-1] if told else ""])
    told.clear()
print(json.dumps([found, live.refresh()]))
"""


@pytest.mark.loop
def test_a_broken_or_half_migrated_safety_file_keeps_the_last_good_gate_of_a_running_bot(tmp_path: Path) -> None:
    shutil.copytree(shipped_knowledge(), tmp_path / "knowledge")
    program = Path(bot.__file__).parent
    unused = shutil.ignore_patterns("__pycache__")
    shutil.copytree(program, tmp_path / "bot", copy_function=os.link, ignore=unused)  # read there, never written
    broken = share(BROKEN, 4)  # one that cannot be read, and one that lacks what others name
    running = subprocess.run(
        [sys.executable, "-c", RUNNING],
        input=json.dumps(broken),
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    found, mended = json.loads(running.stdout)
    assert mended
    for (file, _, new, fault), (used, outcome, told) in zip(broken, found, strict=True):
        assert not used, (file, new)
        assert outcome == "stop", (file, new)
        assert fault in told, (file, new, told)


def test_a_folder_is_read_once_it_has_been_still_for_a_moment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    live = _live(folder, still_seconds=0.2)
    told: list[str] = []
    live.on_fault.append(told.append)
    file = folder / "claims" / "depth.yaml"
    whole = file.read_text(encoding="utf-8").replace("Find your own depth", "Find the depth that is yours")
    file.write_text(whole[: len(whole) // 2] + "\n  verdict: half", encoding="utf-8")
    with monkeypatch.context() as patched:  # whoever saves goes on within the moment, however busy the machine is
        patched.setattr(
            time, "sleep", lambda seconds: file.write_text(whole, encoding="utf-8") if seconds == 0.2 else None
        )
        assert not live.refresh()
    assert told == []
    assert live.refresh()
    assert live.service().knowledge.claims["find-depth"].title == "Find the depth that is yours"


def test_knowledge_that_loses_the_warning_signs_is_not_used(base_service: Service) -> None:
    knowledge = base_service.knowledge
    claims = {key: claim for key, claim in knowledge.claims.items() if key != "warning-signs"}
    new = base_service.over(replace(knowledge, claims=claims), base_service.matcher)
    assert faults_of(base_service, base_service) == []
    assert "warning-signs" in " ".join(faults_of(new, base_service))


def test_knowledge_whose_questions_find_other_claims_is_not_used(base_service: Service) -> None:
    knowledge = base_service.knowledge
    turned = list(knowledge.topics)[1:] + list(knowledge.topics)[:1]
    topics = dict(zip(knowledge.topics, turned, strict=True))
    claims = {key: replace(claim, topic=topics[claim.topic]) for key, claim in knowledge.claims.items()}
    new = base_service.over(Knowledge(claims, knowledge.topics, knowledge.sources), base_service.matcher)
    assert "find their topic" in " ".join(faults_of(new))


def test_own_wordings_are_tried_through_the_whole_decision(base_service: Service) -> None:
    found = tried(base_service)
    assert {claim for claim, _ in found.asked} == set(base_service.knowledge.claims)
    assert found.share > 0.9
    assert found.line().startswith(f"{len(found.answered)} of {len(found.asked)} own wordings that were tried")


def test_of_many_wordings_some_of_each_claim_are_tried(base_service: Service) -> None:
    few = own_wordings(base_service, most=1)
    assert [claim for claim, _ in few] == list(base_service.knowledge.claims)


def test_wordings_that_two_claims_share_are_not_tried(base_service: Service) -> None:
    claims = dict(base_service.knowledge.claims)
    one, two, *_ = claims
    shared = claims[one].questions[0]
    claims[two] = replace(claims[two], questions=(*claims[two].questions, shared.upper()))
    new = base_service.over(replace(base_service.knowledge, claims=claims), base_service.matcher)
    assert shared not in {question for _, question in own_wordings(new)}


def test_a_reload_that_loses_too_much_of_what_was_answered_is_held_back_and_told(
    folder: Path,
) -> None:
    live = _live(folder)
    before = live.service()
    answered = tried(before).answered
    told: list[str] = []
    live.on_fault.append(told.append)
    # A condition that everybody has, and that keeps everybody from everything: each question is answered with its card.
    (folder / "conditions.yaml").write_text(
        "conditions:\n- claim: warning-signs\n  name: anything\n  says: [how, what, is, the, my, a, i, leg, do, can, knees, feet]\n"
        "  keeps_from_all: true\n",
        encoding="utf-8",
    )
    assert not live.refresh()
    assert live.service() is before
    (sentence,) = told
    assert re.match(rf"\d+ of {len(answered)} wordings that were answered are not any more, such as '", sentence)
