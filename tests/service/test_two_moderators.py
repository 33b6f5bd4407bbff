"""Two moderators over one store, whatever they do, in any order: Hypothesis looks for a way to break what must hold.

250 steps in the ordinary run, 10,000 in `make soak`; a tenth of these once more on PostgreSQL.
"""

import asyncio
import shutil
import tempfile
from collections.abc import Coroutine
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.core.overlay import PROTECTED, Entry, Overlay, from_plain
from bot.errors import KnowledgeError, UserError
from bot.service import Service
from bot.service.access import Actor
from bot.service.draft_values import Conflict, Draft
from bot.service.presence import Present
from bot.service.workshop import Workshop, put_together
from bot.store.store import open_store
from tests.support.postgres import Clock, prepare
from tests.support.workshop import CREATINE, HERE, MEMBER, MODERATOR, OTHER_MODERATOR, THERE

pytestmark = pytest.mark.long

T = TypeVar("T")

STEPS_EACH = 50
WHO = st.sampled_from([MODERATOR, OTHER_MODERATOR])
SHIPPED = st.sampled_from(["find-depth", "knees-to-chest", "straight-knees", "why-sore"])
WORDS = st.sampled_from(["sand", "chalk", "rope", "tape", "music", "towel"])
State = dict[str, Entry]


@dataclass
class Seen:
    """What was acknowledged: the state after each revision, who made it, and what waits for a decision."""

    states: list[State] = field(default_factory=lambda: [{}])
    authors: list[int | None] = field(default_factory=lambda: [None])
    drafts: dict[int, tuple[int, datetime]] = field(default_factory=dict)
    suggestions: dict[int, datetime] = field(default_factory=dict)

    @property
    def newest(self) -> int:
        return len(self.states) - 1


class Desks:
    """The desks on an empty store, opened again after each crash: a file in a folder, or where `address` says."""

    def __init__(self, folder: Path, base: Service, file: Path, address: str) -> None:
        self.folder, self.base, self.address = folder, base, address
        self.clock = Clock(datetime(2026, 11, 22, 12, 0, tzinfo=UTC))
        self.loop = asyncio.new_event_loop()
        if address:
            self.run(prepare(address, folder))
        else:
            shutil.copy2(file, folder)
        self.workshop: Workshop = self.run(self._opened())

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    async def _opened(self) -> Workshop:
        store = await open_store(self.address, self.folder)
        made = put_together(store, lambda: self.base, regions=self.base.regions, clock=self.clock)
        everywhere = Present(frozenset([HERE, THERE]), frozenset([0]), 1)
        made.presence.watch(lambda: replace(everywhere, at=self.clock()))
        return made

    def crash(self) -> None:
        """End without a word to anybody, and start again: what waited in memory is lost, what was acknowledged is not."""
        self.run(self.workshop.overlays.close())
        self.run(self.workshop.store.close())
        self.workshop = self.run(self._opened())

    def close(self) -> None:
        self.run(self.workshop.close())
        self.loop.run_until_complete(self.loop.shutdown_default_executor())
        self.loop.close()


class TwoModerators(RuleBasedStateMachine):
    """The rules are what moderators, members, time and faults do; the invariants are what must hold after each."""

    base: Service
    file: Path
    address: str

    drafts = Bundle("drafts")
    suggested = Bundle("suggested")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="lp-two-"))
        self.desks = Desks(self.folder, self.base, self.file, self.address)
        self.seen = Seen()

    def teardown(self) -> None:
        try:
            self._all_is_there()
        finally:
            self.desks.close()
            shutil.rmtree(self.folder)

    @property
    def work(self) -> Workshop:
        return self.desks.workshop

    # What moderators prepare

    def _kept(self, begun: Coroutine[Any, Any, Draft]) -> Any:
        try:
            draft = self.desks.run(begun)
        except UserError:
            return multiple()
        self.seen.drafts[draft.id] = (draft.author, self.desks.clock())
        return draft.id

    @rule(target=drafts, who=WHO, word=WORDS)
    def begin_claim(self, who: Actor, word: str) -> Any:
        fields = replace(CREATINE, title=f"About {word} here", questions=f"do i need {word}\nis {word} allowed")
        return self._kept(self.work.curation.begin_add(HERE, who, fields))

    @rule(target=drafts, who=WHO, claim=SHIPPED)
    def begin_edit(self, who: Actor, claim: str) -> Any:
        return self._kept(self.work.curation.begin_edit(HERE, who, claim))

    @rule(target=drafts, who=WHO, claim=SHIPPED, word=WORDS)
    def begin_questions(self, who: Actor, claim: str, word: str) -> Any:
        return self._kept(self.work.curation.begin_questions(HERE, who, claim, [f"how does {word} change that"]))

    @rule(target=drafts, who=WHO, claim=SHIPPED, hide=st.booleans())
    def begin_hide_or_restore(self, who: Actor, claim: str, hide: bool) -> Any:
        desk = self.work.curation
        return self._kept((desk.begin_hide if hide else desk.begin_restore)(HERE, who, claim))

    @rule(target=drafts, who=WHO, word=WORDS)
    def begin_out_of_scope(self, who: Actor, word: str) -> Any:
        return self._kept(self.work.curation.begin_out_of_scope(HERE, who, [f"who sells {word}"]))

    @precondition(lambda self: self.seen.newest > 0)
    @rule(target=drafts, who=WHO, back=st.integers(0, 6))
    def begin_rollback(self, who: Actor, back: int) -> Any:
        number = max(0, self.seen.newest - back)
        return self._kept(self.work.history.begin_rollback(HERE, who, number))

    @precondition(lambda self: self.seen.newest > 0)
    @rule(who=WHO)
    def undo_the_newest(self, who: Actor) -> None:
        wanted = self.seen.states[-2]
        made = self._kept(self.work.history.begin_undo(HERE, who, self.seen.newest))
        if isinstance(made, int) and self._published(made, who):
            assert self.seen.states[-1] == wanted

    @rule(draft=drafts, word=WORDS, who=WHO)
    def change(self, draft: int, word: str, who: Actor) -> None:
        try:
            held = self.desks.run(self.work.curation.draft(HERE, MODERATOR, draft))
            if held.fields is not None:
                changed = replace(held.fields, answer=f"With {word}, it depends.")
                self.desks.run(self.work.curation.change(HERE, who, draft, changed))
        except UserError:
            assert draft not in self.seen.drafts

    @rule(draft=consumes(drafts), who=WHO)
    def drop(self, draft: int, who: Actor) -> None:
        self.desks.run(self.work.curation.drop(HERE, who, draft))
        self.seen.drafts.pop(draft, None)

    # Publishing

    def _published(self, draft: int, who: Actor) -> bool:
        """Publish a draft, note what was acknowledged, and say whether it was; a refusal changes nothing."""
        curation = self.work.curation
        try:
            held = self.desks.run(curation.draft(HERE, MODERATOR, draft))
        except UserError:
            assert draft not in self.seen.drafts, "a draft is lost"
            return False
        try:
            revision = self.desks.run(curation.publish(HERE, who, draft))
        except Conflict:
            self.desks.run(curation.rebase(HERE, who, draft))
            return False
        except UserError:
            return False
        assert revision.number == self.seen.newest + 1
        expected = dict(self.seen.states[-1])
        for item in held.items:
            expected[item.item] = item.after
        self.seen.states.append({item: entry for item, entry in expected.items() if not entry.is_empty})
        self.seen.authors.append(who.id)
        del self.seen.drafts[draft]
        return True

    @rule(draft=drafts, who=WHO)
    def publish(self, draft: int, who: Actor) -> None:
        self._published(draft, who)

    @rule(draft=drafts)
    def a_member_publishes_nothing(self, draft: int) -> None:
        with pytest.raises(UserError):
            self.desks.run(self.work.curation.publish(HERE, MEMBER, draft))
        with pytest.raises(UserError):
            self.desks.run(self.work.curation.publish(THERE, MODERATOR, draft))

    # Suggestions

    @rule(target=suggested, member=st.integers(100, 103), word=WORDS, tell=st.booleans())
    def suggest(self, member: int, word: str, tell: bool) -> Any:
        suggesting = self.work.review.suggest(
            HERE, Actor(member), f"is {word} any good", f"{word.capitalize()} is fine.", tell=tell
        )
        try:
            made = self.desks.run(suggesting)
        except UserError:
            return multiple()
        assert made.id is not None
        self.seen.suggestions[made.id] = self.desks.clock()
        return made.id

    @rule(suggestion=suggested, who=WHO, approve=st.booleans())
    def decide(self, suggestion: int, who: Actor, approve: bool) -> None:
        review = self.work.review
        try:
            if not approve:
                self.desks.run(review.refuse(HERE, who, suggestion))
                del self.seen.suggestions[suggestion]
                return
            draft = self.desks.run(review.begin_approval(HERE, who, suggestion))
        except UserError:
            assert suggestion not in self.seen.suggestions
            return
        self.seen.drafts[draft.id] = (who.id, self.desks.clock())
        if self._published(draft.id, who):
            del self.seen.suggestions[suggestion]

    # Privacy, time and faults

    @rule(who=WHO)
    def delete_my_data(self, who: Actor) -> None:
        self.desks.run(self.work.privacy.delete(who.id))
        self.seen.authors = [None if author == who.id else author for author in self.seen.authors]
        for draft, (author, _) in list(self.seen.drafts.items()):
            if author == who.id:
                del self.seen.drafts[draft]
        self._all_is_there()

    @rule(hours=st.sampled_from([1, 30, 24 * 8, 24 * 31]), times=st.integers(1, 2))
    def time_passes_and_what_is_old_goes(self, hours: int, times: int) -> None:
        for _ in range(times):
            self.desks.clock.forward(hours=hours)
            self.desks.run(self.work.retention.run_once())
        now = self.desks.clock()
        self.seen.drafts = {
            draft: (author, at) for draft, (author, at) in self.seen.drafts.items() if at >= now - timedelta(days=7)
        }
        self.seen.suggestions = {
            each: at for each, at in self.seen.suggestions.items() if at >= now - timedelta(days=30)
        }

    @rule()
    def crash(self) -> None:
        self.desks.crash()
        self._all_is_there()

    @precondition(lambda self: not hasattr(self, "imported"))
    @rule(who=WHO)
    def an_export_imported_elsewhere_is_the_same(self, who: Actor) -> None:
        self.imported = True  # it starts a process: once is enough
        raw = self.desks.run(self.work.exchange.export(HERE))
        other = 3003
        try:
            draft = self.desks.run(self.work.exchange.begin_import(other, who, raw))
        except KnowledgeError as error:
            pytest.fail(f"an export is refused: {error}")
        if not draft.changes_nothing:
            self.desks.run(self.work.curation.publish(other, who, draft.id))
        assert self.desks.run(self.work.exchange.export(other)) == raw

    # What must hold: the cheap part of it after each step, the whole after a crash, a deletion and at the end

    @invariant()
    def nothing_acknowledged_is_lost_and_nothing_else_is_there(self) -> None:
        now = self.seen.states[-1]
        assert self.desks.run(self.work.overlays.read(HERE)) == now
        assert not PROTECTED & now.keys()
        service = self.desks.run(self.work.overlays.for_server(HERE))
        joined = Overlay(now).joined(self.base.knowledge)
        assert dict(service.knowledge.claims) == dict(joined.claims)
        assert service.knowledge.out_of_scope == joined.out_of_scope

    def _all_is_there(self) -> None:
        store, run = self.work.store, self.desks.run
        assert run(store.revisions.newest(HERE)) == self.seen.newest
        rows = run(store.revisions.revisions(HERE, limit=1_000))
        assert [(row.number, row.author) for row in reversed(rows)] == list(enumerate(self.seen.authors))[1:]
        for number in {0, self.seen.newest // 2, self.seen.newest}:
            states = run(store.revisions.states_at(HERE, number))
            assert {item: from_plain(state) for item, state in states.items() if state} == self.seen.states[number]
        for draft in self.seen.drafts:
            assert run(store.drafts.get(HERE, draft)) is not None, "a draft is lost"
        assert {row.id for row in run(store.suggestions.open(HERE))} == set(self.seen.suggestions)
        assert run(self.work.overlays.read(THERE)) == {}
        assert run(store.revisions.newest(THERE)) == 0


@pytest.fixture
def machine(base_service: Service, upgraded_file: Path, store_address: str) -> type[TwoModerators]:
    """The machine on the small knowledge, once on SQLite and once on PostgreSQL."""
    TwoModerators.base, TwoModerators.file, TwoModerators.address = base_service, upgraded_file, store_address
    return TwoModerators


@pytest.mark.both_databases
@pytest.mark.hypothesis  # `make soak` runs these
@pytest.mark.timeout(3_000)
def test_whatever_two_moderators_do_nothing_is_lost_and_nothing_let_in(machine: type[TwoModerators]) -> None:
    soaking = settings.get_current_profile_name() == "soak"
    each = STEPS_EACH if soaking else 20
    steps = (1_000 if machine.address else 10_000) if soaking else each
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=steps // each,
            stateful_step_count=each,
            deadline=None,
            phases=[Phase.generate],  # making a fault small takes many minutes: each step asks a database
        ),
    )
