"""Changed knowledge on disk: loaded aside, checked, swapped in whole, or the last good one stays."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.bootstrap import Live
from bot.core.model import Knowledge
from bot.service import Service
from bot.service.reload import faults_of
from bot.store.cache import FileCache
from tests.support.workshop import KNOWLEDGE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(KNOWLEDGE, tmp_path / "knowledge"))


def _write(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_changed_file_is_in_use_after_a_look(folder: Path) -> None:
    live = Live(folder, cache=FileCache(None))
    _write(folder / "claims" / "depth.yaml", "Find your own depth", "Find the depth that is yours")
    assert live.refresh()
    assert live.service().knowledge.claims["find-depth"].title == "Find the depth that is yours"
    assert not live.refresh()


def test_a_fault_keeps_the_last_good_knowledge_and_is_told_once(folder: Path) -> None:
    live = Live(folder, cache=FileCache(None))
    told: list[str] = []
    live.on_fault.append(told.append)
    before = live.service()
    _write(folder / "claims" / "depth.yaml", "verdict: untested", "verdict: surely")
    assert not live.refresh()
    assert not live.refresh()
    assert live.service() is before
    assert len(told) == 1
    assert "depth.yaml:4:12" in told[0]
    _write(folder / "claims" / "depth.yaml", "verdict: surely", "verdict: mixed")
    assert live.refresh()
    assert len(told) == 1


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
