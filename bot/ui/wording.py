"""The fixed words and colours of the Discord side; what a judgement is called stands in `bot.core.judgement`."""

from bot.core.model import Tier, Verdict

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
    "animal_invitro": "Animal or laboratory study",
    "emg_study": "Muscle activity (EMG) study",
    "meta_analysis": "Meta-analysis",
    "patient_info": "Information for patients",
    "rct": "Randomised trial",
}
"""Kinds of source that their own name does not explain."""

ADDED_BY_SERVER = "🏠 added by this server"
SAID_BY_COACH = ", said by a coach of this server"
PICTURE_BY_SERVER = "🖼️ picture added by this server"
SERVERS_SOURCE = "this server's source"
NOT_CHECKED = "Named by this server; nobody else has checked that they fit."
NO_REASONS = "No more is written about the reasons for this one yet."
NO_STEPS = "No steps are written for this one yet."
NOT_SHOWN_YET = "What is not known"
REST_BEHIND = "-# The rest is behind **Steps** and **Why**."
NEXT_PAGE = "Next part"
PAGE = "As a page"

HOW_TO_ASK = (
    "Ask me about the leg press, or a back that complains about it, in your own words: mention me with the question, "
    "or use `/legpress ask`. To have somebody's message answered, hold it (or right-click it), "
    "then **Apps**, **Answer this**."
)
ROLE_NAMED = (
    "You mentioned my role, and Discord does not show me what you wrote with it. Mention me instead (the name with my "
    "picture), or use `/legpress ask`."
)
NOTHING_TO_READ = "That message has no text that I can read. Choose one with a question in it."
TEACH = "Teach me"
NOTHING_TO_TEACH = (
    "That message has no text that I can read, so there is nothing to teach from. Pictures I cannot read."
)
GONE = "That answer is no longer in my knowledge. Ask again, and you get what replaced it."
OLD_BUTTON = "That button is from an older version of me. Ask again for a fresh card."
LATE_FORM = "That took me too long, so the form did not open, and nothing was changed. Please press it once more."
OLD_FORM = "That form is from an older version of me, and nothing was done with it. Open it again for a fresh one."
FAULTY_FILES = (
    "The knowledge files on my machine changed, and not all is right with them (lines in the host's log: {count}). "
    "Until they are mended I answer from the last good ones."
)
MENDED_FILES = "The knowledge files on my machine are right again, and I answer from them."
ONLY_IN_SERVERS = "That works in a server only: knowledge belongs to a server."
OLD_COMMAND = "That command changed a moment ago. Reload Discord (Ctrl+R, or reopen the app) and try again."
FAILED = "Something went wrong on my side, and it has been noted. Please try again in a moment."
CANNOT_SHARE = "You cannot post in this channel, so I have not posted it for you either."
SHARE_REFUSED = "I am not allowed to post in this channel. A moderator can give me permission to send messages."
THANKS_HELPFUL = "Thanks, noted. Only the count is kept, not who pressed."
ASK_WHY_NOT = "Thanks. What was wrong with it? Only the count is kept, not who pressed."
THANKS_REASON = "Thanks, noted."
THANKS_REPORT = "Thank you. The people who run this bot will read it; who wrote it is not passed on."

REASONS: dict[str, str] = {
    "other": "It answers another question",
    "wrong": "I think it is wrong",
    "unclear": "Hard to understand",
    "short": "Too little detail",
    "long": "Too long",
}
"""Why an answer did not help: what is counted, and what the member picks."""


def reason_in_a_list(name: str) -> str:
    """Return why an answer did not help as a part of a sentence: with a small letter, but for "I"."""
    said = REASONS.get(name, name)
    return said if said.startswith("I ") else said[:1].lower() + said[1:]
