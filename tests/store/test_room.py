"""What a server may take of the store: its history is folded, and its drafts make room, while what matters stays."""

import pytest

from bot.errors import UserError
from bot.service.workshop import Workshop
from bot.store.drafts import Drafts
from bot.store.revisions import FOLDED, ItemChange
from bot.store.store import Store
from tests.support.workshop import HERE, MODERATOR, THERE, add

ITEMS = ("one", "two", "three")


async def _commit(store: Store, guild: int, item: str, text: str) -> int:
    held = {row.item: row.revision for row in await store.revisions.entries(guild)}
    change = ItemChange(item, held.get(item, 0), {"text": text})
    return await store.revisions.commit(guild, [change], author=5, at=100, action="edit", why="because")


@pytest.fixture
async def folded(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store in which the oldest of 32 changes were folded, half a time."""
    monkeypatch.setattr("bot.store.revisions.MOST_HISTORY", 20_000)
    await _commit(store, HERE, "rare", "first")
    for number in range(31):
        await _commit(store, HERE, ITEMS[number % 3], f"{number} " + "x" * 800)
    return store


async def test_a_history_that_weighs_too_much_is_folded_and_every_state_after_it_stays(folded: Store) -> None:
    oldest = await folded.revisions.oldest(HERE)
    assert oldest == 32 - 10
    assert await folded.revisions.newest(HERE) == 32
    rows = await folded.revisions.revisions(HERE, limit=50)
    assert [row.number for row in rows] == list(range(32, oldest - 1, -1))
    assert (rows[-1].action, rows[-1].author, rows[-1].why) == (FOLDED, None, "")
    assert {row.author for row in rows[:-1]} == {5}
    for number in range(oldest, 33):
        states = await folded.revisions.states_at(HERE, number)
        last = {ITEMS[each % 3]: each for each in range(number - 1)}
        assert states["rare"] == {"text": "first"}
        assert {item: int(str((states[item] or {})["text"]).split()[0]) for item in ITEMS} == last
    assert (await folded.servers.usage(HERE)).history < 20_000 + 10 * 1_200


async def test_a_draft_from_before_the_folding_can_still_be_published(folded: Store) -> None:
    rare = next(row for row in await folded.revisions.entries(HERE) if row.item == "rare")
    assert rare.revision == 1
    assert await _commit(folded, HERE, "rare", "second") == 33
    assert (await folded.revisions.states_at(HERE, 32))["rare"] == {"text": "first"}


async def test_one_servers_history_is_no_reason_to_fold_anothers(folded: Store) -> None:
    for _ in range(17):
        await _commit(folded, THERE, "one", "small")
    assert await folded.revisions.oldest(THERE) == 1
    await folded.servers.left(THERE, 1)
    assert (await folded.servers.usage(THERE)).items == 1


async def test_going_back_beyond_the_fold_is_refused_in_words(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.revisions.MOST_HISTORY", 1_000)
    claim = await add(workshop)
    for number in range(15):
        draft = await workshop.curation.begin_questions(HERE, MODERATOR, claim, [f"creatine number {number * 7}"])
        await workshop.curation.publish(HERE, MODERATOR, draft.id)
    oldest = await workshop.store.revisions.oldest(HERE)
    assert oldest == 16 - 10
    for number in (1, oldest - 1):
        with pytest.raises(UserError, match="before revision 6 is no longer kept"):
            await workshop.history.begin_rollback(HERE, MODERATOR, number)
    with pytest.raises(UserError, match="no longer kept"):
        await workshop.history.begin_undo(HERE, MODERATOR, oldest)
    with pytest.raises(UserError, match="no longer kept"):
        await workshop.history.difference(HERE, 3, 9)
    draft = await workshop.history.begin_rollback(HERE, MODERATOR, oldest)
    await workshop.curation.publish(HERE, MODERATOR, draft.id)
    shown = await workshop.curation.show(HERE, claim)
    assert shown.claim.questions[-1] == "creatine number 28"
    assert (await workshop.history.begin_rollback(HERE, MODERATOR, 0)).items[0].after.is_empty


async def test_of_drafts_the_oldest_make_room_by_number_author_and_size(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.drafts.MOST_DRAFTS", 6)
    monkeypatch.setattr("bot.store.drafts.MOST_OF_AN_AUTHOR", 3)
    monkeypatch.setattr("bot.store.drafts.MOST_CHARACTERS", 2_000)
    drafts = Drafts(store.database)

    async def left(ids: list[int]) -> list[bool]:
        return [await drafts.get(HERE, each) is not None for each in ids]

    patient = await drafts.add(HERE, author=1, at=0, data="x")
    many = [await drafts.add(HERE, author=2, at=0, data="x") for _ in range(5)]
    assert await left([patient, *many]) == [True, False, False, True, True, True]
    more = [await drafts.add(HERE, author=3 + number // 2, at=0, data="x") for number in range(4)]
    assert await left([patient, *many[2:], *more]) == [False, False, True, True, *[True] * 4]
    assert await drafts.replace(HERE, more[0], "x" * 1_990)
    assert await left([*many[3:], *more]) == [False, False, True, False, True, True]
    big = await drafts.add(HERE, author=9, at=0, data="x" * 5_000)
    assert await left([big, *more]) == [True, False, False, False, False]
    other = await drafts.add(THERE, author=2, at=0, data="x")
    assert await drafts.get(THERE, other) is not None
