"""Learning what is asked in vain: with consent, scrubbed, by nobody, and only what three members asked."""

import asyncio
import logging
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.core.model import Answer, Match, Outcome, Stop, Tier
from bot.errors import StoreError, UserError
from bot.service.workshop import Workshop
from bot.store.marks import weeks_of
from bot.store.tables import day_keys, marks
from tests.support.postgres import Clock
from tests.support.workshop import CREATINE, HERE, MEMBER, MODERATOR, THERE

DECLINED = Answer("", Outcome.DECLINE, "I don't know this one.")


@pytest.fixture
async def consenting(workshop: Workshop) -> Workshop:
    await workshop.settings.change(HERE, MODERATOR, keep_questions=True)
    return workshop


def _ask(workshop: Workshop, question: str, member: int, answer: Answer = DECLINED, guild: int = HERE) -> None:
    workshop.recording.answered(guild, member, answer, question)


async def _texts(workshop: Workshop) -> set[str]:
    await workshop.recording.flush()
    return {row.wording for row in await workshop.store.inbox.all(HERE)}


async def test_without_consent_nothing_is_kept(workshop: Workshop) -> None:
    for member in range(3):
        _ask(workshop, "is creatine any good", member)
    assert await _texts(workshop) == set()
    with pytest.raises(UserError, match="does not keep questions"):
        await workshop.inbox.groups(HERE, MODERATOR)


@pytest.mark.both_databases
async def test_a_wording_is_shown_once_three_different_members_asked_alike(consenting: Workshop) -> None:
    for member in (1, 1, 1, 2):
        _ask(consenting, "is creatine any good", member)
    await consenting.recording.flush()
    assert await consenting.inbox.groups(HERE, MODERATOR) == []
    _ask(consenting, "any good to take creatine?", 3)
    await consenting.recording.flush()
    (group,) = await consenting.inbox.groups(HERE, MODERATOR)
    assert (group.count, group.askers, group.wording) == (3, 3, "is creatine any good")
    assert group.wordings == ("is creatine any good", "any good to take creatine?")


async def test_one_members_wordings_never_crowd_out_three_members_question(
    consenting: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.inbox.MOST_WORDINGS", 8)
    monkeypatch.setattr("bot.store.inbox.MOST_NEW_OF_A_MEMBER", 5)
    words = ("yoga", "music", "parking", "towels", "sauna", "tattoos", "shoes", "socks")
    for number, word in enumerate(words):
        _ask(consenting, f"{word} allowed here", 1 if number < 7 else 2)
    assert await _texts(consenting) == {f"{word} allowed here" for word in (*words[:5], words[7])}
    for member in (3, 4, 5):
        _ask(consenting, "is creatine any good", member)
    for member in (6, 7, 8):
        _ask(consenting, "does chalk help my hands", member)
    for member in (9, 10):
        _ask(consenting, f"{words[member - 4]} wanted", member)
    texts = await _texts(consenting)
    assert len(texts) == 8
    assert {"is creatine any good", "does chalk help my hands"} <= texts
    assert f"{words[0]} allowed here" not in texts, "what fewest asked, and is oldest, makes room"
    assert [group.count for group in await consenting.inbox.groups(HERE, MODERATOR)] == [3, 3]


async def test_what_one_member_repeats_ranks_behind_what_more_members_asked(consenting: Workshop, clock: Clock) -> None:
    for member in (1, 2, 3):
        _ask(consenting, "is creatine any good", member)
    for member in (4, 5, 6, 7):
        _ask(consenting, "does chalk help my hands", member)
    for _ in range(5):
        for _ in range(9):
            _ask(consenting, "is creatine any good", 1)
        await consenting.recording.flush()
        clock.forward(days=1)
    groups = await consenting.inbox.groups(HERE, MODERATOR)
    assert [(group.wording, group.askers) for group in groups] == [
        ("does chalk help my hands", 4),
        ("is creatine any good", 3),
    ]
    assert groups[1].count == 3 + 4, "once a day and wording"


@pytest.mark.both_databases
async def test_while_the_database_is_down_one_member_does_not_fill_what_waits(
    consenting: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.service.recording.MOST_WAITING_OF_A_MEMBER", 3)
    for number in range(9):
        _ask(consenting, f"is {'abcdefghi'[number] * 5} any good", 1)
        consenting.recording.pressed(HERE, 1, f"claim-{number}", "helpful")
    _ask(consenting, "does chalk help my hands", 2)
    assert len(await _texts(consenting)) == 3 + 1
    assert sum((await consenting.statistics.stats(HERE, MODERATOR)).helpful) == 3


async def _asked_on(workshop: Workshop, clock: Clock, pauses: tuple[int, ...]) -> list[int]:
    """One member after the other asks the same, the next one so many days later; returns how many each line counts."""
    for member, pause in enumerate((0, *pauses)):
        clock.forward(days=pause)
        await workshop.retention.run_once()
        _ask(workshop, "is creatine any good", member)
        await workshop.recording.flush()
    return [group.askers for group in await workshop.inbox.groups(HERE, MODERATOR)]


@pytest.mark.parametrize("weekday", range(7))
async def test_three_members_within_any_seven_days_are_three(consenting: Workshop, clock: Clock, weekday: int) -> None:
    clock.forward(days=weekday)
    assert await _asked_on(consenting, clock, (3, 3)) == [3]


@pytest.mark.parametrize("pauses", [(1, 6), (6, 1), (4, 4), (7, 0)])
async def test_three_members_within_more_than_seven_days_are_not_three(
    consenting: Workshop, clock: Clock, pauses: tuple[int, ...]
) -> None:
    assert await _asked_on(consenting, clock, pauses) == []


async def test_the_seven_days_may_begin_after_the_first_who_asked(consenting: Workshop, clock: Clock) -> None:
    assert await _asked_on(consenting, clock, (5, 3, 3)) == [3]


async def test_a_server_that_agreed_before_is_not_asked_again(consenting: Workshop, clock: Clock) -> None:
    """What it agreed to is kept in its settings, with the day; the rule of how many must ask is none of them."""
    before = await consenting.settings.certain(HERE)
    assert await _asked_on(consenting, clock, (3, 3)) == [3]
    after = await consenting.settings.certain(HERE)
    assert after.keep_questions
    assert after == before


async def test_one_member_on_three_days_is_not_three(consenting: Workshop, clock: Clock) -> None:
    for _ in range(3):
        _ask(consenting, "is creatine any good", 1)
        await consenting.recording.flush()
        clock.forward(days=1)
        await consenting.retention.run_once()
    assert await consenting.inbox.groups(HERE, MODERATOR) == []


async def test_fifty_ways_of_asking_one_thing_are_one_line(consenting: Workshop) -> None:
    starts = ("does creatine", "is creatine", "should i take creatine, does it", "creatine:", "will creatin really")
    ends = (
        "help on the sled", "work", "make legs grow", "worth it for leg day", "do anything", "help beginners", "matter",
        "help my numbers", "boost the press", "change anything at my age",
    )  # fmt: skip
    for i, text in enumerate(f"{start} {end}" for start in starts for end in ends):
        _ask(consenting, text, i)
    for member in range(3):
        _ask(consenting, "which music is best for lifting", member)
    await consenting.recording.flush()
    groups = await consenting.inbox.groups(HERE, MODERATOR)
    assert [group.count for group in groups] == [50, 3]
    assert len(groups[0].wordings) == 5


@pytest.mark.parametrize(
    "answer",
    [
        Answer("", Outcome.STOP, "Stop.", stop=Stop(Tier.EMERGENCY, ("R01",))),
        Answer("", Outcome.DECLINE, "The line.", safety_line=True),
        Answer("", Outcome.SUGGEST, "These?", safety_line=True, suggestions=("find-depth",)),
        Answer("", Outcome.DECLINE, "Hello.", quiet=True),
        Answer("", Outcome.ANSWER, "Deep.", claim="find-depth", topic="depth"),
    ],
)
async def test_alarms_and_whatever_needed_the_safety_line_are_never_kept(consenting: Workshop, answer: Answer) -> None:
    _ask(consenting, "my crotch went numb on the press", 1, answer)
    assert await _texts(consenting) == set()


async def test_of_a_stop_not_even_the_count_is_kept(consenting: Workshop) -> None:
    _ask(consenting, "x", 1, Answer("", Outcome.STOP, "Stop.", stop=Stop(Tier.SOON, ())))
    await consenting.recording.flush()
    assert (await consenting.statistics.stats(HERE, MODERATOR)).total == 0


async def test_names_numbers_links_and_mentions_are_struck_out(consenting: Workshop) -> None:
    question = "Coach Dave and <@123456> say creatine 5g https://x.y/z helps, karl asks"
    consenting.recording.answered(HERE, 1, DECLINED, question, names=["Karl M."])
    (text,) = await _texts(consenting)
    for secret in ("dave", "123", "5", "http", "karl", "@"):
        assert secret not in text
    assert "creatine" in text


async def test_members_who_want_to_be_ignored_are_not_counted(consenting: Workshop) -> None:
    await consenting.privacy.ignore(1)
    _ask(consenting, "is creatine any good", 1)
    consenting.recording.pressed(HERE, 1, "find-depth", "helpful")
    assert await _texts(consenting) == set()
    stats = await consenting.statistics.stats(HERE, MODERATOR)
    assert (stats.total, sum(stats.helpful)) == (0, 0)


async def _group(workshop: Workshop) -> int:
    for member in range(3):
        _ask(workshop, "is creatine any good", member)
    await workshop.recording.flush()
    return (await workshop.inbox.groups(HERE, MODERATOR))[0].id


async def test_a_group_becomes_a_question_of_a_claim_and_is_settled(consenting: Workshop) -> None:
    group = await _group(consenting)
    draft = await consenting.inbox.begin_question(HERE, MODERATOR, group, "find-depth")
    assert [d.summary() for d in draft.differences] == ["find-depth: questions (1 added)"]
    assert (await consenting.inbox.group(HERE, MODERATOR, group)).id == group
    await consenting.curation.publish(HERE, MODERATOR, draft.id)
    assert await consenting.inbox.groups(HERE, MODERATOR) == []
    shown = await consenting.curation.show(HERE, "find-depth")
    assert shown.claim.questions[-1] == "is creatine any good"


async def test_a_group_starts_a_claim(consenting: Workshop) -> None:
    group = await _group(consenting)
    draft = await consenting.inbox.begin_claim(HERE, MODERATOR, group)
    assert draft.fields is not None
    assert draft.fields.questions == "is creatine any good"
    assert {fault.field for fault in draft.faults} == {"claim", "answer"}
    filled = replace(CREATINE, questions=draft.fields.questions)
    draft = await consenting.curation.change(HERE, MODERATOR, draft.id, filled)
    assert draft.claim == "creatine-and-the-sled"
    await consenting.curation.publish(HERE, MODERATOR, draft.id)
    assert await consenting.inbox.groups(HERE, MODERATOR) == []
    answer, _ = (await consenting.overlays.for_server(HERE)).ask("is creatine any good")
    assert answer.claim == draft.claim


async def test_a_group_is_marked_out_of_scope_or_dismissed(consenting: Workshop) -> None:
    group = await _group(consenting)
    draft = await consenting.inbox.begin_out_of_scope(HERE, MODERATOR, group)
    preview = await consenting.curation.preview(HERE, MODERATOR, draft.id)
    assert [check.question for check in preview.findings.questions] == ["is creatine any good"]
    await consenting.inbox.dismiss(HERE, MODERATOR, group)
    with pytest.raises(UserError, match="settled this already"):
        await consenting.curation.publish(HERE, MODERATOR, draft.id)
    assert await consenting.history.revisions(HERE) == []
    with pytest.raises(UserError, match="settled already"):
        await consenting.inbox.dismiss(HERE, MODERATOR, group)


@pytest.mark.both_databases
async def test_no_other_server_and_no_member_sees_an_inbox(consenting: Workshop) -> None:
    group = await _group(consenting)
    await consenting.settings.change(THERE, MODERATOR, keep_questions=True)
    assert await consenting.inbox.groups(THERE, MODERATOR) == []
    for cross in (
        consenting.inbox.group(THERE, MODERATOR, group),
        consenting.inbox.dismiss(THERE, MODERATOR, group),
        consenting.inbox.begin_claim(THERE, MODERATOR, group),
        consenting.inbox.groups(HERE, MEMBER),
    ):
        with pytest.raises(UserError):
            await cross
    assert (await consenting.inbox.group(HERE, MODERATOR, group)).count == 3


@pytest.mark.both_databases
async def test_taking_back_the_consent_deletes_what_was_kept(consenting: Workshop) -> None:
    await _group(consenting)
    await consenting.settings.change(HERE, MODERATOR, keep_questions=False)
    assert await consenting.store.inbox.all(HERE) == []


@pytest.mark.both_databases
async def test_wordings_go_when_the_servers_days_are_over(consenting: Workshop, clock: Clock) -> None:
    await consenting.settings.change(HERE, MODERATOR, retention_days=10)
    await _group(consenting)
    clock.forward(days=10)
    await consenting.retention.run_once()
    assert await _texts(consenting) == {"is creatine any good"}
    clock.forward(days=1)
    let_go = await consenting.retention.run_once()
    assert let_go.wordings == 1
    assert await _texts(consenting) == set()


async def test_the_days_key_and_marks_are_dropped_with_the_day(consenting: Workshop, clock: Clock) -> None:
    await _group(consenting)
    day = clock().date().isoformat()
    assert (await consenting.retention.run_once()).marks == 0
    assert await _spans(consenting) == ({day, *weeks_of(day)},) * 2
    clock.forward(days=1)
    assert (await consenting.retention.run_once()).marks == 3 + 3, (
        "those of the day, and of the seven that ended with it"
    )
    assert await _spans(consenting) == (set(weeks_of(day)[1:]),) * 2


@pytest.mark.both_databases
async def test_every_key_and_mark_is_dropped_with_its_seven_days(consenting: Workshop, clock: Clock) -> None:
    await _group(consenting)
    day = clock().date().isoformat()
    for left in range(6, 0, -1):
        clock.forward(days=1)
        await consenting.retention.run_once()
        assert await _spans(consenting) == (set(weeks_of(day)[-left:]),) * 2
    clock.forward(days=1)
    assert (await consenting.retention.run_once()).marks == 3
    assert await _spans(consenting) == (set(), set())


async def _spans(workshop: Workshop) -> tuple[set[str], set[str]]:
    """The days and weeks that have marks, and those that have a key."""
    async with workshop.store.database.reading() as connection:
        marked = set((await connection.execute(select(marks.c.day))).scalars())
        return marked, set((await connection.execute(select(day_keys.c.day))).scalars())


@pytest.mark.both_databases
async def test_presses_count_once_a_day_and_draw_the_statistics(consenting: Workshop, clock: Clock) -> None:
    answered = Answer(
        "", Outcome.ANSWER, "Deep.", claim="find-depth", topic="depth", candidates=(Match("find-depth", "depth", 0.9),)
    )
    for member in (1, 2):
        for _ in range(5):
            consenting.recording.pressed(HERE, member, "find-depth", "helpful")
            consenting.recording.pressed(HERE, member, "find-depth", "not helpful")
        _ask(consenting, "how deep", member, answered)
    clock.forward(days=1)
    consenting.recording.pressed(HERE, 1, "find-depth", "not helpful")
    consenting.recording.pressed(HERE, 1, "find-depth", "not helpful: wrong")
    _ask(consenting, "is creatine any good", 1)
    stats = await consenting.statistics.stats(HERE, MODERATOR, days=2)
    assert (stats.answered, stats.declined) == ((2, 0), (0, 1))
    assert (stats.helpful, stats.unhelpful) == ((2, 0), (0, 1))
    assert stats.topics == (("How deep", 2),)
    assert "3 asked, 2 answered" in stats.alt_text
    assert (await consenting.statistics.stats(THERE, MODERATOR)).total == 0


@pytest.mark.both_databases
async def test_recording_with_the_store_gone_is_one_line_in_the_log_and_no_error(
    consenting: Workshop, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    _ask(consenting, "is creatine any good", 1)
    monkeypatch.setattr(type(consenting.store.tallies), "add", _refusing)
    with caplog.at_level(logging.WARNING, "bot.service"):
        await consenting.recording.flush()
    assert len(caplog.records) == 1
    assert "creatine" not in caplog.text


async def _refusing(*_: object) -> None:
    raise StoreError("The database is out of reach.")


@pytest.mark.both_databases
async def test_words_wait_ten_minutes_at_most_for_a_database_that_is_down(
    consenting: Workshop, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def down(*_: object) -> None:
        raise StoreError("down")

    consenting.recording.answered(HERE, 501, Answer("", Outcome.DECLINE, ""), "is zeb any good for calves")
    consenting.recording.pressed(HERE, 501, "find-depth", "helpful")
    with monkeypatch.context() as patched:
        for desk, name in ((consenting.store.inbox, "record"), (consenting.store.marks, "first_today")):
            patched.setattr(desk, name, down)
        await consenting.recording.flush()
        assert len(consenting.recording._asked) == len(consenting.recording._pressed) == 1
        clock.forward(minutes=11)
        await consenting.recording.flush()
    assert not consenting.recording._asked
    assert not consenting.recording._pressed
    await consenting.recording.flush()
    assert await consenting.store.inbox.all(HERE) == []
    assert sum(count for _, _, count in await consenting.store.tallies.since(HERE, "2026-01-01", "outcome")) == 1


@pytest.mark.both_databases
async def test_what_is_being_written_while_the_consent_is_taken_back_goes_with_it(consenting: Workshop) -> None:
    for number in range(15):
        consenting.recording.answered(
            HERE,
            500 + number,
            Answer("", Outcome.DECLINE, ""),
            f"is zeb any good for {'abcdefghijklmnopq'[number] * 4}",
        )
    writing = asyncio.create_task(consenting.recording.flush())
    for _ in range(10_000):
        if await consenting.store.inbox.all(HERE):
            break
    await consenting.settings.change(HERE, MODERATOR, keep_questions=False)
    await writing
    assert await consenting.store.inbox.all(HERE) == []
