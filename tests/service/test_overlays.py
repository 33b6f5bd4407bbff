"""Each server's view: built when asked for, shared where it can be, there when the store is not."""

import asyncio
import weakref
from collections.abc import Mapping

import pytest

from bot.bootstrap import build_service
from bot.core.answering import SETTLED
from bot.core.model import OUT_OF_SCOPE as OUT_OF_SCOPE_KIND
from bot.core.model import Outcome
from bot.core.overlay import OUT_OF_SCOPE, Entry, Overlay
from bot.errors import StoreError
from bot.service import Service
from bot.service.overlays import PAUSE_SECONDS, Overlays, join
from bot.service.workshop import Workshop, put_together
from tests.support.postgres import Clock
from tests.support.workshop import CREATINE, HERE, MODERATOR, THERE, Base, add

QUESTION = "does creatine help my sled numbers"


async def test_a_server_without_an_overlay_is_served_by_the_base_itself(workshop: Workshop, base: Base) -> None:
    assert await workshop.overlays.for_server(HERE) is base.service
    assert await workshop.overlays.for_server(None) is base.service


async def test_an_overlay_is_built_once_and_shared_by_those_who_ask_at_once(workshop: Workshop) -> None:
    await add(workshop)
    services = await asyncio.gather(*(workshop.overlays.for_server(HERE) for _ in range(10)))
    assert all(service is services[0] for service in services)
    assert workshop.overlays.known(HERE) is services[0]


async def test_an_overlay_copies_nothing_of_the_base(workshop: Workshop, base: Base) -> None:
    await add(workshop)
    knowledge = (await workshop.overlays.for_server(HERE)).knowledge
    shipped = base.service.knowledge
    assert all(knowledge.claims[claim] is shipped.claims[claim] for claim in shipped.claims)
    assert knowledge.sources is shipped.sources
    assert knowledge.vocabulary is shipped.vocabulary


async def test_reloaded_knowledge_is_under_the_overlays_at_once(workshop: Workshop, base: Base) -> None:
    claim = await add(workshop)
    before = await workshop.overlays.for_server(HERE)
    base.service = base.service.over(base.service.knowledge, base.service.matcher)
    after = await workshop.overlays.for_server(HERE)
    assert after is not before
    assert after.knowledge.claims[claim] == before.knowledge.claims[claim]


async def test_all_that_is_held_follows_reloaded_knowledge_and_lets_go_of_the_one_before(
    workshop: Workshop, base: Base
) -> None:
    claim = await add(workshop)
    await workshop.overlays.for_server(HERE)
    await workshop.overlays.for_server(THERE)
    base.service = base.service.over(base.service.knowledge, base.service.matcher)
    await workshop.overlays.follow()
    await workshop.overlays.joined(HERE, await workshop.overlays.read(HERE), keep=True)
    earlier = weakref.ref(base.service)
    base.service = base.service.over(base.service.knowledge, base.service.matcher)
    assert earlier() is not None
    await workshop.overlays.follow()
    assert workshop.overlays.at_hand(THERE) is base.service
    assert (here := workshop.overlays.at_hand(HERE)) is not None
    assert claim in here.knowledge.claims
    assert earlier() is None


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody who asks waits for an overlay that is not ready."""
    monkeypatch.setattr("bot.service.overlays.WAIT_SECONDS", 0)
    monkeypatch.setattr("bot.service.overlays.RENEW_SECONDS", 0)


@pytest.mark.usefixtures("impatient")
async def test_what_was_published_answers_the_very_next_question(workshop: Workshop) -> None:
    claim = await add(workshop)
    assert (await workshop.overlays.for_server(HERE)).ask(QUESTION)[0].claim == claim
    await workshop.curation.hide(HERE, claim, MODERATOR)
    assert (await workshop.overlays.for_server(HERE)).ask(QUESTION)[0].claim != claim


async def test_what_was_previewed_is_published_without_building_it_again(workshop: Workshop) -> None:
    draft = await workshop.curation.begin_add(HERE, MODERATOR, CREATINE)
    previewed = (await workshop.curation.preview(HERE, MODERATOR, draft.id)).service
    await workshop.curation.publish(HERE, MODERATOR, draft.id)
    assert await workshop.overlays.for_server(HERE) is previewed


async def test_a_preview_that_somebody_was_faster_than_is_not_what_answers(workshop: Workshop) -> None:
    mine = await workshop.curation.begin_add(HERE, MODERATOR, CREATINE)
    previewed = (await workshop.curation.preview(HERE, MODERATOR, mine.id)).service
    theirs = await add(workshop, title="Chalk", questions="where is the chalk")
    await workshop.curation.publish(HERE, MODERATOR, mine.id)
    service = await workshop.overlays.for_server(HERE)
    assert service is not previewed
    assert {theirs, mine.claim} <= set(service.knowledge.claims)


@pytest.mark.both_databases
async def test_until_a_change_of_another_process_is_ready_the_old_knowledge_answers(
    workshop: Workshop, base: Base, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = await add(workshop)
    other = put_together(workshop.store, base, regions=base().regions, clock=clock)
    old = await other.overlays.for_server(HERE)
    monkeypatch.setattr("bot.service.overlays.RENEW_SECONDS", 0)
    await workshop.curation.hide(HERE, claim, MODERATOR)
    other.overlays.renew(HERE)
    assert await other.overlays.for_server(HERE) is old
    for _ in range(500):
        if other.overlays.known(HERE) is not old:
            break
        await asyncio.sleep(0.02)
    assert claim not in (await other.overlays.for_server(HERE)).knowledge.claims
    await other.overlays.close()


async def test_another_region_needs_no_new_matcher(workshop: Workshop) -> None:
    await add(workshop)
    before = await workshop.overlays.for_server(HERE)
    await workshop.settings.change(HERE, MODERATOR, region="us")
    after = await workshop.overlays.for_server(HERE)
    assert after is not before
    assert after.matcher is before.matcher


async def test_what_was_read_earlier_never_takes_the_place_of_what_was_read_later(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, go_on = asyncio.Event(), asyncio.Event()
    entries = workshop.store.revisions.entries

    async def slow(guild: int, items: object = None) -> object:
        found = await entries(guild)
        reading.set()
        await go_on.wait()
        return found

    await workshop.settings.get(HERE)
    monkeypatch.setattr(workshop.store.revisions, "entries", slow)
    old = asyncio.create_task(workshop.overlays.for_server(HERE))
    await reading.wait()
    monkeypatch.setattr(workshop.store.revisions, "entries", entries)
    claim = await add(workshop)
    go_on.set()
    await old
    assert claim in workshop.overlays.known(HERE).knowledge.claims


class Switch:
    """Makes the reading of entries fail while it is off, and counts the readings."""

    def __init__(self, workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
        self.on = True
        self.readings = 0
        entries = workshop.store.revisions.entries

        async def read(guild: int, items: object = None) -> object:
            self.readings += 1
            if not self.on:
                raise StoreError("The database is out of reach.")
            return await entries(guild)

        monkeypatch.setattr(workshop.store.revisions, "entries", read)


@pytest.mark.both_databases
async def test_with_the_store_down_the_overlay_known_last_answers_and_else_the_base(
    workshop: Workshop, base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = await add(workshop)
    now = [0.0]
    overlays = Overlays(base, workshop.store, workshop.settings, clock=lambda: now[0])
    known = await overlays.for_server(HERE)
    switch = Switch(workshop, monkeypatch)
    switch.on = False
    overlays.forget()
    assert await overlays.for_server(HERE) is known
    assert known.ask(QUESTION)[0].claim == claim
    assert await overlays.for_server(THERE) is base.service
    assert switch.readings == 1  # who asks next does not wait for a store that has just failed
    switch.on = True
    now[0] = PAUSE_SECONDS + 1
    assert (await overlays.for_server(HERE)).ask(QUESTION)[0].claim == claim
    assert switch.readings == 2


@pytest.mark.both_databases
async def test_a_store_that_hangs_costs_a_moment_and_no_answer(
    workshop: Workshop, base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = asyncio.Event()

    async def hang(_guild: int) -> Mapping[str, Entry]:
        started.set()
        await asyncio.sleep(3600)
        return {}

    monkeypatch.setattr(workshop.overlays, "read", hang)
    monkeypatch.setattr("bot.service.overlays.WAIT_SECONDS", 0.05)
    assert await workshop.overlays.for_server(HERE) is base.service
    assert started.is_set()


async def test_only_so_many_overlays_are_held(workshop: Workshop, base: Base) -> None:
    overlays = Overlays(base, workshop.store, workshop.settings, most=2)
    guilds = [1, 2, 3]
    for guild in guilds:
        await add(workshop, guild)
        await overlays.for_server(guild)
    assert overlays.known(1) is base.service
    assert overlays.known(3) is not base.service
    assert (await overlays.for_server(1)).ask(QUESTION)[0].claim == "creatine-and-the-sled"


async def test_what_was_being_built_when_it_was_forgotten_is_built_anew(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, go_on = asyncio.Event(), asyncio.Event()
    entries = workshop.store.revisions.entries

    async def slow(guild: int, items: object = None) -> object:
        found = await entries(guild)
        reading.set()
        await go_on.wait()
        return found

    await workshop.settings.get(HERE)
    monkeypatch.setattr(workshop.store.revisions, "entries", slow)
    old = asyncio.create_task(workshop.overlays.for_server(HERE))
    await reading.wait()
    monkeypatch.setattr(workshop.store.revisions, "entries", entries)
    claim = await add(workshop)  # forgets the overlay while the old state is still on its way
    go_on.set()
    await old
    assert claim in (await workshop.overlays.for_server(HERE)).knowledge.claims


@pytest.fixture(scope="module")
def shipped() -> Service:
    return build_service()


@pytest.mark.parametrize("question", ["how deep should i go on leg press", "leg press for dogs"])
def test_a_wording_marked_out_of_scope_is_answered_no_more(shipped: Service, question: str) -> None:
    service = join(shipped, Overlay({OUT_OF_SCOPE: Entry(questions=(question,))}))
    assert service.ask(question)[0].outcome is Outcome.DECLINE


@pytest.mark.parametrize(
    "question",
    [
        "how much does a leg press cost",  # about the press, and without an answer
        "is the leg press free tomorrow",
        "can my dog come to the gym",  # about something else
        "who fixes the squeaky sled",  # near to several
    ],
)
def test_what_was_put_out_of_scope_is_told_as_such_and_nobody_is_asked_for_an_answer(
    shipped: Service, question: str
) -> None:
    service = join(shipped, Overlay({OUT_OF_SCOPE: Entry(questions=(question,))}))
    for asked in (question, f"hey guys, {question}??", question.upper()):
        answer, _ = service.ask(asked)
        assert (answer.outcome, answer.kind, answer.settled) == (Outcome.DECLINE, OUT_OF_SCOPE_KIND, True)
        assert answer.text.startswith(SETTLED)
    assert not shipped.ask(question)[0].settled
    assert service.ask("how deep should i go on leg press")[0].outcome is Outcome.ANSWER
    assert service.ask("my chest hurts and i cant breathe on the leg press")[0].outcome is Outcome.STOP


def test_what_was_put_out_of_scope_takes_nothing_else_with_it(shipped: Service) -> None:
    service = join(shipped, Overlay({OUT_OF_SCOPE: Entry(questions=("how much does a leg press cost",))}))
    for claim in shipped.knowledge.claims.values():
        assert not service.ask(claim.questions[0])[0].settled


def test_a_hidden_claim_never_comes_up(shipped: Service) -> None:
    service = join(shipped, Overlay({"knees-to-chest": Entry(hidden=True)}))
    for question in shipped.knowledge.claims["knees-to-chest"].questions:
        answer, _ = service.ask(question)
        found = {answer.claim, *answer.also, *answer.suggestions, *(match.claim for match in answer.candidates)}
        assert "knees-to-chest" not in found


def test_a_question_added_to_a_shipped_claim_finds_it(shipped: Service) -> None:
    question = "my tummy is squashed flat like a pancake at the lowest notch"
    service = join(shipped, Overlay({"knees-to-chest": Entry(questions=(question,))}))
    assert service.ask(question)[0].claim == "knees-to-chest"
