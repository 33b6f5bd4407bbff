"""Each promise of PRIVACY.md, and the test that would fail if it were broken. A new sentence there needs a pair here."""

import re
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.config import Settings
from bot.core.conversation import CARE_SECONDS, WINDOW_SECONDS
from bot.core.matching.lately import MOST_KEPT
from bot.core.model import Knowledge
from bot.core.scrub import MOST_CHARACTERS
from bot.service.allowance import DAY_SECONDS
from bot.service.departed import BETWEEN_CHECKS, LEFT_DAYS
from bot.service.popular import DAYS as POPULAR_DAYS
from bot.service.popular import FEWEST_TIMES
from bot.service.recording import Reader
from bot.service.retention import COUNT_DAYS, DRAFT_DAYS, EVERY_SECONDS, PICTURE_DAYS, SUGGESTION_DAYS
from bot.service.review import MOST_A_DAY
from bot.service.server_values import LONGEST_RETENTION
from bot.service.workshop import Workshop
from bot.store.inbox import FEWEST_ASKERS, MOST_NEW_OF_A_MEMBER, NewWording
from bot.store.marks import DAYS, Deed
from bot.store.store import Store
from bot.store.tables import day_keys, marks
from bot.store.tallies import TallyKey
from bot.ui.kit.taught import KEPT_SECONDS as TAUGHT_SECONDS
from tests.benchmarks.scrub import FILES, score
from tests.support.postgres import Clock
from tests.support.workshop import HERE

ROOT = Path(__file__).parents[1]
PROMISES = {
    "| What you ask |": [
        "cogs/test_privacy.py::test_what_a_member_asks_says_and_presses_stands_in_no_table_file_or_log_line",
        "cogs/test_privacy.py::test_what_was_said_leaves_memory_after_ten_minutes_without_another_word",
        "cogs/test_explain.py::test_after_ten_minutes_too",
        "core/test_conversation.py::test_messages_are_forgotten_one_by_one",
    ],
    "| What was found for a text": [
        "core/matching/test_lately.py::test_nothing_of_what_was_written_is_kept",
        "core/matching/test_lately.py::test_the_one_that_was_not_asked_for_longest_makes_room",
    ],
    "| Single words of what was asked": [
        "service/test_words_in_memory.py::test_nothing_longer_than_a_word_of_what_was_asked_stays"
    ],
    "| What you say of yourself that changes an answer": [
        "cogs/test_privacy.py::test_what_a_member_asks_says_and_presses_stands_in_no_table_file_or_log_line",
        "service/test_conditions.py::test_what_was_said_leaves_memory_after_ten_minutes",
        "service/test_conditions.py::test_the_member_sees_it_and_lets_go_of_it",
    ],
    "Anything that sounds like an alarming symptom": [
        "service/test_inbox.py::test_of_a_stop_not_even_the_count_is_kept",
        "cogs/test_inbox.py::test_an_alarm_is_kept_nowhere",
        "service/test_service.py::test_of_an_emergency_no_word_is_remembered_not_even_of_what_led_to_it",
        "service/test_service.py::test_words_of_a_lesser_alarm_are_so_that_a_graver_one_is_heard_with_them",
        "core/test_conversation.py::test_a_stop_holds_for_ten_minutes_and_is_remembered_for_an_hour",
        "service/test_stops.py::test_a_thousand_alarms_in_a_minute_are_all_kept_and_gone_afterwards",
        "service/test_sharing.py::test_a_notice_names_nobody_and_says_nothing_of_what_was_said",
    ],
    "That something was asked and answered": [
        "cogs/test_knowledge_writing.py::test_answers_and_presses_are_counted_after_the_reply",
        "test_privacy_page.py::test_counts_go_after_a_year",
    ],
    "Which answers a server's members got most": [
        "service/test_popular.py::test_what_was_given_less_than_five_times_is_not_popular",
        "service/test_popular.py::test_what_is_offered_as_popular_is_about_no_condition",
        "service/test_popular.py::test_it_is_looked_up_again_after_an_hour_and_forgets_what_is_old",
    ],
    "That a server was greeted when the bot joined it": [
        "cogs/test_welcome.py::test_the_note_that_it_was_greeted_names_nobody",
        "service/test_weekly.py::test_switched_off_and_on_again_it_is_sent_once_a_week_too",
        "cogs/test_stats.py::test_the_digest_goes_to_the_log_channel_once_a_week_and_names_nobody",
    ],
    "A server may have its counts written into its log channel": [
        "service/test_weekly.py::test_a_digest_names_no_answer_that_was_given_less_than_three_times",
        "cogs/test_stats.py::test_the_digest_goes_to_the_log_channel_once_a_week_and_names_nobody",
    ],
    "A press on a feedback button": ["ui/test_buttons.py::test_helpful_is_acknowledged_and_counted_without_anybody"],
    "A question that nothing answered": [
        "service/test_inbox.py::test_without_consent_nothing_is_kept",
        "service/test_inbox.py::test_wordings_go_when_the_servers_days_are_over",
    ],
    "What you suggest to your moderators": [
        "service/test_review.py::test_nobody_who_reviews_learns_who_suggested",
        "cogs/test_privacy.py::test_what_a_member_asks_says_and_presses_stands_in_no_table_file_or_log_line",
        "service/test_review.py::test_suggestions_go_after_thirty_days",
    ],
    "That you wish to be told what becomes of it": [
        "service/test_review.py::test_whoever_wished_so_is_told_and_their_id_goes_with_the_decision"
    ],
    "| What you wrote in a channel, where a moderator teaches": [
        "cogs/test_teach.py::test_nothing_that_is_stored_names_them",
        "cogs/test_teach.py::test_after_a_restart_it_is_not_known_who_wrote_it",
        "ui/test_taught.py::test_who_wrote_it_is_forgotten_after_an_hour",
        "cogs/test_privacy.py::test_what_waits_in_memory_is_let_go_of_by_a_clock_that_runs",
    ],
    "**What you wrote becomes an answer** only where": [
        "cogs/test_teach.py::test_nothing_is_kept_before_the_form_is_sent_in"
    ],
    "The card says nothing of who wrote it, unless": [
        "cogs/test_teach.py::test_only_whoever_wrote_it_can_press",
        "cogs/test_teach.py::test_a_yes_is_for_the_text_that_was_shown_alone",
        "cogs/test_teach.py::test_a_yes_can_be_taken_back",
        "cogs/test_teach.py::test_what_was_taken_back_no_way_back_brings_again",
    ],
    "The history keeps that somebody agreed, without an id": [
        "cogs/test_teach.py::test_a_yes_after_publishing_counts_and_stands_in_the_history_without_a_name"
    ],
    "A report that you send": [
        "ui/test_buttons.py::test_a_report_goes_to_the_log_without_who_wrote_it",
        "ui/test_buttons.py::test_a_report_goes_to_the_hosts_channel_where_there_is_one",
    ],
    "That you asked, or had drawn, much in a short time": [
        "service/test_allowance.py::test_who_was_quick_is_forgotten_once_it_makes_no_difference"
    ],
    "How many reports you sent lately": ["service/test_allowance.py::test_who_sent_one_is_forgotten_after_a_day"],
    "That you want to be ignored": ["service/test_privacy.py::test_being_ignored_survives_a_restart_and_is_taken_back"],
    "are kept only after somebody with Manage Server has agreed": [
        "cogs/test_settings.py::test_a_member_whom_discord_lets_in_is_still_refused",
        "cogs/test_settings.py::test_questions_are_kept_only_after_the_plain_question_is_answered",
        "service/test_inbox.py::test_taking_back_the_consent_deletes_what_was_kept",
    ],
    "Mentions, links, addresses, numbers and names are struck out first": [
        "core/test_scrub.py::test_of_frozen_questions_people_go_and_knowledge_stays",
        "test_privacy_page.py::test_as_many_pieces_are_struck_out_as_the_page_says",
        "core/test_scrub.py::test_no_digit_link_or_mention_ever_comes_through",
        "cogs/test_inbox.py::test_names_are_struck_out_of_what_is_kept",
    ],
    "In 60 more, by somebody who did not know the program": [
        "test_privacy_page.py::test_as_many_pieces_are_struck_out_as_the_page_says",
        "core/test_scrub.py::test_260_questions_are_frozen",
    ],
    "A text of more than 300 characters": ["core/test_scrub.py::test_of_a_story_nothing_is_kept"],
    "Nothing is kept of a message that sounded alarming": [
        "service/test_inbox.py::test_alarms_and_whatever_needed_the_safety_line_are_never_kept"
    ],
    "Moderators see a wording only once three different": [
        "service/test_inbox.py::test_a_wording_is_shown_once_three_different_members_asked_alike",
        "service/test_inbox.py::test_one_member_on_three_days_is_not_three",
    ],
    "for one day a hash of your id under a random key": [
        "service/test_inbox.py::test_presses_count_once_a_day_and_draw_the_statistics",
        "service/test_review.py::test_five_suggestions_a_day_are_enough",
        "service/test_inbox.py::test_one_members_wordings_never_crowd_out_three_members_question",
        "service/test_privacy.py::test_todays_marks_of_a_member_are_deleted_too",
    ],
    "For seven days a hash under a key of those days": [
        "service/test_inbox.py::test_three_members_within_any_seven_days_are_three",
        "service/test_privacy.py::test_a_members_marks_of_seven_days_are_deleted_too",
    ],
    "Key and hashes are deleted within an hour": [
        "service/test_inbox.py::test_every_key_and_mark_is_dropped_with_its_seven_days",
        "service/test_inbox.py::test_the_days_key_and_marks_are_dropped_with_the_day",
    ],
    "After that nobody, the host included": [
        "test_privacy_page.py::test_with_its_key_gone_no_hash_is_anybodys",
        "test_privacy_page.py::test_a_key_is_gone_from_the_file_too",
    ],
    "Every change of a server's knowledge is kept with the Discord id": [
        "service/test_history.py::test_every_change_is_a_revision_with_who_when_what_and_why",
        "store/test_room.py::test_a_history_that_weighs_too_much_is_folded_and_every_state_after_it_stays",
    ],
    "A draft keeps its author for a week at most": ["service/test_privacy.py::test_drafts_go_after_a_week"],
    "Who agreed for a server": [
        "cogs/test_settings.py::test_questions_are_kept_only_after_the_plain_question_is_answered",
        "cogs/test_settings.py::test_taking_consent_back_says_that_all_is_deleted",
    ],
    "A picture that a moderator uploads is kept as it is shown": [
        "cogs/test_knowledge_picture.py::test_what_is_sent_is_small_and_says_nothing_of_the_camera"
    ],
    "It is kept as long as the history that shows it": [
        "service/test_own_pictures.py::test_the_retention_job_drops_pictures_that_were_never_published",
        "store/test_pictures.py::test_what_any_revision_shows_is_never_too_old",
    ],
    "The file as it was uploaded is not kept": [
        "cogs/test_knowledge_picture.py::test_nothing_that_is_kept_is_the_file_as_it_was_uploaded"
    ],
    "your moderators can delete it for good": [
        "cogs/test_knowledge_picture.py::test_whoever_is_on_a_picture_can_have_it_deleted_for_good"
    ],
    "works in every server and in direct messages": ["cogs/test_privacy.py::test_it_works_in_direct_messages"],
    "**show** what is kept with your id": [
        "cogs/test_privacy.py::test_a_member_is_told_that_nothing_is_kept_and_nobody_else_sees_it",
        "cogs/test_privacy.py::test_a_moderator_is_told_of_their_changes_and_can_be_taken_out_of_them",
    ],
    "**ignore me**": [
        "cogs/test_privacy.py::test_who_is_ignored_is_answered_but_not_counted",
        "cogs/test_unasked.py::test_who_wants_to_be_ignored_gets_none",
        "service/test_privacy.py::test_what_waits_to_be_written_is_forgotten_however_long_the_database_was_down",
        "service/test_privacy.py::test_who_wants_to_be_ignored_while_the_database_hangs_is_not_counted_when_it_goes_on",
        "service/test_privacy.py::test_a_wish_that_cannot_be_written_drops_what_waits_and_counts_for_no_longer",
    ],
    "**delete my data**": [
        "cogs/test_privacy.py::test_after_delete_my_data_no_table_column_file_or_log_line_names_the_member"
    ],
    "An SQLite file is overwritten": ["test_privacy_page.py::test_what_is_deleted_is_gone_from_the_file_too"],
    "Where somebody mentioned you in a text that is kept": [
        "cogs/test_privacy.py::test_whoever_is_mentioned_in_what_is_kept_stands_there_without_their_id",
        "store/test_migrate.py::test_mentions_that_were_kept_before_lose_their_ids",
    ],
    "Changes that you made as a moderator stay with the server": [
        "service/test_privacy.py::test_deleting_takes_a_moderators_name_out_of_every_server_and_leaves_the_knowledge",
        "service/test_privacy.py::test_a_consent_stays_and_no_longer_names_who_gave_it",
    ],
    "Your wish to be ignored stays": [
        "service/test_privacy.py::test_deleting_takes_a_moderators_name_out_of_every_server_and_leaves_the_knowledge"
    ],
    "are seen by that server alone": [
        "cogs/test_isolation.py::test_a_moderator_elsewhere_reads_nothing_of_it_with_any_command",
        "cogs/test_forged_desks.py::test_nobody_forges_any_button_list_or_form",
    ],
    "all of it is deleted thirty days later": [
        "service/test_departed.py::test_what_a_server_had_is_deleted_a_month_after_the_bot_left_and_nothing_of_others",
        "service/test_departed.py::test_two_looks_a_day_apart_are_needed",
        "cogs/test_presence.py::test_a_server_that_the_bot_left_is_deleted_a_month_later",
    ],
    "stays for seven more days": [
        "service/test_departed.py::test_a_copy_stays_for_a_week_and_can_be_imported_and_names_nobody",
        "service/test_departed.py::test_a_host_can_have_no_copies",
    ],
}
NO_PROMISES_OF_THE_BOTS = (
    "The bot's answers in channels are Discord's messages",
    "The host may keep backups",
    "What you had deleted is still in those from before",
)


FIGURES = (
    ("What you ask", "ten minutes", WINDOW_SECONDS, 600),
    ("What was found for a text", "256 other texts", MOST_KEPT, 256),
    ("What you say of yourself", "ten minutes", WINDOW_SECONDS, 600),
    ("Anything that sounds like an alarming", "an hour at most", CARE_SECONDS, 3600),
    ("That something was asked and answered", "a year", COUNT_DAYS, 366),
    ("Which answers a server's members got", "in thirty days", POPULAR_DAYS, 30),
    ("Which answers a server's members got", "five times or more", FEWEST_TIMES, 5),
    ("A question that nothing answered", "at most 30 days", LONGEST_RETENTION, 30),
    ("What you suggest to your moderators", "30 days", SUGGESTION_DAYS, 30),
    ("What you wrote in a channel", "an hour at most", TAUGHT_SECONDS, 3600),
    ("How many reports you sent lately", "a day", DAY_SECONDS, 86_400),
    ("A text of more than", "300 characters", MOST_CHARACTERS, 300),
    ("Moderators see a wording only once", "three different", FEWEST_ASKERS, 3),
    ("within seven days", "seven days", DAYS, 7),
    ("for one day a hash of your id", "five suggestions", MOST_A_DAY, 5),
    ("for one day a hash of your id", "twenty new wordings", MOST_NEW_OF_A_MEMBER, 20),
    ("Key and hashes are deleted", "within an hour", EVERY_SECONDS, 3600),
    ("A draft keeps its author", "a week at most", DRAFT_DAYS, 7),
    ("It is kept as long as the history", "eight days", PICTURE_DAYS, 8),
    ("A server may have its counts written", "three times or more", FEWEST_ASKERS, 3),
    ("When the bot is removed", "thirty days later", LEFT_DAYS, 30),
    ("When the bot is removed", "a day apart", BETWEEN_CHECKS.total_seconds(), 86_400),
    ("stays for", "seven more days", Settings().deleted_copy_days, 7),
)
"""A sentence of the page, the span or number that it names, and what the program goes by."""


@pytest.mark.parametrize(("sentence", "said", "held", "figure"), FIGURES)
def test_the_figures_of_the_page_are_the_programs(sentence: str, said: str, held: float, figure: float) -> None:
    assert [each for each in promising() if sentence in each and said in each]
    assert held == figure


def test_as_many_pieces_are_struck_out_as_the_page_says(shipped: Knowledge) -> None:
    [told] = [each for each in promising() if "Mentions, links, addresses" in each]
    [later] = [each for each in promising() if "In 60 more" in each]
    first, second = (score(file, Reader().known(shipped)) for file in FILES)
    assert f"of {first.pieces} pieces" in told
    assert f"{first.pieces - len(first.stayed)} went" in told
    assert f"of {second.pieces} went at first, and all {second.pieces} since" in later
    assert second.stayed == []


def promising() -> list[str]:
    """Every sentence and table row of the page that says what the bot does."""
    page = (ROOT / "PRIVACY.md").read_text(encoding="utf-8")
    page = page[page.index("## What is kept of members") : page.index("## Who runs this bot")]
    rows = [line for line in page.splitlines() if line.startswith("| ") and not line.startswith("| What | With")]
    text = "\n".join(line for line in page.splitlines() if not line.startswith(("|", "#")))
    parts = re.split(r"(?<=[.!])\s+(?=[A-Z`*-])|\n\n|\n- ", text)
    return rows + [" ".join(part.split()) for part in parts if part.strip()]


def test_each_sentence_has_its_test() -> None:
    known = (*PROMISES, *NO_PROMISES_OF_THE_BOTS)
    assert [each for each in promising() if not any(snippet in each for snippet in known)] == []
    assert [snippet for snippet in known if not any(snippet in each for each in promising())] == []


@pytest.mark.parametrize("test", sorted({test for tests in PROMISES.values() for test in tests}))
def test_each_test_is_there(test: str) -> None:
    file, _, name = test.partition("::")
    assert re.search(rf"def {name}\(", (ROOT / "tests" / file).read_text(encoding="utf-8"))


async def test_counts_go_after_a_year(workshop: Workshop, clock: Clock) -> None:
    day = clock().date().isoformat()
    await workshop.store.tallies.add({TallyKey(HERE, day, "outcome", "answer"): 3})
    clock.forward(days=365)
    await workshop.retention.run_once()
    assert await workshop.store.tallies.totals(HERE, day, "outcome") == [("outcome", "answer", 3)]
    clock.forward(days=2)
    assert (await workshop.retention.run_once()).counts == 1
    assert await workshop.store.tallies.totals(HERE, day, "outcome") == []


@pytest.mark.parametrize("store_address", ["sqlite"], indirect=True)
async def test_a_key_is_gone_from_the_file_too(workshop: Workshop, clock: Clock, tmp_path: Path) -> None:
    day = clock().date().isoformat()
    await workshop.store.marks.first_today(Deed(HERE, day, "press:find-depth"), 5)
    async with workshop.store.database.reading() as connection:
        [secret] = (await connection.execute(select(day_keys.c.secret))).scalars()
    assert any(secret in content for content in _files(tmp_path).values())
    clock.forward(days=1)
    assert (await workshop.retention.run_once()).marks == 1
    assert not any(secret in content for content in _files(tmp_path).values())


async def test_with_its_key_gone_no_hash_is_anybodys(store: Store) -> None:
    days = ("2026-11-22", "2026-11-23")
    for day in days:
        await store.marks.first_today(Deed(HERE, day, "gap:1"), 5)
    async with store.database.reading() as connection:
        one, other = (await connection.execute(select(marks.c.mark, marks.c.whose))).all()
    assert one.mark != other.mark
    assert one.whose != other.whose, "two days of one member cannot be put together"
    await store.marks.drop_before(days[1])
    async with store.database.reading() as connection:
        assert list((await connection.execute(select(day_keys.c.day))).scalars()) == [days[1]]
        assert list((await connection.execute(select(marks.c.day))).scalars()) == [days[1]]


@pytest.mark.parametrize("store_address", ["sqlite"], indirect=True)
async def test_what_is_deleted_is_gone_from_the_file_too(store: Store, tmp_path: Path) -> None:
    for number in range(40):
        new = NewWording(f"is zorblax any good for calves, number {number} of many", "decline", None, None)
        await store.inbox.record(HERE, "2026-11-22", new, number)
    await store.inbox.drop_all(HERE)
    await store.close()
    assert _files(tmp_path)
    assert not [name for name, content in _files(tmp_path).items() if b"zorblax" in content]
    assert [name for name, content in _files(tmp_path).items() if b"gap_groups" in content]


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if ".sqlite3" in path.name}
