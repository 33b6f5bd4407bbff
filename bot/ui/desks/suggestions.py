"""Members suggest: the form behind `/legpress suggest` and the button under a decline."""

from collections.abc import Mapping

from bot.errors import StoreError, UserError
from bot.sentences import say
from bot.service.access import Right
from bot.service.review import MOST_ANSWER, MOST_LINK, MOST_QUESTION
from bot.ui.answer.held import alarmed, held_back
from bot.ui.answer.sending import send_answer
from bot.ui.curation.steps import as_text
from bot.ui.curation.words import GIVEN_BACK
from bot.ui.desks.telling import tell_log
from bot.ui.kit import faults
from bot.ui.kit.buttons import NO_CLAIM
from bot.ui.kit.desk import Interaction
from bot.ui.kit.forms import FieldsForm
from bot.ui.kit.handlers import Handlers
from bot.ui.kit.turn import Turn, turn_of

YES, NO = "yes", "no"
THANKS = say("moderators.suggestions.thanks")
THANKS_TELL = say("moderators.suggestions.thanks_tell")
WAITS = say("moderators.suggestions.waits")


async def open_suggestion(interaction: Interaction, claim_id: str = NO_CLAIM) -> None:
    """Open the form. Raises UserError outside servers and for whoever may not suggest here."""
    turn = turn_of(interaction)
    await turn.workshop.settings.require(turn.guild, turn.actor, Right.SUGGEST)
    form = FieldsForm("suggest", claim_id, interaction.id, title="Suggest an answer")
    form.add_text(
        "question",
        say("moderators.suggestions.question_that_i_should_answer"),
        description=say("moderators.suggestions.question_hint"),
        value="",
        most=MOST_QUESTION,
        required=True,
        long=False,
    )
    form.add_text(
        "answer",
        say("moderators.suggestions.answer_if_you_know_it"),
        description=say("moderators.suggestions.answer_hint"),
        value="",
        most=MOST_ANSWER,
        required=False,
        long=True,
    )
    form.add_text(
        "link",
        say("moderators.suggestions.where_that_is_written"),
        description=say("moderators.suggestions.link_hint"),
        value="",
        most=MOST_LINK,
        required=False,
        long=False,
    )
    form.add_choice(
        "tell",
        say("moderators.suggestions.tell_you"),
        description=say("moderators.suggestions.tell_you_hint"),
        options=[(NO, say("moderators.suggestions.no_keep_nothing_of_me")), (YES, "Yes, tell me")],
        value=NO,
    )
    await form.show(interaction)


async def received_suggestion(interaction: Interaction, claim_id: str, typed: Mapping[str, str]) -> None:
    """Keep a suggestion; one that describes an alarming symptom gets the stop instead, and is not kept."""
    turn = turn_of(interaction)
    tell = typed.get("tell") == YES
    # Before anything that may refuse the suggestion: an alarm is one also where its link is of no use.
    if await alarmed(interaction, *(typed.get(name, "") for name in ("question", "answer", "link"))):
        return
    try:
        suggested = await turn.workshop.review.suggest(
            turn.guild,
            turn.actor,
            typed.get("question", ""),
            typed.get("answer", ""),
            link=typed.get("link", "").strip(),
            claim_id="" if claim_id == NO_CLAIM else claim_id,
            tell=tell,
        )
    except (UserError, StoreError) as fault:
        await _give_back(turn, fault, typed)
        return
    if suggested.stop is not None:
        await send_answer(interaction, suggested.stop)
        return
    await held_back(interaction, again=True)
    await faults.tell(interaction, THANKS_TELL if tell else THANKS)
    await tell_log(interaction.client, turn.workshop, turn.guild, WAITS)


async def _give_back(turn: Turn, fault: Exception, typed: Mapping[str, str]) -> None:
    words = {name: text for name, text in typed.items() if name != "tell"}
    await turn.hand_over(f"{fault}\n{GIVEN_BACK}", "typed.txt", as_text(words))


HANDLERS = Handlers(
    buttons={"suggest": open_suggestion}, forms={"suggest": received_suggestion}, held=frozenset({"suggest"})
)
