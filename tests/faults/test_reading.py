"""A bot that has yet to fit a knowledge of its host's own: it is online meanwhile, says so, and stops alarms."""

import asyncio
import shutil
from functools import partial
from pathlib import Path

import pytest

from bot import apart
from bot.bootstrap import shipped_knowledge
from bot.private_files import UNFINISHED
from tests.faults.conftest import SERVER, checked_wire
from tests.support.wire import serving
from tests.support.wire_bot import KNOWLEDGE, bot_process
from tests.support.wire_members import Members, said

NEW_CLAIM = """\
- id: towel-rule
  title: Bring a towel
  claim: A towel on the seat is house rule.
  verdict: opinion
  confidence: high
  answer: Yes. Put it on the seat before you sit down.
  why: The house says so.
  do: [Bring a towel.]
  questions: [do i need a towel here, towel on the seat, is a towel a must]
"""


def unfinished(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob(f"{UNFINISHED}*")]


@pytest.fixture
def own_cache(tmp_path: Path, cache_folder: Path) -> Path:
    """A cache of the test's own, which holds what all bots need and no fit of the test's knowledge."""
    own = tmp_path / "cache"
    shutil.copytree(cache_folder, own)
    return own


@pytest.fixture
def own_knowledge(tmp_path: Path) -> Path:
    """A knowledge as large as the shipped one, which nobody has fitted yet."""
    folder = tmp_path / "knowledge"
    shutil.copytree(shipped_knowledge(), folder)
    topic = folder / "claims" / "setup.yaml"
    topic.write_text(topic.read_text(encoding="utf-8") + NEW_CLAIM, encoding="utf-8")
    return folder


async def test_it_answers_that_it_reads_stops_alarms_and_ends_meanwhile(
    tmp_path: Path, own_knowledge: Path, own_cache: Path
) -> None:
    wire = checked_wire()
    wire.tells_time, wire.answerable_seconds = False, 60.0  # a busy machine may take longer than Discord waits
    async with (
        serving(wire),
        bot_process(wire, tmp_path / "bot", own_cache, knowledge=own_knowledge) as bot,
    ):
        await wire.until_ready()
        members = Members(wire)
        alarm = await members.slash("legpress ask", question="i cant feel my legs since the set", by=78, in_=SERVER)
        await wire.until(lambda: alarm.answered, 60.0)
        asked = await members.slash("legpress ask", question="do i need a towel here", in_=SERVER)
        await wire.until(lambda: asked.answered, 60.0)
        for by in range(100, 120):
            if "still reading" in said(asked.response):
                break  # on a busy machine the answer may have come too late by the bot's own count, and be put off
            asked = await members.slash("legpress ask", question="do i need a towel here", by=by, in_=SERVER)
            await wire.until(partial(getattr, asked, "answered"), 60.0)
        assert said(asked.response) == "I'm still reading my knowledge, ask again in a few seconds."
        assert "emergency number" in said(alarm.response)
        await members.say("towel on the seat", by=79)
        await wire.until(lambda: wire.messages, 60.0)
        assert "still reading" in said(wire.messages[0])

        bot.signal()
        assert await bot.ended(30.0) == 0
        told = [line for line in bot.lines() if "bot.progress" not in line]
        assert "Traceback" not in "\n".join(told)
        assert len([line for line in told if "Asked to stop" in line]) == 1
    assert unfinished(own_cache) == []


@pytest.fixture
def small_knowledge(tmp_path: Path) -> Path:
    """A knowledge of one claim more wordings than are fitted within the bot's own process."""
    folder = tmp_path / "small"
    shutil.copytree(KNOWLEDGE, folder)
    wordings = "".join(f"    - towel number {number} on the seat\n" for number in range(apart.FEW + 1))
    topic = next(iter(sorted((folder / "claims").glob("*.yaml"))))
    claim = NEW_CLAIM.replace("[do i need", "\n    - do i need").replace(
        ", towel on the seat, is a towel a must]", "\n"
    )
    topic.write_text(topic.read_text(encoding="utf-8") + claim + wordings, encoding="utf-8")
    return folder


@pytest.mark.soak  # the same within one process: tests/service/test_reload.py, tests/test_apart.py
async def test_what_was_read_is_answered(tmp_path: Path, small_knowledge: Path, own_cache: Path) -> None:
    async with (
        serving(checked_wire()) as wire,
        bot_process(wire, tmp_path / "bot", own_cache, knowledge=small_knowledge) as bot,
    ):
        await wire.until_ready()
        members = Members(wire)
        await members.until_it_knows("do i need a towel here", 120)
        answered = await members.slash("legpress ask", question="do i need a towel here", in_=SERVER)
        await wire.until(lambda: answered.answered)
        assert "Put it on the seat before you sit down." in said(answered.response)
        await asyncio.sleep(0.2)
        assert "Traceback" not in "\n".join(bot.lines())
