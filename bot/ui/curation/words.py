"""The fixed words of the moderators' side."""

from bot.core.overlay import Standing
from bot.sentences import say
from bot.service.listing import View
from bot.store.revisions import FOLDED

GIVEN_BACK = say("moderators.words.given_back")
DROPPED = say("moderators.words.dropped")
NOTHING_NEW = say("moderators.words.nothing_new")
FILE_GONE = say("moderators.words.file_gone")
NO_LIST = say("moderators.words.no_list")
NO_WORDS = say("moderators.words.no_words")
NO_HISTORY = say("moderators.words.no_history")
NO_DIFFERENCE = say("moderators.words.no_difference")
FORGOTTEN = say("moderators.words.forgotten")
FAULTY = say("moderators.words.faulty")
PREVIEW = say("moderators.words.preview")
ADD_ONE = say("moderators.words.add_one")
SECOND_THOUGHTS = say("moderators.words.second_thoughts")
EDIT = say("moderators.words.edit")
MORE = say("moderators.words.more")
FIND_SOURCE = say("moderators.words.find_source")
OUT_OF_SCOPE = say("moderators.words.out_of_scope")
NO_SOURCE_FOUND = say("moderators.words.no_source_found")
FOUND_SOURCES = say("moderators.words.found_sources")
HAS_IT = say("moderators.words.has_it")
PICTURE_WORDS = say("moderators.words.picture_words")
ASK_WRITER = say("moderators.words.ask_writer")
SAID_YES = say("moderators.words.said_yes")
SAID = {
    "asked": say("moderators.words.said_asked"),
    "n": say("moderators.words.said_n"),
    "y": say("moderators.words.said_y"),
}
"""What a preview says of a writer's word."""
NOBODY_TO_ASK = say("moderators.words.nobody_to_ask")
LONG_FILE = say("moderators.words.long_file")

STANDINGS: dict[Standing, str] = {
    Standing.SHIPPED: say("moderators.words.standings_shipped"),
    Standing.ADDED: say("moderators.words.standings_added"),
    Standing.REPLACED: say("moderators.words.standings_replaced"),
    Standing.EXTENDED: say("moderators.words.standings_extended"),
    Standing.HIDDEN: say("moderators.words.standings_hidden"),
}

VIEWS: dict[View, str] = {
    View.ANY: say("moderators.words.views_any"),
    View.WORST: say("moderators.words.views_worst"),
    View.NEVER: say("moderators.words.views_never"),
    View.MISSED: say("moderators.words.views_missed"),
    View.ADDED: say("moderators.words.views_added"),
    View.REPLACED: say("moderators.words.views_replaced"),
    View.EXTENDED: say("moderators.words.views_extended"),
    View.HIDDEN: say("moderators.words.views_hidden"),
    View.SHIPPED: say("moderators.words.views_shipped"),
}
VIEW_NOTES: dict[View, str] = {
    View.WORST: say("moderators.words.view_notes_worst"),
    View.NEVER: say("moderators.words.view_notes_never"),
    View.MISSED: say("moderators.words.view_notes_missed"),
}
EMPTY_VIEWS: dict[View, str] = {
    View.WORST: say("moderators.words.empty_views_worst"),
    View.NEVER: say("moderators.words.empty_views_never"),
    View.MISSED: say("moderators.words.empty_views_missed"),
}

ACTIONS: dict[str, str] = {
    "add": say("moderators.words.actions_add"),
    "edit": say("moderators.words.actions_edit"),
    "questions": say("moderators.words.actions_questions"),
    "hide": say("moderators.words.actions_hide"),
    "restore": say("moderators.words.actions_restore"),
    "remove": say("moderators.words.actions_remove"),
    "picture": say("moderators.words.actions_picture"),
    "no picture": say("moderators.words.actions_no_picture"),
    "import": say("moderators.words.actions_import"),
    "rollback": say("moderators.words.actions_rollback"),
    "out of scope": say("moderators.words.actions_out_of_scope"),
    "suggestion": say("moderators.words.actions_suggestion"),
    "release": say("moderators.words.actions_release"),
    "adopt": say("moderators.words.actions_adopt"),
    "move": say("moderators.words.actions_move"),
    "undo": say("moderators.words.actions_undo"),
    "voice": say("moderators.words.actions_voice"),
    FOLDED: say("moderators.words.actions_folded"),
}
"""What each action of a draft or revision is called; one that is not here goes by its own name."""
