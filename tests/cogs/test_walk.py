"""The walk of docs/moderators.md: from a question that nothing answers to its answer, with so many presses and fields."""

import re
from pathlib import Path
from typing import Any

import pytest

from bot.bootstrap import build_service
from bot.service import Service
from bot.service.access import Actor
from tests.support.discord_side import Handed, response, text_of
from tests.support.moderators import Club
from tests.walk import ASKED, WRITTEN, agree, answer_it

pytestmark = pytest.mark.both_databases


@pytest.fixture(scope="module")
def shipped_service() -> Service:
    """The service on the knowledge that comes with the project: what a new moderator meets."""
    return build_service()


@pytest.fixture
def handed(handed: Handed, shipped_service: Service) -> Handed:
    """A bot on the shipped knowledge."""
    handed.service = handed.conversations_service = lambda: shipped_service
    return handed


async def test_three_presses_and_one_form_make_the_answer(club: Club, checkout: Path) -> None:
    await agree(club.dana, club.channel)
    assert (await club.workshop.settings.certain(club.guild.id)).keep_questions
    for number, question in enumerate(ASKED):
        member = club.guild.add_member(club.env.create_user(f"lifter{number}"))
        declined = await member.slash(club.channel, "legpress ask", question=question)
        unanswered = ("I don't know this one", "I'm not sure what you mean", "That's about the leg press, and nobody")
        assert text_of(response(declined)).startswith(unanswered), question
    seen: list[str] = []

    async def look(name: str, _message: Any) -> None:
        seen.append(name)

    walk = await answer_it(club.dana, club.channel, look)
    assert (walk.commands, walk.pressed, walk.fields) == (1, 3, 3)
    for question in ASKED:
        member = club.guild.add_member(club.env.create_user(question[:20]))
        assert WRITTEN["claim"] in await club.asked(question, member)
    assert await club.workshop.inbox.groups(club.guild.id, Actor(club.dana.id, manages=True)) == []
    pictures = re.findall(r"images/moderators-(\w+)\.png", (checkout / "docs" / "moderators.md").read_text("utf-8"))
    assert set(seen) <= set(pictures)
