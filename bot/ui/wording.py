"""The fixed words and colours of the Discord side; what a judgement is called stands in `bot.core.judgement`."""

from bot.core.model import Tier, Verdict
from bot.sentences import say

SYMBOLS: dict[Verdict, str] = {
    Verdict.SUPPORTED: "✅",
    Verdict.MIXED: "⚖️",
    Verdict.UNTESTED: "🧪",
    Verdict.UNSUPPORTED: "❌",
    Verdict.OPINION: "💬",
}
COLOURS: dict[Verdict, int] = {
    Verdict.SUPPORTED: 0x3BA55D,
    Verdict.MIXED: 0xE0A526,
    Verdict.UNTESTED: 0x5B8DEF,
    Verdict.UNSUPPORTED: 0xA9572F,
    Verdict.OPINION: 0x8E9297,
}
STOP_COLOURS: dict[Tier, int] = {
    Tier.EMERGENCY: 0xE03131,
    Tier.SAME_DAY: 0xE8590C,
    Tier.SOON: 0xE0A526,
}
QUIET_COLOUR = 0x6D6F78
WARNING_COLOUR = 0xE0A526
DONE_COLOUR = 0x3BA55D

SOURCE_KINDS: dict[str, str] = {
    "animal_invitro": say("card.wording.source_kinds_animal_invitro"),
    "emg_study": say("card.wording.source_kinds_emg_study"),
    "meta_analysis": say("card.wording.source_kinds_meta_analysis"),
    "patient_info": say("card.wording.source_kinds_patient_info"),
    "rct": say("card.wording.source_kinds_rct"),
}
"""Kinds of source that their own name does not explain."""

ADDED_BY_SERVER = say("card.wording.added_by_server")
SAID_BY_COACH = say("card.wording.said_by_coach")
PICTURE_BY_SERVER = say("card.wording.picture_by_server")
SERVERS_SOURCE = say("card.wording.servers_source")
NOT_CHECKED = say("card.wording.not_checked")
NO_REASONS = say("card.wording.no_reasons")
NO_STEPS = say("card.wording.no_steps")
NOT_SHOWN_YET = say("card.wording.not_shown_yet")
REST_BEHIND = say("card.wording.rest_behind")
NEXT_PAGE = say("card.wording.next_page")
PAGE = say("card.wording.page")

HOW_TO_ASK = say("card.wording.how_to_ask")
ROLE_NAMED = say("card.wording.role_named")
NOTHING_TO_READ = say("card.wording.nothing_to_read")
TEACH = say("card.wording.teach")
NOTHING_TO_TEACH = say("card.wording.nothing_to_teach")
GONE = say("card.wording.gone")
OLD_BUTTON = say("card.wording.old_button")
LATE_FORM = say("card.wording.late_form")
OLD_FORM = say("card.wording.old_form")
MENDED_FILES = say("card.wording.mended_files")
ONLY_IN_SERVERS = say("card.wording.only_in_servers")
OLD_COMMAND = say("card.wording.old_command")
FAILED = say("card.wording.failed")
CANNOT_SHARE = say("card.wording.cannot_share")
SHARE_REFUSED = say("card.wording.share_refused")
THANKS_HELPFUL = say("card.wording.thanks_helpful")
ASK_WHY_NOT = say("card.wording.ask_why_not")
THANKS_REASON = say("card.wording.thanks_reason")
THANKS_REPORT = say("card.wording.thanks_report")

REASONS: dict[str, str] = {
    "other": say("card.wording.reasons_other"),
    "wrong": say("card.wording.reasons_wrong"),
    "unclear": say("card.wording.reasons_unclear"),
    "short": say("card.wording.reasons_short"),
    "long": say("card.wording.reasons_long"),
}
"""Why an answer did not help: what is counted, and what the member picks."""


def reason_in_a_list(name: str) -> str:
    """Return why an answer did not help as a part of a sentence: with a small letter, but for "I"."""
    said = REASONS.get(name, name)
    return said if said.startswith("I ") else said[:1].lower() + said[1:]
