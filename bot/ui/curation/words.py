"""The fixed words of the moderators' side."""

from bot.core.overlay import Standing
from bot.service.listing import View
from bot.store.revisions import FOLDED

GIVEN_BACK = "What you typed is attached, so that nothing is lost."
DROPPED = "Discarded. Nothing was changed."
NOTHING_NEW = "The file says what is here already, so there is nothing to import."
FILE_GONE = "The file could not be fetched from Discord. Attach it again."
NO_LIST = "No claim of this kind is here."
NO_WORDS = "No claim has these words. Try fewer of them, or others."
NO_HISTORY = "Nothing has been changed here yet."
NO_DIFFERENCE = "There is no difference."
FORGOTTEN = "a former moderator"
FAULTY = "### Not ready yet\nNothing you typed is lost. Press a button to go on with it:"
PREVIEW = "### Preview: not live yet"
OVERLAP = "🔗 **{title}** answers {count} of {all} of these wordings, too: look whether yours adds to it."
ADD_ALL = "Add all {count}"
ADD_ONE = "Pick those that fit"
SECOND_THOUGHTS = "### Are you sure?\nIt is not live yet."
EDIT = "Edit"
MORE = "More to do"
FIND_SOURCE = "Source"
OUT_OF_SCOPE = (
    "🚫 Whoever asks this reads that the moderators here decided that I don't answer it. Nobody is asked to suggest an answer, "
    "and it does not come back to the inbox."
)
OWN_SOURCE = "🔗 {cited}"
"""Of a page of the server's own, as members see it named."""
NO_SOURCE_FOUND = "None of the bot's sources has words like that. Try others: a muscle, a joint, a surname, a year."
FOUND_SOURCES = "### Which of them?\nThe bot's own sources with your words. What you pick is added to your draft."
HAS_IT = "The draft cites that one already."
PICTURE_WORDS = "For people who cannot see the picture"
ERASED = (
    "### Deleted for good\n{count} of this claim deleted. Going back to an earlier revision brings none of them back. "
    "What was posted in channels stays there until somebody deletes the message."
)
ASK_WRITER = "Said by a coach?"
SAID_YES = "🙋 Whoever wrote it agreed: the card says so, without their name. Change its text, and it says so no more."
SAID = {
    "asked": "🙋 Whoever wrote it is asked in the channel. You need not wait: a yes counts later, too.",
    "n": "🙋 Whoever wrote it does not want to be told of, so the card says nothing of them.",
    "y": "🙋 Whoever wrote it agreed to another text: ask again, or leave them out.",
}
"""What a preview says of a writer's word."""
NOBODY_TO_ASK = "🙋 A bot or a webhook wrote it, so nobody is asked: the card says nothing of who wrote it."
LONG_FILE = "The whole of it, since it does not fit in a message:"

STANDINGS: dict[Standing, str] = {
    Standing.SHIPPED: "as shipped",
    Standing.ADDED: "added by this server",
    Standing.REPLACED: "replaced by this server",
    Standing.EXTENDED: "with this server's own questions or picture",
    Standing.HIDDEN: "hidden here",
}

VIEWS: dict[View, str] = {
    View.ANY: "All claims",
    View.WORST: "Worst rated",
    View.NEVER: "Never asked",
    View.MISSED: "Asked and missed",
    View.ADDED: "Added by this server",
    View.REPLACED: "Replaced by this server",
    View.EXTENDED: "With this server's own questions or picture",
    View.HIDDEN: "Hidden here",
    View.SHIPPED: "As shipped",
}
VIEW_NOTES: dict[View, str] = {
    View.WORST: "By thumbs of 90 days: the worst first, where few pressed nearer the middle.",
    View.NEVER: "Nobody here got these as an answer in the last year, as far as counts go back.",
    View.MISSED: "What three members or more asked in vain, by the claim that was nearest. The words are in /knowledge inbox.",
}
EMPTY_VIEWS: dict[View, str] = {
    View.WORST: "Nobody pressed Not helpful here in that time.",
    View.NEVER: "Every claim was an answer here once.",
    View.MISSED: "No claim was near what was missed. /knowledge inbox shows all that is kept of it.",
}

ACTIONS: dict[str, str] = {
    "add": "New claim",
    "edit": "Changed text",
    "questions": "More questions",
    "hide": "Hide",
    "restore": "Restore",
    "remove": "Remove",
    "picture": "Picture",
    "no picture": "Picture taken away",
    "import": "Import",
    "rollback": "Roll back",
    "out of scope": "Out of scope",
    "suggestion": "From a suggestion",
    "release": "As shipped again",
    "adopt": "Made our own",
    "move": "Moved to another claim",
    "undo": "Taken back",
    "voice": "Whoever said it was asked",
    FOLDED: "Everything up to here, older changes folded into one",
}
"""What each action of a draft or revision is called; one that is not here goes by its own name."""
