"""What members say of themselves, in their answers: asked for, forgotten, allowed, and what comes first because of it."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import partial

from bot.core import followup
from bot.core.answering import MOST_SUGGESTIONS, said_first
from bot.core.asking import Asked, Kind
from bot.core.conditions import MOST_ALLOWED
from bot.core.conversation import Conversation, LiveStop
from bot.core.lead import lead_of
from bot.core.model import OUT_OF_SCOPE, QUESTION, Answer, Claim, Outcome, Ranking
from bot.core.readings import corrects
from bot.core.safety import Screening
from bot.core.text import clean, words
from bot.sentences import say
from bot.service.basis import Basis

HELD_UNTIL = say("card.for_them.held_until")
NOTHING_HELD = say("card.for_them.nothing_held")
FORGOTTEN = say("card.for_them.forgotten")
FORGOTTEN_BUT = say("card.for_them.forgotten_but")
TAKEN_BACK = say("card.for_them.taken_back")
ALLOWED = say("card.for_them.allowed")
ASK_FIRST = "ask-first"
ALLOWED_THEN = say("card.for_them.allowed_then")
STEP_BY_STEP = say("card.for_them.step_by_step")
WHAT_NEXT = say("card.for_them.what_next")
ALLOWED_AND_STEPS = say("card.for_them.allowed_and_steps")
ASK_THAT_TOO = say("card.for_them.ask_that_too")
WITH_A_YES = say("card.for_them.with_a_yes")
FIRST_UNSURE = say("card.for_them.first_unsure")
FIRST = say("card.for_them.first")

IN_ITS_PLACE = "press-or-squat"
"""The claim about what to do in place of the press, which a complaint may have a better one for."""
MOST_OF_TELLING = 8
"""Words of a message that only tells of a condition."""


class ForThem:
    """What the conditions of one state of the knowledge change. Fixed once made."""

    def __init__(self, basis: Basis) -> None:
        """Answer from what is on `basis`."""
        self._basis = basis
        self._about = basis.about
        self._knowledge = basis.knowledge
        self._rank = basis.matcher.rank
        self._asks = basis.asks
        self._show = basis.show
        self._speaks = basis.speaks
        self._touches = basis.touches

    def aside(self, question: str, text: str, heard: Conversation) -> tuple[Answer, Conversation] | None:
        """Answer what is about the member's conditions and asks nothing else; None for every other text."""
        about, held = self._about, heard.told
        if about.is_to_recall(text):
            names = about.names(held)
            said = f"You mentioned {names}. {HELD_UNTIL}" if names else NOTHING_HELD
            return Answer(question, Outcome.DECLINE, said), heard
        if held and about.is_to_forget(text):
            said = FORGOTTEN if heard.stop is None else FORGOTTEN_BUT
            return Answer(question, Outcome.DECLINE, said), replace(heard, conditions=())
        taken = about.taken_back(text, held, corrects=corrects(text)) if held else ()
        if taken and not self._asks(text) and "?" not in text:
            said = TAKEN_BACK if heard.stop is None else FORGOTTEN_BUT
            return Answer(question, Outcome.DECLINE, said), self._go_on_without(taken, heard)
        if not held and heard.claim and about.only_allows(text) and not self._asks(text):
            return Answer(question, Outcome.DECLINE, ALLOWED), heard
        if held and about.is_allowed(text) and len(text.split()) <= MOST_ALLOWED and not self.beside_a_yes(text, heard):
            ranking = self._rank(text)
            cards = {about.card(condition) for condition in held}
            only = about.only_allows(text) and not self._asks(text)
            if only or not ranking.sure or ranking.matches[0].claim in cards:  # else it asks something as well
                return self._go_ahead(question, heard, cards), heard.with_a_yes()
        return None

    def _go_ahead(self, question: str, heard: Conversation, cards: Collection[str]) -> Answer:
        """Answer a yes that asks nothing: behind the card that sent them to ask with its steps, since that was the question."""
        steps = self._knowledge.claims[heard.claim].do if heard.claim in cards else ()
        if not steps:
            return Answer(question, Outcome.DECLINE, ALLOWED)
        listed = (f"{number}. {step}" for number, step in enumerate(steps, 1))
        said = "\n".join((ALLOWED_THEN, STEP_BY_STEP, *listed, WHAT_NEXT))
        return Answer(question, Outcome.DECLINE, said, end=self._basis.line, safety_line=True)

    def without_taken_back(self, text: str, heard: Conversation) -> Conversation:
        """Return the conversation without the conditions that a text takes back ("I'm not pregnant, how deep then")."""
        held = heard.told
        taken = self._about.taken_back(text, held, corrects=corrects(text)) if held else ()
        return self._go_on_without(taken, heard) if taken else heard

    def _go_on_without(self, taken: Collection[str], heard: Conversation) -> Conversation:
        left = tuple(entry for entry in heard.conditions if entry[0] not in taken)
        on_it = heard.claim in {self._about.card(each) for each in taken}
        return replace(heard, conditions=left, claim="" if on_it else heard.claim)

    def beside_a_yes(self, text: str, heard: Conversation) -> str:
        """Return what is asked beside somebody's yes to what is held ("my midwife said yes, how deep"); "" for nothing, or for no yes."""
        beside = self._about.beside_a_yes(text) if heard.conditions else ""
        if not beside or not (self._asks(beside) or "?" in text):
            return ""
        if self._about.named(beside):
            return text
        return beside if self._rank(beside).sure else f"{beside} on the leg press"

    def told(self, text: str, ranking: Ranking, heard: Conversation, last: Claim | None) -> str:
        """Return the claim about a condition that a text only tells of, or of which it asks whether to press at all; "" for neither."""
        about = self._about
        named = about.named(text)
        cards = about.cards(named)
        held = about.cards(heard.held)
        on = [last.id] if last is not None and last.id in about.claims else []
        ask = [ASK_FIRST] if heard.stop is not None and ASK_FIRST in self._knowledge.claims else []
        known = [*cards, *held, *on, *ask]
        if known and about.asks_whether(text):
            return known[0]
        if not cards:
            return ""
        near = {match.claim for match in ranking.matches[:MOST_SUGGESTIONS]}
        beside = about.without(text)
        if not ranking.sure and len(text.split()) <= MOST_OF_TELLING and near.intersection(cards):
            return next(card for card in cards if card in near)
        tells = not self._asks(text) and "?" not in text and len(beside.split()) <= MOST_OF_TELLING
        if not tells:
            return ""
        found, other = ranking.matches[0].claim, self._rank(beside)
        return cards[0] if found in cards or not other.sure or other.matches[0].claim != found else ""

    def other_exercise(
        self, question: str, text: str, heard: Conversation, whole: Ranking, screening: Screening
    ) -> Answer | None:
        """Return what somebody with a condition hears who asks for another exercise alone ("and what about squats"); None for any other."""
        if not heard.conditions or not self._about.others(text):
            return None
        asked = self._about.without(text)
        besides = self._about.without_others(asked)
        left, read = self._basis.going_on.read(besides or "it"), self._basis.going_on.read(asked)
        if left is None or left.own or read is None:
            return None
        named = " ".join(word for word in words(clean(asked)) if word not in words(clean(besides)))
        found = self._on_others(asked, heard, whole.matches[0].claim if whole.sure else "")
        # "sit ups" is read in two words that each name something else.
        if found is not None and len(read.own) == len(named.split()) and self._basis.speaks_of(found[0], named):
            return None
        if found is None:
            return None
        card, says, shown = found
        return said_first(self._show(card, question, whole, screening, "do" if shown else ""), says)

    def _on_others(self, text: str, heard: Conversation, answers: str) -> tuple[str, str, bool] | None:
        """Return the card for somebody who asks for another exercise alone, the line above it, and whether it was shown just now.

        None where nothing bears on it, where the card itself speaks of that exercise, or where a claim that surely `answers` it may be shown.
        """
        names = self._about.others(text)
        held = heard.held or heard.told
        found = self._about.said_of_others(held) if names else None
        if found is None or (answers and (found[1] or not self._about.instead(answers, held))):
            return None
        card, says = found
        claim = self._knowledge.claims.get(card)
        if claim is None:
            return None
        spoken_of = self._about.others(
            "\n".join((claim.lead, claim.answer, claim.why, claim.unknown, *claim.do, *claim.avoid))
        )
        if not set(names).isdisjoint(spoken_of):
            return None
        return card, f"{', '.join(names)}: {says or ASK_THAT_TOO}", heard.claim == card

    def hurts_first(
        self, question: str, text: str, ranking: Ranking, screening: Screening, asked: Asked | None
    ) -> Answer | None:
        """Return the answer about what hurts to a message that leads to more load, depth or work beside it; None for any other."""
        if ranking.own or not (ranking.sure or ranking.near):
            return None
        claims, hurting = self._knowledge.claims, self._about.hurting
        shown = (ranking.matches[0].claim, *ranking.also)
        left = [claim for claim in shown if not hurting.gives_way(claim)]
        if len(left) == len(shown):
            return None
        leads = partial(self._basis.opens, asked=asked)
        chosen = asked is not None and asked.kind is Kind.CHOICE
        own = leads(claims[shown[0]]) if chosen else ""  # "Sore knees: a bit higher. Touchy back: not high."
        found, line = hurting.first(text, own, shown)
        if found not in claims:
            return None
        claim = next((each for each in left if self._touches(claims[each])), found)
        return said_first(self._show(claim, question, ranking, screening, leads=leads), line)

    def safest(self, asked: Asked | None, heard: Conversation, ranking: Ranking) -> str:
        """Return the claim that chooses for somebody with a complaint where nothing else answers a choice ("which machine is safest"); "" for none."""
        if asked is None or asked.kind is not Kind.CHOICE or ranking.sure or not ranking.near:
            return ""
        held = heard.held
        better = self._about.rather_for(held, IN_ITS_PLACE)
        return better if better in self._knowledge.claims else ""

    def steered(self, text: str, found: Ranking, last: Claim, *, states: bool, hurts: bool) -> str:
        """Return the claim that answers the last question for somebody who only tells of a complaint after it; "" for none.

        `found`: what the text is by itself; `states`: it asks nothing; `hurts`: it has a word of pain; a complaint is told where that is of the topic of what is said about it.
        """
        aspect = followup.read(text).kind is followup.Kind.ASPECT
        if (
            not found.matches
            or not (found.near or (states and hurts))
            or len(text.split()) > MOST_OF_TELLING
            or not self._about.is_of_theirs(text)
        ):
            return ""
        if corrects(text) or (not states and not aspect):
            return ""
        topic = found.matches[0].topic
        claims = self._knowledge.claims
        return self._about.rather(
            last.id, lambda after: any(claims[each].topic == topic for each in after if each in claims)
        )

    def first(
        self, answer: Answer, text: str, screening: Screening, heard: Conversation, cautioning: LiveStop | None
    ) -> Answer:
        """Return an answer with what the member's conditions ask for first; in its place what they keep from it."""
        named, held = heard.told, heard.held
        if not named or self._about.is_allowed(text):
            return self._with_a_yes(answer, screening, named) if named else answer
        if heard.allowed and answer.claim is not None and not answer.focus and not held:
            card = self._about.against(answer.claim, named)
            return self._against(answer, card, screening, text) if card else answer
        if answer.claim is not None:
            on_pain = self._touches(self._knowledge.claims[answer.claim])
            held = self._about.bearing(held, answer.claim, on_pain=on_pain)
        if not held:
            return answer
        if answer.outcome is Outcome.SUGGEST and answer.focus:
            return self._without_advised_against(answer, held)
        uncovered = answer.outcome is Outcome.DECLINE and not answer.covered and answer.kind in {QUESTION, OUT_OF_SCOPE}
        if answer.outcome is Outcome.SUGGEST or uncovered:
            return self._card_instead_of_a_choice(answer, text, held, screening)
        if answer.outcome is not Outcome.ANSWER or answer.claim is None:
            return answer
        rules = cautioning.stop.rules if cautioning is not None else ()
        found = {claim: self._about.instead(claim, held) for claim in (answer.claim, *answer.also)}
        kept = next((claim for claim, card in found.items() if card), answer.claim)
        asked, first = self._knowledge.claims[kept], found[kept]
        if answer.focus and not first:
            return answer
        parts = dict(answer.pieces) or {asked.id: self._about.without(text) or text}
        card = first or asked.id
        comes_first = (
            self._comes_first(card, parts, held) if first or (answer.pieces and card in self._about.claims) else ""
        )
        if first:
            answer = self._show(first, answer.question, Ranking(answer.candidates), screening, "")
        shown = {first or asked.id, *answer.also}
        said = self._about.told(
            self._about.unsaid(held, rules, shown), lambda card: self._speaks(self._knowledge.claims[card], text)
        )
        before = "\n".join(filter(None, (comes_first, said)))
        if before and answer.lead and self._about.is_named(held):
            # What is true for most is not said first to somebody who must ask first.
            answer = replace(
                self._show(asked.id, answer.question, Ranking(answer.candidates), screening, ""),
                asks=answer.asks,
                fits=answer.fits,
            )
        return said_first(answer, before) if before else answer

    def _without_advised_against(self, answer: Answer, held: list[str]) -> Answer:
        """Return steps of an answer that was given, without what beside them asks for what a card advises against."""
        claims = (self._knowledge.claims[claim] for claim in answer.suggestions)
        kept = tuple(claim.id for claim in claims if not self._about.instead(claim.id, held))
        listed = dict(zip(answer.suggestions, answer.listed, strict=True))
        return replace(answer, suggestions=kept, listed=tuple(listed[claim] for claim in kept))

    def _comes_first(self, card: str, parts: Mapping[str, str], held: list[str]) -> str:
        """Return what stands above the card of a condition that comes before what was asked: a line on each of the `parts` (claims, and how they were asked for)."""
        cards = {card, *map(self._about.card, held)}
        asked = [claim for claim in parts if claim not in cards and claim not in self._about.claims]
        lines = [
            self._line(self._knowledge.claims[card], self._knowledge.claims[each], parts[each], held) for each in asked
        ]
        return "\n".join((FIRST, *lines)) if lines else ""

    def _line(self, card: Claim, asked: Claim, text: str, held: list[str]) -> str:
        """Return one line on what was asked, for somebody whose card comes first: the card's own, else the general one where nothing speaks against it."""
        own = self._speaks(card, text)
        if own:
            return f"{asked.title}: {own}"
        if self._about.against(asked.id, held):
            return f"{asked.title}: {ASK_THAT_TOO}"
        yes = f", {WITH_A_YES}" if self._about.is_ask_first(held) else ""
        return f"{asked.title}{yes}: {lead_of(asked)}"

    def _with_a_yes(self, answer: Answer, screening: Screening, named: list[str]) -> Answer:
        """Return the answer to a question that came with somebody's yes: the steps of a condition's card where it is not clear or not advised."""
        cards = [self._about.card(condition) for condition in named]
        if answer.outcome is Outcome.STOP:
            return answer
        if answer.claim is None or answer.claim in {ASK_FIRST, *self._about.claims}:
            card = answer.claim if answer.claim in cards else cards[0]
            return said_first(
                self._show(card, answer.question, Ranking(answer.candidates), screening, "do"), ALLOWED_AND_STEPS
            )
        card = self._about.against(answer.claim, named)
        return said_first(self._against(answer, card, screening, answer.question) if card else answer, ALLOWED_THEN)

    def _against(self, answer: Answer, card: str, screening: Screening, text: str) -> Answer:
        """Return the steps of the card that advises against what an answer's claim asks for."""
        asked = self._knowledge.claims[answer.claim or card]
        shown = self._show(card, answer.question, Ranking(answer.candidates), screening, "do")
        own = self._speaks(self._knowledge.claims[card], self._about.without(text) or text)
        return said_first(shown, f"{asked.title}: {own or ASK_THAT_TOO}")

    def _card_instead_of_a_choice(self, answer: Answer, text: str, held: list[str], screening: Screening) -> Answer:
        """Return the card about a condition that a text names, or that keeps from what the bot would offer to choose."""
        offered = () if answer.unlike else answer.suggestions
        cards = (self._about.instead(claim, held) for claim in offered)
        named = self._about.cards(each for each in self._about.named(text) if each in held)
        card = next(filter(None, (*cards, *named)), "")
        if not card:
            return answer
        said = self._about.told(self._about.unsaid(held, (), {card}))
        card_first = self._show(card, answer.question, Ranking(answer.candidates), screening, "")
        led_there = [match.claim for match in answer.candidates[:1]] == [card]
        return said_first(card_first, "\n".join(filter(None, ("" if led_there else FIRST_UNSURE, said))))
