"""The shipped knowledge keeps its promises: complete, cited from verified sources, and written without the test questions."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from rapidfuzz import fuzz, process

from bot.core.fields import form_of
from bot.core.knowledge.loader import load
from bot.core.model import Confidence, Knowledge, Verdict
from bot.core.overlay import PROTECTED, Entry, claim_of
from bot.core.vetting import vet
from tests.conftest import shared_files

ROOT = Path(__file__).parents[1]
NEAR_COPY = 92
"""token_sort_ratio from which a wording counts as a copy of another."""

TOPICS = [
    "vs-squat",
    "backrest",
    "tempo",
    "two-up-one-down",
    "single-leg",
    "explosive",
    "functional",
    "back-pain",
    "depth",
    "cheat-rep",
    "lockout",
    "quads",
    "stance",
    "setup",
    "load",
    "knee-pain",
    "conditions",
]


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load(ROOT / "knowledge")


def wordings(knowledge: Knowledge) -> Iterator[str]:
    """Yield every text of the knowledge that the matcher learns from as a question."""
    for claim in knowledge.claims.values():
        yield from claim.questions
        yield from claim.decoys
    for group in knowledge.out_of_scope:
        yield from group.questions


def held_back() -> list[str]:
    lines = (ROOT / "tests/questions/dev.jsonl").read_text(encoding="utf-8").splitlines()
    lines += (ROOT / "tests/safety/vignettes.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]


def test_every_topic_has_its_claims(knowledge: Knowledge) -> None:
    assert sorted(knowledge.topics) == sorted(TOPICS)
    assert len(knowledge.claims) >= 45


def test_every_claim_is_whole(knowledge: Knowledge) -> None:
    for claim in knowledge.claims.values():
        parts = (claim.why, claim.unknown, claim.do, claim.avoid, claim.related)
        assert all(parts), claim.id
        assert len(claim.questions) >= 10, claim.id
        assert set(claim.related) <= set(knowledge.claims), claim.id


def test_every_statement_of_the_founding_post_has_a_claim(knowledge: Knowledge) -> None:
    table = (ROOT / "docs/claims.md").read_text(encoding="utf-8")
    answered: dict[str, list[str]] = {}
    for row in table.splitlines():
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        if re.match(r"C\d\d", cells[0]):
            answered[cells[0][:3]] = re.findall(r"`([a-z0-9-]+)`", row)
    assert sorted(answered) == [f"C{i:02}" for i in range(1, 22)]
    for number, claims in answered.items():
        assert set(claims) & set(knowledge.claims), number


def test_no_test_question_nor_a_near_copy_stands_in_the_knowledge(knowledge: Knowledge) -> None:
    choices = [text.lower() for text in wordings(knowledge)]
    queries = [text.lower() for text in held_back()]
    likeness = process.cdist(queries, choices, scorer=fuzz.token_sort_ratio, score_cutoff=NEAR_COPY, dtype=np.uint8)
    copies = [(queries[q], choices[c]) for q, c in zip(*np.where(likeness >= NEAR_COPY), strict=True)]
    assert copies == []


def test_only_sources_that_may_be_cited_are_cited(knowledge: Knowledge) -> None:
    cited = {source for claim in knowledge.claims.values() for source in claim.sources}
    assert cited == set(knowledge.sources)
    assert all(source.cite_ready and source.link for source in knowledge.sources.values())


@pytest.mark.shared
def test_the_cited_sources_are_the_verified_ones() -> None:
    folder = shared_files()
    assert folder is not None
    done = subprocess.run(
        [sys.executable, str(folder / "tools/check_sources.py"), str(ROOT)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_a_claim_without_a_source_says_so(knowledge: Knowledge) -> None:
    for claim in knowledge.claims.values():
        if not claim.sources:
            words = f"{claim.answer} {claim.why} {claim.unknown}".lower()
            assert re.search(r"\b(no|not|nobody|none|never|without)\b", words), claim.id


@pytest.mark.parametrize("number", ["111", "112", "911", "999", "000", "13 HEALTH", "1800"])
def test_no_claim_names_a_phone_number(knowledge: Knowledge, number: str) -> None:
    calling = re.compile(rf"\b(?:call|ring|dial|phone)\s+{re.escape(number)}\b", re.IGNORECASE)
    for claim in knowledge.claims.values():
        shown = " ".join((claim.answer, claim.why, claim.unknown, *claim.do, *claim.avoid))
        assert not calling.search(shown), claim.id


def test_the_back_is_never_called_fragile(knowledge: Knowledge) -> None:
    for claim in knowledge.claims.values():
        shown = " ".join((claim.title, claim.answer, claim.why, claim.unknown, *claim.do, *claim.avoid)).lower()
        assert "fragile" not in shown.replace("not fragile", "").replace("isn't fragile", ""), claim.id


def test_the_glute_result_that_nobody_could_read_is_not_quoted(knowledge: Knowledge) -> None:
    for claim in knowledge.claims.values():
        if "marchetti2023" in claim.sources:
            assert not re.search(
                r"(?:more|less|higher|lower) glut\w+ (?:activity|emg|work) (?:at|with|when) (?:90|125)", claim.why
            )


def test_the_schema_files_are_fresh() -> None:
    from bot.cli.check import schema_text
    from bot.core.knowledge.file_kinds import FILES, json_schema

    for kind in FILES:
        written = (ROOT / "knowledge" / "schema" / f"{kind}.json").read_text(encoding="utf-8")
        assert written == schema_text(json_schema(kind)), f"run: legpress schema --write knowledge/schema ({kind})"


def test_every_file_points_editors_at_its_schema() -> None:
    for path in (ROOT / "knowledge").rglob("*.yaml"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert found, path
        assert (path.parent / found[1]).is_file(), path


def test_a_server_may_edit_every_claim_but_those_of_the_safety_net_and_loses_nothing(knowledge: Knowledge) -> None:
    for name, claim in knowledge.claims.items():
        vetted = vet(form_of(claim, knowledge), knowledge, knowledge.claims)
        if name in PROTECTED:
            assert vetted.claim is None
            continue
        assert vetted.faults == (), name
        ours = claim_of(name, Entry(vetted.claim, claim), knowledge)
        pain = knowledge.topics[claim.topic].pain if claim.pain is None else claim.pain
        known = replace(claim, added_by_server=True, pain=pain)
        if not claim.sources:  # whatever a server says without a source is an opinion
            known = replace(known, verdict=Verdict.OPINION, confidence=Confidence.LOW)
        assert ours == known, name


LOOKS_FOR_ITS_OWN = re.compile(r"(where|until) (the|your) hips (start to |begin to )?roll", re.IGNORECASE)
CONDITION_CARDS = {"bones", "large-body", "scoliosis"}
"""Cards about a condition that give that depth themselves, and beside it say whom to ask."""


def test_whoever_may_not_bend_to_where_the_hips_roll_is_kept_from_every_card_that_says_so(knowledge: Knowledge) -> None:
    groups = knowledge.about_them.asks_for
    kept = {*groups["own_depth"], *groups["deep"], *groups["bounce"], *CONDITION_CARDS}
    looking = {claim.id for claim in knowledge.claims.values() if any(map(LOOKS_FOR_ITS_OWN.search, claim.do))}
    assert looking - kept == set()
