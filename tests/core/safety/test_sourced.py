"""Numbers that must be verified live, and numbers read too long ago."""

from datetime import date

from bot.core.safety.sourced import notes
from tests.safety.shipped import bank_rules


def test_what_waits_for_a_live_check_is_told_and_nothing_is_old_yet() -> None:
    found = [str(note) for note in notes(bank_rules().told, date(2026, 11, 29))]
    assert any("regions nz child" in note and "942 8787" in note for note in found)
    assert any("language_lines es line" in note for note in found)
    assert not any("months ago" in note for note in found)


def test_after_twelve_months_every_number_is_told() -> None:
    before = [note for note in notes(bank_rules().told, date(2027, 11, 27)) if "months" in note.why]
    after = [note for note in notes(bank_rules().told, date(2027, 11, 28)) if "months" in note.why]
    assert before == []
    assert {"regions uk emergency", "regions us crisis", "regions in child"} <= {note.where for note in after}


def test_a_check_makes_it_new_again() -> None:
    string = {"says": "Call 5.", "read": "2026-01-01", "checked": "2027-06-01"}
    assert list(notes({"regions": {"uk": {"emergency": string}}, "language_lines": {}}, date(2027, 12, 1))) == []
