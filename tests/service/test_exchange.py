"""Import and export: the same YAML both ways, every fault at its place."""

import asyncio
import subprocess
import sys
from dataclasses import replace

import pytest

from bot.core.model import Outcome
from bot.core.overlay import Standing
from bot.errors import BotError, KnowledgeError, UserError
from bot.service.answer_room import SHORT, AnswerRoom
from bot.service.draft_values import Draft
from bot.service.exchange import MOST_WAITING
from bot.service.workshop import Workshop
from tests.support.hostile import WORST
from tests.support.workshop import CREATINE, HERE, MODERATOR, THERE, add


async def _server_with_everything(workshop: Workshop) -> None:
    await add(workshop, answer="Yes: no. #1 'quoted' \"twice\"\n\nSecond paragraph", why="x " * 150)
    await add(workshop, title="On depth", topic="depth")
    await workshop.curation.hide(HERE, "straight-knees", MODERATOR)
    for draft in (
        await workshop.curation.begin_questions(HERE, MODERATOR, "find-depth", ["1:30", "no", "yes: and", "~"]),
        await workshop.curation.begin_out_of_scope(HERE, MODERATOR, ["deep purple", "2026-11-22"]),
    ):
        await workshop.curation.publish(HERE, MODERATOR, draft.id)
    edit = await workshop.curation.begin_edit(HERE, MODERATOR, "knees-to-chest")
    assert edit.fields is not None
    await workshop.curation.change(HERE, MODERATOR, edit.id, replace(edit.fields, title="Ours"))
    await workshop.curation.publish(HERE, MODERATOR, edit.id)


async def test_importing_an_export_changes_nothing(workshop: Workshop) -> None:
    await _server_with_everything(workshop)
    draft = await workshop.exchange.begin_import(HERE, MODERATOR, await workshop.exchange.export(HERE))
    assert draft.changes_nothing
    assert draft.items == ()


@pytest.mark.both_databases
async def test_an_export_makes_another_server_the_same(workshop: Workshop) -> None:
    await _server_with_everything(workshop)
    exported = await workshop.exchange.export(HERE)
    draft = await workshop.exchange.begin_import(THERE, MODERATOR, exported, "here.yaml")
    revision = await workshop.curation.publish(THERE, MODERATOR, draft.id)
    assert revision.why == "from here.yaml"
    assert await workshop.exchange.export(THERE) == exported
    assert await workshop.overlays.read(HERE) == await workshop.overlays.read(THERE)


async def test_one_topic_goes_out_as_a_file_of_the_knowledge_folder(workshop: Workshop) -> None:
    await _server_with_everything(workshop)
    content = await workshop.exchange.export_topic(HERE, "depth")
    assert content.startswith(b"# yaml-language-server: $schema=../schema/claims.json\n- id: ")
    draft = await workshop.exchange.begin_import(HERE, MODERATOR, content, "depth.yaml")
    assert draft.changes_nothing
    with pytest.raises(UserError, match="no claim of its own"):
        await workshop.exchange.export_topic(HERE, "lockout")


async def test_a_claims_file_lands_in_the_topic_that_its_name_says(workshop: Workshop) -> None:
    raw = b"- {id: my-notch, title: T, claim: C., verdict: opinion, confidence: low, answer: A., questions: [which notch]}"
    draft = await workshop.exchange.begin_import(HERE, MODERATOR, raw, "depth.yaml")
    assert [item.after.claim.topic for item in draft.items if item.after.claim] == ["depth"]
    draft = await workshop.exchange.begin_import(HERE, MODERATOR, raw, "mine.yaml")
    assert [item.after.claim.topic for item in draft.items if item.after.claim] == ["this-server"]


FAULTY = b"""\
claims:
  depth:
    - id: warning-signs
      title: T
      claim: C.
      verdict: certain
      confidence: low
      answer: A.
      questions: [q]
    - id: mine
      title: T
      claim: C.
      verdict: mixed
      confidence: low
      answer: A.
      questions: [q]
      sources: [hips1985, invented]
hidden: [warning-signs, nobody]
colour: red
"""


async def test_every_fault_is_told_with_line_and_column_and_nothing_is_kept(workshop: Workshop) -> None:
    with pytest.raises(KnowledgeError) as raised:
        await workshop.exchange.begin_import(HERE, MODERATOR, FAULTY, "f.yaml")
    places = [(fault.line, fault.column) for fault in raised.value.faults]
    assert places == [(3, 11), (6, 16), (17, 27), (18, 10), (18, 25), (19, 1)]
    assert "safety net" in raised.value.faults[0].message
    assert "no source 'invented'" in raised.value.faults[2].message
    assert await workshop.history.revisions(HERE) == []


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"x" * 1_000_001, "keep an import under 1 MB"),
        (b"a: &a [x]\nb: [*a, *a]\n", "aliases"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"\x00\x01", "cannot stand in YAML"),
        (b"[" * 5000, "too deep"),
        (b"claims: {depth: [{}]}", "missing"),
        (b"- 1", "`key: value` lines"),
        (b"just words", "lines"),
        (b"claims: {nowhere: [{id: ab, title: T, claim: C, verdict: opinion, confidence: low, answer: A, questions: [q]}]}", "no topic 'nowhere'"),
    ],
    ids=lambda value: repr(value[:20]),  # pytest hands a test's name to whatever it starts, and 1 MB is too long for that
)  # fmt: skip
async def test_a_file_that_is_no_knowledge_is_refused_in_words(workshop: Workshop, raw: bytes, words: str) -> None:
    with pytest.raises(KnowledgeError, match=words):
        await workshop.exchange.begin_import(HERE, MODERATOR, raw)


async def test_an_import_takes_nothing_away(workshop: Workshop) -> None:
    await _server_with_everything(workshop)
    draft = await workshop.exchange.begin_import(HERE, MODERATOR, b"hidden: [knees-to-chest]\n")
    await workshop.curation.publish(HERE, MODERATOR, draft.id)
    standings = {each.id: each.standing for each in await workshop.curation.listed(HERE)}
    assert standings["knees-to-chest"] is Standing.HIDDEN
    assert standings["straight-knees"] is Standing.HIDDEN
    assert standings["on-depth"] is Standing.ADDED


async def test_an_empty_file_changes_nothing(workshop: Workshop) -> None:
    for raw in (b"", b"# nothing\n", b"{}"):
        draft = await workshop.exchange.begin_import(HERE, MODERATOR, raw)
        assert draft.changes_nothing


async def test_an_import_that_is_an_opinion_without_saying_so_is_told(workshop: Workshop) -> None:
    raw = b"- {id: my-notch, title: T, claim: C., verdict: supported, confidence: high, answer: A., questions: [which notch]}"
    draft = await workshop.exchange.begin_import(HERE, MODERATOR, raw)
    assert draft.notes == ("'my-notch' cites no source, so members see it as an opinion, with low confidence.",)


async def test_the_fields_of_an_import_survive_a_form(workshop: Workshop) -> None:
    await add(workshop, fields=replace(CREATINE, do="- first\n* second"))
    shown = await workshop.curation.show(HERE, "creatine-and-the-sled")
    assert shown.claim.do == ("first", "second")


# What is read is read before any database is asked, so that one of them is enough.
@pytest.mark.parametrize("store_address", ["sqlite"], indirect=True)
async def test_eight_servers_imports_of_the_worst_do_not_hold_up_an_alarm(workshop: Workshop) -> None:
    kinds = ["topics", "wrong topics", "unknown keys of a claim", "nested lists"] * 2
    raws = [WORST[kind](300_000) for kind in kinds]  # a megabyte of each: tests/core/test_hostile_files.py
    imports = [
        asyncio.create_task(workshop.exchange.begin_import(5000 + i, MODERATOR, raw)) for i, raw in enumerate(raws)
    ]
    await asyncio.sleep(0.05)
    room = AnswerRoom()
    answer = await room.run(
        9000,
        1,
        lambda _: workshop.overlays.for_server(9000),
        lambda service: service.ask("numbness between my legs and cannot pee")[0],
        text="x" * (SHORT + 1),
    )
    assert answer.outcome is Outcome.STOP
    assert sum(each.done() for each in imports) <= 1, "the alarm waited for imports"
    for each in await asyncio.gather(*imports, return_exceptions=True):
        assert each is None or isinstance(each, BotError | Draft)


@pytest.mark.parametrize("store_address", ["sqlite"], indirect=True)
async def test_imports_of_one_server_beyond_a_few_are_refused_in_words(workshop: Workshop) -> None:
    raw = WORST["topics"](300_000)
    imports = [asyncio.create_task(workshop.exchange.begin_import(HERE, MODERATOR, raw)) for _ in range(8)]
    found = await asyncio.gather(*imports, return_exceptions=True)
    refused = [each for each in found if isinstance(each, UserError)]
    assert len(refused) >= 8 - 1 - MOST_WAITING
    assert "waiting to be read" in str(refused[0])


@pytest.mark.parametrize("store_address", ["sqlite"], indirect=True)
async def test_an_import_that_takes_too_long_is_stopped_in_words(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.service.exchange.IMPORT_SECONDS", 0.01)
    with pytest.raises(UserError, match="takes too long to be read"):
        await workshop.exchange.begin_import(HERE, MODERATOR, WORST["topics"](900_000))
    monkeypatch.undo()
    assert (await workshop.exchange.begin_import(HERE, MODERATOR, b"{}")).items == ()


READS = """
import gc
from bot.service.exchange import reader
frozen = gc.get_freeze_count()
read = reader()
first = gc.get_freeze_count()
print(first - frozen > 10_000, reader() is read, gc.get_freeze_count() == first)
"""


def test_the_garbage_collector_is_spared_what_the_first_import_of_a_file_brings() -> None:
    ran = subprocess.run([sys.executable, "-c", READS], capture_output=True, text=True, check=True, timeout=60)
    assert ran.stdout == "True True True\n"
