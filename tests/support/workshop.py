"""The desks of servers on a small knowledge, on both databases."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.bootstrap import build_service
from bot.core.fields import Fields
from bot.service import Service
from bot.service.access import Actor
from bot.service.workshop import Workshop, put_together
from bot.store.cache import FileCache
from bot.store.store import Store
from tests.support.postgres import Clock

KNOWLEDGE = Path(__file__).parent / "knowledge"
HERE, THERE = 1001, 2002
MODERATOR = Actor(11, manages=True)
OTHER_MODERATOR = Actor(12, manages=True)
MEMBER = Actor(99)

RETIRED = """
- id: find-depth
  title: Find your own depth
  claim: Stop before the hips roll.
  verdict: untested
  confidence: low
  answer: See the other one.
  questions: [how deep is it]
  replaced_by: {}
"""
"""A claim that a release renamed; to be filled in with its successor."""

CREATINE = Fields(
    title="Creatine and the sled",
    claim="Creatine helps a little with heavy pressing.",
    answer="Take it any time of day; it helps a little over weeks, not in one session.",
    questions="does creatine help my sled numbers\nshould i take creatine before legs\ncreatine timing for pressing",
)


@pytest.fixture(scope="session")
def base_service(cache: FileCache) -> Service:
    """A service on the small knowledge of the tests."""
    return build_service(KNOWLEDGE, cache=cache)


class Base:
    """The service of the moment, which a test may exchange as a reload does."""

    def __init__(self, service: Service) -> None:
        self.service = service

    def __call__(self) -> Service:
        return self.service


@pytest.fixture
def base(base_service: Service) -> Base:
    """The base under the overlays of a test."""
    return Base(base_service)


@pytest.fixture
async def workshop(store: Store, base: Base, clock: Clock) -> AsyncIterator[Workshop]:
    """The desks on an empty store, once on SQLite and once on PostgreSQL."""
    made = put_together(store, base, regions=base().regions, clock=clock)
    yield made
    await made.close()


async def add(workshop: Workshop, guild: int = HERE, fields: Fields = CREATINE, **changed: str) -> str:
    """Publish a claim of a server's own and return its id."""
    draft = await workshop.curation.begin_add(guild, MODERATOR, replace(fields, **changed))
    await workshop.curation.publish(guild, MODERATOR, draft.id)
    assert draft.claim is not None
    return draft.claim
