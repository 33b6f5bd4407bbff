"""What is answered to a text that is no alarm, out of one fixed state of the knowledge; nothing of anybody is held here."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property, partial

from bot.core import followup
from bot.core.answering import (
    MOST_SUGGESTIONS,
    LastLines,
    Leads,
    answer_with,
    decide,
    said_first,
    suggesting,
    titles_of,
)
from bot.core.asking import Kind, Questions
from bot.core.chatter import Chatter
from bot.core.claim_lines import ClaimWords
from bot.core.comparing import Comparing
from bot.core.conditions import Conditions
from bot.core.conversation import Conversation
from bot.core.first_words import EMPTY_SAID, FirstWords, Reader
from bot.core.going_on import Act, GoingOn
from bot.core.keywords import Headings, entry, looked_up
from bot.core.lead import lead_of
from bot.core.matching import Matcher
from bot.core.model import Answer, Claim, Knowledge, Match, Outcome, Ranking
from bot.core.once import once
from bot.core.overlay import PROTECTED
from bot.core.readings import rank_after, rank_in_full, rank_together, rank_with_it
from bot.core.references import without_references
from bot.core.safety import Gate, Screening, StopTexts
from bot.core.sayings import words_around
from bot.core.several import MOST_PARTS, list_of, lists_subjects, parts_of, several
from bot.core.text import clean, words
from bot.core.weak import weakly
from bot.core.weighing import NONE, Evidence
from bot.core.word_lists import WordLists
from bot.sentences import say
from bot.service.basis import Basis
from bot.service.follow_ups import FollowUps
from bot.service.for_them import ForThem
from bot.service.in_parts import lines_in_turn, ranking_of
from bot.service.onward import A_DOCTORS

MOST_ASKS = 4
"""Claims to ask for next, after first words."""
FEWEST_OF_TRAINING = 5
"""Words that a question about training has more than, for it to count as one after a stop."""

MOST_BARE = 4
"""So few words need no question to be one: "bum lifting off"."""
NO_RIVAL = 0.1
"""A claim that is no more probable than this is none that a few words could mean as well."""
WARNING_SIGNS = "warning-signs"
STILL_READING = say("card.answerer.still_reading")


class Answerer:
    """Answers questions, follow-ups, small talk and what is not known; the gate has seen the text before."""

    def __init__(
        self,
        knowledge: Knowledge,
        matcher: Matcher,
        gate: Gate,
        texts: StopTexts,
        *,
        first_words: Reader,
        questions: Questions,
        lists: WordLists,
        going_on: GoingOn,
        is_small_talk: Callable[[str], bool],
        speaks_of_body: Callable[[str], bool],
        reading: bool,
    ) -> None:
        """Answer from `knowledge`; while it is `reading`, questions are put off.

        `is_small_talk` tells thanks and the like, `speaks_of_body` what names a place of a body or a complaint.
        """
        self._knowledge = knowledge
        self._matcher = matcher
        self._gate = gate
        self._texts = texts
        self._first_words = first_words
        self._questions = questions
        self._lists = lists
        self._going_on = going_on
        self._is_small_talk = is_small_talk
        self._speaks_of_body = speaks_of_body
        self._reading = reading
        self._pain: dict[str, bool] = {}
        self._unchecked: dict[str, bool] = {}

    @cached_property
    def conditions(self) -> Conditions:
        """What people say of themselves, and the claims about it."""
        return Conditions(self._knowledge, self._lists.conditions)

    def knows_of_conditions(self) -> tuple[object, ...]:
        """Return what `conditions` is made of: the same objects make the same."""
        about = self._knowledge.about_them
        return (about, *(self._knowledge.claims.get(each.claim) for each in about.conditions))

    def share_conditions(self, other: "Answerer") -> None:
        """Take over what `other` compiled of conditions, where both know the same of them: a fifth of a second for each server."""
        mine, theirs = self.knows_of_conditions(), other.knows_of_conditions()
        same = len(mine) == len(theirs) and all(one is another for one, another in zip(mine, theirs, strict=True))
        if same and "conditions" in other.__dict__:
            self.__dict__["conditions"] = other.conditions

    @cached_property
    def _basis(self) -> Basis:
        return Basis(
            self._knowledge, self._matcher, self._going_on, self._questions, self._chatter, self.conditions,
            show=weakly(self._answer_with), touches=weakly(self.touches_pain), line=self._texts.line, said=ClaimWords(self._matcher.concepts),
        )  # fmt: skip

    @cached_property
    def for_them(self) -> ForThem:
        """What is answered because of what somebody said of themselves."""
        return ForThem(self._basis)

    @cached_property
    def _follow_ups(self) -> FollowUps:
        return FollowUps(self._basis, self.for_them)

    @cached_property
    def _chatter(self) -> Chatter:
        return Chatter(self._lists.small_talk)

    def show_claim(self, claim_id: str, *, focus: str = "") -> Answer | None:
        """Return the answer that shows one claim, or None where there is no such claim (any more)."""
        if claim_id not in self._knowledge.claims:
            return None
        answer = self._with_line(
            answer_with(claim_id, self._knowledge, last=self._last, touches=self.touches_pain, focus=focus)
        )
        return replace(answer, candidates=(Match(claim_id, self._knowledge.claims[claim_id].topic, 1.0),), fits=1.0)

    def touches_pain(self, claim: Claim) -> bool:
        """Say whether a claim is about pain, injury or a condition: as its data says, else by the gate's words of pain."""
        topic = self._knowledge.topics.get(claim.topic)
        marked = claim.pain if claim.pain is not None or topic is None or claim.added_by_server else topic.pain
        if marked is not None:
            return marked
        if claim.id not in self._pain:
            screenings = [
                self._gate.check(text) for text in (claim.title, claim.claim, without_references(claim.answer))
            ]
            self._pain[claim.id] = any(each.line or each.stop is not None for each in screenings)
        return self._pain[claim.id]

    def _with_line(self, answer: Answer) -> Answer:
        """Return an answer that carries the safety line where a claim that nobody checked speaks of a body."""
        if answer.safety_line or answer.claim is None:
            return answer
        shown = (self._knowledge.claims[each] for each in (answer.claim, *answer.also))
        return (
            replace(answer, end=self._texts.line, safety_line=True) if any(map(self._is_unchecked, shown)) else answer
        )

    def _is_unchecked(self, claim: Claim) -> bool:
        """Say whether a claim is a server's own and speaks of a body: what it says of that passed no eyes but the server's."""
        if not claim.added_by_server:
            return False
        if claim.id not in self._unchecked:
            texts = (claim.title, claim.claim, claim.lead, without_references(claim.answer), *claim.do, *claim.avoid)
            self._unchecked[claim.id] = any(map(self._speaks_of_body, texts))
        return self._unchecked[claim.id]

    def fit_to_offer(self, popular: Sequence[str]) -> list[str]:
        """Return what may be named as asked by others: not what is about a condition of somebody's."""
        about = self.conditions.claims
        return [claim for claim in popular if claim in self._knowledge.claims and claim not in about]

    @cached_property
    def _headings(self) -> Headings:
        return Headings(self._knowledge, self._matcher.concepts)

    @cached_property
    def _comparing(self) -> Comparing:
        return Comparing(self._knowledge.exercises, words_around(self._lists.conditions), self._lists.empty)

    @property
    def _last(self) -> LastLines:
        return LastLines(self._texts.line, self._texts.pointer)

    def answer(
        self, question: str, text: str, screening: Screening, conversation: Conversation, *, part: bool = False
    ) -> Answer:
        """Return the answer to a question; `text` is what of it is read, `screening` what the gate found in it.

        `part`: it is one question of several.
        """
        signs = screening.about_signs and not (conversation.claim and self._follow_ups.is_reassured(text))
        if signs and WARNING_SIGNS in self._knowledge.claims and not self._tells(text):
            return self._answer_with(WARNING_SIGNS, question, self._matcher.rank(text), screening)
        if self._reading:
            line = self._texts.line if screening.line else ""
            return Answer(question, Outcome.DECLINE, STILL_READING, end=line, safety_line=screening.line)
        new = self._going_on.another(text)
        if new or (conversation.claim and not part and self._lists_subjects(text, conversation.claim)):
            # The subject changes, what they said of themselves stays.
            text, conversation = new or text, replace(conversation, claim="", texts=(), offered=())
        offered = [claim for claim in conversation.offered if claim in self._knowledge.claims]
        if choice := followup.chosen(text, offered):
            return self._answer_with(choice, question, self._matcher.rank(text), screening)
        last = self._knowledge.claims.get(conversation.claim)
        follow = followup.read(text)
        if last is not None:
            text = self._going_on.in_figures(text)
            both = self._comparing.of_both(self._matcher.asked(text), last.id)
            if both in self._knowledge.claims and not self.conditions.named(text):
                asked = once(self._questions.asked, self._matcher.asked(text))
                leads = partial(self._basis.opens, asked=asked)
                return self._answer_with(both, question, self._matcher.rank(text), screening, leads=leads)
            in_parts = None if part else self._in_parts(question, text, screening, conversation)
            if in_parts is not None:
                return in_parts
            on = self._follow_ups.at_once(question, text, last, conversation, screening)
            if on is not None:
                return self._outweighed(on, text, last, conversation, screening)
        said = None if screening.line else self._first_words.read(text, self._matcher.has_word)
        asks_who = last is None and said is None and self._follow_ups.asks_for_a_doctor(text)
        if asks_who and WARNING_SIGNS in self._knowledge.claims:
            return said_first(
                self._answer_with(WARNING_SIGNS, question, self._matcher.rank(text), screening), A_DOCTORS
            )
        whole = self._matcher.rank(text)
        if said is not None and not whole.own:
            return self._said(question, text, said)
        other = self.for_them.other_exercise(question, text, conversation, whole, screening)
        if other is not None:
            return other
        if last is not None:
            on = self._follow_ups.added(question, text, last, conversation.before, ranking=whole, screening=screening)
            if on is not None:  # what they told of themselves is no reader's word, and not outweighed
                return self._outweighed(on, text, last, conversation, screening) if on.reader else on
        if whole.own and (last is None or len(text.split()) > FEWEST_OF_TRAINING):
            ranking = whole
        elif last is None:
            fuller = (*self._questions.in_full(text), *self._at_the_machine(text, whole))
            ranking = self._several(text, rank_in_full(whole, fuller, self._matcher.rank))
        else:
            title = self._knowledge.topics[last.topic].title
            more = self._going_on.more(text) if follow.kind in {followup.Kind.NEW, followup.Kind.ASPECT} else None
            ranking = rank_with_it(
                text,
                more,
                last,
                conversation.before,
                rank=self._matcher.rank,
                speaks=self._basis.speaks_of,
                chatter=self._chatter,
            ) or rank_after(text, follow, last, title, self._matcher.rank, chatter=self._chatter)
            if follow.kind is followup.Kind.NEW and (ranking.also or "?" in text):
                ranking = self._several(text, ranking)
        alone = ranking
        ranking = rank_together(
            text, conversation.before, alone, conversation.claim, self._matcher.rank, chatter=self._chatter
        )
        names = self._matcher.names_subject
        if (
            ranking is alone
            and not ranking.own
            and (last is None or len(text.split()) > FEWEST_OF_TRAINING or names(text))
        ):
            ranking = self._held_to_words(text, ranking)
        if last is not None and not whole.sure and self._follow_ups.is_strange(text, whole, ranking):
            ranking = replace(ranking, sure=False, near=True)
        if self._matcher.is_put_outside(text):
            ranking = replace(ranking, outside=True)
        compared = self._compared(text, ranking, last)
        ranking = compared or ranking
        asked = once(self._questions.asked, self._matcher.asked(text))
        leads = partial(self._basis.opens, asked=self._follow_ups.wanted(asked, follow, conversation.before))
        told = self.for_them.told(text, ranking, conversation, last)
        if told:  # "two stents last year" asks nothing, and wants the card about it
            return replace(
                self._answer_with(told, question, ranking, screening, leads=leads),
                asks=asked.kind.value if asked else "",
            )
        hurts = self.for_them.hurts_first(question, text, ranking, screening, asked)
        if hurts is not None:
            return replace(hurts, asks=asked.kind.value) if asked else hurts
        better = self.for_them.safest(asked, conversation, ranking)
        if better:
            return self._answer_with(better, question, ranking, screening)
        if last is not None and not whole.own and not self.conditions.named(text):
            on = self._follow_ups.by_itself(question, text, last, ranking, screening)
            if on is not None:
                return self._outweighed(on, text, last, conversation, screening)
        end = self._last
        if not ranking.sure and self._is_small_talk(text):
            end = replace(end, pointer="")
        answer = decide(
            question,
            ranking,
            self._knowledge,
            last=end,
            touches=self.touches_pain,
            line=screening.line,
            leads=leads,
            line_for=self._basis.first_line,
            chatter=self._chatter,
            asks=asked.kind.value if asked else "",
        )
        if last is not None and compared is None:
            first = whole.matches[0].claim if whole.sure else None
            beside = "" if answer.claim in {None, first} else "beside"
            weighed = self._outweighed(replace(answer, reader=beside), text, last, conversation, screening)
            if weighed.weighed is not None:
                return weighed
        asks = answer.outcome is Outcome.ANSWER and asked is not None  # "how low" is no heading
        if (last is None or answer.outcome is Outcome.DECLINE) and not asks:
            answer = self._looked_up(answer, text, ranking, screening)
        if last is not None and answer.outcome is Outcome.DECLINE and not answer.quiet and not ranking.outside:
            possible = self._follow_ups.possible(text, last, conversation.before)
            line = self._texts.line if screening.line else self._last.pointer
            answer = (
                suggesting(question, possible, ranking, self._knowledge, line, line=screening.line)
                if possible
                else answer
            )
        answer = self._with_line(answer)
        return replace(answer, asks=asked.kind.value) if asked and not answer.asks else answer

    def evidence(self, text: str, heard: Conversation, gave: str = NONE, reader: str = "") -> dict[str, Evidence]:
        """Return what speaks for each claim that a text after an answer may be about; nothing where nothing was answered.

        `gave`: the claim that a `reader` by form would answer it with.
        """
        last = self._knowledge.claims.get(heard.claim)
        return {} if last is None else self._follow_ups.evidence(text, last, heard.before, gave=gave, reader=reader)

    def _outweighed(self, gave: Answer, text: str, last: Claim, heard: Conversation, screening: Screening) -> Answer:
        """Return the answer that outweighs what the readers by form, the words alone, or nothing lead to; else that one."""
        whole = self._matcher.rank(text)
        if gave.quiet or gave.also or gave.first or (whole.own and not gave.reader):
            return gave
        if gave.outcome is Outcome.DECLINE and not all(map(self._matcher.has_word, words(clean(text)))):
            return gave  # a word that nobody has ever seen is no word of the last answer
        other = self._knowledge.claims[gave.claim] if gave.claim and gave.claim != last.id else None
        if gave.claim in PROTECTED or (other is not None and self.touches_pain(other)):
            return gave  # what is about pain or a condition is outweighed by nothing
        asked = once(self._questions.asked, self._matcher.asked(text))
        wanted = self._follow_ups.wanted(asked, followup.read(text), heard.before)
        found = self._follow_ups.weighed(
            gave, text, last, heard.before, ranking=whole, screening=screening,
            leads=partial(self._basis.opens, asked=wanted),
        )  # fmt: skip
        return gave if found is None else replace(found, asks=asked.kind.value if asked else "")

    def _tells(self, text: str) -> bool:
        """Say whether a card tells what a text asks of a sign: what that is ("what is sciatica"), or which of two ("muscle or disc")."""
        if self._reading:
            return False
        if "or" in words(clean(text)):
            ranking = self._matcher.rank(text)
            first = self._knowledge.claims.get(ranking.matches[0].claim) if ranking.sure else None
            return first is not None and WARNING_SIGNS in first.related
        asked = once(self._questions.asked, self._matcher.asked(text))
        if asked is None or asked.kind is not Kind.MEANS:
            return False
        cards = (self._knowledge.claims[card] for card in self.conditions.cards(self.conditions.named(text)))
        return any(self._questions.lead(card, asked, self._matcher.concepts) for card in cards)

    def _in_parts(self, question: str, text: str, screening: Screening, heard: Conversation) -> Answer | None:
        """Return the answer to several questions that go on from an answer; None for any other."""
        pieces = parts_of(
            self._matcher.asked(text), lambda piece: once(self._questions.asked, piece) is not None, self._body
        )
        if not pieces or len(pieces) > MOST_PARTS or self.conditions.named(text) or self._asks_why(text, pieces):
            return None
        lines = lines_in_turn(
            pieces, heard, lambda piece, talk: self.answer(question, piece, screening, talk, part=True), self._knowledge.claims
        )  # fmt: skip
        if not lines:
            return None
        if len(lines) == 1:
            [(claim, said)] = lines.items()
            return said_first(self._answer_with(claim, question, self._matcher.rank(text), screening, "do"), said)
        answer = decide(
            question, ranking_of(lines, self._knowledge.claims), self._knowledge,
            last=self._last, touches=self.touches_pain, line=screening.line, line_for=lambda claim, _: lines[claim.id],
        )  # fmt: skip
        return self._with_line(answer)

    def _lists_subjects(self, text: str, after: str) -> bool:
        """Say whether a text is a list of subjects by itself, whatever claim it comes `after`: "seat? feet?"."""
        listed = list_of(self._matcher.asked(text))
        whole = self._several(text, self._matcher.rank(text)) if listed else Ranking()
        return lists_subjects(listed, whole, after, self._rank_entry, self._basis.names_something)

    def _asks_why(self, text: str, pieces: Sequence[str]) -> bool:
        """Say whether a message asks for reasons in more words than one question ("why, what's the worst that could happen")."""
        read = self._going_on.read(text)
        parts = all(followup.read(piece).kind is followup.Kind.PART for piece in pieces)
        return read is not None and read.act is Act.WHY and not parts

    def _looked_up(self, answer: Answer, text: str, ranking: Ranking, screening: Screening) -> Answer:
        """Return what a word or two look up by a claim's heading, or the answer as it is."""
        ranked = [match.claim for match in answer.candidates]
        named = looked_up(self._matcher.asked(text), ranked, self._headings, answered=answer.claim, fits=answer.fits)
        if len(named) == 1 and ranked[:1] != named and answer.outcome is Outcome.SUGGEST:
            named = list(dict.fromkeys([*named, *ranked]))[:MOST_SUGGESTIONS]
        if len(named) == 1:
            return self._answer_with(named[0], answer.question, ranking, screening)
        if not named:
            return answer
        if answer.outcome is Outcome.SUGGEST:  # what the question is nearest to is offered too, not headings alone
            named = list(dict.fromkeys([*ranked[:1], *named]))[:MOST_SUGGESTIONS]
        end = self._texts.line if screening.line else self._last.pointer
        found = suggesting(answer.question, named, ranking, self._knowledge, end, line=screening.line)
        return replace(found, fits=answer.fits)

    def _held_to_words(self, text: str, ranking: Ranking) -> Ranking:
        """Return a ranking that knows how far its first claim speaks of what the text names."""
        if not ranking.matches or ranking.also:
            return ranking
        first, *others = ranking.matches
        covers, about_us = self._matcher.coverage(text, first.claim), self._matcher.names_subject(text)
        asks = "?" in text or once(self._questions.asked, self._matcher.asked(text)) is not None
        alone = not others or others[0].confidence <= NO_RIVAL
        plain = (
            (asks or len(words(self._matcher.asked(text))) <= MOST_BARE)
            and alone
            and not ranking.sure
            and self._matcher.is_plain(text, first.claim, asks=asks)
        )
        return replace(ranking, covers=covers, about_us=about_us, plain=plain, told=not (asks or about_us))

    def _compared(self, text: str, ranking: Ranking, last: Claim | None) -> Ranking | None:
        """Return the ranking of a text that compares the leg press with another exercise; None for any other, and where somebody's pain or condition is asked about.

        After an answer another exercise alone is compared with the press ("what about hip thrusts"), where it leads nowhere by itself.
        """
        if ranking.own or ranking.also or ranking.outside:
            return None
        if last is not None and not ranking.sure and len(words(clean(text))) <= FEWEST_OF_TRAINING:
            found = self._comparing.read(text, words(self._matcher.asked(text)), relation="choice")
            if found is not None and not found.rest and not self.touches_pain(last):
                return self._comparing.led(found, ranking, self._knowledge.claims, self._matcher.coverage)
        if not self._matcher.names_subject(text):
            return None
        if self.conditions.named(text):
            return None
        found = self._comparing.read(text, words(self._matcher.asked(text)))
        if found is None or (found.sore and not self._says_of_sore(found.claim, text)):
            return None
        first = self._knowledge.claims[ranking.matches[0].claim] if ranking.sure else None
        if first is not None and first.id != found.claim and self.touches_pain(first):
            return None
        return self._comparing.led(found, ranking, self._knowledge.claims, self._matcher.coverage)

    def _says_of_sore(self, claim_id: str, text: str) -> bool:
        """Say whether a claim speaks of what hurts in its first line for a text."""
        claim = self._knowledge.claims.get(claim_id)
        asked = once(self._questions.asked, self._matcher.asked(text))
        return claim is not None and self._comparing.is_sore(self._basis.opens(claim, asked) or lead_of(claim))

    def _at_the_machine(self, text: str, whole: Ranking) -> tuple[str, ...]:
        """Return the fuller way to say a few words that only one claim has ("breath holding"): that they are about the machine.

        One word by itself ("arthritis") may be in several headings, which are then asked about.
        """
        if not whole.matches or not 1 < len(words(self._matcher.asked(text))) <= MOST_BARE:
            return ()
        first, *others = whole.matches
        alone = not others or others[0].confidence <= NO_RIVAL
        return (f"{text} leg press",) if alone and self._matcher.is_plain(text, first.claim, asks=True) else ()

    def _several(self, text: str, whole: Ranking) -> Ranking:
        """Return the ranking of a text with the claims that answer each of its questions."""
        return several(
            self._matcher.asked(text),
            whole,
            self._rank_entry,
            self._knowledge.claims,
            conditions=self.conditions.claims,
            names=self._basis.names_something,
            asks=lambda piece: once(self._questions.asked, piece) is not None,
            named=lambda piece: self.conditions.cards(self.conditions.named(piece)),
            body=self._body,
        )

    @property
    def _body(self) -> tuple[str, ...]:
        """Words with which a complaint begins."""
        return self._knowledge.about_them.hurts.words.get("body", ())

    def _rank_entry(self, text: str) -> Ranking:
        """Return the ranking of one question of several; of a list ("seat? feet?") an entry is a heading that is looked up."""
        return entry(self._matcher.rank(text), text, self._headings)

    def nothing_asked(self, text: str) -> Answer:
        """Return the answer to a message without a word, with `text` and things to ask."""
        return self._said("", "", replace(EMPTY_SAID, says=text))

    def _said(self, question: str, text: str, said: FirstWords) -> Answer:
        """Return the line for first words, with claims to ask for next: of the first topics where none of its own is there."""
        asks = [claim for claim in said.asks if claim in self._knowledge.claims]
        if not asks and (said.asks or not said.silent):
            asks = [topic.leading for topic in self._knowledge.topics.values()][:MOST_ASKS]
        return Answer(
            question, Outcome.DECLINE, said.says, listed=titles_of(asks, self._knowledge),
            candidates=self._matcher.rank(text).matches, suggestions=tuple(asks), quiet=said.silent, kind=said.kind,
            covered=False,
        )  # fmt: skip

    def _answer_with(
        self,
        claim_id: str,
        question: str,
        ranking: Ranking,
        screening: Screening,
        focus: str = "",
        *,
        leads: Leads = lambda _: "",
    ) -> Answer:
        """Answer with a claim that the conversation names, not the matcher; it leads the candidates."""
        answer = answer_with(
            claim_id,
            self._knowledge,
            last=self._last,
            touches=self.touches_pain,
            question=question,
            line=screening.line,
            focus=focus,
            leads=leads,
        )
        first = Match(claim_id, self._knowledge.claims[claim_id].topic, 1.0)
        others = [match for match in ranking.matches if match.claim != claim_id]
        return self._with_line(replace(answer, candidates=(first, *others)[:10], fits=1.0))
